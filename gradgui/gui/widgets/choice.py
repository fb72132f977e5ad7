"""A list to choose one thing from, in the language of now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.text import Text


class Choice(QComboBox):
    """One of several named things."""

    chosen = Signal(object)
    """The id the user chose; not sent when the program chooses."""

    def __init__(self, name: Text, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._speech, self._theme, self._icons = name, speech, theme, icons
        self._texts: list[Text] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._hear)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def choice(self) -> str | None:
        """The id in force, if there is anything to choose."""
        chosen: object = self.currentData()
        return chosen if isinstance(chosen, str) else None

    def set_choices(self, choices: Sequence[tuple[str, Text]]) -> None:
        """Offer these, as pairs of id and name; the one in force stays if it is still offered."""
        before = self.choice
        self.clear()
        self._texts = [text for _, text in choices]
        for choice_id, text in choices:
            self.addItem(self._speech.say(text), choice_id)
        if before is not None:
            self.choose(before)

    def choose(self, choice_id: str) -> None:
        """Show this one as chosen; an unknown id changes nothing."""
        index = self.findData(choice_id)
        if index >= 0:
            self.setCurrentIndex(index)

    def retranslate(self) -> None:
        """Say every name in the language of now."""
        name = self._speech.say(self._name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        for index, text in enumerate(self._texts):
            self.setItemText(index, self._speech.say(text))

    def restyle(self) -> None:
        """Take the size of now."""
        self.setFont(self._theme.font(Size.BODY))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change a choice."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picture = self._icons.pixmap("chevron_down", self.devicePixelRatioF(), self._theme.palette.muted)
        side = self._theme.px(Space.ICON)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - side - self._theme.px(Space.SMALL), (self.height() - side) // 2, picture)
        painter.end()

    def _hear(self, _index: int) -> None:
        self.chosen.emit(self.choice)
