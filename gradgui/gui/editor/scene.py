"""The network as a scene: a handful of items per layer, rebuilt only when the network itself changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from gradgui.gui.editor.blame_bars import Shares
from gradgui.gui.editor.block_item import BlockItem
from gradgui.gui.editor.captions import small_biases
from gradgui.gui.editor.column_item import ColumnItem
from gradgui.gui.editor.details import EdgeHit, Hit, LayerHit, NodeHit
from gradgui.gui.editor.features_item import Offer
from gradgui.gui.editor.geometry import Plan, beside_bars, plan
from gradgui.gui.editor.handles import Target
from gradgui.gui.editor.links_item import links_of
from gradgui.gui.editor.maps import Picture, class_table, neuron_maps
from gradgui.gui.editor.marker_item import MarkerItem
from gradgui.gui.editor.marks import Marks
from gradgui.gui.editor.parts import Maker, Parts, source_of
from gradgui.gui.editor.places import glowing, pencil_of, place_of
from gradgui.gui.editor.planes_item import PlanesItem
from gradgui.gui.editor.reading import (
    backward_begun,
    edge_look,
    fitted,
    input_look,
    largest_gradient,
    largest_weight,
    layer_look,
    loss_is_current,
    row,
    wire_of_product,
)
from gradgui.gui.editor.spot_item import SpotItem
from gradgui.gui.editor.strip_item import BundleItem, StripItem
from gradgui.gui.editor.sum_item import SumItem
from gradgui.gui.language import Speech
from gradgui.session.snapshot import EventKind, NetworkInfo, Snapshot

_QUIET = 0.3
"""How much is seen of buttons that a lesson does not need."""


class NetworkScene(QGraphicsScene):
    """Builds the items of a network and tells them what each snapshot says."""

    cleared = Signal()
    """All items are gone: whoever held one must let go of it."""

    def __init__(self, marks: Marks, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._marks = marks
        self._speech = speech
        self._hovered: Target | None = None
        self._focused = False
        self._maker = Maker(marks, speech, Shares())
        self.parts: Parts | None = None
        self.sum: SumItem | None = None
        """The arithmetic of one neuron, where that is what is looked at."""
        self._marked: tuple[Target | None, ...] = ()
        self._marker: MarkerItem | None = None
        self._spotlit = False
        self.spot: SpotItem | None = None
        """What dims all that the current event is not about."""
        self._quiet = False

    def build(
        self, network: NetworkInfo, width: float, height: float, bar: float = 0.0, *, blocks: bool = False,
        grow: float = 1.0,
    ) -> None:  # fmt: skip
        """Lay the network out anew and make its items; `grow` > 1 lays it out on a larger paper.

        `bar`: what a scroll bar takes of the room where one is needed.
        """
        self._hovered, self.sum, self.parts, self.spot = None, None, None, None
        self.clear()
        self.cleared.emit()
        lanes = 1 + max((link.lane for link in links_of(network)), default=-1)

        def on_paper(wide: float, high: float) -> Plan:
            return plan(network, wide * grow, high * grow, self._marks.factor, arcs=lanes, blocks=blocks, grow=grow)

        laid = beside_bars(on_paper, width, height, bar)
        self.setSceneRect(0, 0, laid.width, laid.height)
        self.parts = parts = self._maker.made(network, laid)
        parts.light.show_focus(self._focused)
        parts.light.use_pencil(partial(pencil_of, parts))
        items = (
            *parts.gaps,
            parts.links,
            parts.link_weights,
            parts.loss,
            *parts.columns,
            parts.captions,
            parts.bars,
            parts.sentence,
        )
        for item in (*items, parts.frost, parts.tools, parts.features, parts.packet, parts.light, parts.drag):
            self.addItem(item)
        self._marker = MarkerItem(laid, self._marks)
        self.addItem(self._marker)
        self._lay_spot(network, parts)
        self.mark(self._marked)
        self.set_quiet(self._quiet)

    def set_quiet(self, quiet: bool) -> None:
        """Let the buttons that build networks step back, now and whenever the network is laid out anew."""
        self._quiet = quiet
        if self.parts is not None:
            self.parts.tools.setOpacity(_QUIET if quiet else 1.0)

    def offer_features(self, offer: Offer) -> bool:
        """Which features can be switched under the inputs, from the next layout on; whether that is news."""
        before, self._maker.offer = self._maker.offer, offer
        return before != offer

    def mark(self, targets: tuple[Target | None, ...]) -> None:
        """Draw a dashed line around these, now and whenever the network is laid out anew; None is the loss."""
        self._marked = targets
        if self.parts is None or self._marker is None:
            return
        path = QPainterPath()
        for target in targets:
            outline = self.parts.loss.outline() if target is None else pencil_of(self.parts, target)
            if outline is not None:
                path.addPath(outline)
        self._marker.mark(path)

    def use_spotlight(self, on: bool) -> None:
        """Dim all that the current event is not about whenever the network is laid out anew."""
        self._spotlit = on

    def _lay_spot(self, network: NetworkInfo, parts: Parts) -> None:
        """Below the blame on its way, above everything else that belongs to a layer."""
        if self._spotlit:
            self.spot = SpotItem(network, parts.plan, self._marks)
            self.addItem(self.spot)
            self.spot.stackBefore(parts.packet)

    def build_sum(self, hit: NodeHit, snapshot: Snapshot, width: float, height: float, bar: float = 0.0) -> None:
        """Show the arithmetic of one neuron instead of the network."""
        self._hovered, self.sum, self.parts, self.spot = None, None, None, None
        self.clear()
        self.cleared.emit()
        made = SumItem(hit, width, self._marks, self._speech)
        made.show_snapshot(snapshot)
        made.fit(height)
        if made.height > height + 0.5:
            width -= bar
            made = SumItem(hit, width, self._marks, self._speech)
            made.show_snapshot(snapshot)
            made.fit(height)
        self.sum = made
        self.setSceneRect(0, 0, width, max(height, made.height))
        self.addItem(made)

    def show_snapshot(self, snapshot: Snapshot, edges: bool = True) -> None:
        """Give every item its part of the moment; without `edges`, these stay as they are."""
        if self.sum is not None:
            self.sum.show_snapshot(snapshot)
        if self.parts is None:
            return
        backward, shapes = backward_begun(snapshot), self._shapes()
        self._show_columns(self.parts, snapshot, backward)
        if self._marked and self._shapes() != shapes:
            self.mark(self._marked)
        largest = largest_gradient(snapshot) if backward else largest_weight(snapshot)
        if edges:
            self._show_edges(self.parts, snapshot, backward, largest)
        self.parts.link_weights.show_snapshot(snapshot, backward, largest)
        answers = row(snapshot, snapshot.layers[-1].da) if backward else None
        loss = snapshot.train_loss if snapshot.running else snapshot.loss
        self.parts.loss.show_loss(loss, answers, largest, backward, loss_is_current(snapshot))
        self.parts.captions.show_snapshot(snapshot)
        self.parts.sentence.show_snapshot(snapshot)
        self.parts.light.show_snapshot(snapshot)
        if self.spot is not None:
            self.spot.show_snapshot(snapshot)
        self.parts.bars.show_snapshot(snapshot)
        self._show_packet(self.parts, snapshot)

    def hit(self, point: QPointF) -> Target | None:
        """What is under the pointer: a neuron before a button before an edge before a caption."""
        if self.parts is None:
            return None if self.sum is None else self.sum.hit(point)
        for item in self.parts.columns:
            if isinstance(item, BlockItem):
                if item.hit(point):
                    return LayerHit(item.column.index) if item.column.index >= 0 else None
                continue
            unit = item.hit(point)
            if unit is not None:
                return NodeHit(item.column.index, unit)
        found: Target | None = self.parts.tools.hit(point) or self.parts.features.hit(point)
        if found is not None:
            return found
        found = self.parts.link_weights.hit(point) or self.parts.links.hit(point)
        if found is not None:
            return found
        for gap in self.parts.gaps:
            edge = gap.hit(point)
            if edge is not None:
                return EdgeHit(gap.layer, *edge)
        return self.parts.captions.hit(point)

    def place(self, target: Target) -> QPointF:
        """The middle of something."""
        if self.sum is not None and isinstance(target, EdgeHit | NodeHit):
            return self.sum.place(target)
        return QPointF() if self.parts is None else place_of(self.parts, target)

    def is_dense(self, hit: EdgeHit | NodeHit) -> bool:
        """Whether something is only one of many cells."""
        if self.parts is None:
            return False
        if isinstance(hit, EdgeHit) and self.parts.link_weights.cell(hit) is not None:
            return True
        item = self.parts.columns[hit.layer + 1] if isinstance(hit, NodeHit) else self.parts.gaps[hit.layer]
        return isinstance(item, StripItem | PlanesItem | BundleItem)

    def near(self, point: QPointF) -> int | None:
        """The layer that the pointer is at, even beside its neurons."""
        if self.parts is None:
            return None
        columns = self.parts.plan.columns[1:-1]
        return next((c.index for c in columns if abs(point.x() - c.x) < self.parts.plan.pitch * 0.45), None)

    def light(self, hit: Hit | None) -> None:
        """Show which wire or neuron a number of the formula belongs to."""
        self.hover(hit)
        if self.parts is not None:
            self.parts.light.light(hit)

    def hover(self, hit: Target | None, near: int | None = None) -> None:
        """Light the edge or the button under the pointer."""
        if self.parts is None:
            return
        self.parts.tools.hover(hit, near)
        self.parts.captions.hover(hit)
        self.parts.features.hover(hit)
        self.parts.links.hover(hit)
        if hit == self._hovered:
            return
        self._hovered = hit
        for gap in self.parts.gaps:
            mine = isinstance(hit, EdgeHit) and hit.layer == gap.layer
            gap.hover((hit.unit, hit.source) if mine and isinstance(hit, EdgeHit) else None)

    def choose(self, target: Target | None) -> None:
        """Ring what the keys work on, and bring the edges of a chosen neuron to the front."""
        if self.parts is not None:
            for gap in self.parts.gaps:
                gap.prefer(target)
            self.parts.light.choose(None if target is None else pencil_of(self.parts, target))

    def glow(self, nodes: Iterable[NodeHit], strength: float) -> None:
        """Let new neurons shine."""
        if self.parts is not None:
            self.parts.light.glow(glowing(self.parts, nodes), strength)

    @Slot(object)
    def show_focus(self, focused: bool) -> None:
        """Whether the keys come here: only then is the chosen thing ringed in violet."""
        self._focused = bool(focused)
        if self.parts is not None:
            self.parts.light.show_focus(self._focused)

    def _shapes(self) -> list[tuple[bool, bool]]:
        """Which columns are drawn as squares, and which have biases below: a pencil line goes around both."""
        columns = () if self.parts is None else self.parts.columns
        return [(item.shows_map, item.writes_below) for item in columns if isinstance(item, ColumnItem)]

    def _show_columns(self, parts: Parts, snapshot: Snapshot, backward: bool) -> None:
        looks = [input_look(snapshot, backward)]
        looks += [layer_look(snapshot, n, backward) for n in range(len(snapshot.layers))]
        for layer, (item, look) in enumerate(zip(parts.columns, looks, strict=True), -1):
            if isinstance(item, StripItem | PlanesItem | BlockItem):
                item.show_look(look)
                continue
            biases = small_biases(snapshot, layer, item.column, parts.plan, self._marks) if layer >= 0 else []
            item.show_look(look, self._maps(snapshot, layer, item), biases)

    def _show_edges(self, parts: Parts, snapshot: Snapshot, backward: bool, largest: float) -> None:
        """Kept as pictures while training runs: the maps between them are painted again and again."""
        mode, wire = QGraphicsItem.CacheMode, wire_of_product(snapshot)
        for layer, gap in enumerate(parts.gaps):
            gap.setCacheMode(mode.DeviceCoordinateCache if snapshot.running else mode.NoCache)
            gap.ask(wire[1:] if wire is not None and wire[0] == layer else None)
            look = edge_look(snapshot, layer, backward)
            inputs = parts.plan.column(source_of(snapshot.network, layer)).units
            gap.show_look(fitted(look, inputs), largest)

    def _maps(self, snapshot: Snapshot, layer: int, item: ColumnItem) -> list[Picture]:
        if snapshot.maps is None or not 0 <= layer < len(snapshot.maps.layers):
            return []
        values = snapshot.maps.layers[layer]
        if values.ndim != 3 or len(values) != item.column.units:
            return []
        activation = snapshot.network.layers[layer].activation
        return neuron_maps(values, activation, class_table(self._marks.palette), 2 * item.column.half)

    def _show_packet(self, parts: Parts, snapshot: Snapshot) -> None:
        event = snapshot.current
        handed = None
        if event is not None and event.kind is EventKind.D_INPUT and not snapshot.running:
            handed = row(snapshot, snapshot.layers[event.layer].dx)
        if event is None or handed is None:
            parts.packet.rest()
            return
        source = parts.plan.column(source_of(snapshot.network, event.layer))
        parts.packet.carry(handed, source, parts.plan.column(event.layer))
