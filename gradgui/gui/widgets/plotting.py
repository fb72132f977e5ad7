"""Plots that stay calm: axes that grow in round steps, and only numbers a plot can bear."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPen
from PySide6.QtWidgets import QWidget

from gradgui.gui.theme import MINUS, Size, Theme

Array = NDArray[np.float64]

DASHED, DOTTED = (4.0, 3.0), (1.0, 2.0)
"""Two broken lines that can be told apart without their colours."""
LIMIT = 1e12
"""Larger values are not drawn, or drawn at this place: beyond it pyqtgraph mis-scales without a word."""
_CEILINGS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS = (1.0, 2.0, 5.0, 10.0)
_SMALLEST = 1e-300
BESIDE = 32
"""Pixels that are free at the right of a plot for the half of its last number."""
_APART, _INSIDE = 6, 0.8
"""Pixels between two numbers of an axis, and the part of a plot's width that its axis has."""
_LONGEST_LOG = 12
"""Decades a logarithmic axis shows at most."""
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class AxisPlan:
    """Where an axis starts and ends, and which places on it are named."""

    low: float
    high: float
    ticks: tuple[Tick, ...]


def masked(values: Array) -> Array:
    """A copy with everything a plot cannot bear as NaN."""
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(values) <= LIMIT, values, np.nan).astype(np.float64)


def clipped(values: Array) -> Array:
    """A copy with everything not finite as NaN and the rest within ±LIMIT."""
    safe: Array = np.where(np.isfinite(values), values, np.nan).astype(np.float64)
    return np.clip(safe, -LIMIT, LIMIT)


def room_for(pixels: float, theme: Theme, upright: bool = False) -> int:
    """How many parts an axis of this length may have before its numbers crowd."""
    return max(2, min(6, int(pixels / theme.px(24 if upright else 40))))


def nice_ceiling(value: float) -> float:
    """The next round number at or above a positive value: 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(c for c in _CEILINGS if value <= c * power * (1 + 1e-12)) * power


def nice_step(span: float, count: int) -> float:
    """A round step that divides a span into at most `count` parts."""
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    return next(s for s in _STEPS if rough <= s * power * (1 + 1e-12)) * power


def linear_plan(low: float, high: float, count: int = 5) -> AxisPlan:
    """Ticks at round places between two given ends."""
    step = nice_step(high - low, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    places = [k * step for k in range(first, last + 1)]
    return AxisPlan(low, high, tuple((place, tick_words(place, step)) for place in places))


def growing_plan(values: Array, least: float = 1e-12, count: int = 5) -> AxisPlan:
    """A linear axis from 0 that holds all finite values and grows in round steps."""
    safe = values[np.isfinite(values)]
    top = max(float(safe.max()), least) if safe.size else 1.0
    bottom = float(safe.min()) if safe.size else 0.0
    high = nice_ceiling(top)
    low = -nice_ceiling(-bottom) if bottom < 0 else 0.0
    return linear_plan(low, high, count)


def steps_plan(last: float, width: float, theme: Theme, unit: str, least: float) -> AxisPlan:
    """The axis of training steps below a plot so wide: up to `last`, or `least`, with numbers that stand apart.

    The unit is written after the last number, or after the first where the last would reach beyond the plot.
    """
    metrics, apart, pixels = QFontMetricsF(theme.font(Size.SMALL)), theme.px(_APART), width * _INSIDE
    for count in range(room_for(pixels, theme), 0, -1):
        plan = growing_plan(np.array([last]), least, count)
        words = [words for _, words in plan.ticks]
        end = f"{words[-1]} {unit}"
        words[-1 if metrics.horizontalAdvance(end) / 2 <= theme.px(BESIDE) else 0] += f" {unit}"
        plan = AxisPlan(plan.low, plan.high, tuple(zip((place for place, _ in plan.ticks), words, strict=True)))
        widths = [metrics.horizontalAdvance(each) for each in words]
        gaps = [(after - before) / (plan.high - plan.low) * pixels for (before, _), (after, _) in pairwise(plan.ticks)]
        if all(gap >= (one + other) / 2 + apart for gap, (one, other) in zip(gaps, pairwise(widths), strict=True)):
            break
    return plan


def log_plan(values: Array) -> AxisPlan:
    """A logarithmic axis, in powers of ten, from and to 1, 2 or 5 times a power of ten."""
    safe = values[np.isfinite(values) & (values > _SMALLEST)]
    top = float(safe.max()) if safe.size else 1.0
    bottom = max(float(safe.min()) if safe.size else 0.1, top / 10.0**_LONGEST_LOG)
    low, high = _log_round(bottom, down=True), _log_round(top, down=False)
    if high - low < 1:
        low = _log_round(10.0**high / 10, down=True)
    return AxisPlan(low, high, _log_ticks(low, high))


def tick_words(value: float, step: float) -> str:
    """A tick's number with as many decimals as its step needs."""
    if abs(value) < step * 1e-9:
        return "0"
    if step >= 1e6 or step < 1e-4:
        return f"{value:g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-").replace("-", MINUS)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    grouped = f"{value:,.{decimals}f}" if abs(value) >= 1e4 else f"{value:.{decimals}f}"
    return grouped.replace(",", "\N{THIN SPACE}").replace("-", MINUS)


class CalmAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that also writes the numbers at its two ends, which pyqtgraph drops."""

    _OVERHANG = 40.0
    _written: tuple[Tick, ...] | None = None

    def write(self, ticks: tuple[Tick, ...]) -> None:
        """These numbers and no others; the same ones again cost nothing."""
        if ticks != self._written:
            self._written = ticks
            self.setTicks([list(ticks), []])

    def boundingRect(self) -> QRectF:
        """Reach out far enough for half a number at both ends."""
        out = self._OVERHANG
        along_y = self.orientation in ("left", "right")
        box = QRectF(super().boundingRect())
        return box.adjusted(0, -out, 0, out) if along_y else box.adjusted(-out, 0, out, 0)


def calm_plot() -> pg.PlotItem:
    """A plot without what a student should not stumble over: menus, the A button, dragging."""
    plot = pg.PlotItem(axisItems={side: CalmAxis(side) for side in ("left", "bottom")}, enableMenu=False)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    plot.disableAutoRange()
    plot.getViewBox().setDefaultPadding(0.0)
    return plot


def adopt(plot: pg.PlotItem, owner: QWidget) -> None:
    """Let the menu that every plot keeps, shown or not, end with its view."""
    plot.ctrlMenu.setParent(owner, Qt.WindowType.Popup)


def tidy(plot: pg.PlotItem, theme: Theme) -> None:
    """Give a plot the window's ink, fonts and hairlines; horizontal grid lines only."""
    palette = theme.palette
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setTickFont(theme.font(Size.SMALL))
        axis.setTextPen(palette.muted)
        axis.setTickPen(pg.mkPen(palette.line, width=1))
        axis.setPen(pg.mkPen(None))
        axis.setZValue(-1)
        axis.setStyle(tickLength=0, tickTextOffset=theme.px(6), tickAlpha=255, hideOverlappingLabels=False)
    plot.getAxis("left").setGrid(255)


def follow(plot: pg.PlotItem, side: str, plan: AxisPlan, margin: float = 0.0) -> None:
    """Show what the plan says on one axis, with a margin (a share of the span) for dots at its ends."""
    view = plot.getViewBox()
    set_range = view.setXRange if side == "bottom" else view.setYRange
    set_range(plan.low, plan.high, padding=margin)
    plot.getAxis(side).write(plan.ticks)


def line_pen(colour: str, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    """A line with round ends: solid, DASHED or DOTTED."""
    style = Qt.PenStyle.CustomDashLine if dashes else Qt.PenStyle.SolidLine
    pen: QPen = pg.mkPen(colour, width=width, style=style)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def _log_round(value: float, down: bool) -> float:
    power = math.floor(math.log10(value))
    options = [math.log10(step) + power for step in _STEPS]
    exact = math.log10(value)
    if down:
        return max(o for o in options if o <= exact + 1e-9)
    return min(o for o in options if o >= exact - 1e-9)


def _log_ticks(low: float, high: float) -> tuple[Tick, ...]:
    first, last = math.floor(low), math.ceil(high)
    every = max(1, math.ceil((high - low) / 6))
    fine = (1.0, 2.0, 5.0) if high - low <= 1.5 else (1.0,)
    places = [math.log10(m) + k for k in range(first, last + 1) if k % every == 0 for m in fine]
    return tuple((p, _power_words(p)) for p in places if low - 1e-9 <= p <= high + 1e-9)


def _power_words(place: float) -> str:
    power = math.floor(place + 1e-9)
    if -3 <= power <= 4:  # longer ones have no room beside a plot, and would be left out
        return f"{10.0**place:.{max(0, -power)}f}"
    lead = round(10.0 ** (place - power))
    raised = "10" + str(power).translate(_SUPERSCRIPTS)
    return raised if lead == 1 else f"{lead}·{raised}"
