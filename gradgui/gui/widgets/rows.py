"""Rows of a calm form: a name at the left, what can be changed at the right, all right ends in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

FIELDS = 212
"""Width of the right column: everything in it ends in one line, and lists begin in one too."""


class Rows(QWidget):
    """A grid of two columns."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._headings: list[SaidLabel] = []
        self._count = 0
        theme.changed.connect(self.restyle)
        self.restyle()

    def add(self, name: Text | QWidget, *fields: QWidget) -> tuple[QWidget, ...]:
        """A row; returns everything in it."""
        label = name if isinstance(name, QWidget) else self.label(name)
        side = Qt.AlignmentFlag(0) if isinstance(name, Text) else Qt.AlignmentFlag.AlignLeft  # words take all the room
        self._grid.addWidget(label, self._count, 0, Qt.AlignmentFlag.AlignVCenter | side)
        row = QHBoxLayout()
        grows = len(fields) > 1 or isinstance(fields[0], QComboBox)
        if not grows:
            row.addStretch(1)
        for field in fields:
            row.addWidget(field, int(grows and field is fields[0]))
        self._grid.addLayout(row, self._count, 1)
        self._count += 1
        return (label, *fields)

    def add_wide(self, widget: QWidget) -> None:
        """Something over both columns."""
        self._grid.addWidget(widget, self._count, 0, 1, 2)
        self._count += 1

    def label(self, name: Text) -> SaidLabel:
        """The name of a row."""
        made = SaidLabel(self._speech, self._theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        made.setWordWrap(True)
        return made

    def heading(self, name: Text) -> SaidLabel:
        """A name for the rows that follow."""
        made = SaidLabel(self._speech, self._theme, name, size=Size.BODY, bold=True, parent=self)
        self.add_wide(made)
        self._headings.append(made)
        self.restyle()
        return made

    def restyle(self) -> None:
        """Take the distances of now."""
        self._grid.setHorizontalSpacing(self._theme.px(Space.GAP))
        self._grid.setVerticalSpacing(self._theme.px(Space.TINY))
        self._grid.setColumnMinimumWidth(1, self._theme.px(FIELDS))
        for heading in self._headings:
            heading.setContentsMargins(0, self._theme.px(Space.GAP), 0, 0)
