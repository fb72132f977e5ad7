"""What a lesson talks about is marked where it is seen: pencil lines in the network, the tab, the colours."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.handles import Target
from gradgui.lessons.questions import pulls
from gradgui.session.breakpoints import DEFAULT_LIMITS, Breakpoint, Kind
from gradgui.session.lesson_rules import controls
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.session.reins import Deed
from gradgui.session.snapshot import NetworkInfo, Snapshot
from gradgui.wiring.desk import Desk

MOST = 24
"""More pencil lines than these mark nothing."""
FEW = 2
"""More wires than these cross each other: the layer's name is marked instead."""
TABS = {"report": "report", "watch": "watches", "breakpoint": "breakpoints"}
BREAKPOINTS = {
    "breakpoint:vanishing": Kind.VANISHING,
    "breakpoint:exploding": Kind.EXPLODING,
    "breakpoint:val_rising": Kind.VALIDATION_RISING,
}
"""Breakpoints that a step sets for the student, by their names in `unlock`."""
Targets = tuple[Target | None, ...]


class LessonHighlights(QObject):
    """Follows the step that is open."""

    def __init__(self, desk: Desk, run: LessonRun, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._run = desk, run
        self._begun = False
        self._hits: tuple[int, ...] = ()
        self._unplugged = False
        run.step_begun.connect(self._begin)
        run.changed.connect(self._show)
        run.hands.changed.connect(self._follow_plug)
        desk.session.reins.changed.connect(self._show_tools)
        run.told.connect(self._show_pulls)
        desk.session.shown.connect(self._look)
        desk.session.shown.connect(self._hear_breakpoint)

    @Slot(object)
    def _begin(self, _state: LessonState) -> None:
        self._begun = True

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        """With the first moment of a step: pin its watches, open its tab, take its colours."""
        state = self._run.state
        if not self._begun or state is None or snapshot.revision != self._desk.session.revision:
            return
        self._begun = False
        views, highlight = self._desk.views, state.step.highlight
        for source in state.lesson.ui.watch:
            try:
                views.debugger.notebook.pin(source)
            except UserError:
                continue  # shown in the lesson itself
        for name in controls(state):
            if name in BREAKPOINTS:
                kind = BREAKPOINTS[name]
                views.debugger.notebook.add_breakpoint(Breakpoint(kind, limit=DEFAULT_LIMITS[kind]))
        kinds = [name.partition(":")[0] for name in highlight.debugger]
        tab = next((TABS[kind] for kind in kinds if kind in TABS), None)
        if tab is not None:
            views.debugger.show_tab(tab)
        for name in highlight.debugger:
            place = parameter(name)
            if place is not None:
                views.debugger.look_at_parameter(*place)
        views.surface.use_slope_colours("steepness" in highlight.surface)
        self._show(state)

    @Slot(object)
    def _hear_breakpoint(self, snapshot: Snapshot) -> None:
        """A task can ask which breakpoint has stopped the run."""
        history = snapshot.history
        hits = () if history is None or history.stop is None or snapshot.running else history.hits
        if self._run.state is None or hits == self._hits:
            return
        self._hits = hits
        for breakpoint_, count in zip(self._desk.views.debugger.notebook.breakpoints, hits, strict=False):
            if count:
                self._run.note(f"broke:{breakpoint_.kind.value}")

    @Slot()
    def _show_tools(self) -> None:
        """What builds networks stands back in a lesson, and in a file that a teacher has locked."""
        state, kept = self._run.state, self._desk.session.reins.why_not(Deed.EDIT) is not None
        self._desk.views.network.set_quiet(kept or (state is not None and not state.wandering))

    @Slot(object)
    def _show(self, state: LessonState | None) -> None:
        snapshot = self._desk.session.snapshot
        self._show_pulls()
        self._show_test(state)
        self._show_tools()
        open_ = state is not None and not state.wandering and state.now.stage is not Stage.DONE
        if state is None or snapshot is None or not open_:
            self._desk.views.network.mark(())
            return
        found = [t for name in state.step.highlight.network for t in targets(name, snapshot.network)]
        self._desk.views.network.mark(tuple(found) if len(found) <= MOST else ())

    def _show_test(self, state: LessonState | None) -> None:
        """The landscape of new questions, once there is an answer, where the step talks about it."""
        if state is not None and not state.wandering:
            waits = state.now.stage in (Stage.ASKING, Stage.REVEALING)
            self._desk.session.scenery.show_test("second_surface" in state.step.highlight.surface and not waits)

    @Slot()
    def _show_pulls(self) -> None:
        """Every sample's own arrow, where the step talks about them."""
        state, deeds = self._run.state, self._run.deeds
        wanted = state is not None and not state.wandering and "arrows:per_sample" in state.step.highlight.surface
        found = pulls(deeds.facts, deeds.play.compiled.network.mean) if wanted and deeds is not None else ()
        self._desk.views.surface.show_pulls(found)

    @Slot()
    def _follow_plug(self) -> None:
        """Without a loss there is no loss surface either."""
        if self._unplugged != self._run.hands.unplugged:
            self._unplugged = self._run.hands.unplugged
            surface = None if self._unplugged else self._desk.session.scenery.surface
            self._desk.views.surface.show_surface(surface)


def parameter(name: str) -> tuple[int, int, int | None] | None:
    """Layer, unit and input of a word such as parameter:L2.b[8] in `highlight.debugger`; None for other words."""
    found = re.fullmatch(r"parameter:L(\d+)\.[Wb]\[(\d+)(?:,(\d+))?\]", name)
    return None if found is None else (int(found[1]) - 1, int(found[2]), None if found[3] is None else int(found[3]))


def targets(name: str, network: NetworkInfo) -> Targets:
    """What a word in a lesson's `highlight.network` means in this network."""
    if name in ("loss", "target"):
        return (None,)
    last = len(network.layers) - 1
    if name == "x":
        return tuple(NodeHit(-1, unit) for unit in range(len(network.inputs)))
    if name == "out":
        return _nodes(network, last)
    kind, _, what = name.partition(":")
    found = re.fullmatch(r"L(\d+)(?:\.([Wb]))?(?:\[([\d:]+)(?:,(\d+))?\])?", what)
    if found is None or int(found[1]) - 1 > last:
        return ()
    layer, row, column = int(found[1]) - 1, found[3], found[4]
    if kind == "node":
        return (NodeHit(layer, int(row)),) if row else _nodes(network, layer)
    if kind == "layer":
        return (*_nodes(network, layer), LayerHit(layer))
    if kind == "path":
        return tuple(hit for index in range(layer, last + 1) for hit in _edges(network, index))
    if kind in ("edge", "column"):
        return _edges(network, layer, row, column)
    return ()


def _nodes(network: NetworkInfo, layer: int) -> Targets:
    return tuple(NodeHit(layer, unit) for unit in range(network.layers[layer].units))


def _edges(network: NetworkInfo, layer: int, row: str | None = None, column: str | None = None) -> Targets:
    info = network.layers[layer]
    rows = range(info.units) if row in (None, ":") else [int(str(row))]
    columns = range(info.inputs) if column is None else [int(column)]
    edges = tuple(EdgeHit(layer, unit, source) for unit in rows for source in columns)
    return edges if len(edges) <= FEW else (LayerHit(layer),)
