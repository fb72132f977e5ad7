"""How far a whole class is: the progress files of its students as one table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import msgspec

from gradgui.document.disk import read_bytes
from gradgui.errors import UserError
from gradgui.lessons.lesson import Predict, all_lessons
from gradgui.session.lesson_progress import Record, Records
from gradgui.text import Text

UNREADABLE = Text(en="{path}: this is no progress file of gradgui.", zh="{path}：这不是 gradgui 的进度文件。")
COLUMNS = ("student", "lesson", "steps", "done", "questions", "right first time")


def class_table(files: Iterable[Path]) -> bytes:
    """One line for each student and lesson; a student is called by the name of the file.

    CSV in UTF-8, with the mark by which spreadsheets know it: names of students are no gibberish then.
    Raises UserError naming a file that cannot be read.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for path in files:
        records = _records(path)
        for lesson in all_lessons():
            record = records.lessons.get(lesson.id, Record())
            ids = {step.id for step in lesson.steps}
            questions = {step.id for step in lesson.steps if isinstance(step, Predict)}
            done, right = len(ids & set(record.done)), len(questions & set(record.right))
            table.writerow((path.stem, lesson.id, len(ids), done, len(questions), right))
    return out.getvalue().encode("utf-8-sig")


def _records(path: Path) -> Records:
    try:
        return msgspec.json.decode(read_bytes(path), type=Records)
    except msgspec.DecodeError:
        raise UserError(UNREADABLE, path=path) from None
