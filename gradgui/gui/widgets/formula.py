"""A typeset formula: LaTeX drawn as sharp outlines at any size and in any colour."""

from __future__ import annotations

import re
import warnings
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.theme import Size, Theme

_SIZE = float(Size.HUGE)
"""Pixels in which formulas are typeset and kept; drawing scales the outlines."""
_PLACEHOLDER = "the-ink"
"""Stands for the colour in kept pictures, so that one serves every theme."""

_SVG_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Typeset:
    """One formula as outlines; width and height in pixels at 100 %."""

    svg: str
    width: float
    height: float

    def coloured(self, colour: str) -> QByteArray:
        """The picture in `colour`."""
        return QByteArray(self.svg.replace(_PLACEHOLDER, colour).encode())


class Typesetter:
    """Typesets LaTeX once and remembers the last formulas; about 10 ms for a new one."""

    def __init__(self, keep: int = 600) -> None:
        self._keep = keep
        self._done: OrderedDict[str, Typeset | None] = OrderedDict()

    def remembers(self, latex: str) -> bool:
        """Whether `typeset` would answer at once."""
        return latex in self._done

    def typeset(self, latex: str) -> Typeset | None:
        """The formula as outlines; None where the typesetter cannot read it."""
        if latex in self._done:
            self._done.move_to_end(latex)
            return self._done[latex]
        drawn = _typeset(latex)
        self._done[latex] = drawn
        if len(self._done) > self._keep:
            self._done.popitem(last=False)
        return drawn

    def warm_up(self) -> None:
        """Load the typesetter's fonts now (150 ms) rather than at the first step."""
        self.typeset("z")


def _typeset(latex: str) -> Typeset | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it finds its fonts in an old-fashioned way
        from ziamath.config import config  # late: 150 ms that the first paint must not wait for
        from ziamath.zmath import Latex
    config.svg2 = False
    try:
        svg: str = Latex(latex, size=_SIZE, color=_PLACEHOLDER).svg()
    except Exception:  # noqa: BLE001 - whatever it trips over, the plain words take its place
        return None
    size = _SVG_SIZE.search(svg)
    return Typeset(svg, float(size[1]), float(size[2])) if size else None


class FormulaLabel(QWidget):
    """Shows one formula, centred and shrunk to fit; a new one appears right after the next paint, never in its way."""

    SMALLEST = 0.6
    """It does not shrink below this, whatever the presenter factor; then the view around it scrolls."""

    def __init__(self, typesetter: Typesetter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._theme = typesetter, theme
        self._latex = self._colour = self._plain = ""
        self._typeset: Typeset | None = None
        self._failed = False
        self._renderer: QSvgRenderer | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_now)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.restyle)

    def show_formula(self, latex: str, colour: str, plain: str) -> None:
        """Show `latex` in `colour`; `plain` is said by screen readers and shown if it cannot be typeset."""
        if (latex, colour) == (self._latex, self._colour):
            return
        self._latex, self._colour, self._plain = latex, colour, plain
        self.setAccessibleName(plain)
        self.setToolTip(plain)
        if not latex or self._typesetter.remembers(latex):
            self._later.stop()
            self._draw_now()
            return
        self._renderer = None
        self._later.start(0)
        self.update()

    @property
    def is_drawn(self) -> bool:
        """Whether the formula asked for is on the screen."""
        return self._renderer is not None and not self._later.isActive()

    def restyle(self) -> None:
        """Sizes follow the presenter factor."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The formula at its full size."""
        return self._size(self._theme.factor)

    def minimumSizeHint(self) -> QSize:
        """The formula as small as it can still be read."""
        return self._size(min(self._theme.factor, self.SMALLEST))

    def _size(self, factor: float) -> QSize:
        if self._typeset is None:
            return QSize(0, self._theme.px(_SIZE) if self._latex else 0)
        return QSize(round(self._typeset.width * factor) + 1, round(self._typeset.height * factor) + 1)

    def _draw_now(self) -> None:
        self._typeset = self._typesetter.typeset(self._latex) if self._latex else None
        self._failed = bool(self._latex) and self._typeset is None
        self._renderer = None
        if self._typeset is not None:
            self._renderer = QSvgRenderer(self._typeset.coloured(self._colour))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outlines, centred."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._failed:
            painter.setPen(self._colour)
            painter.setFont(self._theme.font(Size.TITLE))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._plain)
        elif self._renderer is not None and self._typeset is not None:
            self._renderer.render(painter, self._place(self._typeset))

    def _place(self, formula: Typeset) -> QRectF:
        """Where the outlines go: as large as the factor says, smaller where the widget is."""
        factor = min(self._theme.factor, self.width() / formula.width, self.height() / formula.height)
        width, height = formula.width * factor, formula.height * factor
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
