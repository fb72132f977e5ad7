"""Skip links: arcs above the columns, from one layer to a later one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import ARC, Plan
from gradgui.gui.editor.handles import HowHit, LinkHit, Target
from gradgui.gui.editor.marks import Marks
from gradgui.session.snapshot import NetworkInfo

NEAR = 8.0
BADGE = 8.0


@dataclass(frozen=True, slots=True)
class Link:
    """One skip link and the row that it runs in."""

    source: int
    target: int
    lane: int


def links_of(network: NetworkInfo) -> list[Link]:
    """Every link beyond the chain; links that overlap run in different rows."""
    pairs = [
        (source, target)
        for target, info in enumerate(network.layers)
        for source in info.sources
        if source != target - 1
    ]
    found: list[Link] = []
    for source, target in sorted(pairs, key=lambda pair: (pair[1] - pair[0], pair)):
        taken = {link.lane for link in found if link.source < target and source < link.target}
        lane = next(n for n in range(len(found) + 1) if n not in taken)
        found.append(Link(source, target, lane))
    return found


class LinksItem(QGraphicsItem):
    """All skip links, painted by one item."""

    def __init__(self, network: NetworkInfo, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._plan, self._marks = plan, marks
        self.links = links_of(network)
        self._beside: set[tuple[int, int]] = set()
        self._hovered: Target | None = None
        self._paths = {(link.source, link.target): self._path(link) for link in self.links}

    def show_ways(self, beside: set[tuple[int, int]]) -> None:
        """Which links put their numbers beside instead of adding them."""
        self._beside = beside
        self.update()

    def hit(self, point: QPointF) -> Target | None:
        """The sign on a link, or the link itself."""
        reach = self._marks.length(BADGE) + 2
        for link in self.links:
            if (self.middle(link.source, link.target) - point).manhattanLength() <= reach * 1.4:
                return HowHit(link.source, link.target)
        for (source, target), path in self._paths.items():
            stroker = QPainterPathStroker()
            stroker.setWidth(self._marks.length(NEAR))
            if stroker.createStroke(path).contains(point):
                return LinkHit(source, target)
        return None

    def middle(self, source: int, target: int) -> QPointF:
        """Where the sign of a link stands."""
        link = next((each for each in self.links if (each.source, each.target) == (source, target)), None)
        if link is None:
            return QPointF()
        x = (self._plan.column(source).x + self._plan.column(target).x) / 2
        return QPointF(x, self._lane_y(link.lane))

    def end(self, target: int) -> float:
        """The x at which links come down to a layer."""
        return self._plan.column(target).x - self._marks.length(5)

    def outline(self, source: int, target: int) -> QPainterPath | None:
        """The line of a link."""
        return self._paths.get((source, target))

    def hover(self, target: Target | None) -> None:
        """Show which link the pointer touches."""
        wanted = target if isinstance(target, LinkHit | HowHit) else None
        if wanted != self._hovered:
            self._hovered = wanted
            self.update()

    def boundingRect(self) -> QRectF:
        """Above the columns."""
        return QRectF(0, 0, self._plan.width, max((column.bottom for column in self._plan.columns), default=0.0))

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Arc by arc, each with an arrow at its end and a sign in its middle."""
        palette = self._marks.palette
        for link in self.links:
            ends = link.source, link.target
            lit = isinstance(self._hovered, LinkHit | HowHit) and (self._hovered.source, self._hovered.target) == ends
            colour = palette.ink if lit else palette.muted
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._marks.pen(colour, self._marks.length(2 if lit else 1.5)))
            painter.drawPath(self._paths[ends])
            self._paint_tip(painter, link.target, colour)
            self._paint_sign(painter, self.middle(*ends), ends in self._beside, colour)

    def _lane_y(self, lane: int) -> float:
        return self._plan.arcs - (lane + 0.5) * self._marks.length(ARC)

    def _path(self, link: Link) -> QPainterPath:
        start, end = self._plan.column(link.source), self._plan.column(link.target)
        y, bend, beside = self._lane_y(link.lane), self._marks.length(10), self._marks.length(5)
        left, right = start.x + beside, end.x - beside
        path = QPainterPath(QPointF(left, start.top))
        path.lineTo(left, y + bend)
        path.quadTo(QPointF(left, y), QPointF(left + bend, y))
        path.lineTo(right - bend, y)
        path.quadTo(QPointF(right, y), QPointF(right, y + bend))
        path.lineTo(right, end.top)
        return path

    def _paint_tip(self, painter: QPainter, target: int, colour: str) -> None:
        column, side = self._plan.column(target), self._marks.length(4)
        tip = QPointF(column.x - self._marks.length(5), column.top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-side, -1.6 * side), tip + QPointF(side, -1.6 * side)]))

    def _paint_sign(self, painter: QPainter, place: QPointF, beside: bool, colour: str) -> None:
        """A plus for adding, two bars for side by side."""
        radius, reach = self._marks.length(BADGE), self._marks.length(3.5)
        painter.setPen(QPen(QColor(colour), self._marks.length(1.2)))
        painter.setBrush(QColor(self._marks.palette.panel))
        painter.drawEllipse(place, radius, radius)
        across, down = QPointF(reach, 0), QPointF(0, reach)
        if beside:
            painter.drawLine(place - across * 0.5 - down, place - across * 0.5 + down)
            painter.drawLine(place + across * 0.5 - down, place + across * 0.5 + down)
        else:
            painter.drawLine(place - across, place + across)
            painter.drawLine(place - down, place + down)
