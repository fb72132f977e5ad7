"""The name of the data set in the corner of its pane; pressed, it opens the sheet where data are changed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gradgui.gui.data import sheet_words as words
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.text import Text, same


class SetButton(QToolButton):
    """Says which set is in force."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._name = same("")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def show_name(self, name: Text) -> None:
        """Say another name."""
        self._name = name
        self.retranslate()

    def retranslate(self) -> None:
        """Say the name in the language of now."""
        say = self._speech.say
        self.setText(say(self._name))
        self.setToolTip(f"{self.text()}\n{say(words.TITLE)}")
        self.setAccessibleName(say(words.BUTTON, name=self._name))
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Take the size of now."""
        self.setFont(self._theme.font(Size.SMALL))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words and arrow."""
        px, wide = self._theme.px, self.fontMetrics().horizontalAdvance(self.text())
        return QSize(wide + px(Space.ICON) + px(2 * Space.SMALL), px(28))

    def minimumSizeHint(self) -> QSize:
        """Where there is hardly any room the words are shortened; the tip says them in full."""
        return QSize(self._theme.px(5 * Space.ICON), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill with the name and an arrow."""
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(p.current if self.hasFocus() else p.line)
        painter.setBrush(self.palette().midlight() if self.underMouse() else self.palette().base())
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(8), px(8))
        painter.setPen(p.ink)
        left = px(Space.SMALL)
        room = self.width() - left - px(Space.ICON)
        said = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, said)
        picture = self._icons.pixmap("chevron_down", self.devicePixelRatioF(), p.muted)
        side = px(Space.ICON)
        painter.drawPixmap(self.width() - side - px(Space.TINY), (self.height() - side) // 2, picture)
        painter.end()
