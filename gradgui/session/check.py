"""A second opinion on the gradients of the step in progress, worked out in the engine's thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from gradgui.engine.gradient_check import EPSILON, GradientCheck, check_gradient
from gradgui.engine.network import Network
from gradgui.engine.parts import Clock
from gradgui.engine.samples import Samples
from gradgui.session.facts import parameter_place
from gradgui.session.requests import Engine
from gradgui.session.run import Run
from gradgui.session.snapshot import Array

MOST = 400
"""Parameters checked at once; of more, some evenly chosen ones."""
MOST_FOR_SWEEP = 24
EPSILONS = tuple(10.0**-power for power in range(1, 12))


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Both opinions on one parameter."""

    name: str
    layer: int
    analytic: float
    numeric: float
    error: float
    agrees: bool
    corner: bool
    """A ReLU switches within ±ε: both one-sided slopes are right there."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """Both opinions on what was asked for."""

    iteration: int
    what: str
    """A parameter, a layer, or empty for everything."""
    epsilon: float
    error: float
    rows: tuple[CheckRow, ...]
    """The largest disagreement first."""
    left_out: int
    epsilons: Array
    errors: Array
    """Overall error for each ε."""

    @property
    def agrees(self) -> bool:
        """Whether nobody disagrees."""
        return all(row.agrees for row in self.rows)


class Opinions(QObject):
    """Where the answers arrive in the window's thread."""

    checked = Signal(object)
    """A CheckView."""


@dataclass(frozen=True, slots=True)
class CheckGradients:
    """Check a parameter (L1.W[0,1]), a layer (L1), or everything (empty)."""

    what: str
    opinions: Opinions

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if engine.run is not None:
            engine.pause()
            self.opinions.checked.emit(checked(engine.run, self.what))


def checked(run: Run, what: str) -> CheckView:
    """Compare the backward pass of the step in progress with nudging; leaves the run as it is."""
    network, samples, clock = _standing(run)
    wanted = _indices(network, what)
    chosen = wanted if len(wanted) <= MOST else [wanted[i] for i in np.linspace(0, len(wanted) - 1, MOST).astype(int)]
    found = check_gradient(network, samples, clock=clock, indices=chosen, epsilon=EPSILON)
    few = chosen[:: max(1, len(chosen) // MOST_FOR_SWEEP)]
    errors = [check_gradient(network, samples, clock=clock, indices=few, epsilon=e).error for e in EPSILONS]
    return CheckView(
        run.iteration,
        what,
        found.epsilon,
        found.error,
        _rows(found),
        len(wanted) - len(chosen),
        np.array(EPSILONS),
        np.array(errors),
    )


def _standing(run: Run) -> tuple[Network, Samples, Clock]:
    """The network as it was at the start of the step, the step's batch, and its place in time."""
    trainer = run.trainer
    network = trainer.network.copy_as(np.float64)
    network.theta[...] = run.start.theta
    network.state[...] = run.start.state
    batch = trainer.batch
    samples = Samples(trainer.samples.x[batch], trainer.samples.y[batch])
    epoch, slot = divmod(run.iteration, trainer.steps_per_epoch)
    return network, samples, Clock(run.compiled.experiment.training.seed, run.iteration, epoch, slot)


def _indices(network: Network, what: str) -> list[int]:
    if not what:
        return list(range(network.size))
    if "." not in what and what.startswith("L"):
        place = network.places[int(what[1:]) - 1]
        return list(range(place.parameters.start, place.parameters.stop))
    layer, letter, at = parameter_place(what, len(network.places))
    numbers = np.arange(network.size, dtype=np.float64)
    view = (network.weights if letter == "W" else network.biases)(layer, numbers)
    assert view is not None
    return [int(n) for n in np.asarray(view[at] if at else view).reshape(-1)]


def _rows(found: GradientCheck) -> tuple[CheckRow, ...]:
    rows = [
        CheckRow(e.name, e.layer, e.analytic, e.numeric, e.error, e.agrees, e.corner)
        for e in sorted(found.entries, key=lambda entry: (entry.agrees, -entry.error))
    ]
    return tuple(rows)
