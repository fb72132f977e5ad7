"""Draws the small picture of an example."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from gradgui.gui.theme import CLASSES, SURFACE_COLOURS, Space, Theme
from gradgui.session.thumbnails import Thumbnail

MOST_UNITS = 6
"""Of a larger layer only so many circles are drawn."""


def drawn(thumbnail: Thumbnail, size: QSizeF, theme: Theme, ratio: float) -> QPixmap:
    """The picture in the colours of now, with round corners."""
    pixmap = QPixmap((size * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    frame = QRectF(QPointF(0, 0), size)
    shape = QPainterPath()
    shape.addRoundedRect(frame, theme.px(Space.SMALL), theme.px(Space.SMALL))
    painter.setClipPath(shape)
    painter.fillRect(frame, QColor(theme.palette.surface_ground))
    if thumbnail.field is not None:
        _draw_field(painter, thumbnail.field, thumbnail.is_picture, frame, theme)
    elif thumbnail.points is not None:
        _draw_points(painter, thumbnail, frame, theme)
    else:
        _draw_layers(painter, thumbnail.layers, frame, theme)
    painter.end()
    return pixmap


def _draw_field(painter: QPainter, field: NDArray[np.float64], is_picture: bool, frame: QRectF, theme: Theme) -> None:
    if is_picture:
        ground, ink = QColor(theme.palette.surface_ground), QColor(theme.palette.ink)
        table = np.linspace(_rgb(ground), _rgb(ink), 256).round().astype(np.uint8)
        margin = theme.px(Space.SMALL)
        frame = _fitted(field.shape[1] / field.shape[0], frame.adjusted(margin, margin, -margin, -margin))
    else:
        table = _heights()
    pixels = np.ascontiguousarray(table[(field * 255).round().astype(np.intp)])
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    painter.drawImage(frame, image)


def _draw_points(painter: QPainter, thumbnail: Thumbnail, frame: QRectF, theme: Theme) -> None:
    assert thumbnail.points is not None
    margin, radius = theme.px(Space.GAP), theme.px(2)
    inside = frame.adjusted(margin, margin, -margin, -margin)
    if thumbnail.classes is None or thumbnail.classes.any():
        inside = _fitted(4 / 3, inside)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, (x, y) in enumerate(thumbnail.points.tolist()):
        painter.setBrush(QColor(_point_colour(thumbnail, number)))
        painter.drawEllipse(
            QPointF(inside.left() + x * inside.width(), inside.bottom() - y * inside.height()), radius, radius
        )


def _point_colour(thumbnail: Thumbnail, number: int) -> QColor:
    if thumbnail.shades is None:
        assert thumbnail.classes is not None
        return QColor(CLASSES[int(thumbnail.classes[number]) % len(CLASSES)])
    shade = float(thumbnail.shades[number])
    colour = QColor(CLASSES[0] if shade > 0 else CLASSES[1])
    colour.setAlphaF(0.25 + 0.75 * min(abs(shade), 1.0))
    return colour


def _draw_layers(painter: QPainter, layers: tuple[int, ...], frame: QRectF, theme: Theme) -> None:
    columns = [_column(min(units, MOST_UNITS), place, len(layers), frame) for place, units in enumerate(layers)]
    painter.setPen(QPen(QColor(theme.palette.forward), theme.px(2)))
    for before, after in pairwise(columns):
        for start in before:
            for end in after:
                painter.drawLine(start, end)
    radius = theme.px(Space.GAP)
    painter.setPen(QPen(QColor(theme.palette.ink), theme.px(2)))
    painter.setBrush(QBrush(QColor(theme.palette.panel)))
    for centre in (centre for column in columns for centre in column):
        painter.drawEllipse(centre, radius, radius)


def _column(units: int, place: int, count: int, frame: QRectF) -> list[QPointF]:
    x = frame.width() * (place + 1) / (count + 1)
    return [QPointF(x, frame.height() * (unit + 1) / (units + 1)) for unit in range(units)]


def _fitted(shape: float, frame: QRectF) -> QRectF:
    """The largest part of the middle with that ratio of width to height."""
    width = min(frame.width(), frame.height() * shape)
    fitted = QRectF(0, 0, width, width / shape)
    fitted.moveCenter(frame.center())
    return fitted


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


@lru_cache(maxsize=1)
def _heights() -> NDArray[np.uint8]:
    """(256, 3) colours from the lowest to the highest place."""
    table = pg.colormap.get(SURFACE_COLOURS).getLookupTable(0.0, 1.0, 256, alpha=False)
    return np.asarray(table, dtype=np.uint8)
