"""One page for the teacher of a lesson: what to ask, what students answer, and what to say then."""

from __future__ import annotations

from collections.abc import Iterator

from gradgui.export.sheet import Block, Heading, Options, Sheet, Title, Tone, Words
from gradgui.export.worksheet import HINT, LETTERS, Ask, questions
from gradgui.lessons.lesson import Do, Lesson, Predict
from gradgui.text import Language, Text

ABOVE = Text(en="Lesson {order} · teacher's page · {minutes} minutes", zh="第 {order} 课 · 教师用页 · {minutes} 分钟")
GOAL = Text(en="By the end, students can", zh="学完之后，学生能够")
THINK = Text(en="What many think at first", zh="学生常有的想法")
COURSE = Text(en="Course of the lesson", zh="上课过程")
ASK = Text(en="Ask: {question}", zh="提问：{question}")
LET = Text(en="Let them do: {task}", zh="让学生做：{task}")
IF = Text(en="If they say {letter}: {feedback}", zh="如果学生选 {letter}：{feedback}")
VOTE = Text(
    en="Vote before revealing. Under 35 % right: explain first. 35 to 70 %: let neighbours discuss, vote again. "
    "Above 70 %: move on.",
    zh="先表决，再揭晓。答对不足 35%：先讲解；35% 到 70%：同桌讨论后再表决；超过 70%：继续往下走。",
)
NAME = Text(en="Teacher's page: {title}", zh="教师用页：{title}")


def teacher_guide(lesson: Lesson, languages: tuple[Language, ...]) -> Sheet:
    """The page; its numbers come from the engine."""
    blocks: list[Block] = [
        Title(ABOVE.filled(order=lesson.order, minutes=lesson.minutes), lesson.title),
        Heading(GOAL), Words(lesson.goal),
        Heading(THINK), Words(lesson.misconception),
        Heading(COURSE), Words(VOTE, Tone.QUIET),
    ]  # fmt: skip
    for ask in questions(lesson):
        blocks += _part(ask)
    return Sheet(NAME.filled(title=lesson.title), tuple(blocks), languages)


def _part(ask: Ask) -> Iterator[Block]:
    step = ask.step
    if isinstance(step, Do):
        yield Words(LET.filled(task=ask.said(step.say)), Tone.QUESTION, f"{ask.number}")
        if step.hint is not None:
            yield Words(HINT.filled(hint=ask.said(step.hint)), Tone.QUIET)
    elif isinstance(step, Predict):
        yield Words(ASK.filled(question=ask.said(step.ask)), Tone.QUESTION, f"{ask.number}")
        yield Options(tuple(ask.said(option.text) for option in step.options), ask.right)
        for index, option in enumerate(step.options):
            if index != ask.right:
                yield Words(IF.filled(letter=LETTERS[index], feedback=ask.said(option.feedback)), Tone.QUIET)
