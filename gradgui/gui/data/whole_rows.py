"""Tables that end with a whole row: what is seen in part looks like a fault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget


class WholeRowsView(QTableView):
    """Knows how high it may be so that no row is seen in part; whoever places it asks."""

    misshaped = Signal()
    """Another height would show whole rows: a scroll bar has come or gone."""

    def whole_height(self, height: int) -> int:
        """The largest height that is not more than this and shows no row in part."""
        return height_of_whole_rows(self, height)

    def _ask_for_whole_rows(self) -> None:
        """To be called once the table has another size, and its columns have theirs."""
        if self.whole_height(self.height()) != self.height():
            self.misshaped.emit()


class WholeRowsFrame(QWidget):
    """Takes the room that a layout gives, and of it gives the widget inside as much as shows whole rows."""

    def __init__(self, inside: QWidget, whole: Callable[[int], int], parent: QWidget | None = None) -> None:
        """`whole`: the largest height that is not more than one in pixels and shows no row in part."""
        super().__init__(parent)
        self._inside, self._whole = inside, whole
        inside.setParent(self)
        self.setMinimumHeight(inside.minimumSizeHint().height())

    def fit(self) -> None:
        """Rows, or a scroll bar below them, have come or gone."""
        self._inside.setGeometry(0, 0, self.width(), self._whole(self.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole rows in the new room."""
        super().resizeEvent(event)
        self.fit()


def height_of_whole_rows(table: QTableView, height: int) -> int:
    """The largest height that is not more than this and shows no row in part; rows are alike, but for the first."""
    bar, row = table.horizontalScrollBar(), table.verticalHeader().defaultSectionSize()
    first = table.rowHeight(0) if table.model().rowCount() else row
    frame = table.horizontalHeader().sizeHint().height() + (bar.height() if bar.isVisible() else 0) + first - row
    return height if height < frame + row else frame + (height - frame) // row * row
