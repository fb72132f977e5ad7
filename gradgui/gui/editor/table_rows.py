"""What stands in the rows of the layer table, seen and spoken."""

from __future__ import annotations

from dataclasses import dataclass, field

from gradgui.gui.editor.captions import PARAMETERS, units_of
from gradgui.gui.editor.details import EdgeHit, NodeHit
from gradgui.gui.editor.reading import row
from gradgui.gui.editor.tools_item import count_of
from gradgui.gui.widgets.naming import INPUT, LOSS, bias_name, compact, unit_name, weight_name
from gradgui.session.snapshot import Array, NetworkInfo, Snapshot
from gradgui.text import Text, same

TITLE = Text(en="Layer table", zh="层表")
NAME = Text(en="name", zh="名称")
VALUE = Text(en="value", zh="数值")
GRADIENT = Text(en="gradient", zh="梯度")
OUTPUT = Text(en="output a", zh="输出 a")
COLUMNS = (NAME, VALUE, GRADIENT, OUTPUT)
UNKNOWN = Text(en="not computed yet", zh="还没有计算")
LAYER = Text(en="{id} {name}: {label}, {units}, {parameters}", zh="{id} {name}：{label}，{units}，{parameters}")
SPOKEN = Text(en="{column} of {name}: {value}", zh="{name}的{column}：{value}")


@dataclass(eq=False)
class Row:
    """One row; what is below it opens when it is unfolded."""

    place: int
    above: Row | None
    layer: int
    """−1 the inputs, the number of layers the loss."""
    unit: int | None = None
    source: int | None = None
    value: EdgeHit | NodeHit | None = None
    """The weight or bias in its value column."""
    counted: bool = False
    """Whether its value column is a number of units that can be changed."""
    below: list[Row] = field(default_factory=list)


def rows_of(network: NetworkInfo) -> list[Row]:
    """Inputs, layers with their neurons and weights, the loss."""
    inputs = Row(0, None, -1)
    inputs.below = [Row(n, inputs, -1, n) for n in range(len(network.inputs))]
    roots = [inputs]
    for layer, info in enumerate(network.layers):
        root = Row(layer + 1, None, layer, counted=count_of(info) is not None)
        weighted = info.parameters > 0 and info.kind == "dense"
        for unit in range(info.units):
            neuron = Row(unit, root, layer, unit, value=NodeHit(layer, unit) if weighted else None)
            if weighted:
                neuron.below = [Row(n, neuron, layer, unit, n, EdgeHit(layer, unit, n)) for n in range(info.inputs)]
            root.below.append(neuron)
        roots.append(root)
    roots.append(Row(len(roots), None, len(network.layers)))
    return roots


def words(snapshot: Snapshot, entry: Row, column: int) -> Text:
    """What stands in one cell."""
    if column == 0:
        return name_of(snapshot.network, entry)
    if entry.layer >= len(snapshot.network.layers):
        return _number(snapshot.loss) if column == 1 else same("")
    writers = (_value, _gradient, _output)
    return writers[column - 1](snapshot, entry)


def spoken(snapshot: Snapshot, entry: Row, column: int) -> Text:
    """The same as a sentence for a screen reader."""
    said = words(snapshot, entry, column)
    if column == 0 or not said.en:
        return said
    if said.en == "?":
        said = UNKNOWN
    return SPOKEN.filled(column=COLUMNS[column], name=name_of(snapshot.network, entry), value=said)


def name_of(network: NetworkInfo, entry: Row) -> Text:
    """What a row is called."""
    if entry.layer >= len(network.layers):
        return LOSS
    if entry.unit is None:
        return INPUT if entry.layer < 0 else _layer(network, entry.layer)
    if entry.source is not None:
        return same(weight_name(entry.layer, entry.unit, entry.source, network.layers[entry.layer]))
    name = unit_name(network, entry.layer, entry.unit)
    if entry.value is None:
        return name
    bias = bias_name(entry.layer, entry.unit, network.layers[entry.layer])
    return Text(en=f"{name.en} · {bias}", zh=f"{name.zh} · {bias}")


def _layer(network: NetworkInfo, layer: int) -> Text:
    info = network.layers[layer]
    name = same("") if info.name.en == info.id else info.name
    found = LAYER.filled(
        id=info.id, name=name, label=info.label, units=units_of(info),
        parameters=PARAMETERS.filled(n=info.parameters),
    )  # fmt: skip
    return Text(en=found.en.replace(" :", ":"), zh=found.zh.replace(" ：", "："))


def _value(snapshot: Snapshot, entry: Row) -> Text:
    if entry.layer < 0:
        return same("") if entry.unit is None else _at(row(snapshot, snapshot.x), entry.unit)
    info, values = snapshot.network.layers[entry.layer], snapshot.layers[entry.layer]
    if entry.unit is None:
        return same(str(count_of(info) or ""))
    if entry.source is not None:
        return _cell(values.W, entry.unit, entry.source)
    return same("") if values.b is None or entry.value is None else _at(values.b, entry.unit)


def _gradient(snapshot: Snapshot, entry: Row) -> Text:
    if entry.layer < 0 or entry.unit is None or entry.value is None:
        return same("")
    values = snapshot.layers[entry.layer]
    if entry.source is not None:
        return _cell(values.dW, entry.unit, entry.source)
    return _at(values.db, entry.unit)


def _output(snapshot: Snapshot, entry: Row) -> Text:
    if entry.layer < 0 or entry.unit is None or entry.source is not None:
        return same("")
    return _at(row(snapshot, snapshot.layers[entry.layer].a), entry.unit)


def _at(values: Array | None, place: int) -> Text:
    return _number(float(values[place]) if values is not None and place < len(values) else None)


def _cell(values: Array | None, unit: int, source: int) -> Text:
    inside = values is not None and unit < values.shape[0] and source < values.shape[1]
    return _number(float(values[unit, source]) if inside and values is not None else None)


def _number(value: float | None) -> Text:
    return same("?" if value is None else compact(value))
