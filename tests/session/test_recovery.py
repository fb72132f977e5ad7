"""Recovery files: one for each window, never two windows at the same one, and nothing is left after a clean end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradgui.document.disk import UNFINISHED
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.session.examples import example_path
from gradgui.session.recovery import Draft, RecoveryStore
from gradgui.text import same

ROOT = Path(__file__).resolve().parents[2]
SPIRAL = read(example_path("spiral"))


def draft(path: Path | None = None) -> Draft:
    return Draft(SPIRAL, same("Spiral"), path, Path("/somewhere"))


def left_behind(folder: Path) -> None:
    """Another program keeps its work safe here and then ends without a word."""
    script = (
        "import sys, os; from pathlib import Path\n"
        "from tests.session.test_recovery import draft; from gradgui.session.recovery import RecoveryStore\n"
        "RecoveryStore(Path(sys.argv[1])).write(draft(Path('/somewhere/spiral.gradgui'))); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=False)


def test_what_a_killed_program_left_is_found_with_its_name_and_time(tmp_path: Path) -> None:
    left_behind(tmp_path)
    (found,) = RecoveryStore(tmp_path).found()
    assert found.experiment == SPIRAL
    assert found.path == Path("/somewhere/spiral.gradgui")
    assert found.folder == Path("/somewhere")
    assert found.saved_at == pytest.approx(found.file.stat().st_mtime, abs=5)


def test_two_windows_are_not_offered_the_same_work(tmp_path: Path) -> None:
    left_behind(tmp_path)
    (found,) = RecoveryStore(tmp_path).found()
    other = RecoveryStore(tmp_path)
    assert other.found() == []
    found.leave()
    (again,) = other.found()
    again.discard()
    assert list(tmp_path.glob("*.recovery")) == []
    assert RecoveryStore(tmp_path).found() == []


def test_the_work_of_a_window_that_is_open_is_not_touched(tmp_path: Path) -> None:
    mine, other = RecoveryStore(tmp_path), RecoveryStore(tmp_path)
    mine.write(draft())
    other.write(draft())
    assert mine.file != other.file
    assert mine.found() == other.found() == []
    mine.clear()
    assert other.file.exists()
    other.clear()
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_recovery_file_is_passed_over_and_kept(tmp_path: Path) -> None:
    for name, content in {"a": b"", "b": b"{}", "c": b'{"title": 3', "d": b"\xff" * 100, "e": b"[" * 9999}.items():
        (tmp_path / f"{name}.recovery").write_bytes(content)
    (tmp_path / "folder.recovery").mkdir()
    assert RecoveryStore(tmp_path).found() == []
    assert len(list(tmp_path.glob("*.recovery"))) == 6


def test_what_a_killed_program_only_began_is_swept_away_but_not_what_is_being_written(tmp_path: Path) -> None:
    store = RecoveryStore(tmp_path)
    begun, old = (tmp_path / f".{store.file.name}.{n}{UNFINISHED}" for n in (1, 2))
    for file in (begun, old):
        file.touch()
    os.utime(old, (0, 0))
    assert store.found() == []
    assert list(tmp_path.iterdir()) == [begun]


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = RecoveryStore(tmp_path / "file" / "recovery")
    assert store.found() == []
    with pytest.raises(UserError, match="cannot be written"):
        store.write(draft())
    store.clear()
