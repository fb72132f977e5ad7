"""Where everything of a network stands on the pane: columns from left to right, fitted to the room there is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from gradgui.gui.editor.planes import Box, Planes, planes_of
from gradgui.session.snapshot import NetworkInfo

STRIP_ABOVE = 16
"""A layer with more units than this is drawn as one strip."""
LABELLED_EDGES = 24
"""Up to this many weights in the whole network, every edge carries its number."""
NODE = 33.0
"""Largest radius of a neuron."""
PITCH = 190.0
"""Largest distance between two columns."""
MARGIN, SMALLEST_MARGIN = 20.0, 7.0
"""Room left and right of everything; it gives way before the network has to scroll."""
ROOMY_SLOT = 60.0
"""Where a neuron has less height than this, it takes nearly all of it."""
STRIP = 30.0
"""Width of a strip."""
LINE = 17.0
"""One line of writing under a layer."""
BARS = 15.0
"""Room for the bars of blame under the writing."""
TOOLS = 28.0
"""Room for the buttons below a layer."""
NAMES, LETTER = 50.0, 6.6
"""Room for the names of the inputs at least, and for each letter of the longest one."""
EDGE = 6.0
"""Room above and below everything."""
SMALLEST_PITCH = 72.0
"""Columns stand no closer than this, so that their buttons do not touch; a network that needs more room scrolls."""
NAMED_LETTER, WIDEST_NAMED = 5.8, 112.0
"""Long names stand in two lines; for each letter of the longer one columns stand so much wider apart, up to a limit."""
NARROW_PITCH = 44.0
"""The same for blocks, which have hardly any buttons."""
BLOCK = 130.0
"""Largest height of a block."""
BLOCK_SHARE, WIDEST_BLOCK = 0.6, 110.0
"""Width of a block, as a share of the distance between two and at most."""
SMALLEST_SLOT = 13.0
"""No neuron gets less height than this."""
WANTED_SLOT = 34.0
"""Writing gives way to neurons that have less height than this."""
ARC = 18.0
"""Room for one more row of skip links above the columns."""
NAMED_GAP = 78.0
"""Room between two single neurons for the name and the gradient of their weight."""
NAMED_PITCH = 128.0
"""Single neurons closer than this have no room for a number above them."""
SMALLEST_NAMED = 20.0
"""Radius to which single neurons shrink to make that room."""
ABOVE = 20.0
"""Room above a column for the number that arrives there."""


@dataclass(frozen=True, slots=True)
class Column:
    """One upright row of neurons, or a strip; `index` is −1 for the inputs, L for the loss."""

    index: int
    x: float
    units: int
    ys: tuple[float, ...]
    """Centre of every unit, also inside a strip."""
    half: float
    """Half the width: radius of a neuron, or half a strip."""
    strip: bool
    top: float
    bottom: float
    planes: Planes | None = None
    """Where its feature maps stand, if it has any."""

    def cell(self, unit: int) -> Box:
        """Left, top, width and height of one unit."""
        if self.planes is not None:
            return self.planes.cell(unit)
        half = (self.bottom - self.top) / self.units / 2 if self.strip else self.half
        return self.x - self.half, self.ys[unit] - half, 2 * self.half, 2 * half


@dataclass(frozen=True, slots=True)
class Plan:
    """A network laid out for one size of pane; lengths in pixels."""

    width: float
    height: float
    factor: float
    pitch: float
    radius: float
    axis: float
    """Height of the middle line."""
    captions: float
    """Top of the writing under the layers."""
    caption_lines: int
    bars: float
    """Height of the bars of blame; 0 where there is no room."""
    tools: float
    """Middle of the row of buttons."""
    sentence: float
    """Middle of the sentence."""
    sentence_height: float
    """0 where there is no room for it; the status line says it too."""
    columns: tuple[Column, ...]
    roomy: bool
    """Whether there is room for a number above and below every neuron."""
    labelled: bool
    """Whether edges carry numbers."""
    arcs: float = 0.0
    """Height of the lowest row of skip links."""
    blocks: bool = False
    """Whether every layer is one block."""

    def column(self, index: int) -> Column:
        """The column of a layer; −1 is the inputs."""
        return self.columns[index + 1]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What stands below and above the neurons."""

    lines: int
    bars: float
    sentence: float
    above: float
    gap: float
    """Between the neurons and the writing."""
    room: float
    """Height left for the neurons."""


