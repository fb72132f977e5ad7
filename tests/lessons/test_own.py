"""Mistakes in a teacher's lesson are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui.errors import UserError
from gradgui.lessons.lines import line_of
from gradgui.lessons.own import read_own
from gradgui.resources import path as resource
from tests.lessons.small import SMALL


def line(words: str, nth: int = 1) -> int:
    """The line of SMALL in which these words stand for the nth time."""
    found = [number for number, text in enumerate(SMALL.splitlines(), 1) if words in text]
    return found[nth - 1]


@pytest.mark.parametrize(
    ("old", "new", "words", "nth"),
    [
        ("minutes = 1", 'minutes = "one"', "minutes", 1),
        ("right = false", 'right = "no"', "right = false", 1),
        ('granularity = "layer"', 'granularity = "layers"', "granularity", 1),
        ("loss == 0.5", "loss == 0.6", 'id = "ask"', 1),
        ('that = "True"', 'that = "loss > 999"', "run_until", 1),
        ("units = 1", 'units = "many"', "units = 1", 1),
        ('activation = "identity"', 'activation = "identiti"', "activation", 1),
        ("W = [[1.0]]", "W = [[1.0, 2.0]]", "W = ", 1),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, words: str, nth: int) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_own(file)
    told = refused.value.text
    wanted = line(words, nth)
    assert any(f"line {near}:" in told.en for near in (wanted - 1, wanted))
    assert any(f"第 {near} 行" in told.zh for near in (wanted - 1, wanted))


def test_broken_toml_says_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SMALL.replace("minutes = 1", "minutes = "), encoding="utf-8")
    with pytest.raises(UserError, match="line 5") as refused:
        read_own(file)
    assert "第 5 行" in refused.value.text.zh


def test_a_control_that_does_not_exist_is_told_at_its_step(tmp_path: Path) -> None:
    source = resource("lessons", "03-navigation.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    for wrong in ("slidr:L1.b", "slider:L2.b", "command:trian_step"):
        file.write_text(
            source.replace('unlock = ["slider:L1.b", "input', f'unlock = ["{wrong}", "input'), encoding="utf-8"
        )
        with pytest.raises(UserError, match=f"step.both: there is no control {wrong}"):
            read_own(file)


def test_a_sound_lesson_is_read_and_needs_no_solution(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    lines = [text for text in SMALL.splitlines() if not text.startswith("solution")]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert read_own(file).id == "small"


def test_every_step_of_ours_is_found_by_number_and_by_id() -> None:
    source = resource("lessons", "08-toy-car.toml").read_text(encoding="utf-8")
    lines = source.splitlines()
    third = line_of(source, "step[2]")
    named = line_of(source, "step.catch-the-slip")
    assert third is not None
    assert named is not None
    assert lines[third - 1] == "[[step]]"
    assert 'id = "catch-the-slip"' in lines[named - 1]
    feedback = line_of(source, "step[2].option[1].feedback")
    assert feedback is not None
    assert lines[feedback - 1].startswith("feedback")
