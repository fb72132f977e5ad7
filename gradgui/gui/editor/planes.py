"""Where the feature maps of a layer stand: one small picture for each channel, as large as the room allows."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, width, height."""
WIDTH = 0.56
"""Of the distance between two columns, so much is for the pictures."""
GAP = 4.0
SLENDER = 0.12
"""The gap where pictures are small, as a share of their side."""


@dataclass(frozen=True, slots=True)
class Planes:
    """Pictures of rows × columns cells; unit n is cell n of all pictures in order."""

    rows: int
    columns: int
    across: int
    """Pictures side by side."""
    boxes: tuple[Box, ...]
    """One for each channel."""

    def cell(self, unit: int) -> Box:
        """Where one unit is."""
        channel, place = divmod(unit, self.rows * self.columns)
        row, column = divmod(place, self.columns)
        left, top, width, height = self.boxes[min(channel, len(self.boxes) - 1)]
        wide, high = width / self.columns, height / self.rows
        return left + column * wide, top + row * high, wide, high

    def unit_at(self, x: float, y: float) -> int | None:
        """The unit at a place."""
        for channel, (left, top, width, height) in enumerate(self.boxes):
            if left <= x < left + width and top <= y < top + height:
                row, column = int((y - top) / height * self.rows), int((x - left) / width * self.columns)
                return (channel * self.rows + row) * self.columns + column
        return None


def planes_of(shape: tuple[int, ...], x: float, axis: float, span: float, pitch: float, factor: float) -> Planes | None:
    """Lay out (channels, rows, columns) around the point x, axis; None for what is no picture."""
    if len(shape) != 3 or shape[1] * shape[2] < 2:
        return None
    channels, rows, columns = shape
    shares = rows / columns
    sides = [(_side(channels, n, shares, span, pitch * WIDTH), n) for n in range(1, channels + 1)]
    side, across = max(sides)
    down, gap = -(-channels // across), _gap(side, factor)
    left = x - (across * side + (across - 1) * gap) / 2
    top = axis - (down * side * shares + (down - 1) * gap) / 2
    places = [divmod(n, across) for n in range(channels)]
    boxes = ((left + c * (side + gap), top + r * (side * shares + gap), side, side * shares) for r, c in places)
    return Planes(rows, columns, across, tuple(boxes))


def _gap(side: float, factor: float) -> float:
    return min(GAP * factor, side * SLENDER)


def _side(channels: int, across: int, shares: float, span: float, width: float) -> float:
    """The largest width of a picture with so many side by side."""
    down = -(-channels // across)
    wide = width / (across + SLENDER * (across - 1))
    high = span / (down * shares + SLENDER * (down - 1))
    return min(wide, high)
