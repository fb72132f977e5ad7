"""A typed formula, with what is wrong with it said right below."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from gradgui.errors import UserError
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

_PATIENCE_MS = 350
HELP = Text(
    en="x1 and x2, numbers, + − * / **, sin, cos, exp, sqrt, abs, …",
    zh="可用 x1、x2、数字、+ − * / **、sin、cos、exp、sqrt、abs 等。",
)


class _Line(QLineEdit):
    """Escape gives back what is in force."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class FormulaRow(QWidget):
    """Taken over a moment after the last key, or at once with Enter."""

    value_changed = Signal(object)
    gesture_ended = Signal()

    def __init__(self, name: Text, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._speech, self._theme = name, speech, theme
        self._value = ""
        self._label = SaidLabel(speech, theme, name, size=Size.BODY, parent=self)
        self._line = _Line(self)
        self._below = SaidLabel(speech, theme, HELP, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._below.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._label, 0, 0)
        self._grid.addWidget(self._line, 0, 1)
        self._grid.addWidget(self._below, 1, 1)
        self._grid.setColumnStretch(1, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._wait.timeout.connect(self._tell)
        self._line.textEdited.connect(self._hear)
        self._line.editingFinished.connect(self._finish)
        self._line.escaped.connect(self._restore)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def line(self) -> QLineEdit:
        """Where the formula is typed."""
        return self._line

    @property
    def said(self) -> str:
        """What stands below: help, or what is wrong."""
        return self._below.text()

    def set_value(self, value: object) -> None:
        """Show the formula in force; what is being typed stays."""
        self._value = str(value)
        if not self._line.hasFocus():
            self._restore()
        elif self._line.text() == self._value:
            self._forgive()

    def refuse(self, error: UserError) -> None:
        """Say below why this formula cannot be; the one in force stays in force."""
        mark(self._line, "refused", True)
        self._below.say(_without_place(error.text))
        self._below.set_tone(Tone.PLAIN)

    def retranslate(self) -> None:
        """Name the field in the language of now."""
        self._line.setAccessibleName(self._speech.say(self._name))
        self._line.setToolTip(self._speech.say(HELP))

    def restyle(self) -> None:
        """Take the sizes of now."""
        self._line.setFont(self._theme.font(Size.BODY))
        self._grid.setHorizontalSpacing(self._theme.px(Space.SMALL))
        self._grid.setVerticalSpacing(self._theme.px(2))

    def _hear(self) -> None:
        self._wait.start()

    def _tell(self) -> None:
        if self._line.text() != self._value:
            self.value_changed.emit(self._line.text())
        else:
            self._forgive()

    def _finish(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._tell()
        self.gesture_ended.emit()

    def _restore(self) -> None:
        self._wait.stop()
        self._line.setText(self._value)
        self._forgive()

    def _forgive(self) -> None:
        mark(self._line, "refused", False)
        self._below.say(HELP)
        self._below.set_tone(Tone.MUTED)


def _without_place(text: Text) -> Text:
    """The place is where the sentence stands."""
    return Text(en=text.en.removeprefix("data.expression: "), zh=text.zh.removeprefix("data.expression："))
