"""A white card with a title: the frame around every view."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

FOCUS_TIP = Text(en="Double-click: this pane alone, and back", zh="双击：只看这一块，再双击恢复")


class _TitleBar(QWidget):
    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()


class Pane(QFrame):
    """A title, something small in the corner if there is anything to say, and the view itself."""

    focus_requested = Signal()
    """The title was double-clicked: show this pane alone, or all of them again."""

    def __init__(
        self,
        title: Text,
        body: QWidget,
        speech: Speech,
        theme: Theme,
        *,
        corner: QWidget | None = None,
        titled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`titled=False` keeps the title for screen readers only."""
        super().__init__(parent)
        self.setObjectName("pane")
        self._title, self._speech, self._theme, self._body = title, speech, theme, body
        self._bar = _TitleBar(self)
        self._bar.setVisible(titled)
        self._row = QHBoxLayout(self._bar)
        self._row.addWidget(SaidLabel(speech, theme, title, size=Size.BODY, tone=Tone.MUTED, bold=True))
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._bar)
        self._column.addWidget(body, 1)
        if corner is not None:
            self.set_corner(corner)
        self._bar.double_clicked.connect(self.focus_requested)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def body(self) -> QWidget:
        """The view inside."""
        return self._body

    def set_corner(self, widget: QWidget) -> None:
        """Put a badge, a few words or small buttons at the right end of the title."""
        self._row.addWidget(widget)

    def retranslate(self) -> None:
        """Name the pane in the language of now."""
        self.setAccessibleName(self._speech.say(self._title))
        self._bar.setToolTip(self._speech.say(FOCUS_TIP))

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        gap, tiny = px(Space.GAP), px(Space.TINY)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._row.setContentsMargins(px(Space.WIDE), tiny, gap, 0)
        self._row.setSpacing(px(Space.SMALL))
        self._bar.setFixedHeight(px(Space.WIDE) * 2 + tiny)
        side = tiny if self._bar.isVisibleTo(self) else 0
        self._body.setContentsMargins(0, 0, 0, 0)
        self._column.setContentsMargins(side, 0, side, side)
