"""What every data set file provides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._scaling import Scaling
from gradgui.catalog.entry import Entry
from gradgui.catalog.options import Label, Range
from gradgui.engine.streams import Purpose, stream
from gradgui.text import Text

Points = Annotated[int, Range(10, 5000), Label(Text(en="points", zh="点数"))]
Noise = Annotated[float, Range(0.0, 1.0), Label(Text(en="noise", zh="噪声"))]
TestShare = Annotated[float, Range(0.0, 0.9), Label(Text(en="share kept for testing", zh="留作测试的比例"))]
Seed = Annotated[int, Range(0, 2**31 - 1), Label(Text(en="seed", zh="随机种子"))]


@dataclass(frozen=True, slots=True)
class Examples:
    """Raw examples before feature maps and target coding.

    `x` is (N, d). For classes `labels` is (N,) with numbers from 0 and `y` is None; else `y` is (N, outputs).
    The last `test` rows are kept for testing.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64] | None = None
    labels: NDArray[np.int64] | None = None
    classes: int = 0
    test: int = 0
    names: tuple[str, ...] = ()
    class_names: tuple[Text, ...] = ()
    input_names: tuple[Text, ...] = ()
    """What people call the inputs; `names` are what files call them."""
    shape: tuple[int, ...] | None = None
    """(channels, height, width) where a sample is a picture."""
    scaling: Scaling | None = None
    """How numbers of a file were standardised, if they were."""
    reach: float = 0.0
    """Pictures of the plane go at least this far from 0 in every direction."""


class DataSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", omit_defaults=True):
    """A set of examples as it stands in a file."""

    @classmethod
    def first(cls) -> DataSpec | None:
        """One to begin with; None where the user has to choose something before."""
        return cls()

    def load(self, folder: Path | None, chosen: Collection[Path] = ()) -> Examples:
        """The examples; raises UserError where there are none.

        `folder` is where relative paths start and end; `chosen` are files elsewhere that the user picked by hand.
        """
        raise NotImplementedError


class GeneratedSpec(DataSpec, frozen=True):
    """A set that is drawn from a seed."""

    points: Points = 500
    noise: Noise = 0.0
    test_fraction: TestShare = 0.5
    seed: Seed = 1

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples in any order."""
        raise NotImplementedError

    def load(self, folder: Path | None, chosen: Collection[Path] = ()) -> Examples:
        """Drawn, shuffled, and split."""
        drawn = self.draw(stream(self.seed, Purpose.DATA))
        return split(drawn, self.test_fraction, self.seed)


class ShippedSpec(DataSpec, frozen=True):
    """A set that comes with the program."""

    points: Annotated[int, Range(0, 5000), Label(Text(en="points (0 = all)", zh="点数（0 = 全部）"))] = 0
    test_fraction: TestShare = 0.2
    seed: Seed = 1

    def whole(self) -> Examples:
        """All there is, in the order of the file."""
        raise NotImplementedError

    def load(self, folder: Path | None, chosen: Collection[Path] = ()) -> Examples:
        """Shuffled, cut to `points`, and split."""
        return split(self.whole(), self.test_fraction, self.seed, self.points)


class DataKind(Entry):
    """A set of examples with its names."""

    spec: ClassVar[type[DataSpec]]
    generated: ClassVar[bool] = False
    inputs: ClassVar[int | None] = 2
    """Number of raw inputs, if it is always the same."""


def split(examples: Examples, test_fraction: float, seed: int, points: int = 0) -> Examples:
    """Shuffle, take `points` of them (0: all) and keep the last share for testing; at least one stays for training."""
    order = stream(seed, Purpose.SPLIT).permutation(len(examples.x))
    order = order[: points or None]
    return picked(examples, order, _tests(len(order), test_fraction))


def split_in_order(examples: Examples, test_fraction: float, seed: int) -> Examples:
    """Draw the test examples by lot; both parts keep the order in which the examples came."""
    count = len(examples.x)
    test = _tests(count, test_fraction)
    order = stream(seed, Purpose.SPLIT).permutation(count)
    order = np.concatenate([np.sort(order[: count - test]), np.sort(order[count - test :])])
    return picked(examples, order, test)


def picked(examples: Examples, order: NDArray[np.int64], test: int) -> Examples:
    """Some of the examples in a new order, the last `test` of them for testing."""
    return replace(
        examples,
        x=examples.x[order],
        y=None if examples.y is None else examples.y[order],
        labels=None if examples.labels is None else examples.labels[order],
        test=test,
    )


def _tests(count: int, test_fraction: float) -> int:
    return min(round(count * test_fraction), count - 1)


def classified(x: NDArray[np.float64], labels: NDArray[np.int64], classes: int = 2) -> Examples:
    """Points of the plane with a class each."""
    return Examples(x, labels=labels, classes=classes, names=("x1", "x2"))


def shares(points: int, classes: int) -> list[int]:
    """How many points each class gets; the first ones get the rest."""
    return [points // classes + (c < points % classes) for c in range(classes)]
