"""Nothing in the sheet is cut: every word fits where it stands, in both languages and in a small window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.data.set_card import SetCard
from gradgui.text import Language
from tests.stories.datasheet import opened, turned, wires

Open = Callable[..., Program]
KINDS = ("circle", "function", "iris", "digits", "points", "table", "sine", "plane")


def cut(root: QWidget) -> Iterator[str]:
    """Every visible word that has less room than it needs."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            needed = widget.sizeHint().width()
        elif isinstance(widget, QAbstractButton) and widget.text() and not isinstance(widget, SetCard):
            needed = widget.fontMetrics().horizontalAdvance(widget.text().replace("&&", "&"))
        elif isinstance(widget, QComboBox):
            needed = widget.fontMetrics().horizontalAdvance(widget.currentText()) + 24
        else:
            continue
        if needed > widget.width() + 1:
            yield f"{named(widget)}: {widget.width()} < {needed}"
        if widget.mapTo(root, widget.rect().topRight()).x() > root.width():
            yield f"{named(widget)} leaves the sheet"


def named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {getattr(widget, 'text', widget.objectName)()!r}"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("size", "factor"), [((1280, 720), 1.0), ((1920, 1080), 1.0), ((1440, 900), 1.6)])
def test_every_word_of_the_sheet_has_its_room(
    open_window: Open, qtbot: QtBot, language: Language, size: tuple[int, int], factor: float
) -> None:
    program = open_window("circle", language)
    program.window.resize(*size)
    program.desk.theme.use_factor(factor)
    sheet = opened(program, qtbot)
    found: list[str] = []
    for kind in KINDS:
        turned(sheet, sheet.gallery, qtbot)
        wires(program)._choose_set(kind)
        for page in (sheet.gallery, sheet.draw, sheet.table, sheet.pictures):
            turned(sheet, page, qtbot)
            with suppress(NotInTime):  # answers come later than the page, and ask for room of their own
                qtbot.waitUntil(lambda: not any(cut(sheet)), timeout=1500)
            found += [f"{kind}: {what}" for what in cut(sheet)]
    assert not found, "\n".join(found)


def test_a_card_s_name_fits_in_its_card(open_window: Open, qtbot: QtBot) -> None:
    for language in Language:
        program = open_window("circle", language)
        sheet = opened(program, qtbot)
        for card in sheet.gallery._cards.values():
            longest = max(card.text().split(), key=len)
            assert card.fontMetrics().horizontalAdvance(longest) <= card.width()


@pytest.mark.parametrize("language", list(Language))
def test_points_are_counted_in_a_small_window_too_and_in_short_where_there_is_little_room(
    open_window: Open, qtbot: QtBot, language: Language
) -> None:
    program = open_window("circle", language)
    pane = program.desk.views.data
    count, stamps = pane._count, pane.sets
    for width, height in ((1280, 720), (1440, 900), (1920, 1080)):
        program.window.resize(width, height)
        qtbot.waitUntil(lambda: count.isVisible() and count.text().count("250") == 2)
        assert count.height() >= count.heightForWidth(count.width())
        key = pane._legend
        assert count.geometry().bottom() < key.y()
        assert key.mapTo(pane, key.rect().bottomLeft()).y() < stamps.y()
    count.fit(104, 18)
    assert count.text().startswith("250 + 250")
    whole = {Language.ENGLISH: "250 training, 250 test points", Language.CHINESE: "训练点 250，测试点 250"}
    assert count.toolTip() == whole[language]
    count.fit(104, 8)
    assert count.isHidden()
