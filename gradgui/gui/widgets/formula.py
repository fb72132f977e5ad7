"""A typeset formula: LaTeX drawn as sharp outlines at any size and in any colour."""

from __future__ import annotations

import re
import warnings
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.quick_typesetting import hasten

_SIZE = float(Size.HUGE)
"""Pixels in which formulas are typeset and kept; drawing scales the outlines."""
_PLACEHOLDER = "the-ink"
"""Stands for the colour in kept pictures, so that one serves every theme."""

_BREAKS = frozenset({r"\quad", r"\allowbreak"})
"""Where the room is too narrow for the whole, a new line begins at one of these."""
_TOKEN = re.compile(r"\\[A-Za-z]+\s*|\\.|.", re.DOTALL)
_OPENING, _CLOSING = frozenset({"{", r"\left"}), frozenset({"}", r"\right"})
_WIDE, _NARROW, _LEADING = 26.0, 5.0, 6.0
"""Between parts of one line, between terms of a sum, and between lines, at 100 %."""

_PATIENCE_MS = 1000
"""A formula that is out of sight, and so is never painted, is typeset after so long."""

_HASTENED: list[bool] = []
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

    @property
    def is_loaded(self) -> bool:
        """Whether the first formula does not take much longer than all others."""
        return bool(_HASTENED)

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
    if not _HASTENED:
        hasten()
        _HASTENED.append(True)
    config.svg2 = False
    try:
        svg: str = Latex(latex, size=_SIZE, color=_PLACEHOLDER).svg()
    except Exception:  # noqa: BLE001 - whatever it trips over, the plain words take its place
        return None
    size = _SVG_SIZE.search(svg)
    return Typeset(svg, float(size[1]), float(size[2])) if size else None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a formula; `wide`: after a wide gap."""

    latex: str
    wide: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part as outlines."""

    outlines: Typeset
    gap: float

    @property
    def width(self) -> float:
        return self.outlines.width

    @property
    def height(self) -> float:
        return self.outlines.height


