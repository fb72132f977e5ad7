"""What can be taken hold of to change the network: plus signs, unit counts, activations, links."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit


@dataclass(frozen=True, slots=True)
class AddHit:
    """The plus sign before layer `index`; the number of layers for the one before the loss."""

    index: int


@dataclass(frozen=True, slots=True)
class KindsHit:
    """The small arrow above a plus sign, which offers every kind of layer."""

    index: int


@dataclass(frozen=True, slots=True)
class StepHit:
    """The minus or plus sign beside a layer's number of units."""

    layer: int
    by: int


@dataclass(frozen=True, slots=True)
class CountHit:
    """A layer's number of units."""

    layer: int


@dataclass(frozen=True, slots=True)
class DropHit:
    """The cross that deletes a layer."""

    layer: int


@dataclass(frozen=True, slots=True)
class ActivationHit:
    """The name of a layer's activation."""

    layer: int


@dataclass(frozen=True, slots=True)
class LinkHit:
    """A skip link, from layer `source` (−1 for the input) to layer `target`."""

    source: int
    target: int


@dataclass(frozen=True, slots=True)
class HowHit:
    """The sign on a skip link that says whether it is added or put beside."""

    source: int
    target: int


@dataclass(frozen=True, slots=True)
class FeatureHit:
    """The switch of a feature under the inputs, and what a click would do: show it to the network, or not."""

    feature: str
    on: bool


Handle = AddHit | KindsHit | StepHit | CountHit | DropHit | ActivationHit | LinkHit | HowHit | FeatureHit
Target = NodeHit | EdgeHit | LayerHit | Handle
"""Anything the pointer or the keyboard can touch."""


def layer_of(target: Target | None) -> int | None:
    """The layer that something belongs to; −1 for the inputs, None for what stands between layers."""
    if isinstance(target, AddHit | KindsHit | LinkHit | HowHit | FeatureHit) or target is None:
        return None
    return target.layer
