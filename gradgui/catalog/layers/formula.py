"""Formula: a landscape with two parameters and no data; what comes out is simply f(w, b)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import numpy as np

from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.layers._base import LayerKind, LayerSpec, WeightedSpec
from gradgui.catalog.lookup import formula
from gradgui.catalog.options import Label
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Array, Shape, Stage
from gradgui.text import Text

V = TypeVar("V")
FormulaId = Annotated[str, Label(Text(en="formula", zh="公式"))]


class FormulaSpec(WeightedSpec, frozen=True, kw_only=True, tag="formula"):
    """The options of a formula."""

    function: FormulaId = "bowl"

    def build(self) -> FormulaLayer:
        """The layer for the engine."""
        return FormulaLayer(formula(self.function))


class FormulaLayer(Layer):
    """a = f(w, b) for every sample alike; w is its one weight, b its one bias."""

    alone = True

    def __init__(self, kind: FormulaKind) -> None:
        self.kind = kind
        self.start = kind.start
        self.span = kind.spans

    def output_shape(self, shape: Shape) -> Shape:
        """One number."""
        return (1,)

    def parameter_shape(self, shape: Shape) -> tuple[int, int]:
        """One weight, and one bias besides."""
        return 1, 1

    def forward(self, site: Site) -> list[Stage]:
        """The value of the formula."""
        return [Stage(EventKind.FORMULA, [(self._apply, (site,))])]

    def backward(self, site: Site) -> list[Stage]:
        """Both derivatives; what came in had no influence."""
        return [
            Stage(EventKind.D_WEIGHT, [(self._slopes, (site,))]),
            Stage(EventKind.D_BIAS),
            Stage(EventKind.D_INPUT, [(site.dx.fill, (0.0,))]),
        ]

    def answers(self, thetas: Array) -> Array:
        """f at every row."""
        w, b = thetas.astype(np.float64).T
        values: Array = self.kind.value(w, b)
        return values

    def _apply(self, site: Site) -> None:
        site.a.fill(self._at(site, self.kind.value))

    def _slopes(self, site: Site) -> None:
        assert site.G is not None
        blame = site.da.sum()
        for column, slope in enumerate(self._at(site, self.kind.slopes)):
            site.G[0, column] = blame * slope

    def _at(self, site: Site, function: Callable[[float, float], V]) -> V:
        """In NumPy numbers, whose overflow is inf instead of an exception."""
        assert site.M is not None
        w, b = site.M[0].astype(np.float64)
        return function(w, b)


class FormulaLayerKind(LayerKind):
    """A landscape without data."""

    id = "formula"
    name = Text(en="Formula", zh="公式")
    latex = r"a=f(W,b)"
    spec = FormulaSpec
    events = (EventKind.FORMULA,)

    def label(self, spec: LayerSpec) -> Text:
        """The name of the formula itself."""
        assert isinstance(spec, FormulaSpec)
        return formula(spec.function).name

    def formula_id(self, spec: LayerSpec) -> str | None:
        """Its id."""
        assert isinstance(spec, FormulaSpec)
        return spec.function


KIND = FormulaLayerKind()
