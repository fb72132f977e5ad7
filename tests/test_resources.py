"""Resources are found wherever the program lives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gradgui import resources

CHECKOUT = Path(__file__).resolve().parent.parent


def test_a_checkout_holds_them_beside_the_package() -> None:
    assert resources.root() == CHECKOUT / "resources"
    assert resources.root().is_dir()


def test_a_path_is_joined_from_its_parts() -> None:
    assert resources.path("icons", "step.svg") == resources.root() / "icons" / "step.svg"


def test_a_wheel_holds_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "gradgui"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.path("icons") == package / "resources" / "icons"


def test_a_bundle_holds_them_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.path("lessons") == tmp_path / "resources" / "lessons"


def test_they_do_not_depend_on_the_folder_one_works_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = resources.root()
    monkeypatch.chdir(tmp_path)
    assert resources.root() == before
    assert before.is_absolute()
