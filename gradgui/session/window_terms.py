"""The sums behind layers that look through windows: which inputs a window covers, and which windows cover an input."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradgui.session.snapshot import Array, LayerInfo

Place = tuple[int, int, int]
"""(channel, row, column) in a picture."""


def at(place: Place, shape: tuple[int, ...]) -> int:
    """Where a place of a picture lies in the flat list of its numbers."""
    return int(np.ravel_multi_index(place, shape))


def place_of(unit: int, shape: tuple[int, ...]) -> Place:
    """The other way round."""
    channel, row, column = np.unravel_index(unit, shape)
    return int(channel), int(row), int(column)


def covered(info: LayerInfo, row: int, column: int) -> Iterator[tuple[int, int, int, int]]:
    """(row in the window, column in it, row of the picture, column of it) of all that the window sees; zeros left out.

    `row` and `column` say which window.
    """
    assert info.window is not None
    size, stride, padding = info.window
    height, width = info.takes[1:]
    for i in range(size):
        for j in range(size):
            y, x = row * stride + i - padding, column * stride + j - padding
            if 0 <= y < height and 0 <= x < width:
                yield i, j, y, x


def covering(info: LayerInfo, y: int, x: int) -> Iterator[tuple[int, int, int, int]]:
    """(row in the window, column in it, row of windows, column of windows) of every window that sees this input."""
    assert info.window is not None
    size, stride, padding = info.window
    rows, columns = info.shape[1:]
    for i in range(size):
        for j in range(size):
            row, r = divmod(y + padding - i, stride)
            column, c = divmod(x + padding - j, stride)
            if r == 0 and c == 0 and 0 <= row < rows and 0 <= column < columns:
                yield i, j, row, column


def winner(info: LayerInfo, picture: Array, place: Place) -> int:
    """The input that max pooling takes there; the first where several are equal. `picture` is one sample, flat."""
    channel, row, column = place
    seen = [at((channel, y, x), info.takes) for _, _, y, x in covered(info, row, column)]
    return seen[int(np.argmax(picture[seen]))]
