"""What a kind offers before anything was chosen: first data, names of options, whole rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec import inspect

from gradgui.catalog.datasets.function import FunctionSpec
from gradgui.catalog.datasets.points import PointsSpec
from gradgui.catalog.datasets.table import COLUMNS_AT_MOST, TableSpec
from gradgui.catalog.optimizers.momentum import MomentumSpec
from gradgui.catalog.options import label_of
from gradgui.catalog.registry import optimizer_kinds
from gradgui.errors import UserError
from gradgui.text import Text


@pytest.mark.parametrize("spec", [FunctionSpec.first(), PointsSpec.first(), TableSpec.first()])
def test_first_data_can_be_learnt_from(spec: FunctionSpec | PointsSpec | TableSpec) -> None:
    examples = spec.load(Path())
    assert len(examples.x) >= 2
    assert np.isfinite(examples.x).all()
    answers = examples.labels if examples.y is None else examples.y
    assert answers is not None
    assert len(np.unique(np.asarray(answers))) > 1


def test_a_table_that_is_too_wide_says_how_wide_it_may_be() -> None:
    row = (0.0,) * (COLUMNS_AT_MOST + 1)
    with pytest.raises(UserError, match=f"{COLUMNS_AT_MOST:,}"):
        TableSpec(x=(row,), y=((0.0,),)).load(Path())


def test_an_option_is_called_what_its_kind_declares_and_one_without_a_name_is_not_called() -> None:
    shape = inspect.type_info(MomentumSpec)
    assert isinstance(shape, inspect.StructType)
    found = {each.name: label_of(each.type) for each in shape.fields}
    label, bare = found["momentum"]
    assert isinstance(label, Text)
    assert isinstance(bare, inspect.FloatType)
    assert label_of(inspect.IntType()) == (None, inspect.IntType())


@pytest.mark.parametrize("kind", optimizer_kinds().values(), ids=optimizer_kinds())
def test_the_whole_rule_begins_with_what_is_remembered_and_ends_with_the_move(kind: object) -> None:
    memory, move, whole = kind.memory_latex, kind.latex, kind.rule_latex  # type: ignore[attr-defined]
    assert whole.startswith(memory)
    assert whole.endswith(move)
    assert (whole == move) is (not memory)
