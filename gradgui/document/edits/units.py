"""Taking one particular neuron out of a layer: its own weights go, and those by which the next layers heard it."""

from __future__ import annotations

import msgspec

from gradgui.catalog.layers._base import Matrix, WeightedSpec
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.document.edits.edit import edit, layer_at, with_layer
from gradgui.document.experiment import Experiment
from gradgui.document.parameters import ENTRY
from gradgui.document.rules import layer_name
from gradgui.errors import UserError
from gradgui.text import Text

NO_UNIT = Text(
    en="Layer {number} has no neuron {unit} that could be taken out.", zh="第 {number} 层没有可以删除的神经元 {unit}。"
)
LAST_UNIT = Text(
    en="The last neuron cannot be removed; delete the layer instead.", zh="最后一个神经元不能删除；可以删除整个层。"
)


@edit(Text(en="delete neuron", zh="删除神经元"))
def remove_unit(experiment: Experiment, index: int, unit: int) -> Experiment:
    """Take neuron `unit` out of a dense layer; all others keep every weight where it can be said whose it is."""
    spec = layer_at(experiment, index)
    if not isinstance(spec, DenseSpec) or not 0 <= unit < spec.units:
        raise UserError(NO_UNIT, number=index + 1, unit=unit)
    if spec.units == 1:
        raise UserError(LAST_UNIT)
    smaller = msgspec.structs.replace(
        spec,
        units=spec.units - 1,
        W=None if spec.W is None else _without(spec.W, unit),
        b=None if spec.b is None else _without(spec.b, unit),
        frozen=_renamed(spec.frozen, row=unit),
    )
    return _unheard(with_layer(experiment, index, smaller), index, unit, spec.units)


def _unheard(experiment: Experiment, index: int, unit: int, units: int) -> Experiment:
    """The next layer loses the column that came from this neuron; where links join in, fitting sees to the rest."""
    layers = experiment.network.layers
    following = layers[index + 1] if index + 1 < len(layers) else None
    linked = {link.target for link in experiment.network.links} | {link.source for link in experiment.network.links}
    if not isinstance(following, WeightedSpec) or linked & {layer_name(index), layer_name(index + 1)}:
        return experiment
    W = following.W
    if W is None or any(len(row) != units for row in W):
        return experiment
    frozen = _renamed(following.frozen, column=unit)
    narrower = msgspec.structs.replace(following, W=tuple(_without(row, unit) for row in W), frozen=frozen)
    return with_layer(experiment, index + 1, narrower)


def _without(values: Matrix | tuple[float, ...], place: int) -> tuple[object, ...]:
    return (*values[:place], *values[place + 1 :])


def _renamed(names: tuple[str, ...], row: int | None = None, column: int | None = None) -> tuple[str, ...]:
    """Names of frozen parameters after a row or a column is gone."""
    found = []
    for name in names:
        entry = ENTRY.fullmatch(name)
        if entry is None:
            found.append(name)
            continue
        own_row, own_column = int(entry[2] or entry[5]), int(entry[3] or 0)
        gone = own_row == row or (column is not None and entry[1] is not None and own_column == column)
        if gone:
            continue
        own_row -= row is not None and own_row > row
        own_column -= column is not None and own_column > column
        found.append(f"W[{own_row},{own_column}]" if entry[1] else f"b[{own_row}]")
    return tuple(found)
