"""What an edit touches: only words, the way of learning, the numbers, or the network and its data themselves."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from pathlib import Path

import msgspec

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.layers._base import LayerSpec, WeightedSpec
from gradgui.catalog.layers.batch_norm import BatchNormSpec
from gradgui.document.edits.edit import with_layers
from gradgui.document.experiment import Experiment
from gradgui.document.fitting import fitted
from gradgui.document.suiting import suited
from gradgui.document.wiring import input_shape
from gradgui.engine.tape import Shape


class Change(IntEnum):
    """From the smallest to the largest; a larger one takes in the smaller ones."""

    NOTHING = 0
    WORDS = 1
    """A title: nothing that is computed."""
    SETTINGS = 2
    """The same network learns on from where it is, in another way."""
    WEIGHTS = 3
    """The same network with other parameters."""
    START = 4
    """Another network, other examples or another seed: a new run begins."""


def change_between(old: Experiment, new: Experiment) -> Change:
    """The largest change from one experiment to the next."""
    if old is new or old == new:
        return Change.NOTHING
    if _frame(old) != _frame(new):
        return Change.START
    if _numbers(old) != _numbers(new):
        return Change.WEIGHTS
    return Change.WORDS if old.with_(title=new.title) == new else Change.SETTINGS


def only_numbers_differ(old: Experiment, new: Experiment) -> bool:
    """Whether weights and biases are all that an edit touches."""
    kept = [
        _with_numbers_of(spec, old_spec) for spec, old_spec in zip(new.network.layers, old.network.layers, strict=True)
    ]
    return with_layers(new, kept) == old


def made_to_fit(
    new: Experiment, old: Experiment, old_shape: Shape, folder: Path | None = None, chosen: Collection[Path] = ()
) -> Experiment:
    """The experiment after an edit, with every weight that still has a place and an end that suits its examples.

    `old_shape` is the shape of one sample that the network of the experiment before takes in.
    """
    shape = old_shape
    if (new.data, new.features) != (old.data, old.features):
        examples = new.data.load(folder, chosen)
        new = suited(new, examples) if new.data != old.data else new
        shape = sample_shape(new, examples)
    return fitted(new, shape, (old, old_shape))


def sample_shape(experiment: Experiment, examples: Examples) -> Shape:
    """The shape of one sample that the network takes in."""
    inputs = examples.x.shape[1] if experiment.features is None else len(experiment.features)
    return input_shape(experiment, examples, inputs)


def _with_numbers_of(spec: LayerSpec, by: LayerSpec) -> LayerSpec:
    """A layer with the numbers of another."""
    if isinstance(spec, WeightedSpec) and isinstance(by, WeightedSpec):
        return msgspec.structs.replace(spec, W=by.W, b=by.b)
    return spec


def _frame(experiment: Experiment) -> object:
    """All that a new run must begin for."""
    layers = tuple(_bare(spec) for spec in experiment.network.layers)
    return experiment.data, experiment.features, experiment.network.links, layers, experiment.training.seed


def _bare(spec: LayerSpec) -> LayerSpec:
    """A layer without its name, its numbers and how they were drawn."""
    if isinstance(spec, BatchNormSpec):
        spec = msgspec.structs.replace(spec, mean=None, var=None)
    if isinstance(spec, WeightedSpec):
        return msgspec.structs.replace(spec, W=None, b=None, frozen=(), name=None, init=INIT)
    return msgspec.structs.replace(spec, name=None)


def _numbers(experiment: Experiment) -> object:
    return tuple((spec.W, spec.b) for spec in experiment.network.layers if isinstance(spec, WeightedSpec))


INIT = "zeros"
"""Any initialiser: what was drawn is kept, whatever would draw it another time."""
