"""Small switches under the inputs: what the network is shown of each point, one click each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.catalog.features import shown
from gradgui.gui.editor.geometry import EDGE, LINE, TOOLS, Plan
from gradgui.gui.editor.handles import FeatureHit, Target
from gradgui.gui.editor.marks import FINE, READABLE, Marks, Writing, around
from gradgui.gui.editor.tools_item import CLOSE_PITCH, SIDE, SMALL_SIDE

FEW, FEW_ACROSS, ACROSS = 4, 2, 3
"""Up to so many switches stand in two columns, more in three."""
HIGH, WIDE, GAP = 19.0, 46.0, 2.0
"""The largest height and width of a switch, and the room between two."""
INSET, TIGHT = 6.0, 3.0
"""Room for the outline and the edges of the writing, and the least of it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The features that these inputs can give, and those that the network is shown."""

    possible: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


class FeaturesItem(QGraphicsItem):
    """Full ones are shown to the network, empty ones are not; a click turns one over."""

    def __init__(self, offer: Offer, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._offer, self._plan, self._marks = offer, plan, marks
        self._boxes = self._laid_out()
        self._hovered: Target | None = None

    @property
    def switches(self) -> dict[str, bool]:
        """Every feature, and whether the network is shown it."""
        return {feature: feature in self._offer.chosen for feature in self._boxes}

    def hit(self, point: QPointF) -> FeatureHit | None:
        """The switch under the pointer."""
        return next((self._handle(name) for name, box in self._boxes.items() if box.contains(point)), None)

    def box(self, target: Target) -> QRectF | None:
        """Where a switch is."""
        return self._boxes.get(target.feature) if isinstance(target, FeatureHit) else None

    def hover(self, target: Target | None) -> None:
        """Which switch is touched."""
        wanted = target if isinstance(target, FeatureHit) else None
        if wanted != self._hovered:
            self._hovered = wanted
            self.update()

    def boundingRect(self) -> QRectF:
        """All switches."""
        return around(self._boxes.values()).adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Switch by switch."""
        palette, marks = self._marks.palette, self._marks
        for feature, box in self._boxes.items():
            on, lit = feature in self._offer.chosen, self._handle(feature) == self._hovered
            painter.setPen(QPen(QColor(palette.forward if on or lit else palette.line), marks.length(1)))
            painter.setBrush(QColor(palette.hover) if on or lit else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, marks.length(5), marks.length(5))
            size, centre = self._size(shown(feature), box), box.center()
            ink = palette.ink if on else palette.muted
            marks.write(painter, Writing(shown(feature), centre.x(), centre.y(), ink, size, on))

    def _handle(self, feature: str) -> FeatureHit:
        return FeatureHit(feature, feature not in self._offer.chosen)

    def _size(self, words: str, box: QRectF) -> float:
        """Where columns stand close the letters are a little smaller."""
        wide = self._marks.width(words, FINE, True) + self._marks.length(INSET)
        return max(READABLE, FINE * min(1.0, box.width() / wide))

    def _rows(self, features: tuple[str, ...], room: float) -> list[dict[str, float]]:
        """Feature → width, row by row: columns, or where a word is wider than these as many a row as can be read."""
        across, gap = FEW_ACROSS if len(features) <= FEW else ACROSS, self._marks.length(GAP)
        needs = {each: self._marks.width(shown(each), READABLE, True) + self._marks.length(TIGHT) for each in features}
        column = min(self._marks.length(WIDE), (room - (across - 1) * gap) / across)
        if max(needs.values()) <= column:
            return [dict.fromkeys(features[n : n + across], column) for n in range(0, len(features), across)]
        rows: list[dict[str, float]] = [{}]
        for each, need in needs.items():
            if rows[-1] and sum(rows[-1].values()) + need + len(rows[-1]) * gap > room:
                rows.append({})
            rows[-1][each] = need
        return [self._spread(row, room - (len(row) - 1) * gap) for row in rows]

    def _spread(self, row: dict[str, float], room: float) -> dict[str, float]:
        """What is left in a row is shared out evenly, up to the largest width."""
        share = max(0.0, room - sum(row.values())) / len(row)
        return {each: max(need, min(self._marks.length(WIDE), need + share)) for each, need in row.items()}

    def _laid_out(self) -> dict[str, QRectF]:
        """Row by row under the word "input", to the left of the first plus sign."""
        features, plan, length = self._offer.possible, self._plan, self._marks.length
        if not features:
            return {}
        middle, plus = plan.column(-1).x, (plan.column(-1).x + plan.column(0).x) / 2
        top, bottom = plan.captions + LINE * plan.factor + length(3), plan.tools + (TOOLS / 2 + EDGE) * plan.factor - 1
        side = SMALL_SIDE if plan.pitch < length(CLOSE_PITCH) else SIDE
        right, left, gap = plus - length(side / 2 + GAP), length(GAP), length(GAP)
        rows = self._rows(features, right - left)
        high = min(length(HIGH), (bottom - top - gap * (len(rows) - 1)) / len(rows))
        boxes: dict[str, QRectF] = {}
        for down, row in enumerate(rows):
            whole = sum(row.values()) + (len(row) - 1) * gap
            x = max(left, min(middle - whole / 2, right - whole))
            for feature, wide in row.items():
                boxes[feature] = QRectF(x, top + down * (high + gap), wide, high)
                x += wide + gap
        return boxes
