"""Below each layer, how much of the blame it carries: a bar, its share, and behind it how that went so far."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import LINE, Column, Plan
from gradgui.gui.editor.marks import FINE, Marks, Writing
from gradgui.gui.editor.reading import backward_begun
from gradgui.session.snapshot import Array, LayerValues, Snapshot

WIDTH, HEIGHT, BAR = 52.0, 13.0, 5.0
REMEMBERED = 400
NARROWEST = 96.0
"""Columns closer than this have no room for the percentage."""


class Shares:
    """Each layer's share of the blame, now and in the training steps before."""

    def __init__(self) -> None:
        self.now: list[float | None] = []
        self._past: dict[int, tuple[float, ...]] = {}
        self._moment: tuple[int, int] | None = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take what is known."""
        if self._moment is not None and self._moment[0] != snapshot.revision:
            self._past = {step: found for step, found in self._past.items() if step < snapshot.iteration}
        self._moment = (snapshot.revision, snapshot.iteration)
        sizes = [size_of(values) for values in snapshot.layers]
        known = [size for size in sizes if size is not None]
        largest = max(known, default=0.0)
        usable = 0 < largest < math.inf
        self.now = [None if size is None else size / largest if usable else 0.0 for size in sizes]
        bare = sum(values.W is None and values.b is None for values in snapshot.layers)
        if len(known) + bare == len(sizes) and usable:
            self._past[snapshot.iteration] = tuple(share or 0.0 for share in self.now)
            if len(self._past) > REMEMBERED:
                del self._past[next(iter(self._past))]

    def past(self, layer: int) -> Array:
        """The layer's share in the steps up to now."""
        here = self._moment[1] if self._moment else 0
        steps = sorted(step for step in self._past if step <= here)
        return np.array([self._past[step][layer] for step in steps if layer < len(self._past[step])])


def size_of(values: LayerValues) -> float | None:
    """The length of a layer's gradient, once all of it is known; None before, and for layers without parameters."""
    if (values.W is None and values.b is None) or values.dW is None or values.db is None:
        return None
    with np.errstate(all="ignore"):
        return float(np.sqrt(np.sum(np.square(values.dW)) + np.sum(np.square(values.db))))


class BlameBarsItem(QGraphicsItem):
    """Shown once the way back has begun; a layer that was not asked yet has a hatched bar."""

    def __init__(self, plan: Plan, marks: Marks, shares: Shares) -> None:
        super().__init__()
        self._plan, self._marks, self._shares = plan, marks, shares
        self._begun = False
        self._learns: list[bool] = []

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the shares of this moment."""
        self._begun = backward_begun(snapshot)
        self._learns = [values.W is not None or values.b is not None for values in snapshot.layers]
        self._shares.show_snapshot(snapshot)
        self.update()

    @property
    def words(self) -> list[str]:
        """The percentages as they are written."""
        return [self._words(layer) for layer in range(len(self._learns))] if self._begun and self._plan.bars else []

    def boundingRect(self) -> QRectF:
        """One low row below the captions."""
        return QRectF(0, self._top - 2, self._plan.width, self._marks.length(HEIGHT) + 4)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Bar by bar."""
        if not self._begun or not self._plan.bars:
            return
        for layer, learns in enumerate(self._learns):
            if learns:
                self._paint_bar(painter, layer, self._plan.column(layer))

    @property
    def _top(self) -> float:
        return self._plan.captions + self._plan.caption_lines * LINE * self._plan.factor + self._marks.length(1)

    def _paint_bar(self, painter: QPainter, layer: int, column: Column) -> None:
        length, palette = self._marks.length, self._marks.palette
        roomy = self._plan.pitch >= length(NARROWEST)
        width = min(length(WIDTH), self._plan.pitch * 0.7)
        left = column.x - (width + (length(36) if roomy else 0)) / 2
        area = QRectF(left, self._top, width, length(HEIGHT))
        track = QRectF(left, area.bottom() - length(BAR), width, length(BAR))
        self._paint_past(painter, self._shares.past(layer), area)
        share = self._shares.now[layer]
        if share is None:
            self._marks.hatch(painter, track)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.line))
            painter.drawRoundedRect(track, length(2), length(2))
            painter.setBrush(QColor(palette.ink))
            painter.drawRoundedRect(
                QRectF(left, track.top(), max(2.0, width * share), track.height()), length(2), length(2)
            )
        if roomy:
            words = self._words(layer)
            x = left + width + max(length(20), length(4) + self._marks.width(words, FINE) / 2)
            self._marks.write(painter, Writing(words, x, track.center().y() - 1, palette.muted, FINE))

    def _words(self, layer: int) -> str:
        share = self._shares.now[layer] if layer < len(self._shares.now) else None
        if not self._learns[layer]:
            return ""
        if share is None:
            return "?"
        return f"{100 * share:.0f} %" if share >= 0.01 or share == 0 else "<1 %"

    def _paint_past(self, painter: QPainter, past: Array, area: QRectF) -> None:
        """How the share went, as a pale area behind the bar."""
        if past.size < 3:
            return
        xs = np.linspace(area.left(), area.right(), past.size)
        line = [
            QPointF(x, area.bottom() - area.height() * share)
            for x, share in zip(xs.tolist(), past.tolist(), strict=True)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._marks.wash(self._marks.palette.forward, 60))
        painter.drawPolygon(QPolygonF([area.bottomLeft(), *line, area.bottomRight()]))
