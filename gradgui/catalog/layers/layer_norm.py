"""Layer normalisation: every sample is measured against its own average over the units."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from gradgui.catalog.layers._base import LayerKind, WeightedSpec
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Array, Shape, Stage
from gradgui.text import Text


class LayerNormSpec(WeightedSpec, frozen=True, tag="layer_norm"):
    """The options of layer normalisation."""

    epsilon: Annotated[float, Range(1e-12, 1.0), Label(Text(en="ε", zh="ε"))] = 1e-5

    def build(self) -> LayerNorm:
        """The layer for the engine."""
        return LayerNorm(self.epsilon)


class LayerNorm(Layer):
    """a = W ⊙ (x − mean) / √(var + ε) + b, mean and variance over the units (Ba et al. 2016); W starts at 1, b at 0."""

    start = (1.0, 0.0)

    def __init__(self, epsilon: float) -> None:
        self.epsilon = epsilon

    def output_shape(self, shape: Shape) -> Shape:
        """As it came in."""
        return shape

    def parameter_shape(self, shape: Shape) -> tuple[int, int]:
        """One weight and one bias per unit."""
        return math.prod(shape), 1

    def forward(self, site: Site) -> list[Stage]:
        """Normalise, then scale and shift."""
        return [Stage(EventKind.NORMALIZE, [(self._apply, (site,))])]

    def backward(self, site: Site) -> list[Stage]:
        """Gradients of scale and shift, then of the input."""
        return [
            Stage(EventKind.D_WEIGHT, [(self._parameters, (site,))]),
            Stage(EventKind.D_BIAS),
            Stage(EventKind.D_INPUT, [(self._input, (site,))]),
        ]

    def _apply(self, site: Site) -> None:
        assert site.M is not None
        np.copyto(_inverse(site), 1 / np.sqrt(site.x.var(axis=0) + self.epsilon))
        normal = _normal(site)
        np.multiply(site.x - site.x.mean(axis=0), _inverse(site), normal)
        np.copyto(site.a, normal * site.M[:, :1] + site.M[:, 1:])

    def _parameters(self, site: Site) -> None:
        assert site.G is not None
        site.G[:, 0] = (site.da * _normal(site)).sum(axis=1)
        site.G[:, 1] = site.da.sum(axis=1)

    def _input(self, site: Site) -> None:
        """∂L/∂x = (g − mean(g) − x̂ mean(g · x̂)) / √(var+ε) with g = W ⊙ ∂L/∂a."""
        assert site.M is not None
        scaled, normal = site.da * site.M[:, :1], _normal(site)
        centred = scaled - scaled.mean(axis=0) - normal * (scaled * normal).mean(axis=0)
        np.copyto(site.dx, centred * _inverse(site))


def _inverse(site: Site) -> Array:
    return site.scratch.empty("inverse", (1, site.a.shape[1]))


def _normal(site: Site) -> Array:
    return site.scratch.empty("normal", site.a.shape)


class LayerNormKind(LayerKind):
    """Every sample against its own average over the units."""

    id = "layer_norm"
    name = Text(en="Layer norm", zh="层归一化")
    latex = r"a=W\cdot\frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}+b"
    spec = LayerNormSpec
    role = "norm"
    events = (EventKind.NORMALIZE,)


KIND = LayerNormKind()
