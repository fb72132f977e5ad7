"""Feature maps: what the network is shown of a point's raw inputs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gradgui.errors import UserError
from gradgui.text import Text

Column = NDArray[np.float64]

MAPS: dict[str, Callable[[Column, Column], Column]] = {
    "x1^2": lambda a, b: a * a,
    "x2^2": lambda a, b: b * b,
    "x1*x2": lambda a, b: a * b,
    "sin(x1)": lambda a, b: np.sin(a),
    "sin(x2)": lambda a, b: np.sin(b),
    "cos(x1)": lambda a, b: np.cos(a),
    "cos(x2)": lambda a, b: np.cos(b),
}
"""Made from the first two raw inputs."""

SYMBOLS = {
    "x1^2": "x1²",
    "x2^2": "x2²",
    "x1*x2": "x1·x2",
    "sin(x1)": "sin x1",
    "cos(x1)": "cos x1",
    "sin(x2)": "sin x2",
    "cos(x2)": "cos x2",
}
"""How people write them."""


def mapped(x: NDArray[np.float64], names: tuple[str, ...], features: tuple[str, ...] | None) -> NDArray[np.float64]:
    """(N, raw inputs) → (N, features); raises UserError for a feature that these inputs cannot give."""
    if features is None:
        return x
    raw = dict(zip(names, x.T, strict=True))
    return np.stack([_column(feature, raw) for feature in features], axis=1)


def _column(feature: str, raw: dict[str, Column]) -> Column:
    if feature in raw:
        return raw[feature]
    if feature in MAPS and "x1" in raw and ("x2" in raw or "x2" not in feature):
        first = raw["x1"]
        return MAPS[feature](first, raw.get("x2", first))
    raise UserError(
        Text(
            en="features: {feature} cannot be made from the inputs {names}.",
            zh="features：无法由输入 {names} 得到 {feature}。",
        ),
        feature=feature,
        names=", ".join(raw),
    )
