"""Iris: three kinds of flowers, told apart by the lengths of their leaves."""

from __future__ import annotations

from gradgui import resources
from gradgui.catalog.datasets._base import DataKind, Examples, ShippedSpec
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.text import Text

SPECIES = (
    Text(en="setosa", zh="山鸢尾"),
    Text(en="versicolor", zh="变色鸢尾"),
    Text(en="virginica", zh="维吉尼亚鸢尾"),
)


class IrisSpec(ShippedSpec, frozen=True, tag="iris"):
    """Lengths and widths of sepals and petals in centimetres, three classes."""

    def whole(self) -> Examples:
        """All 150 flowers."""
        examples = CsvSpec(path="iris.csv").load(resources.path("datasets"))
        return Examples(examples.x, labels=examples.labels, classes=3, names=examples.names, class_names=SPECIES)


class IrisKind(DataKind):
    """Four lengths, three classes."""

    id = "iris"
    name = Text(en="Iris flowers", zh="鸢尾花")
    spec = IrisSpec
    inputs = 4


KIND = IrisKind()
