"""Points that are being drawn: added, moved and erased, then given to the document as one data set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.datasets.points import PointsSpec
from gradgui.catalog.datasets.table import TableSpec
from gradgui.gui.data.answers import Answers
from gradgui.session.snapshot import Array, DataView
from gradgui.text import same

DECIMALS = 3
"""Finer than a hand can draw."""


class Ground(Enum):
    """What is drawn on."""

    CLASSES = "classes"
    """A plane of two inputs; every point has a class."""
    HEIGHTS = "heights"
    """A plane of two inputs; every point has a number."""
    LINE = "line"
    """One input to the right, its answer up."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """(N, 2) places, (N,) class numbers or heights, and which of them are for testing."""

    ground: Ground
    places: Array
    values: Array
    test: NDArray[np.bool_]
    classes: int = 0

    @classmethod
    def of(cls, data: DataView) -> Drawing | None:
        """What a data set looks like when it can be drawn; None where it cannot."""
        inputs, outputs = data.inputs.shape[1], data.targets.shape[1]
        x = np.concatenate([data.inputs, data.test_inputs])
        y = np.concatenate([data.targets, data.test_targets])
        test = np.arange(len(x)) >= len(data.inputs)
        if inputs == 2 and data.classes:
            return cls(Ground.CLASSES, x, Answers.of(data).targets(y).astype(np.float64), test, data.classes)
        if outputs != 1 or data.classes or inputs > 2:
            return None
        if inputs == 2:
            return cls(Ground.HEIGHTS, x, y[:, 0], test)
        return cls(Ground.LINE, np.column_stack([x[:, 0], y[:, 0]]), np.zeros(len(x)), test)

    def with_point(self, place: tuple[float, float], value: float, test: bool) -> Drawing:
        """One point more."""
        return replace(
            self,
            places=np.vstack([self.places, np.round(place, DECIMALS)]),
            values=np.append(self.values, value),
            test=np.append(self.test, test),
            classes=max(self.classes, int(value) + 1) if self.ground is Ground.CLASSES else 0,
        )

    def moved(self, index: int, place: tuple[float, float]) -> Drawing:
        """One point elsewhere."""
        places = self.places.copy()
        places[index] = np.round(place, DECIMALS)
        return replace(self, places=places)

    def without(self, gone: NDArray[np.bool_]) -> Drawing:
        """Fewer points."""
        return replace(self, places=self.places[~gone], values=self.values[~gone], test=self.test[~gone])

    def emptied(self) -> Drawing:
        """None at all."""
        return self.without(np.ones(len(self.places), np.bool_))

    def view(self, like: DataView) -> DataView:
        """How it looks, with the words of the data set it came from."""
        x, y = self._columns()
        if self.classes == like.classes == 2 and like.targets.shape[1] == 1:
            low = Answers.of(like).low
            y = low + (1 - low) * y  # told as the network at work was taught them: the map behind is read by these
        train = ~self.test
        title, names = same(""), like.class_names
        return DataView(x[train], y[train], x[self.test], y[self.test], self.classes, like.features, title, names)

    def spec(self) -> DataSpec:
        """What the document keeps."""
        x, y = self._columns()
        train = ~self.test
        if self.ground is Ground.CLASSES:
            labels = self.values.astype(int)
            return PointsSpec(
                x=_pairs(x[train]),
                labels=tuple(labels[train].tolist()),
                test_x=_pairs(x[self.test]),
                test_labels=tuple(labels[self.test].tolist()),
                classes=max(self.classes, 2),
            )
        return TableSpec(x=_rows(x[train]), y=_rows(y[train]), test_x=_rows(x[self.test]), test_y=_rows(y[self.test]))

    def _columns(self) -> tuple[Array, Array]:
        if self.ground is Ground.LINE:
            return self.places[:, :1], self.places[:, 1:]
        return self.places, self.values[:, None]


def _rows(numbers: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in numbers.tolist())


def _pairs(numbers: Array) -> tuple[tuple[float, float], ...]:
    return tuple((float(a), float(b)) for a, b in numbers)
