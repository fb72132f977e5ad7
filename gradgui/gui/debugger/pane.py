"""The debugger strip: timeline on top; below it events, the current formula and the report."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from gradgui.gui.debugger.announcement import announcement
from gradgui.gui.debugger.event_list import EventList
from gradgui.gui.debugger.formula_panel import FormulaPanel
from gradgui.gui.debugger.iteration_box import IterationBox
from gradgui.gui.debugger.report_view import ReportView
from gradgui.gui.debugger.timeline import Timeline
from gradgui.gui.debugger.training_view import TrainingView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.formula import Typesetter
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_NAME = Text(en="Debugger", zh="调试器")
_REPORT = Text(en="Report", zh="报告")
_WARM_UP_AFTER_MS = 400


class DebuggerPane(QWidget):
    """Shows one moment of a training step and lets the user go to another."""

    event_chosen = Signal(object)
    """The cursor to go to: how many events shall be done, 0 to all."""
    iteration_chosen = Signal(object)
    """The training step to go to, from 0."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._typesetter = Typesetter()
        self._arranged = False
        self._announced: tuple[int, int, int] | None = None
        self._iteration = IterationBox(speech, theme, self)
        self._timeline = Timeline(speech, theme, self)
        self._events = EventList(speech, theme, self)
        self._formula = FormulaPanel(speech, theme, self._typesetter, self)
        self._report = ReportView(speech, theme, self)
        self._training = TrainingView(speech, theme, self)
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show one moment; while training runs only the counters change."""
        self._iteration.show_snapshot(snapshot)
        self._timeline.show_snapshot(snapshot)
        if snapshot.running:
            self._training.show_snapshot(snapshot)
            self._pages.setCurrentWidget(self._training)
            return
        for part in (self._events, self._formula, self._report):
            part.show_snapshot(snapshot)
        self._pages.setCurrentWidget(self._body)
        self._announce(snapshot)

    def look_at_neuron(self, layer: int, unit: int) -> None:
        """Fill the formula with this neuron's numbers whenever its layer is asked."""
        self._formula.look_at(layer, unit)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self._tabs.setTabText(0, self._speech.say(_REPORT))

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self._tabs.tabBar().setFont(self._theme.font(Size.BODY, bold=True))
        self._top.setContentsMargins(px(Space.GAP), px(6), px(Space.GAP), 0)
        self._top.setSpacing(px(Space.SMALL))
        for frame in self._frames:
            frame.setContentsMargins(px(Space.SMALL), px(6), px(Space.TINY), px(6))
        self._body.setHandleWidth(1)
        self._body.setStyleSheet(f"QSplitter::handle {{ background: {self._theme.palette.line}; }}")
        if not self._arranged:
            self._arrange()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Full width, 264 px high at 100 %."""
        return QSize(self._theme.px(1280), self._theme.px(Space.DEBUGGER))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline under the timeline."""
        painter = QPainter(self)
        painter.fillRect(0, self._pages.y() - 1, self.width(), 1, QColor(self._theme.palette.line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width until the user draws the borders elsewhere."""
        super().resizeEvent(event)
        if not self._arranged:
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Load the typesetter soon, but after the first paint."""
        super().showEvent(event)
        self._warm_up.start(_WARM_UP_AFTER_MS)

    def _build(self) -> None:
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._report, "")
        self._body = QSplitter(Qt.Orientation.Horizontal, self)
        left, right = _framed(self._events), _framed(self._tabs)
        self._frames = [left, right]
        for part, stretch in ((left, 0), (self._formula, 1), (right, 0)):
            self._body.addWidget(part)
            self._body.setStretchFactor(self._body.count() - 1, stretch)
        self._body.setChildrenCollapsible(False)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._training)
        self._top = QHBoxLayout()
        self._top.addWidget(self._iteration, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self._timeline, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(1)
        layout.addLayout(self._top)
        layout.addWidget(self._pages, 1)
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)

    def _connect(self) -> None:
        self._timeline.event_chosen.connect(self.event_chosen)
        self._events.event_chosen.connect(self.event_chosen)
        self._iteration.iteration_chosen.connect(self.iteration_chosen)
        self._body.splitterMoved.connect(self._hear_border)
        self._warm_up.timeout.connect(self._typesetter.warm_up)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _arrange(self) -> None:
        """Events and report get what they need to be read, the formula all the rest and never less than they."""
        width, px = self.width(), self._theme.px
        left, right = min(px(260), round(0.22 * width)), min(px(420), round(0.33 * width))
        self._body.setSizes([left, width - left - right, right])

    def _hear_border(self) -> None:
        self._arranged = True

    def _announce(self, snapshot: Snapshot) -> None:
        """Tell screen readers once per moment."""
        moment = (snapshot.revision, snapshot.iteration, snapshot.cursor)
        if moment == self._announced or not QAccessible.isActive():
            return
        self._announced = moment
        words = self._speech.say(announcement(snapshot))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _framed(inside: QWidget) -> QWidget:
    """`inside` with room around it."""
    frame = QWidget()
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
    return frame
