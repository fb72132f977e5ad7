"""`gradgui lessons`: list the lessons, verify every number in them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console, Progress
from gradgui.commands.parser import Parser
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.lessons.lesson import Lesson

CHECK = Text(en="try every number and every answer on the engine", zh="在引擎上核对每个数和每个答案")
TRYING = Text(en="trying lesson {id}", zh="正在核对课程 {id}")
WELL = Text(en="ok", zh="正确")
ALL_WELL = Text(en="{count} lessons, everything is right.", zh="{count} 课，全部正确。")
FAILED = Text(en="{wrong} of {count} lessons are wrong.", zh="{count} 课中有 {wrong} 课有错。")
MINUTES = Text(en="{minutes} min", zh="{minutes} 分钟")


def declare(parser: Parser) -> None:
    """The options."""
    parser.options.add_argument("--check", action="store_true", help=parser.words(CHECK))


def run(options: argparse.Namespace, console: Console) -> int:
    """List or verify."""
    from gradgui.lessons.lesson import all_lessons

    lessons = all_lessons()
    if options.check:
        return _verify(lessons, console)
    for lesson in lessons:
        title = console.words(lesson.title)
        console.line(f"{lesson.order:2}  {lesson.id:<16} {console.words(MINUTES, minutes=lesson.minutes):<7} {title}")
    return 0


def _verify(lessons: tuple[Lesson, ...], console: Console) -> int:
    from gradgui.lessons.check import check_lesson

    progress, wrong = Progress(console), 0
    for lesson in lessons:
        progress.show(TRYING, id=lesson.id)
        failures = check_lesson(lesson)
        progress.close()
        console.line(f"{lesson.id:<16} " + (console.words(WELL) if not failures else ""))
        for failure in failures:
            console.line(f"    {failure.place}: {console.words(failure.why)}")
        wrong += bool(failures)
    if wrong:
        console.say(FAILED, wrong=wrong, count=len(lessons))
        return 1
    console.say(ALL_WELL, count=len(lessons))
    return 0


COMMAND = Command(
    "lessons",
    "[--check]",
    Text(en="list the lessons, or verify every number in them", zh="列出课程，或核对其中的每个数"),
    declare,
    run,
    ("gradgui lessons", "gradgui lessons --check"),
)
