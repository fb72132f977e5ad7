"""The batch as a table: inputs, the target, and what the network answers."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gradgui.gui.data import words
from gradgui.gui.data.answers import Answers
from gradgui.gui.data.thumbnail import grey_picture
from gradgui.gui.data.whole_rows import WholeRowsView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme, number
from gradgui.session.snapshot import Array, DataView, Snapshot

_MOST_INPUTS = 8
_MOST_OUTPUTS = 4
_UNKNOWN = "?"

Index = QModelIndex | QPersistentModelIndex


class BatchModel(QAbstractTableModel):
    """One row per sample of the batch."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._snapshot: Snapshot | None = None
        self._data: DataView | None = None
        self._columns: tuple[tuple[str, int], ...] = ()
        self._in_classes = False

    def show_data(self, data: DataView | None) -> None:
        """Know what the classes are called; a batch of other data is not shown as one of these."""
        if data is self._data:
            return
        self.beginResetModel()
        self._data, self._snapshot = data, None
        self.endResetModel()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a batch; the table's frame is only rebuilt when its shape changed."""
        self._in_classes = self._are_classes(snapshot.y)
        columns = self._plan(snapshot)
        before = self._snapshot
        if before is None or columns != self._columns or len(before.x) != len(snapshot.x):
            self.beginResetModel()
            self._snapshot, self._columns = snapshot, columns
            self.endResetModel()
            return
        self._snapshot = snapshot
        self.dataChanged.emit(self.index(0, 0), self.index(len(snapshot.x) - 1, len(columns) - 1))

    def retranslate(self) -> None:
        """Say the headings anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self._columns) - 1))

    @property
    def chosen_row(self) -> int:
        """The row of the sample looked at closely."""
        return -1 if self._snapshot is None else self._snapshot.sample

    def sample_at(self, row: int) -> int:
        """Which training sample a row is."""
        assert self._snapshot is not None
        return int(self._snapshot.batch[row])

    def picture_at(self, index: Index) -> Array | None:
        """The inputs as a square picture, where the column asks for one."""
        if self._snapshot is None or self._columns[index.column()][0] != "picture":
            return None
        row: Array = self._snapshot.x[index.row()]
        side = math.isqrt(row.size)
        return row.reshape(side, side)

    def group_of(self, column: int) -> str:
        """sample, input, picture, target or answer."""
        return self._columns[column][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Samples in the batch."""
        return 0 if self._snapshot is None or parent.isValid() else len(self._snapshot.x)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Sample number, inputs, targets, answers."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words."""
        if self._snapshot is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), *self._columns[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's name."""
        known = self._snapshot is not None and section < len(self._columns)
        if orientation is not Qt.Orientation.Horizontal or not known:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._heading(*self._columns[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def _plan(self, snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
        inputs = snapshot.x.shape[1]
        columns = [("sample", 0)]
        if inputs > _MOST_INPUTS and math.isqrt(inputs) ** 2 == inputs:
            columns.append(("picture", 0))
        else:
            columns += [("input", k) for k in range(min(inputs, _MOST_INPUTS))]
        outputs = 1 if self._in_classes else min(snapshot.y.shape[1], _MOST_OUTPUTS)
        columns += [("target", k) for k in range(outputs)]
        return (*columns, *(("answer", k) for k in range(outputs)))

    def _are_classes(self, targets: Array) -> bool:
        """Whether these are classes of the data at hand: prices of the data before stay numbers."""
        data = self._data
        if data is None or data.classes <= 2 or targets.shape[1] != data.targets.shape[1]:
            return False
        return targets.shape[1] > 1 or bool(np.isin(targets, np.arange(data.classes)).all())

    def _words(self, row: int, group: str, k: int) -> str:
        s = self._snapshot
        assert s is not None
        match group:
            case "sample":
                return str(int(s.batch[row]) + 1)
            case "input":
                return number(float(s.x[row, k]))
            case "picture":
                return ""
            case "target":
                return self._target(s.y[row], k)
            case _:
                outputs = s.layers[-1].a
                return _UNKNOWN if outputs is None else self._answer(outputs[row], k)

    def _target(self, row: Array, k: int) -> str:
        if not self._in_classes or self._data is None:
            return number(float(row[k]))
        return self._speech.say(words.class_name(self._data, int(Answers.of(self._data).targets(row[None])[0])))

    def _answer(self, row: Array, k: int) -> str:
        if not self._in_classes or self._data is None:
            return number(float(row[k]))
        best = int(np.argmax(row))
        return f"{self._speech.say(words.class_name(self._data, best))}  {number(float(row[best]))}"

    def _heading(self, group: str, k: int) -> str:
        say, s = self._speech.say, self._snapshot
        assert s is not None
        several = s.y.shape[1] > 1 and not self._in_classes
        mark = str(k + 1) if several else ""
        match group:
            case "sample":
                return say(words.SAMPLE)
            case "input":
                return say(s.network.input_name(k))
            case "picture":
                return say(words.PICTURE)
            case "target":
                return f"{say(words.TARGET)} y{mark}"
            case _:
                return f"{say(words.ANSWER)} a{mark}"


class CellPainter(QStyledItemDelegate):
    """Draws what is not known yet as hatching, and inputs that form a square as a picture."""

    def __init__(self, theme: Theme, model: BatchModel) -> None:
        super().__init__(model)
        self._theme, self._model = theme, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        p, px = self._theme.palette, self._theme.px
        box = QRectF(option.rect)
        if index.row() == self._model.chosen_row:
            painter.fillRect(box, QColor(p.current_soft))
        picture = self._model.picture_at(index)
        if picture is not None:
            _draw_picture(painter, box, picture, px(2), self._theme)
            return
        said = str(index.data() or "")
        group = self._model.group_of(index.column())
        if said == _UNKNOWN:
            _hatch(painter, box.adjusted(px(10), px(5), -px(10), -px(5)), p.forward)
        muted = group == "sample" or said == _UNKNOWN
        painter.setPen(QColor(p.muted if muted else p.ink))
        painter.setFont(self._theme.font(Size.BODY, bold=group == "answer"))
        where = Qt.AlignmentFlag.AlignCenter if said == _UNKNOWN else Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -px(12), 0), where | Qt.AlignmentFlag.AlignVCenter, said)


class TableView(WholeRowsView):
    """The batch, one row per sample; the row being traced is tinted."""

    point_clicked = Signal(object)
    """The number of the training sample whose row was chosen."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._model = BatchModel(speech)
        self._model.setParent(self)
        self.setModel(self._model)
        self.setItemDelegate(CellPainter(theme, self._model))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.restyle()

    def show_data(self, data: DataView | None) -> None:
        """Know what the classes are called."""
        self._model.show_data(data)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the batch of one moment."""
        before = self._model.columnCount()
        self._model.show_snapshot(snapshot)
        if self._model.columnCount() != before:
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns, or let them be as wide as their headings."""
        super().resizeEvent(event)
        self._fit_columns()
        self._ask_for_whole_rows()

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        needed = [header.sectionSizeHint(column) for column in range(self._model.columnCount())]
        roomy = sum(needed) <= self.viewport().width()
        header.setSectionResizeMode(
            QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.ResizeToContents
        )

    def retranslate(self) -> None:
        """Say the headings anew."""
        self.setAccessibleName(self._speech.say(words.BATCH_TABLE))
        self._model.retranslate()
        self._fit_columns()
        self.viewport().update()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        p, px = self._theme.palette, self._theme.px
        self.setStyleSheet(
            f"QTableView {{ background: {p.panel}; color: {p.ink}; }}"
            f"QHeaderView::section {{ background: {p.panel}; color: {p.muted}; border: none;"
            f" border-bottom: 1px solid {p.line}; padding: {px(6)}px {px(12)}px; }}"
            f"QHeaderView {{ background: {p.panel}; }}"
        )
        self.horizontalHeader().setFont(self._theme.font(Size.SMALL))
        self.horizontalHeader().setMinimumSectionSize(px(72))
        self.verticalHeader().setDefaultSectionSize(px(32))

    def _choose(self, index: QModelIndex) -> None:
        self.point_clicked.emit(self._model.sample_at(index.row()))


def _hatch(painter: QPainter, box: QRectF, colour: str) -> None:
    painter.fillRect(box, QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern))


def _draw_picture(painter: QPainter, box: QRectF, picture: Array, gap: int, theme: Theme) -> None:
    image = grey_picture(picture, theme, float(picture.min()), float(picture.max()))
    side = box.height() - 2 * gap
    painter.drawImage(QRectF(box.right() - side - 6 * gap, box.top() + gap, side, side), image)
