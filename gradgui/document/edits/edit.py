"""What an edit is: a function from one experiment to the next, and its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Concatenate, Generic, ParamSpec, TypeVar

import msgspec
from msgspec import inspect

from gradgui.catalog.layers._base import LayerSpec, WeightedSpec
from gradgui.document.experiment import Experiment
from gradgui.document.explain import problem
from gradgui.document.rules import check
from gradgui.errors import UserError
from gradgui.text import Text, same

P = ParamSpec("P")
S = TypeVar("S", bound=msgspec.Struct)

NO_LAYER = Text(en="There is no layer {number}.", zh="没有第 {number} 层。")


class Edit(Generic[P]):
    """Call it with an experiment to get the next one; the old one stays as it is.

    Raises UserError, in one sentence, where the result would be no experiment.
    """

    def __init__(self, change: Callable[Concatenate[Experiment, P], Experiment], name: Text) -> None:
        self._change = change
        self.name = name
        """What undo shows: "add layer"."""
        self.__doc__ = change.__doc__

    def __call__(self, experiment: Experiment, *args: P.args, **kwargs: P.kwargs) -> Experiment:
        """The experiment after the edit; the very same one if nothing changes."""
        new = self._change(experiment, *args, **kwargs)
        if new == experiment:
            return experiment
        check(new)
        return new


def edit(name: Text) -> Callable[[Callable[Concatenate[Experiment, P], Experiment]], Edit[P]]:
    """Make a function an edit of that name."""
    return lambda change: Edit(change, name)


def with_layers(experiment: Experiment, layers: Sequence[LayerSpec]) -> Experiment:
    """The same experiment with other layers."""
    return experiment.with_(network=msgspec.structs.replace(experiment.network, layers=tuple(layers)))


def with_layer(experiment: Experiment, index: int, spec: LayerSpec) -> Experiment:
    """The same experiment with one other layer."""
    layers = list(experiment.network.layers)
    layers[index] = spec
    return with_layers(experiment, layers)


def layer_at(experiment: Experiment, index: int) -> LayerSpec:
    """The layer number `index`, from 0; raises UserError if there is none."""
    layers = experiment.network.layers
    if not 0 <= index < len(layers):
        raise UserError(NO_LAYER, number=index + 1)
    return layers[index]


def valid(spec: S, place: str) -> S:
    """The same value after a look at every type and range; raises UserError with the place.

    Weights are left out: they are many, and looked at one by one where they are set.
    """
    if not isinstance(spec, WeightedSpec):
        return _converted(spec, place)
    light = _converted(msgspec.structs.replace(spec, W=None, b=None), place)
    return msgspec.structs.replace(light, W=spec.W, b=spec.b)


def _converted(spec: S, place: str) -> S:
    raw = msgspec.to_builtins(spec)
    found = problem(raw, _shape(type(spec)), place)
    if found is not None:
        raise UserError(found)
    return msgspec.convert(raw, type(spec))


def changed(spec: S, place: str, options: dict[str, object]) -> S:
    """A copy with other options; raises UserError for what does not exist or is out of range."""
    unknown = next((name for name in options if name not in spec.__struct_fields__), None)
    if unknown is not None:
        raw: dict[str, object] = msgspec.to_builtins(spec) | {unknown: None}
        raise UserError(problem(raw, _shape(type(spec)), place) or same(unknown))
    return valid(msgspec.structs.replace(spec, **options), place)


def built(kind: type[S], place: str, options: dict[str, object]) -> S:
    """A value of that kind; raises UserError for what does not exist or is out of range."""
    tag = kind.__struct_config__.tag
    raw = ({} if tag is None else {kind.__struct_config__.tag_field: tag}) | options
    found = problem(raw, _shape(kind), place)
    if found is not None:
        raise UserError(found)
    return msgspec.convert(raw, kind)


@cache
def _shape(kind: type[msgspec.Struct]) -> inspect.Type:
    return inspect.type_info(kind)
