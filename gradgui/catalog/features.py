"""Feature maps: what the network is shown of a point's raw inputs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gradgui.errors import UserError
from gradgui.text import Text

Array = NDArray[np.float64]

MAPS: dict[str, tuple[str, Callable[..., Array], tuple[str, ...]]] = {
    "x1^2": ("x1²", np.square, ("x1",)),
    "x2^2": ("x2²", np.square, ("x2",)),
    "x1*x2": ("x1·x2", np.multiply, ("x1", "x2")),
    "sin(x1)": ("sin x1", np.sin, ("x1",)),
    "sin(x2)": ("sin x2", np.sin, ("x2",)),
    "cos(x1)": ("cos x1", np.cos, ("x1",)),
    "cos(x2)": ("cos x2", np.cos, ("x2",)),
}
"""How people write it, the function, and what it is made from."""


def shown(feature: str) -> str:
    """A feature as people write it: x1² for x1^2."""
    return MAPS[feature][0] if feature in MAPS else feature


def mapped(x: Array, names: tuple[str, ...], features: tuple[str, ...] | None) -> Array:
    """(N, raw inputs) → (N, features); raises UserError for a feature that these inputs cannot give."""
    if features is None:
        return x
    if not features:
        raise UserError(
            Text(en="features: there is none left; keep at least one.", zh="features：至少要保留一个特征。")
        )
    raw = dict(zip(names, x.T, strict=True))
    return np.stack([_column(feature, raw) for feature in features], axis=1)


def _column(feature: str, raw: dict[str, Array]) -> Array:
    if feature in raw:
        return raw[feature]
    if feature in MAPS:
        _, function, sources = MAPS[feature]
        if all(source in raw for source in sources):
            return function(*(raw[source] for source in sources))
    raise UserError(
        Text(
            en="features: {feature} cannot be made from the inputs {names}.",
            zh="features：无法由输入 {names} 得到 {feature}。",
        ),
        feature=feature,
        names=", ".join(list(raw)[:12]) + (", …" if len(raw) > 12 else ""),
    )
