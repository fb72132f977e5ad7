"""The tabs and rows of the debugger: chain, who changed it, breakpoints, whose fault, products, the whole run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from pytestqt.qtbot import QtBot

from gradgui.errors import UserError
from gradgui.gui.debugger.chain import Target, chain, strongest
from gradgui.gui.debugger.expression_line import ExpressionLine
from gradgui.gui.debugger.faults import faults
from gradgui.gui.debugger.pane import DebuggerPane
from gradgui.gui.debugger.pushers import change, pushes
from gradgui.gui.debugger.report_view import ReportView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.session.breakpoint_words import described, typed
from gradgui.session.breakpoints import Breakpoint, Kind
from gradgui.session.check import EPSILONS, CheckRow, CheckView
from gradgui.session.curves_view import GhostView
from gradgui.session.snapshot import CurvesView, Detail, EventKind, HistoryView, Phase
from gradgui.session.terms import terms
from gradgui.text import Language, same
from tests.gui.debugger_nets import Case
from tests.gui.toycar import network, snapshot


@pytest.fixture
def pane(qtbot: QtBot, speech: Speech) -> DebuggerPane:
    made = DebuggerPane(speech, Theme())
    qtbot.addWidget(made)
    made.resize(1256, 264)
    made.show()
    made.show_snapshot(snapshot(20))
    return made


def wide() -> Case:
    return Case((3, 4, 2, 1), ("tanh", "tanh", "sigmoid"), "half_mse", 6)


# ── The chain rule ───────────────────────────────────────────────────────────────────────────────


def test_the_toy_cars_chain_is_five_times_two_factors_a_layer() -> None:
    links = chain(snapshot(20), Target(0, 0, 0))
    assert [link.factor for link in links] == ["", "f′(z3)", "W3", "f′(z2)", "W2", "f′(z1)", "x1"]
    assert [link.total for link in links] == [5, 5, 2, 2, 1, 1, 1]
    product = links[0].total
    assert product is not None
    for link in links[1:]:
        assert link.value is not None
        product *= link.value
    assert product == links[-1].total


def test_a_chain_knows_only_what_has_been_computed() -> None:
    links = chain(snapshot(12), Target(0, 0, 0))
    assert [link.total for link in links] == [5, 5, 2, None, None, None, None]


def test_in_a_wide_network_the_chain_ends_at_the_very_gradient() -> None:
    moment = wide().snapshot()
    for target in (Target(0, 2, 1), Target(1, 1, 3), Target(2, 0, None)):
        values = moment.layers[target.layer]
        assert values.dW is not None
        assert values.db is not None
        truth = values.db[target.unit] if target.column is None else values.dW[target.unit, target.column]
        assert chain(moment, target)[-1].total == pytest.approx(truth)


def test_the_chain_tab_multiplies_out(pane: DebuggerPane, speech: Speech) -> None:
    pane.show_tab("chain")
    pane.look_at_parameter(0, 0, 0)
    assert "5 × 1 × 0.4 × 1 × 0.5 × 1 × 1 = +1" in pane.chain.toPlainText()
    speech.speak(Language.CHINESE)
    assert "从损失到 W1" in pane.chain.toPlainText()


def test_without_a_choice_the_largest_gradient_of_the_layer_is_followed() -> None:
    moment = wide().snapshot(18)
    target = strongest(moment)
    assert target is not None
    values = moment.layers[target.layer]
    assert values.dW is not None
    assert abs(values.dW[target.unit, target.column]) == np.abs(values.dW).max()


# ── Who changed it ───────────────────────────────────────────────────────────────────────────────


def test_the_pushes_of_all_samples_add_up_to_the_gradient() -> None:
    moment = wide().snapshot()
    for target in (Target(0, 1, 2), Target(1, 0, None)):
        found, told = pushes(moment, target), change(moment, target)
        assert told is not None
        assert sum(push.value for push in found) == pytest.approx(told.gradient)
        assert sum(push.share for push in found) == pytest.approx(1)
        assert [abs(p.value) for p in found] == sorted((abs(p.value) for p in found), reverse=True)


def test_before_its_update_a_weight_has_not_changed(pane: DebuggerPane) -> None:
    pane.show_tab("pushers")
    assert "not updated it yet" in pane.pushers.toPlainText()
    pane.show_snapshot(snapshot(23))
    pane.look_at_parameter(0, 0, 0)
    assert "W1: 1.000 → 0.900 in iteration 1" in pane.pushers.toPlainText()


def test_links_ask_for_the_update_and_for_a_sample(pane: DebuggerPane) -> None:
    asked: list[object] = []
    pane.show_tab("pushers")
    pane.look_at_parameter(1, 0, 0)
    pane.change_asked.connect(asked.append)
    pane.sample_chosen.connect(asked.append)
    for link in ("go", "sample:0", "sample:all"):
        pane.pushers.anchorClicked.emit(QUrl(link))
    assert asked == ["L2.W[0,0]", 0, None]


# ── Whose fault ──────────────────────────────────────────────────────────────────────────────────


def test_faults_are_sorted_by_their_share() -> None:
    found = faults(snapshot(20))
    assert [fault.name for fault in found] == ["W3", "b3", "W2", "b2", "W1", "b1"]
    assert sum(fault.share for fault in found) == pytest.approx(1)


def test_shares_add_up_however_large_the_gradients_are() -> None:
    known = snapshot(20)
    layers = tuple(
        replace(values, dW=np.full_like(values.dW, 1.7e308), db=np.full_like(values.db, 1.7e308))
        for values in known.layers
    )
    found = faults(replace(known, layers=layers))
    assert sum(fault.share for fault in found) == pytest.approx(1)
    assert found[0].gradient == 1.7e308


@pytest.mark.parametrize("wild", [np.inf, -np.inf, np.nan])
def test_after_a_blow_up_what_is_no_number_has_all_the_blame(pane: DebuggerPane, wild: float) -> None:
    known = snapshot(20)
    last = replace(known.layers[-1], dW=np.full_like(known.layers[-1].dW, wild), dz=known.layers[-1].dz * wild)
    blown = replace(known, layers=(*known.layers[:-1], last))
    assert [(fault.name, fault.share) for fault in faults(blown)[:2]] == [("W3", 1.0), ("W1", 0.0)]
    assert [push.share for push in pushes(blown, Target(2, 0, 0))] == [1.0]
    pane.show_snapshot(blown)
    pane.look_at_parameter(2, 0, 0)
    pane.show_tab("pushers")
    assert "100 %" in pane.pushers.toPlainText().replace("\xa0", " ")
    pane.show_tab("report")
    view = pane.findChild(ReportView)
    view.anchorClicked.emit(QUrl("switch"))
    assert "W3" in view.toPlainText()


def test_bars_of_the_list_of_faults_stand_in_one_line(pane: DebuggerPane) -> None:
    case = Case((2, 4, 1), ("tanh", "sigmoid"), "bce", 10)
    pane.show_snapshot(case.snapshot(len(case.network.events)))
    view = pane.findChild(ReportView)
    view.anchorClicked.emit(QUrl("switch"))
    found = view.document().find("▇")
    assert not found.isNull()
    assert found.block().layout().lineCount() == 1


def test_the_report_switches_to_the_list_of_faults_and_back(pane: DebuggerPane) -> None:
    view = pane.findChild(ReportView)
    view.anchorClicked.emit(QUrl("switch"))
    assert view.toPlainText().split("\n")[0] == "Report layer by layer"
    assert "31 %" in view.toPlainText().replace("\xa0", " ")
    view.anchorClicked.emit(QUrl("switch"))
    assert "Tyres (layer 1)" in view.toPlainText()


# ── Breakpoints ──────────────────────────────────────────────────────────────────────────────────

TYPED = [
    (Kind.EVENT, "L2 dL/dW", Breakpoint(Kind.EVENT, layer=1, event=EventKind.D_WEIGHT)),
    (Kind.EVENT, "L1 ∂L/∂z", Breakpoint(Kind.EVENT, layer=0, event=EventKind.D_PREACTIVATION)),
    (Kind.LAYER, "L3 backward", Breakpoint(Kind.LAYER, layer=2, phase=Phase.BACKWARD)),
    (Kind.LAYER, "L3 反向", Breakpoint(Kind.LAYER, layer=2, phase=Phase.BACKWARD)),
    (Kind.NORM_ABOVE, "L2 10", Breakpoint(Kind.NORM_ABOVE, layer=1, limit=10)),
    (Kind.NORM_BELOW, "1e-6", Breakpoint(Kind.NORM_BELOW, limit=1e-6)),
    (Kind.LOSS_RISING, "", Breakpoint(Kind.LOSS_RISING, limit=3)),
    (Kind.SIGN_CHANGE, "W1", Breakpoint(Kind.SIGN_CHANGE, parameter="W1")),
    (Kind.CONDITION, "loss < 1", Breakpoint(Kind.CONDITION, condition="loss < 1")),
    (Kind.NOT_FINITE, "", Breakpoint(Kind.NOT_FINITE)),
]


@pytest.mark.parametrize(("kind", "words", "wanted"), TYPED)
def test_a_typed_line_becomes_a_breakpoint_that_can_be_read(kind: Kind, words: str, wanted: Breakpoint) -> None:
    made = typed(kind, words, network())
    assert made == wanted
    assert described(made).en
    assert described(replace(made, every=3)).zh.endswith("每第 3 次")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Kind.EVENT, "L9 dL/dW"), (Kind.EVENT, "nonsense"), (Kind.NORM_ABOVE, "many"), (Kind.CONDITION, "los < 1")],
)
def test_a_line_that_means_nothing_is_refused_with_a_reason(kind: Kind, words: str) -> None:
    with pytest.raises(UserError) as refused:
        typed(kind, words, network())
    assert refused.value.text.zh


def test_the_margin_of_the_list_sets_a_breakpoint_and_the_dot_switches_it_off(qtbot: QtBot, pane: DebuggerPane) -> None:
    events, notebook = pane._events, pane.notebook
    index = events.model().index(11, 0)
    events.scrollTo(index)
    middle = events.visualRect(index).center().y()
    qtbot.mouseClick(events.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(6, middle))
    assert notebook.breakpoints == (Breakpoint(Kind.EVENT, layer=2, event=EventKind.D_INPUT),)
    pane.show_tab("breakpoints")
    qtbot.mouseClick(pane.breakpoints.rows, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert not notebook.breakpoints[0].enabled
    pane.breakpoints.rows.setFocus()
    for key in (Qt.Key.Key_L, Qt.Key.Key_3):
        qtbot.keyClick(pane.breakpoints.rows, key)
    assert (notebook.breakpoints[0].log_only, notebook.breakpoints[0].every) == (True, 3)
    qtbot.keyClick(pane.breakpoints.rows, Qt.Key.Key_Delete)
    assert notebook.breakpoints == ()


def test_a_reason_for_a_stop_stands_above_the_formula(pane: DebuggerPane) -> None:
    stop = described(Breakpoint(Kind.NOT_FINITE))
    pane.show_snapshot(replace(snapshot(12), history=HistoryView(1, stop=stop)))
    assert pane._told.text() == "● NaN or ∞ anywhere"
    pane.show_snapshot(snapshot(13))
    assert not pane._told.isVisibleTo(pane)


# ── Products ─────────────────────────────────────────────────────────────────────────────────────


def test_the_products_of_every_neuron_add_up_to_its_number() -> None:
    moment = wide().snapshot(20)
    done = moment.network.events[:20]
    for event in done:
        values = moment.layers[event.layer]
        truth = {EventKind.LINEAR: values.z, EventKind.D_INPUT: values.dx, EventKind.D_PREACTIVATION: values.dz}
        array = truth.get(event.kind)
        for unit in range(array.shape[1] if array is not None else 0):
            assert array is not None
            assert terms(moment, event, unit)[-1].running == pytest.approx(array[0, unit])


def test_the_products_of_a_batch_say_whose_share_they_are_below_their_rule(pane: DebuggerPane) -> None:
    case = wide()
    event = next(e for e in case.network.events if (e.kind, e.layer) == (EventKind.D_WEIGHT, 2))
    pane.show_snapshot(replace(case.snapshot(event.index + 1), detail=Detail(0, 1), sample=2))
    formula = pane._formula
    assert formula._place.text() == "neuron 1 of 1 · product 2 of 2 · share of sample 3 of 6"
    assert formula._rule.isVisible()
    assert len(formula._rows.words) == 2
    pane.show_snapshot(replace(case.snapshot(1), detail=Detail(0, 1)))
    assert "share" not in formula._place.text()


def test_products_that_are_still_to_come_are_question_marks(pane: DebuggerPane) -> None:
    moment = wide().snapshot(16)
    assert moment.current is not None
    assert moment.current.kind is EventKind.D_INPUT
    pane.show_snapshot(replace(moment, detail=Detail(1, 0)))
    words = pane._formula._rows.words
    assert "Σ ?" not in words[0]
    assert all("= ?" in line and line.endswith("Σ ?") for line in words[1:])


# ── The whole run ────────────────────────────────────────────────────────────────────────────────


def test_dragging_along_the_run_asks_for_its_moments(qtbot: QtBot, pane: DebuggerPane) -> None:
    nothing = np.full(101, np.nan)
    curves = CurvesView(np.arange(101), np.exp(-np.arange(101) / 20), nothing, nothing)
    pane.show_snapshot(replace(snapshot(20), iteration=40, curves=curves, history=HistoryView(100, 2**20, 2**28)))
    scrubber, asked = pane.head.scrubber, list[int]()
    assert (scrubber.value(), scrubber.maximum()) == (40, 100)
    pane.updates_chosen.connect(asked.append)
    for updates in (70, 10):
        place = QPoint(round(scrubber.x_of(updates)), 15)
        qtbot.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=place)
    assert asked == [70, 10]
    assert "1.0 of 256 MB" in scrubber.tip(70)


def test_an_older_run_that_went_further_has_room_beside_this_one_and_is_not_visited(
    qtbot: QtBot, pane: DebuggerPane
) -> None:
    nothing = np.full(61, np.nan)
    ghost = GhostView(same("Run A"), np.arange(61), np.exp(-np.arange(61) / 20))
    curves = CurvesView(np.arange(22), np.exp(-np.arange(22) / 20), nothing[:22], nothing[:22], ghosts=(ghost,))
    pane.show_snapshot(replace(snapshot(20), iteration=20, curves=curves, history=HistoryView(21, 2**20, 2**28)))
    scrubber, asked = pane.head.scrubber, list[int]()
    assert scrubber.maximum() == 21
    assert scrubber.x_of(21) < scrubber.x_of(60) <= scrubber.width()
    pane.updates_chosen.connect(asked.append)
    qtbot.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(round(scrubber.x_of(50)), 15))
    assert asked == [21]


def test_an_older_run_that_blew_up_at_once_leaves_the_run_as_it_is(pane: DebuggerPane) -> None:
    nothing, losses = np.full(61, np.nan), np.exp(-np.arange(61) / 20)
    alone = CurvesView(np.arange(61), losses, nothing, nothing)
    history = HistoryView(60, 2**20, 2**28)
    pane.show_snapshot(replace(snapshot(20), iteration=60, curves=alone, history=history))
    before = pane.head.scrubber.grab().toImage()
    ghost = GhostView(same("Run A"), np.arange(3), nothing[:3])
    pane.show_snapshot(replace(snapshot(20), iteration=60, curves=replace(alone, ghosts=(ghost,)), history=history))
    assert pane.head.scrubber.grab().toImage() == before


def test_a_bookmark_is_a_flag_on_the_run(pane: DebuggerPane) -> None:
    pane.notebook.show_snapshot(snapshot(20))
    pane.notebook.toggle_bookmark()
    assert "Bookmark 1" in pane.head.scrubber.tip(0)
    pane.notebook.toggle_bookmark()
    assert "Bookmark" not in pane.head.scrubber.tip(0)


def test_enter_in_the_list_of_names_takes_the_name_and_the_next_enter_the_expression(
    qtbot: QtBot, speech: Speech, theme: Theme
) -> None:
    line = ExpressionLine(same("Name"), same("Hint"), speech, theme)
    qtbot.addWidget(line)
    line.use_network(snapshot(14).network)
    line.show()
    asked: list[str] = []
    line.asked.connect(asked.append)
    qtbot.keyClicks(line.line, "grad")
    popup = line.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert line.line.text().startswith("grad('")
    assert not popup.isVisible()
    assert asked == []
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert asked == [line.line.text()]


@pytest.mark.parametrize("language", Language)
def test_both_opinions_and_the_samples_that_pushed_fit_the_width_of_a_small_window(
    pane: DebuggerPane, speech: Speech, language: Language
) -> None:
    speech.speak(language)
    case = Case((2, 8, 1), ("tanh", "sigmoid"), "bce", 100)
    pane.show_snapshot(case.snapshot(len(case.network.events)))
    rows = tuple(CheckRow(f"L1.W[{n},0]", 0, -0.000391, -0.000391, 1.8e-10, True, False) for n in range(8))
    pane.show_tab("check")
    pane.check.show_check(CheckView(0, "", 1e-5, 1.8e-10, rows, 0, np.array(EPSILONS), np.full(len(EPSILONS), 1e-9)))
    assert pane.check._rows.horizontalScrollBar().maximum() == 0
    pane.show_tab("pushers")
    assert pane.pushers.horizontalScrollBar().maximum() == 0
