"""The loss surface for paper: lines of equal loss, or a valley, in ink only, with the ball where the run stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.export.chart import Frame, Scale, around
from gradgui.export.colours import GREY, INK, PAPER
from gradgui.export.landscape import LOSS, Relief, contour_lines
from gradgui.export.picture import Picture, Point
from gradgui.text import Language

LEVELS = 7
CLOSEST = 0.01
"""Of the whole range: lines of losses nearer to each other say nothing."""
ROOM = 5.0
"""Between two numbers on the lines, and between a number and the ball."""
TALL = 12.0
"""A number on a line."""
BALL = 7.0
SIDE_WIDTH, SIDE_HEIGHT = 290, 236


def printed(relief: Relief, ball: Point, language: Language) -> Picture:
    """A map with the loss written on its lines, or a curve; `ball` is (x, y), on a valley (x, loss)."""
    picture = Picture(SIDE_WIDTH, SIDE_HEIGHT)
    if relief.is_valley:
        scale = around(relief.heights[0].tolist())
        frame = Frame(46, 28, 234, 162, Scale(relief.xs[0], relief.xs[-1]), scale)
        frame.draw(picture, relief.names[0], LOSS.in_language(language))
        frame.curve(picture, zip(relief.xs, relief.heights[0], strict=True), INK, 2.0)
    else:
        scales = Scale(relief.xs[0], relief.xs[-1]), Scale(relief.ys[0], relief.ys[-1])
        frame = Frame(46, 28, 234, 162, *scales)
        frame.draw(picture, *relief.names)
        taken = [(frame.at(*ball), BALL)]
        for level in _levels(relief.heights):
            _draw_level(picture, frame, relief, level, taken)
    if np.isfinite(ball).all():
        picture.dot(frame.at(*ball), 6, INK, PAPER)
    return picture


def _levels(heights: NDArray[np.float64]) -> list[float]:
    """Closer together where it is flat, so that a cliff does not take them all."""
    finite = heights[np.isfinite(heights)]
    if not finite.size or finite.min() == finite.max():
        return []
    least = CLOSEST * (finite.max() - finite.min())
    levels = [float(finite.min())]
    for level in np.quantile(finite, np.linspace(0.1, 0.92, LEVELS)):
        if level > levels[-1] + least:
            levels.append(float(level))
    return levels[1:]


def _draw_level(picture: Picture, frame: Frame, relief: Relief, level: float, taken: list[tuple[Point, float]]) -> None:
    lines = contour_lines(relief, np.array([level]))
    for line in lines:
        frame.curve(picture, [(x, y) for x, y in line], INK, 0.9)
    if not lines:
        return
    words = f"{level:.3g}".replace("-", "\u2212")
    half = 3.4 * len(words)
    longest = max(lines, key=len)
    for share in (0.33, 0.5, 0.66, 0.2, 0.8, 0.42, 0.58, 0.27, 0.73):
        x, y = frame.at(*longest[int(share * (len(longest) - 1))])
        inside = frame.left + half < x < frame.left + frame.width - half
        if inside and all(abs(x - a) > half + wide + ROOM or abs(y - b) > TALL + ROOM for (a, b), wide in taken):
            taken.append(((x, y), half))
            picture.line([(x - half, y), (x + half, y)], PAPER, 11.0)
            picture.words((x, y + 4), words, 11, GREY, "middle")
            return
