"""Finds every kind by looking at the files of its family: adding a file adds the kind."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

from gradgui.catalog import activations, datasets, formulas, initializers, layers, losses, optimizers
from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.datasets._base import DataKind
from gradgui.catalog.entry import Entry
from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.initializers._base import InitializerKind
from gradgui.catalog.layers._base import LayerKind
from gradgui.catalog.losses._base import LossKind
from gradgui.catalog.optimizers._base import OptimizerKind

K = TypeVar("K", bound=Entry)


@cache
def activation_kinds() -> dict[str, ActivationKind]:
    """Activations by id."""
    return _found(activations, ActivationKind)  # type: ignore[type-abstract]


@cache
def loss_kinds() -> dict[str, LossKind]:
    """Losses by id."""
    return _found(losses, LossKind)  # type: ignore[type-abstract]


@cache
def optimizer_kinds() -> dict[str, OptimizerKind]:
    """Optimisers by id."""
    return _found(optimizers, OptimizerKind)  # type: ignore[type-abstract]


@cache
def layer_kinds() -> dict[str, LayerKind]:
    """Layers by id."""
    return _found(layers, LayerKind)


@cache
def initializer_kinds() -> dict[str, InitializerKind]:
    """Ways to draw the first weights, by id."""
    return _found(initializers, InitializerKind)


@cache
def formula_kinds() -> dict[str, FormulaKind]:
    """Classic landscapes by id."""
    return _found(formulas, FormulaKind)


@cache
def data_kinds() -> dict[str, DataKind]:
    """Sets of examples by id."""
    return _found(datasets, DataKind)


def _found(family: ModuleType, expected: type[K]) -> dict[str, K]:
    kinds: dict[str, K] = {}
    for module in pkgutil.iter_modules(family.__path__):
        if module.name.startswith("_"):
            continue
        kind = importlib.import_module(f"{family.__name__}.{module.name}").KIND
        assert isinstance(kind, expected), f"{module.name}.KIND is no {expected.__name__}"
        assert kind.id not in kinds, f"two kinds are called {kind.id}"
        kinds[kind.id] = kind
    if not kinds:
        raise RuntimeError(f"The catalog family {family.__name__} is empty: the program is not installed completely.")
    return kinds
