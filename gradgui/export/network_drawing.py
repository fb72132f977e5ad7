"""A network drawn with a pen: columns of neurons, wires with their weights, and the loss at the end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from gradgui.catalog.layers._base import LayerSpec, WeightedSpec
from gradgui.catalog.registry import activation_kinds, layer_kinds
from gradgui.document.compile import Compiled
from gradgui.export.chart import number
from gradgui.export.colours import GREY, INK, PAPER
from gradgui.export.picture import Picture, Point
from gradgui.text import Language, Text

WIDTH, HEIGHT = 440, 236
MOST_NEURONS = 6
"""More in one column are drawn as one tall box with their number."""
MOST_NUMBERS = 8
"""More parameters than that and their values are not written beside the wires."""
RADIUS = 17.0
INPUT = Text(en="input", zh="输入")
LOSS = Text(en="loss", zh="损失")
SIDE = 34.0
DIAMOND = 22.0
"""From the middle of the loss to its corners."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One layer of neurons on the paper."""

    x: float
    units: int
    names: tuple[str, ...]
    above: tuple[str, ...]
    """One line, or two."""
    below: str
    radius: float
    numbered: bool = False
    """Biases stand right below its neurons."""

    @property
    def is_box(self) -> bool:
        return self.units > MOST_NEURONS

    @property
    def places(self) -> list[Point]:
        """Where its neurons are; a box counts as one."""
        if self.is_box:
            return [(self.x, HEIGHT / 2)]
        gap = min(52.0, (HEIGHT - 96) / max(self.units - 1, 1))
        top = HEIGHT / 2 - gap * (self.units - 1) / 2
        return [(self.x, top + gap * i) for i in range(self.units)]


def network_drawn(compiled: Compiled, language: Language) -> Picture:
    """Columns from left to right; weights and biases in numbers where there are only a few."""
    picture = Picture(WIDTH, HEIGHT)
    columns = _columns(compiled, language)
    for index, (left, right) in enumerate(pairwise(columns)):
        _draw_wires(picture, left, right)
        if compiled.network.size <= MOST_NUMBERS and not left.is_box and not right.is_box:
            _write_numbers(picture, compiled, index, (left, right))
    _draw_loss(picture, columns[-1], language)
    for column in columns:
        _draw_column(picture, column)
    return picture


def _columns(compiled: Compiled, language: Language) -> list[_Column]:
    places, specs = compiled.network.places, compiled.experiment.network.layers
    gap = (WIDTH - 2 * SIDE - DIAMOND / 2) / (len(places) + 1)
    inputs = compiled.network.inputs
    names = compiled.features if len(compiled.features) == inputs and inputs <= MOST_NEURONS else ()
    radius = min(RADIUS, 0.36 * gap)
    first = _Column(SIDE, inputs, names, (INPUT.in_language(language),), "", radius)
    rest = []
    for index, (place, spec) in enumerate(zip(places, specs, strict=True)):
        title, kind = _title(spec, index, language, gap), _fitting(_kind(spec, language), gap)
        numbered = compiled.network.size <= MOST_NUMBERS and place.units <= MOST_NEURONS
        rest.append(_Column(SIDE + gap * (index + 1), place.units, (), title, kind, radius, numbered))
    return [first, *rest]


def _title(spec: LayerSpec, index: int, language: Language, room: float) -> tuple[str, ...]:
    """With its name beside the number, else below it, else only the number: whatever has room."""
    short = f"L{index + 1}"
    name = "" if spec.name is None else spec.name.in_language(language)
    if name in ("", short):
        return (short,)
    beside = _fitting(f"{short} · {name}", room)
    return (beside,) if beside else tuple(filter(None, (short, _fitting(name, room))))


def _fitting(words: str, room: float) -> str:
    """The words, or nothing where they would run into their neighbours."""
    return words if sum(13.0 if letter > "\u2e7f" else 7.4 for letter in words) < room - 6 else ""


def _kind(spec: LayerSpec, language: Language) -> str:
    """The activation where there is one; else what the layer does."""
    activation = getattr(spec, "activation", None)
    if activation is not None:
        return activation_kinds()[activation].name.in_language(language)
    kind = next(kind for kind in layer_kinds().values() if kind.spec is type(spec))
    return kind.label(spec).in_language(language)


def _draw_wires(picture: Picture, left: _Column, right: _Column) -> None:
    for start in left.places:
        for end in right.places:
            picture.line([start, end], GREY, 3.0 if left.is_box or right.is_box else 0.9)


def _draw_column(picture: Picture, column: _Column) -> None:
    top, bottom = column.places[0][1], column.places[-1][1]
    if column.is_box:
        half, tall = 16.0, 62.0
        top, bottom = HEIGHT / 2 - tall, HEIGHT / 2 + tall
        corners = [(column.x - half, top), (column.x + half, top), (column.x + half, bottom), (column.x - half, bottom)]
        for inset in range(int(half) * 2, 0, -1):  # a filled box, as a picture has only lines, dots and words
            x = column.x - half + inset
            picture.line([(x, top), (x, bottom)], PAPER, 2.0)
        picture.line([*corners, corners[0]], INK, 1.6)
        picture.words((column.x, HEIGHT / 2 + 5), str(column.units), 14, INK, "middle", bold=True)
    else:
        for index, place in enumerate(column.places):
            picture.dot(place, column.radius, PAPER, INK)
            if column.names:
                picture.words((place[0], place[1] + 5), column.names[index], 13, INK, "middle")
    edge = 0 if column.is_box else column.radius
    for lines_below, words in enumerate(reversed(column.above)):
        picture.words((column.x, top - edge - 14 - 15 * lines_below), words, 13, INK, "middle", bold=True)
    if column.below:
        picture.words(
            (column.x, bottom + edge + (32 if column.numbered else 18)),
            column.below,
            12,
            GREY,
            "middle",
        )


def _write_numbers(picture: Picture, compiled: Compiled, index: int, columns: tuple[_Column, _Column]) -> None:
    weights, biases = compiled.network.weights(index), compiled.network.biases(index)
    spec = compiled.experiment.network.layers[index]
    if weights is None or biases is None or not isinstance(spec, WeightedSpec):
        return
    left, right = columns
    for row, end in enumerate(right.places):
        for source, start in enumerate(left.places):
            share = 0.5 if len(left.places) == 1 else 0.34
            x, y = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
            _write_on(picture, (x, y - 7), f"w = {number(float(weights[row, source]))}")
        _write_on(picture, (end[0], end[1] + right.radius + 15), f"b = {number(float(biases[row]))}")


def _write_on(picture: Picture, at: Point, words: str) -> None:
    """On a small white ground, so that no wire runs through the digits."""
    half = 3.4 * len(words)
    picture.line([(at[0] - half, at[1] - 4), (at[0] + half, at[1] - 4)], PAPER, 13.0)
    picture.words(at, words, 12, INK, "middle")


def _draw_loss(picture: Picture, last: _Column, language: Language) -> None:
    x, y = WIDTH - SIDE, HEIGHT / 2
    for start in last.places:
        picture.line([start, (x, y)], GREY, 0.9)
    diamond = [(x - DIAMOND, y), (x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND), (x - DIAMOND, y)]
    picture.dot((x, y), 19, PAPER, PAPER)
    picture.line(diamond, INK, 1.4)
    picture.words((x, y + 5), "L", 15, INK, "middle", bold=True)
    picture.words((x, y - DIAMOND - 10), LOSS.in_language(language), 13, INK, "middle", bold=True)
