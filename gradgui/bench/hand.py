"""The real window under a hand: how soon after an edit its landscape is there, and how evenly a dragged ball moves."""

from __future__ import annotations

import math
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gradgui.bench.measure import Timing
from gradgui.bench.window import SIZE
from gradgui.document.file import read
from gradgui.session.examples import example_path, examples
from gradgui.session.snapshot import SurfaceView
from gradgui.text import Language

if TYPE_CHECKING:
    from gradgui.app import Program
    from gradgui.bench.paints import Paints

DRAGGED = ("toy-car", "circle", "spiral", "surface-bowl")
"""Examples in which the ball is dragged."""
LARGE = ("digits-dense", "digits-convolution")
"""Those whose finished picture takes longest."""
FEW = ("toy-car", "spiral", "digits-dense", "surface-rastrigin")
"""For a quick look."""
EDITS, FEW_EDITS, MOVES = 7, 3, 100
SETTLE_MS, PAUSE_MS, REST_MS = 1200, 250, 30
FINISHED_S = 15.0
"""Nobody waits longer for a finished picture."""
ROUND, REACH = 9.0, 0.1
"""Moves for a radian of the circle in which the ball is dragged, and its size as a share of the picture."""


@dataclass
class Found:
    """Seconds of single edits and moves."""

    edits: dict[str, list[float]] = field(default_factory=dict)
    finished: dict[str, float] = field(default_factory=dict)
    moves: dict[str, list[float]] = field(default_factory=dict)


def names(*, quick: bool) -> tuple[str, ...]:
    """Examples that are measured unless others are asked for."""
    return FEW if quick else tuple(name for name, _ in examples())


def edit(name: str, among: tuple[str, ...], *, quick: bool) -> dict[str, Timing]:
    """From an edit to its first picture on the screen."""
    seconds = _found(among, quick=quick).edits[name]
    return {"in the window": Timing(statistics.median(seconds), min(seconds), 1.0)}


def finished(name: str, among: tuple[str, ...], *, quick: bool) -> dict[str, Timing]:
    """From an edit to its finished picture."""
    seconds = _found(among, quick=quick).finished[name]
    return {"in the window": Timing(seconds, seconds, 1.0)}


def drag(name: str, among: tuple[str, ...], *, quick: bool) -> dict[str, Timing]:
    """From a move of the mouse to the ball's picture: the 99th of 100; the best is the median."""
    seconds = _found(among, quick=quick).moves[name]
    return {"in the window": Timing(float(np.percentile(seconds, 99)), statistics.median(seconds), 1.0)}


@cache
def _found(among: tuple[str, ...], *, quick: bool) -> Found:
    """Everything, in one window."""
    from gradgui.app import Program, can_use_opengl, run_for
    from gradgui.bench.paints import Paints, the_application
    from gradgui.session.settings import Settings

    application = the_application()
    found = Found()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(application, Settings(Path(folder)), Language.ENGLISH, can_use_opengl(safe_mode=False))
        program.window.resize(*SIZE)
        program.window.show()
        hand = _Hand(program, Paints(program.window), run_for)
        for name in among:
            program.session.open(read(example_path(name)), example_path(name).parent)
            run_for(SETTLE_MS)
            found.finished[name] = hand.edit(lambda view: view.final)
            found.edits[name] = [hand.edit(lambda _: True) for _ in range(FEW_EDITS if quick else EDITS)]
            if name in DRAGGED:
                found.moves[name] = hand.drag()
        program.documents.forget_changes()
        program.window.close()
        run_for(100)
    return found


@dataclass(frozen=True, slots=True)
class _Hand:
    """Edits the open experiment and drags its ball."""

    program: Program
    paints: Paints
    run_for: Callable[[float], None]

    def edit(self, wanted: Callable[[SurfaceView], bool]) -> float:
        """Begin a new run, as every edit of the network does; until such a picture of it is painted."""
        session = self.program.session

        def is_it(view: object) -> bool:
            return isinstance(view, SurfaceView) and view.revision == session.revision and wanted(view)

        seconds = self.paints.seconds(session.reset, session.scenery.changed, is_it, FINISHED_S)
        self.run_for(PAUSE_MS)
        return seconds

    def drag(self) -> list[float]:
        """Around a circle, at the speed of a hand."""
        pane, session = self.program.desk.views.surface, self.program.session
        ball, view = pane.ball, session.scenery.view
        assert ball is not None
        assert view is not None
        (x0, x1), (y0, y1) = view.ranges
        seconds = []
        for number in range(MOVES):
            angle = (number + 1) / ROUND
            x = ball.x + REACH * (x1 - x0) * math.sin(angle)
            y = ball.y + REACH * (y1 - y0) * (math.cos(angle) - 1)
            seconds.append(self.paints.seconds(partial(pane.point_chosen.emit, (x, y)), session.shown))
            self.run_for(REST_MS)
        pane.placing_ended.emit()
        return seconds
