"""A sheet over the right side of the window: the rest stays in sight, keys pressed in it are its own, Escape closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Text

CLOSE = Text(en="Close", zh="关闭")
BESIDE = "panes"
"""The name of the widget beside which sheets stand: what is said above it stays free."""


class SideSheet(QFrame):
    """Title and cross above, whatever a subclass puts into `_column` below; a subclass ends building with `_begin`."""

    def __init__(
        self, title: Text | None, wide: float, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None
    ) -> None:
        """`wide`: pixels at 100 %."""
        super().__init__(parent)
        mark(self, "card", True)
        self._speech, self._theme, self._icons, self._wide = speech, theme, icons, wide
        self._title = SaidLabel(speech, theme, title, size=Size.LARGE, bold=True, parent=self)
        self._close = QToolButton(self)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._close)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)

    def dismiss(self) -> None:
        """Escape or the cross: put the sheet away."""
        self.hide()

    def retranslate(self) -> None:
        """Name the cross in the language of now."""
        self._close.setToolTip(self._speech.say(CLOSE))
        self._close.setAccessibleName(self._speech.say(CLOSE))

    def restyle(self) -> None:
        """Take the ink and the place of now."""
        self._close.setIcon(self._icons.icon("close", self._theme.palette.muted))
        self._close.setIconSize(QSize(1, 1) * self._theme.px(Space.WIDE))
        self.place()

    def place(self) -> None:
        """Take the right side of the window, below what it has to say."""
        window = self.parentWidget()
        if window is None:
            return
        px = self._theme.px
        gap, bottom, beside = px(Space.GAP), px(Space.STATUS), window.findChild(QWidget, BESIDE)
        top = px(Space.TOOL_BAR) + gap
        if beside is not None and beside.isVisible():
            top = max(top, beside.mapTo(window, QPoint(0, 0)).y())
        wide = min(self._wanted_width(window.width()), window.width() - 2 * gap)
        self.setGeometry(QRect(window.width() - wide - gap, top, wide, max(window.height() - top - bottom, 1)))

    # --- Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window and of what is beside the sheet."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.place()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """The keys go back to the window, not to whatever button happens to come next."""
        super().hideEvent(event)
        window, holder = self.parentWidget(), QApplication.focusWidget()
        if window is not None and window.isVisible() and (holder is None or self.isAncestorOf(holder)):
            window.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """What is pressed in here is not meant for the run."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and self._keeps(event.key()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    # --- for subclasses

    def _begin(self) -> None:
        """All parts are there: say and dress them, and wait out of sight to be opened."""
        self._close.clicked.connect(self.dismiss)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()
        window = self.parentWidget()
        if window is None:
            return
        window.installEventFilter(self)
        beside = window.findChild(QWidget, BESIDE)
        if beside is not None:
            beside.installEventFilter(self)

    def _add_scrolled(self, body: QWidget) -> None:
        """Put the body below the title; it scrolls where the window is low."""
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self._column.addWidget(scroll, 1)

    def _wanted_width(self, _window: int) -> int:
        """How wide it wants to be beside a window of that width."""
        return self._theme.px(self._wide)

    def _keeps(self, key: int) -> bool:
        """Whether a key without modifiers is the sheet's own: all but the function keys."""
        return not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12
