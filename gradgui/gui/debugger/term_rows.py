"""One row for each path: the product of its two factors, and the sum so far. Pointing at a factor tells where it is.

Where that many rows would not all be seen they stand in two columns, shorter, and the sum is told once at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.debugger.figures import bare, gradient, quantity
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets import naming
from gradgui.session.snapshot import NetworkInfo
from gradgui.session.terms import Factor, Quantity, Source, Term
from gradgui.text import Text

_NAME = Text(en="The products one by one", zh="逐个乘积")
_ROW, _LOWEST, _LOWEST_FOLDED, _NARROWEST, _FOLD = 24, 18, 15, 5, 14
"""Pixels: of a row where there is room, where there is little, of one in two columns; between parts, and columns."""
_ALL, _SHORT, _PRODUCT = (0, 1, 2, 3, 4, 5, 6, 7), (0, 1, 2, 4, 5, 6), 6
"""The parts of a row: name and figure of both factors, their product, the sum so far; and what two columns leave."""
_LETTERS = {
    Quantity.BLAME_SUM: "∂L/∂z{n}{index}",
    Quantity.BLAME_OUTPUT: "∂L/∂a{n}{index}",
    Quantity.SLOPE: "f′{index}",
    Quantity.ONE: "",
    Quantity.SHARE: "",
    Quantity.SPREAD: "{letter}",
    Quantity.NORMAL_SPREAD: "{letter}",
    Quantity.SCALED_BLAME: "{letter}",
    Quantity.MEAN_BLAME: "{letter}",
    Quantity.MEAN_PULL: "{letter}",
}
"""How a factor is called where it is not just its letter with layer and neuron."""
MOST = 40
"""Longer sums show their largest products."""
_GRADIENTS = frozenset({Quantity.BLAME_SUM, Quantity.BLAME_OUTPUT, Quantity.SCALED_BLAME})


@dataclass(frozen=True, slots=True)
class _Cell:
    box: QRectF
    factor: Factor


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the rows stand."""

    columns: int
    parts: tuple[int, ...]
    size: Size
    widths: tuple[float, ...]
    gap: float
    height: int
    lines: int

    @property
    def width(self) -> float:
        """Of one row."""
        return sum(self.widths) + self.gap * (len(self.widths) - 1)


