"""A field for one number, typed or stepped, that never takes half-typed nonsense for a value."""

from __future__ import annotations

import math
import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gradgui.errors import UserError
from gradgui.gui.language import Speech
from gradgui.gui.theme import MINUS, Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.text import Text

NOT_A_NUMBER = Text(en="{name}: “{typed}” is not a number yet.", zh="{name}：“{typed}”还不是一个数。")
OUT_OF_RANGE = Text(
    en="{name} goes from {low} to {high}; {typed} is outside.", zh="{name}的范围是 {low} 到 {high}，{typed} 超出了。"
)


class NumberField(QLineEdit):
    """Enter takes the number; arrow keys and the wheel step it; Escape or leaving restores the last good one."""

    value_committed = Signal(object)
    """The new number, once, when it really changed."""
    refused = Signal(object)
    """A UserError saying why the typed words are not taken."""

    def __init__(
        self,
        name: Text,
        value: float,
        speech: Speech,
        theme: Theme,
        *,
        low: float = 0.0,
        high: float = math.inf,
        factor: float = 1.25,
        step: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Up and down multiply and divide by `factor`, or add and take away `step` where one is given."""
        super().__init__(parent)
        self._name, self._speech, self._theme = name, speech, theme
        self._low, self._high, self._factor, self._step = low, high, factor, step
        self._value = value
        self._worded = False
        self.returnPressed.connect(self.commit)
        self.textEdited.connect(self._forgive)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self._show()

    @property
    def value(self) -> float:
        """The last number taken."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a number that changed elsewhere; what is being typed stays."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self._show()

    def show_instead(self, words: Text) -> None:
        """Show words in place of a number, until one is typed."""
        if not (self.hasFocus() and self.isModified()):
            self.setText(self._speech.say(words))
            self.setModified(False)
            self._worded = True

    def commit(self) -> None:
        """Take what is typed, or say kindly why not."""
        try:
            value = self._read()
        except UserError as error:
            mark(self, "refused", True)
            self.setToolTip(error.in_language(self._speech.language))
            self.refused.emit(error)
            return
        self._take(value)

    def step(self, steps: int) -> None:
        """Go up or down from the last good number."""
        value = self._value + steps * self._step if self._step else self._value * self._factor**steps
        self._take(float(f"{min(max(value, self._low), self._high):.3g}"))

    def retranslate(self) -> None:
        """Name the field in the language of now."""
        name = self._speech.say(self._name)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def restyle(self) -> None:
        """Take the size of now: room for seven digits."""
        self.setFont(self._theme.font(Size.BODY))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0000000") + self._theme.px(2 * Space.GAP + Space.TINY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is not None:
            self.step(steps)
        elif event.key() == Qt.Key.Key_Escape:
            self._show()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if self.hasFocus() and turned:
            self.step(1 if turned > 0 else -1)
            event.accept()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.isModified():
            self._leave()
        super().focusOutEvent(event)

    def _leave(self) -> None:
        try:
            value = self._read()
        except UserError:
            self._show()
        else:
            self._take(value)

    def _take(self, value: float) -> None:
        changed = value != self._value or self._worded
        self._value = value
        self._show()
        if changed:
            self.value_committed.emit(value)

    def _show(self) -> None:
        self._worded = False
        self.setText(shown(self._value))
        if not self.hasFocus():
            self.setCursorPosition(0)  # of a number that is too long, its beginning is seen
        self.setModified(False)
        self._forgive()

    def _forgive(self) -> None:
        if self.property("refused") is True:
            mark(self, "refused", False)
            self.retranslate()

    def _read(self) -> float:
        typed = self.text().strip()
        value = parsed(typed)
        name = self._name
        if value is None:
            raise UserError(NOT_A_NUMBER, name=name, typed=typed)
        if not self._low <= value <= self._high:
            raise UserError(OUT_OF_RANGE, name=name, typed=typed, low=shown(self._low), high=shown(self._high))
        return value


def parsed(typed: str) -> float | None:
    """The number a person meant: full-width digits, a decimal comma and a real minus sign count too."""
    plain = unicodedata.normalize("NFKC", typed).replace(MINUS, "-").replace("。", ".").strip()
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in plain else None


def shown(value: float) -> str:
    """The shortest way to write a number that a person would type."""
    words = f"{value:.10f}".rstrip("0").rstrip(".") if 1e-6 <= abs(value) < 1e7 else f"{value:g}"
    return words.replace("-", MINUS).replace("inf", "∞")
