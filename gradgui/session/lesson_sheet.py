"""The paper of a lesson: its worksheet with the surface that it opens with, or the page for its teacher."""

from __future__ import annotations

from gradgui.export.print_relief import printed
from gradgui.export.sheet import Sheet
from gradgui.export.teacher_guide import teacher_guide
from gradgui.export.worksheet import worksheet
from gradgui.lessons.lesson import Lesson
from gradgui.session.lesson_relief import relief_of
from gradgui.text import Language


def sheet_of(lesson: Lesson, languages: tuple[Language, ...], *, answers: bool = False, guide: bool = False) -> Sheet:
    """What is printed of a lesson in these languages; the pictures are in the first one."""
    if guide:
        return teacher_guide(lesson, languages)
    found = relief_of(lesson)
    relief = None if found is None else printed(*found, languages[0])
    return worksheet(lesson, relief, languages, answers=answers)
