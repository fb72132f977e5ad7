"""Puts a sheet on pages of A4, and those into a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from gradgui.export.colours import GREY
from gradgui.export.sheet import Lines, Sheet
from gradgui.gui.handout.ink import POINT, SMALL, Passage
from gradgui.gui.handout.setting import Piece, Setter
from gradgui.gui.widgets.formula import Typesetter
from gradgui.text import Text

PAGE = (595 * POINT, 842 * POINT)
SIDE, TOP, BOTTOM = 50 * POINT, 46 * POINT, 56 * POINT
RESOLUTION = round(72 * POINT)
WRITTEN_ON = (*((looseness, lines) for lines in (6, 5, 4, 3, 2) for looseness in (1.0, 0.85, 0.7)), (0.55, 2))
"""How loose, and how many lines to write on for a question: the first of those that need the fewest pages."""
READ = tuple((looseness, 1) for looseness in (1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3))
"""The same for paper on which nobody writes."""
HOLE = 90 * POINT
"""So much of a page may stay empty before the next one begins."""
FOOT = Text(en="{name}  ·  page {page} of {pages}", zh="{name}  ·  第 {page} 页，共 {pages} 页")
PROGRAM = "gradgui"

Page = list[tuple[Piece, float]]


def to_pdf(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one PDF file, each beginning on a new page with its own page numbers, in vectors."""
    typesetter = Typesetter()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setCreator(PROGRAM)
    painter: QPainter | None = None
    for sheet in sheets:
        pages, said = _laid_out(sheet, typesetter)
        for number, page in enumerate(pages, 1):
            if painter is None:
                writer.setTitle(said(sheet.name, " · "))
                painter = QPainter(writer)
            else:
                writer.newPage()
            for piece, y in page:
                piece.draw(painter, SIDE, y)
            _draw_foot(painter, said(FOOT.filled(name=sheet.name, page=number, pages=len(pages))))
    if painter is not None:
        painter.end()
    buffer.close()
    return bytes(content.data())


def _laid_out(sheet: Sheet, typesetter: Typesetter) -> tuple[list[Page], Callable[..., str]]:
    """As roomy as the fewest possible pages allow, and how the sheet says something."""
    writes = any(isinstance(block, Lines) for block in sheet.blocks)
    *roomier, tightest = (
        Setter(typesetter, PAGE[0] - 2 * SIDE, sheet.languages, *layout) for layout in (WRITTEN_ON if writes else READ)
    )
    best = _pages(sheet, tightest)
    for setter in roomier:
        pages = _pages(sheet, setter)
        if len(pages) > len(best):
            continue
        if _hole(pages) < HOLE:
            return pages, tightest.said
        best = min(best, pages, key=_hole)
    return best, tightest.said


def _hole(pages: list[Page]) -> float:
    """The largest empty rest of a page after which another one follows."""
    ends = [page[-1][1] + page[-1][0].height for page in pages[:-1]]
    return max((PAGE[1] - BOTTOM - end for end in ends), default=0.0)


def _pages(sheet: Sheet, setter: Setter) -> list[Page]:
    """Pieces one below the other; what must stay with the next piece goes with it to the next page."""
    pages: list[Page] = [[]]
    y = TOP
    for group in _groups(sheet, setter):
        height = sum(piece.before + piece.height for piece in group)
        if y + height > PAGE[1] - BOTTOM and pages[-1]:
            pages.append([])
            y = TOP
        for piece in group:
            y += piece.before if pages[-1] else 0.0
            pages[-1].append((piece, y))
            y += piece.height
    return [page for page in pages if page]


def _groups(sheet: Sheet, setter: Setter) -> list[list[Piece]]:
    """Pieces that stay together."""
    groups: list[list[Piece]] = [[]]
    for block in sheet.blocks:
        for piece in setter.pieces(block):
            groups[-1].append(piece)
            if not piece.stays:
                groups.append([])
    return [group for group in groups if group]


def _draw_foot(painter: QPainter, words: str) -> None:
    foot = Passage(words, PAGE[0] - 2 * SIDE, SMALL, colour=GREY)
    foot.draw(painter, SIDE, PAGE[1] - BOTTOM + 18 * POINT)
