"""One page for the teacher of a lesson: what to ask, what students answer, and what to say then."""

from __future__ import annotations

from collections.abc import Iterator

from gradgui.export.sheet import LETTERS, Block, Heading, Options, Sheet, Title, Tone, Words
from gradgui.export.way import way
from gradgui.export.worksheet import Ask, questions
from gradgui.lessons.lesson import Do, Lesson
from gradgui.text import Language, Text, same

ABOVE = Text(en="Lesson {order} · teacher's page · {minutes} minutes", zh="第 {order} 课 · 教师用页 · {minutes} 分钟")
GOAL = Text(en="What it comes to", zh="这一课的要点")
THINK = Text(en="What many think at first", zh="学生常有的想法")
COURSE = Text(en="Course of the lesson", zh="上课过程")
KEYS = Text(
    en="F1: choose lesson {order}. Ctrl+Shift+F: presenter mode. Then one key leads through everything below: PageDown "
    "(Ctrl+PageDown outside presenter mode). Ctrl+Shift+V: show of hands. Ctrl+R: same start again.",
    zh="按 F1 选第 {order} 课，Ctrl+Shift+F 进入演示模式，然后只用一个键就能走完下面的过程：PageDown"
    "（不在演示模式时按 Ctrl+PageDown）。Ctrl+Shift+V：举手表决。Ctrl+R：回到同一个起点。",
)
ASK = Text(en="Ask: {question}", zh="提问：{question}")
LET = Text(en="Let them do: {task}", zh="让学生做：{task}")
IF = Text(en="If they say {letter}: {feedback}", zh="如果学生选 {letter}：{feedback}")
PART = same("{before}  □\u00a0{part}")
STUCK = Text(en="If they are stuck: {hint}", zh="如果学生卡住了：{hint}")
THEN = Text(en="Then say: {words}", zh="做完后说：{words}")
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
        Heading(COURSE), Words(KEYS.filled(order=lesson.order), Tone.QUIET), Words(VOTE, Tone.QUIET),
    ]  # fmt: skip
    for ask in questions(lesson):
        blocks += _part(ask)
    return Sheet(NAME.filled(title=lesson.title), tuple(blocks), languages)


def _task(ask: Ask, step: Do) -> Text:
    """What is to be done, with its list: nobody ticks here, so it takes no lines of its own."""
    task = ask.said(step.say)
    for part in step.parts:
        task = PART.filled(before=task, part=ask.said(part.text))
    return task


def _part(ask: Ask) -> Iterator[Block]:
    step = ask.step
    if isinstance(step, Do):
        yield Words(LET.filled(task=_task(ask, step)), Tone.QUESTION, f"{ask.number}")
        if step.hint is not None:
            yield Words(STUCK.filled(hint=ask.said(step.hint)), Tone.REMARK)
        one_way = way(step.solution)
        if one_way is not None:
            yield Words(one_way, Tone.REMARK)
        if ask.well is not None:
            yield Words(THEN.filled(words=ask.well), Tone.REMARK)
    else:
        yield Words(ASK.filled(question=ask.said(step.ask)), Tone.QUESTION, f"{ask.number}")
        yield Options(ask.answers, ask.right)
        for index, option in enumerate(step.options):
            yield Words(IF.filled(letter=LETTERS[index], feedback=ask.said(option.feedback)), Tone.REMARK)
