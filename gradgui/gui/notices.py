"""The one door for messages to the user: a quiet bar at the top of the window, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gradgui.errors import UserError
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Text, same

CLOSE = Text(en="Close this message", zh="关闭这条消息")


class Notices(QFrame):
    """Shows one message at a time, the newest; takes no room while there is none."""

    def __init__(self, parent: QWidget | None, speech: Speech, theme: Theme, icons: Icons | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._speech, self._theme, self._icons = speech, theme, icons or Icons(theme)
        self._urgent, self._text = False, same("")
        self._sign = QLabel(self)
        self._words = SaidLabel(speech, theme, size=Size.BODY, parent=self)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def text(self) -> Text | None:
        """What is being said, if anything."""
        return None if self.isHidden() else self._text

    def show_error(self, error: UserError) -> None:
        """Say what went wrong and where, until it is closed or something newer is said."""
        self._show(error.text, urgent=True)

    def tell(self, text: Text, **fields: object) -> None:
        """Say something good to know."""
        self._show(text.filled(**fields) if fields else text, urgent=False)

    def dismiss(self) -> None:
        """Close the bar."""
        self.hide()

    def retranslate(self) -> None:
        """Name the close button and the bar in the language of now."""
        words = self._speech.say(CLOSE)
        self._close.setAccessibleName(words)
        self._close.setToolTip(words)
        self.setAccessibleName(self._speech.say(self._text))

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px, colours = self._theme.px, self._theme.palette
        self._row.setContentsMargins(px(Space.WIDE), px(Space.SMALL), px(Space.GAP), px(Space.SMALL))
        self._row.setSpacing(px(Space.SMALL))
        side = px(Space.ICON)
        name, colour = ("warning", colours.gradient_plus) if self._urgent else ("information", colours.muted)
        self._sign.setPixmap(self._icons.pixmap(name, self.devicePixelRatioF(), colour))
        self._sign.setFixedSize(side, side + px(Space.SMALL))
        self._close.setIcon(self._icons.icon("close", colours.muted))

    def _show(self, text: Text, *, urgent: bool) -> None:
        self._text, self._urgent = text, urgent
        self._words.say(text)
        self.restyle()
        self.retranslate()
        self.show()
