"""Sets of examples as views show them, without a network: for galleries and previews."""

from __future__ import annotations

from functools import cache

import msgspec
import numpy as np

from gradgui.catalog.datasets._base import DataSpec, Examples, GeneratedSpec
from gradgui.catalog.registry import data_kinds
from gradgui.session.snapshot import DataView
from gradgui.text import Text

ENOUGH = 160
"""Points of a stamp-sized picture."""


def plain_view(examples: Examples, title: Text) -> DataView:
    """Raw examples with class numbers, or numbers, as targets."""
    targets = examples.labels[:, None].astype(np.float64) if examples.labels is not None else examples.y
    assert targets is not None
    cut = len(examples.x) - examples.test
    x = examples.x
    return DataView(
        x[:cut],
        targets[:cut],
        x[cut:],
        targets[cut:],
        examples.classes,
        examples.names,
        title,
        examples.class_names,
        examples.input_names,
    )


@cache
def sample_view(kind: str) -> DataView | None:
    """What a set of the catalog looks like; None where the user has to choose something first."""
    entry = data_kinds()[kind]
    first: DataSpec | None = entry.spec.first()
    if first is None:
        return None
    if isinstance(first, GeneratedSpec):
        first = msgspec.structs.replace(first, points=ENOUGH, test_fraction=0.0)
    return plain_view(first.load(None), entry.name)


def kind_of(spec: DataSpec) -> str:
    """The id of a set's kind."""
    return str(type(spec).__struct_config__.tag)
