"""What every data set file provides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

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
    shape: tuple[int, ...] | None = None
    """(channels, height, width) where a sample is a picture."""


class DataSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", omit_defaults=True):
    """A set of examples as it stands in a file."""

    def load(self, folder: Path | None) -> Examples:
        """The examples; `folder` is where relative paths start."""
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

    def load(self, folder: Path | None) -> Examples:
        """Drawn, shuffled, and split."""
        drawn = self.draw(stream(self.seed, Purpose.DATA))
        return split(drawn, self.test_fraction, self.seed)


class DataKind(Entry):
    """A set of examples with its names."""

    spec: ClassVar[type[DataSpec]]
    generated: ClassVar[bool] = False
    inputs: ClassVar[int | None] = 2
    """Number of raw inputs, if it is always the same."""


def split(examples: Examples, test_fraction: float, seed: int) -> Examples:
    """Shuffle and keep the last share for testing; at least one example stays for training."""
    count = len(examples.x)
    order = stream(seed, Purpose.SPLIT).permutation(count)
    test = min(round(count * test_fraction), count - 1)
    return Examples(
        examples.x[order],
        None if examples.y is None else examples.y[order],
        None if examples.labels is None else examples.labels[order],
        examples.classes,
        test,
        examples.names,
        examples.class_names,
        examples.shape,
    )


def classified(x: NDArray[np.float64], labels: NDArray[np.int64], classes: int = 2) -> Examples:
    """Points of the plane with a class each."""
    return Examples(x, labels=labels, classes=classes, names=("x1", "x2"))


def shares(points: int, classes: int) -> list[int]:
    """How many points each class gets; the first ones get the rest."""
    return [points // classes + (c < points % classes) for c in range(classes)]
