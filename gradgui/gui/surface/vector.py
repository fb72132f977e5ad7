"""A plot as a drawing of lines and letters, such that every viewer shows it alike."""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView

_SCALED = re.compile(
    r'transform="matrix\(([^)]*)\)"([^>]*>\s*<path vector-effect=")non-scaling-stroke("[^>]* d=")([^"]*)"'
)
_POINT = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")


def drawing(view: QGraphicsView) -> bytes:
    """SVG: lines and letters as such; the colours of a map as one picture inside."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(view.size())
    generator.setResolution(view.logicalDpiX())  # else what axes have recorded is played back smaller
    generator.setViewBox(view.rect())
    painter = QPainter(generator)
    painter.fillRect(view.rect(), view.backgroundBrush())
    view.render(painter, QRectF(view.rect()), view.rect())
    painter.end()
    return _SCALED.sub(_in_pixels, bytes(buffer.data().data()).decode()).encode()


def _in_pixels(found: re.Match[str]) -> str:
    """Qt scales lines and asks viewers not to scale their pens; many (librsvg) do all the same, into broad smears."""
    a, b, c, d, e, f = (float(number) for number in found[1].split(","))

    def moved(point: re.Match[str]) -> str:
        x, y = float(point[1]), float(point[2])
        return f"{a * x + c * y + e:.2f},{b * x + d * y + f:.2f}"

    return f'transform="matrix(1,0,0,1,0,0)"{found[2]}none{found[3]}{_POINT.sub(moved, found[4])}"'
