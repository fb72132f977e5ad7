"""The first rows of a file, with a choice above every column: input, answer or neither."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from gradgui.catalog.datasets._csv_reader import Preview
from gradgui.gui.data import csv_words as words
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.choice import Choice

INPUT, ANSWER, IGNORE = "input", "answer", "ignore"
ROLES = ((INPUT, words.INPUT), (ANSWER, words.ANSWER), (IGNORE, words.IGNORE))
_WIDE, _ROW = 140, 28
_ENOUGH = 4
"""In fewer rows than this, words may differ by chance."""


class CsvPreview(QTableWidget):
    """Row 0 holds the choices."""

    roles_changed = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._preview: Preview | None = None
        self._choices: list[Choice] = []
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, from left to right."""
        return () if self._preview is None else self._preview.names

    def choice(self, column: int) -> Choice:
        """The choice above one column."""
        return self._choices[column]

    def columns(self, role: str) -> tuple[str, ...]:
        """The names of the columns with this role."""
        return tuple(n for n, c in zip(self.names, self._choices, strict=True) if c.choice == role)

    def show_preview(self, preview: Preview, answers: tuple[str, ...], ignored: tuple[str, ...]) -> None:
        """Show a file; roles stay while the columns do, else these are in force."""
        same = preview.names == self.names
        self._preview = preview
        self.setColumnCount(len(preview.names))
        self.setRowCount(len(preview.rows) + 1)
        if not same:
            self._offer_roles(answers, ignored)
        self._fill()

    def retranslate(self) -> None:
        """Say the kinds of columns in the language of now."""
        self.setAccessibleName(self._speech.say(words.ROLE))
        if self._preview is None:
            return
        kinds = [words.NUMBERS if numeric else words.TEXTS for numeric in self._preview.numeric]
        labels = [f"{n}\n{self._speech.say(k)}" for n, k in zip(self._preview.names, kinds, strict=True)]
        self.setHorizontalHeaderLabels(labels)

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px = self._theme.px
        self.setFont(self._theme.font(Size.SMALL))
        self.horizontalHeader().setFont(self._theme.font(Size.SMALL))
        self.horizontalHeader().setDefaultSectionSize(px(_WIDE))
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        if self.rowCount():
            self.setRowHeight(0, px(44))
        if self._preview is not None:
            self._fill()

    def _offer_roles(self, answers: tuple[str, ...], ignored: tuple[str, ...]) -> None:
        self._choices = []
        known = [name for name in answers if name in self.names] or [self.names[-1]]
        left_out = ignored if answers else self._labels(known)
        for column, name in enumerate(self.names):
            choice = Choice(words.ROLE, self._speech, self._theme, self._icons)
            choice.set_choices(ROLES)
            choice.choose(ANSWER if name in known else IGNORE if name in left_out else INPUT)
            choice.chosen.connect(self._hear)
            self.setCellWidget(0, column, choice)
            self._choices.append(choice)

    def _labels(self, answers: list[str]) -> tuple[str, ...]:
        """Columns that only name their row, such as students: every word another one, each of which would be an input.

        None where nothing else would be left to learn from.
        """
        assert self._preview is not None
        rows, numeric = self._preview.rows, self._preview.numeric
        inputs = [column for column, name in enumerate(self.names) if name not in answers]
        found = [column for column in inputs if not numeric[column] and _all_differ(rows, column)]
        return () if len(found) == len(inputs) else tuple(self.names[column] for column in found)

    def _fill(self) -> None:
        assert self._preview is not None
        p, px = self._theme.palette, self._theme.px
        self.retranslate()
        self.setRowHeight(0, px(44))
        for column, numeric in enumerate(self._preview.numeric):
            role = self._choices[column].choice
            ink = QBrush(QColor(p.muted if role == IGNORE else p.ink))
            side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
            for row, cells in enumerate(self._preview.rows, 1):
                item = QTableWidgetItem(cells[column] if column < len(cells) else "")
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setForeground(ink)
                if role == ANSWER:
                    item.setBackground(QBrush(QColor(p.hover)))
                self.setItem(row, column, item)

    def _hear(self, _role: object) -> None:
        self._fill()
        self.roles_changed.emit()


def _all_differ(rows: Sequence[Sequence[str]], column: int) -> bool:
    words = [row[column] for row in rows if column < len(row)]
    return len(words) >= _ENOUGH and len(set(words)) == len(words)
