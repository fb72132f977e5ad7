"""The debugger strip as a student uses it: looking, clicking, dragging, walking with the keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from gradgui.gui.debugger.event_list import EventList
from gradgui.gui.debugger.formula_panel import FormulaPanel
from gradgui.gui.debugger.pane import DebuggerPane
from gradgui.gui.debugger.report_view import ReportView
from gradgui.gui.debugger.timeline import Timeline
from gradgui.gui.debugger.training_view import TrainingView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.formula import FormulaLabel
from gradgui.session.snapshot import EventKind
from gradgui.text import Language
from tests.gui.debugger_nets import Case
from tests.gui.toycar import snapshot


@pytest.fixture
def pane(qtbot: QtBot, speech: Speech, theme: Theme) -> DebuggerPane:
    made = DebuggerPane(speech, theme)
    qtbot.addWidget(made)
    made.resize(1256, 264)
    made.show()
    made.show_snapshot(snapshot(14))
    return made


def timeline(pane: DebuggerPane) -> Timeline:
    return pane.findChild(Timeline)


def events(pane: DebuggerPane) -> EventList:
    return pane.findChild(EventList)


def lines(pane: DebuggerPane) -> list[str]:
    model = events(pane).model()
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


def heard(pane: DebuggerPane) -> list[int]:
    found: list[int] = []
    pane.event_chosen.connect(found.append)
    return found


def at_dot(pane: DebuggerPane, cursor: int) -> QPoint:
    return QPoint(round(timeline(pane).x_of(cursor)), 20)


# ── The timeline ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cursor", [0, 1, 8, 23])
def test_a_click_on_a_dot_asks_to_go_there(qtbot: QtBot, pane: DebuggerPane, cursor: int) -> None:
    found = heard(pane)
    qtbot.mouseClick(timeline(pane), Qt.MouseButton.LeftButton, pos=at_dot(pane, cursor))
    assert found == [cursor]


def test_dragging_visits_the_events_on_the_way(qtbot: QtBot, pane: DebuggerPane) -> None:
    found = heard(pane)
    qtbot.mousePress(timeline(pane), Qt.MouseButton.LeftButton, pos=at_dot(pane, 10))
    for cursor in (9, 8, 7):
        qtbot.mouseMove(timeline(pane), at_dot(pane, cursor))
    qtbot.mouseRelease(timeline(pane), Qt.MouseButton.LeftButton, pos=at_dot(pane, 7))
    assert found == [10, 9, 8, 7]


def test_arrow_keys_walk_and_home_and_end_jump(qtbot: QtBot, pane: DebuggerPane) -> None:
    found = heard(pane)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up):
        qtbot.keyClick(timeline(pane), key)
    assert found == [15, 14, 0, 23]


def test_showing_a_snapshot_asks_for_nothing(pane: DebuggerPane) -> None:
    found = heard(pane)
    for cursor in range(24):
        pane.show_snapshot(snapshot(cursor))
    assert found == []
    assert timeline(pane).value() == 23


def test_every_dot_is_named(pane: DebuggerPane, speech: Speech) -> None:
    assert timeline(pane).tip(0) == "Start of the step: nothing computed yet"
    assert timeline(pane).tip(11) == "L3 ∂L/∂b · bias gradient of the battery"
    speech.speak(Language.CHINESE)
    assert timeline(pane).tip(11) == "L3 ∂L/∂b · 电池偏置的梯度"


def test_a_deep_network_still_has_dots_and_a_very_deep_one_a_bar(pane: DebuggerPane) -> None:
    pane.show_snapshot(Case((2, *[2] * 12), ("tanh",) * 12, "mse", 2).snapshot(50))
    assert not timeline(pane).is_bar
    pane.show_snapshot(Case((2, *[2] * 30), ("tanh",) * 30, "mse", 2).snapshot(50))
    assert timeline(pane).is_bar


def test_every_event_of_a_bar_can_still_be_hit(pane: DebuggerPane) -> None:
    pane.show_snapshot(Case((2, *[2] * 30), ("tanh",) * 30, "mse", 2).snapshot(50))
    bar = timeline(pane)
    assert all(bar.cursor_at(bar.x_of(cursor)) == cursor for cursor in range(213))


# ── The list ─────────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_results_and_question_marks(pane: DebuggerPane) -> None:
    assert lines(pane)[10:16] == [
        "L3 ∂L/∂b = +5", "L3 ∂L/∂x = +2", "L2 ∂L/∂z = +2", "L2 ∂L/∂W = +2", "L2 ∂L/∂b = ?", "L2 ∂L/∂x = ?",
    ]  # fmt: skip


@pytest.mark.parametrize("cursor", range(1, 24))
def test_the_current_line_is_in_sight(pane: DebuggerPane, cursor: int) -> None:
    pane.show_snapshot(snapshot(cursor))
    view = events(pane)
    rect = view.visualRect(view.model().index(cursor - 1, 0))
    assert view.currentIndex().row() == cursor - 1
    assert view.viewport().rect().contains(rect)


@pytest.mark.parametrize("height", range(215, 270, 9))
def test_no_line_is_seen_in_part_and_the_current_one_stays_in_sight(pane: DebuggerPane, height: int) -> None:
    view = events(pane)
    pane.show_snapshot(snapshot(23))
    pane.resize(1256, height)
    rect = view.visualRect(view.currentIndex())
    assert view.viewport().height() >= rect.height()
    assert view.viewport().height() % rect.height() == 0
    assert view.viewport().rect().contains(rect)


def test_a_click_on_a_line_asks_to_go_there(qtbot: QtBot, pane: DebuggerPane) -> None:
    found = heard(pane)
    view = events(pane)
    rect = view.visualRect(view.model().index(11, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert found == [12]


def test_arrow_keys_in_the_list_walk_too(qtbot: QtBot, pane: DebuggerPane) -> None:
    found = heard(pane)
    qtbot.keyClick(events(pane), Qt.Key.Key_Down)
    qtbot.keyClick(events(pane), Qt.Key.Key_Up)
    assert found == [15, 14]


def test_stepping_does_not_rebuild_the_list(pane: DebuggerPane) -> None:
    resets: list[int] = []
    events(pane).model().modelReset.connect(lambda: resets.append(1))
    for cursor in range(24):
        pane.show_snapshot(snapshot(cursor))
    assert resets == []
    pane.show_snapshot(Case((2, 3, 1), ("tanh", "identity"), "mse", 4).snapshot(3))
    assert resets == [1]


# ── Formula and report ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cursor", range(1, 24))
def test_formula_list_and_timeline_show_the_same_moment(pane: DebuggerPane, cursor: int) -> None:
    moment = snapshot(cursor)
    pane.show_snapshot(moment)
    rule = pane.findChild(FormulaLabel)
    assert rule is not None
    assert rule.accessibleName()
    assert timeline(pane).value() == cursor
    assert events(pane).currentIndex().row() == cursor - 1


def test_the_formula_appears(qtbot: QtBot, pane: DebuggerPane) -> None:
    labels = pane.findChildren(FormulaLabel)
    qtbot.waitUntil(lambda: all(label.is_drawn for label in labels))
    assert labels[0].accessibleName() == "∂L/∂W2 = ∂L/∂z2 · x2; +2 = 2 · 1.0"


def test_a_neuron_can_be_chosen_for_the_formula(pane: DebuggerPane) -> None:
    case = Case((2, 4, 1), ("tanh", "identity"), "mse", 3)
    pane.show_snapshot(case.snapshot(1))
    label = pane.findChild(FormulaLabel)
    assert label is not None
    assert "z1[0]" in label.accessibleName()
    pane.look_at_neuron(0, 2)
    assert "z1[2]" in label.accessibleName()


def test_the_report_opens_at_the_current_layer(qtbot: QtBot, pane: DebuggerPane) -> None:
    view = pane.findChild(ReportView)
    assert view is not None
    assert "▼ W2 must decrease: gradient +2" in view.toPlainText()
    assert "? b2 has not been asked yet" in view.toPlainText()
    top = view.cursorForPosition(QPoint(12, 14)).block().text()
    assert top == "Body (layer 2): responsibility 2 so far"


# ── Iterations ───────────────────────────────────────────────────────────────────────────────────


def test_iterations_count_from_one_on_the_screen_and_from_zero_in_the_signal(qtbot: QtBot, pane: DebuggerPane) -> None:
    found: list[int] = []
    pane.iteration_chosen.connect(found.append)
    pane.show_snapshot(replace(snapshot(14), iteration=7))
    box = pane.findChild(QLineEdit)
    assert box.text() == "Iteration 8"
    back, on = pane.findChildren(QToolButton)[:2]
    back.click()
    on.click()
    assert found == [6, 8]


def test_an_iteration_can_be_typed(qtbot: QtBot, pane: DebuggerPane) -> None:
    found: list[int] = []
    pane.iteration_chosen.connect(found.append)
    box = pane.findChild(QLineEdit)
    pane.activateWindow()
    box.setFocus()
    qtbot.waitUntil(lambda: box.text() == "1")
    box.selectAll()
    qtbot.keyClicks(box, "250")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert found == [249]
    assert box.text() == "Iteration 1"


@pytest.mark.parametrize("typed", ["", "0", "abc", "1.5", "1"])
def test_half_typed_numbers_are_forgotten(qtbot: QtBot, pane: DebuggerPane, typed: str) -> None:
    found: list[int] = []
    pane.iteration_chosen.connect(found.append)
    box = pane.findChild(QLineEdit)
    box.setFocus()
    box.setText(typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert found == []
    assert box.text() == "Iteration 1"


def test_there_is_no_iteration_before_the_first(pane: DebuggerPane) -> None:
    found: list[int] = []
    pane.iteration_chosen.connect(found.append)
    pane.findChildren(QToolButton)[0].click()
    assert found == []


def test_training_does_not_push_the_focus_into_the_number(qtbot: QtBot, pane: DebuggerPane) -> None:
    pane.findChildren(QToolButton)[1].setFocus()
    pane.show_snapshot(replace(snapshot(12), running=True, iteration=41))
    assert pane.findChild(QLineEdit).text() == "Iteration 42"


# ── Running, language, theme ─────────────────────────────────────────────────────────────────────


def test_while_training_runs_only_the_counters_change(pane: DebuggerPane) -> None:
    before = lines(pane)
    for k in range(3):
        pane.show_snapshot(replace(snapshot(12), running=True, iteration=k, train_loss=0.5))
    training = pane.findChild(TrainingView)
    assert training is not None
    assert training.isVisible()
    assert training.words == "iteration 3   ·   loss 0.5"
    assert not events(pane).isVisible()
    assert lines(pane) == before


def test_pausing_brings_everything_back(pane: DebuggerPane) -> None:
    pane.show_snapshot(replace(snapshot(12), running=True))
    pane.show_snapshot(replace(snapshot(23), iteration=5))
    assert events(pane).isVisible()
    assert timeline(pane).value() == 23
    assert lines(pane)[-1] == "L3 update = W −0.100, b 5.100"


def test_the_timeline_begins_at_the_same_place_in_every_language_and_theme(
    qtbot: QtBot, pane: DebuggerPane, speech: Speech, theme: Theme
) -> None:
    timeline = pane.findChild(Timeline)
    assert timeline is not None
    begin = timeline.x()
    for language, dark in ((Language.CHINESE, False), (Language.CHINESE, True), (Language.ENGLISH, True)):
        speech.speak(language)
        theme.use_dark(dark)
        qtbot.wait(20)
        assert timeline.x() == begin


def test_another_language_changes_everything_at_once_and_back(pane: DebuggerPane, speech: Speech) -> None:
    english = lines(pane)
    speech.speak(Language.CHINESE)
    assert lines(pane)[6] == "损失 = 12.5"
    report = pane.findChild(ReportView)
    assert report is not None
    assert "W2 需要减小：梯度 +2" in report.toPlainText()
    assert pane.findChild(QLineEdit).text() == "第 1 轮"
    speech.speak(Language.ENGLISH)
    assert lines(pane) == english


def test_colours_and_sizes_follow_the_theme(pane: DebuggerPane, theme: Theme) -> None:
    report = pane.findChild(ReportView)
    assert report is not None
    assert theme.palette.gradient_plus.lower() in report.toHtml().lower()
    theme.use_dark(True)
    assert theme.palette.gradient_plus.lower() in report.toHtml().lower()
    height = pane.sizeHint().height()
    theme.use_factor(1.6)
    assert pane.sizeHint().height() == round(1.6 * height)


@pytest.mark.parametrize("factor", [1.0, 1.6])
def test_nothing_is_wider_or_higher_than_the_strip(
    qtbot: QtBot, pane: DebuggerPane, theme: Theme, factor: float
) -> None:
    theme.use_factor(factor)
    pane.resize(1256, 264)
    assert pane.minimumSizeHint().width() <= 1256
    assert pane.minimumSizeHint().height() <= 264
    for part in (Timeline, EventList, FormulaPanel, ReportView):
        widget = pane.findChild(part)
        assert widget is not None
        corner = widget.mapTo(pane, QPoint(widget.width(), widget.height()))
        assert corner.x() <= pane.width()
        assert corner.y() <= pane.height()


def test_four_paths_that_meet_are_all_seen_below_their_rule_in_the_lowest_strip(
    qtbot: QtBot, pane: DebuggerPane
) -> None:
    case = Case((2, 4, 1), ("tanh", "sigmoid"), "bce", 5)
    last = max(event.index for event in case.network.events if event.kind is EventKind.D_INPUT)
    pane.show_snapshot(case.snapshot(last + 1))
    panel = pane.findChild(FormulaPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel._rule.is_drawn)
    assert len(panel._rows.words) == 4
    assert panel._rule.isVisible()
    qtbot.waitUntil(lambda: panel._scroll.verticalScrollBar().maximum() == 0)


def test_eight_paths_that_meet_stand_in_two_columns_and_none_is_scrolled_away(qtbot: QtBot, pane: DebuggerPane) -> None:
    case = Case((2, 8, 1), ("tanh", "sigmoid"), "bce", 5)
    last = max(event.index for event in case.network.events if event.kind is EventKind.D_INPUT)
    pane.show_snapshot(case.snapshot(last + 1))
    panel = pane.findChild(FormulaPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel._rule.is_drawn)
    assert len(panel._rows.words) == 8
    assert panel._rule.isVisible()
    qtbot.waitUntil(lambda: panel._scroll.verticalScrollBar().maximum() == 0)
    places = [panel._rows._place(panel._rows._arranged(), number) for number in range(8)]
    assert len({place.x() for place in places}) == 2
    assert max(place.y() for place in places) < panel._rows.height()


def test_screen_readers_find_names_everywhere(pane: DebuggerPane) -> None:
    for part in (Timeline, EventList, FormulaPanel, ReportView, QLineEdit):
        widget = pane.findChild(part)
        assert widget is not None
        assert widget.accessibleName()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("width", "factor"), [(1240, 1.0), (940, 1.0), (1216, 2.0)])
def test_all_pages_can_be_seen_however_narrow_it_is(
    pane: DebuggerPane, speech: Speech, width: int, factor: float, language: Language
) -> None:
    speech.speak(language)
    pane._theme.use_factor(factor)
    pane.resize(width, 400)
    bar = pane._tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() <= pane._tabs.width()
    assert all(bar.tabToolTip(place) for place in range(bar.count()))
