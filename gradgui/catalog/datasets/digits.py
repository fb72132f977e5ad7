"""Handwritten digits: 1,797 small pictures of the numbers 0 to 9."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from gradgui import resources
from gradgui.catalog.datasets._base import DataKind, Examples, ShippedSpec
from gradgui.text import Text, same

SIDE = 8
DARKEST = 16


class DigitsSpec(ShippedSpec, frozen=True, tag="digits"):
    """8 × 8 pixels from 0 (white) to 1 (black), ten classes."""

    def whole(self) -> Examples:
        """All pictures."""
        pixels, labels = _pictures()
        return Examples(
            pixels,
            labels=labels,
            classes=10,
            names=tuple(f"x{pixel + 1}" for pixel in range(SIDE * SIDE)),
            class_names=tuple(same(str(digit)) for digit in range(10)),
            shape=(1, SIDE, SIDE),
        )


@cache
def _pictures() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    with np.load(resources.path("datasets", "digits.npz")) as file:
        return file["pixels"] / DARKEST, file["digits"].astype(np.int64)


class DigitsKind(DataKind):
    """8 × 8 pixels, ten classes."""

    id = "digits"
    name = Text(en="Handwritten digits", zh="手写数字")
    spec = DigitsSpec
    inputs = SIDE * SIDE


KIND = DigitsKind()
