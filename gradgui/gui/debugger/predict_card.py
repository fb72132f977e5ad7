"""Predict first: a question about the next number, with buttons for its sign or size and a field for its value."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.gui.debugger.figures import gradient, parameter, quantity
from gradgui.gui.debugger.names import event_meaning, tidy
from gradgui.gui.language import Speech
from gradgui.gui.theme import DOWN, UP, Size, Space, Theme
from gradgui.gui.widgets import naming
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.notebook import Notebook
from gradgui.session.predictions import Answer, Guess, Outcome, Question
from gradgui.session.snapshot import EventKind, LayerInfo, Snapshot
from gradgui.text import Text, same

_QUESTION = Text(en="What will come out: {what}?", zh="会得出什么：{what}？")
_PART = Text(en="{meaning}, {name}", zh="{meaning}，{name}")
_VALUE = Text(en="Your number", zh="你猜的数")
_TAKE = Text(en="That is my number", zh="就是这个数")
_SIZE = Text(en="In size, against {before}:", zh="大小与 {before} 相比：")
_GUESSES = {
    Guess.POSITIVE: Text(en="positive", zh="正"),
    Guess.NEGATIVE: Text(en="negative", zh="负"),
    Guess.ZERO: Text(en="exactly 0", zh="正好是 0"),
    Guess.LARGER: Text(en="larger", zh="更大"),
    Guess.SMALLER: Text(en="smaller", zh="更小"),
}
_GLYPHS = {Guess.POSITIVE: DOWN, Guess.NEGATIVE: UP}
_RIGHT = Text(
    en="Right: {name} = {truth}. You said {said}.  {score}", zh="答对了：{name} = {truth}。你说的是{said}。{score}"
)
_WRONG = Text(
    en="Not this time: {name} = {truth}. You said {said}.  {score}",
    zh="这次不对：{name} = {truth}。你说的是{said}。{score}",
)
_SCORE = Text(en="{right} of {count} right", zh="共 {count} 次，对 {right} 次")
_LETTERS = {
    EventKind.LINEAR: "z", EventKind.ACTIVATION: "a", EventKind.D_OUTPUT: "∂L/∂a", EventKind.D_PREACTIVATION: "∂L/∂z",
    EventKind.D_INPUT: "∂L/∂x",
}  # fmt: skip


class PredictCard(QWidget):
    """Emits one answer; the step that follows tells whether it was right."""

    answered = Signal(object)
    """An Answer."""

    def __init__(self, speech: Speech, theme: Theme, notebook: Notebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._notebook = speech, theme, notebook
        self._snapshot: Snapshot | None = None
        self._question = SaidLabel(speech, theme, size=Size.LARGE, bold=True, parent=self)
        self._size = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._buttons = {guess: QPushButton(self) for guess in Guess}
        self.field = NumberField(_VALUE, 0.0, speech, theme, low=-1e12, high=1e12, parent=self)
        self._take = QPushButton(self)
        self._score = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._lay_out()
        for button in self._buttons.values():
            button.clicked.connect(self._hear)
        self._take.clicked.connect(self._hear_number)
        self.field.returnPressed.connect(self._hear_number)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def ask(self, snapshot: Snapshot, question: Question) -> None:
        """Put a question."""
        self._snapshot = snapshot
        meaning = event_meaning(snapshot, question.event)
        name = number_name(snapshot, question)
        many = snapshot.network.layers[question.event.layer].units > 1 or question.column is not None
        self._question.say(tidy(_QUESTION.filled(what=_PART.filled(meaning=meaning, name=name) if many else meaning)))
        sized = question.before is not None
        self._size.setVisible(sized)
        for guess in (Guess.LARGER, Guess.SMALLER):
            self._buttons[guess].setVisible(sized)
        if question.before is not None:
            self._size.say(_SIZE, before=quantity(question.before))
        self._score.say(_SCORE, right=self._notebook.right, count=self._notebook.answered)
        self._score.setVisible(self._notebook.answered > 0)
        self.retranslate()
        self.field.clear()
        self.field.setFocus()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        question = self._notebook.question
        signed = question is not None and question.about_gradient
        for guess, button in self._buttons.items():
            glyph = f"{_GLYPHS[guess]} " if signed and guess in _GLYPHS else ""
            button.setText(glyph + self._speech.say(_GUESSES[guess]))
        self._take.setText(self._speech.say(_TAKE))

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        for row in self._rows:
            row.setSpacing(px(Space.SMALL))
        self._column.setSpacing(px(6))
        for button in (*self._buttons.values(), self._take):
            button.setFont(self._theme.font(Size.BODY))
            button.setStyleSheet(f"min-height: {px(26)}px; padding: 0 {px(12)}px; border-radius: {px(8)}px;")

    def _lay_out(self) -> None:
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._question.setWordWrap(True)
        self._score.setAlignment(Qt.AlignmentFlag.AlignCenter)
        signs, sizes, value = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._rows = (signs, sizes, value)
        groups: tuple[tuple[QHBoxLayout, list[QWidget]], ...] = (
            (signs, [self._buttons[g] for g in (Guess.POSITIVE, Guess.NEGATIVE, Guess.ZERO)]),
            (sizes, [self._size, self._buttons[Guess.LARGER], self._buttons[Guess.SMALLER]]),
            (value, [self.field, self._take]),
        )
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._question)
        for row, widgets in groups:
            row.addStretch(1)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
            self._column.addLayout(row)
        self._column.addWidget(self._score)
        self._column.addStretch(1)

    def _hear(self) -> None:
        pressed = self.sender()
        guess = next(guess for guess, button in self._buttons.items() if button is pressed)
        self.answered.emit(Answer(guess=guess))

    def _hear_number(self) -> None:
        if self.field.text().strip():
            self.field.commit()
            if self.field.property("refused") is not True:
                self.answered.emit(Answer(value=self.field.value))


def number_name(snapshot: Snapshot, question: Question) -> str:
    """What the number is called: ∂L/∂b3, z1[0], W2 after its update."""
    event = question.event
    info, layer = snapshot.network.layers[event.layer], event.layer
    if event.kind is EventKind.LOSS:
        return "L"
    name = _parameter_name(question, layer, info)
    if event.kind in (EventKind.D_WEIGHT, EventKind.D_BIAS):
        return f"∂L/∂{name}"
    if event.kind is EventKind.UPDATE:
        return name
    count = info.inputs if event.kind is EventKind.D_INPUT else info.units
    index = f"[{question.unit}]" if count > 1 else ""
    return f"{_LETTERS[event.kind]}{layer + 1}{index}"


def _parameter_name(question: Question, layer: int, info: LayerInfo) -> str:
    if question.column is None:
        return naming.bias_name(layer, question.unit, info)
    return naming.weight_name(layer, question.unit, question.column, info)


def told(snapshot: Snapshot, outcome: Outcome, right: int, count: int) -> Text:
    """Whether the prediction was right, what came out, and the score so far."""
    question, answer = outcome.question, outcome.answer
    if question.event.kind is EventKind.UPDATE:
        truth = parameter(outcome.truth)
    else:
        truth = gradient(outcome.truth) if question.about_gradient else quantity(outcome.truth)
    said_words = same(quantity(answer.value)) if answer.value is not None else _GUESSES[answer.guess or Guess.ZERO]
    score = _SCORE.filled(right=right, count=count)
    words = _RIGHT if outcome.right else _WRONG
    return words.filled(name=number_name(snapshot, question), truth=truth, said=said_words, score=score)
