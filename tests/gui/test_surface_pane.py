"""The surface pane without OpenGL: the map takes over by itself, the numbers and words are right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gradgui.gui.language import Speech
from gradgui.gui.surface import words
from gradgui.gui.surface.calm_label import CalmLabel
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.surface.placement import Placement, squares_at
from gradgui.gui.surface.plot import SurfacePlot
from gradgui.gui.surface.stage import Stage
from gradgui.gui.surface.vector import drawing
from gradgui.gui.theme import SURFACE_BALL, Theme
from gradgui.session.snapshot import BallView, SurfaceView
from tests.gui.surfaces import (
    car_ball,
    car_surface,
    descent,
    holed_surface,
    product_loss,
    rough_loss,
    surface,
)

Make = Callable[..., SurfacePane]


@pytest.fixture
def make(qtbot: QtBot, speech: Speech, theme: Theme) -> Iterator[Make]:
    panes: list[SurfacePane] = []  # held until the test is over: a pane must not be collected while it is painted

    def made(view: SurfaceView | None = None, ball: BallView | None = None) -> SurfacePane:
        pane = SurfacePane(speech, theme, use_opengl=False)
        qtbot.addWidget(pane)
        panes.append(pane)
        pane.resize(520, 520)
        pane.show()
        pane.show_surface(view)
        pane.show_ball(ball)
        return pane

    yield made
    panes.clear()


def colour_at(pane: SurfacePane, x: float, y: float) -> QColor:
    image: QImage = pane.stage.flat.grab().toImage()
    return image.pixelColor(pane.stage.flat.pixel_of(x, y).toPoint())


class Dressings(QObject):
    """Counts how often a widget was given another style."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.StyleChange
        return False


def bright(colour: QColor) -> int:
    return colour.red() + colour.green() + colour.blue()


def test_without_opengl_the_map_is_the_picture(make: Make) -> None:
    assert make(car_surface(), car_ball()).is_flat


def test_the_menu_that_nobody_sees_ends_with_the_map(make: Make) -> None:
    (plot,) = make().findChildren(SurfacePlot)
    assert plot.getPlotItem().ctrlMenu.parent() is plot


def test_asking_for_three_dimensions_offscreen_quietly_gives_the_map(
    qtbot: QtBot, speech: Speech, theme: Theme
) -> None:
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() != "offscreen":
        pytest.skip("this screen can do it")
    pane = SurfacePane(speech, theme, use_opengl=True)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_surface(car_surface())
    qtbot.wait(1)
    assert pane.is_flat


def test_an_empty_pane_says_nothing_and_asks_for_every_number(make: Make) -> None:
    pane = make()
    assert pane.badge() == words.NOTHING
    assert pane._readout.number_texts() == ("?",) * 5
    pane.show_surface(car_surface())
    pane.show_surface(None)
    pane.grab()


def test_two_parameters_are_a_complete_picture_in_both_languages(make: Make, qtbot: QtBot) -> None:
    pane = make()
    with qtbot.waitSignal(pane.badge_changed) as heard:
        pane.show_surface(surface(product_loss))
    assert heard.args[0].en == "complete picture (2 parameters)"
    assert heard.args[0].zh == "完整图像（2 个参数）"


def test_a_slice_says_how_many_parameters_it_holds_and_since_when(make: Make) -> None:
    pane = make(surface(rough_loss, held=31, iteration=40))
    assert pane.badge().en == "slice: the other 31 held at step 40"
    assert "31" in pane.badge().zh
    assert "40" in pane.badge().zh


def test_the_badge_is_announced_only_when_it_changes(make: Make, qtbot: QtBot) -> None:
    pane = make(car_surface())
    with qtbot.assertNotEmitted(pane.badge_changed):
        pane.show_surface(car_surface(25))


