"""What every story does with its fingers and its eyes: type, choose from a list, take back, and look."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL = Qt.KeyboardModifier.ControlModifier


def typed(qtbot: QtBot, field: QWidget, words: str) -> None:
    """Click into a field, write over all that is in it, press Enter."""
    assert isinstance(field, QLineEdit)
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClick(field, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def chosen(qtbot: QtBot, choice: QWidget, choice_id: str) -> None:
    """Open the list with a click, go to the entry with the arrow keys, take it with Enter."""
    assert isinstance(choice, QComboBox)
    qtbot.mouseClick(choice, LEFT)
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    row = choice.findData(choice_id)
    while view.currentIndex().row() != row:
        down = view.currentIndex().row() < row
        qtbot.keyClick(view, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    choice.window().activateWindow()  # as every desktop does when a list has closed
    qtbot.waitUntil(choice.window().isActiveWindow)


def ticked(qtbot: QtBot, toggle: QWidget) -> None:
    """Click the box of a switch."""
    assert toggle.isVisible()
    qtbot.mouseClick(toggle, LEFT, pos=QPoint(8, toggle.height() // 2))


def undone(program: Program, times: int = 1) -> None:
    """Take the last changes back with the keys."""
    _pressed(program, Qt.Key.Key_Z, times)


def redone(program: Program, times: int = 1) -> None:
    """Make them again after all."""
    _pressed(program, Qt.Key.Key_Y, times)


def _pressed(program: Program, key: Qt.Key, times: int) -> None:
    program.window.activateWindow()  # as every desktop does when a dialog has closed
    assert QTest.qWaitForWindowActive(program.window)
    for _ in range(times):
        QTest.keyClick(program.window, key, CTRL)


def seen(widget: QWidget, place: QRect | None = None) -> QImage:
    """What a widget shows, all of it or at one place."""
    return (widget.grab() if place is None else widget.grab(place)).toImage()


def around(place: QPoint, reach: int = 12) -> QRect:
    """A small square about a place."""
    return QRect(place - QPoint(reach, reach), place + QPoint(reach, reach))
