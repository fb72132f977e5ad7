"""The controls of a lesson's step: only what the step needs, each in the words of the lesson."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.lessons.exercises import EXERCISES
from gradgui.gui.lessons.slider import LessonSlider
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.lesson_knobs import Knob, knobs, turned, value
from gradgui.session.lesson_rules import controls
from gradgui.session.lesson_run import LessonRun
from gradgui.text import Text, same

BUTTONS: dict[str, Text] = {
    "command:train_step": Text(en="Train 1 step", zh="训练一步"),
    "command:forward": Text(en="Forward", zh="前向"),
    "command:backward": Text(en="Backward", zh="反向"),
    "command:update": Text(en="Update", zh="更新"),
    "command:reset": Text(en="Same start", zh="回到起点"),
}
RUN = Text(en="Train steps", zh="训练步数")
STEPS = (1, 10, 100, 1000)
CHOICES: dict[str, tuple[Text, tuple[str, ...]]] = {
    "choice:loss": (Text(en="loss", zh="损失"), ("half_mse", "bce")),
    "choice:optimizer": (Text(en="optimiser", zh="优化器"), ("sgd", "momentum", "rmsprop", "adam")),
    "choice:act": (Text(en="activation", zh="激活函数"), ("sigmoid", "tanh", "relu")),
    "choice:reduction": (Text(en="loss of a batch", zh="一批的损失"), ("mean", "sum")),
    "slider:batch_size": (Text(en="batch size", zh="批大小"), ("1", "2", "4")),
}
WORDS = {"mean": Text(en="mean", zh="平均"), "sum": Text(en="sum", zh="求和")}
SHORT = {"choice:loss": "loss", "choice:optimizer": "kind", "choice:act": "act", "choice:reduction": "reduction"}


class SliderRows(QWidget):
    """Sliders below each other, their names in one column."""

    def __init__(
        self, run: LessonRun, wanted: Sequence[Knob], speech: Speech, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._run, self._theme = run, theme
        self._rows: dict[LessonSlider, Knob] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.TINY))
        for knob in wanted:
            slider = LessonSlider(knob.name, knob.low, knob.high, speech, theme, log=knob.log, parent=self)
            slider.moved.connect(self._move)
            slider.released.connect(run.hands.release)
            slider.refused.connect(self._refuse)
            self._rows[slider] = knob
            column.addWidget(slider)
        width = max((slider.names_width() for slider in self._rows), default=0)
        for slider in self._rows:
            slider.use_names_width(width)

    def refresh(self) -> None:
        """Show where the numbers stand."""
        for slider, knob in self._rows.items():
            slider.set_value(value(self._run, knob))

    def _move(self, number: float) -> None:
        slider = self.sender()
        assert isinstance(slider, LessonSlider)
        knob = self._rows[slider]
        self._run.hands.set(turned(self._run, knob, number), key=f"lesson {knob.id}")

    def _refuse(self, error: object) -> None:
        self._run.hands.said.emit(getattr(error, "text", same("")))


class ChoiceRow(QWidget):
    """A name and a list to choose from."""

    def __init__(
        self, run: LessonRun, control: str, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._run, self._control = run, control
        name, ids = CHOICES[control]
        if control == "choice:loss" and run.state is not None and run.state.lesson.ui.loss_choices:
            ids = run.state.lesson.ui.loss_choices
        self._label = SaidLabel(speech, theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.choice = Choice(name, speech, theme, icons, self)
        self.choice.set_choices([(each, _word(each)) for each in ids])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self.choice, 1)
        self.choice.chosen.connect(self._choose)

    def refresh(self) -> None:
        """Show what is in force."""
        experiment = self._run.session.experiment
        if experiment is None:
            return
        first = getattr(experiment.network.layers[0], "activation", "")
        now = {
            "choice:loss": str(type(experiment.loss).__struct_config__.tag),
            "choice:optimizer": str(type(experiment.optimizer).__struct_config__.tag),
            "choice:act": str(first),
            "choice:reduction": experiment.loss.reduction,
            "slider:batch_size": str(experiment.training.batch_size or 4),
        }
        self.choice.choose(now[self._control])

    def _choose(self, chosen: str) -> None:
        if self._control == "slider:batch_size":
            self._run.hands.set({"batch": float(chosen)})
        else:
            self._run.hands.set({SHORT[self._control]: chosen})


class ButtonRow(QWidget):
    """Buttons that run the network."""

    pressed = Signal(object)

    def __init__(
        self, wanted: Sequence[tuple[str, Text]], speech: Speech, theme: Theme, name: Text | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._buttons: list[tuple[QPushButton, Text]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(Space.TINY))
        self._name = name
        if name is not None:
            row.addWidget(SaidLabel(speech, theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self))
        for what, words in wanted:
            button = QPushButton(self)
            button.setObjectName(what)
            mark(button, "tight", True)
            button.clicked.connect(self._hear)
            self._buttons.append((button, words))
            row.addWidget(button, 1)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def refresh(self) -> None:
        """Buttons show no number."""

    def retranslate(self) -> None:
        """Say the buttons in the language of now."""
        for button, words in self._buttons:
            said = self._speech.say(words)
            button.setText(said)
            button.setFont(self._theme.font(Size.BODY))
            name = f"{self._speech.say(self._name)} {said}" if self._name is not None else said
            button.setAccessibleName(name)

    def _hear(self) -> None:
        self.pressed.emit(self.sender().objectName())


class Controls(QWidget):
    """All controls of one step."""

    def __init__(
        self, run: LessonRun, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._run, self._speech, self._theme, self._icons = run, speech, theme, icons
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.SMALL))
        self._refreshers: list[Callable[[], None]] = []
        for widget in self._made():
            column.addWidget(widget)
            self._refreshers.append(widget.refresh)  # type: ignore[attr-defined]
        self.setVisible(bool(self._refreshers))
        self.refresh()

    def refresh(self) -> None:
        """Show the numbers of now."""
        for refresh in self._refreshers:
            refresh()

    def _made(self) -> list[QWidget]:
        state = self._run.state
        assert state is not None
        names = controls(state)
        made: list[QWidget] = []
        wanted = [knob for name in names for knob in knobs(self._run, name)]
        if wanted:
            made.append(SliderRows(self._run, wanted, self._speech, self._theme, self))
        made += [
            ChoiceRow(self._run, name, self._speech, self._theme, self._icons, self)
            for name in names
            if name in CHOICES
        ]
        buttons = [(name, BUTTONS[name]) for name in names if name in BUTTONS]
        if buttons:
            row = ButtonRow(buttons, self._speech, self._theme, parent=self)
            row.pressed.connect(self._press)
            made.append(row)
        if "command:run" in names or "race" in names:
            steps = [(f"train {count}", same(str(count))) for count in STEPS]
            row = ButtonRow(steps, self._speech, self._theme, RUN, parent=self)
            row.pressed.connect(self._press)
            made.append(row)
        made += [make(self._run, self._speech, self._theme, self) for name, make in EXERCISES.items() if name in names]
        return made

    def _press(self, what: str) -> None:
        hands = self._run.hands
        kind, _, rest = what.partition(" ")
        if kind == "train":
            hands.train(int(rest))
        elif what == "command:train_step":
            hands.train(1)
        elif what == "command:reset":
            self._run.session.reset()
        elif what == "command:forward":
            hands.go("forward")
        elif what == "command:backward":
            hands.go("backward")
        else:
            hands.go("update")


def _word(kind: str) -> Text:
    for family in (loss_kinds(), optimizer_kinds(), activation_kinds()):
        if kind in family:
            return family[kind].name
    return WORDS.get(kind, same(kind))
