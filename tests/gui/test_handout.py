"""Sheets on paper: pages that hold everything, numbered, with every formula typeset."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot

from gradgui.export.sheet import Formulas, Numbers
from gradgui.gui.handout.ink import POINT
from gradgui.gui.handout.paper import BOTTOM, PAGE, to_pdf
from gradgui.gui.handout.setting import Setter
from gradgui.gui.widgets.formula import Typesetter
from gradgui.lessons.lesson import Lesson, all_lessons
from gradgui.session.lesson_sheet import sheet_of
from gradgui.text import Language

EVERY = [pytest.param(lesson, id=lesson.id) for lesson in all_lessons()]
TYPESETTER = Typesetter()
BOTH = (Language.CHINESE, Language.ENGLISH)


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


def test_the_answers_are_on_a_page_of_their_own(qtbot: QtBot) -> None:
    lesson = next(each for each in all_lessons() if each.id == "cat")
    without = pages(to_pdf([sheet_of(lesson, (Language.ENGLISH,))]))
    assert pages(to_pdf([sheet_of(lesson, (Language.ENGLISH,), answers=True)])) == without + 1


def test_several_sheets_make_one_file(qtbot: QtBot) -> None:
    first, second = all_lessons()[:2]
    sheets = [sheet_of(lesson, (Language.CHINESE,), guide=True) for lesson in (first, second)]
    content = to_pdf(sheets)
    assert content.startswith(b"%PDF")
    assert pages(content) == 2


@pytest.mark.parametrize("lesson", EVERY)
def test_a_teachers_page_is_one_page(qtbot: QtBot, lesson: Lesson) -> None:
    assert pages(to_pdf([sheet_of(lesson, (Language.ENGLISH,), guide=True)])) == 1


@pytest.mark.parametrize("lesson", EVERY)
def test_every_formula_can_be_typeset_and_no_piece_is_taller_than_a_page(qtbot: QtBot, lesson: Lesson) -> None:
    typesetter = TYPESETTER
    setter = Setter(typesetter, 495 * POINT, BOTH)
    for block in sheet_of(lesson, BOTH, answers=True).blocks:
        assert all(piece.height < PAGE[1] - BOTTOM for piece in setter.pieces(block))
        if isinstance(block, Formulas):
            assert all(typesetter.typeset(latex) is not None for _, latex in block.rows)
        if isinstance(block, Numbers):
            assert all(typesetter.typeset(latex) is not None for latex in block.latex)
