"""The window's own family of signs, drawn in the ink of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gradgui import resources
from gradgui.gui.theme import Space, Theme

_SCREENS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""Pixels a point on the screens we draw for, so that no icon is ever stretched."""


class Icons:
    """Gives icons by name; ask again after `theme.changed`, the colours are those of now."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[tuple[str, str, str, int], QIcon] = {}

    def icon(self, name: str, colour: str | None = None) -> QIcon:
        """An icon in ink, or in another colour of the palette, pale where its button is disabled."""
        palette = self._theme.palette
        colour, faint = colour or palette.ink, palette.forward
        key = (name, colour, faint, self._theme.px(Space.ICON))
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, colour, faint)
        return self._drawn[key]

    def pixmap(self, name: str, ratio: float, colour: str | None = None) -> QPixmap:
        """One picture for painting by hand, on a screen with `ratio` pixels a point."""
        side = self._theme.px(Space.ICON)
        return _picture(_drawing(name, colour or self._theme.palette.ink), side, ratio)

    def _draw(self, name: str, colour: str, faint: str) -> QIcon:
        icon = QIcon()
        side = self._theme.px(Space.ICON)
        for ink, mode in ((colour, QIcon.Mode.Normal), (faint, QIcon.Mode.Disabled)):
            drawing = _drawing(name, ink)
            for ratio in _SCREENS:
                icon.addPixmap(_picture(drawing, side, ratio), mode)
        return icon


def _drawing(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def _picture(drawing: QSvgRenderer, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
