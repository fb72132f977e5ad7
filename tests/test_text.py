"""Texts say the same thing in each language."""

from __future__ import annotations

import msgspec
import pytest

from gradgui.text import Language, Text, same

STEP = Text(en="Step {n} of {all}", zh="第 {n} 步，共 {all} 步")


@pytest.mark.parametrize(
    ("language", "words"), [(Language.ENGLISH, "Step 2 of 9"), (Language.CHINESE, "第 2 步，共 9 步")]
)
def test_fields_are_filled_in_the_language_that_is_asked_for(language: Language, words: str) -> None:
    assert STEP.in_language(language, n=2, all=9) == words


def test_without_fields_braces_are_left_alone() -> None:
    formula = same(r"\frac{a}{b}")
    assert formula.in_language(Language.ENGLISH) == r"\frac{a}{b}"


def test_a_field_may_be_a_text_and_is_said_in_the_same_language() -> None:
    feeds = Text(en="{name} already feeds this layer.", zh="{name} 已连接到这一层。")
    tyres = Text(en="Tyres", zh="轮胎")
    assert feeds.in_language(Language.ENGLISH, name=tyres) == "Tyres already feeds this layer."
    assert feeds.in_language(Language.CHINESE, name=tyres) == "轮胎 已连接到这一层。"


def test_filling_keeps_both_languages() -> None:
    assert STEP.filled(n=1, all=3) == Text(en="Step 1 of 3", zh="第 1 步，共 3 步")


def test_a_missing_field_is_our_bug_and_says_so() -> None:
    with pytest.raises(KeyError, match="all"):
        STEP.in_language(Language.ENGLISH, n=2)


def test_the_same_words_read_alike_everywhere() -> None:
    assert {same("ReLU").in_language(language) for language in Language} == {"ReLU"}


def test_a_text_never_changes() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        STEP.en = "Stop"  # type: ignore[misc]


@pytest.mark.parametrize(
    "written", ['{"en": "Step"}', '{"en": "Step", "zh": "单步", "fr": "Pas"}', '{"en": 1, "zh": "一"}']
)
def test_a_file_must_give_both_languages_and_nothing_else(written: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(written, type=Text)
