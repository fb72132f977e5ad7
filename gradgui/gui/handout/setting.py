"""Sets the blocks of a sheet: how tall each is at the width of the paper, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradgui.export.colours import GREY, INK
from gradgui.export.sheet import (
    LETTERS,
    Block,
    Drawings,
    Fields,
    Formulas,
    Heading,
    Lines,
    Numbers,
    Options,
    Ticks,
    Title,
    Tone,
    Words,
)
from gradgui.gui.handout.ink import (
    BODY,
    COLOURS,
    HEADING,
    POINT,
    SIZES,
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
CELL = 27 * POINT
"""Height of a row of blanks: room for handwriting."""
COLUMNS = 3
LABEL = 84 * POINT
"""For the word before a formula."""
PICTURE = 172 * POINT


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

    `looseness` below 1 moves them closer together, to spare a page; `lines`: to write on, for one question.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        width: float,
        languages: Sequence[Language],
        looseness: float = 1.0,
        lines: int = 2,
    ) -> None:
        self._typesetter, self._width, self._languages = typesetter, width, tuple(languages)
        self._looseness, self._line_count = looseness, lines

    def pieces(self, block: Block) -> list[Piece]:
        """A block as pieces, from top to bottom."""
        return [replace(piece, before=piece.before * self._looseness) for piece in self._pieces(block)]

    # --- words

    def _pieces(self, block: Block) -> list[Piece]:  # noqa: C901  (one line for each kind of block)
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
                return self._options(block)
            case Ticks(parts):
                return self._ticks(parts)
            case Numbers():
                return self._numbers(block)
            case Formulas():
                return self._formulas(block)
            case Lines(prompts):
                count = max(1, self._line_count // len(prompts))
                return [self._lines(prompt, count, stays=prompt is not prompts[-1]) for prompt in prompts]
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
        indent = INDENT if words.sign or words.tone is Tone.REMARK else 0.0
        size, colour = SIZES[words.tone], COLOURS[words.tone]
        passage = Passage(self.said(words.words), self._width - indent, size, colour=colour)
        sign = Passage(words.sign, INDENT, BODY, bold=True) if words.sign else None

        def draw(painter: QPainter, x: float, y: float) -> None:
            if sign is not None:
                sign.draw(painter, x, y)
            passage.draw(painter, x + indent, y)

        before = 11 * POINT if words.tone is Tone.QUESTION else GAP
        return Piece(passage.height, draw, before, stays=words.tone in (Tone.QUESTION, Tone.QUIET))

    def _fields(self, names: Sequence[Text]) -> Piece:
        room = self._width / len(names)
        labels = [Passage(self.said(name, " "), room, BODY, colour=GREY) for name in names]
        height = 22 * POINT

        def draw(painter: QPainter, x: float, y: float) -> None:
            for index, label in enumerate(labels):
                left = x + index * room
                label.draw(painter, left, y + height - label.height)
                end = x + self._width if index + 1 == len(labels) else left + room - 12 * POINT
                _rule(painter, left + label.width + 4 * POINT, end, y + height)

        return Piece(height, draw, 4 * POINT)

    def _options(self, options: Options) -> list[Piece]:
        """Side by side where they are short, as on exam papers; else one below the other."""
        answers = [self.said(answer) for answer in options.answers]
        room = self._width - INDENT
        widest = max(Passage(answer, room, BODY, bold=True).width for answer in answers) + 2.2 * INDENT
        columns = next((n for n in (len(answers), 2) if widest <= room / n), 1)
        cells = [self._option(answer, index, room / columns, options.right) for index, answer in enumerate(answers)]
        return [_side_by_side(cells[i : i + columns], room / columns) for i in range(0, len(cells), columns)]

    def _option(self, answer: str, index: int, room: float, right: int | None) -> Piece:
        ticked = index == right
        letter = Passage(LETTERS[index], INDENT, BODY, bold=ticked)
        passage = Passage(answer, room - 2 * INDENT, BODY, bold=ticked)

        def draw(painter: QPainter, x: float, y: float) -> None:
            box = _box(painter, x, y)
            if ticked:
                painter.setPen(QPen(QColor(INK), 1.4 * POINT))
                corner = QPointF(box.left() + 0.42 * BOX, box.bottom() - 0.2 * BOX)
                painter.drawLine(QLineF(box.left() + 0.18 * BOX, box.top() + 0.5 * BOX, corner.x(), corner.y()))
                painter.drawLine(QLineF(corner, QPointF(box.right() + 0.2 * BOX, box.top() - 0.1 * BOX)))
            letter.draw(painter, x + INDENT, y)
            passage.draw(painter, x + 1.9 * INDENT, y)

        return Piece(passage.height, draw, 3.5 * POINT, stays=True)

    def _ticks(self, parts: Sequence[Text]) -> list[Piece]:
        """As many on a line as there is room for."""
        passages = [Passage(self.said(part, " · "), self._width - 2 * INDENT, BODY) for part in parts]
        rows: list[list[tuple[float, Passage]]] = []
        left = self._width
        for passage in passages:
            wide = 2 * INDENT + passage.width
            if left + wide > self._width:
                rows.append([])
                left = INDENT
            rows[-1].append((left, passage))
            left += wide
        return [self._tick_row(row) for row in rows]

    def _tick_row(self, row: Sequence[tuple[float, Passage]]) -> Piece:
        def draw(painter: QPainter, x: float, y: float) -> None:
            for left, passage in row:
                _box(painter, x + left, y)
                passage.draw(painter, x + left + 0.9 * INDENT, y)

        return Piece(max(passage.height for _, passage in row), draw, 3.5 * POINT, stays=True)

    def _lines(self, prompt: Text, count: int, *, stays: bool) -> Piece:
        label = Passage(self.said(prompt, " · "), self._width, SMALL, colour=GREY)
        first, room = label.width + 5 * POINT, max(self._looseness, 0.85) * WRITING

        def draw(painter: QPainter, x: float, y: float) -> None:
            label.draw(painter, x + INDENT, y + room - label.height)
            for row in range(count):
                start = INDENT + (first if row == 0 else 0.0)
                _rule(painter, x + start, x + self._width, y + room * (row + 1))

        return Piece(room * count, draw, 2 * POINT, stays)

    # --- formulas and pictures

    def _numbers(self, numbers: Numbers) -> list[Piece]:
        rows = numbers.rows
        return [self._row(rows[start : start + COLUMNS]) for start in range(0, len(rows), COLUMNS)]

    def _row(self, cells: Sequence[tuple[str, str | None]]) -> Piece:
        room = self._width / COLUMNS
        marks = [(formula(self._typesetter, latex), value) for latex, value in cells]
        least = CELL if any(value is None for _, value in marks) else 0.8 * CELL
        height = max(tallest(outline for outline, _ in marks), least)

        def draw(painter: QPainter, x: float, y: float) -> None:
            for index, (outline, value) in enumerate(marks):
                left, middle = x + index * room, y + height / 2
                outline.draw(painter, left, middle - outline.height / 2)
                after = left + outline.width + 4 * POINT
                if value is None:
                    end = x + self._width if index + 1 == COLUMNS else left + room - 16 * POINT
                    _rule(painter, after, end, middle + 6 * POINT)
                else:
                    passage = Passage(value, room, BODY, bold=True)
                    passage.draw(painter, after, middle - passage.height / 2)

        return Piece(height, draw, 4 * POINT)

    def _formulas(self, formulas: Formulas) -> list[Piece]:
        cells = [(self.said(word, " "), formula(self._typesetter, latex)) for word, latex in formulas.rows]
        return [self._formula_row(cells[start : start + 2]) for start in range(0, len(cells), 2)]

    def _formula_row(self, cells: Sequence[tuple[str, Outline]]) -> Piece:
        room = self._width / 2
        height = tallest(outline for _, outline in cells)

        def draw(painter: QPainter, x: float, y: float) -> None:
            for index, (word, outline) in enumerate(cells):
                left, middle = x + index * room, y + height / 2
                passage = Passage(word, LABEL, SMALL, colour=GREY)
                passage.draw(painter, left, middle - passage.height / 2)
                outline.draw(painter, left + LABEL, middle - outline.height / 2)

        return Piece(height, draw, 5 * POINT)

    def _drawings(self, drawings: Drawings) -> Piece:
        gap = 8 * POINT
        room = self._width - gap * (len(drawings.pictures) - 1)
        tall = min(room / sum(p.width / p.height for p in drawings.pictures), PICTURE * max(self._looseness, 0.75))
        outlines = [picture(each, tall * each.width / each.height) for each in drawings.pictures]
        if len(outlines) > 1:
            gap = (self._width - sum(outline.width for outline in outlines)) / (len(outlines) - 1)

        def draw(painter: QPainter, x: float, y: float) -> None:
            for outline in outlines:
                outline.draw(painter, x, y)
                x += outline.width + gap

        return Piece(tallest(outlines), draw)


def _side_by_side(pieces: Sequence[Piece], room: float) -> Piece:
    """Pieces as the cells of one row."""

    def draw(painter: QPainter, x: float, y: float) -> None:
        for index, piece in enumerate(pieces):
            piece.draw(painter, x + INDENT + index * room, y)

    return Piece(max(piece.height for piece in pieces), draw, pieces[0].before, pieces[0].stays)


def _box(painter: QPainter, x: float, y: float) -> QRectF:
    """Draw an empty box to tick, before a line that begins at that height."""
    box = QRectF(x, y + 2.5 * POINT, BOX, BOX)
    painter.setPen(QPen(QColor(INK), 0.8 * POINT))
    painter.drawRect(box)
    return box


def _rule(painter: QPainter, left: float, right: float, y: float) -> None:
    pen = QPen(QColor(GREY), 0.6 * POINT)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(left, y, right, y))
