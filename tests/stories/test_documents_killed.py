"""A window that is killed at any moment leaves a whole file, and loses no more than two seconds of work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")
@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_a_window_killed_at_any_moment_leaves_a_whole_file_and_its_latest_work(tmp_path: Path, rounds: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.killed", str(tmp_path), str(rounds)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=3500,
    )
    assert done.returncode == 0, done.stderr
    sys.stderr.write(done.stdout)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["rounds"] == rounds
    for moment in ("playing", "saving", "keeping"):
        assert figures[f"killed_while_{moment}"] > 0 or rounds < 10
    assert figures["most_lost_s"] <= 2
