"""A convolution is drawn as what it is: small pictures, made by small patterns, alive while the network learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.details import EdgeHit, NodeHit
from gradgui.gui.editor.kernels_item import KernelsItem
from gradgui.gui.editor.planes_item import PlanesItem
from gradgui.session.snapshot import Snapshot
from tests.stories.conftest import Open
from tests.stories.network_hand import NetworkHand

Press = Callable[..., None]


def colourfulness(image: QImage) -> NDArray[np.float64]:
    """(rows, columns) how far each pixel is from grey."""
    rows, columns = range(image.height()), range(image.width())
    return np.array([[image.pixelColor(x, y).saturationF() for x in columns] for y in rows])


def items(hand: NetworkHand) -> tuple[PlanesItem, KernelsItem]:
    parts = hand.pane._scene.parts
    assert parts is not None
    maps, kernels = parts.columns[1], parts.gaps[0]
    assert isinstance(maps, PlanesItem)
    assert isinstance(kernels, KernelsItem)
    return maps, kernels


def test_a_convolution_shows_its_feature_maps_and_its_kernels(open_window: Open, qtbot: QtBot, press: Press) -> None:
    program = open_window("digits-convolution")
    hand = NetworkHand(program, qtbot)
    hand.settled()
    assert not items(hand)[0].known
    press(program, Qt.Key.Key_F10, times=2)
    hand.wait(lambda: items(hand)[0].known)
    maps, kernels = items(hand)
    a, W = hand.shown.layers[0].a, hand.shown.layers[0].W
    assert a is not None
    assert W is not None
    planes = a[hand.shown.sample].reshape(8, 6, 6)
    for picture, plane in zip(maps.pictures, planes, strict=True):
        assert np.corrcoef(colourfulness(picture.image).ravel(), plane.ravel())[0, 1] > 0.9
    for pattern, row in zip(kernels.patterns, W, strict=True):
        assert np.corrcoef(colourfulness(pattern.image).ravel(), np.abs(row))[0, 1] > 0.8
    for target in (NodeHit(0, 0), NodeHit(0, 2 * 36 + 3 * 6 + 5), NodeHit(0, 287), EdgeHit(0, 3, 4), EdgeHit(0, 7, 2)):
        assert hand.pane._scene.hit(hand.spot(target)) == target
    z, b = hand.shown.layers[0].z, hand.shown.layers[0].b
    assert z is not None
    assert b is not None
    for unit in (0, 3 * 36 + 2 * 6 + 4, 287):
        hand.pane.zoom.show_sum(NodeHit(0, unit))
        shown = hand.pane._scene.sum
        assert shown is not None
        total = sum(line.x * line.w for line in shown.lines if line.x is not None) + b[unit // 36]
        assert total == pytest.approx(z[hand.shown.sample, unit], abs=1e-5)
        assert hand.pane._sight.value(NodeHit(0, unit)) == b[unit // 36]
    hand.pane.zoom.show_all()
    hand.click(EdgeHit(0, 3, 5))
    hand.turn(EdgeHit(0, 3, 5), 1)
    hand.wait(lambda: not np.array_equal(np.asarray(hand.shown.layers[0].W), W))
    now = hand.shown.layers[0].W
    assert now is not None
    assert [tuple(place) for place in np.argwhere(now != W)] == [(3, 5)]


@pytest.mark.parametrize("example", ["iris", "digits-convolution"])
def test_what_every_neuron_answers_is_live_while_the_network_learns(
    open_window: Open, qtbot: QtBot, example: str
) -> None:
    program = open_window(example)
    qtbot.keyClick(program.window, Qt.Key.Key_Space)
    seen: list[Snapshot] = []
    program.session.shown.connect(seen.append)
    qtbot.waitUntil(lambda: len([each for each in seen if each.running]) > 3, timeout=20_000)
    qtbot.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not program.session.snapshot.running)
    live = [each for each in seen if each.running][-1]
    last, before = live.layers[-1], live.layers[-2].a
    assert last.a is not None
    assert before is not None
    assert last.W is not None
    assert last.b is not None
    logits: NDArray[Any] = before @ last.W.T + last.b
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    assert np.allclose(last.a, shares / shares.sum(axis=1, keepdims=True), atol=1e-5)
    if example == "iris":
        first = live.layers[0]
        assert first.a is not None
        assert first.W is not None
        assert first.b is not None
        assert np.allclose(first.a, np.tanh(live.x @ first.W.T + first.b), atol=1e-5)
