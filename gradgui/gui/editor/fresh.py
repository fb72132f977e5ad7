"""Which neurons are new after an edit, so that they can shine for a moment."""

from __future__ import annotations

from gradgui.gui.editor.details import NodeHit
from gradgui.session.snapshot import LayerInfo, NetworkInfo


def new_neurons(before: NetworkInfo, now: NetworkInfo) -> list[NodeHit]:
    """Neurons of layers that were not there, and those by which a layer grew."""
    head = _alike(before.layers, now.layers)
    tail = min(_alike(before.layers[::-1], now.layers[::-1]), min(len(before.layers), len(now.layers)) - head)
    found: list[NodeHit] = []
    added = len(now.layers) - len(before.layers)
    for layer in range(head, len(now.layers) - tail):
        old = before.layers[layer] if added <= 0 and layer < len(before.layers) else None
        first = old.units if old is not None and old.kind == now.layers[layer].kind else 0
        found += [NodeHit(layer, unit) for unit in range(first, now.layers[layer].units)]
    return found


def _alike(before: tuple[LayerInfo, ...], now: tuple[LayerInfo, ...]) -> int:
    """How many layers from the start are of the same kind and size."""
    pairs = list(zip(before, now, strict=False))
    return next((n for n, (a, b) in enumerate(pairs) if _face(a) != _face(b)), len(pairs))


def _face(info: LayerInfo) -> tuple[object, ...]:
    return info.kind, info.units, info.activation
