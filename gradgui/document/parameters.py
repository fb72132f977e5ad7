"""The first parameters of a network: given ones as they stand, missing ones from the seed, frozen ones held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.layers._base import Matrix, Row, WeightedSpec
from gradgui.catalog.layers.batch_norm import BatchNormSpec
from gradgui.catalog.lookup import initializer
from gradgui.document.experiment import Experiment
from gradgui.document.explain import shown
from gradgui.engine.network import Network
from gradgui.engine.streams import Purpose, stream
from gradgui.errors import UserError
from gradgui.text import Text

ENTRY = re.compile(r"(W)\[(\d{1,6}),\s*(\d{1,6})\]|(b)\[(\d{1,6})\]")
AT = Text(en="{place}: {why}", zh="{place}：{why}")
SHAPE = Text(en="{place}: expected {wanted} numbers, got {got}.", zh="{place}：应有 {wanted} 个数，实际为 {got}。")
NEGATIVE = Text(en="{place}: a variance is never negative, got {got}.", zh="{place}：方差不会是负数，实际为 {got}。")
NO_PARAMETER = Text(
    en="{place}: {name} is no parameter of this layer; write W, b, W[0,1] or b[2].",
    zh="{place}：{name} 不是这一层的参数；请写 W、b、W[0,1] 或 b[2]。",
)

Numbers = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class _Weighted:
    """One layer with parameters: what the file says and where the numbers go."""

    index: int
    spec: WeightedSpec
    W: Numbers
    b: Numbers

    @property
    def place(self) -> str:
        return f"network.layers[{self.index}]"


def draw(network: Network, experiment: Experiment) -> None:
    """Write the first parameters into `network.theta`; raises UserError where given ones have the wrong shape."""
    for layer in _weighted(network, experiment, network.theta):
        start = network.places[layer.index].layer.start
        if layer.spec.W is None:
            layer.W[...] = _first(network, layer, experiment) if start is None else start[0]
        else:
            layer.W[...] = _fitting(layer.spec.W, layer.W.shape, f"{layer.place}.W")
        if layer.spec.b is None:
            layer.b[...] = 0.0 if start is None else start[1]
        else:
            layer.b[...] = _fitting(layer.spec.b, layer.b.shape, f"{layer.place}.b")


def check_averages(network: Network, experiment: Experiment) -> None:
    """Raises UserError where running averages have the wrong length, or a variance is negative."""
    for index, spec in enumerate(experiment.network.layers):
        if not isinstance(spec, BatchNormSpec):
            continue
        channels = network.places[index].input_shape[0]
        for name, given in (("mean", spec.mean), ("var", spec.var)):
            place = f"network.layers[{index}].{name}"
            if given is not None:
                _fitting(given, (channels,), place)
            for number, value in enumerate(given or ()):
                if name == "var" and value < 0:
                    raise UserError(NEGATIVE, place=f"{place}[{number}]", got=value)


def freeze(network: Network, experiment: Experiment) -> None:
    """Mark the parameters that stay as they are; raises UserError for names that mean nothing."""
    free = np.ones(network.size)
    for layer in _weighted(network, experiment, free):
        for number, name in enumerate(layer.spec.frozen):
            try:
                _hold(name, layer)
            except IndexError:
                raise UserError(NO_PARAMETER, place=f"{layer.place}.frozen[{number}]", name=shown(name)) from None
    network.trainable &= free.astype(bool)


def is_parameter(name: str, shape: tuple[int, int]) -> bool:
    """Whether a layer with (rows, columns) weights has a parameter of that name: W, b, W[0,1], b[2]."""
    entry = ENTRY.fullmatch(name)
    if entry is None:
        return name in ("W", "b")
    row, column = (entry[2], entry[3]) if entry[1] else (entry[5], "0")
    return int(row) < shape[0] and int(column) < max(shape[1], 1)


def _weighted(network: Network, experiment: Experiment, flat: Numbers) -> Iterator[_Weighted]:
    for index, spec in enumerate(experiment.network.layers):
        weights, biases = network.weights(index, flat), network.biases(index, flat)
        if isinstance(spec, WeightedSpec) and weights is not None and biases is not None:
            yield _Weighted(index, spec, weights, biases)


def _fitting(given: Matrix | Row, shape: tuple[int, ...], place: str) -> Matrix | Row:
    got = _shape(given)
    if got != tuple(map(str, shape)):
        raise UserError(SHAPE, place=place, wanted=" × ".join(map(str, shape)), got=" × ".join(got))
    return given


def _shape(given: Matrix | Row) -> tuple[str, ...]:
    """The number of rows and columns; ? where rows differ."""
    widths = {len(row) for row in given if isinstance(row, Sequence)}
    columns = () if not widths else (str(widths.pop()),) if len(widths) == 1 else ("?",)
    return (str(len(given)), *columns)


def _first(network: Network, layer: _Weighted, experiment: Experiment) -> NDArray[np.float64]:
    place = network.places[layer.index]
    rng = stream(experiment.training.seed, Purpose.WEIGHTS, layer.index)
    rows, columns = layer.W.shape
    try:
        kind = initializer(layer.spec.init)
    except UserError as error:
        raise UserError(AT, place=f"{layer.place}.init", why=error.text) from None
    return kind.draw((rows, columns), *place.layer.fan(place.input_shape), rng)


def _hold(name: str, layer: _Weighted) -> None:
    """Raises IndexError where there is no such parameter."""
    rows, columns = layer.W.shape
    if not is_parameter(name, (rows, columns)):
        raise IndexError
    entry = ENTRY.fullmatch(name)
    if entry is None:
        (layer.W if name == "W" else layer.b)[...] = 0
    elif entry[1]:
        layer.W[int(entry[2]), int(entry[3])] = 0
    else:
        layer.b[int(entry[5])] = 0
