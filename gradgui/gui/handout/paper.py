"""Puts a sheet on pages of A4, and those into a PDF."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from gradgui.export.colours import GREY
from gradgui.export.sheet import NewPage, Sheet
from gradgui.gui.handout.ink import POINT, SMALL, Passage
from gradgui.gui.handout.setting import Piece, Setter
from gradgui.gui.widgets.formula import Typesetter
from gradgui.text import Text

PAGE = (595 * POINT, 842 * POINT)
SIDE, TOP, BOTTOM = 50 * POINT, 46 * POINT, 56 * POINT
RESOLUTION = round(72 * POINT)
LOOSENESS = (1.0, 0.8, 0.64, 0.5)
"""Tried in this order: closer together only where that spares a page."""
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
        setters = [Setter(typesetter, PAGE[0] - 2 * SIDE, sheet.languages, looseness) for looseness in LOOSENESS]
        pages = min((_pages(sheet, setter) for setter in setters), key=len)
        for number, page in enumerate(pages, 1):
            if painter is None:
                writer.setTitle(setters[0].said(sheet.name, " · "))
                painter = QPainter(writer)
            else:
                writer.newPage()
            for piece, y in page:
                piece.draw(painter, SIDE, y)
            _draw_foot(painter, setters[0].said(FOOT.filled(name=sheet.name, page=number, pages=len(pages))))
    if painter is not None:
        painter.end()
    buffer.close()
    return bytes(content.data())


def _pages(sheet: Sheet, setter: Setter) -> list[Page]:
    """Pieces one below the other; what must stay with the next piece goes with it to the next page."""
    pages: list[Page] = [[]]
    y = TOP
    for group in _groups(sheet, setter):
        if group is None:
            pages.append([])
            y = TOP
            continue
        height = sum(piece.before + piece.height for piece in group)
        if y + height > PAGE[1] - BOTTOM and pages[-1]:
            pages.append([])
            y = TOP
        for piece in group:
            y += piece.before if pages[-1] else 0.0
            pages[-1].append((piece, y))
            y += piece.height
    return [page for page in pages if page]


def _groups(sheet: Sheet, setter: Setter) -> list[list[Piece] | None]:
    """Pieces that stay together; None where a new page begins."""
    groups: list[list[Piece] | None] = []
    open_group: list[Piece] = []
    for block in sheet.blocks:
        if isinstance(block, NewPage):
            groups += [open_group, None] if open_group else [None]
            open_group = []
        for piece in setter.pieces(block):
            open_group.append(piece)
            if not piece.stays:
                groups.append(open_group)
                open_group = []
    return [*groups, open_group] if open_group else groups


def _draw_foot(painter: QPainter, words: str) -> None:
    foot = Passage(words, PAGE[0] - 2 * SIDE, SMALL, colour=GREY)
    foot.draw(painter, SIDE, PAGE[1] - BOTTOM + 18 * POINT)
