"""What a step of a lesson says and asks: predict, observe, explain; or something to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.lessons.controls import Controls
from gradgui.gui.lessons.option_card import Mark, OptionCard
from gradgui.gui.lessons.prose import NO_BREAK, Prose
from gradgui.gui.lessons.ticks import TickList
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.naming import arrow, short
from gradgui.gui.widgets.said_label import Tone
from gradgui.lessons.lesson import Do, Predict
from gradgui.lessons.questions import pulls
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage, StepState
from gradgui.text import Text

KICKERS = {
    Stage.ASKING: Text(en="Predict first", zh="先猜一猜"),
    Stage.REVEALING: Text(en="Watch", zh="请看"),
    Stage.EXPLAINING: Text(en="What do you see? Choose again", zh="看到了什么？再选一次"),
    Stage.DOING: Text(en="Your turn", zh="动手试试"),
}
DONE_QUESTION = Text(en="That is it", zh="就是这样")
DONE_TASK = Text(en="Done", zh="完成了")
LOCK = Text(en="This is my answer", zh="就选这个")
AGAIN = Text(en="Then it is this one", zh="那就是这个")
HINT = Text(en="A hint, please", zh="给点提示")
HINT_SAYS = Text(en="Hint: {hint}", zh="提示：{hint}")


PULLS = Text(en="The gradient of each one alone: {numbers}", zh="单独看，各自的梯度：{numbers}")
LOST = Text(en="The loss, one by one: {numbers}", zh="损失分开看：{numbers}")
ONE = Text(en="{name} {number}", zh="{name} {number}")
SAMPLE = Text(en="sample {n}", zh="样本 {n}")


class StepView(QWidget):
    """Made anew for every step; shows the step's state and the numbers of now."""

    locked = Signal()
    option_chosen = Signal(object)
    hint_asked = Signal()

    def __init__(
        self,
        run: LessonRun,
        state: LessonState,
        speech: Speech,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._run, self._speech, self._theme = run, speech, theme
        self.step = state.step
        self._said: Text | None = None
        self._state = state
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(Space.SMALL))
        self._kicker = Prose(speech, theme, size=Size.BODY, bold=True, parent=self)
        self._words = Prose(speech, theme, size=Size.LARGE, parent=self)
        self._column.addWidget(self._kicker)
        self._column.addWidget(self._words)
        self.options: list[OptionCard] = []
        self._ticks: TickList | None = None
        self._controls: Controls | None = None
        self._numbers = Prose(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._column.addWidget(self._numbers)
        if isinstance(self.step, Predict):
            self._make_options(self.step)
        else:
            self._make_task(self.step, icons)
        self._answer = Prose(speech, theme, parent=self)
        self._answer.hide()
        self._column.addWidget(self._answer)
        self._hint_button = QPushButton(self)
        mark(self._hint_button, "tight", True)
        self._hint_button.clicked.connect(self.hint_asked)
        self._hint = Prose(speech, theme, tone=Tone.MUTED, parent=self)
        self._column.addWidget(self._hint_button)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.retranslate)
        self.show_state(state)
        self.retranslate()

    def show_state(self, state: LessonState) -> None:
        """Show how far the step is."""
        now = state.now
        if state.wandering or now.stage is not self._state.now.stage:
            self._said = None  # what was refused before holds no longer
        self._state = state
        self._kicker.tell(self._kicker_of(now))
        self._kicker.set_tone(Tone.DONE if now.stage is Stage.DONE else Tone.CURRENT)
        for index, card in enumerate(self.options):
            self._show_option(card, index, now)
        if self.options:
            if self.lock.hasFocus() or any(card.hasFocus() for card in self.options if now.chosen is None):
                self.setFocus()  # what was pressed goes grey: the keyboard waits here, and not at some other button
            self.lock.setVisible(now.stage in (Stage.ASKING, Stage.EXPLAINING))
            self.lock.setEnabled(now.chosen is not None)
            self._name_lock()
        hint = self.step.hint
        offered = hint is not None and not now.hinted and now.stage in (Stage.ASKING, Stage.DOING)
        if self._hint_button.hasFocus() and not offered:
            self.setFocus()  # not at some button of the tool bar
        self._hint_button.setVisible(offered)
        if self._controls is not None:
            self._controls.setEnabled(not state.wandering)
        self.refresh()

    def refresh(self) -> None:
        """Fill in the numbers of now."""
        step, now, say = self.step, self._state.now, self._run.say
        self._words.tell(say(step.ask if isinstance(step, Predict) else step.say))
        waiting = now.stage in (Stage.ASKING, Stage.REVEALING)
        self._numbers.tell(None if waiting else pulls_of_samples(self._run) or losses_by_sample(self._run))
        hint = step.hint
        needed = now.hinted and now.stage is not Stage.DONE
        self._hint.tell(HINT_SAYS.filled(hint=say(hint)) if hint is not None and needed else None)
        for index, card in enumerate(self.options):
            self._show_option(card, index, now)
        if self._ticks is not None and isinstance(step, Do):
            self._ticks.show_parts([say(part.text) for part in step.parts], now.parts)
        if self._controls is not None:
            self._controls.refresh()
        well = step.well if isinstance(step, Do) and now.stage is Stage.DONE else None
        self._answer.tell(self._said if well is None else say(well))

    @property
    def answer(self) -> QWidget:
        """Where it is said what came of a task."""
        return self._answer

    @property
    def outcome(self) -> QWidget:
        """Where it is said what came of a task, or of the last answer to a question."""
        answered = self._state.now.answer
        return self._answer if answered is None or not self.options else self.options[answered]

    def tell(self, text: Text | None) -> None:
        """Say something about what was just tried."""
        self._said = text
        self.refresh()

    def retranslate(self) -> None:
        """Say the buttons in the language of now."""
        words = self._speech.say(HINT)
        self._hint_button.setText(words)
        self._hint_button.setAccessibleName(words)
        self._hint_button.setFont(self._theme.font(Size.SMALL))
        if self.options:
            self._name_lock()

    def _make_options(self, step: Predict) -> None:
        for index, option in enumerate(step.options):
            card = OptionCard(option.text, self._speech, self._theme, self)
            card.setObjectName(f"option {index}")
            card.clicked.connect(self._choose)
            self.options.append(card)
            self._column.addWidget(card)
        self.lock = QPushButton(self)
        mark(self.lock, "primary", True)
        self.lock.clicked.connect(self.locked)
        self._column.addWidget(self.lock)

    def _make_task(self, step: Do, icons: Icons) -> None:
        self._ticks = TickList(self._speech, self._theme, len(step.parts), self)
        self._controls = Controls(self._run, self._speech, self._theme, icons, self)
        self._column.addWidget(self._ticks)
        self._column.addWidget(self._controls)

    def _choose(self) -> None:
        self.option_chosen.emit(self.options.index(self.sender()))  # type: ignore[arg-type]

    def _show_option(self, card: OptionCard, index: int, now: StepState) -> None:
        step = self.step
        assert isinstance(step, Predict)
        option, known = step.options[index], now.right is not None
        answered = index in now.answers
        sign = Mark.CHOSEN if index == now.chosen or (answered and not known) else Mark.OPEN
        if answered and known:
            sign = Mark.RIGHT if index == now.right else Mark.WRONG
        feedback = self._run.say(option.feedback) if answered and known else None
        enabled = now.stage in (Stage.ASKING, Stage.EXPLAINING) and not answered
        card.show_state(self._run.say(option.text), sign, feedback, enabled)

    def _kicker_of(self, now: StepState) -> Text:
        if now.stage is Stage.DONE:
            return DONE_QUESTION if isinstance(self.step, Predict) else DONE_TASK
        return KICKERS[now.stage]

    def _name_lock(self) -> None:
        words = self._speech.say(AGAIN if self._state.now.stage is Stage.EXPLAINING else LOCK)
        self.lock.setText(words)
        self.lock.setAccessibleName(words)
        self.lock.setFont(self._theme.font(Size.BODY, bold=True))


