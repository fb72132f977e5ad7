"""The paper of a lesson: its worksheet with what it opens with, its answers, or the page for its teacher."""

from __future__ import annotations

from gradgui.document.compile import compile_experiment
from gradgui.export.bitmap import bitmap_drawn
from gradgui.export.network_drawing import network_drawn
from gradgui.export.print_relief import printed
from gradgui.export.sheet import Sheet
from gradgui.export.teacher_guide import teacher_guide
from gradgui.export.worksheet import answer_sheet, worksheet
from gradgui.lessons.lesson import Lesson
from gradgui.session.lesson_relief import relief_of
from gradgui.text import Language


def sheets_of(
    lesson: Lesson, languages: tuple[Language, ...], *, answers: bool = False, guide: bool = False
) -> tuple[Sheet, ...]:
    """What is printed of a lesson in these languages; the pictures are in the first one."""
    if guide:
        return (teacher_guide(lesson, languages),)
    pictures = [network_drawn(compile_experiment(lesson.experiment), languages[0])]
    if lesson.ui.bitmap:
        pictures.insert(0, bitmap_drawn(lesson.ui.bitmap))
    relief = relief_of(lesson)
    if relief is not None:
        pictures.append(printed(*relief, languages[0]))
    sheet = worksheet(lesson, pictures, languages)
    return (sheet, answer_sheet(lesson, languages)) if answers else (sheet,)
