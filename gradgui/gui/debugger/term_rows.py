"""One row for each path: the product of its two factors, and the sum so far. Pointing at a factor tells where it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.debugger.figures import bare, gradient, quantity
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets import naming
from gradgui.session.snapshot import NetworkInfo
from gradgui.session.terms import Factor, Quantity, Source, Term
from gradgui.text import Text

_NAME = Text(en="The products one by one", zh="逐个乘积")
_TOTAL = Text(en="sum", zh="合计")
_ROW, _LOWEST, _NARROWEST = 24, 18, 5
"""Pixels: of a row where there is room, where there is little, and between columns."""
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
        self._size, self._room = Size.BODY, 0
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
        self._current = product
        self.setVisible(bool(terms))
        self.updateGeometry()
        self.update()

    def fit(self, room: int) -> None:
        """Move closer together rather than be taller than these pixels, as far as letters allow."""
        if room != self._room:
            self._room = room
            self.updateGeometry()
            self.update()

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
        height = self._height()
        return QRectF(0, places[0] * height, 1, height) if places else None

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self.update()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As many rows as there are."""
        return QSize(self._theme.px(320), self._height() * len(self._terms))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        rows = [self._parts(number, term) for number, term in self._terms]
        widths = self._widths(rows)
        gap = self._gap(widths)
        left = max(0.0, (self.width() - sum(widths) - gap * (len(widths) - 1)) / 2)
        for place, (number, term) in enumerate(self._terms):
            self._draw_row(painter, place, number, term, rows[place], widths, left)

    def _widths(self, rows: list[list[str]]) -> list[float]:
        """Of the columns, in letters as large as the width allows."""
        for self._size in (Size.BODY, Size.SMALL):
            metrics = QFontMetricsF(self._theme.font(self._size, bold=True))
            widths = [max(metrics.horizontalAdvance(row[n]) for row in rows) + 4 for n in range(len(rows[0]))]
            if sum(widths) + self._theme.px(_NARROWEST) * (len(widths) - 1) <= self.width():
                break
        return widths

    def _height(self) -> int:
        """Of one row."""
        most, least = self._theme.px(_ROW), self._theme.px(_LOWEST)
        return min(max(self._room // max(len(self._terms), 1), least), most)

    def _gap(self, widths: list[float]) -> float:
        """Between columns: generous where there is room."""
        room = (self.width() - sum(widths)) / (len(widths) - 1)
        return min(max(room, self._theme.px(2)), self._theme.px(12))

    def _draw_row(
        self, painter: QPainter, place: int, number: int, term: Term, parts: list[str], widths: list[float], left: float
    ) -> None:
        height, gap = self._height(), self._gap(widths)
        palette, top = self._theme.palette, place * height
        if number == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.current_soft))
            whole = sum(widths) + gap * (len(widths) + 1)
            painter.drawRoundedRect(
                QRectF(left - gap, top + 1, whole, height - 2), self._theme.px(6), self._theme.px(6)
            )
        x = left
        for column, (words, width) in enumerate(zip(parts, widths, strict=True)):
            box = QRectF(x, top, width, height)
            factor = term.factors[column // 3] if column in (0, 1, 3, 4) else None
            self._draw_part(painter, words, box, column, factor, term)
            x += width + gap

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
                painter.drawRoundedRect(box.adjusted(-4, 3, 4, -3), 4, 4)
                painter.setPen(QColor(palette.ink))
                painter.drawLine(box.bottomLeft() - QPointF(0, 4), box.bottomRight() - QPointF(0, 4))
        muted = column in (0, 2, 3, 5, 7)
        colour = palette.muted if muted or words == "?" else palette.ink
        if self._signed and column == 6 and words != "?":
            colour = self._theme.gradient_colour(term.value)
        if factor is not None and column in (1, 4) and factor.source.quantity in _GRADIENTS:
            colour = self._theme.gradient_colour(factor.value)
        painter.setFont(self._theme.font(self._size, bold=column == 6))
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignLeft if column in (0, 3, 7) else Qt.AlignmentFlag.AlignRight
        painter.drawText(box, side | middle, words)

    def _parts(self, number: int, term: Term) -> list[str]:
        first, second = term.factors
        known = number < self._known
        write = gradient if self._signed else quantity
        product = write(term.value) if known else "?"
        running = ""
        if self._summed and len(self._terms) > 1:
            running = f"Σ {write(term.running)}" if known else "Σ ?"
        return [
            self._name(first.source), _figure(first), "×", self._name(second.source), _figure(second), "=", product,
            running,
        ]  # fmt: skip

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
