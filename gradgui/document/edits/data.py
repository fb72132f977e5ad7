"""Edits of the examples: another set, another option of it, another choice of features."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataSpec, GeneratedSpec
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.catalog.features import MAPS
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.catalog.lookup import initializer
from gradgui.catalog.registry import data_kinds
from gradgui.document.edits.edit import changed, edit, valid, with_layer
from gradgui.document.experiment import Experiment
from gradgui.document.explain import EXPECTED, ONE_OF, shown
from gradgui.engine.streams import Purpose, stream
from gradgui.errors import UserError
from gradgui.text import Text, same

KEPT = ("points", "noise", "test_fraction", "seed")
"""Options that drawn sets share."""
LAST_FEATURE = Text(en="Keep at least one feature.", zh="至少要保留一个特征。")


@edit(Text(en="change data", zh="更换数据"))
def choose_set(experiment: Experiment, kind: str) -> Experiment:
    """Learn from another set of the catalog; what was changed about the old one is kept where both know it.

    A title that is only the old set's name becomes the new one's.
    """
    kinds = data_kinds()
    if kind not in kinds:
        raise UserError(EXPECTED, place="data.kind", wanted=ONE_OF.filled(known=", ".join(kinds)), got=shown(kind))
    first = kinds[kind].spec.first()
    if first is None or isinstance(experiment.data, kinds[kind].spec):
        return experiment
    return _renamed(experiment.with_(data=_with_kept(first, experiment.data)), experiment)


@edit(Text(en="change data", zh="更换数据"))
def set_data(experiment: Experiment, data: DataSpec) -> Experiment:
    """Learn from other examples; a choice of features is kept, see `suited` in gradgui.document.suiting.

    A title that is only the old set's name becomes the new one's, or that of its file.
    """
    return _renamed(experiment.with_(data=valid(data, "data")), experiment)


@edit(Text(en="change the data set", zh="调整数据集"))
def set_data_option(experiment: Experiment, name: str, value: object) -> Experiment:
    """Another noise, another number of points, another seed, …"""
    return experiment.with_(data=changed(experiment.data, "data", {name: value}))


@edit(Text(en="change features", zh="修改特征"))
def set_feature(experiment: Experiment, feature: str, on: bool, inputs: tuple[str, ...]) -> Experiment:
    """Show the network one feature more or less of these raw inputs; weights stay with their features."""
    before = experiment.features or inputs
    known = [*inputs, *MAPS]
    wanted = {*before, feature} if on else {*before} - {feature}
    after = tuple(sorted(wanted, key=known.index))
    if not after:
        raise UserError(LAST_FEATURE)
    moved = _with_moved_weights(experiment, before, after)
    return moved.with_(features=None if after == inputs else after)


def _renamed(experiment: Experiment, before: Experiment) -> Experiment:
    """With the name of its data, if it had no other title before."""
    return experiment.with_(title=_name(experiment.data)) if before.title == _name(before.data) else experiment


def _name(data: DataSpec) -> Text:
    return same(Path(data.path).stem) if isinstance(data, CsvSpec) else data_kinds()[_tag(data)].name


def _tag(data: DataSpec) -> str:
    return str(data.__struct_config__.tag)


def _with_kept(first: DataSpec, before: DataSpec) -> DataSpec:
    if not (isinstance(first, GeneratedSpec) and isinstance(before, GeneratedSpec)):
        return first
    was: dict[str, object] = msgspec.to_builtins(before)
    return msgspec.structs.replace(first, **{name: was[name] for name in KEPT if name in was})


def _with_moved_weights(experiment: Experiment, before: tuple[str, ...], after: tuple[str, ...]) -> Experiment:
    """Columns of the first layer follow their features; those of new features are drawn."""
    spec = experiment.network.layers[0]
    if not isinstance(spec, DenseSpec) or spec.W is None or len(spec.W[0]) != len(before):
        return experiment
    old = np.array(spec.W, np.float64)
    rng = stream(experiment.training.seed, Purpose.WEIGHTS, 0)
    new: NDArray[np.float64] = initializer(spec.init).draw((len(old), len(after)), len(after), len(old), rng)
    for column, feature in enumerate(after):
        if feature in before:
            new[:, column] = old[:, before.index(feature)]
    rows = tuple(tuple(row) for row in new.tolist())
    return with_layer(experiment, 0, msgspec.structs.replace(spec, W=rows))
