"""Training in the real window, all views alive: how fast it is, how long pictures take, how often maps are new."""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from gradgui.bench.measure import Timing
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import read
from gradgui.session.examples import example_path
from gradgui.text import Language

HIDDEN, UNITS = 6, 8
SIZE = (1440, 900)
WARM_MS, SECONDS = 2500, 6.0
"""Two slices of the loss surface are cut in that time."""
ROUNDS = 5
HEADLESS_S = 1.0


def step() -> dict[str, Timing]:
    """One training step in the window, and without one right before and after."""
    steps, headless, *_ = _measured()
    shares = [alone / shown for alone, shown in zip(headless, steps, strict=True)]
    return {
        "in the window": Timing(statistics.median(steps), min(steps), 1.0),
        "headless": Timing(statistics.median(headless), min(headless), statistics.median(shares)),
    }


def picture() -> dict[str, Timing]:
    """How long the 99th of 100 pictures takes, painting included; the best is the median picture."""
    *_, costs, _ = _measured()
    worst = float(np.percentile(costs, 99))
    return {"in the window": Timing(worst, statistics.median(costs), 1.0)}


def maps() -> dict[str, Timing]:
    """From one picture of all neuron maps to the next."""
    *_, gaps = _measured()
    return {"in the window": Timing(statistics.fmean(gaps), min(gaps), 1.0)}


@cache
def _measured() -> tuple[list[float], list[float], list[float], list[float]]:
    """Seconds per step in the window and headless, round by round; of each picture; between two sets of maps."""
    steps: list[float] = []
    headless: list[float] = []
    costs: list[float] = []
    gaps: list[float] = []
    before = _headless()
    for _ in range(ROUNDS):
        each, pictures, between = _in_window()
        after = _headless()
        steps.append(each)
        headless.append((before + after) / 2)
        costs += pictures
        gaps += between
        before = after
    return steps, headless, costs, gaps


def _experiment() -> Experiment:
    """The spiral with as many layers as the window can show well."""
    spiral = read(example_path("spiral"))
    first, last = spiral.network.layers[0], spiral.network.layers[-1]
    bare = {"W": None, "b": None}
    hidden = msgspec.structs.replace(first, units=UNITS, **bare)
    layers = (*[hidden] * HIDDEN, msgspec.structs.replace(last, **bare))
    return spiral.with_(network=msgspec.structs.replace(spiral.network, layers=layers))


def _headless() -> float:
    trainer = compile_experiment(_experiment()).trainer()
    trainer.run(1000)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < HEADLESS_S:
        trainer.run(200)
        count += 200
    return (time.perf_counter() - start) / count


def _in_window() -> tuple[float, list[float], list[float]]:
    from gradgui.app import Program, can_use_opengl, run_for
    from gradgui.bench.paints import the_application
    from gradgui.session.settings import Settings
    from gradgui.session.snapshot import Snapshot

    application = the_application()
    costs: list[float] = []
    seen: list[tuple[float, int]] = []

    def note(snapshot: Snapshot) -> None:
        seen.append((time.perf_counter(), snapshot.iteration))

    with tempfile.TemporaryDirectory() as folder:
        program = Program(application, Settings(Path(folder)), Language.ENGLISH, can_use_opengl(safe_mode=False))
        program.window.resize(*SIZE)
        program.window.show()
        program.session.open(_experiment())
        run_for(WARM_MS)
        program.session.play()
        run_for(WARM_MS / 2)
        program.session.frames.drawn.connect(costs.append)
        program.session.shown.connect(note)
        run_for(SECONDS * 1000)
        program.session.pause()
        program.documents.forget_changes()
        program.window.close()
        run_for(100)
    (first, start), (last, end) = seen[0], seen[-1]
    gaps = [after - before for (before, _), (after, _) in itertools.pairwise(seen)]
    return (last - first) / max(1, end - start), costs, gaps
