"""Iris: three kinds of flowers, told apart by the lengths of their leaves."""

from __future__ import annotations

from dataclasses import replace

from gradgui import resources
from gradgui.catalog.datasets._base import DataKind, Examples, ShippedSpec
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.text import Text

SPECIES = (
    Text(en="setosa", zh="山鸢尾"),
    Text(en="versicolor", zh="变色鸢尾"),
    Text(en="virginica", zh="维吉尼亚鸢尾"),
)


PARTS = (
    Text(en="sepal length", zh="花萼长"),
    Text(en="sepal width", zh="花萼宽"),
    Text(en="petal length", zh="花瓣长"),
    Text(en="petal width", zh="花瓣宽"),
)
"""In centimetres."""


class IrisSpec(ShippedSpec, frozen=True, tag="iris"):
    """Lengths and widths of sepals and petals in centimetres, three classes."""

    def whole(self) -> Examples:
        """All 150 flowers."""
        examples = CsvSpec(path="iris.csv").load(resources.path("datasets"))
        return replace(examples, classes=3, class_names=SPECIES, input_names=PARTS)


class IrisKind(DataKind):
    """Four lengths, three classes."""

    id = "iris"
    name = Text(en="Iris flowers", zh="鸢尾花")
    spec = IrisSpec
    inputs = 4


KIND = IrisKind()
