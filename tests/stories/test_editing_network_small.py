"""The network in a small window: its size and its signs are still told, and old refusals are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.details import NodeHit
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.editor.gap_item import GapItem
from gradgui.gui.editor.handles import StepHit
from gradgui.gui.editor.marks import Writing
from gradgui.session.examples import example_path
from gradgui.text import Language
from tests.stories.conftest import Open
from tests.stories.network_hand import NetworkHand

Hand = Callable[..., NetworkHand]


@pytest.fixture
def hand(open_window: Open, qtbot: QtBot) -> Hand:
    def opened(example: str, language: Language = Language.ENGLISH) -> NetworkHand:
        made = NetworkHand(open_window(example, language), qtbot)
        made.program.window.resize(1280, 720)
        made.settled()
        return made

    return opened


def signs(h: NetworkHand) -> list[Writing]:
    """What is written on the edges into the first layer."""
    parts = h.pane._scene.parts
    assert parts is not None
    gap = parts.gaps[0]
    assert isinstance(gap, GapItem)
    return gap.labels


def test_what_was_refused_is_forgotten_with_another_experiment_and_from_another_distance(hand: Hand) -> None:
    h = hand("iris")
    h.click(StepHit(1, 1))
    assert h.pane.refusal.words
    h.pane.view.setFocus()
    h.turn(NodeHit(0, 0), -1, Qt.KeyboardModifier.ControlModifier)
    assert not h.pane.refusal.words
    h.turn(NodeHit(0, 0), 1, Qt.KeyboardModifier.ControlModifier)
    h.click(StepHit(1, 1))
    assert h.pane.refusal.words
    h.program.documents.forget_changes()
    assert h.program.documents.open(example_path("iris"))
    h.wait(lambda: not h.pane.refusal.words)


@pytest.mark.parametrize("language", list(Language))
def test_the_number_of_parameters_and_the_seed_are_always_told(hand: Hand, language: Language) -> None:
    h = hand("spiral", language)
    summary, window = h.program.desk.views.network_corner, h.program.window
    bar = window.findChild(EditorBar)
    assert isinstance(bar, EditorBar)
    title = bar.parentWidget()
    assert title is not None
    for size in ((1280, 720), (1440, 900), (1920, 1080)):
        window.resize(*size)
        h.wait(lambda: summary.isVisible() and bar.seed.isVisible())
        assert "105" in summary.text()
        parts = [w for w in (summary, *title.findChildren(QToolButton), bar.seed) if w.isVisible()]
        assert all(w.mapTo(title, w.rect().topRight()).x() < title.width() for w in parts)
        assert summary.fontMetrics().horizontalAdvance(summary.text()) <= summary.width()


def test_the_strongest_weights_show_their_sign_in_a_small_window(hand: Hand) -> None:
    h = hand("circle")
    h.wait(lambda: len(signs(h)) == 4)
    weights = h.shown.layers[0].W
    assert weights is not None
    strongest = sorted(weights.ravel(), key=abs, reverse=True)
    assert signs(h)[0].text == ("−" if strongest[0] < 0 else "+")
    boxes = [h.pane._marks.box(writing) for writing in signs(h)]
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])
