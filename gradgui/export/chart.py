"""A frame with ticks in which curves and landscapes are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gradgui.export.colours import GREY, GRID, INK
from gradgui.export.picture import Picture, Point


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers along one side, evenly spaced or by powers of ten."""

    low: float
    high: float
    log: bool = False

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high end; NaN for what has no place."""
        if self.log:
            if not value > 0:
                return math.nan
            return (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Round numbers to write beside it, five or so."""
        if self.log:
            powers = range(math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9) + 1)
            every = max(1, len(powers) // 6)
            return [10.0**power for power in powers][::every]
        step = _round_step((self.high - self.low) / 5)
        first = math.ceil(self.low / step - 1e-9)
        return [n * step for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def around(values: Iterable[float], *, log: bool = False) -> Scale:
    """A scale on which all finite values have a place."""
    finite = [value for value in values if math.isfinite(value) and (not log or value > 0)]
    if not finite:
        return Scale(0.1, 1.0, log)
    low, high = min(finite), max(finite)
    if log:
        return Scale(10 ** math.floor(math.log10(low)), 10 ** (math.floor(math.log10(high)) + 1), log=True)
    margin = (high - low) * 0.05 or abs(high) * 0.1 or 1.0
    return Scale(0.0 if 0 <= low < 0.3 * high else low - margin, high + margin)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where numbers lie on a picture."""

    left: float
    top: float
    width: float
    height: float
    x: Scale
    y: Scale

    def at(self, x: float, y: float) -> Point:
        """The place of a point; NaN where it has none."""
        return self.left + self.x.share(x) * self.width, self.top + (1 - self.y.share(y)) * self.height

    def draw(self, picture: Picture, x_name: str, y_name: str) -> None:
        """Grid, ticks and names."""
        bottom, right = self.top + self.height, self.left + self.width
        for tick in self.x.ticks():
            x = self.at(tick, self.y.low)[0]
            picture.line([(x, self.top), (x, bottom)], GRID)
            picture.words((x, bottom + 16), number(tick), 11, GREY, "middle")
        for tick in self.y.ticks():
            y = self.at(self.x.low, tick)[1]
            picture.line([(self.left, y), (right, y)], GRID)
            picture.words((self.left - 6, y + 4), number(tick), 11, GREY, "end")
        picture.line([(self.left, self.top), (self.left, bottom), (right, bottom)], GREY)
        picture.words((self.left + self.width / 2, bottom + 36), x_name, 12, INK, "middle")
        picture.words((self.left, self.top - 10), y_name, 12, INK)

    def curve(self, picture: Picture, points: Iterable[Point], colour: str, width: float = 2.0) -> None:
        """A curve, broken where it is not finite."""
        for stretch in _stretches(self.at(x, y) for x, y in points):
            if len(stretch) == 1:
                picture.dot(stretch[0], width, colour, colour)
            picture.line(stretch, colour, width)


def number(value: float) -> str:
    """Short, with a real minus."""
    return f"{value:.4g}".replace("-", "\u2212")


def _stretches(points: Iterable[Point]) -> Iterator[list[Point]]:
    stretch: list[Point] = []
    for point in points:
        if all(map(math.isfinite, point)):
            stretch.append(point)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least * (1 - 1e-9))
