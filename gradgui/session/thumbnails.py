"""A small picture of an experiment: its points, its curve, its digits, its landscape or its chain of layers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.lookup import formula
from gradgui.document.experiment import Experiment
from gradgui.document.file import read
from gradgui.session.examples import example_path

POINTS_AT_MOST = 220
GRID = 40
TILES = (4, 7)
FEW = 4
"""With fewer examples there is nothing to see but the layers."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """What to draw; only one of the three is there, or else only the layers."""

    layers: tuple[int, ...]
    """Units of each layer, the inputs first."""
    points: Array | None = None
    """(N, 2) from 0 to 1, up is up."""
    classes: NDArray[np.int64] | None = None
    """(N,) for each point; None where `shades` says more."""
    shades: Array | None = None
    """(N,) from −1 to 1."""
    field: Array | None = None
    """(rows, columns) from 0 to 1, the first row at the top."""
    is_picture: bool = False
    """The field is a photograph in ink on paper rather than a landscape."""


@cache
def thumbnail(name: str) -> Thumbnail:
    """The picture of one example."""
    path = example_path(name)
    experiment = read(path)
    examples = experiment.data.load(path.parent)
    layers = _layers(experiment, examples)
    landscape = getattr(experiment.network.layers[0], "function", None)
    if landscape is not None:
        return Thumbnail(layers, field=_landscape(landscape))
    if examples.shape is not None:
        return Thumbnail(layers, field=_tiles(examples), is_picture=True)
    if len(examples.x) < FEW:
        return Thumbnail(layers)
    return _points(examples, layers)


def _layers(experiment: Experiment, examples: Examples) -> tuple[int, ...]:
    inputs = examples.x.shape[1] if experiment.features is None else len(experiment.features)
    units = (getattr(spec, "units", getattr(spec, "filters", 1)) for spec in experiment.network.layers)
    return inputs, *units


def _points(examples: Examples, layers: tuple[int, ...]) -> Thumbnail:
    x = examples.x[:POINTS_AT_MOST]
    if examples.labels is not None:
        return Thumbnail(layers, _in_unit_square(x[:, :2]), classes=examples.labels[: len(x)])
    assert examples.y is not None
    y = examples.y[: len(x), 0]
    if x.shape[1] == 2:
        return Thumbnail(layers, _in_unit_square(x), shades=y / max(float(np.abs(y).max()), 1e-12))
    return Thumbnail(layers, _in_unit_square(np.stack([x[:, 0], y], axis=1)), classes=np.zeros(len(x), np.int64))


def _in_unit_square(points: Array) -> Array:
    low, high = points.min(axis=0), points.max(axis=0)
    scaled: Array = (points - low) / np.maximum(high - low, 1e-12)
    return scaled


def _landscape(name: str) -> Array:
    """Heights by rank, so that every landscape shows its shape however steep it is."""
    kind = formula(name)
    (w_low, w_high), (b_low, b_high) = kind.spans
    heights = np.array(
        [
            [kind.value(float(w), float(b)) for w in np.linspace(w_low, w_high, GRID)]
            for b in np.linspace(b_high, b_low, GRID)
        ]
    )
    ranks: Array = heights.ravel().argsort().argsort().reshape(heights.shape) / (heights.size - 1)
    return ranks


def _tiles(examples: Examples) -> Array:
    """Some pictures side by side, dark on light."""
    assert examples.shape is not None
    _, height, width = examples.shape
    rows, columns = TILES
    tiles = examples.x[: rows * columns].reshape(rows, columns, height, width)
    sheet = tiles.transpose(0, 2, 1, 3).reshape(rows * height, columns * width)
    shades: Array = sheet / max(float(sheet.max()), 1e-12)
    return shades
