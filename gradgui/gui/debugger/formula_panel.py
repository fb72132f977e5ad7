"""The middle of the debugger: a question in words, its formula, and the same with the real numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradgui.gui.debugger.formulas import FormulaView, formula
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.formula import FormulaLabel, Typesetter
from gradgui.session.snapshot import Phase, Snapshot
from gradgui.text import Text

_NAME = Text(en="Formula of the current event", zh="当前事件的公式")


class FormulaPanel(QWidget):
    """Shows what the current event computes; larger formulas shrink first and scroll last."""

    def __init__(self, speech: Speech, theme: Theme, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._snapshot: Snapshot | None = None
        self._view: FormulaView | None = None
        self._neuron: tuple[int, int] | None = None
        self._question, self._scroll = QLabel(self), QScrollArea(self)
        self._rule = FormulaLabel(typesetter, theme, self)
        self._numbers = FormulaLabel(typesetter, theme, self)
        self._build()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the formula of the event that ran last."""
        self._snapshot = snapshot
        self._view = formula(snapshot, self._unit(snapshot))
        self._refresh()

    def look_at(self, layer: int, unit: int) -> None:
        """From now on fill in this neuron's numbers whenever its layer is asked."""
        self._neuron = (layer, unit)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        if self._view is not None:
            self._question.setText(self._speech.say(self._view.question))

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self._question.setFont(self._theme.font(Size.BODY))
        self._question.setStyleSheet(f"color: {self._theme.palette.muted};")
        small, edge = self._theme.px(Space.SMALL), self._theme.px(Space.WIDE)
        self._layout.setContentsMargins(edge, self._theme.px(Space.GAP), edge, 0)
        self._formulas.setContentsMargins(0, small, 0, small)
        self._formulas.setSpacing(self._theme.px(Space.GAP))
        self._refresh()

    def _build(self) -> None:
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._question.setWordWrap(True)
        inside = QWidget(self)
        self._formulas = QVBoxLayout(inside)
        self._formulas.addStretch(2)
        self._formulas.addWidget(self._rule)
        self._formulas.addWidget(self._numbers)
        self._formulas.addStretch(3)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._question)
        self._layout.addWidget(self._scroll, 1)

    def _unit(self, snapshot: Snapshot) -> int | None:
        """The neuron the user picked, where it belongs to the current layer."""
        event = snapshot.current
        if event is None or self._neuron is None or self._neuron[0] != event.layer:
            return None
        return self._neuron[1]

    def _refresh(self) -> None:
        if self._view is None:
            return
        self.retranslate()
        rule, numbers = self._view.plain, self._view.plain
        self._rule.show_formula(self._view.latex, self._theme.palette.ink, rule)
        self._numbers.show_formula(self._view.numbers, self._number_colour(self._view), numbers)

    def _number_colour(self, view: FormulaView) -> str:
        """Gradients in their colour; the new parameters green; values of the way forward in ink."""
        if view.gradient is not None:
            return self._theme.gradient_colour(view.gradient)
        event = self._snapshot.current if self._snapshot is not None else None
        updated = event is not None and event.phase is Phase.UPDATE
        return self._theme.palette.done if updated else self._theme.palette.ink
