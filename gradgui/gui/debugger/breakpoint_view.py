"""Breakpoints: a line to add one, and the list of them with how often each has fired."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gradgui.errors import UserError
from gradgui.gui.debugger.expression_line import ExpressionLine
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.session.breakpoint_words import HINTS, KINDS, described, typed
from gradgui.session.breakpoints import Breakpoint, Kind
from gradgui.session.notebook import Notebook
from gradgui.session.snapshot import LogLine, Snapshot
from gradgui.text import Text

_NAME = Text(en="Breakpoints", zh="断点")
_KIND = Text(en="What to stop for", zh="在什么时候停")
_LINE = Text(en="Details of the breakpoint", zh="断点的细节")
_EMPTY = Text(
    en="No breakpoints. F9 sets one on the current event; a click left of an event does the same.",
    zh="还没有断点。按 F9 在当前事件处设一个；点事件左侧也可以。",
)
_HITS = Text(en="hit {n}×", zh="命中 {n} 次")
_LOGGED = Text(en="iteration {k}: {words}", zh="第 {k} 轮：{words}")
_ENABLED = Text(en="Enabled (Space)", zh="启用（空格）")
_LOG_ONLY = Text(en="Only take notes (L)", zh="只记录，不停（L）")
_EVERY = Text(en="Stop one time in {n} ({n})", zh="每第 {n} 次才停（{n}）")
_REMOVE = Text(en="Remove (Delete)", zh="删除（Delete）")
_ROW, _GUTTER, _CROSS = 26, 22, 18
_LOG_LINES = 6


class BreakpointRows(QWidget):
    """One row a breakpoint: dot (filled: enabled, square: only notes), words, hits, cross."""

    changed = Signal(object)
    """(place, Breakpoint)."""
    removed = Signal(object)
    """The place of a breakpoint."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._breakpoints: tuple[Breakpoint, ...] = ()
        self._hits: tuple[int, ...] = ()
        self._log: tuple[LogLine, ...] = ()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Show these."""
        self._breakpoints = breakpoints
        self._chosen = min(self._chosen, max(len(breakpoints) - 1, 0))
        self._tell()

    def show_findings(self, hits: tuple[int, ...], log: tuple[LogLine, ...]) -> None:
        """How often each has fired, and the last notes."""
        if (hits, log) != (self._hits, self._log):
            self._hits, self._log = hits, log
            self._tell()

    def fit(self) -> None:
        """As high as the rows: a scroll area that is hidden while training misses a mere change of the hint."""
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    @property
    def words(self) -> list[str]:
        """Every row in words."""
        rows = [
            f"{self._speech.say(described(b))} {self._said_hits(n)}".strip() for n, b in enumerate(self._breakpoints)
        ]
        return rows + self._notes()

    def sizeHint(self) -> QSize:
        """A row each, then the notes."""
        rows = max(2, len(self._breakpoints) + min(len(self._log), _LOG_LINES))
        return QSize(self._theme.px(240), self._theme.px(_ROW) * rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The dot switches on and off, the cross removes."""
        place = int(event.position().y() // self._theme.px(_ROW))
        if place >= len(self._breakpoints):
            return
        self._chosen, x = place, event.position().x()
        if event.button() is Qt.MouseButton.LeftButton and x < self._theme.px(_GUTTER):
            self._switch()
        elif event.button() is Qt.MouseButton.LeftButton and x > self.width() - self._theme.px(_CROSS + 2):
            self.removed.emit(place)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with one breakpoint."""
        if self._chosen >= len(self._breakpoints):
            return
        b, say, menu = self._breakpoints[self._chosen], self._speech.say, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        enabled, log = menu.addAction(say(_ENABLED)), menu.addAction(say(_LOG_ONLY))
        for action, on, slot in ((enabled, b.enabled, self._switch), (log, b.log_only, self._take_notes)):
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(slot)
        for n in (2, 3, 5):
            action = menu.addAction(say(_EVERY, n=n))
            action.setData(n)
            action.setCheckable(True)
            action.setChecked(b.every == n)
        menu.addAction(say(_REMOVE)).setData(0)
        menu.triggered.connect(self._hear)
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Space belongs to the list while there is something to switch: it would start the training."""
        mine = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and bool(self._breakpoints)
        if mine and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose; Space switches, L takes notes only, 1 to 9 count hits, Delete removes."""
        key, last = event.key(), len(self._breakpoints) - 1
        if last < 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._chosen = min(max(self._chosen + (1 if key == Qt.Key.Key_Down else -1), 0), last)
            self.update()
        elif key == Qt.Key.Key_Space:
            self._switch()
        elif key == Qt.Key.Key_L:
            self._take_notes()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._change(every=key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row by row, then the notes."""
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(Size.BODY))
        if not self._breakpoints:
            painter.setPen(QColor(self._theme.palette.muted))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), flags, self._speech.say(_EMPTY))
            return
        for place, b in enumerate(self._breakpoints):
            self._draw(painter, b, place, QRectF(0, place * px(_ROW), self.width(), px(_ROW)))
        painter.setFont(self._theme.font(Size.SMALL))
        painter.setPen(QColor(self._theme.palette.muted))
        for n, words in enumerate(self._notes(), len(self._breakpoints)):
            box = QRectF(px(4), n * px(_ROW), self.width() - px(8), px(_ROW))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw(self, painter: QPainter, b: Breakpoint, place: int, area: QRectF) -> None:
        palette, px = self._theme.palette, self._theme.px
        if place == self._chosen and self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), px(6), px(6))
        draw_dot(painter, QPointF(px(_GUTTER) / 2, area.center().y()), px(5), b, QColor(palette.stop))
        hits = self._said_hits(place)
        painter.setFont(self._theme.font(Size.SMALL))
        right = painter.fontMetrics().horizontalAdvance(hits) + px(_CROSS + 8)
        painter.setPen(QColor(palette.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(0, 0, -px(_CROSS + 4), 0), Qt.AlignmentFlag.AlignRight | middle, hits)
        painter.setFont(self._theme.font(Size.BODY))
        painter.setPen(QColor(palette.ink if b.enabled else palette.muted))
        room = area.adjusted(px(_GUTTER), 0, -right, 0)
        words = self._speech.say(described(b))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, middle, words)
        painter.setPen(QColor(palette.forward))
        painter.drawText(area.adjusted(0, 0, -px(4), 0), Qt.AlignmentFlag.AlignRight | middle, "×")

    def _said_hits(self, place: int) -> str:
        count = self._hits[place] if place < len(self._hits) else 0
        return self._speech.say(_HITS, n=f"{count:,}") if count else ""

    def _notes(self) -> list[str]:
        lines = self._log[-_LOG_LINES:][::-1]
        return [self._speech.say(_LOGGED, k=line.iteration + 1, words=line.words) for line in lines]

    def _tell(self) -> None:
        self.setAccessibleDescription("\n".join(self.words))
        self.fit()

    def _hear(self, action: object) -> None:
        chosen = action.data()  # type: ignore[attr-defined]
        if chosen == 0:
            self.removed.emit(self._chosen)
        elif chosen:
            self._change(every=1 if self._breakpoints[self._chosen].every == chosen else chosen)

    def _switch(self) -> None:
        self._change(enabled=not self._breakpoints[self._chosen].enabled)

    def _take_notes(self) -> None:
        self._change(log_only=not self._breakpoints[self._chosen].log_only)

    def _change(self, **changes: bool | int) -> None:
        self.changed.emit((self._chosen, replace(self._breakpoints[self._chosen], **changes)))  # type: ignore[arg-type]


