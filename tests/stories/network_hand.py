"""A hand on the network pane of the whole window: real presses, drags, turns of the wheel and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.document.experiment import Experiment
from gradgui.gui.editor.gap_item import GapItem
from gradgui.gui.editor.handles import Target
from gradgui.gui.editor.pane import NetworkPane
from gradgui.gui.editor.parts import Parts
from gradgui.session.snapshot import Snapshot
from tests.stories.fingers import LEFT, around, redone, seen, undone

PLAIN = Qt.KeyboardModifier.NoModifier


class NetworkHand:
    """Works on what is drawn, where it is drawn."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot

    @property
    def pane(self) -> NetworkPane:
        return self.program.desk.views.network

    @property
    def port(self) -> QWidget:
        return self.pane.view.viewport()

    @property
    def document(self) -> Experiment:
        found = self.program.session.experiment
        assert found is not None
        return found

    @property
    def shown(self) -> Snapshot:
        found = self.program.session.snapshot
        assert found is not None
        return found

    @property
    def units(self) -> list[int]:
        """Units of the layers in the document."""
        return [getattr(spec, "units", 0) for spec in self.document.network.layers]

    @property
    def drawn(self) -> list[int]:
        """Neurons of the layers as they are drawn."""
        return [item.column.units for item in self.parts.columns[1:]]

    @property
    def parts(self) -> Parts:
        """All that is drawn."""
        found = self.pane._scene.parts
        assert found is not None
        return found

    @property
    def written(self) -> list[str]:
        """What stands under the layers."""
        return [each.text for each in self.parts.captions.writings]

    def on_wires(self, layer: int) -> list[str]:
        """What stands on the wires into a layer: numbers where there is room for them, else signs."""
        gap = self.parts.gaps[layer]
        assert isinstance(gap, GapItem)
        return [each.text for each in gap.labels]

    def card(self, target: Target) -> dict[str, str]:
        """What the card beside the pointer tells, with the pointer at something."""
        self.point(target)
        card = self.pane._card
        assert card.isVisible()
        return {"": card.title, **dict(card.rows)}

    def look(self, target: Target, reach: int = 12) -> QImage:
        """The picture of something and of what is near it."""
        return seen(self.port, around(self.at(target), reach))

    def at(self, target: Target) -> QPoint:
        """Where something is, brought into view."""
        self.pane.view.ensureVisible(*self.spot(target).toTuple(), 1, 1, 30, 30)
        return self.pane.hands.place_of(target)

    def spot(self, target: Target) -> QPointF:
        return self.pane._scene.place(target)

    def click(self, target: Target, button: Qt.MouseButton = LEFT) -> None:
        self.point(target)
        self.qtbot.mouseClick(self.port, button, PLAIN, self.at(target))

    def double_click(self, target: Target) -> None:
        """Two clicks, the second with all that a mouse sends: also the release."""
        self.point(target)
        place = self.at(target)
        self.qtbot.mouseClick(self.port, LEFT, PLAIN, place)
        self.qtbot.mouseDClick(self.port, LEFT, PLAIN, place)
        self.qtbot.mouseRelease(self.port, LEFT, PLAIN, place)

    def point(self, target: Target) -> None:
        self.qtbot.mouseMove(self.port, self.at(target) + QPoint(1, 0))
        self.qtbot.mouseMove(self.port, self.at(target))

    def drag(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = PLAIN, steps: int = 8) -> None:
        """Press, move in small steps, let go."""
        self.qtbot.mousePress(self.port, LEFT, held, start)
        for step in range(1, steps + 1):
            self.move(start + (end - start) * step / steps, held)
        self.qtbot.mouseRelease(self.port, LEFT, held, end)

    def move(self, place: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
        """A move with the button held, which QTest does not know."""
        far = QPointF(self.port.mapToGlobal(place))
        moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), far, Qt.MouseButton.NoButton, LEFT, held)
        QApplication.sendEvent(self.port, moved)

    def turn(self, target: Target, notches: int, held: Qt.KeyboardModifier = PLAIN) -> None:
        self.turn_at(self.at(target), notches, held)

    def turn_at(self, place: QPoint, notches: int, held: Qt.KeyboardModifier = PLAIN) -> None:
        """The wheel over a place of the view."""
        for _ in range(abs(notches)):
            angle = QPoint(0, 120 if notches > 0 else -120)
            far = QPointF(self.port.mapToGlobal(place))
            turned = QWheelEvent(
                QPointF(place), far, QPoint(), angle, Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False
            )
            QApplication.sendEvent(self.port, turned)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.pane.view, key, held)

    def open_list(self, target: Target) -> None:
        """The right button, after which the system asks for a list."""
        self.point(target)
        place = self.at(target)
        self.qtbot.mouseClick(self.port, Qt.MouseButton.RightButton, PLAIN, place)
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, self.port.mapToGlobal(place))
        QApplication.sendEvent(self.port, asked)

    def choose_from_menu(self, words: str) -> None:
        """Click an entry of the list that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(each for each in menu.actions() if each.text() == words)
        self.qtbot.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(action).center())

    def wait(self, happened: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happened)

    def settled(self) -> None:
        """The picture shows the document of now."""
        self.wait(lambda: self.shown.revision == self.program.session.revision and len(self.drawn) == len(self.units))

    def undo(self, times: int = 1) -> None:
        undone(self.program, times)

    def redo(self, times: int = 1) -> None:
        redone(self.program, times)
