"""`gradgui lessons`: list the lessons, verify every number in them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console, Progress
from gradgui.commands.parser import Parser
from gradgui.errors import UserError
from gradgui.text import Language, Text

if TYPE_CHECKING:
    from gradgui.export.sheet import Sheet
    from gradgui.lessons.lesson import Lesson

CHECK = Text(
    en="try every number and every answer on the engine; of these lesson files, or of our own lessons",
    zh="在引擎上核对每个数和每个答案；后面写课程文件，不写则核对自带课程",
)
HANDOUT = Text(
    en="print the worksheet of a lesson, or of all of them, as PDF", zh="把某一课（或全部 all）的学习单存为 PDF"
)
ANSWERS = Text(en="with a page of answers behind the worksheet", zh="学习单后面附答案页")
GUIDE = Text(en="the page for the teacher instead of the worksheet", zh="改为打印教师用页")
CLASS = Text(
    en="OUT.csv, then the progress files (lessons.json) of a class: one table of who has done what",
    zh="先写 OUT.csv，再写全班的进度文件（lessons.json）：汇总成一张表",
)
NO_FILES = Text(
    en="--class: expected OUT.csv and at least one progress file.", zh="--class：应为 OUT.csv 和至少一个进度文件。"
)
BOTH = Text(en="every paragraph in both languages", zh="每一段都用中英两种语言")
NO_LESSON = Text(
    en="--handout: expected one of {ids}, or all; got {id}.", zh="--handout：应为 {ids} 或 all，实际为 {id}。"
)
ENDING = Text(en="{path}: expected a name that ends in .pdf.", zh="{path}：文件名应以 .pdf 结尾。")
PRINTING = Text(en="printing lesson {id}", zh="正在排版课程 {id}")
PRINTED = Text(en="Saved as {path}.", zh="已保存为 {path}。")
TRYING = Text(en="trying lesson {id}", zh="正在核对课程 {id}")
WELL = Text(en="ok", zh="正确")
ALL_WELL = Text(en="{count} lessons, everything is right.", zh="{count} 课，全部正确。")
FAILED = Text(en="{wrong} of {count} lessons are wrong.", zh="{count} 课中有 {wrong} 课有错。")
MINUTES = Text(en="{minutes} min", zh="{minutes} 分钟")


def declare(parser: Parser) -> None:
    """The options."""
    add = parser.options.add_argument
    add("--check", nargs="*", type=Path, metavar="FILE", help=parser.words(CHECK))
    add("--handout", nargs=2, metavar=("ID", "OUT.pdf"), help=parser.words(HANDOUT))
    add("--class", nargs="+", type=Path, metavar="FILE", dest="students", help=parser.words(CLASS))
    add("--answers", action="store_true", help=parser.words(ANSWERS))
    add("--guide", action="store_true", help=parser.words(GUIDE))
    add("--both", action="store_true", help=parser.words(BOTH))


def run(options: argparse.Namespace, console: Console) -> int:
    """List, verify or print."""
    from gradgui.lessons.lesson import all_lessons

    lessons = all_lessons()
    if options.check is not None:
        return _verify_files(options.check, console) if options.check else _verify(lessons, console)
    if options.handout is not None:
        return _print(lessons, options, console)
    if options.students is not None:
        return _tabulate(options.students, console)
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
    return _told(wrong, len(lessons), console)


def _verify_files(files: list[Path], console: Console) -> int:
    """Lessons of a teacher's own, as the window would take them."""
    from gradgui.lessons.own import read_own

    wrong = 0
    for path in files:
        try:
            read_own(path)
        except UserError as error:
            console.line(console.words(error.text))
            wrong += 1
        else:
            console.line(f"{path.name:<16} {console.words(WELL)}")
    return int(wrong > 0) if len(files) == 1 else _told(wrong, len(files), console)


def _told(wrong: int, count: int, console: Console) -> int:
    if wrong:
        console.say(FAILED, wrong=wrong, count=count)
        return 1
    console.say(ALL_WELL, count=count)
    return 0


def _print(lessons: tuple[Lesson, ...], options: argparse.Namespace, console: Console) -> int:
    from gradgui.commands.printing import printed_sheets
    from gradgui.document.disk import write_bytes

    wanted, out = options.handout[0], Path(options.handout[1])
    chosen = [lesson for lesson in lessons if wanted in (lesson.id, "all")]
    if not chosen:
        raise UserError(NO_LESSON, ids=", ".join(lesson.id for lesson in lessons), id=wanted)
    if out.suffix.lower() != ".pdf":
        raise UserError(ENDING, path=out)
    languages = (Language.CHINESE, Language.ENGLISH) if options.both else (console.language,)
    progress = Progress(console)

    def sheets() -> Iterator[Sheet]:
        for lesson in chosen:
            progress.show(PRINTING, id=lesson.id)
            yield from printed_sheets(lesson, languages, answers=options.answers, guide=options.guide)

    from gradgui.gui.handout.paper import to_pdf

    content = to_pdf(sheets())
    progress.close()
    write_bytes(out, content)
    console.remark(PRINTED, path=out)
    return 0


def _tabulate(files: list[Path], console: Console) -> int:
    from gradgui.document.disk import write_bytes
    from gradgui.session.class_table import class_table

    out, *students = files
    if not students or out.suffix.lower() != ".csv":
        raise UserError(NO_FILES)
    write_bytes(out, class_table(students))
    console.remark(PRINTED, path=out)
    return 0


COMMAND = Command(
    "lessons",
    "[--check [FILE …]] [--handout ID OUT.pdf]",
    Text(
        en="list the lessons, verify every number in them, or print a worksheet",
        zh="列出课程，核对其中的每个数，或打印学习单",
    ),
    declare,
    run,
    (
        "gradgui lessons",
        "gradgui lessons --check",
        "gradgui lessons --check kettle.toml",
        "gradgui lessons --handout toy-car toy-car.pdf --answers",
        "gradgui lessons --handout all teacher.pdf --guide --both",
        "gradgui lessons --class class.csv li.json wang.json",
    ),
)
