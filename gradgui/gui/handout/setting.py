"""Sets the blocks of a sheet: how tall each is at the width of the paper, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradgui.export.colours import GREY, INK
from gradgui.export.sheet import Block, Drawings, Fields, Formulas, Heading, Lines, Numbers, Options, Title, Tone, Words
from gradgui.gui.handout.ink import (
    BODY,
    COLOURS,
    HEADING,
    POINT,
    SMALL,
    TITLE,
    Outline,
    Passage,
    formula,
    picture,
    tallest,
)
from gradgui.gui.widgets.formula import Typesetter
from gradgui.text import Language, Text

Draw = Callable[[QPainter, float, float], None]
GAP = 5 * POINT
INDENT = 18 * POINT
BOX = 8 * POINT
WRITING = 21 * POINT
"""Between two lines to write on."""
LETTERS = "ABCDEFGH"
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is not broken over two pages."""

    height: float
    draw: Draw
    before: float = GAP
    stays: bool = False
    """It must not be the last thing on a page."""


class Setter:
    """Turns blocks into pieces for one width of paper and one or two languages.

    `looseness` below 1 moves them closer together, to spare a page.
    """

    def __init__(
        self, typesetter: Typesetter, width: float, languages: Sequence[Language], looseness: float = 1.0
    ) -> None:
        self._typesetter, self._width, self._languages = typesetter, width, tuple(languages)
        self._looseness = looseness

    def pieces(self, block: Block) -> list[Piece]:
        """A block as pieces, from top to bottom."""
        return [replace(piece, before=piece.before * self._looseness) for piece in self._pieces(block)]

    # --- words

    def _pieces(self, block: Block) -> list[Piece]:
        match block:
            case Title():
                return [self._title(block)]
            case Heading(words):
                return [self._paragraph(words, HEADING, bold=True, before=12 * POINT, stays=True)]
            case Words():
                return [self._words(block)]
            case Fields(names):
                return [self._fields(names)]
            case Options():
                return [self._option(block, index) for index in range(len(block.answers))]
            case Numbers():
                return self._numbers(block)
            case Formulas():
                return self._formulas(block)
            case Lines(prompt, count):
                return [self._lines(prompt, count)]
            case Drawings():
                return [self._drawings(block)]
            case _:
                return []

    def said(self, text: Text, between: str = "\n") -> str:
        """In every language of the sheet."""
        return between.join(dict.fromkeys(text.in_language(language) for language in self._languages))

    def _title(self, title: Title) -> Piece:
        above = Passage(self.said(title.above, " · "), self._width, SMALL, colour=GREY)
        words = Passage(self.said(title.words), self._width, TITLE, bold=True)
        top = above.height + 2 * POINT

        def draw(painter: QPainter, x: float, y: float) -> None:
            above.draw(painter, x, y)
            words.draw(painter, x, y + top)

        return Piece(top + words.height, draw, 0.0, stays=True)

    def _paragraph(self, text: Text, size: float, *, bold: bool, before: float = GAP, stays: bool = False) -> Piece:
        passage = Passage(self.said(text, " · " if bold else "\n"), self._width, size, bold=bold)
        return Piece(passage.height, passage.draw, before, stays)

    def _words(self, words: Words) -> Piece:
        indent = INDENT if words.sign or words.tone is Tone.QUIET else 0.0
        size = SMALL if words.tone is Tone.QUIET else BODY
        passage = Passage(self.said(words.words), self._width - indent, size, colour=COLOURS[words.tone])
        sign = Passage(words.sign, INDENT, BODY, bold=True) if words.sign else None

        def draw(painter: QPainter, x: float, y: float) -> None:
            if sign is not None:
                sign.draw(painter, x, y)
            passage.draw(painter, x + indent, y)

        question = words.tone is Tone.QUESTION
        return Piece(passage.height, draw, 11 * POINT if question else GAP, stays=question)

    def _fields(self, names: Sequence[Text]) -> Piece:
        room = self._width / len(names)
        labels = [Passage(self.said(name, " "), room, BODY, colour=GREY) for name in names]
        height = 22 * POINT

        def draw(painter: QPainter, x: float, y: float) -> None:
            for index, label in enumerate(labels):
                left = x + index * room
                label.draw(painter, left, y + height - label.height)
                _rule(painter, left + label.width + 4 * POINT, left + room - 12 * POINT, y + height)

        return Piece(height, draw, 4 * POINT)

    def _option(self, options: Options, index: int) -> Piece:
        right = options.right == index
        words = f"{LETTERS[index]}   {self.said(options.answers[index])}"
        passage = Passage(words, self._width - 2 * INDENT, BODY, bold=right)

        def draw(painter: QPainter, x: float, y: float) -> None:
            box = QRectF(x + INDENT, y + 2.5 * POINT, BOX, BOX)
            painter.setPen(QPen(QColor(INK), 0.8 * POINT))
            painter.drawRect(box)
            if right:
                painter.setPen(QPen(QColor(INK), 1.4 * POINT))
                corner = QPointF(box.left() + 0.42 * BOX, box.bottom() - 0.2 * BOX)
                painter.drawLine(QLineF(box.left() + 0.18 * BOX, box.top() + 0.5 * BOX, corner.x(), corner.y()))
                painter.drawLine(QLineF(corner, QPointF(box.right() + 0.2 * BOX, box.top() - 0.1 * BOX)))
            passage.draw(painter, x + 2 * INDENT, y)

        return Piece(passage.height, draw, 3.5 * POINT, stays=index + 1 < len(options.answers))

    def _lines(self, prompt: Text, count: int) -> Piece:
        label = Passage(self.said(prompt, " · "), self._width, SMALL, colour=GREY)
        first, room = label.width + 5 * POINT, max(self._looseness, 0.8) * WRITING

        def draw(painter: QPainter, x: float, y: float) -> None:
            label.draw(painter, x + INDENT, y + room - label.height)
            for row in range(count):
                start = INDENT + (first if row == 0 else 0.0)
                _rule(painter, x + start, x + self._width, y + room * (row + 1))

        return Piece(room * count, draw, 2 * POINT)

    # --- formulas and pictures

    def _numbers(self, numbers: Numbers) -> list[Piece]:
        rows = list(zip(numbers.latex, numbers.values, strict=True))
        return [self._row(rows[start : start + COLUMNS]) for start in range(0, len(rows), COLUMNS)]

    def _row(self, cells: Sequence[tuple[str, str | None]]) -> Piece:
        room = self._width / COLUMNS
        marks = [(formula(self._typesetter, f"{latex}="), value) for latex, value in cells]
        height = max(tallest(outline for outline, _ in marks), 20 * POINT)

        def draw(painter: QPainter, x: float, y: float) -> None:
            for index, (outline, value) in enumerate(marks):
                left, middle = x + index * room, y + height / 2
                outline.draw(painter, left, middle - outline.height / 2)
                after = left + outline.width + 4 * POINT
                if value is None:
                    _rule(painter, after, left + room - 16 * POINT, middle + 6 * POINT)
                else:
                    passage = Passage(value, room, BODY, bold=True)
                    passage.draw(painter, after, middle - passage.height / 2)

        return Piece(height, draw, 4 * POINT)

    def _formulas(self, formulas: Formulas) -> list[Piece]:
        cells = [(self.said(word, " "), formula(self._typesetter, latex)) for word, latex in formulas.rows]
        return [self._formula_row(cells[start : start + 2]) for start in range(0, len(cells), 2)]

    def _formula_row(self, cells: Sequence[tuple[str, Outline]]) -> Piece:
        room, label = self._width / 2, 62 * POINT
        height = tallest(outline for _, outline in cells)

        def draw(painter: QPainter, x: float, y: float) -> None:
            for index, (word, outline) in enumerate(cells):
                left, middle = x + index * room, y + height / 2
                passage = Passage(word, label, SMALL, colour=GREY)
                passage.draw(painter, left, middle - passage.height / 2)
                outline.draw(painter, left + label, middle - outline.height / 2)

        return Piece(height, draw, 5 * POINT)

    def _drawings(self, drawings: Drawings) -> Piece:
        gap = 8 * POINT
        room = self._width - gap * (len(drawings.pictures) - 1)
        tall = min(room / sum(p.width / p.height for p in drawings.pictures), 172 * POINT * self._looseness)
        outlines = [picture(each, tall * each.width / each.height) for each in drawings.pictures]

        def draw(painter: QPainter, x: float, y: float) -> None:
            for outline in outlines:
                outline.draw(painter, x, y)
                x += outline.width + gap

        return Piece(tallest(outlines), draw)


def _rule(painter: QPainter, left: float, right: float, y: float) -> None:
    pen = QPen(QColor(GREY), 0.6 * POINT)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(left, y, right, y))
