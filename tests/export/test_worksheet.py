"""Worksheets: blanks for students, the engine's numbers for teachers, and nothing given away."""

from __future__ import annotations

import re

import pytest

from gradgui.export.sheet import NewPage, Numbers, Options, Sheet, Words
from gradgui.export.teacher_guide import teacher_guide
from gradgui.export.worksheet import worksheet
from gradgui.lessons.lesson import Lesson, Predict, all_lessons
from gradgui.text import Language

EVERY = [pytest.param(lesson, id=lesson.id) for lesson in all_lessons()]
ENGLISH = (Language.ENGLISH,)


def lesson(name: str) -> Lesson:
    return next(each for each in all_lessons() if each.id == name)


def answers_of(sheet: Sheet) -> dict[str, str | None]:
    numbers = [block for block in sheet.blocks if isinstance(block, Numbers)]
    return dict(zip(numbers[-1].latex, numbers[-1].values, strict=True))


def test_the_toy_cars_numbers_stand_on_the_answer_page() -> None:
    found = answers_of(worksheet(lesson("toy-car"), None, ENGLISH, answers=True))
    assert found["L"] == "12.5"
    assert found["a^{(3)}"] == "6"
    assert [found[rf"\frac{{\partial L}}{{\partial W^{{({layer})}}}}"] for layer in (3, 2, 1)] == ["5", "2", "1"]


@pytest.mark.parametrize("each", EVERY)
def test_a_worksheet_gives_nothing_away(each: Lesson) -> None:
    sheet = worksheet(each, None, ENGLISH)
    assert not any(isinstance(block, NewPage) for block in sheet.blocks)
    assert all(block.right is None for block in sheet.blocks if isinstance(block, Options))
    assert all(not any(block.values) for block in sheet.blocks if isinstance(block, Numbers))


@pytest.mark.parametrize("each", EVERY)
def test_every_step_is_on_the_worksheet_with_its_numbers_filled_in(each: Lesson) -> None:
    words = [block for block in worksheet(each, None, ENGLISH, answers=True).blocks if isinstance(block, Words)]
    signs = {block.sign for block in words if block.sign}
    assert signs == {str(number + 1) for number in range(len(each.steps))}
    for block in words:
        assert not re.search(r"\{[^{}]*\}", block.words.en + block.words.zh)


@pytest.mark.parametrize("each", EVERY)
def test_the_teachers_page_ticks_one_answer_and_knows_what_to_say_to_the_others(each: Lesson) -> None:
    sheet = teacher_guide(each, ENGLISH)
    ticked = [block.right for block in sheet.blocks if isinstance(block, Options)]
    questions = [step for step in each.steps if isinstance(step, Predict)]
    assert len(ticked) == len(questions)
    assert None not in ticked
    replies = [block for block in sheet.blocks if isinstance(block, Words) and block.words.en.startswith("If they say")]
    assert len(replies) == sum(len(step.options) - 1 for step in questions)
