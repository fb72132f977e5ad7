"""The sheet about one layer: options from the catalog, weights, the activation at work, freezing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QMarginsF, QPoint, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gradgui.catalog.layers._base import WeightedSpec
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.frost_item import FLAKE
from gradgui.gui.editor.gap_item import GapItem
from gradgui.gui.editor.layer_sheet import LayerSheet
from gradgui.gui.editor.wishes import hold, set_kind
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.naming import compact
from gradgui.gui.widgets.number_field import NumberField
from gradgui.text import Language
from tests.stories.conftest import Open
from tests.stories.fingers import CTRL, LEFT, around, chosen, seen, typed
from tests.stories.network_hand import NetworkHand

Hand = Callable[..., NetworkHand]


@pytest.fixture
def hand(open_window: Open, qtbot: QtBot) -> Hand:
    def opened(example: str = "xor", language: Language = Language.ENGLISH) -> NetworkHand:
        made = NetworkHand(open_window(example, language), qtbot)
        made.settled()
        return made

    return opened


def sheet_of(h: NetworkHand, layer: int) -> LayerSheet:
    """A click on a layer's name opens its sheet."""
    h.click(LayerHit(layer))
    found = h.program.window.findChild(LayerSheet)
    assert isinstance(found, LayerSheet)
    assert found.isVisible()
    return found


