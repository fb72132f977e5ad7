"""Changing an experiment by short names: {"L1.W": [[2.0]], "lr": 0.5} gives a new experiment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from gradgui.catalog.datasets.table import TableSpec
from gradgui.catalog.layers._base import LayerSpec, WeightedSpec
from gradgui.catalog.registry import loss_kinds, optimizer_kinds
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.explain import ELSEWHERE
from gradgui.errors import UserError
from gradgui.lessons.lesson import Setting
from gradgui.text import Text

Spec = TypeVar("Spec", bound=msgspec.Struct)

PARAMETER = re.compile(r"L([1-9]\d{0,2})\.([Wb])")
ENTRY = re.compile(r"L([1-9]\d{0,2})\.([Wb])\[(\d{1,4})(?:,\s*(\d{1,4}))?\]")
UNKNOWN = Text(en="this lesson setting does not exist here", zh="这里没有这个课程设置")
WRONG = Text(en="{value} cannot be put here", zh="{value} 不能放在这里")


def with_settings(experiment: Experiment, settings: Mapping[str, Setting]) -> Experiment:
    """The experiment with everything set; raises UserError naming the setting."""
    for name, value in settings.items():
        try:
            experiment = _with(experiment, name, value)
        except (msgspec.ValidationError, KeyError, AttributeError, IndexError):
            raise UserError(ELSEWHERE, place=name, why=WRONG.filled(value=str(value))) from None
    return experiment


def differences(before: Experiment, after: Experiment) -> set[str]:
    """Short names of the settings that differ; weights and biases are left out, training moves them too."""
    found = {
        "lr": before.optimizer.learning_rate != after.optimizer.learning_rate,
        "optimizer": type(before.optimizer) is not type(after.optimizer),
        "weight_decay": getattr(before.optimizer, "weight_decay", 0.0) != getattr(after.optimizer, "weight_decay", 0.0),
        "loss": type(before.loss) is not type(after.loss),
        "reduction": before.loss.reduction != after.loss.reduction,
        "batch": before.training.batch_size != after.training.batch_size,
        "x": getattr(before.data, "x", None) != getattr(after.data, "x", None),
        "y": getattr(before.data, "y", None) != getattr(after.data, "y", None),
        "act": _activations(before) != _activations(after),
    }
    return {name for name, differs in found.items() if differs}


def _activations(experiment: Experiment) -> list[object]:
    return [getattr(spec, "activation", None) for spec in experiment.network.layers]


def _with(experiment: Experiment, name: str, value: Setting) -> Experiment:
    parameter = PARAMETER.fullmatch(name)
    if parameter is not None:
        return _with_parameter(experiment, int(parameter[1]) - 1, parameter[2], value)
    entry = ENTRY.fullmatch(name)
    if entry is not None:
        place = tuple(int(part) for part in entry.groups()[2:] if part)
        return _with_entry(experiment, int(entry[1]) - 1, entry[2], place, value)
    if name not in CHANGES:
        raise UserError(ELSEWHERE, place=name, why=UNKNOWN)
    return CHANGES[name](experiment, value)


def _with_parameter(experiment: Experiment, index: int, name: str, value: Setting) -> Experiment:
    layers = list(experiment.network.layers)
    layers[index] = _replaced(layers[index], name, value)
    return _with_layers(experiment, layers)


def _with_entry(experiment: Experiment, index: int, name: str, place: tuple[int, ...], value: Setting) -> Experiment:
    """One weight or bias; the layer's numbers must be written down."""
    numbers = [[n] if name == "b" else list(n) for n in getattr(experiment.network.layers[index], name)]
    if len(place) != (2 if name == "W" else 1):
        raise KeyError(name)
    numbers[place[0]][place[1] if name == "W" else 0] = value
    flat = tuple(tuple(row) for row in numbers)
    return _with_parameter(experiment, index, name, flat if name == "W" else tuple(row[0] for row in flat))


def _with_all_weights(experiment: Experiment, value: Setting) -> Experiment:
    """Every weight of every layer is the same number; biases stay."""
    network = compile_experiment(experiment).network
    layers = list(experiment.network.layers)
    for index, spec in enumerate(layers):
        weights = network.weights(index)
        if isinstance(spec, WeightedSpec) and weights is not None:
            rows, columns = weights.shape
            layers[index] = _replaced(spec, "W", ((value,) * columns,) * rows)
    return _with_layers(experiment, layers)


def _with_activation(experiment: Experiment, value: Setting) -> Experiment:
    layers = experiment.network.layers
    return _with_layers(
        experiment, [_replaced(spec, "activation", value) if hasattr(spec, "activation") else spec for spec in layers]
    )


def _with_loss(experiment: Experiment, value: Setting) -> Experiment:
    spec = loss_kinds()[str(value)].spec
    return experiment.with_(loss=spec(reduction=experiment.loss.reduction))


def _with_optimizer(experiment: Experiment, value: Setting) -> Experiment:
    spec = optimizer_kinds()[str(value)].spec
    return experiment.with_(optimizer=spec(learning_rate=experiment.optimizer.learning_rate))


def _with_data(column: str) -> Callable[[Experiment, Setting], Experiment]:
    def change(experiment: Experiment, value: Setting) -> Experiment:
        if not isinstance(experiment.data, TableSpec):
            raise UserError(ELSEWHERE, place=column, why=UNKNOWN)
        return experiment.with_(data=_replaced(experiment.data, column, value))

    return change


CHANGES: dict[str, Callable[[Experiment, Setting], Experiment]] = {
    "x": _with_data("x"),
    "y": _with_data("y"),
    "all.W": _with_all_weights,
    "act": _with_activation,
    "loss": _with_loss,
    "kind": _with_optimizer,
    "lr": lambda e, value: e.with_(optimizer=_replaced(e.optimizer, "learning_rate", value)),
    "weight_decay": lambda e, value: e.with_(optimizer=_replaced(e.optimizer, "weight_decay", value)),
    "batch": lambda e, value: e.with_(training=_replaced(e.training, "batch_size", _whole(value))),
    "reduction": lambda e, value: e.with_(loss=_replaced(e.loss, "reduction", value)),
}


def _whole(value: Setting) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _with_layers(experiment: Experiment, layers: Sequence[LayerSpec]) -> Experiment:
    return experiment.with_(network=msgspec.structs.replace(experiment.network, layers=tuple(layers)))


def _replaced(spec: Spec, field: str, value: object) -> Spec:
    """A copy with one field changed, checked like a file."""
    if field not in spec.__struct_fields__:
        raise KeyError(field)
    data = msgspec.to_builtins(spec) | {field: msgspec.to_builtins(value)}
    return msgspec.convert(data, type(spec))
