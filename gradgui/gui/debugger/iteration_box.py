"""Which training step is shown: its number, to read, to type, or to turn one on or back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_COUNT = Text(en="Iteration {k}", zh="第 {k} 轮")
_NAME = Text(en="Number of the training step", zh="训练步的编号")
_BACK = Text(en="Iteration before", zh="上一轮")
_ON = Text(en="Next iteration", zh="下一轮")
_HEIGHT = 30
_USUAL_NUMBER = 9_999_999
"""Leave room for this many, so that the timeline does not move while training."""


class IterationLine(QLineEdit):
    """Reads as Iteration 3; while it is edited only the number stands there."""

    number_typed = Signal(object)
    """Counted from 1."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._number = 1
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.returnPressed.connect(self._take)

    def show_number(self, number: int) -> None:
        """Show another number, unless one is being typed."""
        self._number = number
        if not self.hasFocus():
            self.setText(self._speech.say(_COUNT, k=number))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the number, selected, ready to be typed over."""
        super().focusInEvent(event)
        self.setText(str(self._number))
        QTimer.singleShot(0, self.selectAll)  # after the click that brought the focus has set its cursor

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Half-typed numbers are forgotten."""
        super().focusOutEvent(event)
        self.setText(self._speech.say(_COUNT, k=self._number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the number as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        words = self.text().strip()
        self.clearFocus()
        if words.isdecimal() and int(words) >= 1 and int(words) != self._number:
            self.number_typed.emit(int(words))


class IterationBox(QWidget):
    """Shows iterations counted from 1; the signal counts from 0 as snapshots do."""

    iteration_chosen = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._shown = 1
        self._back, self._on = QToolButton(self), QToolButton(self)
        self._line = IterationLine(speech, self)
        self._build()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write the number. The buttons stay enabled: a disabled one would push the focus into the number."""
        self._shown = snapshot.iteration + 1
        self._line.show_number(self._shown)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        for part, words in ((self._line, _NAME), (self._back, _BACK), (self._on, _ON)):
            part.setAccessibleName(self._speech.say(words))
            part.setToolTip(self._speech.say(words))
        self._line.show_number(self._shown)

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        palette, px = self._theme.palette, self._theme.px
        for part in (self._line, self._back, self._on):
            part.setFont(self._theme.font(Size.BODY))
        small = px(Space.SMALL)
        self.setStyleSheet(
            "QLineEdit { border: 1px solid transparent; background: transparent; padding: 0; min-height: 0;"
            f" border-radius: {small}px; color: {palette.muted}; }}"
            f"QLineEdit:hover {{ background: {palette.hover}; }}"
            f"QLineEdit:focus {{ border-color: {palette.current}; color: {palette.ink}; }}"
            f"QToolButton {{ color: {palette.muted}; padding: 0 {px(6)}px; }}"
        )
        said, measure = _COUNT.filled(k=_USUAL_NUMBER), QFontMetrics(self._line.font())
        width = max(map(measure.horizontalAdvance, (said.en, said.zh))) + small  # no language moves the timeline
        self._line.setFixedSize(width, px(Space.WIDE + Space.GAP))
        self.setFixedHeight(px(_HEIGHT))

    def _build(self) -> None:
        self._back.setText("‹")
        self._on.setText("›")
        self._line.number_typed.connect(self._hear_number)
        self._back.clicked.connect(self._hear_back)
        self._on.clicked.connect(self._hear_on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._back, self._line, self._on):
            layout.addWidget(part)

    def _hear_number(self, number: int) -> None:
        self.iteration_chosen.emit(number - 1)

    def _hear_back(self) -> None:
        if self._shown > 1:
            self.iteration_chosen.emit(self._shown - 2)

    def _hear_on(self) -> None:
        self.iteration_chosen.emit(self._shown)
