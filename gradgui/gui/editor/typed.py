"""A small field that opens on the network itself, to type a weight, a bias or a number of units."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gradgui.errors import UserError
from gradgui.gui.editor.details import EdgeHit, NodeHit
from gradgui.gui.editor.handles import CountHit
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.wishes import MOST_UNITS, Wish, set_units, set_value
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme
from gradgui.gui.widgets.naming import bias_name, weight_name
from gradgui.gui.widgets.number_field import NumberField
from gradgui.text import Text, same

UNITS = Text(en="units", zh="神经元数")
LARGEST = 1e9


class _Field(NumberField):
    """Enter takes the number and closes; Escape closes."""

    closed = Signal()

    def fit(self) -> None:
        """Show all digits and the sign of what is in it."""
        self.adjustSize()
        words = self.fontMetrics().horizontalAdvance(self.text())
        self.setFixedWidth(max(self.width(), words + self._theme.px(2 * Space.GAP + Space.TINY)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the network below: there, Enter would open the field once more."""
        super().keyPressEvent(event)
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.closed.emit()


class Typing(QObject):
    """Opens the field, one at a time, and turns what is typed into a wish."""

    wished = Signal(object)
    refused = Signal(object, object)
    """A UserError, and the thing it is about."""
    closed = Signal()

    def __init__(self, over: QWidget, sight: Sight, speech: Speech, theme: Theme) -> None:
        super().__init__(over)
        self._over, self._sight, self._speech, self._theme = over, sight, speech, theme
        self._hit: EdgeHit | NodeHit | CountHit | None = None
        self.field: NumberField | None = None

    def open(self, hit: EdgeHit | NodeHit | CountHit, place: QPoint) -> None:
        """Put the field at that place of the view, with the number of now in it."""
        self.close()
        value = self._value(hit)
        if value is None:
            return
        self._hit = hit
        self.field = field = self._made(hit, value)
        corner = place - field.rect().center()
        room = self._over.rect().adjusted(2, 2, -2, -2)
        x = min(max(corner.x(), room.left()), max(room.right() - field.width(), room.left()))
        y = min(max(corner.y(), room.top()), max(room.bottom() - field.height(), room.top()))
        field.move(x, y)
        field.show()
        field.setFocus()
        field.selectAll()

    @Slot()
    def close(self) -> None:
        """Put the field away."""
        field, self.field = self.field, None
        if field is not None:
            field.hide()
            field.deleteLater()
            self.closed.emit()

    def _value(self, hit: EdgeHit | NodeHit | CountHit) -> float | None:
        if not isinstance(hit, CountHit):
            return self._sight.value(hit)
        return self._sight.count(hit.layer)

    def _made(self, hit: EdgeHit | NodeHit | CountHit, value: float) -> _Field:
        count = isinstance(hit, CountHit)
        low, high = (1.0, float(MOST_UNITS)) if count else (-LARGEST, LARGEST)
        field = _Field(
            self._name(hit), float(f"{value:.6g}"), self._speech, self._theme,
            low=low, high=high, step=1.0 if count else 0.1, parent=self._over,
        )  # fmt: skip
        field.fit()
        field.value_committed.connect(self._take)
        field.refused.connect(self._refuse)
        field.returnPressed.connect(self._done)
        field.closed.connect(self.close)
        return field

    def _name(self, hit: EdgeHit | NodeHit | CountHit) -> Text:
        info = self._sight.info(hit.layer)
        if isinstance(hit, CountHit) or info is None:
            return UNITS
        if isinstance(hit, EdgeHit):
            return same(weight_name(hit.layer, hit.unit, hit.source, info))
        return same(bias_name(hit.layer, self._sight.owner(hit).unit, info))

    @Slot(object)
    def _take(self, value: float) -> None:
        wish = self._wish(value)
        if wish is not None:
            self.wished.emit(wish)

    def _wish(self, value: float) -> Wish | None:
        if self._hit is None:
            return None
        if isinstance(self._hit, CountHit):
            return set_units(self._hit.layer, round(value))
        return set_value(self._sight.owner(self._hit), value)

    @Slot(object)
    def _refuse(self, error: UserError) -> None:
        self.refused.emit(error, self._hit)

    @Slot()
    def _done(self) -> None:
        if self.field is not None and self.field.property("refused") is not True:
            self.close()
