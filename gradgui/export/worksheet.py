"""A lesson on paper: what to find out, the machine, blanks to fill in, questions to answer, and the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.export.chart import number
from gradgui.export.network_drawing import network_drawn
from gradgui.export.picture import Picture
from gradgui.export.sheet import (
    Block,
    Drawings,
    Fields,
    Formulas,
    Heading,
    Lines,
    NewPage,
    Numbers,
    Options,
    Sheet,
    Title,
    Tone,
    Words,
)
from gradgui.expressions import Names
from gradgui.lessons.check import is_right
from gradgui.lessons.facts import Facts, Play, at_the_start
from gradgui.lessons.lesson import Do, Lesson, Predict, Step
from gradgui.lessons.prose import filled
from gradgui.lessons.settings import with_settings
from gradgui.text import Language, Text

MOST_BLANKS = 18
"""By hand, more than that is drudgery."""

NUMBER = Text(en="Lesson {order} · {minutes} minutes", zh="第 {order} 课 · {minutes} 分钟")
ANSWERS_OF = Text(en="Lesson {order} · answers", zh="第 {order} 课 · 答案")
NAME, CLASS, DATE = Text(en="Name", zh="姓名"), Text(en="Class", zh="班级"), Text(en="Date", zh="日期")
GOAL = Text(en="What you will find out", zh="这一课弄清什么")
MACHINE = Text(en="The machine", zh="这台机器")
SETTINGS = Text(
    en="Loss: {loss}. Optimizer: {optimizer}, learning rate {rate}.",
    zh="损失：{loss}。优化器：{optimizer}，学习率 {rate}。",
)
ONE_SAMPLE = Text(en="The only example: x = {x}, wanted y = {y}.", zh="唯一的样本：x = {x}，目标 y = {y}。")
SAMPLES = Text(en="Training examples: {count}.", zh="训练样本：{count} 个。")
FORMULAS = Text(en="Formulas", zh="公式")
FORWARD, ACTIVATION = Text(en="neuron", zh="神经元"), Text(en="activation", zh="激活")
LOSS, BACK = Text(en="loss", zh="损失"), Text(en="back", zh="往回")
WEIGHTS, UPDATE = Text(en="weights", zh="权重"), Text(en="update", zh="更新")
BY_HAND = Text(en="By hand: the first training step", zh="动手算：第一轮训练")
CHECK = Text(
    en="Work them out, then step through the program and compare.", zh="先自己算，再在程序里一步一步走，对一对。"
)
TASKS = Text(en="Predict first, then try", zh="先预测，再动手")
SAW = Text(en="What I saw", zh="我看到的")
DID = Text(en="How I did it", zh="我的做法")
HINT = Text(en="Hint: {hint}", zh="提示：{hint}")
RIGHT_IS = Text(en="{letter} is right.", zh="{letter} 正确。")
STUDENT = Text(en="Worksheet: {title}", zh="学习单：{title}")

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Ask:
    """A step of a lesson with its words filled from the engine."""

    number: int
    step: Step
    names: Names

    def said(self, text: Text) -> Text:
        """A text of this step with its numbers."""
        return filled(text, self.names)

    @property
    def right(self) -> int | None:
        """The place of the right answer; None for something to do."""
        if isinstance(self.step, Do):
            return None
        return next(i for i, option in enumerate(self.step.options) if is_right(option, self.names))


def worksheet(
    lesson: Lesson, relief: Picture | None, languages: tuple[Language, ...], *, answers: bool = False
) -> Sheet:
    """The sheet for students; with `answers` a page for the teacher follows. `relief`: the loss surface, drawn."""
    title = Title(NUMBER.filled(order=lesson.order, minutes=lesson.minutes), lesson.title)
    asks = list(questions(lesson))
    play = Play(lesson.experiment)
    quantities = _quantities(play)
    blocks: list[Block] = [title, Fields((NAME, CLASS, DATE)), Heading(GOAL), Words(lesson.goal)]
    blocks += _machine(play, relief, languages[0])
    blocks += [Heading(FORMULAS), _formulas(play)]
    if quantities:
        latex = tuple(latex for latex, _ in quantities)
        blocks += [Heading(BY_HAND), Words(CHECK, Tone.QUIET), Numbers(latex, (None,) * len(latex))]
    blocks += [Heading(TASKS), *(block for ask in asks for block in _asked(ask))]
    if answers:
        blocks += [NewPage(), Title(ANSWERS_OF.filled(order=lesson.order), lesson.title)]
        if quantities:
            blocks += [Heading(BY_HAND), Numbers(*zip(*quantities, strict=True))]
        blocks += [Heading(TASKS), *(block for ask in asks for block in _answered(ask))]
    return Sheet(STUDENT.filled(title=lesson.title), tuple(blocks), languages)


def questions(lesson: Lesson) -> Iterator[Ask]:
    """Every step, each with the names of the moment at which it is looked at."""
    for index, step in enumerate(lesson.steps):
        experiment = lesson.experiment_of(step.scene)
        play = Play(with_settings(experiment, step.set) if isinstance(step, Predict) else experiment)
        if isinstance(step, Predict):
            play.run(step.steps)
        yield Ask(index + 1, step, at_the_start(play.facts()))


def _machine(play: Play, relief: Picture | None, language: Language) -> Iterator[Block]:
    experiment, facts = play.compiled.experiment, play.facts()
    pictures = (network_drawn(play.compiled, language), *(() if relief is None else (relief,)))
    loss = next(kind for kind in loss_kinds().values() if kind.spec is type(experiment.loss))
    optimizer = next(kind for kind in optimizer_kinds().values() if kind.spec is type(experiment.optimizer))
    yield Heading(MACHINE)
    yield Drawings(pictures)
    yield Words(SETTINGS.filled(loss=loss.name, optimizer=optimizer.name, rate=number(facts.lr)))
    if len(facts.x) == 1 and facts.x.size <= 4 and facts.y.size <= 4:
        yield Words(ONE_SAMPLE.filled(x=_listed(facts.x[0]), y=_listed(facts.y[0])))
    else:
        yield Words(SAMPLES.filled(count=len(facts.x)))


def _formulas(play: Play) -> Formulas:
    experiment = play.compiled.experiment
    names = dict.fromkeys(getattr(spec, "activation", None) for spec in experiment.network.layers)
    activations = [kind for name, kind in activation_kinds().items() if name in names and name != "identity"]
    loss = next(kind for kind in loss_kinds().values() if kind.spec is type(experiment.loss))
    optimizer = next(kind for kind in optimizer_kinds().values() if kind.spec is type(experiment.optimizer))
    rows = [(FORWARD, r"z=\sum_i w_ix_i+b,\quad a=f(z)")]
    rows += [(ACTIVATION, f"f(z)={kind.latex}") for kind in activations[:2]]
    rows += [
        (LOSS, f"L={loss.latex}"),
        (BACK, r"\frac{\partial L}{\partial z}=\frac{\partial L}{\partial a}\,f'(z)"),
        (WEIGHTS, r"\frac{\partial L}{\partial w_i}=\frac{\partial L}{\partial z}\,x_i,\quad "
                  r"\frac{\partial L}{\partial b}=\frac{\partial L}{\partial z}"),
        (UPDATE, optimizer.latex),
    ]  # fmt: skip
    return Formulas(tuple(rows))


def _quantities(play: Play) -> list[tuple[str, str]]:
    """What can be worked out by hand in the first step, with its value; empty where there is too much."""
    facts = play.facts()
    if len(facts.x) != 1:
        return []
    found = [*_forward(facts), *_backward(facts)]
    if not found or len(found) > MOST_BLANKS:
        return []
    return found


def _forward(facts: Facts) -> Iterator[tuple[str, str]]:
    for index, layer in enumerate(facts.layers):
        for unit, value in enumerate(layer.a[0]):
            yield f"a^{{({index + 1})}}{_place(unit, layer.a.shape[1])}", number(float(value))
    yield "L", number(facts.loss)


def _backward(facts: Facts) -> Iterator[tuple[str, str]]:
    for index in reversed(range(len(facts.layers))):
        layer, above = facts.layers[index], f"^{{({index + 1})}}"
        for unit, value in enumerate(layer.dz[0]):
            place = _place(unit, layer.dz.shape[1])
            yield rf"\frac{{\partial L}}{{\partial z{above}{place}}}", number(float(value))
        for row, column in np.ndindex(layer.dW.shape):
            place = _place((row, column), layer.dW.size)
            yield rf"\frac{{\partial L}}{{\partial W{above}{place}}}", number(float(layer.dW[row, column]))


def _place(index: int | tuple[int, int], count: int) -> str:
    """Counted from 1, as in books; nothing where there is only one."""
    if count == 1:
        return ""
    numbers = (index,) if isinstance(index, int) else index
    return "_{" + "".join(str(n + 1) for n in numbers) + "}"


def _asked(ask: Ask) -> Iterator[Block]:
    step = ask.step
    if isinstance(step, Predict):
        yield Words(ask.said(step.ask), Tone.QUESTION, f"{ask.number}")
        yield Options(tuple(ask.said(option.text) for option in step.options))
        yield Lines(SAW)
        return
    yield Words(ask.said(step.say), Tone.QUESTION, f"{ask.number}")
    if step.hint is not None:
        yield Words(HINT.filled(hint=ask.said(step.hint)), Tone.QUIET)
    yield Lines(DID)


def _answered(ask: Ask) -> Iterator[Block]:
    step = ask.step
    if isinstance(step, Predict) and ask.right is not None:
        letter, option = LETTERS[ask.right], step.options[ask.right]
        yield Words(RIGHT_IS.filled(letter=letter), Tone.QUESTION, f"{ask.number}")
        yield Words(ask.said(option.text))
        yield Words(ask.said(option.feedback), Tone.QUIET)
    elif isinstance(step, Do):
        yield Words(ask.said(step.say), Tone.QUESTION, f"{ask.number}")
        if step.hint is not None:
            yield Words(HINT.filled(hint=ask.said(step.hint)), Tone.QUIET)


def _listed(values: np.ndarray) -> str:
    words = [number(float(value)) for value in values]
    return words[0] if len(words) == 1 else f"({', '.join(words)})"
