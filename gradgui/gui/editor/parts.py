"""All items of one network on one size of pane, and how they are made."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem

from gradgui.gui.editor.blame_bars import BlameBarsItem, Shares
from gradgui.gui.editor.block_item import BlockItem
from gradgui.gui.editor.captions import CaptionsItem
from gradgui.gui.editor.column_item import ColumnItem
from gradgui.gui.editor.drag_item import DragItem
from gradgui.gui.editor.features_item import FeaturesItem, Offer
from gradgui.gui.editor.frost_item import FrostItem
from gradgui.gui.editor.gap_item import GapItem
from gradgui.gui.editor.geometry import Column, Plan
from gradgui.gui.editor.kernels_item import KernelsItem, kernel_boxes
from gradgui.gui.editor.light_item import LightItem
from gradgui.gui.editor.link_weights_item import LinkWeightsItem
from gradgui.gui.editor.links_item import LinksItem
from gradgui.gui.editor.loss_item import LossItem
from gradgui.gui.editor.marks import Marks
from gradgui.gui.editor.packet_item import PacketItem
from gradgui.gui.editor.planes_item import PlanesItem
from gradgui.gui.editor.sentence_item import SentenceItem
from gradgui.gui.editor.strip_item import BundleItem, StripItem
from gradgui.gui.editor.tools_item import ToolsItem
from gradgui.gui.language import Speech
from gradgui.gui.widgets.naming import INPUT
from gradgui.session.snapshot import NetworkInfo

LINES = 400
"""A gap with more edges than this is drawn as a block."""


@dataclass(frozen=True, slots=True)
class Parts:
    """All items of one network on one size of pane."""

    plan: Plan
    columns: tuple[ColumnItem | StripItem | PlanesItem | BlockItem, ...]
    """The inputs first, then the layers."""
    gaps: tuple[GapItem | BundleItem, ...]
    """The edges into each layer."""
    loss: LossItem
    captions: CaptionsItem
    packet: PacketItem
    sentence: SentenceItem
    light: LightItem
    bars: BlameBarsItem
    tools: ToolsItem
    drag: DragItem
    frost: FrostItem
    links: LinksItem
    link_weights: LinkWeightsItem
    features: FeaturesItem


class Maker:
    """Makes the items of a network."""

    def __init__(self, marks: Marks, speech: Speech, shares: Shares) -> None:
        self._marks, self._speech, self._shares = marks, speech, shares
        self.offer = Offer()
        """The features that can be switched on and off."""

    def made(self, network: NetworkInfo, laid: Plan) -> Parts:
        """Items for a network that is laid out."""
        marks, columns = self._marks, laid.columns
        links = LinksItem(network, laid, marks)
        captions, tools = CaptionsItem(network, laid, marks, self._speech), ToolsItem(network, laid, marks)
        features = FeaturesItem(self.offer, laid, marks)
        gaps = tuple(self._gap(network, laid, layer) for layer in range(len(network.layers)))
        frost = FrostItem(laid, marks)
        frost.stand_beside([gap.label_boxes if isinstance(gap, GapItem) else {} for gap in gaps])
        for still in (captions, tools, features):  # kept as pictures: training paints everything else again and again
            still.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        return Parts(
            plan=laid,
            columns=tuple(self._column(network, laid, column) for column in columns[:-1]),
            gaps=gaps,
            loss=LossItem(columns[-1], columns[-2], marks, laid.pitch * 0.34),
            captions=captions,
            packet=PacketItem(QRectF(0, 0, laid.width, laid.height), marks),
            sentence=SentenceItem(laid, marks, self._speech),
            light=LightItem(laid, marks),
            bars=BlameBarsItem(laid, marks, self._shares),
            tools=tools,
            drag=DragItem(laid, marks),
            frost=frost,
            links=links,
            link_weights=LinkWeightsItem(network, links, marks),
            features=features,
        )

    def _column(
        self, network: NetworkInfo, laid: Plan, column: Column
    ) -> ColumnItem | StripItem | PlanesItem | BlockItem:
        if laid.blocks:
            info = network.layers[column.index] if column.index >= 0 else None
            words = INPUT if info is None else info.label
            size = str(column.units) if info is None else "×".join(map(str, info.shape))
            return BlockItem(column, words, size, self._marks, self._speech)
        if column.planes is not None:
            return PlanesItem(column, column.planes, self._marks)
        if column.strip:
            return StripItem(column, self._marks)
        if column.index >= 0:
            return ColumnItem(laid, column, self._marks)
        names = [network.input_name(k) for k in range(len(network.inputs))]
        return ColumnItem(laid, column, self._marks, lambda: [self._speech.say(name) for name in names])

    def _gap(self, network: NetworkInfo, laid: Plan, layer: int) -> GapItem | BundleItem:
        source, target = laid.column(source_of(network, layer)), laid.column(layer)
        info = network.layers[layer]
        if (
            info.kind == "conv2d"
            and info.window is not None
            and kernel_boxes(source, target, self._marks, info.takes[0])
        ):
            return KernelsItem(layer, source, target, self._marks, info.takes[0], info.window[0])
        many = source.units * target.units > LINES
        if source.strip or target.strip or many:
            return BundleItem(layer, source, target, self._marks)
        return GapItem(layer, laid, source, target, self._marks)


def source_of(network: NetworkInfo, layer: int) -> int:
    """The column that feeds a layer: usually the one before."""
    sources = network.layers[layer].sources
    return sources[0] if sources and -1 <= sources[0] < layer else layer - 1
