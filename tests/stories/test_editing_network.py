"""A network is built with the mouse: layers, units, activations, order; what cannot be is said at the place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.editor.handles import ActivationHit, AddHit, CountHit, DropHit, KindsHit, StepHit
from gradgui.gui.editor.layer_table import LayerTable
from gradgui.text import Language
from tests.stories.conftest import Open
from tests.stories.fingers import seen
from tests.stories.network_hand import NetworkHand

Hand = Callable[..., NetworkHand]


@pytest.fixture
def hand(open_window: Open, qtbot: QtBot) -> Hand:
    def opened(example: str = "xor", language: Language = Language.ENGLISH) -> NetworkHand:
        made = NetworkHand(open_window(example, language), qtbot)
        made.settled()
        return made

    return opened


# ── Layers ───────────────────────────────────────────────────────────────────────────────────────


def test_one_click_on_a_plus_puts_a_layer_there(hand: Hand) -> None:
    h = hand()
    before = h.shown.layers[0].W
    h.click(AddHit(1))
    assert h.units == [4, 4, 1]
    h.wait(lambda: h.drawn == [4, 4, 1])
    h.settled()
    assert before is not None
    assert np.array_equal(h.shown.layers[0].W, before)
    history = h.program.session.editing.history
    assert history is not None
    assert history.undo_text.en == "Undo add layer"
    h.undo()
    h.wait(lambda: h.drawn == [4, 1])


def test_a_new_layer_takes_the_activation_of_its_neighbour(hand: Hand) -> None:
    h = hand("spiral")
    h.click(AddHit(2))
    assert [getattr(spec, "activation", "") for spec in h.document.network.layers] == ["sin", "sin", "sin", "tanh"]
    h.wait(lambda: h.written.count("sin") == 3)


def test_a_plus_before_the_loss_keeps_the_number_of_answers(hand: Hand) -> None:
    h = hand("iris")
    answers = h.units[-1]
    h.click(AddHit(len(h.units)))
    assert h.units[-2:] == [answers, answers]
    h.wait(lambda: h.drawn == h.units)


def test_the_arrow_at_a_plus_offers_every_kind_of_layer(hand: Hand) -> None:
    h = hand()
    h.point(AddHit(1))
    h.click(KindsHit(1))
    h.choose_from_menu("Dropout")
    assert [type(spec).__struct_config__.tag for spec in h.document.network.layers] == ["dense", "dropout", "dense"]
    h.wait(lambda: h.drawn == [4, 4, 1])


def test_new_neurons_shine_for_a_moment(hand: Hand) -> None:
    h = hand()
    h.click(StepHit(0, 1))
    assert h.units == [5, 1]
    h.wait(lambda: h.drawn == [5, 1])
    assert h.pane.motion.fresh == [NodeHit(0, 4)]
    h.wait(lambda: h.parts.light.fresh == 1)
    shining = h.look(NodeHit(0, 4), 40)
    h.wait(lambda: h.parts.light.fresh == 0)
    assert h.look(NodeHit(0, 4), 40) != shining


def test_the_cross_beside_a_layer_deletes_it(hand: Hand) -> None:
    h = hand("spiral")
    h.point(LayerHit(1))
    h.click(DropHit(1))
    assert h.units == [8, 1]
    h.wait(lambda: h.drawn == [8, 1])


def test_twelve_hidden_layers_are_the_most_and_the_thirteenth_is_refused_at_its_plus(hand: Hand) -> None:
    h = hand()
    while len(h.units) < 13:
        h.click(AddHit(1))
    h.settled()
    h.click(AddHit(1))
    assert len(h.units) == 13
    assert h.pane.refusal.words.startswith("There are 12 hidden layers already")
    assert h.pane._scene.sceneRect().width() > h.port.width()
    h.undo()
    h.wait(lambda: len(h.drawn) == 12)


def test_a_layer_is_dragged_to_another_place_by_its_name(hand: Hand) -> None:
    h = hand("spiral")
    h.click(StepHit(1, 1))
    h.settled()
    assert h.units == [8, 9, 1]
    end = h.at(LayerHit(0))
    h.drag(h.at(LayerHit(1)), QPoint(end.x() - 30, end.y()))
    assert h.units == [9, 8, 1]
    h.wait(lambda: h.drawn == [9, 8, 1])
    assert h.parts.drag.name == ""


def test_a_layer_is_duplicated_from_its_list(hand: Hand) -> None:
    h = hand("spiral")
    h.open_list(LayerHit(0))
    h.choose_from_menu("Duplicate")
    assert h.units == [8, 8, 8, 1]
    h.wait(lambda: h.drawn == [8, 8, 8, 1])


# ── Units and activations ────────────────────────────────────────────────────────────────────────


def test_minus_and_plus_change_the_units_by_one_click(hand: Hand) -> None:
    h = hand()
    for _ in range(3):
        h.click(StepHit(0, 1))
    h.click(StepHit(0, -1))
    assert h.units == [6, 1]
    h.wait(lambda: h.drawn == [6, 1])


def test_units_that_stay_keep_their_weights(hand: Hand) -> None:
    h = hand()
    before = h.shown.layers[0].W
    h.click(StepHit(0, 1))
    h.wait(lambda: h.drawn == [5, 1])
    assert h.shown.layers[0].W is not None
    assert before is not None
    assert np.array_equal(h.shown.layers[0].W[:4], before)


def test_the_number_of_units_is_typed(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    h.click(CountHit(0))
    field = h.pane.typing.field
    assert field is not None
    qtbot.keyClicks(field, "40")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert h.units == [40, 1]
    assert h.pane.typing.field is None
    h.wait(lambda: h.drawn == [40, 1])


def test_sixty_five_units_are_refused_while_the_field_stays_open(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    h.click(CountHit(0))
    field = h.pane.typing.field
    assert field is not None
    qtbot.keyClicks(field, "65")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert h.units == [4, 1]
    assert "64" in h.pane.refusal.words
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert h.pane.typing.field is None


def test_an_activation_is_chosen_under_its_layer(hand: Hand) -> None:
    h = hand()
    h.pane.view.window().resize(1440, 1100)
    h.settled()
    h.click(ActivationHit(0))
    h.choose_from_menu("ReLU")
    assert getattr(h.document.network.layers[0], "activation", "") == "relu"
    h.wait(lambda: h.shown.network.layers[0].activation == "relu" and "ReLU" in h.written)
    assert "tanh" not in h.written


def test_what_cannot_work_is_said_at_the_place_and_the_last_good_network_runs_on(hand: Hand) -> None:
    h = hand("iris")
    h.click(StepHit(1, 1))
    assert h.units[-1] == 3
    assert "3 classes" in h.pane.refusal.words
    assert h.pane.rect().contains(h.pane.refusal.geometry())
    steps = h.shown.iteration
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_F5)
    h.wait(lambda: h.shown.iteration > steps)
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_F6)
    h.click(StepHit(0, 1))
    assert h.pane.refusal.words == ""
    h.wait(lambda: h.drawn == h.units)


# ── Weights and biases ───────────────────────────────────────────────────────────────────────────


def weight(h: NetworkHand, layer: int, unit: int, source: int) -> float:
    found = h.shown.layers[layer].W
    assert found is not None
    return float(found[unit, source])


def test_dragging_up_over_a_weight_makes_it_larger_in_one_edit(hand: Hand) -> None:
    h = hand("toy-car")
    start = h.at(EdgeHit(1, 0, 0))
    h.drag(start, start - QPoint(0, 40))
    h.wait(lambda: weight(h, 1, 0, 0) == pytest.approx(1.0) and any("1.000" in words for words in h.on_wires(1)))
    history = h.program.session.editing.history
    assert history is not None
    assert [name.en for name in history.names] == ["change weight"]
    h.undo()
    h.wait(lambda: weight(h, 1, 0, 0) == 0.5 and any("0.500" in words for words in h.on_wires(1)))


def test_with_alt_the_same_drag_is_ten_times_finer(hand: Hand) -> None:
    h = hand("toy-car")
    start = h.at(EdgeHit(1, 0, 0))
    h.drag(start, start - QPoint(0, 40), Qt.KeyboardModifier.AltModifier)
    h.wait(lambda: weight(h, 1, 0, 0) == pytest.approx(0.55))
    h.drag(start, start - QPoint(0, 120), Qt.KeyboardModifier.AltModifier, steps=30)
    h.wait(lambda: weight(h, 1, 0, 0) == pytest.approx(0.7) and any("0.700" in words for words in h.on_wires(1)))


def test_the_wheel_over_a_weight_changes_it(hand: Hand) -> None:
    h = hand("toy-car")
    h.turn(EdgeHit(2, 0, 0), 3)
    h.wait(lambda: weight(h, 2, 0, 0) == pytest.approx(0.7))
    h.turn(EdgeHit(2, 0, 0), -1, Qt.KeyboardModifier.AltModifier)
    h.wait(lambda: weight(h, 2, 0, 0) == pytest.approx(0.69) and any("0.690" in words for words in h.on_wires(2)))
    h.point(LayerHit(0))
    h.turn(EdgeHit(2, 0, 0), 1)
    h.point(LayerHit(0))
    history = h.program.session.editing.history
    assert history is not None
    assert len(history.names) == 2


def test_a_weight_is_typed_after_a_double_click(hand: Hand, qtbot: QtBot) -> None:
    h = hand("toy-car")
    h.double_click(EdgeHit(0, 0, 0))
    field = h.pane.typing.field
    assert field is not None
    assert field.accessibleName() == "W1"
    qtbot.keyClicks(field, "-2.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: weight(h, 0, 0, 0) == -2.5 and any("−2.500" in words for words in h.on_wires(0)))
    assert h.pane.typing.field is None, "Enter closes the field, and does not open it again"
    assert h.pane.view.hasFocus()


def test_every_wire_of_a_neuron_among_many_is_hit_and_typed(hand: Hand, qtbot: QtBot) -> None:
    h = hand("spiral")
    h.click(NodeHit(1, 5))
    assert sum(len(strokes.lines) for strokes in h.parts.gaps[1].front) == 8, "its wires stand before the other 56"
    for source in range(8):
        h.point(EdgeHit(1, 5, source))
        assert h.pane._pointed == EdgeHit(1, 5, source)
    h.double_click(EdgeHit(1, 5, 2))
    field = h.pane.typing.field
    assert field is not None
    assert field.fontMetrics().horizontalAdvance(field.text()) < field.width() - 20, "every digit can be seen"
    qtbot.keyClicks(field, "0.125")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: weight(h, 1, 5, 2) == 0.125)
    assert h.card(EdgeHit(1, 5, 2))["w"] == "0.125"
    h.key(Qt.Key.Key_Escape)
    for unit in range(8):
        found = h.pane._scene.hit(h.spot(EdgeHit(1, unit, 7 - unit)))
        assert found == EdgeHit(1, unit, 7 - unit), "where a wire is taken hold of, no other is in the way"


def test_the_bias_of_the_output_is_dragged_like_every_other(hand: Hand) -> None:
    h = hand("toy-car")
    start = h.at(NodeHit(2, 0))
    h.drag(start, start - QPoint(0, 16))
    h.wait(lambda: h.shown.layers[2].b is not None and float(h.shown.layers[2].b[0]) == pytest.approx(5.8))
    assert "b3 5.800" in h.written


def test_a_click_on_a_weight_still_chooses_an_axis_of_the_surface(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    h.point(EdgeHit(1, 0, 2))
    plain = h.look(EdgeHit(1, 0, 2))
    with qtbot.waitSignal(h.pane.edge_clicked) as clicked:
        h.click(EdgeHit(1, 0, 2))
    assert clicked.args == [(1, 0, 2)]
    assert h.pane.chosen == EdgeHit(1, 0, 2)
    assert h.look(EdgeHit(1, 0, 2)) != plain


# ── The keyboard ─────────────────────────────────────────────────────────────────────────────────


def test_arrows_walk_over_neurons_and_layers(hand: Hand) -> None:
    h = hand()
    h.click(NodeHit(0, 1))
    walked, pictures = [], [seen(h.port)]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left):
        h.key(key)
        walked.append(h.pane.chosen)
        pictures.append(seen(h.port))
    assert all(one != other for one, other in combinations(pictures, 2)), "the ring goes along"
    assert walked == [NodeHit(0, 2), NodeHit(1, 0), LayerHit(1), AddHit(1), LayerHit(0)]
    assert h.shown.cursor == 0


def test_enter_types_delete_removes_a_neuron_or_a_layer_and_plus_adds_a_unit(hand: Hand, qtbot: QtBot) -> None:
    h = hand("spiral")
    h.click(NodeHit(0, 1))
    h.key(Qt.Key.Key_Plus)
    h.wait(lambda: h.drawn == [9, 8, 1])
    h.key(Qt.Key.Key_Return)
    field = h.pane.typing.field
    assert field is not None
    qtbot.keyClicks(field, "0.75")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: h.shown.layers[0].b is not None and float(h.shown.layers[0].b[1]) == 0.75)
    assert h.pane.view.hasFocus()
    weights = h.shown.layers[1].W
    h.key(Qt.Key.Key_Delete)
    h.wait(lambda: h.drawn == [8, 8, 1])
    h.settled()
    assert weights is not None
    assert h.shown.layers[1].W is not None
    assert np.array_equal(h.shown.layers[1].W, np.delete(weights, 1, axis=1))
    h.click(NodeHit(0, 7))
    h.key(Qt.Key.Key_Down)
    assert h.pane.chosen == LayerHit(0)
    h.key(Qt.Key.Key_Delete)
    h.wait(lambda: h.drawn == [8, 1])


def test_tab_leads_to_the_network_and_shows_where_the_keys_are(hand: Hand) -> None:
    h = hand()
    view = h.pane.view
    for _ in range(60):
        h.qtbot.keyClick(QApplication.focusWidget() or h.program.window, Qt.Key.Key_Tab)
        if view.hasFocus():
            break
    assert view.hasFocus()
    assert h.pane.chosen == LayerHit(0)
    ringed = h.look(LayerHit(0), 60)
    h.key(Qt.Key.Key_Escape)
    assert h.look(LayerHit(0), 60) != ringed


def test_the_table_and_a_new_start_have_keys_of_their_own(hand: Hand) -> None:
    h = hand()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    seed = h.document.training.seed
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_R, both)
    assert h.document.training.seed == seed + 1
    bar = h.program.window.findChild(EditorBar)
    assert isinstance(bar, EditorBar)
    assert bar.seed.text() == str(seed + 1)
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_L, both)
    table = h.program.window.findChild(LayerTable)
    assert isinstance(table, LayerTable)
    assert table.isVisible()


def test_escape_gives_the_arrows_back_to_the_debugger(hand: Hand) -> None:
    h = hand("toy-car")
    h.click(NodeHit(0, 0))
    h.key(Qt.Key.Key_Right)
    assert (h.pane.chosen, h.shown.cursor) == (NodeHit(1, 0), 0)
    ringed = h.look(NodeHit(1, 0), 40)
    h.key(Qt.Key.Key_Escape)
    assert h.pane.chosen is None
    assert h.look(NodeHit(1, 0), 40) != ringed
    focused = QApplication.focusWidget()
    h.qtbot.keyClick(focused or h.program.window, Qt.Key.Key_Right)
    h.wait(lambda: h.shown.cursor == 1)
