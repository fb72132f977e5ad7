"""The events of one training step in a row: one dot each, to click, drag or walk along with the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from gradgui.gui.debugger.breakpoint_view import draw_dot
from gradgui.gui.debugger.event_list import breakpoint_at
from gradgui.gui.debugger.names import event_label, event_meaning
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.breakpoints import Breakpoint
from gradgui.session.snapshot import EventName, Phase, Snapshot
from gradgui.text import Text

_PHASES = {
    Phase.FORWARD: Text(en="forward", zh="前向"),
    Phase.LOSS: Text(en="loss", zh="损失"),
    Phase.BACKWARD: Text(en="backward", zh="反向"),
    Phase.UPDATE: Text(en="update", zh="更新"),
}
_NAME = Text(en="Events of this training step", zh="这一步训练的事件")
_START = Text(en="Start of the step: nothing computed yet", zh="这一步的开头：还没有计算")
_TIP = Text(en="{label} · {meaning}", zh="{label} · {meaning}")

_DOT, _CURRENT, _GAP = 5.5, 9.0, 8.5
"""Radii at rest; dots closer than `_GAP` melt into a bar."""
_NOT_YET_ALPHA, _BACKWARD_ALPHA = 110, 150


class Timeline(QAbstractSlider):
    """Shows where in its step a snapshot stands; the value is the number of events done."""

    event_chosen = Signal(object)
    """The cursor to go to, 0 to the number of events."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._snapshot: Snapshot | None = None
        self._hovered: int | None = None
        self._showing = False
        self._breakpoints: tuple[Breakpoint, ...] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._tell)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Put the current dot where `snapshot` stands."""
        if self._snapshot is not None and snapshot.running and self._snapshot.running:
            return
        before, self._snapshot = self._snapshot, snapshot
        old = self.value()
        self._showing = True
        self.setRange(0, len(snapshot.network.events))
        self.setPageStep(max(1, len(snapshot.network.events) // 8))
        if not self.isSliderDown():
            self.setValue(snapshot.cursor)
        self._showing = False
        self._repaint(before, snapshot, old)

    def show_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Red dots above the events that stop."""
        self._breakpoints = breakpoints
        self.update()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self.update()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for dots and the phase names below."""
        return QSize(self._theme.px(480), self._theme.px(54))

    def minimumSizeHint(self) -> QSize:
        """Usable down to here."""
        return QSize(self._theme.px(160), self._theme.px(54))

    def x_of(self, cursor: int) -> float:
        """Where the dot of `cursor` lies; 0 is the start of the step."""
        return self._margin + cursor * self._spacing

    def cursor_at(self, x: float) -> int:
        """The cursor whose dot lies nearest to `x`."""
        return min(max(round((x - self._margin) / self._spacing), 0), self.maximum())

    @property
    def is_bar(self) -> bool:
        """Whether there are too many events for single dots."""
        return self._spacing < self._theme.px(_GAP)

    @property
    def _margin(self) -> float:
        return self._theme.px(_CURRENT + 3)

    @property
    def _spacing(self) -> float:
        return max(1e-6, (self.width() - 2 * self._margin) / max(1, self.maximum()))

    @property
    def _line(self) -> float:
        return self._theme.px(21)

    def _tell(self, cursor: int) -> None:
        if not self._showing:
            self.event_chosen.emit(cursor)

    def _repaint(self, before: Snapshot | None, now: Snapshot, old: int) -> None:
        """Only the dots between the two moments, where nothing else has changed."""
        if before is None or before.network is not now.network or before.running or now.running or self.is_bar:
            self.update()
            return
        phases = {shown.current.phase if shown.current else None for shown in (before, now)}
        if len(phases) > 1:
            self.update()
            return
        ends = sorted((self.x_of(old), self.x_of(self.value())))
        reach = self._theme.px(_CURRENT + 4)
        self.update(QRectF(ends[0] - reach, 0, ends[1] - ends[0] + 2 * reach, self.height()).toAlignedRect())

    # Gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the dot under the pointer; dragging goes on from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self.cursor_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along the step, or show which dot would be hit."""
        cursor = self.cursor_at(event.position().x())
        if self.isSliderDown():
            self.setValue(cursor)
        if cursor != self._hovered:
            self._hovered = cursor
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End of a drag."""
        self.setSliderDown(False)

    def leaveEvent(self, event: QEvent) -> None:
        """No dot is meant any more."""
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down would run against the reading direction: they do nothing here."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Name the dot under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.tip(self.cursor_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def tip(self, cursor: int) -> str:
        """What the dot of `cursor` stands for, in words."""
        if self._snapshot is None or cursor == 0:
            return self._speech.say(_START)
        event = self._snapshot.network.events[cursor - 1]
        label, meaning = event_label(event), event_meaning(self._snapshot, event)
        return self._speech.say(_TIP, label=label, meaning=meaning)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, dots or bar, phase names."""
        if self._snapshot is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._snapshot.running:
            painter.setOpacity(0.4)
        self._draw_line(painter)
        if self.is_bar:
            self._draw_bar(painter)
        else:
            self._draw_dots(painter, event.rect())
        if not self._snapshot.running:
            self._draw_current(painter)
        self._draw_breakpoints(painter)
        self._draw_phases(painter)

    def _draw_line(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.palette.line), self._theme.px(2)))
        painter.drawLine(QPointF(self.x_of(0), self._line), QPointF(self.x_of(self.maximum()), self._line))
        painter.setPen(QPen(QColor(self._theme.palette.forward), self._theme.px(2)))
        half = self._theme.px(4)
        painter.drawLine(QPointF(self.x_of(0), self._line - half), QPointF(self.x_of(0), self._line + half))

    def _draw_dots(self, painter: QPainter, area: QRect) -> None:
        radius = min(self._theme.px(_DOT), 0.36 * self._spacing)
        for event in self._events:
            done = event.index < self.value()
            here = QPointF(self.x_of(event.index + 1), self._line)
            if not area.left() - 2 * radius < here.x() < area.right() + 2 * radius:
                continue
            colour = self._colour(event.phase, done)
            painter.setPen(QPen(colour, 1.5 * self._theme.factor))
            painter.setBrush(colour if done else QColor(self._theme.palette.panel))
            larger = 1.3 if event.index + 1 == self._hovered else 1.0
            painter.drawEllipse(here, radius * larger, radius * larger)

    def _draw_bar(self, painter: QPainter) -> None:
        """Many events: each phase a strip, filled as far as the step has come."""
        half = self._theme.px(5)
        for phase, first, last in self._runs():
            left, right = self.x_of(first) + 1, self.x_of(last + 1) - 1
            reached = min(max(self.x_of(self.value()), left), right)
            painter.setPen(QPen(self._colour(phase, done=False), 1.5))
            painter.setBrush(QColor(self._theme.palette.panel))
            painter.drawRoundedRect(QRectF(left, self._line - half, right - left, 2 * half), half, half)
            if reached > left:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._colour(phase, done=True))
                painter.drawRoundedRect(QRectF(left, self._line - half, reached - left, 2 * half), half, half)

    def _draw_current(self, painter: QPainter) -> None:
        current = QColor(self._theme.palette.current)
        here = QPointF(self.x_of(self.value()), self._line)
        radius = float(self._theme.px(_CURRENT))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(current, 1.5 * self._theme.factor))
            painter.drawEllipse(here, radius + 2.5 * self._theme.factor, radius + 2.5 * self._theme.factor)
        painter.setPen(QPen(QColor(self._theme.palette.panel), 1.5 * self._theme.factor))
        painter.setBrush(current)
        if self.value() == 0:
            radius *= 0.7
        painter.drawEllipse(here, radius, radius)

    def _draw_breakpoints(self, painter: QPainter) -> None:
        for event in self._events if self._breakpoints else ():
            found = breakpoint_at(self._breakpoints, event)
            if found is not None:
                centre = QPointF(self.x_of(event.index + 1), self._theme.px(5))
                draw_dot(painter, centre, self._theme.px(3), found, QColor(self._theme.palette.stop))

    def _draw_phases(self, painter: QPainter) -> None:
        """Each phase's name below its middle; a name that would run into its neighbour is left out."""
        painter.setFont(self._theme.font(Size.SMALL))
        metrics = QFontMetrics(painter.font())
        current = self._snapshot.current if self._snapshot is not None else None
        taken = -1.0
        for phase, first, last in self._runs():
            words = self._speech.say(_PHASES[phase])
            width = metrics.horizontalAdvance(words) + 2
            middle = (self.x_of(first + 1) + self.x_of(last + 1)) / 2
            left = min(max(0.0, middle - width / 2), self.width() - width)
            if left < taken:
                continue
            taken = left + width + self._theme.px(8)
            lit = current is not None and current.phase is phase
            painter.setPen(QColor(self._theme.palette.ink if lit else self._theme.palette.muted))
            top = self._line + self._theme.px(_CURRENT + 4)
            painter.drawText(QRectF(left, top, width, metrics.height()), Qt.AlignmentFlag.AlignCenter, words)

    @property
    def _events(self) -> tuple[EventName, ...]:
        return self._snapshot.network.events if self._snapshot is not None else ()

    def _runs(self) -> list[tuple[Phase, int, int]]:
        """Each phase with its first and last event."""
        runs: list[tuple[Phase, int, int]] = []
        for event in self._events:
            if runs and runs[-1][0] is event.phase:
                runs[-1] = (event.phase, runs[-1][1], event.index)
            else:
                runs.append((event.phase, event.index, event.index))
        return runs

    def _colour(self, phase: Phase, done: bool) -> QColor:
        palette = self._theme.palette
        names = {Phase.BACKWARD: palette.gradient_plus_fill, Phase.UPDATE: palette.done}
        colour = QColor(names.get(phase, palette.forward))
        if phase is Phase.BACKWARD:
            colour.setAlpha(_BACKWARD_ALPHA)
        if not done:
            colour.setAlpha(_NOT_YET_ALPHA)
        return colour
