"""Worksheets: blanks for students, the engine's numbers for teachers, and nothing given away."""

from __future__ import annotations

import re

import pytest

from gradgui.export.sheet import Numbers, Options, Sheet, Ticks, Words
from gradgui.export.teacher_guide import teacher_guide
from gradgui.export.worksheet import answer_sheet, worksheet
from gradgui.lessons.lesson import Do, Lesson, Predict, all_lessons
from gradgui.text import Language

EVERY = [pytest.param(lesson, id=lesson.id) for lesson in all_lessons()]
ENGLISH = (Language.ENGLISH,)


def lesson(name: str) -> Lesson:
    return next(each for each in all_lessons() if each.id == name)


def answers_of(sheet: Sheet) -> dict[str, str | None]:
    numbers = [block for block in sheet.blocks if isinstance(block, Numbers)]
    return dict(numbers[-1].rows)


def test_the_toy_cars_numbers_stand_on_the_answer_page() -> None:
    found = answers_of(answer_sheet(lesson("toy-car"), ENGLISH))
    assert found["L="] == "12.5"
    assert found["a^{(3)}="] == "6"
    assert [found[rf"\frac{{\partial L}}{{\partial W^{{({layer})}}}}="] for layer in (3, 2, 1)] == ["5", "2", "1"]
    assert found[r"W^{(1)}\,\leftarrow\,"] == "0.9"


def test_what_is_frozen_is_no_blank() -> None:
    found = answers_of(answer_sheet(lesson("navigation"), ENGLISH))
    assert found[r"b^{(1)}\,\leftarrow\,"] == "11.5"
    assert not any("W" in name for name in found)


@pytest.mark.parametrize("each", EVERY)
def test_a_worksheet_gives_nothing_away(each: Lesson) -> None:
    sheet = worksheet(each, (), ENGLISH)
    assert all(block.right is None for block in sheet.blocks if isinstance(block, Options))
    assert all(value is None for block in sheet.blocks if isinstance(block, Numbers) for _, value in block.rows)
    said = [block.words for block in sheet.blocks if isinstance(block, Words)]
    told = [step.hint if isinstance(step, Do) else None for step in each.steps]
    assert each.question is None or each.goal not in said
    assert not {hint.en for hint in told if hint} & {words.en for words in said}


def test_a_task_stands_on_paper_with_the_numbers_that_it_begins_with() -> None:
    words = [block.words.en for block in worksheet(lesson("hiker"), (), ENGLISH).blocks if isinstance(block, Words)]
    assert any("(now 0.3223)" in each for each in words)


def test_the_answers_say_one_way_through_a_task_and_what_comes_of_it() -> None:
    blocks = answer_sheet(lesson("learning-rate"), ENGLISH).blocks
    words = [block.words.en for block in blocks if isinstance(block, Words)]
    assert any(each.endswith("learning rate = 2.1; train 40 steps.") for each in words)
    assert any(each.startswith("Below 1 it creeps") for each in words)


def test_what_belongs_to_a_task_can_be_ticked_on_paper_and_is_read_on_the_teachers_page() -> None:
    ticks = [block for block in worksheet(lesson("learning-rate"), (), ENGLISH).blocks if isinstance(block, Ticks)]
    assert [len(block.parts) for block in ticks] == [4]
    words = [
        block.words for block in teacher_guide(lesson("learning-rate"), ENGLISH).blocks if isinstance(block, Words)
    ]
    assert any(all(part.en in each.en and part.zh in each.zh for part in ticks[0].parts) for each in words)


@pytest.mark.parametrize("each", EVERY)
def test_every_step_is_on_the_worksheet_with_its_numbers_filled_in(each: Lesson) -> None:
    for sheet in (worksheet(each, (), ENGLISH), answer_sheet(each, ENGLISH)):
        words = [block for block in sheet.blocks if isinstance(block, Words)]
        assert {block.sign for block in words if block.sign} == {str(number + 1) for number in range(len(each.steps))}
        for block in words:
            assert not re.search(r"\{[^{}]*\}", block.words.en + block.words.zh)


@pytest.mark.parametrize("each", EVERY)
def test_the_teachers_page_ticks_one_answer_and_knows_what_to_say_to_each(each: Lesson) -> None:
    sheet = teacher_guide(each, ENGLISH)
    ticked = [block.right for block in sheet.blocks if isinstance(block, Options)]
    questions = [step for step in each.steps if isinstance(step, Predict)]
    assert len(ticked) == len(questions)
    assert None not in ticked
    replies = [block for block in sheet.blocks if isinstance(block, Words) and block.words.en.startswith("If they say")]
    assert len(replies) == sum(len(step.options) for step in questions)
