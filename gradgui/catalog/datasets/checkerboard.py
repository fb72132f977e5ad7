"""Checkerboard: neighbouring squares differ."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified
from gradgui.text import Text


class CheckerboardSpec(GeneratedSpec, frozen=True, tag="checkerboard"):
    """Four by four squares of side 2.5."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        x = rng.uniform(-5, 5, (self.points, 2))
        square = np.floor((x + 5) / 2.5).astype(np.int64)
        return classified(x + rng.uniform(-1, 1, x.shape) * self.noise, square.sum(axis=1) % 2)


class CheckerboardKind(DataKind):
    """Four by four squares of side 2.5."""

    id = "checkerboard"
    name = Text(en="Checkerboard", zh="棋盘")
    spec = CheckerboardSpec
    generated = True


KIND = CheckerboardKind()
