"""Older formats are brought up to date, newer ones refused politely."""

from __future__ import annotations

import pytest

from gradgui.document.experiment import VERSION
from gradgui.document.migrate import MIGRATIONS, Raw, migrated
from gradgui.errors import UserError
from tests.document.samples import FIXTURES


def rename_loss(raw: Raw) -> Raw:
    return {("loss" if key == "error" else key): value for key, value in raw.items()}


def add_features(raw: Raw) -> Raw:
    return raw | {"features": ["x1"]}


def test_every_step_in_between_is_taken() -> None:
    new = migrated({"version": 1, "error": "mse"}, {1: rename_loss, 2: add_features}, newest=3)
    assert new == {"version": 3, "loss": "mse", "features": ["x1"]}


def test_the_newest_format_is_left_alone() -> None:
    assert migrated({"version": VERSION, "x": 1}) == {"version": VERSION, "x": 1}


@pytest.mark.parametrize("version", [0, -1, True, 1.0, "1", None, []])
def test_a_version_that_never_was_is_refused(version: object) -> None:
    with pytest.raises(UserError, match=r"^version: expected a format version from 1 to 3, got "):
        migrated({"version": version}, {1: rename_loss, 2: add_features}, newest=3)


def test_every_version_has_its_fixture_and_its_step() -> None:
    assert {path.stem for path in FIXTURES.iterdir()} == {f"version-{n}" for n in range(1, VERSION + 1)}
    assert sorted(MIGRATIONS) == list(range(1, VERSION))
