"""The middle of the debugger: a question in words, its formula, and the same with the real numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradgui.gui.debugger.formulas import FormulaView, formula
from gradgui.gui.debugger.term_rows import TermRows
from gradgui.gui.debugger.values import GRADIENTS, look_at
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.appearing import paint_with_the_rest
from gradgui.gui.widgets.formula import FormulaLabel, Typesetter
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.snapshot import EventKind, EventName, Phase, Snapshot
from gradgui.session.terms import Quantity, Source, Term, terms, units_of
from gradgui.text import Text

_NAME = Text(en="Formula of the current event", zh="当前事件的公式")
_NEURON = Text(en="neuron {n} of {count}", zh="第 {n} 个神经元，共 {count} 个")
_INPUT = Text(en="input {n} of {count}", zh="第 {n} 个输入，共 {count} 个")
_PRODUCT = Text(en="{place} · product {n} of {count}", zh="{place} · 第 {n} 个乘积，共 {count} 个")
_SHARE = Text(en="{place} · share of sample {n} of {count}", zh="{place} · 第 {n} 个样本的一份，共 {count} 个样本")
_WHY_NOT = Text(en="{place} · {why}", zh="{place} · {why}")
_ALONE = Text(en="no products here: one number becomes another", zh="这里没有乘积：一个数直接变成另一个数")
_ALL_TOGETHER = Text(en="no single products: all numbers take part", zh="没有单个乘积：所有的数都参与")
_MELTED = Text(en="no products: loss and activation melt into one", zh="没有乘积：损失和激活合成了一步")
_NO_PRODUCTS = {
    EventKind.ACTIVATION: _ALONE, EventKind.LOSS: _ALL_TOGETHER, EventKind.D_OUTPUT: _ALONE, EventKind.UPDATE: _ALONE,
    EventKind.D_PREACTIVATION: _MELTED, EventKind.D_INPUT: _ALL_TOGETHER, EventKind.NORMALIZE: _ALL_TOGETHER,
    EventKind.JOIN: _ALONE, EventKind.DROPOUT: _ALONE, EventKind.FORMULA: _ALL_TOGETHER,
}  # fmt: skip
_FORMULA_HEIGHT = 56
"""Pixels that the question leaves for its formula."""
_SHARED = frozenset({EventKind.D_WEIGHT, EventKind.D_BIAS})
"""Events that add up the batch: products are those of one sample."""
_MEETING = frozenset({EventKind.D_INPUT, EventKind.LINEAR, EventKind.POOL})
"""Events whose paths are written out one by one even where nobody looks inside."""


class FormulaPanel(QWidget):
    """Shows what the current event computes; larger formulas shrink first and scroll last."""

    source_pointed = Signal(object)
    """Where the factor under the pointer comes from; None when the pointer leaves."""

    def __init__(self, speech: Speech, theme: Theme, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._snapshot: Snapshot | None = None
        self._view: FormulaView | None = None
        self._chosen: tuple[int, int, int | None] | None = None
        self._in_sight, self._needs_rule, self._has_numbers = QRectF(), True, True
        self._question, self._scroll = QLabel(self), QScrollArea(self)
        self._rule = FormulaLabel(typesetter, theme, self)
        self._numbers = FormulaLabel(typesetter, theme, self)
        self._place = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.CURRENT, parent=self)
        self._rows = TermRows(speech, theme, self)
        self._rows.pointed.connect(self.source_pointed)
        for label in (self._rule, self._numbers):
            label.drawn.connect(self._fit_rows)
        self._build()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the formula of the event that ran last."""
        self._snapshot = snapshot
        self._view = formula(snapshot, self._unit(snapshot), self._column(snapshot))
        self._show_inside(snapshot)
        self._refresh()

    def formulas_of(self, snapshot: Snapshot) -> tuple[str, ...]:
        """What would have to be typeset to show that moment."""
        view = formula(snapshot, self._unit(snapshot), self._column(snapshot))
        return view.latex, view.numbers

    def look_at(self, layer: int, unit: int, column: int | None = None) -> None:
        """From now on fill in this neuron's numbers, and this input's of it, whenever its layer is asked."""
        self._chosen = (layer, unit, column)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def light(self, source: Source | None) -> None:
        """Mark the factors that come from this place of the network."""
        self._rows.light(source)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        if self._view is not None:
            self._question.setText(self._speech.say(self._view.question))
            self._make_room()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self._question.setFont(self._theme.font(Size.BODY))
        self._question.setStyleSheet(f"color: {self._theme.palette.muted};")
        tiny, edge = self._theme.px(Space.TINY), self._theme.px(Space.SMALL)
        self._make_room()
        self._layout.setContentsMargins(edge, self._theme.px(Space.GAP), edge, 0)
        self._formulas.setContentsMargins(0, tiny, 0, tiny)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The formula matters more than the question above it."""
        super().resizeEvent(event)
        self._make_room()
        self._fit_rows()

    def _make_room(self) -> None:
        """Leave the question out where it could not be read whole, or nothing of the formula would be left."""
        margins = self._layout.contentsMargins()
        needed = self._question.heightForWidth(self.width() - margins.left() - margins.right())
        self._question.setVisible(self.height() >= margins.top() + needed + self._theme.px(_FORMULA_HEIGHT))

    def _build(self) -> None:
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._question.setWordWrap(True)
        inside = QWidget(self)
        self._formulas = QVBoxLayout(inside)
        self._formulas.addStretch(2)
        self._formulas.addWidget(self._rule)
        self._formulas.addWidget(self._numbers)
        self._formulas.addWidget(self._rows)
        self._formulas.addStretch(3)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(self._question)
        self._layout.addWidget(self._place)
        self._layout.addWidget(self._scroll, 1)

    def _unit(self, snapshot: Snapshot) -> int | None:
        """The neuron the user picked, where it belongs to the current layer."""
        event = snapshot.current
        if snapshot.detail is not None and event is not None and event.kind is not EventKind.D_INPUT:
            return snapshot.detail.unit
        if event is None or self._chosen is None or self._chosen[0] != event.layer:
            return None
        return self._chosen[1]

    def _column(self, snapshot: Snapshot) -> int | None:
        """The input that the place inside the event is about."""
        event, detail = snapshot.current, snapshot.detail
        if event is None:
            return None
        dense = snapshot.network.layers[event.layer].kind == "dense"
        if detail is None:
            here = self._chosen is not None and self._chosen[0] == event.layer and dense
            return self._chosen[2] if self._chosen is not None and here else None
        if event.kind is EventKind.D_INPUT:
            return detail.unit
        whole = event.kind is EventKind.D_WEIGHT and not dense
        return None if whole else detail.product

    def _show_inside(self, snapshot: Snapshot) -> None:
        """The products behind the number: all of them where paths meet, up to the current one at product level."""
        event, detail = snapshot.current, snapshot.detail
        found: tuple[Term, ...] = ()
        if event is not None:
            unit = detail.unit if detail is not None else self._looked_at(snapshot, event)
            found = terms(snapshot, event, unit)
        meets = event is not None and event.kind in _MEETING and len(found) > 1
        many = event is not None and event.kind is EventKind.LINEAR and len(found) <= 2 and detail is None
        if event is None or (detail is None and (not meets or many)):
            found = ()
        product = None if detail is None else detail.product
        signed = event is not None and event.kind in GRADIENTS
        summed = any(term.running != term.value for term in found)
        self._rows.show_terms(snapshot.network, found, product, signed, summed)
        spelt_out = any(factor.source.quantity is Quantity.SPREAD for term in found for factor in term.factors)
        self._needs_rule = not found or detail is None or spelt_out
        self._has_numbers = not found or product is None
        self._say_place(snapshot, len(found))
        current = self._rows.row_of_current()
        if current is not None:
            self._rows.updateGeometry()
            self._in_sight = current
            QTimer.singleShot(0, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Scroll to the current product, once the rows have their places."""
        middle = round(self._rows.y() + self._in_sight.center().y())
        self._scroll.ensureVisible(0, middle, 0, round(self._in_sight.height()))

    def _looked_at(self, snapshot: Snapshot, event: EventName) -> int:
        focus = look_at(snapshot, event, self._unit(snapshot))
        return focus.input if event.kind is EventKind.D_INPUT else focus.unit

    def _say_place(self, snapshot: Snapshot, products: int) -> None:
        event, detail = snapshot.current, snapshot.detail
        self._place.setVisible(event is not None and detail is not None)
        if event is None or detail is None:
            return
        units = units_of(snapshot, event)
        what = _INPUT if event.kind is EventKind.D_INPUT else _NEURON
        place = what.filled(n=detail.unit + 1, count=units)
        if not products and event.kind in _NO_PRODUCTS:
            place = _WHY_NOT.filled(place=place, why=_NO_PRODUCTS[event.kind])
        if detail.product is not None and products:
            place = _PRODUCT.filled(place=place, n=detail.product + 1, count=products)
        if products and event.kind in _SHARED and len(snapshot.x) > 1:
            sample = min(max(snapshot.sample, 0), len(snapshot.x) - 1)
            place = _SHARE.filled(place=place, n=sample + 1, count=len(snapshot.x))
        self._place.say(place)

    def _refresh(self) -> None:
        if self._view is None:
            return
        self.retranslate()
        rule, numbers = self._view.plain, self._view.plain
        self._rule.show_formula(self._view.latex, self._theme.palette.ink, rule)
        self._numbers.show_formula(self._view.numbers, self._number_colour(self._view), numbers)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """The rows stay; the rule stands above them where there is room, and so does their sum in one line."""
        spacing = self._theme.px(Space.SMALL if self._rows.words else Space.GAP)
        self._formulas.setSpacing(spacing)
        self._layout.activate()  # the question and the place may have come or gone
        room = self._scroll.viewport().height() - 2 * self._theme.px(Space.TINY)
        rule, numbers = (part.minimumSizeHint().height() + spacing for part in (self._rule, self._numbers))
        self._rows.fit(room - rule if self._needs_rule else room)
        rows = self._rows.minimumSizeHint().height()
        self._rule.setVisible(self._needs_rule or rule + rows <= room)
        self._numbers.setVisible(self._has_numbers and (rule + numbers + rows <= room or not self._rows.words))
        self._formulas.activate()  # each has its place before the next picture, which would be painted twice
        paint_with_the_rest(self._rule, self._numbers, self._rows)

    def _number_colour(self, view: FormulaView) -> str:
        """Gradients in their colour; the new parameters green; values of the way forward in ink."""
        if view.gradient is not None:
            return self._theme.gradient_colour(view.gradient)
        event = self._snapshot.current if self._snapshot is not None else None
        updated = event is not None and event.phase is Phase.UPDATE
        return self._theme.palette.done if updated else self._theme.palette.ink
