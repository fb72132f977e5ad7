"""What the engine expects of a layer, an activation, a loss and an optimiser.

Everything is feature-major: an activation buffer has one row per unit and one column per sample. Each part answers with
calls on the buffers it is given; it never allocates while training.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.tape import Array, Call, Shape, Stage, Workspace

SMALL = 8192
"""Numbers that fit into the fastest cache with room to spare."""


@dataclass(slots=True)
class Clock:
    """Where training stands; read by parts whose numbers depend on time."""

    seed: int = 0
    iteration: int = 0
    epoch: int = 0
    batch: int = 0


@dataclass(slots=True)
class Scratch:
    """Buffers and constants for one layer at one batch size."""

    workspace: Workspace
    owner: object

    def empty(self, name: str, shape: Shape, fill: float = 0.0) -> Array:
        """A buffer that belongs to this layer."""
        return self.workspace.empty(self.owner, name, shape, fill)

    def constant(self, value: float) -> Array:
        """A shared 0-d constant."""
        return self.workspace.constant(value)

    def zeros(self, shape: Shape) -> Array:
        """Zeros to compare an array of that shape with: much faster than comparing with a single number.

        A large array is compared with one row of zeros, which stays in the cache.
        """
        return self.workspace.empty("zeros", "", shape if math.prod(shape) <= SMALL else shape[-1:])


class Activation(ABC):
    """a = f(z), unit by unit, with its slope f′."""

    slope_from_output = False
    """True if f′ is computed from a alone; then neighbouring layers share one call."""

    @abstractmethod
    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""

    @abstractmethod
    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""

    def backward(self, a: Array, slope: Array, da: Array, dz: Array, scratch: Scratch) -> list[Call]:
        """Calls that write ∂L/∂z = ∂L/∂a · f′(z) into dz."""
        return [(np.multiply, (da, slope, dz))]


class Loss(ABC):
    """How wrong the answers are; per sample the outputs are summed, then the batch is averaged or summed."""

    fuses_with: type[Activation] | None = None
    """The output activation with which ∂L/∂z has a stable closed form."""

    @abstractmethod
    def per_sample(self, a: Array, y: Array) -> Array:
        """(outputs, …) answers and targets → (…) losses, summed over the outputs; a target may serve many answers."""

    @abstractmethod
    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""

    def per_sample_fused(self, z: Array, a: Array, y: Array) -> Array:
        """The same losses from the output layer's z alone, stable for any size of z; `a` may hold anything."""
        raise NotImplementedError

    def gradient_fused(self, a: Array, y: Array, dz: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · (p − y) into dz: the closed form of both fused pairs."""
        return [(np.subtract, (a, y, dz)), (np.multiply, (dz, scale, dz))]


@dataclass(frozen=True, slots=True)
class Flat:
    """Equally long stretches of the flat vectors, for all parameters or for those of one layer."""

    grad: Array
    theta: Array
    memory: Array
    """(slots, …) what the optimiser remembers."""
    step: Array
    """Where the step is written."""
    spare: Array
    """Free for intermediate results."""


Dials = tuple[Array, Array, Array, Array]
"""0-d arrays."""


class Optimizer(ABC):
    """Turns a gradient into a step; the engine subtracts the step from the parameters."""

    slots = 0
    """How many numbers it remembers per parameter."""
    counts_steps = False
    """True if `tick` must run before every step."""

    @abstractmethod
    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step.

        `rate` is the learning rate as a 0-d array; `dials` are numbers that `tick` rewrites, so that calls need not be
        rebuilt.
        """

    def remembered(self, memory: Array) -> Array | None:
        """(P,) the average of past gradients that the next step carries on; None where no direction is remembered."""
        return None

    def squared(self, memory: Array, updates: int) -> Array | None:
        """(P,) the sum or average of past gradients squared, by whose root a step is divided; None without one.

        `updates` have been made, at least one.
        """
        return None

    def tick(self, step: int, rate: float, dials: Dials) -> None:
        """Rewrite `dials` for training step `step`, the first being 1."""


@dataclass(slots=True)
class Site:
    """Where a layer works: its buffers for one batch size.

    U units, I inputs, B samples. `x1` is the input with a last row of ones, so that a bias is just one more weight;
    `M` is (rows, columns + 1) with the biases in its last column.
    """

    input_shape: Shape
    output_shape: Shape
    x1: Array
    x: Array
    z: Array
    a: Array
    da: Array
    dz: Array
    slope: Array
    dx1: Array
    dx: Array
    M: Array | None
    G: Array | None
    state: Array
    clock: Clock
    layer: int
    training: bool
    scratch: Scratch
    fused: list[Call] | None = None
    """∂L/∂z in closed form, if the loss has one for this output layer."""


class Layer(ABC):
    """One column of the network."""

    activation: Activation | None = None
    dense = False
    """True if all that the layer does is a = f(W x + b): then many networks can be run at once."""
    idle = False
    """True if the layer, outside training, hands on the numbers that came in."""
    span: tuple[tuple[float, float], ...] | None = None
    """From where to where its parameters are worth looking at, where the layer knows."""
    start: tuple[float, float] | None = None
    """Every weight and every bias at the start, where no initialiser is asked."""

    alone = False
    """True if the layer's one answer depends on its parameters only; then `answers` tells it for many at once."""

    @abstractmethod
    def output_shape(self, shape: Shape) -> Shape:
        """Shape of one sample's output; raises UserError if that input cannot be used."""

    def answers(self, thetas: Array) -> Array:
        """(k, parameters) → (k,) answers of a layer that is `alone`."""
        raise NotImplementedError

    def parameter_shape(self, shape: Shape) -> tuple[int, int] | None:
        """(rows, columns) of W; each row has one bias besides. None without parameters."""
        return None

    def fan(self, shape: Shape) -> tuple[int, int]:
        """(fan in, fan out) for the initialisers."""
        rows, columns = self.parameter_shape(shape) or (1, 1)
        return columns, rows

    def state_size(self, shape: Shape) -> int:
        """How many numbers the layer remembers that are not learnt by gradient."""
        return 0

    def initial_state(self, shape: Shape) -> NDArray[np.float64]:
        """Those numbers at the start."""
        return np.zeros(self.state_size(shape))

    @abstractmethod
    def forward(self, site: Site) -> list[Stage]:
        """Stages that write site.a (and site.z, if there is an activation) from site.x."""

    @abstractmethod
    def backward(self, site: Site) -> list[Stage]:
        """Stages that write site.G and site.dx from site.da."""
