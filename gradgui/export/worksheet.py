"""A lesson on paper: what to find out, the machine, blanks to fill in, questions to answer, and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradgui.export.machine import first_step, formulas_of, machine_told
from gradgui.export.picture import Picture
from gradgui.export.sheet import (
    Block,
    Drawings,
    Fields,
    Heading,
    Lines,
    Numbers,
    Options,
    Sheet,
    Ticks,
    Title,
    Tone,
    Words,
)
from gradgui.export.way import way
from gradgui.expressions import Names
from gradgui.lessons.check import is_right
from gradgui.lessons.facts import Play, at_the_start
from gradgui.lessons.lesson import Do, Lesson, Predict, Step
from gradgui.lessons.prose import filled
from gradgui.lessons.rehearsal import Rehearsal
from gradgui.lessons.settings import with_settings
from gradgui.text import Language, Text

NUMBER = Text(en="Lesson {order} · {minutes} minutes", zh="第 {order} 课 · {minutes} 分钟")
ANSWERS_OF = Text(en="Lesson {order} · answers", zh="第 {order} 课 · 答案")
NAME, CLASS, DATE = Text(en="Name", zh="姓名"), Text(en="Class", zh="班级"), Text(en="Date", zh="日期")
GOAL = Text(en="What you will find out", zh="想一想")
MACHINE = Text(en="The machine", zh="这台机器")
FORMULAS = Text(en="Formulas", zh="公式")
BY_HAND = Text(en="By hand: the first training step", zh="动手算：第一轮训练")
CHECK = Text(
    en="Work them out, then step through the program and compare. An arrow asks for the value after the update.",
    zh="先自己算，再在程序里一步一步走，对一对。箭头后面填更新以后的值。",
)
TASKS = Text(en="Predict first, then try", zh="先预测，再动手")
WHY = Text(en="Why I think so", zh="我的理由")
SAW = Text(en="What I saw", zh="我看到的")
WORKING = Text(en="My working", zh="计算过程")
DID = Text(en="How I did it", zh="我的做法")
STUDENT = Text(en="Worksheet: {title}", zh="学习单：{title}")
TEACHER = Text(en="Answers: {title}", zh="答案：{title}")


@dataclass(frozen=True, slots=True)
class Ask:
    """A step of a lesson with its words filled from the engine."""

    lesson: Lesson
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

    @property
    def answers(self) -> tuple[Text, ...]:
        """What can be chosen; nothing for something to do."""
        return () if isinstance(self.step, Do) else tuple(self.said(option.text) for option in self.step.options)

    @property
    def ticks(self) -> tuple[Ticks, ...]:
        """The list of what belongs to a task, where it has one."""
        if isinstance(self.step, Predict) or not self.step.parts:
            return ()
        return (Ticks(tuple(self.said(part.text) for part in self.step.parts)),)

    @property
    def well(self) -> Text | None:
        """What there is to say once a task is done, with the numbers that its recorded solution comes to."""
        if not isinstance(self.step, Do) or self.step.well is None:
            return None
        rehearsal = Rehearsal(self.lesson, self.step)
        for act in self.step.solution:
            rehearsal.perform(act)
        return filled(self.step.well, rehearsal.deeds.names)


def worksheet(lesson: Lesson, pictures: Sequence[Picture], languages: tuple[Language, ...]) -> Sheet:
    """The sheet for students: nothing on it tells an answer, and so neither hints nor the lesson's conclusion.

    `pictures`: the network, the loss surface. What is worked out by hand comes last, as it would tell what to predict.
    """
    play = Play(lesson.experiment)
    quantities = first_step(play)
    blocks: list[Block] = [Title(NUMBER.filled(order=lesson.order, minutes=lesson.minutes), lesson.title)]
    blocks += [Fields((NAME, CLASS, DATE)), Heading(GOAL), Words(lesson.opening)]
    blocks += [Heading(MACHINE), Drawings(tuple(pictures)), *map(Words, machine_told(lesson, play))]
    blocks += [Heading(TASKS), *(block for ask in questions(lesson) for block in _asked(ask))]
    blocks += [Heading(FORMULAS), formulas_of(play)]
    if quantities:
        blanks = Numbers(tuple((name, None) for name, _ in quantities))
        blocks += [Heading(BY_HAND), Words(CHECK, Tone.QUIET), blanks, Lines((WORKING,))]
    return Sheet(STUDENT.filled(title=lesson.title), tuple(blocks), languages)


def answer_sheet(lesson: Lesson, languages: tuple[Language, ...]) -> Sheet:
    """What belongs on the worksheet, on paper of its own."""
    quantities = first_step(Play(lesson.experiment))
    blocks: list[Block] = [Title(ANSWERS_OF.filled(order=lesson.order), lesson.title), Words(lesson.goal)]
    blocks += [Heading(TASKS), *(block for ask in questions(lesson) for block in _answered(ask))]
    if quantities:
        blocks += [Heading(BY_HAND), Numbers(tuple(quantities))]
    return Sheet(TEACHER.filled(title=lesson.title), tuple(blocks), languages)


def questions(lesson: Lesson) -> Iterator[Ask]:
    """Every step, each with the names of the moment at which it is looked at."""
    for index, step in enumerate(lesson.steps):
        experiment = with_settings(lesson.experiment_of(step.scene), step.set)
        play = Play(experiment)
        if isinstance(step, Predict):
            play.run(step.steps)
        yield Ask(lesson, index + 1, step, at_the_start(play.facts()))


def _asked(ask: Ask) -> Iterator[Block]:
    step = ask.step
    if isinstance(step, Predict):
        yield Words(ask.said(step.ask), Tone.QUESTION, f"{ask.number}")
        yield Options(ask.answers)
        yield Lines((WHY, SAW))
        return
    yield Words(ask.said(step.say), Tone.QUESTION, f"{ask.number}")
    yield from ask.ticks
    yield Lines((DID,))


def _answered(ask: Ask) -> Iterator[Block]:
    step = ask.step
    if isinstance(step, Predict) and ask.right is not None:
        yield Words(ask.said(step.ask), Tone.QUESTION, f"{ask.number}")
        yield Options(ask.answers, ask.right)
        yield Words(ask.said(step.options[ask.right].feedback), Tone.REMARK)
    elif isinstance(step, Do):
        yield Words(ask.said(step.say), Tone.QUESTION, f"{ask.number}")
        yield from (Words(told, Tone.REMARK) for told in (way(step.solution), ask.well) if told is not None)
