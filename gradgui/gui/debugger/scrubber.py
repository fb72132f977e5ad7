"""The whole run as a small curve of its loss: drag along it to any training step."""

from __future__ import annotations

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractSlider, QMenu, QSizePolicy, QToolTip, QWidget

from gradgui.gui.debugger.figures import quantity
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.session.bookmarks import Bookmark
from gradgui.session.snapshot import Array, CurvesView, Snapshot
from gradgui.text import Text

_NAME = Text(en="Whole run", zh="整个运行")
_TIP = Text(en="After {k} updates: loss {loss}", zh="{k} 次更新之后：损失 {loss}")
_MARK = Text(en="Bookmark {name} · iteration {k}", zh="书签 {name} · 第 {k} 轮")
_MEMORY = Text(
    en="{steps} steps can be visited again; their states take {used} of {cap} MB",
    zh="共有 {steps} 步可以重访；保存的状态占 {used} / {cap} MB",
)
_MAY_TAKE = Text(en="The past may take {mb} MB", zh="过去最多占 {mb} MB")
_CHOICES_MB = (64, 256, 1024, 4096)
_HEIGHT, _MARGIN = 30, 10
_GHOST_ALPHA, _FUTURE_ALPHA = 150, 110
_AHEAD = 3
"""How many times the length of the run is left to an older run that went further."""


