"""The catalog finds its kinds, and every kind says what it is."""

from __future__ import annotations

import types
from collections.abc import Callable

import msgspec
import numpy as np
import pytest

from gradgui.catalog import registry
from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.lookup import activation, initializer
from gradgui.catalog.losses._base import LossSpec
from gradgui.catalog.optimizers._base import OptimizerSpec
from gradgui.catalog.registry import (
    activation_kinds,
    data_kinds,
    initializer_kinds,
    layer_kinds,
    loss_kinds,
    optimizer_kinds,
)
from gradgui.errors import UserError

FAMILIES = (activation_kinds, data_kinds, initializer_kinds, layer_kinds, loss_kinds, optimizer_kinds)
KINDS = [kind for family in FAMILIES for kind in family().values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{type(kind).__module__.split('.')[-2]}-{kind.id}")
def test_every_kind_has_an_id_and_a_name(kind: object) -> None:
    assert kind.id == type(kind).__module__.split(".")[-1]
    assert kind.name.en
    assert kind.name.zh
    if hasattr(kind, "spec"):
        assert kind.spec.__struct_config__.tag == kind.id


@pytest.mark.parametrize("family", [layer_kinds, loss_kinds, optimizer_kinds, data_kinds])
def test_every_option_has_a_name_in_both_languages(family: Callable[[], dict[str, object]]) -> None:
    nameless = [
        f"{kind.id}.{field.name}"
        for kind in family().values()
        for field in msgspec.inspect.type_info(kind.spec).fields
        if field.name in kind.spec.__annotations__ and not _label(field.type)
    ]
    assert [name for name in nameless if name.split(".")[1] not in {"x", "y", "test_x", "test_y", "mean", "var"}] == []


def _label(shape: msgspec.inspect.Type) -> object:
    return shape.extra.get("label") if isinstance(shape, msgspec.inspect.Metadata) else None


@pytest.mark.parametrize(
    ("lookup", "words"), [(activation, "no activation called hot"), (initializer, "no initialiser called hot")]
)
def test_an_unknown_name_is_answered_with_the_known_ones(lookup: Callable[[str], object], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        lookup("hot")
    assert "tanh" in str(caught.value) or "he_normal" in str(caught.value)


def test_what_a_family_must_provide_is_said_by_its_base() -> None:
    for call in (
        LayerSpec().build,
        LossSpec().build,
        OptimizerSpec().build,
        lambda: DataSpec().load(None),
        lambda: loss_kinds()["mse"].per_sample_fused(np.zeros(1), np.zeros(1), np.zeros(1)),
    ):
        with pytest.raises(NotImplementedError):
            call()


def test_an_empty_family_means_a_broken_installation() -> None:
    empty = types.ModuleType("empty")
    empty.__path__ = []
    with pytest.raises(RuntimeError, match="not installed completely"):
        registry._found(empty, ActivationKind)
