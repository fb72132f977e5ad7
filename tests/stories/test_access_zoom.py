"""What the plain walk does not see: the sheet of a layer, painted captions and the debugger's pages, at every zoom."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea, QTabWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.editor.details import LayerHit
from gradgui.gui.editor.layer_sheet import LayerSheet
from gradgui.gui.theme import Size
from gradgui.text import Language
from tests.stories.conftest import Open
from tests.stories.network_hand import NetworkHand
from tests.stories.painted import listening, narrow_cells, repainted
from tests.stories.test_access import ZOOMS, cut, lay_out, small, unnamed, unreachable
from tests.stories.test_long_names import hidden_tabs, shortened


def sheet_of(program: Program) -> LayerSheet:
    found = program.window.findChild(LayerSheet)
    assert isinstance(found, LayerSheet)
    assert found.isVisible()
    return found


def too_wide(sheet: LayerSheet) -> set[str]:
    """What is wider than the sheet: it scrolls up and down only."""
    areas = sheet.findChildren(QScrollArea)
    return {f"{area} hides its right end" for area in areas if area.horizontalScrollBar().maximum() > 0}


def test_the_sheet_of_a_layer_and_painted_captions_are_whole_at_every_zoom(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, found = open_window("circle", safe_mode=True), set[str]()
    program.window.resize(1280, 720)
    hand = NetworkHand(program, qtbot)
    for zoom in ZOOMS:
        program.desk.theme.use_factor(zoom)
        lay_out(program, qtbot)
        hand.click(LayerHit(0))
        for language in Language:
            program.desk.speech.speak(language)
            lay_out(program, qtbot)
            with listening(monkeypatch) as painted:
                repainted(program)
            words = painted | cut(program) | small(program) | narrow_cells(program) | shortened(hand)
            words |= unnamed(program) | unreachable(program) | too_wide(sheet_of(program))
            found |= {f"{zoom}, {language.value}: {each}" for each in words}
        sheet_of(program).close()
    assert found == set()


def test_the_names_of_the_debuggers_pages_grow_with_the_zoom(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car", safe_mode=True)
    program.window.resize(1280, 720)
    program.desk.theme.use_factor(2.0)
    program.window.focus_pane("debugger")
    lay_out(program, qtbot)
    tabs = program.desk.views.debugger.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    assert tabs.tabBar().fontInfo().pixelSize() >= 1.5 * Size.SMALL
    assert hidden_tabs(program) == set()
