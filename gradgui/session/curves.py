"""How a run went: what was seen at the steps that were looked at, thinned when they become many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.session.curves_view import Array, CurvesView
from gradgui.session.scores import NONE, Judged

MANY = 2000
LARGE = 4_000_000
"""Numbers kept of past parameters, for the path on the loss surface."""
FIRST_ROOM = 64
STEP, TRAIN, TEST, ACCURACY, TEST_ACCURACY, FIT, TEST_FIT = range(7)
COLUMNS = 7


class Curves:
    """Points in the order of their iterations; each iteration once.

    Rows are written once and then only copied: whoever was given a part of the tables may keep it.
    """

    def __init__(self) -> None:
        self._count = 0
        self._table = np.zeros((0, COLUMNS))
        self._thetas = np.zeros((0, 0))
        self._view: CurvesView | None = None
        self.seconds = 0.0
        """How long the run was trained."""

    def add(
        self,
        iteration: int,
        train: Judged,
        test: Judged,
        theta: NDArray[np.floating],
        sizes: tuple[Array, Array] | None = None,
    ) -> None:
        """Remember one point; `sizes` are gradient norms and update ratios. One that is already there stays."""
        at = int(np.searchsorted(self._table[: self._count, STEP], iteration))
        if at < self._count and self._table[at, STEP] == iteration:
            return
        row = [
            iteration, train.loss, test.loss, train.accuracy, test.accuracy, train.fit, test.fit,
            *(() if sizes is None else np.concatenate(sizes)),
        ]  # fmt: skip
        self._write(at, np.array(row, np.float64), theta)
        if self._count > MANY or self._count * len(theta) > LARGE:
            self._thin()
        self._view = None

    def cut(self, iteration: int) -> None:
        """Forget what came after that iteration."""
        keep = int(np.searchsorted(self._table[: self._count, STEP], iteration + 1))
        self._take(np.arange(keep))

    def copy(self) -> Curves:
        """The same points, to be kept while this run goes another way."""
        twin = Curves()
        twin.seconds = self.seconds
        twin._count, twin._table, twin._thetas = self._count, self._table.copy(), self._thetas.copy()
        return twin

    def view(self) -> CurvesView:
        """Arrays for the views; the same object until a point is added."""
        if self._view is None:
            columns = self._table[: self._count].T
            layers = (len(columns) - COLUMNS) // 2
            sizes = self._table[: self._count, COLUMNS:]
            self._view = CurvesView(
                columns[STEP].astype(np.int64), columns[TRAIN], columns[TEST], columns[ACCURACY],
                test_accuracy=columns[TEST_ACCURACY], fit=columns[FIT], test_fit=columns[TEST_FIT],
                gradient_norms=sizes[:, :layers], update_ratios=sizes[:, layers:],
            )  # fmt: skip
        return self._view

    def trail(self) -> tuple[NDArray[np.int64], Array]:
        """(k,) iterations and (k, P) parameters at the points."""
        return self._table[: self._count, STEP].astype(np.int64), self._thetas[: self._count]

    @property
    def growing(self) -> object:
        """The same object as long as points were only added at the end."""
        return self._thetas

    @property
    def losses(self) -> Array:
        """(k,) training losses at the points."""
        return self._table[: self._count, TRAIN]

    def _write(self, at: int, row: Array, theta: NDArray[np.floating]) -> None:
        """Put a row in its place; a row behind all others is written into spare room."""
        self._widen(len(row))
        if not self._count:
            self._thetas = np.zeros((len(self._thetas), len(theta)))
        if at < self._count or self._count == len(self._table):
            self._make_room(at)
        self._table[at, : len(row)] = row
        self._thetas[at] = theta
        self._count += 1

    def _widen(self, columns: int) -> None:
        """Rows that know the sizes of layers may come after rows that do not."""
        missing = columns - self._table.shape[1]
        if missing > 0:
            self._table = np.hstack([self._table, np.full((len(self._table), missing), NONE)])

    def _make_room(self, at: int) -> None:
        """New tables with an empty row at that place, and room for more rows at the end."""
        room = max(FIRST_ROOM, 2 * self._count)
        self._table = _opened(self._table, at, self._count, room)
        self._thetas = _opened(self._thetas, at, self._count, room)

    def _thin(self) -> None:
        kept = np.concatenate([[0], np.arange(1, self._count - 1, 2), [self._count - 1]])
        self._take(kept)

    def _take(self, rows: NDArray[np.int64]) -> None:
        self._table, self._thetas = self._table[rows], self._thetas[rows]
        self._count, self._view = len(rows), None


def _opened(table: Array, at: int, count: int, room: int) -> Array:
    """The same rows with a gap before row `at`, and room for so many in all."""
    wide = np.full((room, table.shape[1]), NONE)
    wide[:at] = table[:at]
    wide[at + 1 : count + 1] = table[at:count]
    return wide
