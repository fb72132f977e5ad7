"""The little table beside the mouse that reads a moment off the curves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gradgui.gui.theme import Size, Theme

_ROW = (
    '<tr><td style="color:{ink}">{name}</td>'
    '<td align="right" style="color:{colour}; padding-left:{gap}px"><b>{value}</b></td></tr>'
)


class Balloon(QLabel):
    """Names and values, one per line; it never covers the place it speaks of."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._room = theme, parent
        self.setObjectName("balloon")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.hide()

    def say_at(self, lines: list[tuple[str, str, str]], place: QPointF) -> None:
        """Show (name, value, colour) lines beside a place in the parent."""
        ink, gap = self._theme.palette.muted, self._theme.px(14)
        rows = [_ROW.format(ink=ink, name=n, value=v, colour=c, gap=gap) for n, v, c in lines]
        self.setText(f'<table cellspacing="0">{"".join(rows)}</table>')
        self.adjustSize()
        self._move_beside(place)
        self.show()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        p, px = self._theme.palette, self._theme.px
        self.setFont(self._theme.font(Size.SMALL))
        self.setStyleSheet(
            f"#balloon {{ background: {p.panel}; border: 1px solid {p.line}; border-radius: {px(6)}px;"
            f" padding: {px(6)}px {px(8)}px; }}"
        )

    def _move_beside(self, place: QPointF) -> None:
        gap, room = self._theme.px(14), self._room
        right = place.x() + gap
        x = right if right + self.width() <= room.width() else place.x() - gap - self.width()
        y = min(max(0.0, place.y() - self.height() - gap), float(room.height() - self.height()))
        self.move(int(max(0.0, x)), int(y))
