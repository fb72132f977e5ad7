"""A small black and white picture, as inputs of a network, for paper."""

from __future__ import annotations

from collections.abc import Sequence

from gradgui.export.colours import GREY, INK, PAPER
from gradgui.export.picture import Picture

CELL, MARGIN = 26.0, 22.0
HEIGHT = 236


def bitmap_drawn(rows: Sequence[str]) -> Picture:
    """Rows of # and . as cells on squared paper."""
    width, tall = len(rows[0]) * CELL, len(rows) * CELL
    left, top = MARGIN, (HEIGHT - tall) / 2
    picture = Picture(round(width + 2 * MARGIN), HEIGHT)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            x, y = left + column * CELL, top + row * CELL
            if cell == "#":
                picture.line([(x, y + CELL / 2), (x + CELL, y + CELL / 2)], INK, CELL)
            frame = [(x, y), (x + CELL, y), (x + CELL, y + CELL), (x, y + CELL), (x, y)]
            picture.line(frame, PAPER if cell == "#" else GREY, 0.8)
    return picture
