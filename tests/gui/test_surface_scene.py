"""The landscape in three dimensions on a real screen: a valid context, a picture, the right place under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gradgui.gui.language import Speech
from gradgui.gui.surface.camera import Preset
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import BallView, SurfaceView
from gradgui.text import Language
from tests.gui.surfaces import car_ball, car_surface, descent, holed_surface, product_loss, rough_loss, surface

pytestmark = pytest.mark.xvfb

Make = Callable[..., SurfacePane]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    panes: list[SurfacePane] = []  # held until the test is over: a pane must not be collected while it is painted

    def made(view: SurfaceView | None = None, ball: BallView | None = None) -> SurfacePane:
        pane = SurfacePane(Speech(Language.ENGLISH), Theme(), use_opengl=True)
        qtbot.addWidget(pane)
        panes.append(pane)
        pane.resize(560, 520)
        pane.show_surface(view)
        pane.show_ball(ball)
        pane.show()
        qtbot.waitUntil(lambda: pane.stage.scene is not None and pane.stage.scene.isValid())
        return pane

    yield made
    panes.clear()


def pixels(pane: SurfacePane) -> np.ndarray:
    image = pane.stage.scene.photograph().convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def drawn_share(pane: SurfacePane) -> float:
    ground = np.array(QColor(pane._theme.palette.surface_ground).getRgb()[:3])
    return float((np.abs(pixels(pane) - ground).max(axis=-1) > 12).mean())


def test_the_landscape_replaces_the_map_once_the_window_is_shown(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    assert not pane.is_flat
    assert pane.stage.scene.isValid()


def test_the_picture_is_not_blank_and_fills_the_pane(make: Make) -> None:
    pane = make(surface(product_loss), car_ball())
    assert drawn_share(pane) > 0.2


def test_nothing_is_drawn_without_a_surface(make: Make) -> None:
    pane = make()
    assert drawn_share(pane) == 0
    pane.show_surface(car_surface())
    assert drawn_share(pane) > 0.2
    pane.show_surface(None)
    assert drawn_share(pane) == 0


def test_a_hole_shows_less_ground_than_the_whole(make: Make) -> None:
    whole = drawn_share(make(surface(product_loss)))
    assert drawn_share(make(holed_surface())) < whole - 0.01


def test_the_ball_is_seen_and_moves(make: Make) -> None:
    pane = make(surface(rough_loss), descent(rough_loss, (0.0, -1.0), 0.1, 0))
    before = pixels(pane)
    pane.show_ball(descent(rough_loss, (0.6, -1.0), 0.1, 0))
    changed = np.argwhere(np.abs(pixels(pane) - before).max(axis=-1) > 20)
    at = pane.stage.scene.pixel_of(0.6, -1.0)
    assert np.hypot(*(changed - (at.y(), at.x())).T).min() < 12
    assert len(changed) < 0.05 * before.shape[0] * before.shape[1]


def test_a_ball_that_moves_asks_for_one_picture_and_not_for_a_second_one_like_it(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = make(surface(rough_loss), descent(rough_loss, (0.0, -1.0), 0.1, 0))
    scene = pane.stage.scene
    qtbot.waitUntil(lambda: scene._image is not None and not scene._rest.isActive())
    qtbot.wait(200)
    drawn: list[bool] = []
    as_before = scene._drawn

    def counted(sharp: float, detailed: bool) -> QImage | None:
        drawn.append(detailed)
        return as_before(sharp, detailed)

    monkeypatch.setattr(scene, "_drawn", counted)
    pane.show_ball(descent(rough_loss, (0.6, -1.0), 0.1, 0))
    qtbot.waitUntil(lambda: bool(drawn))
    qtbot.wait(100)
    assert drawn == [True]


@pytest.mark.parametrize("preset", [Preset.HOME, Preset.TOP, Preset.FRONT])
def test_the_place_under_the_mouse_is_the_place_that_is_drawn_there(make: Make, preset: Preset) -> None:
    pane = make(surface(lambda x, y: y + 0.3 * x))
    pane.stage.scene.go_to(preset, animated=False)
    for x, y in ((0.2, 0.1), (-0.6, 0.5), (0.4, -0.3)):
        assert pane.stage.scene.place_at(pane.stage.scene.pixel_of(x, y)) == pytest.approx((x, y), abs=0.05)


def test_a_click_puts_the_ball_there(make: Make, qtbot: QtBot) -> None:
    pane = make(surface(product_loss), descent(product_loss, (-1.5, 1.5), 0.1, 0))
    with qtbot.waitSignal(pane.point_chosen) as heard:
        place = pane.stage.scene.pixel_of(0.5, 0.25).toPoint()
        qtbot.mouseClick(pane.stage.scene, Qt.MouseButton.LeftButton, pos=place)
    assert heard.args[0] == pytest.approx((0.5, 0.25), abs=0.05)


def test_the_ball_can_be_dragged_over_the_ground(make: Make, qtbot: QtBot) -> None:
    pane = make(surface(product_loss), descent(product_loss, (0.5, 0.25), 0.1, 0))
    heard: list[tuple[float, float]] = []
    pane.point_chosen.connect(heard.append)
    scene, azimuth = pane.stage.scene, pane.stage.scene.opts["azimuth"]
    qtbot.mousePress(scene, Qt.MouseButton.LeftButton, pos=(scene.pixel_of(0.5, 0.25) - QPointF(0, 4)).toPoint())
    qtbot.mouseMove(scene, scene.pixel_of(-0.25, 0.5).toPoint())
    qtbot.mouseRelease(scene, Qt.MouseButton.LeftButton, pos=scene.pixel_of(-0.25, 0.5).toPoint())
    assert heard[-1] == pytest.approx((-0.25, 0.5), abs=0.05)
    assert scene.opts["azimuth"] == azimuth


def test_dragging_beside_the_ball_turns_the_landscape_and_leaves_the_ball(make: Make, qtbot: QtBot) -> None:
    pane = make(surface(product_loss), descent(product_loss, (1.5, 1.5), 0.1, 0))
    scene, azimuth = pane.stage.scene, pane.stage.scene.opts["azimuth"]
    with qtbot.assertNotEmitted(pane.point_chosen):
        qtbot.mousePress(scene, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        qtbot.mouseMove(scene, QPoint(260, 160))
        qtbot.mouseRelease(scene, Qt.MouseButton.LeftButton, pos=QPoint(260, 160))
    assert scene.opts["azimuth"] != azimuth


def test_a_landscape_that_turns_over_is_looked_at_from_its_other_side_unless_the_user_has_turned_it(
    make: Make, qtbot: QtBot
) -> None:
    up, down = (surface(lambda x, y, way=way: np.logaddexp(0, way * (x + y)), reach=4) for way in (-1, 1))
    pane = make(up)
    scene = pane.stage.scene
    azimuth = scene.opts["azimuth"]
    pane.show_surface(down)
    qtbot.waitUntil(lambda: abs((scene.opts["azimuth"] - azimuth) % 360) > 60)
    qtbot.keyClick(scene, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    own = scene.opts["azimuth"]
    pane.show_surface(up)
    qtbot.wait(50)
    assert scene.opts["azimuth"] == own


def test_the_keys_travel_to_their_presets_and_a_double_click_comes_back(make: Make, qtbot: QtBot) -> None:
    pane = make(surface(product_loss))
    scene = pane.stage.scene
    qtbot.keyClick(scene, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: scene.opts["elevation"] == 90)
    qtbot.mouseDClick(scene, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.waitUntil(lambda: scene.opts["elevation"] == 28)


def test_the_map_and_the_landscape_can_be_exchanged_any_time(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    pane.controls._flat.click()
    assert pane.is_flat
    pane.show_surface(surface(product_loss))
    pane.controls._flat.click()
    assert not pane.is_flat
    assert drawn_share(pane) > 0.2


def test_a_screen_that_fails_after_all_falls_back_to_the_map_for_good(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    pane.stage.scene.failed.emit()
    assert pane.is_flat
    pane.show_flat(False)
    assert pane.is_flat
    assert pane.controls._flat.isHidden()


def test_a_dark_theme_reaches_the_landscape(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    pane._theme.use_dark(True)
    corner = pixels(pane)[2, 2]
    assert tuple(corner) == QColor(pane._theme.palette.surface_ground).getRgb()[:3]


def test_edges_are_smooth_from_frame_to_frame(make: Make) -> None:
    pane = make(surface(lambda x, y: x + 0 * y))
    first, second = pixels(pane), pixels(pane)
    assert (first == second).all()
    shades = np.unique(first.reshape(-1, 3), axis=0)
    assert len(shades) > 200


def test_keys_turn_come_nearer_and_move_the_ball_in_one_edit(make: Make, qtbot: QtBot) -> None:
    pane = make(surface(product_loss), descent(product_loss, (0.5, 0.25), 0.1, 0))
    scene, ends = pane.stage.scene, []
    pane.placing_ended.connect(lambda: ends.append(None))
    azimuth, distance = scene.opts["azimuth"], scene.opts["distance"]
    qtbot.keyClick(scene, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(scene, "+")
    assert scene.opts["azimuth"] != azimuth
    assert scene.opts["distance"] < distance
    with qtbot.waitSignal(pane.point_chosen) as heard:
        qtbot.keyPress(scene, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert heard.args[0] == pytest.approx((0.58, 0.25))
    assert not ends
    qtbot.keyRelease(scene, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert len(ends) == 1


def test_a_saved_picture_is_finer_than_the_screen_and_the_same_again_afterwards(make: Make) -> None:
    pane = make(car_surface(), car_ball())
    before = pixels(pane)
    fine = pane.stage.photograph(2.0)
    assert (fine.width(), fine.height()) == (2 * pane.stage.scene.width(), 2 * pane.stage.scene.height())
    assert (pixels(pane) == before).all()


def test_a_screen_whose_driver_fails_while_drawing_falls_back_to_the_map(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pane = make(car_surface(), car_ball())

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(pane.stage.scene._studio, "picture", fail)
    pane.show_ball(descent(product_loss, (0.5, 0.25), 0.1, 0))
    qtbot.waitUntil(lambda: pane.is_flat)
    assert "map takes over" in caplog.text
    caplog.clear()  # its traceback would keep the pane alive


def test_a_path_straight_above_the_ball_has_its_colour_and_not_that_of_its_shade(make: Make) -> None:
    """Seen along random directions, a run has hardly moved and has only come down."""
    above = np.array([(0.5, 0.5, loss) for loss in (6.0, 4.0, 2.0)])
    low = float(product_loss(np.array(0.5), np.array(0.5)))
    pane = make(surface(product_loss, held=3), BallView(0.5, 0.5, low, low, 0.0, path=above))
    scene = pane.stage.scene
    way = pane._placement.way
    at = scene.projection().pixels(way[[len(way) // 3]])[0].round().astype(int)
    around = pixels(pane)[at[1] - 2 : at[1] + 3, at[0] - 2 : at[0] + 3].reshape(-1, 3)
    assert (around[:, 0] > around[:, 2] + 40).any()
    assert (around[:, 0] > 200).any()
