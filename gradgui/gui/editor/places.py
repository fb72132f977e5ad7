"""Where in the scene something is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from gradgui.gui.editor.column_item import ColumnItem
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.geometry import LINE
from gradgui.gui.editor.handles import ActivationHit, DropHit, HowHit, LinkHit, Target
from gradgui.gui.editor.maps import CORNER

if TYPE_CHECKING:
    from gradgui.gui.editor.parts import Parts


def place_of(parts: Parts, target: Target) -> QPointF:
    """The middle of something; the origin for what is not there."""
    plan = parts.plan
    if isinstance(target, NodeHit | LayerHit | ActivationHit) and target.layer < len(plan.columns) - 2:
        column = plan.column(target.layer)
        if isinstance(target, NodeHit):
            return QRectF(*column.cell(min(target.unit, column.units - 1))).center()
        line = 0.5 if isinstance(target, LayerHit) else 1.5
        return QPointF(column.x, plan.captions + line * LINE * plan.factor)
    if isinstance(target, EdgeHit) and target.layer < len(parts.gaps):
        brought = parts.link_weights.cell(target)
        if brought is not None:
            return brought.center()
        return parts.gaps[target.layer].middle(target.unit, target.source)
    if isinstance(target, LinkHit | HowHit):
        return parts.links.middle(target.source, target.target)
    box = parts.features.box(target) or parts.tools.box(target)
    return QPointF() if box is None else box.center()


def node_box(parts: Parts, hit: NodeHit) -> QRectF | None:
    """The square around a neuron, or its cell of a strip."""
    plan = parts.plan
    if not -1 <= hit.layer < len(plan.columns) - 2 or hit.unit >= plan.column(hit.layer).units:
        return None
    column = plan.column(hit.layer)
    if plan.blocks:
        return QRectF(column.x - column.half, column.top, 2 * column.half, column.bottom - column.top)
    return QRectF(*column.cell(hit.unit))


_PAD = 5.0
"""Pixels between something and the line around it."""
_GAP = 34
"""Degrees to both sides of the top that a pencil line leaves free: a neuron's blame stands there, its bias below."""


def pencil_of(parts: Parts, target: Target) -> QPainterPath | None:
    """A line around something that a lesson talks about; it never crosses the numbers above and below a neuron."""
    outline = outline_of(parts, target)
    if outline is None or not isinstance(target, NodeHit):
        return outline
    item, box = parts.columns[target.layer + 1], outline.boundingRect()
    if not isinstance(item, ColumnItem):
        return outline
    if item.shows_map:
        return _open_square(box, _corner(parts, item), item.writes_below)
    path = QPainterPath()
    path.arcMoveTo(box, 90 + _GAP)
    if not item.writes_below:
        path.arcTo(box, 90 + _GAP, 360 - 2 * _GAP)
        return path
    path.arcTo(box, 90 + _GAP, 180 - 2 * _GAP)
    path.arcMoveTo(box, 270 + _GAP)
    path.arcTo(box, 270 + _GAP, 180 - 2 * _GAP)
    return path


def _open_square(box: QRectF, corner: float, open_below: bool) -> QPainterPath:
    """A rounded square that is open at the top, and below where something is written: it is as wide as the number."""
    path, side = QPainterPath(), 2 * corner
    left, top, right, bottom = box.left(), box.top(), box.right() - side, box.bottom() - side
    path.arcMoveTo(left, top, side, side, 135)
    path.arcTo(left, top, side, side, 135, 45)
    path.arcTo(left, bottom, side, side, 180, 45 if open_below else 90)
    if open_below:
        path.arcMoveTo(right, bottom, side, side, 315)
    path.arcTo(right, bottom, side, side, 315 if open_below else 270, 45 if open_below else 90)
    path.arcTo(right, top, side, side, 0, 45)
    return path


def _corner(parts: Parts, item: object) -> float:
    """How round the line around a neuron is that is drawn square: a map's corners, or those of a cell."""
    pad = _PAD * parts.plan.factor
    return item.column.half * CORNER + pad if isinstance(item, ColumnItem) else pad


def glowing(parts: Parts, nodes: Iterable[NodeHit]) -> list[QRectF]:
    """Where these neurons are; many cells of one layer are one place."""
    single: list[QRectF] = []
    strips: dict[int, QRectF] = {}
    for node in nodes:
        box = node_box(parts, node)
        if box is not None and parts.plan.column(node.layer).strip:
            strips[node.layer] = strips.get(node.layer, box).united(box)
        elif box is not None:
            single.append(box)
    return [*single, *strips.values()]


def outline_of(parts: Parts, target: Target) -> QPainterPath | None:
    """A line around something, for the ring of what is chosen."""
    path, pad = QPainterPath(), _PAD * parts.plan.factor
    if isinstance(target, NodeHit):
        box = node_box(parts, target)
        if box is None:
            return None
        around = box.adjusted(-pad, -pad, pad, pad)
        item = parts.columns[target.layer + 1]
        corner = _corner(parts, item)
        is_round = isinstance(item, ColumnItem) and not item.shows_map
        path.addEllipse(around) if is_round else path.addRoundedRect(around, corner, corner)
        return path
    if isinstance(target, EdgeHit):
        brought = parts.link_weights.outline(target)
        if brought is not None:
            return brought
        return parts.gaps[target.layer].outline(target.unit, target.source) if target.layer < len(parts.gaps) else None
    if isinstance(target, LayerHit):
        if target.layer >= len(parts.plan.columns) - 2:
            return None
        half, middle = parts.plan.pitch * 0.42, place_of(parts, target)
        line = LINE * parts.plan.factor / 2 + 1
        frame = QRectF(middle.x() - half, middle.y() - line, 2 * half, 2 * line)
        cross = parts.tools.box(DropHit(target.layer))
        if cross is not None:
            frame.setRight(max(frame.right(), cross.right() + 2))  # around the cross, not through it
        path.addRoundedRect(frame, pad, pad)
        return path
    if isinstance(target, LinkHit | HowHit):
        return parts.links.outline(target.source, target.target)
    found = parts.features.box(target) or parts.tools.box(target)
    if found is None:
        return None
    path.addRoundedRect(found, pad, pad)
    return path