def pulls_of_samples(run: LessonRun) -> Text | None:
    """How each sample pulls at the only weight, where the lesson wants to see it: with its arrow and its number."""
    state, deeds = run.state, run.deeds
    if state is None or deeds is None or "arrows:per_sample" not in state.step.highlight.surface:
        return None
    found = pulls(deeds.facts, deeds.play.compiled.network.mean)
    if not found:
        return None
    words = ", ".join(f"{arrow(pull)} {short(pull, signed=True)}".strip().replace(" ", NO_BREAK) for pull in found)
    return PULLS.filled(numbers=Text(en=words, zh=words.replace(", ", "，")))


def losses_by_sample(run: LessonRun) -> Text | None:
    """What each sample adds to the loss, where the lesson watches it."""
    state, deeds = run.state, run.deeds
    if state is None or deeds is None or not any(source.startswith("share(") for source in state.lesson.ui.watch):
        return None
    names, parts = state.lesson.sample_names, []
    for index, share in enumerate(deeds.facts.shares):
        name = names[index] if index < len(names) else SAMPLE.filled(n=index + 1)
        parts.append(ONE.filled(name=name, number=short(float(share))))
    numbers = Text(en=", ".join(part.en for part in parts), zh="，".join(part.zh for part in parts))
    return LOST.filled(numbers=numbers)
