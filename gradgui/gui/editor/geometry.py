"""Where everything of a network stands on the pane: columns from left to right, fitted to the room there is."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.session.snapshot import NetworkInfo

STRIP_ABOVE = 16
"""A layer with more units than this is drawn as one strip."""
LABELLED_EDGES = 24
"""Up to this many weights in the whole network, every edge carries its number."""
NODE = 33.0
"""Largest radius of a neuron."""
PITCH = 190.0
"""Largest distance between two columns."""
MARGIN = 20.0
ROOMY_SLOT = 60.0
"""Where a neuron has less height than this, it takes nearly all of it."""
STRIP = 30.0
"""Width of a strip."""
LINE = 17.0
"""One line of writing under a layer."""
SENTENCE = 44.0
"""Room kept for the sentence below the network."""
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
    sentence: float
    """Middle of the sentence."""
    columns: tuple[Column, ...]
    roomy: bool
    """Whether there is room for a number above and below every neuron."""
    labelled: bool
    """Whether edges carry numbers."""

    def column(self, index: int) -> Column:
        """The column of a layer; −1 is the inputs."""
        return self.columns[index + 1]


def plan(network: NetworkInfo, width: float, height: float, factor: float) -> Plan:
    """Fit `network` into `width` × `height`; text keeps its size, neurons shrink."""
    units = (len(network.inputs), *(layer.units for layer in network.layers), 1)
    single = all(count == 1 for count in units)
    lines, room = _caption_room(units, single, height, factor)
    pitch, left = _across(units, width, factor)
    radius, step = _down(units, room, pitch, factor)
    if single:
        radius = min(radius, max((pitch - NAMED_GAP * factor) / 2, SMALLEST_NAMED * factor))
    spans = [_span(count, radius, step, room) for count in units]
    tallest = max(spans)
    axis = _axis(tallest, lines, height, factor)
    columns = tuple(
        _column(n - 1, left + n * pitch, count, spans[n], axis, radius, factor) for n, count in enumerate(units)
    )
    captions = axis + tallest / 2 + (34 if _is_roomy(step, radius, factor) and not single else 18) * factor
    sentence = min(captions + (lines * LINE + 34) * factor, height - SENTENCE * factor / 2)
    return Plan(
        width, height, factor, pitch, radius, axis, captions, lines, sentence, columns,
        roomy=pitch >= NAMED_PITCH * factor if single else _is_roomy(step, radius, factor),
        labelled=_edges(network) <= LABELLED_EDGES and pitch - 2 * radius >= 62 * factor,
    )  # fmt: skip


def _caption_room(units: tuple[int, ...], single: bool, height: float, factor: float) -> tuple[int, float]:
    """How many lines of writing fit under the layers, and the height left for neurons."""
    lines = 5 if single else 3
    wanted = min(max(units), 8) * 34 * factor

    def room(count: int) -> float:
        return height - (2 * MARGIN + ABOVE + SENTENCE + 34 + count * LINE) * factor

    while lines > 1 and room(lines) < wanted:
        lines -= 1
    return lines, max(room(lines), 40 * factor)


def _across(units: tuple[int, ...], width: float, factor: float) -> tuple[float, float]:
    """Distance between columns, and the x of the first."""
    names = 26 * factor if units[0] > 1 else 0.0
    edge = (MARGIN + NODE * 0.7) * factor
    gaps = len(units) - 1
    room = max(width - 2 * edge - names, gaps * 12.0)
    pitch = min(room / gaps, PITCH * factor)
    return pitch, edge + names + (room - gaps * pitch) / 2


def _down(units: tuple[int, ...], room: float, pitch: float, factor: float) -> tuple[float, float]:
    """Radius of a neuron and the distance between two of them in the fullest column."""
    tallest = max((count for count in units if count <= STRIP_ABOVE), default=1)
    slot = room / tallest
    airy = tallest <= 4 and slot >= ROOMY_SLOT
    share = 0.5 if tallest == 1 else 0.29 if airy else 0.44
    radius = min(NODE * factor, slot * share, pitch * 0.215)
    return radius, min(slot, radius * 3.4)


def _span(count: int, radius: float, step: float, room: float) -> float:
    """Height of a column."""
    return room if count > STRIP_ABOVE else (count - 1) * step + 2 * radius


def _axis(tallest: float, lines: int, height: float, factor: float) -> float:
    """The middle line, so that network, writing and sentence together stand in the middle."""
    below = (18 + lines * LINE + 34 + SENTENCE / 2) * factor
    free = max(0.0, height - tallest - below - ABOVE * factor)
    return ABOVE * factor + free / 2 + tallest / 2


def _column(index: int, x: float, count: int, span: float, axis: float, radius: float, factor: float) -> Column:
    strip = count > STRIP_ABOVE
    top = axis - span / 2
    step = span / count if strip else (span - 2 * radius) / max(count - 1, 1)
    first = top + step / 2 if strip else top + radius
    half = min(STRIP * factor / 2, radius * 1.2) if strip else radius
    ys = tuple(first + n * step for n in range(count))
    return Column(index, x, count, ys, half, strip, top, axis + span / 2)


def _is_roomy(step: float, radius: float, factor: float) -> bool:
    return radius >= 14 * factor and step - 2 * radius >= 30 * factor


def _edges(network: NetworkInfo) -> int:
    return sum(layer.units * layer.inputs for layer in network.layers)
