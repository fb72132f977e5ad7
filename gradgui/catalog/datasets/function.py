"""Function: a formula that the user typed, seen at points drawn by lot."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec
from gradgui.catalog.options import Label, Range
from gradgui.errors import UserError
from gradgui.expressions import parse
from gradgui.text import Text

Array = NDArray[np.float64]
End = Annotated[float, Range(-1e6, 1e6)]

LARGEST = 1e100
"""Squares of larger values would overflow."""


class FunctionSpec(GeneratedSpec, frozen=True, kw_only=True, tag="function"):
    """y = f(x1) or f(x1, x2); noise 1 scatters as far as half of the values' range."""

    expression: Annotated[str, Label(Text(en="y =", zh="y ="))]
    inputs: Annotated[int, Range(1, 2), Label(Text(en="inputs", zh="输入个数"))] = 2
    low: Annotated[End, Label(Text(en="from", zh="从"))] = -5.0
    high: Annotated[End, Label(Text(en="to", zh="到"))] = 5.0

    @classmethod
    def first(cls) -> FunctionSpec:
        """A formula to be typed over."""
        return cls(expression="sin(x1) + x2 / 5")

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples; raises UserError where the formula is wrong or has no value."""
        if self.low >= self.high:
            raise UserError(
                Text(
                    en="data: from {low:g} to {high:g} there is no room; data.low must be less than data.high.",
                    zh="data：{low:g} 到 {high:g} 没有范围；data.low 必须小于 data.high。",
                ),
                low=self.low,
                high=self.high,
            )
        x = rng.uniform(self.low, self.high, (self.points, self.inputs))
        y = self._values(x)
        half = (y.max() - y.min()) / 2 or 1.0
        y = y + rng.uniform(-1, 1, self.points) * self.noise * half
        return Examples(x, y[:, None], names=("x1", "x2")[: self.inputs])

    def _values(self, x: Array) -> Array:
        columns = dict(zip(("x1", "x2"), x.T, strict=False))
        if self.inputs == 1:
            columns["x"] = x[:, 0]
        try:
            y = parse(self.expression, columns).column(columns, len(x))
        except UserError as error:
            raise UserError(
                Text(en="{place}: {why}", zh="{place}：{why}"), place="data.expression", why=error.text
            ) from None
        _refuse_holes(self.expression, x, y)
        return y


def _refuse_holes(expression: str, x: Array, y: Array) -> None:
    holes = np.flatnonzero(~(np.abs(y) <= LARGEST))
    if holes.size:
        where = ", ".join(f"x{i + 1} = {value:.3g}" for i, value in enumerate(x[holes[0]])).replace("-", "−")
        raise UserError(
            Text(
                en="data.expression: “{expression}” has no value, or too large a one, at {where}.",
                zh="data.expression：“{expression}”在 {where} 处没有值，或者值太大。",
            ),
            expression=expression,
            where=where,
        )


class FunctionKind(DataKind):
    """y = f(x1) or f(x1, x2), typed by the user."""

    id = "function"
    name = Text(en="Typed function", zh="自定义函数")
    spec = FunctionSpec
    generated = True
    inputs = None


KIND = FunctionKind()
