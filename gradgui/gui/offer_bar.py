"""A quiet bar with a question that can wait: it stays until it is answered, and stops nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Text, same

LATER = Text(en="Not now", zh="以后再说")


class OfferBar(QFrame):
    """Asks one question at a time; takes no room while there is none."""

    chosen = Signal(object)
    """The number of the answer, from 0; −1 for "not now"."""

    def __init__(
        self, parent: QWidget | None, speech: Speech, theme: Theme, icons: Icons, *, urgent: bool = False
    ) -> None:
        """`urgent`: something went wrong, and the sign says so."""
        super().__init__(parent)
        self._urgent = urgent
        self.setObjectName("notice")
        self._speech, self._theme, self._icons = speech, theme, icons
        self._text, self._answers = same(""), tuple[Text, ...]()
        self._buttons: list[QPushButton] = []
        self._sign = QLabel(self)
        self._words = SaidLabel(speech, theme, size=Size.BODY, parent=self)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._later = QToolButton(self)
        self._later.clicked.connect(self._answer)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._later)
        self.hide()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()

    @property
    def text(self) -> Text | None:
        """What is being asked, if anything."""
        return None if self.isHidden() else self._text

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """One for each answer."""
        return tuple(self._buttons)

    def offer(self, text: Text, answers: Sequence[Text]) -> None:
        """Ask; `chosen` says which of the answers was given."""
        self._text, self._answers = text, tuple(answers)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [QPushButton(self) for _ in answers]
        for place, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._answer)
            self._row.insertWidget(2 + place, button)
        self._words.say(text)
        self.restyle()
        self.show()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        for button, answer in zip(self._buttons, self._answers, strict=True):
            button.setText(say(answer))
            button.setAccessibleName(say(answer))
        self._later.setAccessibleName(say(LATER))
        self._later.setToolTip(say(LATER))
        self.setAccessibleName(say(self._text))

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px, colours = self._theme.px, self._theme.palette
        self._row.setContentsMargins(px(Space.WIDE), px(Space.SMALL), px(Space.GAP), px(Space.SMALL))
        self._row.setSpacing(px(Space.SMALL))
        sign, colour = ("warning", colours.stop) if self._urgent else ("information", colours.muted)
        self._sign.setPixmap(self._icons.pixmap(sign, self.devicePixelRatioF(), colour))
        self._later.setIcon(self._icons.icon("close", colours.muted))
        for button in self._buttons:
            button.setFont(self._theme.font(Size.BODY))
        self.retranslate()

    @Slot()
    def _answer(self) -> None:
        sender = self.sender()
        self.hide()
        self.chosen.emit(next((place for place, button in enumerate(self._buttons) if button is sender), -1))
