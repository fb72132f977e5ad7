"""Lists, signs and keys of the network: what the right button, the Menu key and the wires' own keys lead to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gradgui.catalog.layers._base import WeightedSpec
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.editor.handles import AddHit, DropHit, FeatureHit, HowHit, StepHit
from tests.stories.conftest import Open
from tests.stories.fingers import CTRL, LEFT, seen
from tests.stories.network_hand import NetworkHand

Hand = Callable[..., NetworkHand]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(open_window: Open, qtbot: QtBot) -> Hand:
    def opened(example: str = "spiral") -> NetworkHand:
        made = NetworkHand(open_window(example), qtbot)
        made.settled()
        return made

    return opened


def array(h: NetworkHand, layer: int) -> np.ndarray:
    found = h.shown.layers[layer].W
    assert found is not None
    return np.array(found)


def take_by_key(h: NetworkHand, words: str) -> None:
    """Open the list of what is chosen with the Menu key, go down to an entry, take it."""
    h.key(Qt.Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    wanted = next(each for each in menu.actions() if each.text() == words)
    while menu.activeAction() is not wanted:
        h.qtbot.keyClick(menu, Qt.Key.Key_Down)
    h.qtbot.keyClick(menu, Qt.Key.Key_Return)
    h.program.window.activateWindow()
    h.wait(h.program.window.isActiveWindow)


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def test_a_layer_is_duplicated_moved_and_deleted_by_keys_alone(hand: Hand) -> None:
    h = hand()
    h.click(StepHit(0, 1))
    h.settled()
    h.click(NodeHit(0, 8))
    h.key(Qt.Key.Key_Down)
    assert h.pane.chosen == LayerHit(0)
    take_by_key(h, "Move to the right")
    assert h.units == [8, 9, 1]
    h.wait(lambda: h.drawn == [8, 9, 1])
    h.click(NodeHit(1, 8))
    h.key(Qt.Key.Key_Down)
    take_by_key(h, "Duplicate")
    assert h.units == [8, 9, 9, 1]
    h.wait(lambda: h.drawn == [8, 9, 9, 1])
    take_by_key(h, "Delete layer")
    assert h.units == [8, 9, 1]
    h.wait(lambda: h.drawn == [8, 9, 1])


def test_a_neuron_is_deleted_and_a_bias_typed_from_its_list(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    W = array(h, 0)
    h.open_list(NodeHit(0, 2))
    h.choose_from_menu("Delete this neuron")
    assert h.units == [7, 8, 1]
    h.wait(lambda: h.drawn == [7, 8, 1])
    h.settled()
    assert np.array_equal(array(h, 0), np.delete(W, 2, axis=0))
    h.open_list(NodeHit(1, 3))
    h.choose_from_menu("Type its bias…")
    field = h.pane.typing.field
    assert field is not None
    qtbot.keyClicks(field, "0.625")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: h.shown.layers[1].b is not None and h.shown.layers[1].b[3] == 0.625)
    assert h.card(NodeHit(1, 3))["b2[3]"] == "0.625"


def test_a_bias_is_frozen_from_its_list_wears_a_flake_and_stays_while_the_others_learn(hand: Hand) -> None:
    h = hand("xor")
    h.open_list(NodeHit(0, 1))
    h.choose_from_menu("Freeze b[1]")
    spec = h.document.network.layers[0]
    assert isinstance(spec, WeightedSpec)
    assert spec.frozen == ("b[1]",)
    h.wait(lambda: len(h.parts.frost.flakes) == 1)
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_Right, CTRL)
    h.wait(lambda: h.shown.cursor == len(h.shown.network.events))
    b = h.shown.layers[0].b
    assert b is not None
    assert [value == 0 for value in b] == [False, True, False, False]


def test_a_link_is_removed_from_the_list_at_its_sign_and_the_keys_bring_it_back(hand: Hand) -> None:
    h = hand()
    h.drag(h.at(NodeHit(0, 3)), h.at(NodeHit(2, 0)), steps=12)
    h.wait(lambda: [(link.source, link.target) for link in h.parts.links.links] == [(0, 2)])
    h.open_list(HowHit(0, 2))
    h.choose_from_menu("Remove this link")
    assert h.document.network.links == ()
    h.wait(lambda: not h.parts.links.links)
    h.undo()
    h.wait(lambda: [(link.source, link.target) for link in h.parts.links.links] == [(0, 2)])
    assert len(h.document.network.links) == 1


# ── Wires and neurons by keys ────────────────────────────────────────────────────────────────────


def test_shift_and_arrows_walk_over_the_wires_of_a_neuron_and_enter_types_there(hand: Hand, qtbot: QtBot) -> None:
    h = hand("xor")
    h.click(NodeHit(1, 0))
    walked, pictures = [], [seen(h.port)]
    for _ in range(3):
        h.key(Qt.Key.Key_Down, SHIFT)
        walked.append(h.pane.chosen)
        pictures.append(seen(h.port))
    assert walked == [EdgeHit(1, 0, 0), EdgeHit(1, 0, 1), EdgeHit(1, 0, 2)]
    assert all(one != other for one, other in pairwise(pictures))
    h.key(Qt.Key.Key_Return)
    field = h.pane.typing.field
    assert field is not None
    qtbot.keyClicks(field, "1.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: float(array(h, 1)[0, 2]) == 1.25)
    assert h.card(EdgeHit(1, 0, 2))["w"] == "1.250"


def test_minus_takes_a_unit_away_and_stops_at_the_last(hand: Hand) -> None:
    h = hand("xor")
    h.click(NodeHit(0, 0))
    for _ in range(5):
        h.key(Qt.Key.Key_Minus)
    assert h.units == [1, 1]
    h.wait(lambda: h.drawn == [1, 1])


def test_escape_in_a_field_leaves_the_number_as_it_was(hand: Hand, qtbot: QtBot) -> None:
    h = hand("toy-car")
    before, document = array(h, 0), h.document
    h.double_click(EdgeHit(0, 0, 0))
    field = h.pane.typing.field
    assert field is not None
    qtbot.keyClicks(field, "9")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert h.pane.typing.field is None
    assert h.document is document
    assert np.array_equal(array(h, 0), before)
    assert h.card(EdgeHit(0, 0, 0))["w"] == "1.000"


# ── The paper ────────────────────────────────────────────────────────────────────────────────────


def test_a_sentence_of_refusal_goes_with_a_click_on_it(hand: Hand, qtbot: QtBot) -> None:
    h = hand("iris")
    document = h.document
    h.click(StepHit(1, 1))
    assert h.pane.refusal.isVisible()
    place = h.pane.refusal.geometry()
    told = seen(h.port, place)
    dots = (QPoint(x, y) for x in range(0, place.width(), 4) for y in range(0, place.height(), 4))
    dot = next(each for each in dots if h.pane._scene.hit(h.pane.view.mapToScene(each + place.topLeft())) is not None)
    chosen = h.pane.chosen
    qtbot.mouseClick(h.pane.refusal, LEFT, pos=dot)
    assert not h.pane.refusal.isVisible()
    assert h.pane.chosen == chosen, "what lies below the sentence was not clicked"
    assert seen(h.port, place) != told
    assert h.document is document


def test_the_buttons_in_the_title_lead_to_the_arithmetic_of_the_chosen_neuron_and_back_and_the_paper_is_dragged(
    hand: Hand, qtbot: QtBot
) -> None:
    h = hand()
    bar = h.program.window.findChild(EditorBar)
    assert isinstance(bar, EditorBar)
    h.click(NodeHit(1, 4))
    for _ in range(3):
        qtbot.mouseClick(bar.buttons["in"], LEFT)
    scroll = h.pane.view.horizontalScrollBar()
    scrolled = scroll.value()
    empty = next(
        QPoint(x, 4) for x in range(120, h.port.width()) if h.pane._scene.hit(h.pane.view.mapToScene(x, 4)) is None
    )
    h.drag(empty, empty - QPoint(60, 0))
    assert scroll.value() == scrolled + 60, "the paper follows the hand"
    for _ in range(3):
        qtbot.mouseClick(bar.buttons["in"], LEFT)
    assert h.pane._scene.sum is not None
    assert h.pane._scene.sum.hit_node == NodeHit(1, 4)
    assert not bar.buttons["in"].isEnabled()
    qtbot.mouseClick(bar.buttons["out"], LEFT)
    assert h.pane._scene.sum is None
    assert h.drawn == h.units == [8, 8, 1]


# ── While training ───────────────────────────────────────────────────────────────────────────────


def test_features_layers_and_units_change_while_the_network_trains_and_it_trains_on(hand: Hand, qtbot: QtBot) -> None:
    h = hand("circle")
    qtbot.keyClick(h.program.window, Qt.Key.Key_Space)
    h.wait(lambda: h.shown.running)
    h.click(FeatureHit("x1^2", True))
    assert h.document.features == ("x1", "x2", "x1^2")
    h.wait(lambda: h.parts.columns[0].column.units == 3)
    h.click(AddHit(1))
    h.click(StepHit(0, 1))
    units = h.units
    h.wait(lambda: h.drawn == units and h.shown.running and h.shown.iteration > 20)
    assert h.shown.revision == h.program.session.revision
    stamps = h.program.desk.views.data.sets.stamps
    qtbot.mouseClick(stamps["xor"], LEFT)
    assert type(h.document.data).__struct_config__.tag == "xor"
    h.wait(lambda: h.shown.running and h.shown.revision == h.program.session.revision and h.shown.iteration > 20)
    assert stamps["xor"].isChecked()
    qtbot.keyClick(h.program.window, Qt.Key.Key_Space)
    h.wait(lambda: not h.shown.running)


# ── There and back ───────────────────────────────────────────────────────────────────────────────

GESTURES: dict[str, Callable[[NetworkHand], None]] = {
    "a plus": lambda h: h.click(AddHit(1)),
    "one more unit": lambda h: h.click(StepHit(0, 1)),
    "a cross": lambda h: h.click(DropHit(1)),
    "a weight turned": lambda h: h.turn(EdgeHit(2, 0, 3), 2),
    "a bias dragged": lambda h: h.drag(h.at(NodeHit(2, 0)), h.at(NodeHit(2, 0)) - QPoint(0, 24)),
    "a link drawn": lambda h: h.drag(h.at(NodeHit(0, 3)), h.at(NodeHit(2, 0)), steps=12),
    "a feature": lambda h: h.click(FeatureHit("x1^2", True)),
}


@pytest.mark.parametrize("gesture", GESTURES.values(), ids=GESTURES.keys())
def test_undo_and_redo_bring_back_the_document_and_the_very_picture(
    hand: Hand, gesture: Callable[[NetworkHand], None]
) -> None:
    h = hand()
    h.program.desk.theme.motion = False

    def look() -> QImage:
        for away in (3, 2):  # Qt drops a move to where it knows the pointer to be
            h.qtbot.mouseMove(h.port, QPoint(away, h.port.height() - 3))
        return seen(h.port)

    def settle() -> None:
        h.settled()
        h.wait(lambda: np.array_equal(h.shown.theta, h.program.session.theta))
        h.qtbot.wait(100)  # the maps of now come a little later

    settle()
    first, before = h.document, look()
    gesture(h)
    settle()
    second, after = h.document, look()
    assert (second != first, after != before) == (True, True)
    h.undo()
    assert h.document == first
    h.wait(lambda: look() == before)
    h.redo()
    assert h.document == second
    h.wait(lambda: look() == after)
