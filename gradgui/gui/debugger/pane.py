"""The debugger strip: timeline on top; below it events, the current formula and the report."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from gradgui.gui.debugger.announcement import spoken
from gradgui.gui.debugger.branch_menu import forked
from gradgui.gui.debugger.breakpoint_view import BreakpointView
from gradgui.gui.debugger.chain import Target
from gradgui.gui.debugger.chain_view import ChainView, PusherView
from gradgui.gui.debugger.check_view import CheckTab, full_name
from gradgui.gui.debugger.event_list import EventList
from gradgui.gui.debugger.formula_panel import FormulaPanel
from gradgui.gui.debugger.head import Head
from gradgui.gui.debugger.predict_card import PredictCard, told
from gradgui.gui.debugger.report_view import ReportView
from gradgui.gui.debugger.training_view import TrainingView
from gradgui.gui.debugger.watch_view import WatchView
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.formula import Typesetter
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.typesetting_ahead import TypesettingAhead
from gradgui.session.notebook import Notebook
from gradgui.session.snapshot import Snapshot
from gradgui.session.terms import Source
from gradgui.text import Text

_NAME = Text(en="Debugger", zh="调试器")
_PAGES = Text(en="Pages of the debugger", zh="调试器的各页")
_TABS = {
    "report": Text(en="Report", zh="报告"),
    "watches": Text(en="Watches", zh="监视"),
    "breakpoints": Text(en="Breakpoints", zh="断点"),
    "chain": Text(en="Chain", zh="链条"),
    "pushers": Text(en="Who did it?", zh="谁改的？"),
    "check": Text(en="Check", zh="核对"),
}
_SHORT = {"breakpoints": Text(en="Stops", zh="断点"), "pushers": Text(en="Who?", zh="谁？")}
"""Names for where the full ones do not all fit."""
_STOPPED = Text(en="● {reason}", zh="● {reason}")
_WARM_UP_AFTER_MS = 400
_USUAL, _CLOSEST = 12, 4
"""Room between two tabs."""


class DebuggerPane(QWidget):
    """Shows one moment of a training step and lets the user go to another."""

    event_chosen = Signal(object)
    """The cursor to go to: how many events shall be done, 0 to all."""
    iteration_chosen = Signal(object)
    """The training step to go to, from 0."""
    updates_chosen = Signal(object)
    """How many updates shall have been made."""
    level_chosen = Signal(object)
    """The Level of a step."""
    branch_chosen = Signal(object)
    """The number of a branch."""
    branch_renamed = Signal(object)
    """(number of a branch, its new name)."""
    run_asked = Signal(object)
    """The cursor to run to."""
    change_asked = Signal(object)
    """The full name of the parameter whose last update is looked for."""
    check_asked = Signal(object)
    """What gets a second opinion: L1.W[0,1], L1, or an empty text for everything."""
    sample_chosen = Signal(object)
    """Number of a training sample; None for the whole batch."""
    source_pointed = Signal(object)
    """Where on the network the factor under the pointer comes from, or None."""
    answered = Signal(object)
    """An Answer to the question that was put."""

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        icons: Icons | None = None,
        notebook: Notebook | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        icons = icons or Icons(theme)
        self.notebook = notebook or Notebook(self)
        self._speech, self._theme = speech, theme
        self._typesetter = Typesetter()
        self._ahead = TypesettingAhead(self._typesetter, self)
        self._arranged = False
        self._snapshot: Snapshot | None = None
        self._announced: tuple[object, ...] | None = None
        self.head = Head(speech, theme, icons, self.notebook, self)
        self._events = EventList(speech, theme, self)
        self._formula = FormulaPanel(speech, theme, self._typesetter, self)
        self._predict = PredictCard(speech, theme, self.notebook, self)
        self._told = SaidLabel(speech, theme, size=Size.BODY, parent=self)
        self._report = ReportView(speech, theme, self)
        self.watches = WatchView(speech, theme, self.notebook, self)
        self.breakpoints = BreakpointView(speech, theme, icons, self.notebook, self)
        self.chain = ChainView(speech, theme, self)
        self.pushers = PusherView(speech, theme, self)
        self.check = CheckTab(speech, theme, self)
        self._training = TrainingView(speech, theme, self)
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show one moment; while training runs only the counters change."""
        self._ahead.stop()
        self.head.show_snapshot(snapshot)
        if snapshot.running:
            self._training.show_snapshot(snapshot)
            self._pages.setCurrentWidget(self._training)
            return
        self._snapshot = snapshot
        parts = (self._events, self._formula, self._report, self.watches, self.breakpoints, self.chain, self.pushers)
        for part in (*parts, self.check):
            part.show_snapshot(snapshot)
        self._show_prediction()
        self._pages.setCurrentWidget(self._body)
        self._announce(snapshot)

    def prepare(self, snapshot: Snapshot) -> None:
        """Be ready to show that moment next."""
        if self.isVisible():
            self._ahead.prepare(self._formula.formulas_of(snapshot))

    def look_at_neuron(self, layer: int, unit: int) -> None:
        """Fill the formula with this neuron's numbers whenever its layer is asked."""
        self._formula.look_at(layer, unit)

    def look_at_parameter(self, layer: int, unit: int, column: int | None) -> None:
        """Chain, second opinion and "who changed this?" are about this parameter from now on."""
        for part in (self.chain, self.pushers, self.check):
            part.look_at(Target(layer, unit, column))
        self._formula.look_at(layer, unit, column)

    def light(self, source: Source | None) -> None:
        """Mark the factors of the formula that come from this place of the network."""
        self._formula.light(source)

    def show_tab(self, name: str) -> None:
        """Open report, watches, breakpoints, chain, pushers or check."""
        self._tabs.setCurrentIndex(list(_TABS).index(name))

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self._tabs.tabBar().setAccessibleName(self._speech.say(_PAGES))
        for place, words in enumerate(_TABS.values()):
            self._tabs.setTabToolTip(place, self._speech.say(words))
        self._fit_tabs()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self._fit_tabs()
        self._told.setContentsMargins(0, px(6), 0, 0)
        for frame in self._frames:
            frame.setContentsMargins(px(Space.SMALL), px(6), px(Space.TINY), px(6))
        self._body.setHandleWidth(1)
        self._body.setStyleSheet(f"QSplitter::handle {{ background: {self._theme.palette.line}; }}")
        if not self._arranged:
            self._arrange()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Full width, as high as the frame allows."""
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

    def eventFilter(self, _tabs: QObject, event: QEvent) -> bool:
        """The tabs have another width."""
        if event.type() is QEvent.Type.Resize:
            self._fit_tabs()
        return False

    def _fit_tabs(self) -> None:
        """All tabs in sight: where there is little room closer together, then with shorter names, then smaller."""
        bar, width, px = self._tabs.tabBar(), self._tabs.width(), self._theme.px
        names = _TABS if self._needed(_TABS) <= width else _TABS | _SHORT
        needed, size = self._needed(names), px(Size.BODY)
        if needed > width:
            gaps = px(_CLOSEST + 1) * (len(names) + 1)
            size = max(round(Size.SMALL), size * (width - gaps) // (needed - gaps))
        for place, name in enumerate(names.values()):
            self._tabs.setTabText(place, self._speech.say(name))
        gap = max(_CLOSEST, min(_USUAL, (width - needed) / self._theme.factor / len(names) + _CLOSEST))
        sheet = f"QTabBar {{ font-size: {size}px; }} QTabBar::tab {{ margin-right: {px(round(gap))}px; }}"
        if sheet != bar.styleSheet():
            bar.setStyleSheet(sheet)

    def _needed(self, names: Mapping[str, Text]) -> int:
        """The least width in which tabs of these names are all in sight."""
        metrics = QFontMetrics(self._theme.font(Size.BODY))
        words = sum(metrics.horizontalAdvance(self._speech.say(name)) for name in names.values())
        return words + len(names) * self._theme.px(_CLOSEST + 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Load the typesetter soon, but after the first paint."""
        super().showEvent(event)
        self._warm_up.start(_WARM_UP_AFTER_MS)

    def _build(self) -> None:
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.installEventFilter(self)
        for page in (self._report, self.watches, self.breakpoints, self.chain, self.pushers, self.check):
            self._tabs.addTab(page, "")
        self._middle = QStackedWidget(self)
        formula = QWidget(self)
        column = QVBoxLayout(formula)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told.hide()
        column.addWidget(self._told)
        column.addWidget(self._formula, 1)
        self._middle.addWidget(formula)
        self._middle.addWidget(self._predict)
        self._body = QSplitter(Qt.Orientation.Horizontal, self)
        left, right = _framed(self._events), _framed(self._tabs)
        self._frames = [left, right]
        for part, stretch in ((left, 0), (self._middle, 1), (right, 0)):
            self._body.addWidget(part)
            self._body.setStretchFactor(self._body.count() - 1, stretch)
        self._body.setChildrenCollapsible(False)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._training)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(1)
        layout.addWidget(self.head)
        layout.addWidget(self._pages, 1)
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)

    def _connect(self) -> None:
        head, notebook = self.head, self.notebook
        head.timeline.event_chosen.connect(self.event_chosen)
        head.iteration.iteration_chosen.connect(self.iteration_chosen)
        head.scrubber.updates_chosen.connect(self.updates_chosen)
        head.level_chosen.connect(self.level_chosen)
        head.branch.branch_chosen.connect(self.branch_chosen)
        head.branch.branch_renamed.connect(self.branch_renamed)
        self._events.event_chosen.connect(self.event_chosen)
        self._events.breakpoint_toggled.connect(notebook.toggle_event)
        self._events.run_asked.connect(self.run_asked)
        notebook.breakpoints_changed.connect(self._events.show_breakpoints)
        notebook.breakpoints_changed.connect(head.timeline.show_breakpoints)
        notebook.prediction_changed.connect(self._show_prediction)
        self._predict.answered.connect(self.answered)
        self._formula.source_pointed.connect(self.source_pointed)
        self.chain.source_pointed.connect(self.source_pointed)
        self._report.parameter_chosen.connect(self._hear_parameter)
        self.pushers.change_asked.connect(self._ask_for_change)
        self.pushers.sample_chosen.connect(self.sample_chosen)
        self.check.asked.connect(self.check_asked)
        self._body.splitterMoved.connect(self._hear_border)
        self._warm_up.timeout.connect(self._typesetter.warm_up)
        self._warm_up.timeout.connect(self._ahead.go_on)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _arrange(self) -> None:
        """Events and report get what they need to be read, the formula all the rest and never less than they."""
        width, px = self.width(), self._theme.px
        left = min(px(260), max(self._events.minimumWidth(), round(0.22 * width)))
        names = min(self._needed(_TABS | _SHORT), (width - left) // 2)
        right = min(px(420), max(round(0.33 * width), names))
        self._body.setSizes([left, width - left - right, right])

    def _hear_border(self) -> None:
        self._arranged = True

    def _show_prediction(self) -> None:
        """The question while one is put; afterwards whether the answer was right, above the formula."""
        question, outcome, snapshot = self.notebook.question, self.notebook.outcome, self._snapshot
        asks = question is not None and snapshot is not None
        if question is not None and snapshot is not None and self._middle.currentIndex() == 0:
            self._predict.ask(snapshot, question)
        # A question that is not asked asks for no room: it would take that of the pages beside the formula.
        wide = QSizePolicy.Policy.Preferred if asks else QSizePolicy.Policy.Ignored
        self._predict.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self._middle.setCurrentIndex(1 if asks else 0)
        stop = snapshot.history.stop if snapshot is not None and snapshot.history is not None else None
        fork = None if snapshot is None or snapshot.history is None else forked(snapshot.history)
        self._told.setVisible(not (outcome is None and stop is None and fork is None))
        colour = self._theme.palette.current if stop is None else self._theme.palette.stop
        style = f"color: {colour};" if outcome is None else ""
        if style != self._told.styleSheet():
            self._told.setStyleSheet(style)
        if outcome is not None and snapshot is not None:
            self._told.say(told(snapshot, outcome, self.notebook.right, self.notebook.answered))
            self._told.set_tone(Tone.DONE if outcome.right else Tone.PLAIN)
        elif stop is not None:
            self._told.say(_STOPPED.filled(reason=stop))
        elif fork is not None:
            self._told.say(fork)

    def _hear_parameter(self, place: tuple[int, int, int | None]) -> None:
        self.look_at_parameter(*place)
        self.show_tab("chain")

    def _ask_for_change(self, target: Target | None) -> None:
        if target is not None:
            self.change_asked.emit(full_name(target))

    def _announce(self, snapshot: Snapshot) -> None:
        """Tell screen readers once per moment."""
        moment = (snapshot.revision, snapshot.iteration, snapshot.cursor, snapshot.detail)
        if moment == self._announced or not QAccessible.isActive():
            return
        self._announced = moment
        speaker = self if self.isVisible() else self.window()
        words = self._speech.say(spoken(snapshot))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(speaker, words))


def _framed(inside: QWidget) -> QWidget:
    """`inside` with room around it."""
    frame = QWidget()
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
    return frame
