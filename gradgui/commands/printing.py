"""Makes sheets of paper where nobody sees a window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradgui.export.sheet import Sheet
    from gradgui.lessons.lesson import Lesson
    from gradgui.text import Language


def printed_sheets(lesson: Lesson, languages: Sequence[Language], *, answers: bool, guide: bool) -> tuple[Sheet, ...]:
    """A lesson's worksheet, with answers if wanted, or its teacher's page; the program's letters are loaded for it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gradgui.app import make_application
    from gradgui.session.lesson_sheet import sheets_of

    make_application()
    return sheets_of(lesson, tuple(languages), answers=answers, guide=guide)
