"""Edits of the row of layers."""

from __future__ import annotations

import msgspec

from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.registry import layer_kinds
from gradgui.document.edits.edit import built, changed, edit, layer_at, valid, with_layer, with_layers
from gradgui.document.edits.links import renumbered
from gradgui.document.experiment import Experiment
from gradgui.document.explain import EXPECTED, ONE_OF, shown
from gradgui.document.rules import HIDDEN_LAYERS_IN_WINDOW
from gradgui.errors import UserError
from gradgui.text import Text

FULL = Text(
    en="There are {limit} hidden layers already; that is as many as the window can show.",
    zh="已有 {limit} 个隐藏层，窗口最多只能显示这么多。",
)
LAST_ONE = Text(
    en="The last layer cannot be removed; a network needs at least one.", zh="最后一层不能删除；网络至少要有一层。"
)
NO_UNITS = Text(en="A layer of this kind has no number of units to change.", zh="这种层没有可以修改的神经元数。")
NO_ACTIVATION = Text(en="A layer of this kind has no activation.", zh="这种层没有激活函数。")
USUAL_SIZE = 4
"""Units or filters of a new layer."""


@edit(Text(en="add layer", zh="添加层"))
def insert_layer(experiment: Experiment, index: int, spec: LayerSpec) -> Experiment:
    """Put a layer before layer `index`; `index` may be the number of layers, for the end."""
    _has_room(experiment)
    layers = list(experiment.network.layers)
    layers.insert(index, valid(spec, f"network.layers[{index}]"))
    return renumbered(with_layers(experiment, layers), lambda old: old + (old >= index))


@edit(Text(en="delete layer", zh="删除层"))
def remove_layer(experiment: Experiment, index: int) -> Experiment:
    """Take a layer out; links from and to it go as well."""
    layer_at(experiment, index)
    layers = list(experiment.network.layers)
    if len(layers) == 1:
        raise UserError(LAST_ONE)
    del layers[index]
    return renumbered(with_layers(experiment, layers), lambda old: None if old == index else old - (old > index))


@edit(Text(en="duplicate layer", zh="复制层"))
def duplicate_layer(experiment: Experiment, index: int) -> Experiment:
    """Put a copy right behind a layer."""
    _has_room(experiment)
    layers = list(experiment.network.layers)
    layers.insert(index + 1, layer_at(experiment, index))
    return renumbered(with_layers(experiment, layers), lambda old: old + (old > index))


@edit(Text(en="move layer", zh="移动层"))
def move_layer(experiment: Experiment, index: int, to: int) -> Experiment:
    """Put a layer at another place in the row; links go with their layers, as far as they still point forward."""
    layer_at(experiment, index)
    layer_at(experiment, to)
    order = list(range(len(experiment.network.layers)))
    order.insert(to, order.pop(index))
    layers = [experiment.network.layers[old] for old in order]
    return renumbered(with_layers(experiment, layers), order.index)


@edit(Text(en="change units", zh="修改神经元数"))
def set_units(experiment: Experiment, index: int, units: int) -> Experiment:
    """Give a layer another number of units, or a convolution another number of filters."""
    spec = layer_at(experiment, index)
    name = next((name for name in ("units", "filters") if hasattr(spec, name)), None)
    if name is None:
        raise UserError(NO_UNITS)
    return _with_options(experiment, index, {name: units})


@edit(Text(en="change activation", zh="修改激活函数"))
def set_activation(experiment: Experiment, index: int, activation: str) -> Experiment:
    """Give a layer another activation, by its id."""
    if not hasattr(layer_at(experiment, index), "activation"):
        raise UserError(NO_ACTIVATION)
    return _with_options(experiment, index, {"activation": activation})


@edit(Text(en="change all activations", zh="修改全部激活函数"))
def set_hidden_activations(experiment: Experiment, activation: str) -> Experiment:
    """Squash the sums of every hidden layer by the same other function; the last layer keeps its own."""
    for index, layer in enumerate(experiment.network.layers[:-1]):
        if hasattr(layer, "activation"):
            experiment = _with_options(experiment, index, {"activation": activation})
    return experiment


@edit(Text(en="change layer", zh="修改层"))
def set_options(experiment: Experiment, /, index: int, **options: object) -> Experiment:
    """Give a layer other options, such as rate, size or init."""
    return _with_options(experiment, index, options)


@edit(Text(en="change kind of layer", zh="修改层的类型"))
def set_kind(experiment: Experiment, index: int, kind: str) -> Experiment:
    """Make a layer one of another kind; options that both kinds know are kept."""
    old = layer_at(experiment, index)
    place = f"network.layers[{index}]"
    if kind not in layer_kinds():
        known = ONE_OF.filled(known=", ".join(layer_kinds()))
        raise UserError(EXPECTED, place=f"{place}.kind", wanted=known, got=shown(kind))
    return with_layer(experiment, index, new_layer(kind, old, place))


@edit(Text(en="rename layer", zh="重命名层"))
def set_layer_name(experiment: Experiment, index: int, name: Text | None) -> Experiment:
    """Give a layer a name, or none."""
    return _with_options(experiment, index, {"name": name})


def new_layer(kind: str, like: LayerSpec | None = None, place: str = "network.layers") -> LayerSpec:
    """A layer of that kind with the usual options, or those of another layer as far as both kinds know them."""
    spec = layer_kinds()[kind].spec
    given: dict[str, object] = {} if like is None else msgspec.to_builtins(like)
    options: dict[str, object] = {}
    for field in msgspec.structs.fields(spec):
        if field.name in ("W", "b", "frozen"):
            continue
        if field.encode_name in given:
            options[field.encode_name] = given[field.encode_name]
        elif field.required:
            options[field.encode_name] = _size_of(like)
    return built(spec, place, options)


def _size_of(like: LayerSpec | None) -> int:
    """Units and filters stand for each other."""
    size = getattr(like, "units", getattr(like, "filters", USUAL_SIZE))
    return size if isinstance(size, int) else USUAL_SIZE


def _with_options(experiment: Experiment, index: int, options: dict[str, object]) -> Experiment:
    spec = layer_at(experiment, index)
    return with_layer(experiment, index, changed(spec, f"network.layers[{index}]", options))


def _has_room(experiment: Experiment) -> None:
    if len(experiment.network.layers) > HIDDEN_LAYERS_IN_WINDOW:
        raise UserError(FULL, limit=HIDDEN_LAYERS_IN_WINDOW)
