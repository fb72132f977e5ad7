"""The debugger beyond single steps: breakpoints, branches, bookmarks, watches, predictions, second opinions."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from gradgui.errors import UserError
from gradgui.gui.editor.details import EdgeHit, Hit, NodeHit
from gradgui.session.breakpoints import Breakpoint, Kind
from gradgui.session.check import CheckGradients, Opinions
from gradgui.session.facts import parameter_place
from gradgui.session.keepsakes import Notes
from gradgui.session.notebook import Notebook
from gradgui.session.predictions import Answer
from gradgui.session.snapshot import Snapshot
from gradgui.session.terms import Quantity, Source
from gradgui.session.travel import RenameBranch, UseMemory
from gradgui.text import Text
from gradgui.wiring.desk import Desk

MEGABYTE = 1024 * 1024
PIN_GRADIENT = Text(en="Pin its gradient", zh="钉住它的梯度")
PIN_VALUE = Text(en="Pin its value", zh="钉住它的值")
WHO = Text(en="Who changed it?", zh="谁改的？")
CHAIN = Text(en="Chain rule to here", zh="到这里的链式法则")
CHECK = Text(en="Check its gradient", zh="核对它的梯度")
STOP_SIGN = Text(en="Stop when its gradient changes sign", zh="梯度变号时停下")
STOP_CHANGE = Text(en="Stop when it changes", zh="它改变时停下")
PREDICT = Text(
    en="Predict first: on by single steps, each number is guessed before it is shown.",
    zh="先预测：一步一步往前走，每个数出现之前都要先猜。",
)


class Debugging(QObject):
    """Connects notebook, debugger pane, network and session."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notebook: Notebook = desk.views.debugger.notebook
        self._opinions = Opinions(self)
        self._menu: QMenu | None = None
        self._stop: tuple[Text | None, str] | None = None
        self._connect_session()
        self._connect_pane()
        self._connect_network()
        self._connect_keys()

    def _connect_session(self) -> None:
        session, notebook = self._desk.session, self._notebook
        session.opened.connect(self._open_notes)
        session.editing.notes = self._notes
        session.shown.connect(notebook.show_snapshot)
        session.shown.connect(self._look_where_it_stopped)
        session.level_changed.connect(self._desk.views.debugger.head.show_level)
        session.foresight.came.connect(self._desk.views.debugger.prepare)
        notebook.breakpoints_changed.connect(session.watch_for)
        self._opinions.checked.connect(self._desk.views.debugger.check.show_check, Qt.ConnectionType.QueuedConnection)

    def _connect_pane(self) -> None:
        session, pane = self._desk.session, self._desk.views.debugger
        pane.level_chosen.connect(session.use_level)
        pane.branch_chosen.connect(session.switch)
        pane.branch_renamed.connect(self._rename_branch)
        pane.updates_chosen.connect(session.go_to_start_of)
        pane.run_asked.connect(self._run_to)
        pane.change_asked.connect(session.find_change)
        pane.check_asked.connect(self._check)
        pane.sample_chosen.connect(session.choose_sample)
        pane.answered.connect(self._answer)
        pane.head.place_chosen.connect(self._go_to_place)
        pane.head.scrubber.memory_chosen.connect(self._use_memory)
        session.ask(UseMemory(self._desk.settings.memory_mb * MEGABYTE))

    def _connect_network(self) -> None:
        network, pane = self._desk.views.network, self._desk.views.debugger
        pane.source_pointed.connect(self._light_network)
        network.pointed.connect(self._light_formula)
        network.edge_clicked.connect(self._look_at_edge)
        network.node_clicked.connect(self._look_at_node)
        network.menu_asked.connect(self._open_menu)
        self._desk.actions.action("log_widths").toggled.connect(network.use_log_widths)

    def _connect_keys(self) -> None:
        session, actions = self._desk.session, self._desk.actions
        wires = {
            "step_into": session.step_into,
            "step_out": session.step_out,
            "reverse_continue": session.search_back,
            "breakpoint": self._toggle_breakpoint,
            "run_to_here": self._run_on,
            "bookmark": self._notebook.toggle_bookmark,
        }
        for command, slot in wires.items():
            actions.action(command).triggered.connect(slot)
        actions.action("lock_predictions").toggled.connect(self._lock_predictions)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self._desk.window)
            shortcut.setProperty("bookmark", number - 1)
            shortcut.activated.connect(self._go_to_bookmark)

    # --- notes

    def _notes(self) -> Notes:
        return self._notebook.notes

    @Slot(object)
    def _open_notes(self, notes: Notes) -> None:
        """Another document: its breakpoints, watches and bookmarks, and the moment at which it was left."""
        session = self._desk.session
        self._notebook.restore(notes, session.revision)
        if notes.place != (0, 0):
            session.go_to(*notes.place)

    @Slot(object)
    def _look_where_it_stopped(self, snapshot: Snapshot) -> None:
        """A breakpoint on one parameter has fired: the formula is about that one, not about the largest."""
        history = snapshot.history
        stop = None if history is None else (history.stop, history.stopped_on)
        if stop == self._stop or snapshot.running:
            return
        self._stop = stop
        if history is not None and history.stopped_on:
            layer, _, place = parameter_place(history.stopped_on, len(snapshot.network.layers))
            if place:
                column = place[1] if len(place) > 1 else None
                self._desk.views.debugger.look_at_parameter(layer, place[0], column)

    # --- moving

    @Slot(object)
    def _run_to(self, cursor: int) -> None:
        """Forwards to that event: in this training step if it is still to come, else in the next."""
        snapshot = self._desk.session.snapshot
        if snapshot is not None:
            self._desk.session.run_to(snapshot.iteration + (cursor <= snapshot.cursor), cursor)

    @Slot()
    def _run_on(self) -> None:
        """Once round: to this same event of the next training step."""
        snapshot = self._desk.session.snapshot
        if snapshot is not None:
            self._run_to(max(snapshot.cursor, 1))

    @Slot()
    def _go_to_bookmark(self) -> None:
        number = self.sender().property("bookmark")
        if number < len(self._notebook.bookmarks):
            self._desk.session.go_to(*self._notebook.bookmarks[number].place)

    @Slot(object)
    def _go_to_place(self, place: tuple[int, int]) -> None:
        self._desk.session.go_to(*place)

    @Slot(object)
    def _rename_branch(self, wanted: tuple[int, str]) -> None:
        self._desk.session.ask(RenameBranch(*wanted))

    @Slot()
    def _toggle_breakpoint(self) -> None:
        snapshot = self._desk.session.snapshot
        event = None if snapshot is None else snapshot.current or snapshot.upcoming
        if event is not None:
            self._notebook.toggle_event(event)

    @Slot(bool)
    def _lock_predictions(self, on: bool) -> None:
        """A teacher's lock: nobody jumps over a question."""
        self._notebook.lock(on)
        self._desk.session.reins.hold_ahead(PREDICT if on else None)

    @Slot(object)
    def _answer(self, answer: Answer) -> None:
        if self._notebook.answer(answer):
            self._desk.session.step()

    @Slot(object)
    def _use_memory(self, megabytes: int) -> None:
        self._desk.settings.memory_mb = megabytes
        self._desk.session.ask(UseMemory(megabytes * MEGABYTE))

    # --- one weight

    @Slot(object)
    def _check(self, what: str) -> None:
        self._desk.session.ask_paused(CheckGradients(what, self._opinions))

    @Slot(object)
    def _look_at_edge(self, edge: tuple[int, int, int]) -> None:
        self._desk.views.debugger.look_at_parameter(*edge)

    @Slot(object)
    def _look_at_node(self, node: tuple[int, int]) -> None:
        if node[0] >= 0:
            self._desk.views.debugger.look_at_parameter(*node, None)

    @Slot(object)
    def _light_network(self, source: Source | None) -> None:
        self._desk.views.network.light(hit_of(source))

    @Slot(object)
    def _light_formula(self, hit: Hit | None) -> None:
        self._desk.views.debugger.light(source_of(hit, self._desk.session.snapshot))

    @Slot(object, object)
    def _open_menu(self, hit: Hit, place: QPoint) -> None:
        """What can be asked about a wire or a neuron."""
        name = parameter_of(hit)
        if name is None:
            return
        self._menu = menu = QMenu(self._desk.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, what in _QUESTIONS:
            menu.addAction(self._desk.speech.say(words)).setData((what, name, hit))
        menu.triggered.connect(self._ask)
        menu.addSeparator()
        self._desk.views.network.add_to_menu(menu, hit)
        menu.popup(place)

    @Slot(QAction)
    def _ask(self, action: QAction) -> None:
        question = action.data()
        if isinstance(question, tuple | list):
            self.ask(*question)

    def ask(self, what: str, name: str, hit: Hit) -> None:
        """One of the questions of the menu, about the parameter of that name."""
        pane = self._desk.views.debugger
        if isinstance(hit, EdgeHit):
            pane.look_at_parameter(hit.layer, hit.unit, hit.source)
        elif isinstance(hit, NodeHit):
            pane.look_at_parameter(hit.layer, hit.unit, None)
        try:
            if what in ("grad", "param"):
                self._notebook.pin(f"{what}('{name}')")
            elif what in ("sign", "change"):
                kind = Kind.SIGN_CHANGE if what == "sign" else Kind.WEIGHT_CHANGE
                self._notebook.add_breakpoint(Breakpoint(kind, parameter=name))
        except UserError as error:
            self._desk.window.notices.show_error(error)
        tabs = {"grad": "watches", "param": "watches", "sign": "breakpoints", "change": "breakpoints"}
        pane.show_tab(tabs.get(what, what))
        if what == "pushers":
            self._desk.session.find_change(name)
        elif what == "check":
            self._check(name)


_QUESTIONS = (
    (PIN_GRADIENT, "grad"),
    (PIN_VALUE, "param"),
    (CHAIN, "chain"),
    (WHO, "pushers"),
    (CHECK, "check"),
    (STOP_SIGN, "sign"),
    (STOP_CHANGE, "change"),
)


def parameter_of(hit: Hit) -> str | None:
    """The parameter behind a wire (its weight) or a neuron (its bias)."""
    if isinstance(hit, EdgeHit):
        return f"L{hit.layer + 1}.W[{hit.unit},{hit.source}]"
    if isinstance(hit, NodeHit) and hit.layer >= 0:
        return f"L{hit.layer + 1}.b[{hit.unit}]"
    return None


def hit_of(source: Source | None) -> Hit | None:
    """Where on the network a factor of a formula is drawn."""
    if source is None or source.quantity is Quantity.ONE:
        return None
    if source.quantity is Quantity.WEIGHT and source.column is not None:
        return EdgeHit(source.layer, source.unit, source.column)
    return NodeHit(source.layer, source.unit)


def source_of(hit: Hit | None, snapshot: Snapshot | None) -> Source | None:
    """Which factor of a formula a wire or neuron is; a neuron is its blame once there is any, else its output."""
    if isinstance(hit, EdgeHit):
        return Source(Quantity.WEIGHT, hit.layer, hit.unit, hit.source)
    if not isinstance(hit, NodeHit) or snapshot is None:
        return None
    event = snapshot.current
    if event is not None and hit.layer == event.layer and snapshot.layers[hit.layer].dz is not None:
        return Source(Quantity.BLAME_SUM, hit.layer, hit.unit)
    return Source(Quantity.INPUT, hit.layer, hit.unit, hit.unit)
