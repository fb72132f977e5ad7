"""Everything a formula writer looks at: one event, one layer, the neuron and the sample in focus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.losses._base import LossKind
from gradgui.catalog.registry import activation_kinds, loss_kinds
from gradgui.gui.debugger import figures
from gradgui.gui.debugger.symbols import Symbols
from gradgui.gui.debugger.values import Focus, look_at, old_biases, old_weights
from gradgui.gui.widgets import naming
from gradgui.session.snapshot import EventName, LayerInfo, LayerValues, Snapshot
from gradgui.session.terms import inputs_of, layer_sources
from gradgui.text import Text

Array = NDArray[np.float64]

_NEURON = Text(en="neuron {n} of {layer}", zh="{layer}的神经元 {n} ")
_OF = Text(en=" of {layer}", zh="{layer}的 ")
_SOURCES = Text(en="its sources", zh="各个来源")


@dataclass(frozen=True, slots=True)
class Draft:
    """A formula before its question is filled in."""

    question: Text
    latex: str
    numbers: str = ""
    gradient: float | None = None


class Scene:
    """One event of a snapshot, ready to be written down."""

    def __init__(self, snapshot: Snapshot, event: EventName, unit: int | None, column: int | None = None) -> None:
        self.snapshot = snapshot
        self.event = event
        self.layer = event.layer
        self.info: LayerInfo = snapshot.network.layers[event.layer]
        self.values: LayerValues = snapshot.layers[event.layer]
        self.focus: Focus = look_at(snapshot, event, unit, column)
        self.symbols = Symbols(snapshot.network, event.layer)

    @cached_property
    def x(self) -> Array | None:
        """(B, inputs) what flows into the layer."""
        return inputs_of(self.snapshot, self.layer)

    @property
    def batch(self) -> int:
        """How many samples."""
        return len(self.snapshot.x)

    @property
    def W(self) -> Array | None:
        """(units, inputs) the weights that took part."""
        return old_weights(self.values)

    @property
    def b(self) -> Array | None:
        """(units,) the biases that took part."""
        return old_biases(self.values)

    @property
    def is_dense(self) -> bool:
        """Whether z = W x + b holds neuron by neuron, so that numbers can be filled in."""
        W, x, z = self.W, self.x, self.values.z
        return W is not None and x is not None and z is not None and W.shape == (z.shape[1], x.shape[1])

    @property
    def is_output(self) -> bool:
        """Whether the loss looks at this very layer."""
        return self.layer == len(self.snapshot.network.layers) - 1

    @property
    def activation(self) -> ActivationKind | None:
        """What the layer's sums go through; None where there is none, or nobody knows it."""
        return activation_kinds().get(self.info.activation or "")

    @property
    def loss(self) -> LossKind | None:
        """What measures the answers."""
        return loss_kinds().get(self.snapshot.network.loss)

    @property
    def melts(self) -> bool:
        """Whether the slopes of the loss and of this layer's activation cancel to p − y."""
        loss, activation = self.loss, self.activation
        return loss is not None and loss.fuses_with is not None and isinstance(activation, loss.fuses_with)

    @property
    def called(self) -> Text:
        """The layer in a sentence."""
        return naming.in_sentence(self.snapshot.network, self.layer)

    @property
    def who(self) -> Text:
        """The layer, or the neuron in focus where it has several."""
        if self.info.units == 1:
            return self.called
        return _NEURON.filled(layer=self.called, n=self.focus.unit)

    @property
    def of_layer(self) -> Text:
        """Whose parameter it is: English says it after its name, Chinese before."""
        return _OF.filled(layer=self.called)

    @property
    def source(self) -> int | None:
        """The one layer that feeds this one; None for the network's input and for several sources."""
        sources = layer_sources(self.info, self.layer)
        return sources[0] if len(sources) == 1 and sources[0] >= 0 else None

    @property
    def receiver(self) -> Text:
        """Who the layer hands its blame to."""
        sources = layer_sources(self.info, self.layer)
        return naming.in_sentence(self.snapshot.network, sources[0]) if len(sources) == 1 else _SOURCES

    @property
    def weight_name(self) -> str:
        """The weight in focus."""
        return naming.weight_name(self.layer, self.focus.unit, self.focus.input, self.info)

    @property
    def bias_name(self) -> str:
        """The bias in focus."""
        return naming.bias_name(self.layer, self.focus.unit, self.info)

    def size_of(self, array: Array | None) -> str:
        """LaTeX for an array too large to write out: its length; nothing while unknown."""
        if array is None:
            return ""
        if array.size == 1:
            return figures.tex(figures.summary(array, signed=False))
        return rf"\Vert\cdot\Vert={figures.tex(figures.size(figures.norm(array)))}"
