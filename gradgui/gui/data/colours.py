"""Turns answers into pictures: the colour says which class, its strength says how sure."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gradgui.gui.data.answers import Answers
from gradgui.gui.theme import CLASSES, Palette
from gradgui.gui.widgets.ranges import centre_and_scale

Pixels = NDArray[np.uint8]

_SHADES = 128
"""Steps from unsure to sure."""
_STRONGEST = 0.62
"""How much class colour a sure answer gets; points in full colour still stand off it."""
SIGNED_MAP, UNSIGNED_MAP = "CET-CBD1", "cividis"


def class_colour(number: int) -> str:
    """The colour of a class."""
    return CLASSES[number % len(CLASSES)]


class Colours:
    """The table of all colours a decision map can have."""

    def __init__(self, answers: Answers, palette: Palette) -> None:
        self._answers = answers
        if answers.one_hot:
            self._table = np.concatenate([_ramp(palette, k) for k in range(answers.classes)])
        elif answers.classes:
            self._table = np.concatenate([_ramp(palette, 0)[::-1], _ramp(palette, 1)])
        else:
            name = SIGNED_MAP if answers.signed else UNSIGNED_MAP
            self._table = pg.colormap.get(name).getLookupTable(nPts=2 * _SHADES, alpha=True)

    def picture(self, outputs: NDArray[np.floating], sharp: bool = False) -> Pixels:
        """(H, W, 4) colours of (outputs, H, W) answers; `sharp`: as if every answer were quite sure."""
        if self._answers.one_hot:
            best, sure = self._answers.verdict(outputs)
            rows = best * _SHADES + ((1.0 if sharp else sure) * np.full(best.shape, _SHADES - 1)).astype(np.intp)
        else:
            lean = self._answers.lean(outputs[0])
            if sharp:
                lean = np.where(lean > 0, 1.0, -1.0)
            rows = ((lean + 1) * (_SHADES - 0.5)).astype(np.intp)
        return np.asarray(self._table[rows], np.uint8)

    def bar(self) -> Pixels:
        """(n, 4) colours of the legend's bar, from the lowest answer to the highest."""
        return np.asarray(self._table, np.uint8)

    def colour_of(self, value: float) -> str:
        """The colour of one value of a regression."""
        lean = float(self._answers.lean(np.array([value]))[0])
        r, g, b = (int(c) for c in self._table[int((lean + 1) * (_SHADES - 0.5))][:3])
        return QColor(r, g, b).name()


def unit_picture(values: NDArray[np.floating], activation: str | None, palette: Palette) -> Pixels:
    """(H, W, 4) colours of one neuron's (H, W) answers, as in the small map inside it."""
    centre, scale = centre_and_scale(values, activation)
    lean = np.clip(np.nan_to_num((values - centre) / scale), -1.0, 1.0)
    table = np.concatenate([_ramp(palette, 0, 1.0)[::-1], _ramp(palette, 1, 1.0)])
    return np.asarray(table[((lean + 1) * (_SHADES - 0.5)).astype(np.intp)], np.uint8)


def _ramp(palette: Palette, number: int, strongest: float = _STRONGEST) -> Pixels:
    """From the panel's colour (unsure) to the class colour (sure)."""
    start, end = _rgb(palette.panel), _rgb(class_colour(number))
    share = strongest * np.linspace(0.0, 1.0, _SHADES)[:, None] ** 0.8
    ramp = np.full((_SHADES, 4), 255, np.uint8)
    ramp[:, :3] = np.rint(start + share * (end - start)).astype(np.uint8)
    return ramp


def _rgb(colour: str) -> NDArray[np.float64]:
    c = QColor(colour)
    return np.array([c.red(), c.green(), c.blue()], np.float64)
