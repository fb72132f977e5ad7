"""Everything that can be used has a name in both languages and is reached by Tab; no word is cut at any zoom."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.command_finder import CommandFinder
from gradgui.gui.data.set_card import SetCard
from gradgui.gui.theme import Size
from gradgui.gui.widgets.toggle import Toggle
from gradgui.lessons.lesson import lesson_of
from gradgui.text import Language
from tests.stories.conftest import Open

USED = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractSpinBox, QAbstractItemView, QTabBar, QGraphicsView,
)  # fmt: skip
TABS = ("report", "watches", "breakpoints", "chain", "pushers", "check")
SHEETS = ("choose_data", "training", "layer_table", "lessons", "new", "commands")
SIZES = ((1280, 720), (1440, 900), (1920, 1080))
ZOOMS = (1.0, 1.5, 2.0)


def shown(program: Program) -> list[QWidget]:
    """All that can be seen, in the window and in windows of its own over it."""
    found = [widget for widget in program.window.findChildren(QWidget) if widget.isVisible()]
    return [widget for widget in found if not _is_qts_own(widget)]


def _is_qts_own(widget: QWidget) -> bool:
    """Parts that Qt makes inside its own widgets, which speak for them: the list of a combo box, the ends of a bar."""
    parents = _parents(widget)[:3]
    if any("QComboBoxPrivate" in type(parent).__name__ for parent in (widget, *parents)):
        return True
    inside = isinstance(parents[0] if parents else None, QTabBar | QAbstractSpinBox | QComboBox | QAbstractItemView)
    return isinstance(widget, QScrollBar) or (inside and type(widget).__module__.startswith("PySide6"))


def _parents(widget: QWidget) -> list[QWidget]:
    found, parent = [], widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def path(widget: QWidget) -> str:
    return " < ".join(type(each).__name__ for each in (widget, *_parents(widget)[:3]))


def name(widget: QWidget) -> str:
    """What a screen reader says; a view or a line that fills its named parent is called as that is."""
    own = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    parent = widget.parentWidget()
    if not own and isinstance(widget, QGraphicsView | QLineEdit) and parent is not None:
        return parent.accessibleName()
    return own


def unnamed(program: Program) -> set[str]:
    return {path(widget) for widget in shown(program) if isinstance(widget, USED) and not name(widget).strip()}


def unreachable(program: Program) -> set[str]:
    """Buttons of a group are reached with the arrows from the chosen one, and still take part in Tab."""
    return {
        f"{path(widget)}: {name(widget)}"
        for widget in shown(program)
        if isinstance(widget, USED)
        and not _led(widget)
        and widget.isEnabled()
        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def _led(widget: QWidget) -> bool:
    """The list of the command finder is walked with the arrows while its line keeps the keys."""
    return isinstance(widget.parentWidget(), CommandFinder) and isinstance(widget, QAbstractItemView)


def cut(program: Program) -> set[str]:
    """Plain words with less room than they need; what scrolls may be larger than its window."""
    found = set()
    for widget in shown(program):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.text() or "<" in widget.text():
            continue
        metrics, words = widget.fontMetrics(), widget.text()
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.heightForWidth(widget.width()) > widget.height() + 2
        else:
            wide = max(metrics.horizontalAdvance(line.replace("&", "")) for line in words.split("\n"))
            high = metrics.tightBoundingRect(words).height()
            short = wide > widget.width() + 1 or high > widget.height() + 1
        if short and not _scrolls(widget):
            found.add(f"{path(widget)}: {words!r} in {widget.width()}×{widget.height()}")
    return found


def _scrolls(widget: QWidget) -> bool:
    return any(isinstance(parent, QScrollArea) for parent in _parents(widget))


def small(program: Program) -> set[str]:
    """Words that did not grow with the rest; cards shrink them to keep them whole, toggles ask the theme."""
    least = round(Size.SMALL * program.desk.theme.factor)
    return {
        f"{path(widget)}: {widget.text()!r}, {widget.font().pixelSize()} px"
        for widget in shown(program)
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit)
        and widget.text()
        and not isinstance(widget, SetCard | Toggle)
        and widget.font().pixelSize() < least
    }


def faint(program: Program) -> set[str]:
    """Words that can be used and stand out too little from what is behind them, as they are really painted."""
    picture, found = program.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888), set()
    for widget in shown(program):
        words = widget.currentText() if isinstance(widget, QComboBox) else getattr(widget, "text", str)()
        box = QRect(widget.mapTo(program.window, QPoint(0, 0)), widget.size())
        whole = not widget.visibleRegion().isEmpty() and widget.visibleRegion().boundingRect() == widget.rect()
        on_top = program.window.childAt(box.center()) is widget
        if not isinstance(widget, QLabel | QAbstractButton | QComboBox) or not words or not widget.isEnabled():
            continue
        if whole and on_top and "<" not in words and (seen := stands_out(picture.copy(box))) < 4.5:
            found.add(f"{path(widget)}: {words!r} {seen:.2f}")
    return found


def stands_out(picture: QImage) -> float:
    """The contrast between the commonest colour of a picture and the one that differs most from it."""
    data = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    pixels = data[:, : 3 * picture.width()].reshape(-1, 3)
    colours, counts = np.unique(pixels @ np.array([1 << 16, 1 << 8, 1]), return_counts=True)
    parts = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light = linear @ (0.2126, 0.7152, 0.0722) + 0.05
    ground = light[counts.argmax()]
    return float(np.maximum(light / ground, ground / light).max())


def lay_out(program: Program, qtbot: QtBot) -> None:
    """Until nothing that can be seen moves or grows any more."""
    before: list[tuple[QWidget, QRect]] = []

    def is_still() -> bool:
        now = [(widget, widget.geometry()) for widget in shown(program)]
        still = now == before
        before[:] = now
        return still

    qtbot.waitUntil(is_still)


def look(program: Program, qtbot: QtBot, found: set[str]) -> None:
    lay_out(program, qtbot)
    found |= unnamed(program) | {f"Tab: {each}" for each in unreachable(program)}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("example", ["toy-car", "circle"])
def test_every_widget_of_every_pane_has_a_name_and_is_reached_by_tab(
    open_window: Open, qtbot: QtBot, example: str, language: Language
) -> None:
    program, found = open_window(example, language, safe_mode=True), set[str]()
    for tab in TABS:
        program.desk.views.debugger.show_tab(tab)
        look(program, qtbot, found)
    program.actions.action("show_data").trigger()
    look(program, qtbot, found)
    assert found == set()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_widget_of_every_sheet_has_a_name_and_is_reached_by_tab(
    open_window: Open, qtbot: QtBot, sheet: str, language: Language
) -> None:
    program, found = open_window("circle", language, safe_mode=True), set[str]()
    before = len(shown(program))
    program.actions.action(sheet).trigger()
    qtbot.waitUntil(lambda: len(shown(program)) != before)
    look(program, qtbot, found)
    for zoom in ZOOMS:
        program.desk.theme.use_factor(zoom)
        lay_out(program, qtbot)
        found |= {f"{zoom}: {each}" for each in cut(program) | small(program)}
    program.window.focus_pane("")
    assert found == set()


@pytest.mark.parametrize("language", Language)
def test_every_widget_of_an_open_lesson_has_a_name_and_is_reached_by_tab(
    open_window: Open, qtbot: QtBot, language: Language
) -> None:
    program, found = open_window("toy-car", language, safe_mode=True), set[str]()
    program.lessons.teach(lesson_of("cat"))
    qtbot.waitUntil(lambda: not program.lessons.run.hands.busy and program.lessons.run.deeds is not None)
    look(program, qtbot, found)
    assert found == set()
    program.lessons.run.leave()
    assert not isinstance(QApplication.focusWidget(), USED)  # the keys are the window's, not the next button's


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("example", ["toy-car", "circle"])
def test_no_word_is_cut_at_any_zoom(
    open_window: Open, qtbot: QtBot, example: str, language: Language, size: tuple[int, int]
) -> None:
    program, found = open_window(example, language, safe_mode=True), set[str]()
    program.window.resize(*size)
    for zoom in ZOOMS:
        program.desk.theme.use_factor(zoom)
        lay_out(program, qtbot)
        found |= {f"{zoom}: {each}" for each in cut(program)}
    assert found == set()


def test_every_word_stands_out_in_light_dark_and_high_contrast(open_window: Open, qtbot: QtBot) -> None:
    program, found = open_window("circle", safe_mode=True), set[str]()
    program.window.resize(*SIZES[0])
    for dark, contrast in product((False, True), repeat=2):
        program.desk.theme.use_dark(dark)
        program.desk.theme.use_contrast(contrast)
        for _ in ("open", "closed"):
            program.actions.action("training").trigger()
            lay_out(program, qtbot)
            found |= {f"dark {dark}, contrast {contrast}: {each}" for each in faint(program)}
    assert found == set()
