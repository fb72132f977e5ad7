"""A stamp-sized picture of a data set, for menus and galleries."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import Colours, class_colour
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import Array, DataView

_MOST = 150
"""More points than this only blur."""


def thumbnail(data: DataView, theme: Theme, size: QSize, ratio: float = 1.0) -> QPixmap:
    """A picture of `size` (before the screen's pixel ratio) with the training points as dots."""
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
    _draw_dots(painter, frame.adjusted(5, 5, -5, -5), data, theme)
    painter.end()
    return pixmap


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
    raw = inputs[:, :2] if inputs.shape[1] > 1 else np.column_stack([inputs[:, 0], targets[:, 0]])
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
