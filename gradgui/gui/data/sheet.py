"""The sheet at the right of the window in which data are chosen, drawn, typed and looked at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.draw_page import DrawPage
from gradgui.gui.data.gallery_page import GalleryPage
from gradgui.gui.data.pictures_page import PicturesPage
from gradgui.gui.data.table_page import TablePage
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.gui.widgets.segmented import Segmented

_NARROW, _WIDE = 516, 640
KEPT_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
)  # fmt: skip


class DataSheet(QFrame):
    """Lies over the right side of the window, so that data, network and curves stay in sight; Escape closes it."""

    opened = Signal()
    """It was opened, or turned to another page: what it shows must be brought up to date."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._speech, self._theme, self._icons = speech, theme, icons
        self._title = SaidLabel(speech, theme, words.SHORT_TITLE, size=Size.LARGE, bold=True, parent=self)
        self.gallery = GalleryPage(speech, theme, icons, self)
        self.draw = DrawPage(speech, theme, self)
        self.table = TablePage(speech, theme, self)
        self.pictures = PicturesPage(speech, theme, icons, self)
        self._pages: tuple[QWidget, ...] = (self.gallery, self.draw, self.table, self.pictures)
        tabs = (words.SETS, words.DRAW, words.TABLE, words.DIGITS)
        self._tabs = Segmented(speech, theme, tabs, words.PAGES, self)
        self._close = QToolButton(self)
        self._stack = QStackedWidget(self)
        for page in self._pages:
            self._stack.addWidget(page)
        self._head = QHBoxLayout()
        for part in (self._title, self._tabs, self._close):
            self._head.addWidget(part)
        self._head.insertStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._stack, 1)
        self._tabs.chosen.connect(self._turn)
        self._close.clicked.connect(self.hide)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()
        if parent is not None:
            parent.installEventFilter(self)

    def toggle(self) -> None:
        """Open it, or close it again."""
        self.setVisible(not self.isVisible())

    def show_page(self, page: QWidget) -> None:
        """Open the sheet at one of its pages."""
        self._tabs.choose(self._stack.indexOf(page))
        self.show()

    @property
    def tabs(self) -> Segmented:
        """The switch between the pages."""
        return self._tabs

    @property
    def page(self) -> QWidget | None:
        """The page that is open."""
        return self._stack.currentWidget()

    def number_of(self, page: QWidget) -> int:
        """Which tab opens a page."""
        return self._stack.indexOf(page)

    def _turn(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        if self.isVisible():
            self.opened.emit()

    def retranslate(self) -> None:
        """Name the sheet in the language of now."""
        self.setAccessibleName(self._speech.say(words.TITLE))
        self._close.setAccessibleName(self._speech.say(words.CLOSE))
        self._close.setToolTip(self._speech.say(words.CLOSE))

    def restyle(self) -> None:
        """Take the colours and distances of now."""
        px, p = self._theme.px, self._theme.palette
        self.setStyleSheet(
            f"QFrame#pane {{ background: {p.panel}; border: 1px solid {p.line}; border-radius: {px(Space.RADIUS)}px; }}"
        )
        edge = px(Space.WIDE)
        self._column.setContentsMargins(edge, px(Space.GAP), px(Space.TINY), px(Space.GAP))
        self._column.setSpacing(px(Space.SMALL))
        self._head.setContentsMargins(0, 0, px(Space.SMALL), 0)
        self._head.setSpacing(px(Space.GAP))
        self._close.setIcon(self._icons.icon("close", p.muted))
        self.place()

    def place(self) -> None:
        """Take the right side of the window."""
        window = self.parentWidget()
        if window is None:
            return
        px = self._theme.px
        gap, top, bottom = px(Space.GAP), px(Space.TOOL_BAR) + px(Space.GAP), px(Space.STATUS)
        wide = min(max(px(_NARROW), window.width() * 36 // 100), px(_WIDE), window.width() - 2 * gap)
        self.setGeometry(QRect(window.width() - wide - gap, top, wide, max(window.height() - top - bottom, 1)))

    def showEvent(self, event: QShowEvent) -> None:
        """Come to the front and take the keyboard."""
        super().showEvent(event)
        self.place()
        self.raise_()
        self._tabs.setFocus(Qt.FocusReason.PopupFocusReason)
        self.opened.emit()

    def event(self, event: QEvent) -> bool:
        """What is pressed in here is not meant for the run: arrows, Space and letters stay."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and (event.key() <= Qt.Key.Key_AsciiTilde or event.key() in KEPT_KEYS):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() is QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
