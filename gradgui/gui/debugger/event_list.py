"""The events of the current training step as a list, each with its result."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gradgui.gui.debugger.breakpoint_view import draw_dot
from gradgui.gui.debugger.names import event_meaning
from gradgui.gui.debugger.rows import Row, State, row
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.breakpoints import Breakpoint, Kind
from gradgui.session.snapshot import EventName, Snapshot
from gradgui.text import Text

_NAME = Text(en="Events and their results", zh="事件和结果")
_RUN_TO = Text(en="Run to here (Ctrl+F10)", zh="运行到这里（Ctrl+F10）")
_STOP_AT = Text(en="Breakpoint here (F9)", zh="在这里设断点（F9）")
LINE = 26
"""Height of a line."""
GUTTER = 18
"""The margin in which breakpoints stand."""
_Index = QModelIndex | QPersistentModelIndex


class EventModel(QAbstractListModel):
    """Answers for visible lines only, straight from the snapshot."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._snapshot: Snapshot | None = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Same network: the lines stay and change their text; another one: a new list."""
        if self._snapshot is None or self._snapshot.network.events != snapshot.network.events:
            self.beginResetModel()
            self._snapshot = snapshot
            self.endResetModel()
        else:
            self._snapshot = snapshot
            self.refresh()

    def refresh(self) -> None:
        """Everything may read differently now."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One line an event."""
        return 0 if self._snapshot is None or parent.isValid() else len(self._snapshot.network.events)

    def event_at(self, place: int) -> EventName:
        """The event at `place`."""
        assert self._snapshot is not None
        return self._snapshot.network.events[place]

    def row(self, place: int) -> Row:
        """The line at `place`."""
        assert self._snapshot is not None
        return row(self._snapshot, self._snapshot.network.events[place])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, its explanation, or the line itself for drawing."""
        if self._snapshot is None or not index.isValid():
            return None
        event = self._snapshot.network.events[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._speech.say(event_meaning(self._snapshot, event))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(self.row(index.row()))
        return None

    def words(self, line: Row) -> str:
        """The whole line, such as L3 ∂L/∂b = +5; a result still to come is a question mark."""
        label = self._speech.say(line.label)
        if line.value is not None:
            return f"{label} = {self._speech.say(line.value)}"
        return f"{label} = ?" if line.state is State.TO_COME else label


class _Lines(QStyledItemDelegate):
    """Draws a line: label left, result right, the current one on a violet wash."""

    def __init__(self, model: EventModel, speech: Speech, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._speech, self._theme = model, speech, theme
        self.breakpoints: tuple[Breakpoint, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """One line of 26 px."""
        return QSize(self._theme.px(120), self._theme.px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw it."""
        line = self._model.row(index.row())
        area: QRect = option.rect
        current = line.state is State.CURRENT
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.palette.current_soft))
            radius = self._theme.px(6)
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), radius, radius)
        found = breakpoint_at(self.breakpoints, self._model.event_at(index.row()))
        if found is not None:
            centre = QPointF(area.left() + self._theme.px(GUTTER) / 2, area.center().y() + 0.5)
            draw_dot(painter, centre, self._theme.px(4), found, QColor(self._theme.palette.stop))
        painter.setFont(self._theme.font(Size.BODY, bold=current))
        inside = area.adjusted(self._theme.px(GUTTER), 0, -self._theme.px(10), 0)
        self._draw_words(painter, line, inside)
        painter.restore()

    def _draw_words(self, painter: QPainter, line: Row, area: QRect) -> None:
        palette = self._theme.palette
        middle = Qt.AlignmentFlag.AlignVCenter
        value = "?" if line.state is State.TO_COME else ""
        value = self._speech.say(line.value) if line.value is not None else value
        metrics = QFontMetrics(painter.font())
        label = self._speech.say(line.label)
        gap = metrics.horizontalAdvance(label) + self._theme.px(8)
        painter.setPen(QColor(self._colour(line, palette.ink)))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, label)
        if line.gradient is not None and line.state is State.DONE:
            painter.setPen(QColor(self._theme.gradient_colour(line.gradient)))
        room = area.adjusted(gap, 0, 0, 0)
        words = metrics.elidedText(value, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, words)

    def _colour(self, line: Row, done: str) -> str:
        palette = self._theme.palette
        return {State.DONE: done, State.CURRENT: palette.current, State.TO_COME: palette.muted}[line.state]


class EventList(QListView):
    """All events of the step; the current one is kept in sight, a click or Enter goes to another."""

    event_chosen = Signal(object)
    """The cursor to go to, 1 to the number of events."""
    breakpoint_toggled = Signal(object)
    """The EventName whose margin was clicked."""
    run_asked = Signal(object)
    """The cursor to run to."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._model = EventModel(speech, self)
        self.setModel(self._model)
        self._lines = _Lines(self._model, speech, theme, self)
        self.setItemDelegate(self._lines)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMinimumWidth(theme.px(150))
        self.clicked.connect(self._go)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the step stands; the current line stays visible with a little of what follows."""
        self._model.show_snapshot(snapshot)
        self.setCurrentIndex(self._model.index(max(snapshot.cursor - 1, 0)))
        self.keep_current_visible(snapshot.cursor)

    def keep_current_visible(self, cursor: int) -> None:
        """Scroll only as far as needed so that the current line and its neighbours are seen."""
        for place in (cursor - 3, cursor + 1, cursor - 1):
            inside = min(max(place, 0), self._model.rowCount() - 1)
            self.scrollTo(self._model.index(inside))

    def show_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Red dots beside the events that stop."""
        self._lines.breakpoints = breakpoints
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the margin sets or takes away a breakpoint."""
        index = self.indexAt(event.position().toPoint())
        in_margin = event.position().x() < self._theme.px(GUTTER)
        if index.isValid() and in_margin and event.button() is Qt.MouseButton.LeftButton:
            self.breakpoint_toggled.emit(self._model.event_at(index.row()))
        elif event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Run to here, or stop here from now on."""
        index = self.indexAt(event.pos())
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, what in ((_RUN_TO, "run"), (_STOP_AT, "stop")):
            menu.addAction(self._speech.say(words)).setData((what, index.row()))
        menu.triggered.connect(self._hear)
        menu.popup(event.globalPos())

    def _hear(self, action: QAction) -> None:
        what, place = action.data()
        if what == "run":
            self.run_asked.emit(place + 1)
        else:
            self.breakpoint_toggled.emit(self._model.event_at(place))

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self._model.refresh()

    def restyle(self) -> None:
        """Line heights follow the presenter factor."""
        self.setMinimumWidth(self._theme.px(150))
        self.scheduleDelayedItemsLayout()
        self._show_whole_lines()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole lines in the new room, and the current one still among them."""
        super().resizeEvent(event)
        self._show_whole_lines()
        self.scrollTo(self.currentIndex())

    def _show_whole_lines(self) -> None:
        """Leave free what would show a line in part."""
        line, left = self._theme.px(LINE), self.viewportMargins().bottom()
        room = self.viewport().height() + left
        rest = room % line if room > line else 0
        if rest != left:
            self.setViewportMargins(0, 0, 0, rest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk through the step, as they do on the timeline."""
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentIndex())

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.event_chosen.emit(index.row() + 1)


def breakpoint_at(breakpoints: tuple[Breakpoint, ...], event: EventName) -> Breakpoint | None:
    """The breakpoint that stops at this very event, if there is one."""
    for b in breakpoints:
        if b.kind is Kind.EVENT and b.layer in (None, event.layer) and b.event is event.kind:
            return b
    return None
