"""Which layer reads from which, and the shape of what flows: the network before there are numbers in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.layers.concat import ConcatSpec
from gradgui.document.experiment import Experiment
from gradgui.document.rules import layer_name, layer_number
from gradgui.engine.network import INPUT, How, joined_shape
from gradgui.engine.parts import Layer
from gradgui.engine.tape import Shape
from gradgui.errors import UserError

Wired = tuple[Layer, tuple[int, ...], How]


@dataclass(frozen=True, slots=True)
class Station:
    """One layer on the way through the network."""

    incoming: tuple[Shape, ...]
    """One shape for each source."""
    matrix: tuple[int, int] | None
    """(rows, columns) of W; None without parameters."""
    start: tuple[float, float] | None
    """Every weight and bias at the start, where no initialiser is asked."""
    fan: tuple[int, int]


def wired(experiment: Experiment) -> list[Wired]:
    """Every layer for the engine, with its sources; raises UserError for names that mean nothing."""
    return [(spec.build(), *_sources(experiment, index)) for index, spec in enumerate(experiment.network.layers)]


def input_shape(experiment: Experiment, examples: Examples, inputs: int) -> Shape:
    """The shape of one sample: a picture, unless features were chosen."""
    return examples.shape if examples.shape is not None and experiment.features is None else (inputs,)


def stations(layers: Sequence[Wired], shape: Shape) -> list[Station]:
    """Each layer's shapes, as far as they fit together."""
    outputs: list[Shape] = []
    found: list[Station] = []
    try:
        for layer, sources, how in layers:
            incoming = tuple(shape if source == INPUT else outputs[source] for source in sources)
            joined = joined_shape(incoming, how)
            found.append(Station(incoming, layer.parameter_shape(joined), layer.start, layer.fan(joined)))
            outputs.append(layer.output_shape(joined))
    except UserError:
        return found
    return found


def _sources(experiment: Experiment, index: int) -> tuple[tuple[int, ...], How]:
    """The layer before, then the sources of links into this layer."""
    links = [link for link in experiment.network.links if link.target == layer_name(index)]
    beside = isinstance(experiment.network.layers[index], ConcatSpec) or any(link.how == "concat" for link in links)
    numbers = [layer_number(link.source) for link in links]
    return (index - 1, *(n for n in numbers if n is not None)), How.CONCAT if beside else How.ADD