def draw_dot(painter: QPainter, centre: QPointF, radius: float, b: Breakpoint, colour: QColor) -> None:
    """A red dot; a ring while switched off, a square while it only takes notes."""
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if b.enabled else Qt.BrushStyle.NoBrush)
    if b.log_only:
        painter.drawRect(QRectF(centre.x() - radius * 0.8, centre.y() - radius * 0.8, 1.6 * radius, 1.6 * radius))
    else:
        painter.drawEllipse(centre, radius, radius)


class BreakpointView(QWidget):
    """Kind and details in one line; the list below."""

    def __init__(
        self, speech: Speech, theme: Theme, icons: Icons, notebook: Notebook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._notebook = speech, theme, notebook
        self.kind = Choice(_KIND, speech, theme, icons, self)
        self.kind.set_choices([(kind.value, words) for kind, words in KINDS.items()])
        self.line = ExpressionLine(_LINE, HINTS[Kind.CONDITION], speech, theme, self)
        self.rows = BreakpointRows(speech, theme, self)
        self._lay_out()
        self.kind.chosen.connect(self._hear_kind)
        self.line.asked.connect(self._add)
        self.rows.removed.connect(notebook.remove_breakpoint)
        self.rows.changed.connect(self._replace)
        notebook.breakpoints_changed.connect(self.rows.show_breakpoints)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Names to complete, hits and notes."""
        self.line.use_network(snapshot.network)
        if snapshot.history is not None:
            self.rows.show_findings(snapshot.history.hits, snapshot.history.log)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.rows.setAccessibleName(self._speech.say(_NAME))
        self.rows.update()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self._column.setContentsMargins(px(4), px(6), px(4), 0)
        self._column.setSpacing(px(Space.TINY))
        self.kind.setFont(self._theme.font(Size.SMALL))
        self.kind.setStyleSheet(f"min-height: {px(24)}px; max-height: {px(24)}px; padding-left: {px(8)}px;")
        self.kind.setFixedWidth(px(172))
        self.rows.fit()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.line, 1)
        scroll = QScrollArea(self)
        scroll.setWidget(self.rows)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addWidget(scroll, 1)

    def _hear_kind(self, choice: object) -> None:
        self.line.ask_for(HINTS[Kind(choice)])

    def _add(self, words: str) -> None:
        network = self._notebook.network
        if network is None:
            return
        try:
            self._notebook.add_breakpoint(typed(Kind(self.kind.choice), words, network))
        except UserError as error:
            self.line.show_trouble(error)
        else:
            self.line.clear()

    def _replace(self, change: tuple[int, Breakpoint]) -> None:
        self._notebook.replace_breakpoint(*change)
