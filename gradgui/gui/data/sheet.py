"""The sheet at the right of the window in which data are chosen, drawn, typed and looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.draw_page import DrawPage
from gradgui.gui.data.gallery_page import GalleryPage
from gradgui.gui.data.pictures_page import PicturesPage
from gradgui.gui.data.table_page import TablePage
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme
from gradgui.gui.widgets.segmented import Segmented
from gradgui.gui.widgets.side_sheet import SideSheet

_NARROW, _WIDE = 516, 640
KEPT_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
)  # fmt: skip


class DataSheet(SideSheet):
    """Lies over the right side of the window, so that data, network and curves stay in sight; Escape closes it."""

    opened = Signal()
    """It was opened, or turned to another page: what it shows must be brought up to date."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(words.SHORT_TITLE, _NARROW, speech, theme, icons, parent)
        self.gallery = GalleryPage(speech, theme, icons, self)
        self.draw = DrawPage(speech, theme, self)
        self.table = TablePage(speech, theme, self)
        self.pictures = PicturesPage(speech, theme, icons, self)
        self._pages: tuple[QWidget, ...] = (self.gallery, self.draw, self.table, self.pictures)
        tabs = (words.SETS, words.DRAW, words.TABLE, words.DIGITS)
        self._tabs = Segmented(speech, theme, tabs, words.PAGES, self)
        self._stack = QStackedWidget(self)
        for page in self._pages:
            self._stack.addWidget(page)
        self._head.insertWidget(1, self._tabs)
        self._column.addWidget(self._stack, 1)
        self._tabs.chosen.connect(self._turn)
        self._begin()

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
        super().retranslate()
        self.setAccessibleName(self._speech.say(words.TITLE))

    def restyle(self) -> None:
        """Take the colours and distances of now."""
        px = self._theme.px
        edge = px(Space.WIDE)
        self._column.setContentsMargins(edge, px(Space.GAP), px(Space.TINY), px(Space.GAP))
        self._column.setSpacing(px(Space.SMALL))
        self._head.setContentsMargins(0, 0, px(Space.SMALL), 0)
        self._head.setSpacing(px(Space.GAP))
        super().restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Come to the front and take the keyboard."""
        super().showEvent(event)
        self.place()
        self.raise_()
        self._tabs.setFocus(Qt.FocusReason.PopupFocusReason)
        self.opened.emit()

    def _wanted_width(self, window: int) -> int:
        """More beside a wide window, where the gallery has room for another column."""
        return min(max(self._theme.px(_NARROW), window * 36 // 100), self._theme.px(_WIDE))

    def _keeps(self, key: int) -> bool:
        """Arrows, Space and letters."""
        return key <= Qt.Key.Key_AsciiTilde or key in KEPT_KEYS
