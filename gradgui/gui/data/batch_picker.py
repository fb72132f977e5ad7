"""Which batch of the epoch is on show: one back, one on, or a typed one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QToolButton, QWidget

from gradgui.gui.data import sheet_words as words
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.pane import room_in_title

EDGES, ARROW = 12, 24
"""Beside the words, inside the button; width of an arrow."""


class BatchPicker(QWidget):
    """Takes no room where all samples are one batch."""

    turned = Signal(object)
    """One batch on: 1; one back: −1."""
    batch_asked = Signal(object)
    """Its number in this epoch, counted from 0."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._batch, self._count = 0, 1
        self._brief = False
        self.back, self.number, self.on = (QToolButton(self) for _ in range(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.back, self.number, self.on):
            row.addWidget(button)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            mark(button, "tone", "muted")
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)
        self.number.clicked.connect(self._ask)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_batch(self, batch: int, count: int) -> None:
        """Show which of how many batches of the epoch it is, counted from 0."""
        if (batch, count) != (self._batch, self._count):
            self._batch, self._count = batch, count
            self.retranslate()
        self.setVisible(count > 1)

    def event(self, event: QEvent) -> bool:
        """Watch the title that it is put into."""
        parent = self.parentWidget()
        if event.type() is QEvent.Type.ParentChange and parent is not None:
            parent.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, title: QObject, event: QEvent) -> bool:
        """The title or something in it has another size: see what there is room for."""
        if isinstance(title, QWidget) and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit(room_in_title(self, self._theme))
        return False

    def _fit(self, room: int) -> None:
        """Say only the numbers where there is no room for the word."""
        word = self._speech.say(words.BATCH, batch=self._batch + 1, count=self._count)
        wide = self.number.fontMetrics().horizontalAdvance(word) + self._theme.px(EDGES + 2 * ARROW)
        if (wide > room) is not self._brief:
            self._brief = wide > room
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        brief = f"{self._batch + 1}/{self._count}"
        self.number.setText(brief if self._brief else say(words.BATCH, batch=self._batch + 1, count=self._count))
        tips = {self.back: words.BATCH_BACK, self.number: words.BATCH_TYPE, self.on: words.BATCH_ON}
        for button, tip in tips.items():
            button.setToolTip(say(tip))
            button.setAccessibleName(say(tip))
        self._keep_words_whole()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        for button, name in ((self.back, "chevron_left"), (self.on, "chevron_right")):
            button.setIcon(self._icons.icon(name, self._theme.palette.muted))
            button.setFixedWidth(self._theme.px(ARROW))
        self.number.setFont(self._theme.font(Size.SMALL))
        self._keep_words_whole()

    def _keep_words_whole(self) -> None:
        """A tool button would rather write … than ask for its room, and asks for more than it needs."""
        wide = self.number.fontMetrics().horizontalAdvance(self.number.text())
        self.number.setFixedWidth(wide + self._theme.px(EDGES))

    def _go_back(self) -> None:
        self.turned.emit(-1)

    def _go_on(self) -> None:
        self.turned.emit(1)

    def _ask(self) -> None:
        """Type the number of a batch."""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, self._count)
        dialog.setIntValue(self._batch + 1)
        dialog.setWindowTitle(self._speech.say(words.BATCH_TYPE))
        dialog.setLabelText(self._speech.say(words.BATCH_WHICH, count=self._count))
        dialog.intValueSelected.connect(self._take)
        dialog.open()

    def _take(self, number: int) -> None:
        self.batch_asked.emit(number - 1)