class Scrubber(QAbstractSlider):
    """The value is how many updates have been made; the run reaches from 0 to the furthest that was visited."""

    updates_chosen = Signal(object)
    """How many updates shall have been made."""

    updates_pointed = Signal(object)
    """The mouse is over the moment after so many updates; None when it leaves."""

    memory_chosen = Signal(object)
    """How many megabytes the past of the run may take."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._snapshot: Snapshot | None = None
        self._bookmarks: tuple[Bookmark, ...] = ()
        self._showing = False
        self._pointed: int | None = None
        self._end = 1
        self.setMouseTracking(True)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._tell)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Put the handle where `snapshot` stands."""
        before, self._snapshot = self._snapshot, snapshot
        done = snapshot.iteration + (snapshot.cursor == len(snapshot.network.events))
        furthest = snapshot.history.furthest if snapshot.history else done
        place = self.value(), self.maximum(), self._end
        self._showing = True
        self.setRange(0, max(furthest, done, 1))
        ghosts = [int(ghost.iterations[-1]) for ghost in snapshot.curves.ghosts if ghost.iterations.size]
        self._end = max(self.maximum(), min(max(ghosts, default=0), _AHEAD * self.maximum()))
        self.setPageStep(max(1, self.maximum() // 20))
        if not self.isSliderDown():
            self.setValue(done)
        self._showing = False
        if before is None or place != (self.value(), self.maximum(), self._end) or not _same_curves(before, snapshot):
            self.update()

    def show_bookmarks(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Flags above the curve."""
        self._bookmarks = bookmarks
        self.update()

    def point_at(self, updates: int | None) -> None:
        """Mark the moment that another view points at; None for none."""
        if updates != self._pointed:
            self._pointed = updates
            self.update()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One low row."""
        return QSize(self._theme.px(480), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Usable down to here."""
        return QSize(self._theme.px(120), self._theme.px(_HEIGHT))

    def x_of(self, updates: float) -> float:
        """Where the moment after that many updates lies."""
        margin = self._theme.px(_MARGIN)
        return margin + (self.width() - 2 * margin) * updates / max(1, self._end)

    def updates_at(self, x: float) -> int:
        """The number of updates nearest to `x`."""
        margin = self._theme.px(_MARGIN)
        share = (x - margin) / max(1.0, self.width() - 2 * margin)
        return min(round(max(share, 0.0) * self._end), self.maximum())

    def tip(self, updates: int) -> str:
        """What lies there, in words."""
        if self._snapshot is None:
            return ""
        curves, say = self._snapshot.curves, self._speech.say
        row = int(np.abs(curves.iterations - updates).argmin()) if curves.iterations.size else None
        lines = [] if row is None else [say(_TIP, k=f"{updates:,}", loss=quantity(float(curves.train_loss[row])))]
        reach, here = self._theme.px(6), self.x_of(updates)
        near = [mark for mark in self._bookmarks if abs(self.x_of(mark.iteration) - here) < reach]
        lines += [say(_MARK, name=mark.name, k=mark.iteration + 1) for mark in near]
        history = self._snapshot.history
        if history is not None and history.cap_bytes:
            used, cap = f"{history.nbytes / 2**20:.1f}", round(history.cap_bytes / 2**20)
            lines.append(say(_MEMORY, steps=f"{history.furthest:,}", used=used, cap=cap))
        return "\n".join(lines)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer; dragging goes on from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self.updates_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along the run, or say which moment is under the pointer."""
        if self.isSliderDown():
            self.setValue(self.updates_at(event.position().x()))
        else:
            self.updates_pointed.emit(self.updates_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """No moment is under the pointer any more."""
        super().leaveEvent(event)
        self.updates_pointed.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End of a drag."""
        self.setSliderDown(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """How much memory the past may take."""
        history = self._snapshot.history if self._snapshot is not None else None
        if history is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for megabytes in _CHOICES_MB:
            action = menu.addAction(self._speech.say(_MAY_TAKE, mb=megabytes))
            action.setData(megabytes)
            action.setCheckable(True)
            action.setChecked(round(history.cap_bytes / 2**20) == megabytes)
        menu.triggered.connect(self._choose_memory)
        menu.popup(event.globalPos())

    def _choose_memory(self, action: QAction) -> None:
        self.memory_chosen.emit(action.data())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down would run against the reading direction: they do nothing here."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Name the moment under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(self.updates_at(event.pos().x())), self)
            return True
        return super().event(event)

    def _tell(self, updates: int) -> None:
        if not self._showing:
            self.updates_chosen.emit(updates)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Base line, ghosts, the curve, flags, the handle."""
        if self._snapshot is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, px = self._theme.palette, self._theme.px
        base = self.height() - px(6)
        painter.setPen(QPen(QColor(palette.line), px(2)))
        painter.drawLine(QPointF(self.x_of(0), base), QPointF(self.x_of(self.maximum()), base))
        self._draw_curves(painter, self._snapshot.curves)
        for mark in self._bookmarks:
            self._draw_flag(painter, mark)
        if self._pointed is not None:
            painter.setPen(QPen(QColor(palette.ink), px(1), Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(self.x_of(self._pointed), px(2)), QPointF(self.x_of(self._pointed), base))
        self._draw_handle(painter, base)

    def _draw_curves(self, painter: QPainter, curves: CurvesView) -> None:
        losses = [curves.train_loss, *(ghost.train_loss for ghost in curves.ghosts)]
        finite = np.concatenate([loss[np.isfinite(loss)] for loss in losses]) if losses else np.zeros(0)
        if finite.size < 2 or curves.iterations.size < 2:
            return
        palette = self._theme.palette
        span = float(finite.min()), float(finite.max())
        inside = QRectF(0, 0, self.x_of(self._end), self.height())
        painter.setClipRect(inside)  # an older run may have gone further than there is room for
        for ghost in curves.ghosts:
            colour = QColor(palette.forward)
            colour.setAlpha(_GHOST_ALPHA)
            painter.setPen(QPen(colour, 1.2 * self._theme.factor, Qt.PenStyle.DashLine))
            painter.drawPolyline(self._line(ghost.iterations, ghost.train_loss, span))
        painter.setClipping(False)
        past = curves.iterations <= self.value()
        if not past.all():  # else it would lie hidden below the past
            pale = QColor(palette.curve_train)
            pale.setAlpha(_FUTURE_ALPHA)
            painter.setPen(QPen(pale, 1.5 * self._theme.factor))
            painter.drawPolyline(self._line(curves.iterations, curves.train_loss, span))
        painter.setPen(QPen(QColor(palette.curve_train), 2 * self._theme.factor))
        painter.drawPolyline(self._line(curves.iterations[past], curves.train_loss[past], span))

    def _line(self, iterations: Array | np.ndarray, losses: Array, span: tuple[float, float]) -> QPolygonF:
        """The curve in this widget: large losses high, small ones low; a wide span on a logarithmic scale."""
        low, high = span
        good = np.isfinite(losses)
        if not good.any():  # a run that blew up at once: of nothing pyqtgraph cannot make a line
            return QPolygonF()
        values, ends = losses[good], np.array([low, high])
        if low > 0 and high > 20 * low:
            values, ends = np.log(values), np.log(ends)
        share = (values - ends[0]) / max(float(ends[1] - ends[0]), 1e-300)
        top, bottom = self._theme.px(4), self.height() - self._theme.px(9)
        xs = iterations[good]
        every = max(1, len(xs) // max(1, self.width()))
        low_x, high_x = self.x_of(0), self.x_of(self.maximum())
        across = low_x + (high_x - low_x) * xs[::every] / max(1, self.maximum())
        line: QPolygonF = arrayToQPolygonF(across, bottom - (bottom - top) * share[::every])
        return line

    def _draw_flag(self, painter: QPainter, mark: Bookmark) -> None:
        px, x = self._theme.px, self.x_of(mark.iteration)
        painter.setPen(QPen(QColor(self._theme.palette.ink), 1.2 * self._theme.factor))
        painter.setBrush(QColor(self._theme.palette.ink))
        painter.drawLine(QPointF(x, px(2)), QPointF(x, self.height() - px(5)))
        painter.drawPolygon(QPolygonF([QPointF(x, px(2)), QPointF(x + px(7), px(5)), QPointF(x, px(8))]))

    def _draw_handle(self, painter: QPainter, base: float) -> None:
        px, x = self._theme.px, self.x_of(self.value())
        current = QColor(self._theme.palette.current)
        painter.setPen(QPen(current, 1.5 * self._theme.factor))
        painter.drawLine(QPointF(x, px(2)), QPointF(x, base))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, base), px(7), px(7))
        painter.setPen(QPen(QColor(self._theme.palette.panel), 1.5))
        painter.setBrush(current)
        painter.drawRoundedRect(QRectF(x - px(4), base - px(4), px(8), px(8)), px(4), px(4))


def _same_curves(before: Snapshot, now: Snapshot) -> bool:
    """Whether nothing has to be drawn anew: the curves are the same arrays until a point is added."""
    old, new = before.curves, now.curves
    return old.train_loss is new.train_loss and old.ghosts is new.ghosts
