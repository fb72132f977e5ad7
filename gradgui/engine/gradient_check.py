"""A second opinion: nudge every parameter a little both ways and see whether the loss follows the computed gradient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.buffers import Buffers
from gradgui.engine.network import Network
from gradgui.engine.parts import Clock
from gradgui.engine.program import Program
from gradgui.engine.samples import Samples
from gradgui.engine.tape import run

EPSILON = 1e-5
TOLERANCE = 1e-6
"""Relative error up to which both opinions count as the same."""
CLOSER = (0.1, 0.01)
"""Shares of ε at which to look again where the opinions differ: a corner within ±ε may lie outside by then."""
STEEPEST = 1e3
"""Slopes to both sides differ by more than this times ε, relatively, because of a corner, not because of a bend."""
ROUNDING = 1e-15
"""What a loss around 1 may be off by."""
SMALL = 1e-3
"""Entries below this share of the largest one are measured against that share: their digits are lost in rounding."""


@dataclass(frozen=True, slots=True)
class ParameterCheck:
    """Both opinions on one parameter."""

    index: int
    """Place in the flat vector."""
    layer: int
    name: str
    """Such as L2.W[0,3] or L2.b[0]."""
    analytic: float
    """∂L/∂w from the backward pass."""
    numeric: float
    """(L(w + ε) − L(w − ε)) / 2ε."""
    error: float
    """|analytic − numeric|, relative to the larger of the two."""
    corner: bool
    """The loss has a corner within ±ε (a ReLU switches): both one-sided slopes are right there, the central is not."""
    agrees: bool


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """Both opinions on all parameters that were looked at."""

    epsilon: float
    loss: float
    entries: tuple[ParameterCheck, ...]
    error: float
    """‖analytic − numeric‖ / (‖analytic‖ + ‖numeric‖) over all of them."""

    @property
    def agrees(self) -> bool:
        """Whether nobody disagrees."""
        return all(entry.agrees for entry in self.entries)

    @property
    def worst(self) -> ParameterCheck:
        """The entry with the largest error; one at a corner only if there is no other."""
        return max(self.entries, key=lambda entry: (not entry.agrees, not entry.corner, entry.error))


class LossAt:
    """The loss of a set of examples as a function of all parameters, in double precision.

    It is the loss the training step works on: dropout uses the mask of the `clock`'s step, held still, and batch norm
    the averages of these samples. The network itself is never touched.
    """

    def __init__(self, network: Network, samples: Samples, clock: Clock | None = None) -> None:
        self.network = network.copy_as(np.float64)
        count = len(samples)
        x1 = np.ones((self.network.inputs + 1, count))
        x1[:-1] = samples.x.T
        y = np.ascontiguousarray(samples.y.T, np.float64)
        clock = Clock() if clock is None else replace(clock)
        self.program = Program(self.network, Buffers(self.network, count), x1, y, clock, training=True)
        self.program.bind_backward()
        self._events = self.program.stages()
        self._state = self.network.state.copy()

    def loss(self, theta: NDArray[np.float64]) -> float:
        """L(θ)."""
        self.network.theta[...] = theta
        self.network.state[...] = self._state
        with np.errstate(all="ignore"):
            run(self.program.forward_calls)
            return self.program.loss()

    def gradient(self, theta: NDArray[np.float64]) -> NDArray[np.float64]:
        """(P,) ∇L(θ); afterwards every buffer of the program is filled, ∂L/∂x of the input included."""
        self.network.theta[...] = theta
        self.network.state[...] = self._state
        with np.errstate(all="ignore"):
            for _, stage, _ in self._events:
                run(stage.slope + stage.calls + stage.watch)
        return self.network.grad.astype(np.float64)


def check_gradient(
    network: Network,
    samples: Samples,
    *,
    clock: Clock | None = None,
    indices: Iterable[int] | None = None,
    epsilon: float = EPSILON,
) -> GradientCheck:
    """Compare both opinions at the parameters now, for all of them or the given places of the flat vector."""
    at = LossAt(network, samples, clock)
    theta = network.theta.astype(np.float64)
    chosen = list(range(network.size) if indices is None else indices)
    analytic = at.gradient(theta)[chosen]
    slopes = _slopes(at, theta, chosen, epsilon)
    names = parameter_names(network)
    loss = at.loss(theta)
    floor = SMALL * float(np.abs(analytic).max(initial=0.0)) or 1.0
    entries = []
    for index, a, found in zip(chosen, analytic, slopes, strict=True):
        size = max(abs(a), abs(found[0]), floor)
        near, corner = _judged(a, found, size, epsilon, loss)
        for closer in (share * epsilon for share in CLOSER):
            # Where rounding would forgive a wrong gradient, too, a closer look tells nothing.
            if near or corner or _rounding(loss, closer) > SMALL * size:
                break
            corner = any(_judged(a, _slopes(at, theta, [index], closer)[0], size, closer, loss))
        layer, name = names[index]
        error = float(abs(a - found[0])) / size
        entries.append(ParameterCheck(index, layer, name, float(a), float(found[0]), error, corner, near or corner))
    return GradientCheck(epsilon, loss, tuple(entries), overall_error(analytic, slopes[:, 0]))


def sweep(
    network: Network, samples: Samples, epsilons: Sequence[float], *, clock: Clock | None = None
) -> NDArray[np.float64]:
    """(len(epsilons),) overall errors: too large an ε sees the curve, too small a one only rounding."""
    at = LossAt(network, samples, clock)
    theta = network.theta.astype(np.float64)
    analytic = at.gradient(theta)
    everyone = range(network.size)
    return np.array([overall_error(analytic, _slopes(at, theta, everyone, e)[:, 0]) for e in epsilons])


def overall_error(analytic: NDArray[np.float64], numeric: NDArray[np.float64]) -> float:
    """‖a − n‖ / (‖a‖ + ‖n‖); 0 where both are 0."""
    total = float(np.linalg.norm(analytic) + np.linalg.norm(numeric))
    return float(np.linalg.norm(analytic - numeric)) / total if total else 0.0


def parameter_names(network: Network) -> list[tuple[int, str]]:
    """(layer, name) of every place in the flat vector, such as (0, "L1.W[2,0]")."""
    names: list[tuple[int, str]] = []
    for layer, place in enumerate(network.places):
        rows, columns = place.matrix or (0, 1)
        for row in range(rows):
            names += [(layer, f"L{layer + 1}.W[{row},{column}]") for column in range(columns - 1)]
            names.append((layer, f"L{layer + 1}.b[{row}]"))
    return names


def _slopes(at: LossAt, theta: NDArray[np.float64], indices: Sequence[int], epsilon: float) -> NDArray[np.float64]:
    """(len(indices), 3) central difference, slope to the left, slope to the right."""
    here, moved = at.loss(theta), theta.copy()
    slopes = np.empty((len(indices), 3))
    for row, index in enumerate(indices):
        moved[index] = theta[index] + epsilon
        above = at.loss(moved)
        moved[index] = theta[index] - epsilon
        below = at.loss(moved)
        moved[index] = theta[index]
        slopes[row] = (above - below) / (2 * epsilon), (here - below) / epsilon, (above - here) / epsilon
    return slopes


def _judged(a: float, slopes: NDArray[np.float64], size: float, epsilon: float, loss: float) -> tuple[bool, bool]:
    """Whether the gradient is the central difference; else whether there is a corner, with it between both slopes."""
    central, left, right = slopes
    rounding = _rounding(loss, epsilon)
    near = bool(abs(a - central) <= TOLERANCE * size + rounding)
    low, high = min(left, right) - TOLERANCE * size, max(left, right) + TOLERANCE * size
    corner = not near and bool(high - low > STEEPEST * epsilon * size + rounding and low <= a <= high)
    return near, corner


def _rounding(loss: float, epsilon: float) -> float:
    """What a slope over ε may be off by because the losses are rounded."""
    return ROUNDING * max(1.0, abs(loss)) / epsilon
