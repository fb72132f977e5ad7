"""Listens to every word that is painted by hand: what is shortened, or wider than the room it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QAbstractListModel, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gradgui.app import Program

ELLIPSIS = "…"


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """While this lasts, words that paintEvents shorten or squeeze are put into the set."""
    found: set[str] = set()
    with monkeypatch.context() as patch:
        for metrics in (QFontMetrics, QFontMetricsF):
            patch.setattr(metrics, "elidedText", _telling_shortened(metrics.elidedText, found))
        patch.setattr(QPainter, "drawText", _telling_squeezed(QPainter.drawText, found))
        yield found


def _telling_shortened(elided: Callable[..., str], found: set[str]) -> Callable[..., str]:
    def told(metrics: object, text: str, *args: object) -> str:
        short = elided(metrics, text, *args)
        if short != text:
            found.add(f"{text!r} is shortened to {short!r}")
        return short

    return told


def _telling_squeezed(draw: Callable[..., object], found: set[str]) -> Callable[..., object]:
    def told(painter: QPainter, *args: object) -> object:
        box, words = args[0], next((each for each in args if isinstance(each, str)), "")
        if isinstance(box, QRect | QRectF) and words:
            flags = next((each for each in args[1:] if not isinstance(each, str)), 0)
            wrapped = bool(int(getattr(flags, "value", flags) or 0) & Qt.TextFlag.TextWordWrap.value)  # type: ignore[call-overload]
            wide = max(painter.fontMetrics().horizontalAdvance(line) for line in words.split("\n"))
            if not wrapped and wide > box.width() + 2:
                found.add(f"{words!r} needs {wide} and has {box.width():.0f}")
        return draw(painter, *args)

    return told


def repainted(program: Program) -> None:
    """Paint all that can be seen, now."""
    for widget in program.window.findChildren(QWidget):
        if widget.isVisible():
            widget.repaint()


def narrow_cells(program: Program) -> set[str]:
    """Cells of tables and lists that have less room than their words."""
    found = set()
    for view in program.window.findChildren(QAbstractItemView):
        model, root = view.model(), view.rootIndex()
        if not view.isVisible() or model is None:
            continue
        for row in range(min(model.rowCount(root), 40)):
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(root)):
                cell = model.index(row, column)
                room = view.visualRect(cell)
                words = cell.data()
                if not isinstance(words, str) or not words or not view.viewport().rect().intersects(room):
                    continue
                wide = QFontMetrics(view.font()).horizontalAdvance(words)
                if wide > room.width() + 1:
                    found.add(f"{type(view).__name__}: {words!r} needs {wide} and has {room.width()}")
    return found
