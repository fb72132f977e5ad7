"""Dropout: while training, some units stay silent, each time others."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.layers._base import LayerKind, LayerSpec
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Clock, Layer, Site
from gradgui.engine.streams import Purpose, stream
from gradgui.engine.tape import Array, Shape, Stage
from gradgui.text import Text


class DropoutSpec(LayerSpec, frozen=True, tag="dropout"):
    """The options of dropout."""

    rate: Annotated[float, Range(0.0, 0.95), Label(Text(en="share that stays silent", zh="静默比例"))] = 0.5

    def build(self) -> Dropout:
        """The layer for the engine."""
        return Dropout(self.rate)


class Dropout(Layer):
    """a = x · mask / (1 − rate) while training, a = x otherwise (Srivastava et al. 2014, inverted form)."""

    idle = True

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def output_shape(self, shape: Shape) -> Shape:
        """As it came in."""
        return shape

    def forward(self, site: Site) -> list[Stage]:
        """Draw this step's mask and apply it."""
        if not site.training:
            return [Stage(EventKind.DROPOUT, [(np.copyto, (site.a, site.x))])]
        mask = self._mask(site)
        draw = (self._draw, (mask, site.clock, site.layer))
        return [Stage(EventKind.DROPOUT, [draw, (np.multiply, (site.x, mask, site.a))])]

    def backward(self, site: Site) -> list[Stage]:
        """Silent units hand nothing back."""
        return [Stage(EventKind.D_INPUT, [(np.multiply, (site.da, self._mask(site), site.dx))])]

    def _mask(self, site: Site) -> Array:
        return site.scratch.empty("mask", site.a.shape)

    def _draw(self, mask: Array, clock: Clock, layer: int) -> None:
        draws = stream(clock.seed, Purpose.DROPOUT, clock.epoch, clock.batch, layer).random(mask.shape)
        np.copyto(mask, (draws >= self.rate) / (1 - self.rate))


class DropoutKind(LayerKind):
    """Some units stay silent."""

    id = "dropout"
    name = Text(en="Dropout", zh="随机失活")
    latex = r"a=\frac{m\odot x}{1-p},\quad m\in\{0,1\}"
    spec = DropoutSpec
    role = "noise"
    events = (EventKind.DROPOUT,)


KIND = DropoutKind()
