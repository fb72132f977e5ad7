"""The lessons on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui.lessons import check
from gradgui.resources import path as resource
from gradgui.text import same
from tests.commands.conftest import Gradgui


def test_all_eighteen_are_listed_in_the_language_asked_for(gradgui: Gradgui) -> None:
    lines = gradgui("lessons", "--lang", "zh").out.splitlines()
    assert len(lines) == 18
    assert "玩具车" in lines[7]


def test_every_number_is_verified(gradgui: Gradgui) -> None:
    said = gradgui("lessons", "--check")
    assert said.code == 0
    assert said.out.endswith("18 lessons, everything is right.\n")


def test_a_wrong_number_is_exit_code_one(gradgui: Gradgui, monkeypatch: pytest.MonkeyPatch) -> None:
    failure = [check.Failure("expect[2]", same("5 is not 4"))]
    monkeypatch.setattr(check, "check_lesson", lambda lesson: failure if lesson.id == "soup" else [])
    said = gradgui("lessons", "--check")
    assert said.code == 1
    assert "expect[2]: 5 is not 4" in said.out
    assert said.out.endswith("1 of 18 lessons are wrong.\n")


def test_a_teachers_own_lessons_are_verified_by_their_files(gradgui: Gradgui, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_bytes(resource("lessons", "08-toy-car.toml").read_bytes())
    bad.write_text(good.read_text(encoding="utf-8").replace("units = 1", "units = 0", 1), encoding="utf-8")
    said = gradgui("lessons", "--check", good)
    assert (said.code, said.out) == (0, "good.toml        ok\n")
    said = gradgui("lessons", "--check", good, bad, tmp_path / "none.toml")
    assert said.code == 1
    assert "bad.toml, line " in said.out
    assert "none.toml: there is no such file" in said.out
    assert said.out.endswith("2 of 3 lessons are wrong.\n")


def test_a_worksheet_is_printed(gradgui: Gradgui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # Qt grumbles at others
    out = tmp_path / "toy-car.pdf"
    assert gradgui("lessons", "--handout", "toy-car", str(out), "--answers").code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_lesson_that_is_not_there_cannot_be_printed(gradgui: Gradgui, tmp_path: Path) -> None:
    result = gradgui("lessons", "--handout", "toy", str(tmp_path / "x.pdf"))
    assert result.code == 2
    assert "got toy" in result.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_worksheet_is_a_pdf(gradgui: Gradgui, tmp_path: Path) -> None:
    assert "expected a name that ends in .pdf" in gradgui("lessons", "--handout", "cat", str(tmp_path / "x.doc")).err


def test_the_progress_of_a_class_becomes_one_table(gradgui: Gradgui, tmp_path: Path) -> None:
    (tmp_path / "li.json").write_text('{"lessons": {"cat": {"done": ["dir", "size"], "right": ["dir"]}}}')
    (tmp_path / "wang.json").write_text('{"welcomed": true}')
    out = tmp_path / "class.csv"
    assert gradgui("lessons", "--class", out, tmp_path / "li.json", tmp_path / "wang.json").code == 0
    lines = out.read_text().splitlines()
    assert len(lines) == 1 + 2 * 18
    assert lines[1].startswith("li,cat,")
    assert ",2," in lines[1]
    assert lines[1].endswith(",1")
    assert lines[19].startswith("wang,cat,")
    assert lines[19].endswith(",0")


def test_a_file_that_is_no_progress_is_named(gradgui: Gradgui, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1, 2]")
    said = gradgui("lessons", "--class", tmp_path / "class.csv", tmp_path / "x.json")
    assert said.code == 2
    assert "x.json: this is no progress file" in said.err
    assert not (tmp_path / "class.csv").exists()
