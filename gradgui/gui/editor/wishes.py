"""Edits that somebody asks for with the mouse or the keyboard, ready to be tried."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from gradgui.catalog.registry import layer_kinds
from gradgui.document import edits
from gradgui.document.edits.layers import new_layer
from gradgui.document.experiment import Experiment
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.handles import AddHit, CountHit, FeatureHit, LinkHit, Target
from gradgui.text import Text

MOST_UNITS = 64
HOW = Text(en="change link", zh="修改连线")


@dataclass(frozen=True, slots=True)
class Wish:
    """An edit with its arguments, and the place in the network that it is about."""

    edit: Callable[..., Experiment]
    args: tuple[object, ...]
    at: Target | None = None
    """Where to say it if it cannot be."""
    key: object = None
    """Wishes in a row with the same key are one edit."""
    options: dict[str, object] = field(default_factory=dict)
    name: Text | None = None


def add_layer(experiment: Experiment, index: int, kind: str = "dense") -> Wish:
    """A layer of that kind before layer `index`; it looks like its neighbours as far as it can."""
    layers = experiment.network.layers
    spec = new_layer(kind)
    like = layers[index - 1] if index == len(layers) else _nearest(experiment, index, "activation")
    fitting: dict[str, object] = {}
    if hasattr(spec, "activation") and hasattr(like, "activation"):
        fitting["activation"] = getattr(like, "activation")  # noqa: B009 - not every kind has one
    if index == len(layers) and hasattr(spec, "units") and hasattr(like, "units"):
        fitting["units"] = getattr(like, "units")  # noqa: B009
    return Wish(edits.insert_layer, (index, msgspec.structs.replace(spec, **fitting)), AddHit(index))


def _nearest(experiment: Experiment, index: int, option: str) -> object:
    """The hidden layer before, or the one behind, that has such an option."""
    hidden = experiment.network.layers[:-1]
    order = sorted(range(len(hidden)), key=lambda n: (abs(n - index + 0.5), n))
    return next((hidden[n] for n in order if hasattr(hidden[n], option)), None)


def remove_layer(layer: int) -> Wish:
    """Take a layer out."""
    return Wish(edits.remove_layer, (layer,), LayerHit(layer))


def remove_unit(hit: NodeHit) -> Wish:
    """Take one neuron out."""
    return Wish(edits.remove_unit, (hit.layer, hit.unit), hit)


def duplicate_layer(layer: int) -> Wish:
    """Put a copy behind a layer."""
    return Wish(edits.duplicate_layer, (layer,), LayerHit(layer))


def move_layer(layer: int, to: int) -> Wish:
    """Put a layer elsewhere in the row."""
    return Wish(edits.move_layer, (layer, to), LayerHit(layer))


def set_units(layer: int, units: int) -> Wish:
    """Another number of units; clicks in a row on the same sign stay single edits."""
    return Wish(edits.set_units, (layer, units), CountHit(layer))


def set_feature(feature: str, on: bool, inputs: tuple[str, ...]) -> Wish:
    """Show the network one feature more or less."""
    return Wish(edits.set_feature, (feature, on, inputs), FeatureHit(feature, on))


def set_activation(layer: int, activation: str) -> Wish:
    """Another activation."""
    return Wish(edits.set_activation, (layer, activation), LayerHit(layer))


def set_kind(layer: int, kind: str) -> Wish:
    """Another kind of layer."""
    return Wish(edits.set_kind, (layer, kind), LayerHit(layer))


def set_option(layer: int, name: str, value: object) -> Wish:
    """Another value of one of the options that a kind of layer declares."""
    return Wish(edits.set_options, (layer,), LayerHit(layer), options={name: value})


def set_name(layer: int, name: Text | None) -> Wish:
    """Another name."""
    return Wish(edits.set_layer_name, (layer, name), LayerHit(layer))


def set_value(hit: EdgeHit | NodeHit, value: float, key: object = None) -> Wish:
    """Another weight, or another bias."""
    if isinstance(hit, EdgeHit):
        return Wish(edits.set_weight, (hit.layer, hit.unit, hit.source, value), hit, key)
    return Wish(edits.set_bias, (hit.layer, hit.unit, value), hit, key)


def hold(layer: int, name: str, frozen: bool, at: Target | None = None) -> Wish:
    """Let a parameter stay as it is from now on, or learn again: W, b, W[0,1], b[2]."""
    return Wish(edits.freeze if frozen else edits.unfreeze, (layer, name), at or LayerHit(layer))


def add_link(source: int, target: int, alike: bool) -> Wish:
    """A skip link: added where the shapes are alike, else put beside."""
    return Wish(edits.add_link, (source, target, "add" if alike else "concat"), LayerHit(target))


def remove_link(source: int, target: int) -> Wish:
    """Take a skip link away."""
    return Wish(edits.remove_link, (source, target), LinkHit(source, target))


def set_how(source: int, target: int, how: str) -> Wish:
    """Add what a link brings, or put it beside."""
    return Wish(_with_how, (source, target, how), LinkHit(source, target), name=HOW)


def _with_how(experiment: Experiment, source: int, target: int, how: str) -> Experiment:
    return edits.add_link(edits.remove_link(experiment, source, target), source, target, how)


def stepped(value: float, steps: float, fine: bool) -> float:
    """A value some steps further, on round numbers; a step is a tenth of its power of ten.

    What is no number after a blow-up is led back from 0.
    """
    value = value if math.isfinite(value) else 0.0
    unit = 10.0 ** math.floor(math.log10(max(abs(value), 1.0))) / 10
    parts = 10 if fine else 1
    return round(round((value / unit + steps) * parts) * unit / parts, 12)


def kind_names() -> list[tuple[str, Text]]:
    """Every kind of layer that can be put into a network, dense first."""
    order = (
        "dense",
        "dropout",
        "batch_norm",
        "layer_norm",
        "conv2d",
        "max_pool",
        "avg_pool",
        "flatten",
        "add",
        "concat",
    )
    kinds = layer_kinds()
    known = [name for name in order if name in kinds]
    rest = [name for name in kinds if name not in order and name != "formula"]
    return [(name, kinds[name].name) for name in (*known, *rest)]
