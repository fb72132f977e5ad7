"""How high a table may be so that it ends with a whole row."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView


def whole_rows(view: QTableView, height: int) -> int:
    """The largest height that is not more than this and shows no row in part; rows are alike, but for the first."""
    bar, row = view.horizontalScrollBar(), view.verticalHeader().defaultSectionSize()
    first = view.rowHeight(0) if view.model().rowCount() else row
    frame = view.horizontalHeader().sizeHint().height() + (bar.height() if bar.isVisible() else 0) + first - row
    return height if height < frame + row else frame + (height - frame) // row * row
