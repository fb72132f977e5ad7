"""Letters, formulas and pictures on paper, measured before they are drawn."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtSvg import QSvgRenderer

from gradgui.export.colours import GREY, INK
from gradgui.export.picture import Picture
from gradgui.export.sheet import Tone
from gradgui.gui.fonts import CHINESE
from gradgui.gui.widgets.formula import Typesetter

POINT = 10.0
"""Units of the paper in a typographic point: everything is laid out in tenths of a point."""
BODY, REMARK, SMALL, TITLE, HEADING = 10.5, 9.8, 9.0, 20.0, 12.5
FORMULA_SCALE = 0.36
"""Formulas are typeset large and drawn smaller, in points for each of the typesetter's pixels."""
COLOURS = {Tone.PLAIN: INK, Tone.QUESTION: INK, Tone.REMARK: INK, Tone.QUIET: GREY}
MARKS, HAN = "“”‘’…—", "\u3000"
"""What both languages write; and beyond this every letter is Chinese."""
SIZES = {Tone.PLAIN: BODY, Tone.QUESTION: BODY, Tone.REMARK: REMARK, Tone.QUIET: SMALL}


class Passage:
    """A paragraph that knows how tall it is at its width."""

    def __init__(self, words: str, width: float, size: float = BODY, *, colour: str = INK, bold: bool = False) -> None:
        self._document = QTextDocument()
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(_font(size, bold))
        self._document.setPlainText(words.replace(" %", "\u00a0%"))
        _mark_in_chinese(self._document)
        self._document.setTextWidth(width)
        self._colour = colour

    @property
    def height(self) -> float:
        """In units of the paper."""
        return self._document.size().height()

    @property
    def width(self) -> float:
        """Of its longest line."""
        return self._document.idealWidth()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Its top left corner lies there."""
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self._colour))
        context.palette = palette
        painter.save()
        painter.translate(x, y)
        self._document.documentLayout().draw(painter, context)
        painter.restore()


class Outline:
    """A formula or a picture as outlines; `width` and `height` in units of the paper."""

    def __init__(self, svg: QByteArray, width: float, height: float) -> None:
        self._renderer = QSvgRenderer(svg)
        self.width, self.height = width, height

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Its top left corner lies there."""
        self._renderer.render(painter, QRectF(x, y, self.width, self.height))


def formula(typesetter: Typesetter, latex: str) -> Outline:
    """A formula in black."""
    typeset = typesetter.typeset(latex)
    if typeset is None:
        raise ValueError(f"This formula cannot be typeset: {latex}")
    scale = FORMULA_SCALE * POINT
    return Outline(typeset.coloured(INK), typeset.width * scale, typeset.height * scale)


def picture(drawn: Picture, width: float) -> Outline:
    """A picture at that width, in the letters of the program."""
    family = QGuiApplication.font().families()[0]  # QtSvg knows one family, and takes a list for the name of none
    svg = drawn.to_svg().replace('font-family="sans-serif"', f'font-family="{family}"')
    return Outline(QByteArray(svg.encode()), width, width * drawn.height / drawn.width)


def tallest(outlines: Iterable[Outline]) -> float:
    """The height of a row."""
    return max((outline.height for outline in outlines), default=0.0)


def _mark_in_chinese(document: QTextDocument) -> None:
    """In Chinese lines the marks that English has too come from the Chinese font, as wide as a character."""
    chinese = QTextCharFormat()
    chinese.setFontFamilies([CHINESE])
    block = document.begin()
    while block.isValid():
        words = block.text()
        for place in (i for i, letter in enumerate(words) if letter in MARKS and max(words) > HAN):
            cursor = QTextCursor(document)
            cursor.setPosition(block.position() + place)
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(chinese)
        block = block.next()


def _font(size: float, bold: bool) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(round(size * POINT))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setBold(bold)
    return font
