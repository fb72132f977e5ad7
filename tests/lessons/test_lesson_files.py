"""All lessons that come with the program: every number and every answer, tried on the engine."""

from __future__ import annotations

import re
from collections import Counter

import msgspec
import pytest

from gradgui.export.worksheet import questions
from gradgui.lessons.check import check_lesson
from gradgui.lessons.lesson import Lesson, Predict, all_lessons
from gradgui.lessons.prose import slots
from gradgui.lessons.settings import with_settings
from gradgui.resources import path
from gradgui.text import Text

LESSONS = {lesson.id: lesson for lesson in all_lessons()}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;?!]|[,;?!][\u4e00-\u9fff]")


def test_there_are_eighteen_lessons_in_order() -> None:
    assert [lesson.order for lesson in all_lessons()] == list(range(1, 19))
    names = sorted(file.name for file in path("lessons").glob("*.toml"))
    assert names == [f"{lesson.order:02}-{lesson.id}.toml" for lesson in all_lessons()]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_every_number_and_answer_is_what_the_engine_comes_to(lesson: Lesson) -> None:
    assert [f"{failure.place}: {failure.why.en}" for failure in check_lesson(lesson)] == []


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_asks_and_lets_do(lesson: Lesson) -> None:
    assert lesson.expects
    kinds = {isinstance(step, Predict) for step in lesson.steps}
    assert kinds == {True, False}
    assert len({step.id for step in lesson.steps}) == len(lesson.steps)


def test_the_place_of_an_answer_says_nothing_about_its_being_right() -> None:
    places = Counter(ask.right for lesson in all_lessons() for ask in questions(lesson) if ask.right is not None)
    assert set(places) >= {0, 1, 2}
    assert max(places.values()) < 0.5 * places.total()


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_both_languages_say_everything(lesson: Lesson) -> None:
    for text in texts(lesson):
        assert text.en.strip()
        assert text.zh.strip()
        sources = [expression.source for expression, _ in slots(text)]
        assert sources[: len(sources) // 2] == sources[len(sources) // 2 :]
        assert not HALF_WIDTH.search(text.zh), text.zh
        assert not re.search(r"['\"]", re.sub(r"\{[^}]*\}", "", text.en)), text.en  # “so” and ’, not as typed
    for text in (lesson.title, lesson.goal, lesson.misconception):
        assert CHINESE.search(text.zh)


def texts(value: object) -> list[Text]:
    """Every text inside a value."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [text for name in value.__struct_fields__ for text in texts(getattr(value, name))]
    if isinstance(value, tuple | list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    return []


@pytest.mark.parametrize(
    "name", ["toy-car", "cat", "exam", "chain-rule", "soup", "checkup", "second-opinion", "overfit"]
)
def test_a_single_changed_weight_is_noticed(name: str) -> None:
    lesson = LESSONS[name]
    weights = [list(row) for row in lesson.experiment.network.layers[0].W]
    weights[0][0] += 0.25
    changed = with_settings(lesson.experiment, {"L1.W": tuple(map(tuple, weights))})
    assert check_lesson(msgspec.structs.replace(lesson, experiment=changed))
