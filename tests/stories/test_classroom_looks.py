"""Size, contrast and the ring around the pointer, in the whole window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gradgui.gui.halo import Halo
from tests.stories.conftest import Open


def test_larger_and_smaller_change_all_text_and_are_remembered(open_window: Open) -> None:
    program = open_window()
    program.actions.action("zoom_in").trigger()
    program.actions.action("zoom_in").trigger()
    assert program.desk.theme.factor == 1.25
    program.actions.action("zoom_out").trigger()
    assert program.desk.theme.factor == 1.1
    assert program.desk.settings.zoom == 1.1
    program.actions.action("zoom_reset").trigger()
    assert program.desk.theme.factor == 1.0


def test_the_projector_has_its_own_size_and_gives_the_desks_back(open_window: Open) -> None:
    program = open_window()
    program.actions.action("zoom_in").trigger()
    program.actions.action("presenter").setChecked(True)
    assert program.desk.theme.factor == 1.6
    program.actions.action("zoom_in").trigger()
    assert program.desk.theme.factor == 1.8
    program.actions.action("presenter").setChecked(False)
    assert program.desk.theme.factor == 1.1


def test_the_ring_follows_the_pointer_only_while_presenting(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    halo = program.window.findChild(Halo)
    assert isinstance(halo, Halo)
    program.actions.action("presenter").setChecked(True)
    place = QPoint(300, 200)
    QTest.mouseMove(program.window.windowHandle(), place)
    qtbot.waitUntil(lambda: (halo.geometry().center() - place).manhattanLength() <= 3)
    assert halo.isVisible()
    assert halo.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    program.actions.action("presenter").setChecked(False)
    assert not halo.isVisible()


def test_a_key_shows_one_pane_alone_and_again_all(open_window: Open) -> None:
    program = open_window()
    program.actions.action("show_surface").trigger()
    assert program.window.focused_pane == "surface"
    program.actions.action("show_surface").trigger()
    assert program.window.focused_pane == ""


def test_high_contrast_is_remembered(open_window: Open) -> None:
    program = open_window()
    program.actions.action("contrast").setChecked(True)
    assert program.desk.theme.contrast
    assert program.desk.settings.contrast
