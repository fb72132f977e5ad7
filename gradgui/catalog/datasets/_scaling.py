"""Scaling: numbers of every size are brought around 0, and how that was done is remembered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """standardised = (number − mean) / scale, for every input and target column; 0 and 1 leave a column as it is."""

    x_mean: Array
    x_scale: Array
    y_mean: Array
    y_scale: Array

    def weights_in_data_units(self, W: NDArray[np.floating], b: NDArray[np.floating]) -> tuple[Array, Array]:
        """W and b of one linear layer from inputs to targets, as if nothing had been standardised.

        y = mean_y + scale_y (W (x − mean_x) / scale_x + b).
        """
        weights = self.y_scale[:, None] * W / self.x_scale
        return weights, self.y_mean + self.y_scale * b - weights @ self.x_mean

    def target_in_data_units(self, y: NDArray[np.floating]) -> Array:
        """Answers (N, targets) in the units of the file."""
        return y * self.y_scale + self.y_mean


def mean_and_scale(columns: Array, keep: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Of every column of (N, columns), but 0 and 1 where `keep` is true; a constant column is only moved."""
    mean, scale = columns.mean(axis=0), columns.std(axis=0)
    scale = np.where(scale > 1e-12 * np.abs(mean), scale, 1.0)
    return np.where(keep, 0.0, mean), np.where(keep, 1.0, scale)
