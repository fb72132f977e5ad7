"""What takes long to show: memory stays flat over millions of steps, and a spiral is learnt."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from gradgui.catalog.registry import optimizer_kinds
from gradgui.engine.update import Rule
from tests.engine.nets import Case, dense

STATUS = Path("/proc/self/statm")


def resident_bytes() -> int:
    gc.collect()
    return int(STATUS.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.skipif(not STATUS.exists(), reason="needs Linux to measure resident memory")
def test_ten_million_steps_take_no_memory() -> None:
    case = Case([dense(4), dense(2), dense(1)], count=100)
    trainer = case.trainer(Rule(optimizer_kinds()["sgd"].spec().build(), 0.01), batch_size=10)
    trainer.run(100_000)
    before = resident_bytes()
    for _ in range(100):
        trainer.run(100_000)
        trainer.evaluate()
    growth = resident_bytes() - before
    print(f"grew by {growth / 2**20:.2f} MB")  # noqa: T201 - shown with -s
    assert trainer.iteration == 10_100_000
    assert growth < 2 * 2**20
