"""Points: examples drawn with the mouse, each of a class."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataKind, DataSpec, Examples
from gradgui.catalog.options import Label, Range
from gradgui.errors import UserError
from gradgui.text import Text

Place = tuple[float, float]

MOST_CLASSES = 10
REACH = 6.0
"""There is always room to draw as far as this."""
STARTER = ((-2.0, 2.0), (-3.0, 1.0), (-1.0, 3.0), (2.0, -2.0), (3.0, -1.0), (1.0, -3.0))

NO_POINT = Text(en="data.x: there is no training point; keep at least one.", zh="data.x：至少要留下一个训练点。")
ROWS = Text(
    en="data.{labels}: {got} classes, but data.{places} has {wanted} points.",
    zh="data.{labels}：有 {got} 个类别，而 data.{places} 有 {wanted} 个点。",
)
NO_CLASS = Text(
    en="data.{labels}[{index}]: expected a whole number from 0 to {high}, got {got}.",
    zh="data.{labels}[{index}]：应为 0 到 {high} 的整数，实际为 {got}。",
)


class PointsSpec(DataSpec, frozen=True, kw_only=True, tag="points"):
    """Places in the plane and the class of each, counted from 0; test points apart."""

    x: tuple[Place, ...]
    labels: Annotated[tuple[int, ...], Label(Text(en="classes of the points", zh="各点的类别"))]
    test_x: tuple[Place, ...] = ()
    test_labels: Annotated[tuple[int, ...], Label(Text(en="classes of the test points", zh="各测试点的类别"))] = ()
    classes: Annotated[int, Range(2, MOST_CLASSES), Label(Text(en="number of classes", zh="类别数"))] = 2

    @classmethod
    def first(cls) -> PointsSpec:
        """Three points of each class, to be moved and joined by others."""
        return cls(x=STARTER, labels=(0, 0, 0, 1, 1, 1))

    def load(self, folder: Path | None, chosen: Collection[Path] = ()) -> Examples:
        """The points as they stand; raises UserError where places and classes do not fit together."""
        if not self.x:
            raise UserError(NO_POINT)
        labels = np.concatenate(
            [
                _labels("labels", "x", self.labels, len(self.x), self.classes),
                _labels("test_labels", "test_x", self.test_labels, len(self.test_x), self.classes),
            ]
        )
        return Examples(
            np.array(self.x + self.test_x, np.float64),
            labels=labels,
            classes=self.classes,
            test=len(self.test_x),
            names=("x1", "x2"),
            reach=REACH,
        )


def _labels(name: str, places: str, labels: tuple[int, ...], wanted: int, classes: int) -> NDArray[np.int64]:
    if len(labels) != wanted:
        raise UserError(ROWS, labels=name, places=places, got=len(labels), wanted=wanted)
    for index, label in enumerate(labels):
        if not 0 <= label < classes:
            raise UserError(NO_CLASS, labels=name, index=index, high=classes - 1, got=label)
    return np.array(labels, np.int64)


class PointsKind(DataKind):
    """Points drawn with the mouse."""

    id = "points"
    name = Text(en="My own points", zh="自己画点")
    spec = PointsSpec


KIND = PointsKind()
