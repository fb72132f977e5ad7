"""From one thing in the network to the next one, by the arrow keys."""

from __future__ import annotations

from enum import Enum

from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.handles import AddHit, LinkHit, Target, layer_of
from gradgui.gui.editor.sight import Sight


class Way(Enum):
    """An arrow key."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def neighbour(sight: Sight, chosen: Target | None, way: Way, along_wires: bool = False) -> Target | None:
    """What lies in that direction; with `along_wires`, up and down walk over the weights into a neuron."""
    across, down = way.value
    if chosen is None:
        return LayerHit(0) if sight.layers else None
    if isinstance(chosen, EdgeHit):
        return _from_wire(sight, chosen, across, down, along_wires)
    if isinstance(chosen, NodeHit):
        if along_wires and down and sight.value(EdgeHit(chosen.layer, chosen.unit, 0)) is not None:
            return EdgeHit(chosen.layer, chosen.unit, 0 if down > 0 else _inputs(sight, chosen.layer) - 1)
        return _from_node(sight, chosen, across, down)
    return _from_caption(sight, chosen, across, down)


def _from_wire(sight: Sight, chosen: EdgeHit, across: int, down: int, along_wires: bool) -> Target:
    source = chosen.source + down
    if along_wires and down:
        inside = 0 <= source < _inputs(sight, chosen.layer)
        return EdgeHit(chosen.layer, chosen.unit, source) if inside else chosen
    if across < 0:
        unit = min(chosen.source, _units(sight, chosen.layer - 1) - 1)
        return NodeHit(chosen.layer - 1, unit)
    if across > 0:
        return NodeHit(chosen.layer, chosen.unit)
    return EdgeHit(chosen.layer, chosen.unit, min(max(source, 0), _inputs(sight, chosen.layer) - 1))


def _from_node(sight: Sight, chosen: NodeHit, across: int, down: int) -> Target:
    if across:
        layer = chosen.layer + across
        if not -1 <= layer < sight.layers:
            return chosen
        here, there = _units(sight, chosen.layer), _units(sight, layer)
        unit = round(chosen.unit * (there - 1) / max(here - 1, 1)) if here > 1 else (there - 1) // 2
        return NodeHit(layer, unit)
    unit = chosen.unit + down
    if unit >= _units(sight, chosen.layer):
        return LayerHit(chosen.layer) if chosen.layer >= 0 else chosen
    return NodeHit(chosen.layer, max(unit, 0))


def _from_caption(sight: Sight, chosen: Target, across: int, down: int) -> Target:
    """Captions and plus signs take turns along the row below the network."""
    if isinstance(chosen, AddHit):
        beside = chosen.index - (across < 0) if across else min(chosen.index, sight.layers - 1)
        return LayerHit(beside) if (across and 0 <= beside < sight.layers) or down < 0 else chosen
    if isinstance(chosen, LinkHit):
        return NodeHit(chosen.target, 0)
    layer = layer_of(chosen)
    if layer is None:
        return chosen
    if across:
        return AddHit(layer + (across > 0))
    return NodeHit(layer, max(_units(sight, layer) - 1, 0)) if down < 0 else LayerHit(layer)


def _units(sight: Sight, layer: int) -> int:
    if layer < 0:
        return 0 if sight.snapshot is None else len(sight.snapshot.network.inputs)
    info = sight.info(layer)
    return 0 if info is None else info.units


def _inputs(sight: Sight, layer: int) -> int:
    info = sight.info(layer)
    return 0 if info is None else info.inputs
