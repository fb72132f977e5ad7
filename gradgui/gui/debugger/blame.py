"""Why a gradient is zero, how large a layer's share is, and whether the signal fades on its way back."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.gui.debugger.figures import norm
from gradgui.gui.theme import number
from gradgui.session.snapshot import LayerValues, Snapshot
from gradgui.session.terms import inputs_of
from gradgui.text import Text

Array = NDArray[np.float64]

INPUT_ZERO = Text(en="its input is 0", zh="输入为 0")
SWITCHED_OFF = Text(en="{act} is off", zh="{act} 关闭")
CUT_BEHIND = Text(en="the chain is cut behind it", zh="后面断链")
ALREADY_BEST = Text(en="already at its best", zh="已到最优")
CANCELS = Text(en="the samples cancel out", zh="各样本互相抵消")

FADING = Text(en="The signal is fading: {ratio} of the last layer.", zh="信号正在消失：只有最后一层的 {ratio}。")
EXPLODING = Text(en="The signal is exploding: {ratio} × the last layer.", zh="信号正在爆炸：是最后一层的 {ratio} 倍。")
DEAD = Text(en="The signal is dead: nothing arrives here.", zh="信号已死：什么也传不到这里。")

FADES_BELOW, EXPLODES_ABOVE = 0.01, 100.0


def responsibility(values: LayerValues) -> float | None:
    """The length of the layer's known parameter gradients; None while none is known."""
    known = [array for array in (values.dW, values.db) if array is not None]
    return math.hypot(*(norm(array) for array in known)) if known else None


def largest_responsibility(snapshot: Snapshot) -> float | None:
    """The share of the layer that answers for most; None until every layer has been asked."""
    if not all(map(is_complete, snapshot.layers)):
        return None
    return max((responsibility(values) or 0.0 for values in snapshot.layers), default=0.0)


def is_complete(values: LayerValues) -> bool:
    """Whether every parameter of the layer has been asked."""
    return (values.W is None or values.dW is not None) and (values.b is None or values.db is not None)


def shares(values: Array) -> Array:
    """Each number's part of the blame, without its sign: 0 to 1, together 1 unless all are 0.

    After a blow-up those that are no finite numbers have all of it, the same each.
    """
    sizes = np.abs(values)
    if not np.isfinite(sizes).all():
        sizes = np.where(np.isfinite(sizes), 0.0, 1.0)
    largest = sizes.max(initial=0.0)
    if largest == 0:
        return np.zeros_like(sizes)
    sizes = sizes / largest  # the sum of huge ones would be infinite
    return np.asarray(sizes / sizes.sum())


def why_zero(snapshot: Snapshot, layer: int, unit: int, column: int | None) -> Text:
    """The reason why a weight (from input `column`) or a bias (None) of `unit` has gradient 0."""
    values, info = snapshot.layers[layer], snapshot.network.layers[layer]
    last = snapshot.layers[-1].da if snapshot.layers[-1].da is not None else snapshot.layers[-1].dz
    if last is not None and not np.any(last):
        return ALREADY_BEST
    if values.dz is not None and unit < values.dz.shape[1] and not np.any(values.dz[:, unit]):
        arrives = values.da is not None and np.any(values.da[:, unit])
        return SWITCHED_OFF.filled(act=info.label) if arrives else CUT_BEHIND
    x = inputs_of(snapshot, layer)
    if column is not None and x is not None and column < x.shape[1] and not np.any(x[:, column]):
        return INPUT_ZERO
    return CANCELS


def alarm(snapshot: Snapshot, layer: int) -> Text | None:
    """A warning when far less or far more blame reaches this layer than the last one."""
    here, last = snapshot.layers[layer].dz, snapshot.layers[-1].dz
    if here is None or last is None or layer == len(snapshot.layers) - 1:
        return None
    source = norm(last)
    if source == 0 or not np.isfinite(source):
        return None
    ratio = norm(here) / source
    if ratio == 0:
        return DEAD
    if ratio < FADES_BELOW:
        return FADING.filled(ratio=number(ratio, 2))
    if ratio > EXPLODES_ABOVE:
        return EXPLODING.filled(ratio=number(ratio, 3))
    return None
