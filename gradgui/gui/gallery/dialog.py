"""Begin something new: every example with a picture, sorted by what it teaches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from gradgui.gui.gallery.card import WIDTH, Card
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.examples import TemplateGroup
from gradgui.text import Text

TITLE = Text(en="New experiment", zh="新建实验")
HINT = Text(
    en="Choose something to begin with; everything in it can be changed.", zh="选一个作为起点；里面的一切都可以改。"
)
COLUMNS = 4
HEIGHT = 680
ARROWS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class GalleryDialog(QDialog):
    """Says which example was chosen, and closes."""

    example_chosen = Signal(object)

    def __init__(self, groups: Sequence[TemplateGroup], speech: Speech, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._cards: list[list[Card]] = []
        self._grids: list[QGridLayout] = []
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.addWidget(SaidLabel(speech, theme, HINT, tone=Tone.MUTED, parent=self._page))
        for group in groups:
            self._add(group)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._page)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self._lay_out(COLUMNS)
        self.resize(self._width(COLUMNS), min(theme.px(HEIGHT), parent.height() if parent else theme.px(HEIGHT)))
        self.cards[0].setFocus()

    @property
    def cards(self) -> list[Card]:
        """All of them, in order."""
        return [card for group in self._cards for card in group]

    def retranslate(self) -> None:
        """Name the dialog in the language of now."""
        self.setWindowTitle(self._speech.say(TITLE))

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        self._column.setContentsMargins(px(Space.ICON), px(Space.WIDE), px(Space.ICON), px(Space.ICON))
        self._column.setSpacing(px(Space.SMALL))
        for grid in self._grids:
            grid.setSpacing(px(Space.GAP))
            grid.setContentsMargins(0, 0, 0, px(Space.WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 1
        while columns < 2 * COLUMNS and self._width(columns + 1) <= self.width():
            columns += 1
        self._lay_out(columns)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the cards."""
        cards, focus = self.cards, self.focusWidget()
        step = ARROWS.get(Qt.Key(event.key()))
        if step is not None and isinstance(focus, Card):
            cards[(cards.index(focus) + step) % len(cards)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _add(self, group: TemplateGroup) -> None:
        heading = SaidLabel(self._speech, self._theme, group.title, size=Size.LARGE, bold=True, parent=self._page)
        cards = [Card(template, self._speech, self._theme, self._page) for template in group.templates]
        for card in cards:
            card.chosen.connect(self._choose)
        grid = QGridLayout()
        self._grids.append(grid)
        self._cards.append(cards)
        self._column.addWidget(heading)
        self._column.addLayout(grid)

    def _lay_out(self, columns: int) -> None:
        for grid, cards in zip(self._grids, self._cards, strict=True):
            for number, card in enumerate(cards):
                grid.addWidget(card, number // columns, number % columns)
            for column in range(2 * COLUMNS + 1):
                grid.setColumnStretch(column, 1 if column == columns else 0)

    def _width(self, columns: int) -> int:
        px = self._theme.px
        return columns * px(WIDTH) + (columns - 1) * px(Space.GAP) + 2 * px(Space.ICON) + px(Space.WIDE)

    @Slot(object)
    def _choose(self, name: str) -> None:
        self.accept()
        self.example_chosen.emit(name)