class FormulaLabel(QWidget):
    """Shows one formula, centred, in several lines and smaller where room is short.

    A new one appears right after the next paint, never in its way.
    """

    drawn = Signal()
    """Its size is known now, later than it was asked for."""

    SMALLEST = 0.6
    """It does not shrink below this, whatever the presenter factor; then the view around it scrolls."""

    def __init__(self, typesetter: Typesetter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._theme = typesetter, theme
        self._latex = self._colour = self._plain = ""
        self._parts: list[_Piece] = []
        self._failed = False
        self._renderers: list[QSvgRenderer] = []
        self._waits = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_late)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.restyle)

    def show_formula(self, latex: str, colour: str, plain: str) -> None:
        """Show `latex` in `colour`; `plain` is said by screen readers and shown if it cannot be typeset."""
        if (latex, colour) == (self._latex, self._colour):
            return
        self._latex, self._colour, self._plain = latex, colour, plain
        self.setAccessibleName(plain)
        self.setToolTip(plain)
        if all(self._typesetter.remembers(part.latex) for part in parts(latex)):
            self._later.stop()
            self._draw_now()
            return
        self._renderers = []
        self._waits = self._is_before_the_first_picture()
        self._later.start(_PATIENCE_MS if self._waits else 0)
        self.update()

    @property
    def is_drawn(self) -> bool:
        """Whether the formula asked for is on the screen."""
        return bool(self._renderers) and not self._later.isActive()

    @property
    def lines(self) -> int:
        """How many lines it takes now."""
        return len(self._rows(self._factor))

    def restyle(self) -> None:
        """Sizes follow the presenter factor."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The formula at its full size, in as many lines as the width asks for."""
        return self._size(self._theme.factor)

    def minimumSizeHint(self) -> QSize:
        """The formula as small as it can still be read."""
        factor = min(self._theme.factor, self.SMALLEST)
        widest = max((part.width for part in self._parts), default=0.0)
        return QSize(round(widest * factor) + 1 if self._parts else 0, self._size(factor).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _is_before_the_first_picture(self) -> bool:
        """Whether the window is still on its way to the screen, and should not wait for the typesetter."""
        window = self.window()
        return self.isVisible() and window.internalWinId() != 0 and not window.windowHandle().isExposed()

    def _size(self, factor: float) -> QSize:
        if not self._parts:
            return QSize(0, self._theme.px(_SIZE) if self._latex else 0)
        rows = self._rows(factor)
        width = max(_width(row) for row in rows) * factor
        return QSize(round(width) + 1, round(_height(rows) * factor) + 1)

    def _rows(self, factor: float) -> list[list[_Piece]]:
        """The parts in lines that are no wider than the widget, where that is possible."""
        room = self.width() / factor
        rows: list[list[_Piece]] = []
        for part in self._parts:
            if rows and _width([*rows[-1], part]) <= room:
                rows[-1].append(part)
            else:
                rows.append([part])
        return rows

    @property
    def _factor(self) -> float:
        """As large as the theme says, smaller where the widget is."""
        factor = self._theme.factor
        while factor > 0.2:
            rows = self._rows(factor)
            wide = max((_width(row) for row in rows), default=0.0) * factor
            if wide <= self.width() and _height(rows) * factor <= self.height():
                break
            factor *= 0.97
        return factor

    def _draw_now(self) -> None:
        drawn = [(self._typesetter.typeset(part.latex), part) for part in parts(self._latex)]
        self._failed = any(outlines is None for outlines, _ in drawn)
        found = [_Piece(outlines, _WIDE if part.wide else _NARROW) for outlines, part in drawn if outlines is not None]
        self._parts = [] if self._failed else found
        self._renderers = [QSvgRenderer(part.outlines.coloured(self._colour)) for part in self._parts]
        self.updateGeometry()
        self.update()

    def _draw_late(self) -> None:
        self._draw_now()
        self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outlines, centred."""
        if self._waits:
            self._waits = False
            self._later.start(0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._failed:
            painter.setPen(self._colour)
            painter.setFont(self._theme.font(Size.TITLE))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._plain)
        elif self._renderers:
            for renderer, place in zip(self._renderers, self._places(), strict=True):
                renderer.render(painter, place)

    def _places(self) -> list[QRectF]:
        """Where the outlines of each part go."""
        factor, found = self._factor, []
        rows = self._rows(factor)
        top = (self.height() - _height(rows) * factor) / 2
        for row in rows:
            high = max(part.height for part in row) * factor
            left = (self.width() - _width(row) * factor) / 2
            for number, part in enumerate(row):
                width, height = part.width * factor, part.height * factor
                left += part.gap * factor if number else 0.0
                found.append(QRectF(left, top + (high - height) / 2, width, height))
                left += width
            top += high + _LEADING * factor
        return found


def parts(latex: str) -> list[Part]:
    """What may stand in a line of its own: the pieces between wide gaps, and the terms of a sum outside brackets."""
    found, depth, piece, wide = [], 0, "", True
    for token in _TOKEN.findall(latex):
        name = token.strip()
        depth += (name in _OPENING) - (name in _CLOSING)
        if name not in _BREAKS:
            piece += token
        elif depth == 0:
            found.append(Part(_apart(piece, wide), wide))
            piece, wide = "", name == r"\quad"
    found.append(Part(_apart(piece, wide), wide))
    return [part for part in found if part.latex]


def _apart(piece: str, wide: bool) -> str:
    """A term that begins with its sign keeps a little space behind it, as in a sum."""
    piece = piece.strip()
    return piece if wide or piece[:1] not in ("+", "-") else rf"{piece[0]}\,{piece[1:]}"


def _width(row: list[_Piece]) -> float:
    return sum(part.width for part in row) + sum(part.gap for part in row[1:])


def _height(rows: list[list[_Piece]]) -> float:
    return sum(max(part.height for part in row) for row in rows) + _LEADING * max(0, len(rows) - 1)
