"""How a run went: losses at the steps that were looked at, thinned when they become many."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.tape import Array
from gradgui.session.snapshot import CurvesView

MANY = 2000
LARGE = 4_000_000
"""Numbers kept of past parameters, for the path on the loss surface."""


class Curves:
    """Points in the order of their iterations; each iteration once."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, float, float, float]] = []
        self._thetas: list[Array] = []
        self._view: CurvesView | None = None
        self._trail: Array | None = None

    def add(self, iteration: int, train: float, test: float, accuracy: float, theta: Array) -> None:
        """Remember one point; a point that is already there stays as it is."""
        at = bisect_left(self._rows, iteration, key=lambda row: row[0])
        if at < len(self._rows) and self._rows[at][0] == iteration:
            return
        self._rows.insert(at, (iteration, train, test, accuracy))
        self._thetas.insert(at, theta.copy())
        if len(self._rows) > MANY or len(self._rows) * len(theta) > LARGE:
            self._rows[1:-1] = self._rows[1:-1:2]
            self._thetas[1:-1] = self._thetas[1:-1:2]
        self._view = self._trail = None

    def cut(self, iteration: int) -> None:
        """Forget what came after that iteration."""
        keep = bisect_left(self._rows, iteration + 1, key=lambda row: row[0])
        del self._rows[keep:], self._thetas[keep:]
        self._view = self._trail = None

    def copy(self) -> Curves:
        """The same points, to be kept while this run goes another way."""
        twin = Curves()
        twin._rows, twin._thetas = list(self._rows), list(self._thetas)
        return twin

    def view(self) -> CurvesView:
        """Arrays for the views; the same object until a point is added."""
        if self._view is None:
            columns = np.array(self._rows, np.float64).reshape(-1, 4).T
            self._view = CurvesView(columns[0].astype(np.int64), columns[1], columns[2], columns[3])
        return self._view

    def trail(self) -> tuple[NDArray[np.int64], Array]:
        """(k,) iterations and (k, P) parameters at the points."""
        if self._trail is None:
            self._trail = np.array(self._thetas)
        return np.array([row[0] for row in self._rows], np.int64), self._trail

    @property
    def losses(self) -> Array:
        """(k,) training losses at the points."""
        return self.view().train_loss
