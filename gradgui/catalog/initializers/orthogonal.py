"""Orthogonal: no two units start with the same view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class Orthogonal(InitializerKind):
    """Rows or columns of a random rotation (Saxe et al. 2014)."""

    id = "orthogonal"
    name = Text(en="orthogonal", zh="正交")
    latex = r"WW^{T}=I"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        tall = rng.standard_normal((max(shape), min(shape)))
        q, r = np.linalg.qr(tall)
        q *= np.sign(np.diag(r))
        return q if shape[0] >= shape[1] else q.T


KIND = Orthogonal()
