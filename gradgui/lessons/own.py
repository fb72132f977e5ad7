"""A teacher's own lesson: read, looked through like ours, and every mistake told with its line."""

from __future__ import annotations

from pathlib import Path

from gradgui.document.compile import compile_experiment
from gradgui.document.disk import read_bytes
from gradgui.errors import UserError
from gradgui.lessons.check import NO_SOLUTION, check_lesson
from gradgui.lessons.lesson import Lesson, decode, inside
from gradgui.lessons.lines import line_of, named_place
from gradgui.text import Text, same

AT_LINE = Text(en="{path}, line {line}: {why}", zh="{path} 第 {line} 行：{why}")
IN_FILE = Text(en="{path}: {why}", zh="{path}：{why}")
AT = Text(en="{place}: {why}", zh="{place}：{why}")
AND_MORE = Text(en="and {count} more", zh="另有 {count} 处")
SHOWN = 4


def read_own(path: Path) -> Lesson:
    """The lesson in a file; raises UserError with every mistake and its line. A task needs no recorded solution."""
    try:
        content = read_bytes(path)
    except UserError as error:
        raise UserError(_told(path, "", error.text, None)) from None
    source = content.decode("utf-8", "replace")
    try:
        lesson = decode(content)
        for place, experiment in lesson.experiments.items():
            with inside(place):
                compile_experiment(experiment)
    except UserError as error:
        raise UserError(_told(path, source, error.text, named_place(error.text.en))) from None
    failures = [failure for failure in check_lesson(lesson) if failure.why != NO_SOLUTION]
    if failures:
        told = [_told(path, source, AT.filled(place=f.place, why=f.why), f.place) for f in failures[:SHOWN]]
        if len(failures) > SHOWN:
            told.append(AND_MORE.filled(count=len(failures) - SHOWN))
        raise UserError(Text(en="\n".join(text.en for text in told), zh="\n".join(text.zh for text in told)))
    return lesson


def _told(path: Path, source: str, why: Text, place: str | None) -> Text:
    line = None if place is None else line_of(source, place)
    if line is None:
        return IN_FILE.filled(path=same(path.name), why=why)
    return AT_LINE.filled(path=same(path.name), line=line, why=why)
