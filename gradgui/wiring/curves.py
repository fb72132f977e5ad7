"""The curves: their pages in the title, the names of the classes, and runs that are not wanted any more."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.session.snapshot import DataView
from gradgui.session.travel import ForgetBranch
from gradgui.wiring.desk import Desk


class CurvesWires(QObject):
    """Connects the pane of curves."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, pane = desk, desk.views.curves
        desk.window.pane("curves").set_corner(pane.tabs)
        pane.tabs.give_way()
        pane.tabs.show()
        desk.session.data_changed.connect(self._name_classes)
        pane.run_removed.connect(self._forget)
        pane.appeared.connect(self._show)

    @Slot(object)
    def _name_classes(self, data: DataView) -> None:
        self._desk.views.curves.name_classes(data.class_names)

    @Slot()
    def _show(self) -> None:
        snapshot = self._desk.session.snapshot
        if snapshot is not None:
            self._desk.views.curves.show_snapshot(snapshot)

    @Slot(object)
    def _forget(self, number: int) -> None:
        self._desk.session.ask(ForgetBranch(number))
