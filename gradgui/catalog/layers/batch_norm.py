"""Batch normalisation: every unit is measured against its own average over the batch."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.layers._base import LayerKind, Row, WeightedSpec
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Array, Shape, Stage
from gradgui.text import Text


class BatchNormSpec(WeightedSpec, frozen=True, tag="batch_norm"):
    """The options of batch normalisation."""

    epsilon: Annotated[float, Range(1e-12, 1.0), Label(Text(en="ε", zh="ε"))] = 1e-5
    momentum: Annotated[float, Range(0.0, 1.0), Label(Text(en="share of the new average", zh="新均值的比重"))] = 0.1
    mean: Row | None = None
    """(channels,) running averages to begin with; 0 where missing."""
    var: Row | None = None
    """(channels,) running variances to begin with; 1 where missing."""

    def build(self) -> BatchNorm:
        """The layer for the engine."""
        return BatchNorm(self.epsilon, self.momentum, self.mean, self.var)


class BatchNorm(Layer):
    """a = W (x − mean) / √(var + ε) + b per channel (Ioffe and Szegedy 2015); W starts at 1, b at 0.

    While training, mean and variance are those of the batch; afterwards the running averages, as in PyTorch.
    """

    start = (1.0, 0.0)

    def __init__(self, epsilon: float, momentum: float, mean: Row | None = None, var: Row | None = None) -> None:
        self.epsilon = epsilon
        self.momentum = momentum
        self._first = mean, var

    def output_shape(self, shape: Shape) -> Shape:
        """As it came in."""
        return shape

    def parameter_shape(self, shape: Shape) -> tuple[int, int]:
        """One weight and one bias per channel."""
        return shape[0], 1

    def state_size(self, shape: Shape) -> int:
        """Running mean and variance."""
        return 2 * shape[0]

    def initial_state(self, shape: Shape) -> NDArray[np.float64]:
        """Mean 0, variance 1, unless others are given; what does not fit is refused where the document is checked."""
        channels = shape[0]
        state = np.concatenate([np.zeros(channels), np.ones(channels)]).reshape(2, -1)
        for row, given in zip(state, self._first, strict=True):
            if given is not None and len(given) == channels:
                row[:] = given
        return state.ravel()

    def forward(self, site: Site) -> list[Stage]:
        """Normalise, then scale and shift."""
        function = self._train if site.training else self._use
        return [Stage(EventKind.NORMALIZE, [(function, (site,))])]

    def backward(self, site: Site) -> list[Stage]:
        """Gradients of scale and shift, then of the input."""
        return [
            Stage(EventKind.D_WEIGHT, [(self._parameters, (site,))]),
            Stage(EventKind.D_BIAS),
            Stage(EventKind.D_INPUT, [(self._input, (site,))]),
        ]

    def _train(self, site: Site) -> None:
        x = _channels(site.x, site)
        mean, var = x.mean(axis=1), x.var(axis=1)
        count = x.shape[1]
        running = site.state.reshape(2, -1)
        unbiased = var * (count / (count - 1)) if count > 1 else var
        running[0] += self.momentum * (mean - running[0])
        running[1] += self.momentum * (unbiased - running[1])
        self._apply(site, x, mean, var)

    def _use(self, site: Site) -> None:
        running = site.state.reshape(2, -1)
        self._apply(site, _channels(site.x, site), running[0], running[1])

    def _apply(self, site: Site, x: Array, mean: Array, var: Array) -> None:
        assert site.M is not None
        inverse, normal = _inverse(site), _normal(site, x.shape)
        np.copyto(inverse[:, 0], 1 / np.sqrt(var + self.epsilon))
        np.multiply(x - mean[:, None], inverse, normal)
        np.copyto(_channels(site.a, site), normal * site.M[:, :1] + site.M[:, 1:])

    def _parameters(self, site: Site) -> None:
        assert site.G is not None
        da = _channels(site.da, site)
        site.G[:, 0] = (da * _normal(site, da.shape)).sum(axis=1)
        site.G[:, 1] = da.sum(axis=1)

    def _input(self, site: Site) -> None:
        """∂L/∂x = W/√(var+ε) (∂L/∂a − mean(∂L/∂a) − x̂ mean(∂L/∂a · x̂))."""
        assert site.M is not None
        da = _channels(site.da, site)
        normal = _normal(site, da.shape)
        centred = da - da.mean(axis=1, keepdims=True) - normal * (da * normal).mean(axis=1, keepdims=True)
        np.copyto(_channels(site.dx, site), centred * (site.M[:, :1] * _inverse(site)))


def _channels(flat: Array, site: Site) -> Array:
    """(channels, places · samples)."""
    return flat.reshape(site.input_shape[0], math.prod(site.input_shape[1:]) * flat.shape[1])


def _inverse(site: Site) -> Array:
    return site.scratch.empty("inverse", (site.input_shape[0], 1))


def _normal(site: Site, shape: Shape) -> Array:
    return site.scratch.empty("normal", shape)


class BatchNormKind(LayerKind):
    """Every unit against its own average over the batch."""

    id = "batch_norm"
    name = Text(en="Batch norm", zh="批归一化")
    latex = r"a=W\cdot\frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}+b"
    spec = BatchNormSpec
    role = "norm"
    events = (EventKind.NORMALIZE,)


KIND = BatchNormKind()