def test_a_click_on_a_name_opens_the_sheet_and_escape_closes_it(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    assert sheet.layer == 0
    assert sheet.form.names == ("units", "activation", "init")
    assert sheet.sizes.text() == "W1 4×2, b1 4: 12 parameters"
    qtbot.mouseClick(sheet.name_field, LEFT)
    qtbot.keyClick(sheet.name_field, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert h.program.session.editing.history is not None
    assert not h.program.session.editing.history.can_undo, "to look at a layer changes nothing"


def test_enter_takes_the_keyboard_into_the_sheet_and_escape_brings_it_back(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    h.click(NodeHit(0, 3))
    h.key(Qt.Key.Key_Down)
    h.key(Qt.Key.Key_Return)
    sheet = h.program.window.findChild(LayerSheet)
    assert isinstance(sheet, LayerSheet)
    assert sheet.isVisible()
    assert sheet.name_field.hasFocus()
    qtbot.keyClick(sheet.name_field, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert h.pane.view.hasFocus()
    h.click(LayerHit(1))
    assert sheet.isVisible()
    h.key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_form_has_a_row_for_every_option_a_kind_declares(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    chosen(qtbot, sheet.form.kind, "dropout")
    assert sheet.form.names == ("rate",)
    rate = sheet.form.field("rate")
    assert isinstance(rate, NumberField)
    typed(qtbot, rate, "0.25")
    assert getattr(h.document.network.layers[0], "rate", None) == 0.25
    assert rate.text() == "0.25"
    h.wait(lambda: any("dropout" in words.lower() for words in h.written))


def test_first_weights_are_chosen_and_the_histogram_counts_the_weights_of_now(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    init = sheet.form.field("init")
    assert isinstance(init, Choice)
    chosen(qtbot, init, "he_normal")
    assert getattr(h.document.network.layers[0], "init", "") == "he_normal"
    assert sum(sheet.histogram.counts) == 8
    weights = h.shown.layers[0].W
    assert weights is not None
    assert sheet.histogram.reach == pytest.approx(float(np.abs(weights).max()))


def test_a_freeze_box_keeps_all_weights_of_the_layer_still(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    qtbot.mouseClick(sheet.hold_weights, LEFT)
    spec = h.document.network.layers[0]
    assert isinstance(spec, WeightedSpec)
    assert spec.frozen == ("W",)
    h.wait(lambda: len(h.parts.frost.flakes) == 1)
    h.settled()
    before = h.shown.layers[0]
    qtbot.keyClick(h.program.window, Qt.Key.Key_Right, CTRL)
    h.wait(lambda: h.shown.cursor == len(h.shown.network.events))
    now = h.shown.layers[0]
    assert before.W is not None
    assert now.W is not None
    assert now.b is not None
    assert before.b is not None
    assert np.array_equal(before.W, now.W)
    assert not np.array_equal(before.b, now.b)


def test_one_weight_is_frozen_from_its_list(hand: Hand) -> None:
    h = hand()
    h.open_list(EdgeHit(0, 1, 1))
    h.choose_from_menu("Freeze W[1,1]")
    spec = h.document.network.layers[0]
    assert isinstance(spec, WeightedSpec)
    assert spec.frozen == ("W[1,1]",)
    (flake,) = h.parts.frost.flakes
    place = around(h.pane.view.mapFromScene(flake))
    frozen = seen(h.port, place)
    h.open_list(EdgeHit(0, 1, 1))
    h.choose_from_menu("Let W[1,1] learn again")
    spec = h.document.network.layers[0]
    assert isinstance(spec, WeightedSpec)
    assert spec.frozen == ()
    assert h.parts.frost.flakes == []
    assert seen(h.port, place) != frozen


def test_dots_stand_on_the_curve_where_the_neurons_are_now(hand: Hand) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    assert sheet.plot.dots == []
    for _ in range(2):
        h.qtbot.keyClick(h.program.window, Qt.Key.Key_F10)
    h.wait(lambda: h.shown.cursor == 2)
    values = h.shown.layers[0]
    assert values.z is not None
    assert values.a is not None
    dots = np.array(sheet.plot.dots)
    assert dots[:, 0] == pytest.approx(values.z[h.shown.sample])
    assert dots[:, 1] == pytest.approx(np.tanh(values.z[h.shown.sample]))


def type_bias(h: NetworkHand, unit: int, words: str) -> None:
    """On a neuron of the first layer."""
    h.double_click(NodeHit(0, unit))
    field = h.pane.typing.field
    assert field is not None
    h.qtbot.keyClicks(field, words)
    h.qtbot.keyClick(field, Qt.Key.Key_Return)
    h.settled()


def step_twice(h: NetworkHand) -> None:
    """Through the first layer's sum and its activation."""
    for _ in range(2):
        h.qtbot.keyClick(h.program.window, Qt.Key.Key_F10)
    h.wait(lambda: h.shown.cursor == 2)


def test_dead_and_saturated_units_are_named(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    activation = sheet.form.field("activation")
    assert isinstance(activation, Choice)
    chosen(qtbot, activation, "relu")
    h.settled()
    type_bias(h, 2, "-1000")
    step_twice(h)
    assert "Dead" in sheet.health.text()
    assert "unit 2" in sheet.health.text()
    chosen(qtbot, activation, "tanh")
    h.settled()
    type_bias(h, 2, "-8")
    step_twice(h)
    assert sheet.health.text().startswith("Saturated")
    assert "unit 2" in sheet.health.text()


def test_a_layer_gets_a_name_that_stands_under_it(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    sheet = sheet_of(h, 0)
    typed(qtbot, sheet.name_field, "Hidden one")
    name = h.document.network.layers[0].name
    assert name is not None
    assert name.zh == "Hidden one"
    h.wait(lambda: "Hidden one" in h.written)


def test_the_sheet_goes_with_its_layer_and_closes_when_it_is_deleted(hand: Hand, qtbot: QtBot) -> None:
    h = hand("spiral")
    sheet = sheet_of(h, 0)
    qtbot.mouseClick(sheet.buttons["right"], LEFT)
    assert sheet.layer == 1
    assert not sheet.buttons["right"].isEnabled() or len(h.units) > 2
    qtbot.mouseClick(sheet.buttons["copy"], LEFT)
    assert h.units == [8, 8, 8, 1]
    qtbot.mouseClick(sheet.buttons["delete"], LEFT)
    assert h.units == [8, 8, 1]
    assert not sheet.isVisible()
    h.wait(lambda: h.drawn == [8, 8, 1])


def test_what_cannot_be_is_said_in_the_sheet(hand: Hand, qtbot: QtBot) -> None:
    h = hand("iris")
    sheet = sheet_of(h, 1)
    units = sheet.form.field("units")
    assert isinstance(units, NumberField)
    typed(qtbot, units, "5")
    assert h.units[-1] == 3
    assert "3 classes" in sheet.reason.text()
    assert sheet.reason.isVisible()
    assert units.value == 3


def test_the_card_shows_the_gradient_of_a_weight_live_while_training(hand: Hand) -> None:
    h = hand()
    assert h.card(EdgeHit(0, 0, 0))["∂L/∂w"] == "?", "nothing is known before it was computed"
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_Space)
    h.wait(lambda: bool(h.shown.running and h.shown.felt))
    rows = h.card(EdgeHit(0, 0, 0))
    assert "?" not in (rows["∂L/∂w"], rows["η·∂L/∂w"], rows["next w"])
    card = h.pane._card
    h.wait(lambda: dict(card.rows)["w"] != rows["w"])
    assert h.card(NodeHit(0, 1))["∂L/∂b"] != "?"
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_Space)
    h.wait(lambda: not h.shown.running)
    W = h.shown.layers[0].W
    assert W is not None
    left = h.card(EdgeHit(0, 0, 0))["next w"].replace("−", "-")
    assert float(left) == pytest.approx(W[0, 0], abs=1e-3), "it tells what the network is left with"


def test_the_card_promises_the_next_weight_of_every_optimiser_and_keeps_its_word(hand: Hand) -> None:
    h = hand("spiral")
    events = h.shown.network.events
    first_update = next(n for n, event in enumerate(events) if event.kind.value == "update")
    h.program.session.go_to(2, first_update)
    h.wait(lambda: (h.shown.iteration, h.shown.cursor) == (2, first_update))
    told, bias = h.card(EdgeHit(1, 2, 3)), h.card(NodeHit(0, 1))
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_Right, CTRL)
    h.wait(lambda: (h.shown.iteration, h.shown.cursor) == (2, len(events)))
    values = h.shown.layers
    assert values[1].W is not None
    assert values[0].b is not None
    assert told["next w"] == compact(float(values[1].W[2, 3]))
    assert bias["next b"] == compact(float(values[0].b[1]))


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["small", "large"])
def test_the_flake_of_a_frozen_weight_stands_beside_the_numbers_on_the_edges(hand: Hand, size: tuple[int, int]) -> None:
    h = hand()
    h.program.window.resize(*size)
    h.wait(lambda: bool(h.pane._scene.parts and gap_of(h).label_boxes))
    half = h.pane._marks.length(FLAKE) - 0.1
    around = QMarginsF(half, half, half, half)
    names = [f"W[{unit},{source}]" for unit in range(4) for source in range(2)]
    for name in names:
        wish = hold(0, name, frozen=True)
        h.program.session.editing.apply(wish.edit, *wish.args)
    h.wait(lambda: h.pane._scene.parts is not None and len(h.pane._scene.parts.frost.flakes) == len(names))
    assert h.pane._scene.parts is not None
    for box in gap_of(h).label_boxes.values():
        assert not any(box.intersects(QRectF(flake, QSizeF()) + around) for flake in h.pane._scene.parts.frost.flakes)


def test_dead_units_are_named_in_a_small_window_without_scrolling(hand: Hand, qtbot: QtBot) -> None:
    h = hand("spiral")
    h.program.window.resize(1280, 720)
    h.program.session.go_to(0, 1)
    sheet = sheet_of(h, 0)
    for language in Language:
        h.program.desk.speech.speak(language)
        qtbot.waitUntil(lambda: sheet.health.text() != "")
        qtbot.waitUntil(lambda: sinks_below(sheet.health) <= 0)
        qtbot.waitUntil(lambda: sinks_below(sheet.plot) <= 0)


def test_a_norm_offers_no_first_weights_as_these_are_fixed(hand: Hand) -> None:
    h = hand("spiral")
    for kind, offered in (("batch_norm", {"momentum", "epsilon"}), ("layer_norm", {"epsilon"})):
        wish = set_kind(0, kind)
        h.program.session.editing.apply(wish.edit, *wish.args)
        h.settled()
        assert set(sheet_of(h, 0).form.names) == offered


def sinks_below(part: QWidget) -> int:
    """How far a part of the sheet reaches below what can be seen of it, in pixels."""
    room = part.parentWidget().parentWidget()
    return part.mapTo(room, QPoint(0, part.height())).y() - room.height()


def gap_of(h: NetworkHand) -> GapItem:
    """The edges into the first layer."""
    assert h.pane._scene.parts is not None
    gap = h.pane._scene.parts.gaps[0]
    assert isinstance(gap, GapItem)
    return gap
