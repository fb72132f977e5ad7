"""A newcomer builds the famous spiral solution from an empty network, and every click is counted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.data.set_strip import Stamp
from gradgui.gui.editor.handles import AddHit, CountHit, FeatureHit, Target
from tests.stories.conftest import Open
from tests.stories.network_hand import NetworkHand

LEFT = Qt.MouseButton.LeftButton
UNITS = 8
EXTRA = ("x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")
PLAYGROUND = 1 + len(EXTRA) + 3 + 3 * (UNITS - 2)
"""TensorFlow Playground's own count for the same network, taken from its code (playground.ts), from no hidden layer:
one click on the spiral's picture; one on each feature that is not on already (x1 and x2 are); one "+" for each hidden
layer, which begins with 2 neurons (`state.networkShape[state.numHiddenLayers] = 2`); then one "+" above the layer for
each further neuron, 6 for each of the 3 layers. Its rate of 0.03 and its tanh are there from the start: 27 in all."""


class Clicks:
    """Makes real clicks and counts them."""

    def __init__(self, hand: NetworkHand, qtbot: QtBot) -> None:
        self.hand, self.qtbot, self.count = hand, qtbot, 0

    def on(self, target: Target) -> None:
        self.count += 1
        self.hand.click(target)

    def widget(self, widget: QWidget) -> None:
        self.count += 1
        self.qtbot.mouseClick(widget, LEFT)

    def type(self, words: str) -> None:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.timeout(60)
def test_the_spiral_solution_takes_fewer_clicks_than_elsewhere_and_learns_the_spiral(
    open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("blank")
    hand = NetworkHand(program, qtbot)
    hand.settled()
    clicks = Clicks(hand, qtbot)
    stamp = program.desk.views.data.sets.stamps["spiral"]
    assert isinstance(stamp, Stamp)
    clicks.widget(stamp)
    for feature in EXTRA:
        clicks.on(FeatureHit(feature, True))
    for place in range(3):
        clicks.on(AddHit(place))
        hand.wait(lambda place=place: len(hand.drawn) == place + 2)
    for layer in range(3):
        clicks.on(CountHit(layer))
        clicks.type(str(UNITS))
        hand.wait(lambda layer=layer: hand.drawn[layer] == UNITS)
    rate = program.window.tool_bar.rate
    clicks.widget(rate)
    clicks.type("0.03")
    assert type(hand.document.data).__struct_config__.tag == "spiral"
    assert hand.document.features == ("x1", "x2", *EXTRA)
    assert hand.units == [UNITS, UNITS, UNITS, 1]
    assert hand.document.optimizer.learning_rate == 0.03
    assert clicks.count <= PLAYGROUND
    assert clicks.count == 13
    least = clicks.count - 3 - 1  # as many units as a new layer brings, at the rate of the empty network
    assert least <= 1 + len(EXTRA) + 3
    qtbot.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hand.shown.running and hand.shown.accuracy > 0.9, timeout=30000)
    qtbot.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not hand.shown.running)


def test_a_switch_under_the_inputs_turns_over_and_the_last_one_is_kept(open_window: Open, qtbot: QtBot) -> None:
    hand = NetworkHand(open_window("blank"), qtbot)
    hand.settled()
    weights = hand.shown.layers[0].W
    assert weights is not None
    hand.click(FeatureHit("x2", False))
    assert hand.document.features == ("x1",)
    hand.wait(lambda: hand.shown.network.inputs == ("x1",))
    now = hand.shown.layers[0].W
    assert now is not None
    assert now[0, 0] == weights[0, 0]
    hand.click(FeatureHit("x1", False))
    assert hand.document.features == ("x1",)
    assert hand.pane.refusal.words == "Keep at least one feature."
    hand.undo()
    hand.wait(lambda: hand.shown.network.inputs == ("x1", "x2"))
    parts = hand.pane._scene.parts
    assert parts is not None
    assert [name for name, on in parts.features.switches.items() if on] == ["x1", "x2"]


def test_the_arrow_keys_walk_along_the_stamps_and_space_chooses(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("blank")
    stamps = program.desk.views.data.sets.stamps
    stamps["gauss"].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(stamps["gauss"], Qt.Key.Key_Right)
    assert stamps["spiral"].hasFocus()
    qtbot.keyClick(stamps["spiral"], Qt.Key.Key_Space)
    assert program.session.experiment is not None
    assert type(program.session.experiment.data).__struct_config__.tag == "spiral"
    qtbot.waitUntil(stamps["spiral"].isChecked)
