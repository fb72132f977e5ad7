"""After a change of shape: every weight that still has a place keeps its value, new ones are drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.layers._base import WeightedSpec
from gradgui.catalog.layers.batch_norm import BatchNormSpec
from gradgui.catalog.lookup import initializer
from gradgui.document.edits.edit import with_layers
from gradgui.document.experiment import Experiment
from gradgui.document.parameters import is_parameter
from gradgui.document.wiring import Station, stations, wired
from gradgui.engine.network import How
from gradgui.engine.streams import Purpose, stream
from gradgui.engine.tape import Shape

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Place:
    """One layer whose weights are written down, and the shape that they must have now."""

    index: int
    spec: WeightedSpec
    station: Station
    shape: tuple[int, int]
    seed: int


def fitted(experiment: Experiment, shape: Shape, before: tuple[Experiment, Shape] | None = None) -> Experiment:
    """The same experiment, its written weights cut or extended to the shapes they must have; (1,) … is one sample's.

    Rows and columns are kept from the first one on. `before` is the experiment before the edit with its own sample
    shape: where several outputs are put side by side, each one's columns then stay with it. Names of frozen parameters
    that are gone are dropped. Layers whose weights are left to the seed are left to it.
    """
    layers = list(experiment.network.layers)
    wiring = wired(experiment)
    old = _old_widths(experiment, before)
    for index, station in enumerate(stations(wiring, shape)):
        spec = layers[index]
        if not isinstance(spec, WeightedSpec) or station.matrix is None:
            continue
        place = _Place(index, spec, station, station.matrix, experiment.training.seed)
        beside = wiring[index][2] is How.CONCAT
        layers[index] = _fitted_layer(place, old[index] if beside and old is not None else None)
    return experiment if tuple(layers) == experiment.network.layers else with_layers(experiment, layers)


def _fitted_layer(place: _Place, old_widths: Sequence[int] | None) -> WeightedSpec:
    spec = place.spec
    W, b = spec.W, spec.b
    if W and (len(W), len(W[0])) != place.shape and len({len(row) for row in W}) == 1:
        W = _kept_weights(place, np.array(W, np.float64), old_widths)
    if b is not None and len(b) != place.shape[0]:
        rest = 0.0 if place.station.start is None else place.station.start[1]
        b = (*b[: place.shape[0]], *[rest] * (place.shape[0] - len(b)))
    if isinstance(spec, BatchNormSpec):
        spec = _fitted_averages(spec, place.shape[0])
    frozen = tuple(name for name in spec.frozen if is_parameter(name, place.shape))
    if W is spec.W and b is spec.b and frozen == spec.frozen:
        return spec
    return msgspec.structs.replace(spec, W=W, b=b, frozen=frozen)


def _fitted_averages(spec: BatchNormSpec, channels: int) -> BatchNormSpec:
    """Running averages of channels that are new begin at 0 and 1."""
    for name, first in (("mean", 0.0), ("var", 1.0)):
        given = getattr(spec, name)
        if given is not None and len(given) != channels:
            kept = (*given[:channels], *[first] * (channels - len(given)))
            spec = msgspec.structs.replace(spec, **{name: kept})
    return spec


def _kept_weights(place: _Place, old: Numbers, old_widths: Sequence[int] | None) -> tuple[tuple[float, ...], ...]:
    new = _drawn(place)
    rows = min(len(old), len(new))
    widths = [math.prod(shape) for shape in place.station.incoming]
    if old_widths is None or len(old_widths) != len(widths) or sum(old_widths) != old.shape[1]:
        widths, old_widths = [new.shape[1]], [old.shape[1]]
    to = since = 0
    for width, old_width in zip(widths, old_widths, strict=True):
        kept = min(width, old_width)
        new[:rows, to : to + kept] = old[:rows, since : since + kept]
        to, since = to + width, since + old_width
    return tuple(tuple(row) for row in new.tolist())


def _drawn(place: _Place) -> Numbers:
    """As if the whole layer were new."""
    if place.station.start is not None:
        return np.full(place.shape, place.station.start[0])
    rng = stream(place.seed, Purpose.WEIGHTS, place.index)
    return initializer(place.spec.init).draw(place.shape, *place.station.fan, rng)


def _old_widths(experiment: Experiment, before: tuple[Experiment, Shape] | None) -> list[list[int]] | None:
    """How many columns each source had; None where layers came or went."""
    if before is None or len(before[0].network.layers) != len(experiment.network.layers):
        return None
    found = stations(wired(before[0]), before[1])
    widths = [[math.prod(shape) for shape in station.incoming] for station in found]
    return widths + [[]] * (len(experiment.network.layers) - len(widths))
