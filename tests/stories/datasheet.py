"""What the stories about data share: the sheet, and hands that hold a mouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.data.point_plot import PointPlot
from gradgui.gui.data.sheet import DataSheet
from gradgui.gui.data.slider_row import SliderRow
from gradgui.wiring.data import DataWires
from tests.stories.fingers import LEFT


def wires(program: Program) -> DataWires:
    found = program.findChild(DataWires)
    assert isinstance(found, DataWires)
    return found


def opened(program: Program, qtbot: QtBot, page: str = "gallery") -> DataSheet:
    """The sheet, opened with the keyboard and turned to a page with the mouse."""
    sheet = wires(program).sheet
    qtbot.keyClick(program.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert sheet.isVisible()
    wanted = getattr(sheet, page)
    if sheet.page is not wanted:
        turned(sheet, wanted, qtbot)
    return sheet


def turned(sheet: DataSheet, page: QWidget, qtbot: QtBot) -> None:
    """Click the tab of a page."""
    qtbot.mouseClick(sheet.tabs.button(sheet.number_of(page)), LEFT)
    assert sheet.page is page


def slid(qtbot: QtBot, row: SliderRow, share: float) -> None:
    """Drag the slider's handle with the mouse, in several moves."""
    slider, option = row.slider, QStyleOptionSlider()
    qtbot.waitUntil(lambda: slider.width() > 150)
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    start = handle.center()
    dragged(qtbot, slider, start, QPoint(round(share * slider.width()), start.y()))


def dragged(qtbot: QtBot, widget: QWidget, *way: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """Press at the first place, move on to the others, let go at the last."""
    qtbot.mousePress(widget, button, pos=way[0])
    for start, end in pairwise(way):
        for part in (0.3, 0.6, 0.9, 1.0):
            qtbot.mouseMove(widget, start + (end - start) * part)
            qtbot.wait(1)
    qtbot.mouseRelease(widget, button, pos=way[-1])


def at(plot: PointPlot, x: float, y: float) -> QPoint:
    """Where a place of the plane lies in the plot's viewport."""
    place: QPointF = plot.plotItem.getViewBox().mapViewToScene(QPointF(x, y))
    return place.toPoint()


def data_of(program: Program) -> object:
    assert program.session.experiment is not None
    return program.session.experiment.data


def undo_count(program: Program) -> int:
    history = program.session.editing.history
    assert history is not None
    return len(history.names)
