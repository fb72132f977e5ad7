"""A stamp-sized picture of a data set, for menus and galleries."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap

from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import Colours, class_colour
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import Array, DataView

_MOST = 160
"""More points than this only blur."""
_MOSAIC, _MOST_INPUTS = 3, 8


def thumbnail(data: DataView, theme: Theme, size: QSize, ratio: float = 1.0) -> QPixmap:
    """A picture of `size` (before the screen's pixel ratio) with the training points as dots."""
    pixmap, painter, frame = _framed(theme, size, ratio)
    inner = frame.adjusted(5, 5, -5, -5)
    side = math.isqrt(data.inputs.shape[1])
    if data.inputs.shape[1] > _MOST_INPUTS and side**2 == data.inputs.shape[1]:
        _draw_mosaic(painter, frame.adjusted(2, 2, -2, -2), data.inputs[: _MOSAIC**2].reshape(-1, side, side), theme)
    else:
        _draw_dots(painter, inner, data, theme)
    painter.end()
    return pixmap


def blank(icon: QPixmap, theme: Theme, size: QSize) -> QPixmap:
    """A stamp with an icon, for a set that has no picture yet."""
    pixmap, painter, frame = _framed(theme, size, icon.devicePixelRatio())
    side = icon.deviceIndependentSize()
    place = frame.center() - QPointF(side.width() / 2, side.height() / 2)
    painter.drawPixmap(place, icon)
    painter.end()
    return pixmap


def grey_picture(pixels: Array, theme: Theme, low: float = 0.0, high: float = 1.0) -> QImage:
    """(rows, columns) numbers as ink on paper; `high` is full ink."""
    share = np.clip((pixels - low) / ((high - low) or 1.0), 0.0, 1.0)[:, :, None]
    paper, ink = _rgb(theme.palette.panel), _rgb(theme.palette.ink)
    colours = np.full((*pixels.shape, 4), 255, np.uint8)
    colours[:, :, :3] = np.rint(paper + share * (ink - paper)).astype(np.uint8)
    rows, columns = pixels.shape
    return QImage(colours.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def _rgb(colour: str) -> Array:
    c = QColor(colour)
    return np.array([c.red(), c.green(), c.blue()], np.float64)


def _framed(theme: Theme, size: QSize, ratio: float) -> tuple[QPixmap, QPainter, QRectF]:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    outline = QPainterPath()
    outline.addRoundedRect(frame, 4, 4)
    painter.fillPath(outline, QColor(theme.palette.panel))
    painter.strokePath(outline, QColor(theme.palette.line))
    return pixmap, painter, frame


def _draw_mosaic(painter: QPainter, box: QRectF, pictures: Array, theme: Theme) -> None:
    side = box.width() / _MOSAIC
    low, high = float(pictures.min()), float(pictures.max())
    for k, picture in enumerate(pictures):
        row, column = divmod(k, _MOSAIC)
        cell = QRectF(box.x() + column * side, box.y() + row * side, side, side)
        painter.drawImage(cell.adjusted(1, 1, -1, -1), grey_picture(picture, theme, low, high))


def _draw_dots(painter: QPainter, box: QRectF, data: DataView, theme: Theme) -> None:
    every = max(1, len(data.inputs) // _MOST)
    inputs, targets = data.inputs[::every], data.targets[::every]
    places = _places(inputs, targets)
    colours = _dot_colours(targets, data, theme)
    side = max(2.0, box.width() / 24)
    painter.setPen(Qt.PenStyle.NoPen)
    for (u, v), colour in zip(places, colours, strict=True):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(
            QRectF(box.x() + u * box.width() - side / 2, box.bottom() - v * box.height() - side / 2, side, side)
        )


def _places(inputs: Array, targets: Array) -> Array:
    """(N, 2) from 0 to 1; one input is drawn against its target."""
    raw = inputs[:, -2:] if inputs.shape[1] > 1 else np.column_stack([inputs[:, 0], targets[:, 0]])
    low, high = raw.min(axis=0), raw.max(axis=0)
    return np.asarray((raw - low) / np.where(high > low, high - low, 1.0))


def _dot_colours(targets: Array, data: DataView, theme: Theme) -> list[str]:
    answers = Answers.of(data)
    if answers.classes:
        return [class_colour(int(k)) for k in answers.targets(targets)]
    if data.inputs.shape[1] == 1:
        return [theme.palette.curve_train] * len(targets)
    colours = Colours(answers, theme.palette)
    return [colours.colour_of(float(v)) for v in targets[:, 0]]