class TermRows(QWidget):
    """Rows of first factor × second factor = product, with the running sum at the right."""

    pointed = Signal(object)
    """The Source under the pointer, or None."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._network: NetworkInfo | None = None
        self._terms: tuple[tuple[int, Term], ...] = ()
        self._known = 0
        self._current: int | None = None
        self._signed = self._summed = False
        self._lit: Source | None = None
        self._cells: list[_Cell] = []
        self._plan: _Plan | None = None
        self._total: float | None = None
        self._room = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.restyle)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    def show_terms(
        self, network: NetworkInfo, terms: tuple[Term, ...], product: int | None, signed: bool, summed: bool
    ) -> None:
        """Show these; behind number `product` they are not revealed yet. `signed`: the products are gradients."""
        self._network, self._signed, self._summed = network, signed, summed
        numbered = list(enumerate(terms))
        if len(numbered) > MOST:
            keep = sorted(numbered, key=lambda pair: -abs(pair[1].value))[:MOST]
            numbered = sorted({*keep, numbered[product or 0]}, key=lambda pair: pair[0])
        self._terms = tuple(numbered)
        self._known = len(terms) if product is None else product + 1
        self._total = terms[-1].running if self._known == len(terms) > 0 else None
        self._current = product
        self.setVisible(bool(terms))
        self._arrange_anew()

    def fit(self, room: int) -> None:
        """Move closer together rather than be taller than these pixels, as far as letters allow."""
        if room != self._room:
            self._room = room
            self._arrange_anew()

    def light(self, source: Source | None) -> None:
        """Mark the factors that come from there."""
        if source != self._lit:
            self._lit = source
            self.update()

    @property
    def words(self) -> list[str]:
        """Every row as it reads now."""
        return [" ".join(part for part in self._parts(number, term) if part) for number, term in self._terms]

    def row_of_current(self) -> QRectF | None:
        """Where the current product is drawn, to be kept in sight."""
        places = [n for n, (number, _) in enumerate(self._terms) if number == self._current]
        plan = self._arranged()
        return QRectF(0, places[0] % plan.lines * plan.height, 1, plan.height) if places else None

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self.update()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self._arrange_anew()

    def sizeHint(self) -> QSize:
        """As many rows as there are."""
        plan = self._arranged()
        return QSize(self._theme.px(320), plan.height * plan.lines)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for two columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange_anew()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which factor the pointer touches."""
        found = next((cell for cell in self._cells if cell.box.contains(event.position())), None)
        source = None if found is None else found.factor.source
        self.light(source)
        self.pointed.emit(source)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self.light(None)
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row by row, in columns."""
        if self._network is None or not self._terms:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._cells = []
        plan = self._arranged()
        for place, (number, term) in enumerate(self._terms):
            self._draw_row(painter, plan, self._place(plan, place), number, term)
        if plan.columns > 1 and self._summed:
            self._draw_total(painter, plan)

    def _arrange_anew(self) -> None:
        self._plan = None
        self.updateGeometry()
        self.update()

    def _arranged(self) -> _Plan:
        """One below the other as long as all can be seen so, else in two columns if those are wide enough."""
        if self._plan is None:
            rows = [self._parts(number, term) for number, term in self._terms]
            self._plan = self._planned(rows, 1, _ALL, (Size.BODY, Size.SMALL))
            if self._plan.height * len(rows) > self._room > 0:
                folded = self._planned(rows, 2, _SHORT, (Size.SMALL,))
                if folded.width <= self._column(2):
                    self._plan = folded
        return self._plan

    def _planned(self, rows: list[list[str]], columns: int, parts: tuple[int, ...], sizes: tuple[Size, ...]) -> _Plan:
        """In letters as large as the width allows, and gaps that are generous where there is room."""
        px, room = self._theme.px, self._column(columns)
        least = px(_NARROWEST if columns == 1 else _NARROWEST - 1)
        for size in sizes:
            plain, bold = (QFontMetricsF(self._theme.font(size, bold=heavy)) for heavy in (False, True))
            letters = [bold if part == _PRODUCT else plain for part in parts]
            widths = [
                max((metrics.horizontalAdvance(row[part]) for row in rows), default=0.0) + 2
                for part, metrics in zip(parts, letters, strict=True)
            ]
            if sum(widths) + least * (len(widths) - 1) <= room:
                break
        gap = min(max((room - sum(widths)) / (len(widths) - 1), px(2)), px(12))
        lines = -(-(len(rows) + (columns > 1)) // columns)
        lowest = px(_LOWEST if columns == 1 else _LOWEST_FOLDED)
        height = min(max(self._room // max(lines, 1), lowest), px(_ROW))
        return _Plan(columns, parts, size, tuple(widths), gap, height, lines)

    def _column(self, columns: int) -> float:
        """The width of one of so many columns."""
        return (self.width() - self._theme.px(_FOLD) * (columns - 1)) / columns

    def _place(self, plan: _Plan, place: int) -> QPointF:
        """Where a row begins: down the first column, then down the second."""
        column, line = divmod(place, plan.lines)
        whole = plan.width * plan.columns + self._theme.px(_FOLD) * (plan.columns - 1)
        left = max(0.0, (self.width() - whole) / 2)
        return QPointF(left + column * (plan.width + self._theme.px(_FOLD)), line * plan.height)

    def _draw_row(self, painter: QPainter, plan: _Plan, corner: QPointF, number: int, term: Term) -> None:
        words, palette = self._parts(number, term), self._theme.palette
        if number == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.current_soft))
            box = QRectF(corner.x() - plan.gap, corner.y() + 1, plan.width + 2 * plan.gap, plan.height - 2)
            painter.drawRoundedRect(box, self._theme.px(6), self._theme.px(6))
        x = corner.x()
        for part, width in zip(plan.parts, plan.widths, strict=True):
            factor = term.factors[part // 3] if part in (0, 1, 3, 4) else None
            painter.setFont(self._theme.font(plan.size, bold=part == _PRODUCT))
            self._draw_part(painter, words[part], QRectF(x, corner.y(), width, plan.height), part, factor, term)
            x += width + plan.gap

    def _draw_total(self, painter: QPainter, plan: _Plan) -> None:
        """What all paths add up to, below the last product."""
        palette, total = self._theme.palette, self._total
        colour = palette.muted if total is None else palette.ink
        if self._signed and total is not None:
            colour = self._theme.gradient_colour(total)
        corner = self._place(plan, len(self._terms))
        box = QRectF(corner.x(), corner.y(), plan.width, plan.height)
        painter.setFont(self._theme.font(plan.size, bold=True))
        painter.setPen(QColor(colour))
        words = "Σ ?" if total is None else f"Σ {self._written(total)}"
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_part(
        self, painter: QPainter, words: str, box: QRectF, column: int, factor: Factor | None, term: Term
    ) -> None:
        palette = self._theme.palette
        middle = Qt.AlignmentFlag.AlignVCenter
        if factor is not None:
            self._cells.append(_Cell(box, factor))
            if factor.source == self._lit and factor.source.quantity is not Quantity.ONE:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(palette.hover))
                painter.drawRoundedRect(box.adjusted(-3, 1, 3, -1), 4, 4)
                painter.setPen(QColor(palette.ink))
                line = box.center().y() + painter.fontMetrics().height() / 2 - 1  # below the letters, not through them
                painter.drawLine(QPointF(box.left(), line), QPointF(box.right(), line))
        muted = column in (0, 2, 3, 5, 7)
        colour = palette.muted if muted or words == "?" else palette.ink
        if self._signed and column == _PRODUCT and words != "?":
            colour = self._theme.gradient_colour(term.value)
        if factor is not None and column in (1, 4) and factor.source.quantity in _GRADIENTS:
            colour = self._theme.gradient_colour(factor.value)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignLeft if column in (0, 3, 7) else Qt.AlignmentFlag.AlignRight
        painter.drawText(box, side | middle, words)

    def _parts(self, number: int, term: Term) -> list[str]:
        first, second = term.factors
        known = number < self._known
        product = self._written(term.value) if known else "?"
        running = ""
        if self._summed and len(self._terms) > 1:
            running = f"Σ {self._written(term.running)}" if known else "Σ ?"
        return [
            self._name(first.source), _figure(first), "×", self._name(second.source), _figure(second), "=", product,
            running,
        ]  # fmt: skip

    def _written(self, value: float) -> str:
        return gradient(value) if self._signed else quantity(value)

    def _name(self, source: Source) -> str:
        assert self._network is not None
        return source_name(self._network, source)


def source_name(network: NetworkInfo, source: Source) -> str:
    """What a factor is called: W2[0,1], b1, x1, a1[2], ∂L/∂z2, f′."""
    layer, unit = source.layer, source.unit
    if source.quantity is Quantity.INPUT:
        at = source.column or 0
        if layer < 0:
            return network.inputs[at] if at < len(network.inputs) else f"x[{at}]"
        return f"a{layer + 1}" + (f"[{at}]" if network.layers[layer].units > 1 else "")
    info = network.layers[layer]
    index = f"[{unit}]" if info.units > 1 else ""
    match source.quantity:
        case Quantity.WEIGHT:
            return naming.weight_name(layer, unit, source.column or 0, info)
        case Quantity.BIAS:
            return naming.bias_name(layer, unit, info)
        case _:
            return _LETTERS.get(source.quantity, "{letter}{n}{index}").format(
                letter=source.quantity.value, n=layer + 1, index=index
            )


def _figure(factor: Factor) -> str:
    if factor.source.quantity is Quantity.ONE:
        return "1"
    return bare(factor.value) if factor.source.quantity in _GRADIENTS else quantity(factor.value)
