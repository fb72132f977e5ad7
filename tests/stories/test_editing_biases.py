"""Biases are changed like weights: typed, turned and dragged on their own neuron, that of the output too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.details import NodeHit
from tests.stories.conftest import Open
from tests.stories.network_hand import NetworkHand

OUTPUT = NodeHit(2, 0)


def bias(h: NetworkHand, layer: int) -> float:
    found = h.shown.layers[layer].b
    assert found is not None
    return float(found[0])


def test_the_bias_of_the_output_is_typed_turned_and_dragged_and_each_is_one_step_of_undo(
    open_window: Open, qtbot: QtBot
) -> None:
    h = NetworkHand(open_window("toy-car"), qtbot)
    h.settled()
    h.double_click(OUTPUT)
    field = h.pane.typing.field
    assert field is not None
    assert (field.accessibleName(), field.text()) == ("b3", "5.6")
    qtbot.keyClicks(field, "2.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: bias(h, 2) == 2.5 and "b3 2.500" in h.written)
    h.turn(OUTPUT, -2)
    h.wait(lambda: bias(h, 2) == pytest.approx(2.3))
    h.point(NodeHit(0, 0))
    h.turn(OUTPUT, 3, Qt.KeyboardModifier.AltModifier)
    h.wait(lambda: bias(h, 2) == pytest.approx(2.33) and "b3 2.330" in h.written)
    start = h.at(NodeHit(0, 0))
    h.drag(start, start + QPoint(0, 40), Qt.KeyboardModifier.AltModifier)
    h.wait(lambda: bias(h, 0) == pytest.approx(-0.05) and "b1 −0.050" in h.written)
    history = h.program.session.editing.history
    assert history is not None
    assert len(history.names) == 4
    h.undo(4)
    h.wait(lambda: (bias(h, 0), bias(h, 2)) == (0.0, 5.6) and "b3 5.600" in h.written)
