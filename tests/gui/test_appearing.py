"""A widget that appears is painted once, also where the next picture has been asked for already."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.widgets.appearing import paint_with_the_rest


class Paints(QObject):
    """Counts the pictures of a widget."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


class News(QObject):
    """Something comes from another thread, and a part of the window appears."""

    came = Signal()

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        self.came.connect(self.show_it, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def show_it(self) -> None:
        self._part.show()
        self._part.update()
        paint_with_the_rest(self._part)


def test_what_appears_is_painted_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    part, other, paints = QLabel("a", window), QLabel("b", window), Paints()
    news = News(part)
    part.hide()
    window.show()
    qtbot.wait(50)
    part.installEventFilter(paints)
    other.update()
    news.came.emit()
    qtbot.wait(50)
    assert paints.count == 1
