"""The rule of learning as a form: activation, optimiser and its options, rate, penalties, loss, batches, seed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.document import edits
from gradgui.document.experiment import Experiment
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme
from gradgui.gui.training import words
from gradgui.gui.training.wishes import Wish
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.log_slider import LogSlider
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.rows import Rows
from gradgui.gui.widgets.spec_form import CHOICES, SpecForm
from gradgui.text import Text

SMALLEST_RATE, LARGEST_RATE = 1e-5, 10.0
"""Ends of the slider; any rate can be typed."""
PENALTIES = ("l1", "l2", "clip_norm", "clip_value")
BATCHES = ("batch_size", "shuffle")
MIXED = "mixed"
MOST_SEEDS = 2**31 - 1


class RuleForm(QWidget):
    """Wishes for edits and shows what the document says."""

    wished = Signal(object)
    gesture_ended = Signal()
    seed_chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self.activation = self._choice(words.ACTIVATION)
        self.optimizer = self._choice(words.OPTIMIZER)
        self.schedule_kind = self._choice(words.SCHEDULE)
        self.loss = self._choice(words.LOSS)
        self.rate_slider = LogSlider(words.RATE, SMALLEST_RATE, LARGEST_RATE, speech, self)
        self.rate = NumberField(words.RATE, 0.1, speech, theme, high=1e9, parent=self)
        self.optimizer_options = self._form(("learning_rate",))
        self.schedule = self._form(("kind",))
        self.penalties = self._form((*BATCHES, "seed", "schedule"))
        self.loss_options = self._form(())
        self.batches = self._form((*PENALTIES, "seed", "schedule"))
        self.seed = NumberField(words.SEED, 1, speech, theme, high=MOST_SEEDS, step=1, parent=self)
        self._build()
        self._fill()
        self._connect()
        theme.changed.connect(self.restyle)
        self.restyle()

    @Slot(object)
    def show_document(self, experiment: Experiment) -> None:
        """Show what is in force; what is being typed stays."""
        optimizer, training = experiment.optimizer, experiment.training
        kinds = {str(getattr(layer, "activation", "")) for layer in experiment.network.layers[:-1]} - {""}
        self.activation.setEnabled(bool(kinds))
        self.activation.choose(kinds.pop() if len(kinds) == 1 else MIXED)
        self.optimizer.choose(_tag(optimizer))
        self.loss.choose(_tag(experiment.loss))
        self.rate.set_value(optimizer.learning_rate)
        if not self.rate_slider.isSliderDown():
            self.rate_slider.show_value(optimizer.learning_rate)
        self.optimizer_options.show_spec(optimizer)
        self.loss_options.show_spec(experiment.loss)
        self.schedule_kind.choose(training.schedule.kind)
        self.schedule.show_spec(training.schedule, words.USED[training.schedule.kind])
        self.penalties.show_spec(training)
        self.batches.show_spec(training)
        self.seed.set_value(training.seed)

    def restyle(self) -> None:
        """Take the distances of now."""
        self._column.setSpacing(self._theme.px(Space.TINY))

    # --- inside

    def _choice(self, name: Text) -> Choice:
        return Choice(name, self._speech, self._theme, self._icons, self)

    def _form(self, skip: tuple[str, ...]) -> SpecForm:
        form = SpecForm(self._speech, self._theme, self._icons, skip, self)
        form.refused.connect(self.refused)
        return form

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        rule = self._rows(words.RULE)
        rule.add(words.ACTIVATION, self.activation)
        rule.add(words.OPTIMIZER, self.optimizer)
        rule.add(words.RATE, self.rate_slider, self.rate)
        self._column.addWidget(self.optimizer_options)
        self._rows().add(words.SCHEDULE, self.schedule_kind)
        self._column.addWidget(self.schedule)
        self._rows(words.AGAINST)
        self._column.addWidget(self.penalties)
        self._rows(words.LOSS_HEAD).add(words.LOSS, self.loss)
        self._column.addWidget(self.loss_options)
        self._rows(words.BATCHES)
        self._column.addWidget(self.batches)
        self._rows().add(words.SEED, self.seed)

    def _rows(self, heading: Text | None = None) -> Rows:
        rows = Rows(self._speech, self._theme, self)
        if heading is not None:
            rows.heading(heading)
        self._column.addWidget(rows)
        return rows

    def _fill(self) -> None:
        self.activation.set_choices(
            [(MIXED, words.MIXED), *((name, kind.name) for name, kind in activation_kinds().items())]
        )
        self.optimizer.set_choices([(name, kind.name) for name, kind in optimizer_kinds().items()])
        self.loss.set_choices([(name, kind.name) for name, kind in loss_kinds().items()])
        self.schedule_kind.set_choices([(name, CHOICES[name]) for name in words.USED])

    def _connect(self) -> None:
        self.activation.chosen.connect(self._take_activation)
        self.optimizer.chosen.connect(self._take_optimizer)
        self.loss.chosen.connect(self._take_loss)
        self.schedule_kind.chosen.connect(self._take_schedule)
        self.rate_slider.value_chosen.connect(self._slide_rate)
        self.rate_slider.let_go.connect(self.gesture_ended)
        self.rate.value_committed.connect(self._take_rate)
        self.rate.refused.connect(self.refused)
        self.optimizer_options.option_changed.connect(self._take_optimizer_option)
        self.loss_options.option_changed.connect(self._take_loss_option)
        self.schedule.option_changed.connect(self._take_schedule_option)
        for form in (self.penalties, self.batches):
            form.option_changed.connect(self._take_training)
        self.seed.value_committed.connect(self._take_seed)
        self.seed.refused.connect(self.refused)

    @Slot(object)
    def _take_activation(self, kind: str) -> None:
        if kind != MIXED:
            self.wished.emit(Wish(edits.set_hidden_activations, (kind,)))

    @Slot(object)
    def _take_optimizer(self, kind: str) -> None:
        self.wished.emit(Wish(edits.set_optimizer, (kind,)))

    @Slot(object, object)
    def _take_optimizer_option(self, name: str, value: object) -> None:
        self.wished.emit(Wish(edits.set_optimizer, (self.optimizer.choice,), {name: value}, ("optimizer", name)))

    @Slot(object)
    def _take_loss(self, kind: str) -> None:
        self.wished.emit(Wish(edits.set_loss, (kind,)))

    @Slot(object, object)
    def _take_loss_option(self, name: str, value: object) -> None:
        self.wished.emit(Wish(edits.set_loss, (self.loss.choice,), {name: value}, ("loss", name)))

    @Slot(object)
    def _take_schedule(self, kind: str) -> None:
        self.wished.emit(Wish(edits.set_schedule, (), {"kind": kind}))

    @Slot(object, object)
    def _take_schedule_option(self, name: str, value: object) -> None:
        self.wished.emit(Wish(edits.set_schedule, (), {name: value}, ("schedule", name)))

    @Slot(object, object)
    def _take_training(self, name: str, value: object) -> None:
        self.wished.emit(Wish(edits.set_training, (), {name: value}, ("training", name)))

    @Slot(object)
    def _slide_rate(self, rate: float) -> None:
        self.wished.emit(Wish(edits.set_learning_rate, (rate,), {}, "slide rate"))
        if not self.rate_slider.isSliderDown():
            self.gesture_ended.emit()

    @Slot(object)
    def _take_rate(self, rate: float) -> None:
        self.wished.emit(Wish(edits.set_learning_rate, (rate,)))

    @Slot(object)
    def _take_seed(self, seed: float) -> None:
        self.seed_chosen.emit(round(seed))


def _tag(spec: object) -> str:
    return str(type(spec).__struct_config__.tag)  # type: ignore[attr-defined]