def plan(
    network: NetworkInfo, width: float, height: float, factor: float,
    *, arcs: int = 0, blocks: bool = False, grow: float = 1.0,
) -> Plan:  # fmt: skip
    """Fit `network` into `width` × `height`; text keeps its size, neurons shrink, and what cannot shrink needs more.

    `arcs`: how many rows of skip links run above the columns; `blocks`: every layer is one block; `grow`: how much
    larger than usual neurons and distances may be.
    """
    units = (len(network.inputs), *(layer.units for layer in network.layers), 1)
    single = all(count == 1 for count in units) and not blocks
    strip_above = 0 if blocks else STRIP_ABOVE
    tallest_units = max((count for count in units if count <= strip_above), default=1)
    needed = max(tallest_units * SMALLEST_SLOT * factor, 40 * factor)
    rows = _rows(tallest_units, single, height, arcs * ARC * factor, factor)
    height, room = height + max(0.0, needed - rows.room), max(rows.room, needed)
    names = _names(network.inputs, width, factor)
    pitch, left, width = _across(
        len(units) - 1, names, width, factor, grow, NARROW_PITCH if blocks else _smallest(network)
    )
    radius, step = _down(tallest_units, room, pitch, factor * grow)
    room = min(room, BLOCK * factor * grow) if blocks else room
    if single:
        radius = min(radius, max((pitch - NAMED_GAP * factor) / 2, SMALLEST_NAMED * factor))
    spans = [_span(count, radius, step, room, strip_above) for count in units]
    tallest = max(spans)
    roomy = pitch >= NAMED_PITCH * factor if single else rows.lines > 2 and _is_roomy(step, radius, factor)
    axis = _axis(tallest, rows, height, factor)
    columns = tuple(
        _column(index - 1, left + index * pitch, count, spans[index], axis, radius, factor, strip_above)
        for index, count in enumerate(units)
    )
    if blocks:
        half = min(pitch * BLOCK_SHARE, WIDEST_BLOCK * factor) / 2
        columns = tuple(replace(column, half=half) for column in columns[:-1]) + columns[-1:]
    if not blocks:
        columns = tuple(_with_planes(column, network, tallest, pitch, factor) for column in columns)
    captions = axis + tallest / 2 + rows.gap
    below = captions + rows.lines * LINE * factor + rows.bars
    return Plan(
        width, height, factor, pitch, radius, axis, captions, rows.lines, rows.bars, below + TOOLS / 2 * factor,
        below + TOOLS * factor + rows.sentence / 2, rows.sentence, columns, roomy,
        labelled=_edges(network) <= LABELLED_EDGES and pitch - 2 * radius >= 62 * factor,
        arcs=axis - tallest / 2 - rows.above + arcs * ARC * factor, blocks=blocks,
    )  # fmt: skip


def beside_bars(lay_out: Callable[[float, float], Plan], width: float, height: float, bar: float) -> Plan:
    """Laid out beside the scroll bars that it needs, whether they are there already or not.

    Who lays out in the room that is left at the moment makes a bar come and go for ever.
    """
    across = down = False
    for _ in range(2):
        laid = lay_out(width - bar * down, height - bar * across)
        wide, high = laid.width > width - bar * down + 0.5, laid.height > height - bar * across + 0.5
        if (across or not wide) and (down or not high):
            break
        across, down = across or wide, down or high
    else:
        laid = lay_out(width - bar * down, height - bar * across)
    return laid


def _rows(units: int, single: bool, height: float, arcs: float, factor: float) -> _Rows:
    """As much writing as leaves the neurons enough height."""
    most = 5 if single else 4
    wanted = min(units, 8) * WANTED_SLOT * factor
    choices = [(most, BARS, 44.0, 20.0, 34.0), (3, BARS, 44.0, 14.0, 14.0), (3, BARS, 22.0, 4.0, 12.0)]
    choices += [(3, BARS, 0.0, 4.0, 10.0), (2, 0.0, 0.0, 2.0, 6.0)]
    rows = _Rows(most, 0.0, 0.0, 0.0, 0.0, 0.0)
    for lines, bars, sentence, above, gap in choices:
        fixed = (2 * EDGE + above + gap + lines * LINE + bars + TOOLS + sentence) * factor + arcs
        gap = 18.0 if single else gap
        rows = _Rows(lines, bars * factor, sentence * factor, above * factor + arcs, gap * factor, height - fixed)
        if rows.room >= wanted:
            break
    return rows