def test_numbers_not_computed_yet_are_question_marks(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    assert pane._readout.number_texts() == ("12.50", "?", "?", "?", "?")
    assert "∂L/∂W1 ?" in pane._readout.details_text()


def test_the_squares_that_an_optimiser_divides_by_are_drawn_and_named(make: Make) -> None:
    pane = make(car_surface(), replace(car_ball(gradient=(1.0, 2.0)), squared=(1.0, 2.0)))
    assert "divided by √g²: 1.000 | 2.000" in pane._readout.details_text()
    placement = pane._placement
    assert placement is not None
    (x_side, _), (_, y_side) = (np.ptp(corners, axis=0) for corners in squares_at(0.0, 0.0, placement.squares))
    assert (x_side, y_side) == pytest.approx((abs(placement.partials[0]), abs(placement.partials[1])))
    pane.show_ball(car_ball(gradient=(1.0, 2.0)))
    assert squares_at(0.0, 0.0, pane._placement.squares) == ()
    assert "divided" not in pane._readout.details_text()


def test_lines_of_a_drawing_are_as_fine_in_viewers_that_scale_every_pen(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    drawn = drawing(pane.stage.plot).decode()
    lines = re.findall(r'transform="matrix\((.*?)\)"[^>]*>\s*<path vector-effect="(.*?)"[^>]* d="(M.*? L.*?)"', drawn)
    contours = max((line for line in lines), key=lambda line: len(line[2]))
    assert contours[:2] == ("1,0,0,1,0,0", "none")
    points = np.array([float(number) for number in re.findall(r"-?\d+\.\d+", contours[2])]).reshape(-1, 2)
    assert (points >= -1).all()
    assert (points <= (pane.stage.plot.width() + 1, pane.stage.plot.height() + 1)).all()
    assert np.ptp(points, axis=0).min() > 100


def test_numbers_of_a_drawing_stand_at_their_ticks(make: Make) -> None:
    plot = make(car_surface(), car_ball()).stage.plot
    across = [float(x) for x in re.findall(r'<text[^>]* x="([\d.]+)"', drawing(plot).decode())]
    assert max(across) > 0.7 * plot.width()


def test_known_numbers_are_shown_with_signs(make: Make) -> None:
    ball = replace(car_ball((1.0, 2.0), whole=True), actual_change=-4.3149)
    pane = make(car_surface(), ball)
    assert pane._readout.number_texts() == ("12.50", "7.746", "0.775", "−6.000", "−4.315")
    assert "▼ +1.000" in pane._readout.details_text()
    assert "▼ +2.000" in pane._readout.details_text()


def test_a_number_that_becomes_known_is_dressed_once_and_then_only_says_other_words(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    length = pane._readout._numbers[1]
    unknown = length.styleSheet()
    pane.show_ball(car_ball((1.0, 2.0), whole=True))
    known = length.styleSheet()
    dressed = Dressings()
    length.installEventFilter(dressed)
    pane.show_ball(replace(car_ball((1.0, 2.0), whole=True), gradient_norm=3.0))
    assert (pane._readout.number_texts()[1], length.styleSheet(), dressed.count) == ("3.000", known, 0)
    pane.show_ball(car_ball())
    assert (length.text(), length.styleSheet()) == ("?", unknown)
    assert "dotted" in unknown
    assert dressed.count > 0


def test_a_negative_partial_must_increase(make: Make) -> None:
    pane = make(car_surface(), car_ball((-1.0, None)))
    assert "∂L/∂W1 ▲ −1.000" in pane._readout.details_text()


def test_the_truth_and_the_slice_are_both_named_once_they_differ(make: Make) -> None:
    ball = replace(car_ball(), loss=11.0, off_plane=0.52)
    pane = make(car_surface(), ball)
    details = pane._readout.details_text()
    for part in ("true L 11.00", "slice L 12.50", "gap −1.500", "0.520 away"):
        assert part in details


def test_words_below_the_picture_keep_their_room_so_that_it_does_not_jump(qtbot: QtBot) -> None:
    label = CalmLabel()
    qtbot.addWidget(label)
    label.resize(150, 60)
    label.show()
    least = []
    for words_ in ("steep", "a narrow valley, so the ball zig-zags", "steep"):
        label.setText(words_)
        least.append(label.minimumHeight())
    assert 0 < least[0] < least[1] == least[2]
    label.resize(600, 60)
    assert label.minimumHeight() == least[0]


def test_a_complete_picture_never_speaks_of_slices(make: Make) -> None:
    ball = replace(car_ball(), loss=12.49)
    pane = make(surface(product_loss), ball)
    assert "slice" not in pane._readout.details_text()


@pytest.mark.parametrize(
    ("ball", "said"),
    [
        (car_ball(), words.UNKNOWN),
        (car_ball((1.0, 2.0), whole=True), words.STEEP_HERE),
        (replace(car_ball(whole=True), x=-1.0, gradient=(0.0, 0.0)), words.BOTTOM),
        (replace(car_ball(), x=3.0), words.OUTSIDE),
        (replace(car_ball(whole=True), x=1.0, y=-0.1, gradient=(0.4, 0.4)), words.GENTLE_HERE),
        (replace(car_ball(whole=True), loss=18.0, slice_loss=18.0, gradient=(0.01, 0.01)), words.FLAT_HERE),
    ],
)
def test_the_caption_tells_steep_from_flat(make: Make, ball: BallView, said: object) -> None:
    if said is words.BOTTOM:
        ball = replace(ball, loss=10.6, slice_loss=10.6)
    assert make(car_surface(), ball).caption() == said


def test_half_a_gradient_names_the_half_that_is_missing(make: Make) -> None:
    said = make(car_surface(), car_ball((None, 2.0))).caption()
    assert said.en == "Along W2 the slope is +2.000; along W1 it is still unknown."
    assert "W1" in said.zh


def test_no_step_is_called_big_before_every_parameter_was_asked(make: Make) -> None:
    pane = make(car_surface(), car_ball((1.0, 2.0)))
    assert pane._readout.number_texts()[1] == "?"
    said = pane.caption()
    assert said.en == "Slopes so far: W1 +1.000, W2 +2.000."
    assert said.zh == "目前问到的坡度：W1 +1.000，W2 +2.000。"


@pytest.mark.parametrize("known", [False, True])
def test_numbers_stand_exactly_below_their_heads(make: Make, known: bool) -> None:
    readout = make(car_surface(), car_ball((1.0, 2.0), whole=known))._readout
    seen = [pair for pair in zip(readout._heads, readout._numbers, strict=True) if pair[1].isVisible()]
    assert len(seen) > 2
    for head, shown in seen:
        assert _first_ink(head) == pytest.approx(_first_ink(shown), abs=2)


def _first_ink(label: QLabel) -> int:
    """Pixels from the left edge of the row to the first letter."""
    image = label.grab(QRect(0, 0, label.width(), label.height() - 4)).toImage()
    ground = image.pixel(image.width() - 1, 0)
    columns = (x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(image.height())))
    return label.x() + next(columns)


def test_a_step_that_raised_the_loss_is_called_too_long(make: Make) -> None:
    said = make(car_surface(), replace(car_ball((1.0, 2.0)), actual_change=0.25)).caption()
    assert "0.250" in said.en
    assert "0.250" in said.zh


def test_going_back_and_forth_is_called_zig_zag(make: Make) -> None:
    view = surface(lambda x, y: 10 * x**2 + y**2)
    ball = descent(lambda x, y: 10 * x**2 + y**2, (1.0, 1.5), 0.09, 4)
    assert make(view, ball).caption() == words.ZIGZAG


def test_everything_changes_its_language_at_once(make: Make, speech: Speech) -> None:
    pane = make(car_surface(), car_ball((1.0, 2.0), whole=True))
    speech.toggle()
    assert pane._caption.text() == words.STEEP_HERE.zh
    assert pane._readout._heads[0].text() == "损失"
    assert pane.controls._log.text() == "对数"
    assert pane.stage.accessibleDescription() == words.STEEP_HERE.zh


def test_the_map_is_dark_in_the_valley_and_bright_on_the_hill(make: Make) -> None:
    pane = make(surface(product_loss))
    assert bright(colour_at(pane, -1.9, 1.9)) > 2 * bright(colour_at(pane, 0.2, 0.3))


def test_the_map_is_not_upside_down_and_not_transposed(make: Make) -> None:
    pane = make(surface(lambda x, y: 2 * x + y))
    corners = [bright(colour_at(pane, x, y)) for x, y in ((-1.9, -1.9), (-1.9, 1.9), (1.9, -1.9), (1.9, 1.9))]
    assert corners == sorted(corners)
    assert len(set(corners)) == 4


def test_the_ball_is_drawn_where_the_network_stands(make: Make) -> None:
    pane = make(surface(product_loss), descent(product_loss, (-1.2, 0.4), 0.1, 0))
    assert colour_at(pane, -1.2, 0.4) == QColor(SURFACE_BALL)
    pane.show_ball(descent(product_loss, (1.4, -0.8), 0.1, 0))
    assert colour_at(pane, 1.4, -0.8) == QColor(SURFACE_BALL)
    assert colour_at(pane, -1.2, 0.4) != QColor(SURFACE_BALL)


def test_a_new_landscape_and_a_ball_that_has_moved_come_in_one_picture(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = make(surface(product_loss), descent(product_loss, (-1.2, 0.4), 0.1, 0))
    placed: list[Placement | None] = []
    show = Stage.show_placement

    def noted(stage: Stage, placement: Placement | None) -> None:
        placed.append(placement)
        show(stage, placement)

    monkeypatch.setattr(Stage, "show_placement", noted)
    pane.show_surface(surface(product_loss, 33), descent(product_loss, (1.4, -0.8), 0.1, 0))
    assert len(placed) == 1
    assert colour_at(pane, 1.4, -0.8) == QColor(SURFACE_BALL)
    assert colour_at(pane, -1.2, 0.4) != QColor(SURFACE_BALL)


def test_a_click_on_the_map_says_the_place(make: Make, qtbot: QtBot) -> None:
    pane = make(car_surface(), car_ball())
    place = pane.stage.flat.pixel_of(-0.75, 1.25).toPoint()
    with qtbot.waitSignal(pane.point_chosen) as heard:
        qtbot.mouseClick(pane.stage.flat.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args[0] == pytest.approx((-0.75, 1.25), abs=0.02)


def test_dragging_takes_the_ball_along(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    heard: list[tuple[float, float]] = []
    pane.point_chosen.connect(heard.append)
    for x in (-1.0, 0.0, 1.0):
        drag(pane, pane.stage.flat.pixel_of(x, 0.5))
    assert [x for x, _ in heard] == pytest.approx([-1.0, 0.0, 1.0], abs=0.02)


def test_a_click_beside_the_map_chooses_nothing(make: Make, qtbot: QtBot) -> None:
    pane = make(car_surface(), car_ball())
    with qtbot.assertNotEmitted(pane.point_chosen):
        qtbot.mouseClick(pane.stage.flat.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_the_path_under_the_mouse_names_its_moment(make: Make, qtbot: QtBot) -> None:
    ball = descent(product_loss, (-1.6, 1.7), 0.06, 12)
    pane = make(surface(product_loss), ball)
    with qtbot.waitSignal(pane.moment_hovered) as heard:
        hover(pane, pane.stage.flat.pixel_of(float(ball.path[2, 0]), float(ball.path[2, 1])))
    assert heard.args[0] == 2
    with qtbot.waitSignal(pane.moment_hovered) as heard:
        hover(pane, pane.stage.flat.pixel_of(1.5, -1.5))
    assert heard.args[0] is None


def test_a_hole_is_named_and_left_open(make: Make) -> None:
    pane = make(holed_surface())
    assert "not a number" in pane._caption.text()
    assert colour_at(pane, 1.9, 1.9) == QColor(pane._theme.palette.hover)


def test_a_surface_without_any_finite_loss_is_survived(make: Make) -> None:
    pane = make(surface(lambda x, y: x * y * np.nan), car_ball((1.0, 2.0)))
    pane.use_log_heights(True)
    pane.grab()


def test_log_heights_can_be_switched_on_and_off(make: Make) -> None:
    pane = make(surface(product_loss), car_ball())
    before = bright(colour_at(pane, 0.0, 0.1))
    pane.controls._log.click()
    assert bright(colour_at(pane, 0.0, 0.1)) > before
    pane.controls._log.click()
    assert bright(colour_at(pane, 0.0, 0.1)) == before


def test_zooming_in_survives_a_finer_picture_but_not_new_axes(make: Make) -> None:
    pane = make(surface(product_loss, 15))
    box = pane.stage.flat.getPlotItem().getViewBox()
    box.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    pane.show_surface(surface(product_loss, 51))
    assert box.viewRange()[0] == pytest.approx([0, 1])
    pane.show_surface(surface(product_loss, 51, reach=3.0))
    assert box.viewRange()[0] == pytest.approx([-3, 3])


def test_the_dark_theme_reaches_the_map(make: Make, theme: Theme) -> None:
    pane = make(car_surface(), car_ball())
    theme.use_dark(True)
    image = pane.stage.flat.grab().toImage()
    assert image.pixelColor(2, 2) == QColor(theme.palette.surface_ground)


def test_the_axes_carry_the_names_of_the_parameters(make: Make) -> None:
    pane = make(surface(product_loss, names=("W3", "b2")))
    plot = pane.stage.flat.getPlotItem()
    assert plot.getAxis("bottom").labelText == "W3"
    assert plot.getAxis("left").labelText == "b2"


def drag(pane: SurfacePane, to: QPointF) -> None:
    send(pane, to, Qt.MouseButton.LeftButton)


def hover(pane: SurfacePane, to: QPointF) -> None:
    send(pane, to, Qt.MouseButton.NoButton)


def send(pane: SurfacePane, to: QPointF, held: Qt.MouseButton) -> None:
    from PySide6.QtWidgets import QApplication

    glass = pane.stage.flat.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove, to, glass.mapToGlobal(to), Qt.MouseButton.NoButton, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(glass, event)


def test_keys_move_the_ball_on_the_map_and_screen_readers_hear_what_its_place_means(make: Make, qtbot: QtBot) -> None:
    pane = make(surface(product_loss), descent(product_loss, (0.5, 0.25), 0.1, 0))
    flat = pane.stage.flat
    with qtbot.waitSignal(pane.point_chosen) as heard:
        qtbot.keyPress(flat, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert heard.args[0] == pytest.approx((0.5, 0.33))
    with qtbot.waitSignal(pane.placing_ended):
        qtbot.keyRelease(flat, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    before = flat.getPlotItem().getViewBox().viewRect().width()
    qtbot.keyClick(flat, "+")
    assert flat.getPlotItem().getViewBox().viewRect().width() < before
    assert flat.accessibleName() == "Loss surface"
    assert flat.accessibleDescription() == pane.caption().en


def test_the_colours_of_a_drawing_end_at_its_frame(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    drawn = drawing(pane.stage.plot).decode()
    found = re.search(r'<image x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"', drawn)
    assert found is not None
    assert [float(number) for number in found.groups()] == pytest.approx([-2.0, -2.0, 4.0, 4.0], abs=1e-4)
