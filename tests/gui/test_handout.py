"""Sheets on paper: pages that hold everything, numbered, with every formula typeset."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.export.sheet import Formulas, Lines, Numbers, Options, Ticks, Tone, Words
from gradgui.gui.fonts import load_fonts
from gradgui.gui.handout.ink import POINT, Passage
from gradgui.gui.handout.paper import BOTTOM, PAGE, to_pdf
from gradgui.gui.handout.setting import Setter
from gradgui.gui.widgets.formula import Typesetter
from gradgui.lessons.lesson import Lesson, all_lessons
from gradgui.session.lesson_sheet import sheets_of
from gradgui.text import Language, same

EVERY = [pytest.param(lesson, id=lesson.id) for lesson in all_lessons()]
TYPESETTER = Typesetter()
BOTH = (Language.CHINESE, Language.ENGLISH)


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


def test_the_answers_are_on_a_page_of_their_own(qtbot: QtBot) -> None:
    lesson = next(each for each in all_lessons() if each.id == "cat")
    without = pages(to_pdf(sheets_of(lesson, (Language.ENGLISH,))))
    assert pages(to_pdf(sheets_of(lesson, (Language.ENGLISH,), answers=True))) == without + 1


def test_several_sheets_make_one_file(qtbot: QtBot) -> None:
    first, second = all_lessons()[:2]
    content = to_pdf(
        sheet for lesson in (first, second) for sheet in sheets_of(lesson, (Language.CHINESE,), guide=True)
    )
    assert content.startswith(b"%PDF")
    assert pages(content) == 2


@pytest.mark.parametrize("lesson", EVERY)
def test_a_teachers_page_is_one_page(qtbot: QtBot, lesson: Lesson) -> None:
    assert pages(to_pdf(sheets_of(lesson, (Language.ENGLISH,), guide=True))) == 1


@pytest.mark.parametrize("lesson", EVERY)
def test_every_formula_can_be_typeset_and_no_piece_is_taller_than_a_page(qtbot: QtBot, lesson: Lesson) -> None:
    typesetter = TYPESETTER
    setter = Setter(typesetter, 495 * POINT, BOTH)
    for block in (block for sheet in sheets_of(lesson, BOTH, answers=True) for block in sheet.blocks):
        assert all(piece.height < PAGE[1] - BOTTOM for piece in setter.pieces(block))
        if isinstance(block, Formulas):
            assert all(typesetter.typeset(latex) is not None for _, latex in block.rows)
        if isinstance(block, Numbers):
            assert all(typesetter.typeset(latex) is not None for latex, _ in block.rows)


def test_short_answers_stand_side_by_side_and_long_ones_below_each_other(qtbot: QtBot) -> None:
    setter = Setter(TYPESETTER, 495 * POINT, (Language.ENGLISH,))
    short, long = same("km 3"), same("a sentence that needs more than half of the width of the paper, as many do")
    assert [len(setter.pieces(Options((answer,) * 4))) for answer in (short, long)] == [1, 4]


def test_as_many_ticks_stand_on_a_line_as_there_is_room_for(qtbot: QtBot) -> None:
    setter = Setter(TYPESETTER, 495 * POINT, (Language.ENGLISH,))
    some, many = (Ticks((same("a dozen letters"),) * count) for count in (3, 7))
    assert [len(setter.pieces(ticks)) for ticks in (some, many)] == [1, 2]


def test_quotation_marks_are_as_wide_as_a_character_in_chinese_and_narrow_in_english(
    qtbot: QtBot, qapp: QApplication
) -> None:
    before = qapp.font()
    load_fonts(qapp)

    def added(word: str) -> float:
        return Passage(f"“{word}”", 4950).width - Passage(word, 4950).width

    assert added("键") == pytest.approx(2 * 105, abs=2)
    assert added("key") < 105
    qapp.setFont(before)


def test_a_question_is_kept_together_with_the_lines_to_write_on(qtbot: QtBot) -> None:
    setter = Setter(TYPESETTER, 495 * POINT, (Language.ENGLISH,), lines=4)
    blocks = (Words(same("Why?"), Tone.QUESTION, "1"), Options((same("A"), same("B"))), Lines((same("I think"),)))
    pieces = [piece for block in blocks for piece in setter.pieces(block)]
    assert [piece.stays for piece in pieces] == [True, True, False]
    assert pieces[-1].height > 3.9 * 0.85 * 21 * POINT