def _names(inputs: tuple[str, ...], width: float, factor: float) -> float:
    """Room for the names of the inputs: long ones get more where the pane is wide."""
    if len(inputs) < 2:
        return 0.0
    longest = max(len(name) for name in inputs) * LETTER * factor
    return max(NAMES * factor, min(longest, width * 0.15))


def _across(
    gaps: int, names: float, width: float, factor: float, grow: float, smallest: float
) -> tuple[float, float, float]:
    """Distance between columns, the x of the first, and the width that this needs."""
    spare = (width - names) / factor / 2 - NODE * 0.7 - gaps * smallest / 2
    edge = (min(max(spare, SMALLEST_MARGIN), MARGIN) + NODE * 0.7) * factor
    width = max(width, 2 * edge + names + gaps * smallest * factor)
    room = width - 2 * edge - names
    pitch = min(room / gaps, PITCH * factor * grow)
    return pitch, edge + names + (room - gaps * pitch) / 2, width


def _smallest(network: NetworkInfo) -> float:
    """The smallest distance between two columns at which the layers' names can be read."""
    letters = max(max(longest_half(name.en), 2 * longest_half(name.zh)) for name in (e.name for e in network.layers))
    return max(SMALLEST_PITCH, min(letters * NAMED_LETTER + 8, WIDEST_NAMED))


def halves(name: str) -> tuple[str, str]:
    """A name in two lines that are about alike; between words where there are any."""
    words = name.split(" ")
    if len(words) == 1:
        middle = (len(name) + 1) // 2
        return name[:middle], name[middle:]
    cut = min(range(1, len(words)), key=lambda n: max(len(" ".join(words[:n])), len(" ".join(words[n:]))))
    return " ".join(words[:cut]), " ".join(words[cut:])


def longest_half(name: str) -> int:
    """Letters of the longer line."""
    return max(len(half) for half in halves(name))


def _down(tallest: int, room: float, pitch: float, factor: float) -> tuple[float, float]:
    """Radius of a neuron and the distance between two of them in the fullest column."""
    slot = room / tallest
    airy = tallest <= 4 and slot >= ROOMY_SLOT
    share = 0.5 if tallest == 1 else 0.29 if airy else 0.44
    radius = min(NODE * factor, slot * share, pitch * 0.215)
    return radius, min(slot, radius * 3.4)


def _span(count: int, radius: float, step: float, room: float, strip_above: int) -> float:
    """Height of a column."""
    return room if count > strip_above else (count - 1) * step + 2 * radius


def _axis(tallest: float, rows: _Rows, height: float, factor: float) -> float:
    """The middle line, so that network, writing, buttons and sentence together stand in the middle."""
    below = rows.gap + rows.bars + (rows.lines * LINE + TOOLS) * factor + rows.sentence
    free = max(0.0, height - 2 * EDGE * factor - rows.above - tallest - below)
    return EDGE * factor + rows.above + free / 2 + tallest / 2


def _column(
    index: int, x: float, count: int, span: float, axis: float, radius: float, factor: float, strip_above: int
) -> Column:
    strip = count > strip_above
    top = axis - span / 2
    step = span / count if strip else (span - 2 * radius) / max(count - 1, 1)
    first = top + step / 2 if strip else top + radius
    half = min(STRIP * factor / 2, radius * 1.2) if strip else radius
    ys = tuple(first + n * step for n in range(count))
    return Column(index, x, count, ys, half, strip, top, axis + span / 2)


def _with_planes(column: Column, network: NetworkInfo, span: float, pitch: float, factor: float) -> Column:
    """A layer of feature maps is drawn as pictures instead of a strip."""
    if column.index >= len(network.layers):
        return column
    shape = network.layers[0].takes if column.index < 0 else network.layers[column.index].shape
    axis = (column.top + column.bottom) / 2
    planes = planes_of(shape, column.x, axis, span, pitch, factor)
    if planes is None or math.prod(shape) != column.units:
        return column
    left, top, _, _ = planes.boxes[0]
    _, last, _, high = planes.boxes[-1]
    placed = replace(column, half=column.x - left, strip=True, top=top, bottom=last + high, planes=planes)
    ys = tuple(y + h / 2 for _, y, _, h in (planes.cell(unit) for unit in range(column.units)))
    return replace(placed, ys=ys)


def _is_roomy(step: float, radius: float, factor: float) -> bool:
    return radius >= 14 * factor and step - 2 * radius >= 30 * factor


def _edges(network: NetworkInfo) -> int:
    return sum(layer.units * layer.inputs for layer in network.layers)
