"""The debugger in the real window: how soon after its key a step is painted, and how soon any moment of a long run."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from PySide6.QtCore import SignalInstance

from gradgui.bench.measure import Timing
from gradgui.bench.window import SIZE
from gradgui.document.experiment import Experiment
from gradgui.document.file import read
from gradgui.session.examples import example_path
from gradgui.text import Language

if TYPE_CHECKING:
    from gradgui.bench.paints import Paints

UNITS, BATCH = 8, 200
ITERATIONS = 20_000
"""So long is the run in which the jumps go."""
SETTLE_MS, LONGEST_TRAINING_S = 2500, 120.0
QUICK_MS, CALM_MS = 30, 250
"""Between two keys: of somebody in a hurry, and of somebody who looks; then the slice is drawn anew in between."""
KEYS = (("step", 70), ("step_back", 40), ("step_into", 30), ("step_out", 10), ("step", 30), ("step_back", 20))
"""Commands and how often their key is pressed: 200 in all, at every level of a step."""
JUMPS = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds of single steps and jumps, everything painted that belongs to them."""

    steps: list[float]
    jumps: list[float]


def step(*, flat: bool, quick: bool) -> dict[str, Timing]:
    """From a key to its painted picture, formula included: the 99th of 100 and the worst; the best is the median."""
    return _worst(_found(flat=flat, quick=quick).steps)


def jump(*, flat: bool, quick: bool) -> dict[str, Timing]:
    """The same for a jump to any event of any training step."""
    return _worst(_found(flat=flat, quick=quick).jumps)


def _worst(seconds: list[float]) -> dict[str, Timing]:
    late, usual = float(np.percentile(seconds, 99)), statistics.median(seconds)
    return {"99th of 100": Timing(late, usual, 1.0), "the slowest": Timing(max(seconds), usual, max(seconds) / late)}


def experiment() -> Experiment:
    """2-8-8-1 on the circle, 200 examples in a batch."""
    circle = read(example_path("circle"))
    first, last = circle.network.layers[0], circle.network.layers[-1]
    bare = {"W": None, "b": None}
    hidden = msgspec.structs.replace(first, units=UNITS, **bare)
    layers = (hidden, hidden, msgspec.structs.replace(last, **bare))
    return circle.with_(
        network=msgspec.structs.replace(circle.network, layers=layers),
        training=msgspec.structs.replace(circle.training, batch_size=BATCH),
    )


@cache
def _found(*, flat: bool, quick: bool) -> Found:
    """All of it in one window, with the landscape or, `flat`, with the map in its place."""
    from gradgui.app import Program, can_use_opengl, run_for
    from gradgui.bench.paints import Paints, the_application
    from gradgui.session.settings import Settings

    application = the_application()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(application, Settings(Path(folder)), Language.ENGLISH, can_use_opengl(safe_mode=flat))
        program.window.resize(*SIZE)
        program.window.show()
        session, actions = program.session, program.actions
        session.open(experiment())
        run_for(SETTLE_MS)
        measured = partial(_measured, Paints(program.window), session.shown, run_for)
        steps: list[float] = []
        for pause_ms in (QUICK_MS, CALM_MS):
            for command, times in KEYS:
                acts = [actions.action(command).trigger] * (times // (2 if quick else 1) // 2)
                steps += measured(acts, pause_ms)
        session.run_to(ITERATIONS, 0)
        run_for(LONGEST_TRAINING_S * 1000, session.playing_changed)
        run_for(SETTLE_MS)
        assert session.snapshot is not None
        assert session.snapshot.iteration == ITERATIONS
        places = np.random.default_rng(0).integers((ITERATIONS, len(session.snapshot.network.events)), size=(JUMPS, 2))
        jumps = measured([partial(session.go_to, int(i), int(cursor)) for i, cursor in places], QUICK_MS)
        program.documents.forget_changes()
        program.window.close()
        run_for(100)
    return Found(steps, jumps)


def _measured(
    paints: Paints,
    shown: SignalInstance,
    run_for: Callable[[float], None],
    acts: Sequence[Callable[[], object]],
    pause_ms: float,
) -> list[float]:
    """One after the other, with a pause between; the formula has a picture of its own, right behind the first."""
    seconds = []
    for act in acts:
        seconds.append(paints.seconds(act, shown, pictures=2))
        run_for(pause_ms)
    return seconds
