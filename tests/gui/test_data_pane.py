"""The data pane shows points and answers, and says what lies under the mouse."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gradgui.gui.data.pane import DataPane
from gradgui.gui.data.point_plot import PointPlot
from gradgui.gui.language import Speech
from gradgui.gui.theme import CLASSES, Theme
from gradgui.session.snapshot import DataView
from gradgui.text import Language, Text
from tests.gui import toycar
from tests.gui.datapoints import rings, sides, sine, snapshot


@pytest.fixture
def pane(qtbot: QtBot, speech: Speech, theme: Theme) -> DataPane:
    pane = DataPane(speech, theme)
    qtbot.addWidget(pane)
    pane.resize(680, 460)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def view_of(pane: DataPane) -> PointPlot:
    view = pane._stack.currentWidget()
    assert isinstance(view, PointPlot)
    return view


def spot(pane: DataPane, sample: int, test: bool = False) -> QPoint:
    return view_of(pane).place_of(sample, test).toPoint()


def point_at(qtbot: QtBot, pane: DataPane, place: QPoint) -> str:
    viewport = view_of(pane).viewport()
    qtbot.mouseMove(viewport, place + QPoint(40, 40))
    qtbot.mouseMove(viewport, place)
    return pane._foot.text()


def toy_car() -> DataView:
    s = toycar.snapshot(0)
    return DataView(s.x, s.y, s.x[:0], s.y[:0], 0, ("x1",), Text(en="Toy-car line", zh="玩具车生产线"))


def test_without_data_a_sentence_says_what_to_do(pane: DataPane, speech: Speech) -> None:
    assert "Choose a data set" in pane._empty.text()
    speech.speak(Language.CHINESE)
    assert "选一组数据" in pane._empty.text()


def test_two_inputs_make_a_plane_one_makes_a_curve_and_one_sample_a_table(pane: DataPane) -> None:
    for (data, maps), view in ((sides(), pane._plane), (sine(), pane._line), (rings(), pane._plane)):
        pane.show_data(data)
        pane.show_snapshot(snapshot(maps))
        assert pane._stack.currentWidget() is view
    pane.show_data(toy_car())
    assert pane._stack.currentWidget() is pane._table


def test_switches_that_are_not_offered_leave_no_gap(pane: DataPane) -> None:
    data, maps = sides()
    pane.resize(420, 700)
    for numbers in (replace(data, classes=0), data):
        pane.show_data(numbers)
        pane.show_snapshot(snapshot(maps))
        assert pane._mistakes.isHidden() is (numbers.classes == 0)
        shown = [toggle for toggle in pane._toggles if not toggle.isHidden()]
        pane._grid.activate()
        assert [pane._grid.getItemPosition(pane._grid.indexOf(toggle))[:2] for toggle in shown] == [
            (place // 2, place % 2) for place in range(len(shown))
        ]


def test_the_plane_is_square_and_the_key_lies_beside_it(pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    for size in ((680, 460), (960, 300), (420, 700)):
        pane.resize(*size)
        box = pane._plane.plotItem.getViewBox().sceneBoundingRect()
        assert box.width() == pytest.approx(box.height(), abs=1.5)
        assert pane._side.x() >= pane._stack.geometry().right()
        assert pane.rect().contains(pane._side.geometry())


@pytest.mark.parametrize("size", [(394, 246), (380, 312), (517, 322), (420, 260)])
def test_stamps_are_seen_whole_or_not_at_all_while_a_place_is_read(
    qtbot: QtBot, pane: DataPane, size: tuple[int, int]
) -> None:
    data, maps = sides()
    pane.resize(*size)
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    assert point_at(qtbot, pane, spot(pane, 0))
    stamps = [stamp.geometry().translated(pane.sets.pos()) for stamp in pane.sets.stamps.values()]
    assert all(pane.rect().contains(stamp) for stamp in stamps)
    foot = pane._foot.geometry()
    assert all(foot.contains(stamp) or not foot.intersects(stamp) for stamp in stamps)
    assert view_of(pane).height() > 0.6 * size[1], "the picture has most of the room"


def test_the_ground_takes_the_colour_of_the_answer(pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    image = pane._plane.grab().toImage()
    view = pane._plane.plotItem.getViewBox()
    for x1, name in ((-5.0, CLASSES[0]), (5.0, CLASSES[1])):
        place = view.mapViewToScene(QPointF(x1, 5)).toPoint()
        assert abs(image.pixelColor(place).hue() - QColor(name).hue()) < 12


def test_a_neuron_that_is_looked_at_shows_its_map_large_and_in_words(pane: DataPane, speech: Speech) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    network = pane._plane._image.image.copy()
    pane.look_at((-1, 0))
    image, columns = pane._plane._image.image, maps.layers[-1].shape[2]
    assert not np.array_equal(image, network)
    assert (image == image[:1]).all()  # the first input is the same all along a column
    assert (image[0, 0] != image[0, columns - 1]).any()
    assert "x1 over the whole plane" in pane._foot.text()
    assert pane._foot.isVisible()
    pane.look_at(None)
    assert np.array_equal(pane._plane._image.image, network)
    assert pane._foot.isHidden()


def test_a_frame_changes_the_picture_and_leaves_the_points_alone(pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    points = pane._plane._points[False].item.data.copy()
    pixels = pane._plane._image.image.copy()
    pane.show_snapshot(snapshot(replace(maps, layers=tuple(-layer for layer in maps.layers))))
    assert not np.array_equal(pane._plane._image.image, pixels)
    assert np.array_equal(pane._plane._points[False].item.data["x"], points["x"])


def test_a_click_on_a_point_names_its_sample(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    with qtbot.waitSignal(pane.point_clicked) as clicked:
        qtbot.mouseClick(view_of(pane).viewport(), Qt.MouseButton.LeftButton, pos=spot(pane, 4))
    assert clicked.args == [4]


def test_a_click_on_a_test_point_or_on_nothing_chooses_no_sample(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    pane._train.setChecked(False)
    with qtbot.assertNotEmitted(pane.point_clicked):
        qtbot.mouseClick(view_of(pane).viewport(), Qt.MouseButton.LeftButton, pos=spot(pane, 0, test=True))
        qtbot.mouseClick(view_of(pane).viewport(), Qt.MouseButton.LeftButton, pos=spot(pane, 4))


def test_the_mouse_reads_inputs_answer_and_target(qtbot: QtBot, pane: DataPane, speech: Speech) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    said = point_at(qtbot, pane, spot(pane, 5))
    for words in ("x1 = −5.00", "x2 = −5.00", "answer −1.00", "target", "+1", "▲", "●"):
        assert words in said
    speech.speak(Language.CHINESE)
    assert "回答 −1.00" in pane._foot.text()


def test_the_reading_stays_true_while_the_network_learns(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    assert "answer −1.00" in point_at(qtbot, pane, spot(pane, 5))
    pane.show_snapshot(snapshot(replace(maps, layers=tuple(-layer for layer in maps.layers))))
    assert "answer 1.00" in pane._foot.text()


def test_the_keyboard_reads_one_point_after_the_other_and_enter_chooses_it(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps, sample=1))
    plot = view_of(pane)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "x1 = −3.00" in pane._foot.text()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "x1 = 4.00" in pane._foot.text()
    assert plot._cursor.points()[0].pos().x() == 4.0
    with qtbot.waitSignal(pane.point_clicked) as clicked:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert clicked.args == [3]
    assert plot.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_several_classes_are_read_by_name_and_sureness(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = rings()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    said = point_at(qtbot, pane, spot(pane, 1))
    assert "middle, " in said
    assert "% sure" in said


def test_names_from_a_file_are_shown_as_they_are(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = rings()
    odd = tuple(Text(en=f"<b>{k}</b>", zh=f"<b>{k}</b>") for k in range(3))
    pane.show_data(replace(data, class_names=odd))
    pane.show_snapshot(snapshot(maps))
    assert "&lt;b&gt;1" in point_at(qtbot, pane, spot(pane, 1))


@pytest.mark.parametrize("low", [-1.0, 0.0])
def test_mistakes_are_ringed_when_asked(qtbot: QtBot, pane: DataPane, low: float) -> None:
    data, maps = sides(low)
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    assert not pane._plane._wrong.isVisible()
    qtbot.mouseClick(pane._mistakes, Qt.MouseButton.LeftButton)
    assert pane._plane._wrong.isVisible()
    assert [(p.pos().x(), p.pos().y()) for p in pane._plane._wrong.points()] == [(-5.0, -5.0)]


def test_sharp_borders_leave_two_colours(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    assert len(np.unique(pane._plane._image.image.reshape(-1, 4), axis=0)) > 20
    qtbot.mouseClick(pane._discrete, Qt.MouseButton.LeftButton)
    assert len(np.unique(pane._plane._image.image.reshape(-1, 4), axis=0)) == 2


def test_training_and_test_points_can_be_hidden(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    for toggle, test in ((pane._train, False), (pane._test, True)):
        assert pane._plane._points[test].item.isVisible()
        qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
        assert not pane._plane._points[test].item.isVisible()


def test_the_sample_being_traced_is_ringed_while_nothing_runs(pane: DataPane) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps, sample=3))
    assert pane._plane._ring.isVisible()
    assert pane._plane._ring.points()[0].pos().x() == 4.0
    pane.show_snapshot(snapshot(maps, sample=3, running=True))
    assert not pane._plane._ring.isVisible()


def test_each_class_has_its_own_shape(pane: DataPane) -> None:
    data, maps = rings()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    assert len(set(pane._plane._points[False].item.data["symbol"])) == 3


def test_one_input_is_drawn_as_points_and_the_network_s_curve(qtbot: QtBot, pane: DataPane) -> None:
    data, maps = sine()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    x, y = pane._line.curve
    assert np.allclose(y, 0.5 * np.sin(x), atol=1e-6)
    assert not pane._line._sticks.isVisible()
    qtbot.mouseClick(pane._mistakes, Qt.MouseButton.LeftButton)
    _, ends = pane._line._sticks.getData()
    assert np.allclose(ends[::2] / 2, ends[1::2], atol=1e-3)


def test_the_table_shows_the_batch_and_leaves_what_is_unknown_open(pane: DataPane) -> None:
    pane.show_data(toy_car())
    pane.show_snapshot(toycar.snapshot(0))
    model = pane._table.model()
    assert [model.index(0, c).data() for c in range(4)] == ["1", "1.000", "1.000", "?"]
    pane.show_snapshot(toycar.snapshot(6))
    assert model.index(0, 3).data() == "6.000"


def test_the_table_ends_with_a_whole_row_however_high_the_pane_is(qtbot: QtBot, pane: DataPane) -> None:
    pane.show_data(toy_car())
    pane.show_snapshot(toycar.snapshot(0))
    row = pane._table.verticalHeader().defaultSectionSize()

    def ends_whole() -> bool:
        return pane._table.viewport().height() % row == 0

    for height in range(300, 300 + row):
        pane.resize(500, height)
        assert ends_whole()
    for width in (200, 500):
        pane.resize(width, 300)
        qtbot.waitUntil(ends_whole)  # with a scroll bar below it too, and without it again
    assert row > 20


def test_a_click_on_a_row_names_its_sample(qtbot: QtBot, pane: DataPane) -> None:
    pane.show_data(toy_car())
    pane.show_snapshot(replace(toycar.snapshot(0), batch=np.array([7])))
    place = pane._table.visualRect(pane._table.model().index(0, 1)).center()
    with qtbot.waitSignal(pane.point_clicked) as clicked:
        qtbot.mouseClick(pane._table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [7]


def test_the_table_speaks_the_language_of_the_window(pane: DataPane, speech: Speech) -> None:
    pane.show_data(toy_car())
    pane.show_snapshot(toycar.snapshot(0))
    heading = pane._table.model().headerData
    assert heading(2, Qt.Orientation.Horizontal) == "target y"
    speech.speak(Language.CHINESE)
    assert heading(2, Qt.Orientation.Horizontal) == "目标 y"


def test_inputs_that_form_a_square_are_shown_as_a_picture(pane: DataPane) -> None:
    x = np.arange(128.0).reshape(2, 64)
    data = DataView(x, np.eye(10)[:2], x[:0], np.zeros((0, 10)), 10, tuple(f"p{k}" for k in range(64)), Text("d", "字"))
    last = replace(toycar.snapshot(0).layers[-1], a=np.eye(10)[:2])
    moment = replace(toycar.snapshot(0), x=x, y=data.targets, batch=np.arange(2), layers=(last,))
    pane.show_data(data)
    pane.show_snapshot(moment)
    model = pane._table.model()
    assert model.columnCount() == 4
    assert model.index(1, 3).data() == "class 1  1.000"
    pane.grab()


def test_wild_answers_are_drawn_without_a_murmur(pane: DataPane) -> None:
    for case in (sides, rings, sine):
        data, maps = case()
        pane.show_data(data)
        grid = maps.layers[-1].copy()
        grid[:, 0, :4] = [np.nan, np.inf, -np.inf, 3e38]
        pane._mistakes.setChecked(True)
        pane.show_snapshot(snapshot(replace(maps, layers=(grid,))))
        pane.grab()


def test_answers_of_the_network_before_never_stop_new_data_from_being_shown(qtbot: QtBot, pane: DataPane) -> None:
    cases = [case() for case in (sides, rings, sine)]
    wide = replace(cases[1][1], layers=(np.repeat(cases[1][1].layers[-1], 4, axis=0),))
    pane._mistakes.setChecked(True)
    for data, _ in cases:
        pane.show_data(data)
        for maps in (None, wide, *(maps for _, maps in cases)):
            pane.show_snapshot(snapshot(maps, sample=12))
            pane._hear_pointed(view_of(pane).reading_at(QPointF(spot(pane, 0))))
            pane.grab()


@pytest.mark.parametrize("language", list(Language))
def test_the_count_of_points_breaks_between_training_and_test_or_not_at_all(
    pane: DataPane, speech: Speech, language: Language
) -> None:
    speech.speak(language)
    data, _ = sides()
    pane.show_data(data)
    seen, train, test = set(), len(data.inputs), len(data.test_inputs)
    full = {
        Language.ENGLISH: (f"{train} training", f"{test} test points"),
        Language.CHINESE: (f"训练点 {train}", f"测试点 {test}"),
    }
    for wide, high in product(range(10, 260, 2), (20, 40)):
        pane._count.fit(wide, high)
        lines, measure = pane._count.text().splitlines(), pane._count.fontMetrics()
        assert all(measure.horizontalAdvance(line) <= wide for line in lines)
        assert not pane._count.wordWrap()
        seen.add(tuple(lines))
    assert full[language] in seen
    assert len(seen) >= 4, "in one line, in two, in short, and not at all where there is no room"


def test_language_and_theme_change_live(pane: DataPane, speech: Speech, theme: Theme) -> None:
    data, maps = sides()
    pane.show_data(data)
    pane.show_snapshot(snapshot(maps))
    before = pane.grab().toImage()
    speech.speak(Language.CHINESE)
    assert pane._train.text() == "训练点"
    theme.use_dark(True)
    theme.use_factor(1.6)
    assert pane.grab().toImage() != before
    assert pane._plane.backgroundBrush().color().name().upper() == theme.palette.panel


def test_words_are_never_cut(pane: DataPane, speech: Speech, theme: Theme) -> None:
    for case in (sides, rings, sine):
        data, maps = case()
        pane.show_data(data)
        pane.show_snapshot(snapshot(maps))
        for language in Language:
            speech.speak(language)
            for toggle in (pane._train, pane._test, pane._mistakes, pane._discrete):
                assert toggle.sizeHint().width() <= toggle.width() or toggle.isHidden()
