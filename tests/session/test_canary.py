"""A start that dies in a graphics driver makes the next one careful."""

from __future__ import annotations

from pathlib import Path

from gradgui.session.canary import Canary


def test_a_start_that_goes_well_leaves_nothing(tmp_path: Path) -> None:
    canary = Canary(tmp_path / "new")
    canary.begin()
    assert Canary(tmp_path / "new").is_left
    canary.end()
    assert not Canary(tmp_path / "new").is_left


def test_a_start_that_died_is_news_once_and_remembered_until_it_goes_well(tmp_path: Path) -> None:
    Canary(tmp_path).begin()
    assert Canary(tmp_path).is_news()
    assert not Canary(tmp_path).is_news()
    assert Canary(tmp_path).is_left
    Canary(tmp_path).begin()
    Canary(tmp_path).end()
    assert not Canary(tmp_path).is_left


def test_a_folder_that_cannot_be_written_is_survived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    canary = Canary(tmp_path / "file")
    canary.begin()
    canary.end()
    assert not canary.is_left
