"""Refusals speak the language of the user."""

from __future__ import annotations

from gradgui.errors import UserError
from gradgui.text import Language, Text

TAKEN = Text(en="{name} already feeds this layer.", zh="{name} 已连接到这一层。")
TYRES = Text(en="Tyres", zh="轮胎")


def test_a_refusal_is_a_sentence_in_each_language() -> None:
    error = UserError(TAKEN, name=TYRES)
    assert error.in_language(Language.ENGLISH) == "Tyres already feeds this layer."
    assert error.in_language(Language.CHINESE) == "轮胎 已连接到这一层。"


def test_logs_are_english() -> None:
    assert str(UserError(TAKEN, name=TYRES)) == "Tyres already feeds this layer."


def test_a_refusal_without_fields_keeps_its_text_and_its_braces() -> None:
    text = Text(en="Expected {x1, x2}.", zh="应为 {x1, x2}。")
    assert UserError(text).text is text
