"""Saving is all or nothing."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gradgui.document.disk import write_bytes
from gradgui.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        write_bytes(path, b"new")
    return refused.value.text.en


def test_the_new_content_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "the disk is read-only")]
)
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_trouble_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, step: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, {"write": "fdopen"}.get(step, step), fail)
        assert refusal(path) == f"{path} cannot be written: {reason}."
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing_or_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "there is no such file or folder" in refusal(tmp_path / "none" / "a")
    assert "no folder" in refusal(tmp_path / "file" / "a")
    assert "it is a folder" in refusal(tmp_path)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_read_only_folder_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        assert "you have no permission" in refusal(path)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="permissions are different there")
def test_permissions_and_links_survive(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


WRITER = """
import sys
from pathlib import Path
from gradgui.document.disk import write_bytes
n = 0
while True:
    write_bytes(Path(sys.argv[1]), (b"%d " % n) * 20000)
    n += 1
    print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("rounds", [5, pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(600)])])
def test_a_program_killed_while_saving_leaves_a_whole_file(tmp_path: Path, rounds: int) -> None:
    path = tmp_path / "a"
    for saves in range(1, rounds + 1):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(saves % 7 + 1):
            writer.stdout.readline()
        writer.kill()
        writer.communicate()
        words = path.read_bytes().split()
        assert len(words) == 20000
        assert len(set(words)) == 1
