"""The formula of each event, as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable

from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.layers._base import LayerKind, WeightedSpec
from gradgui.catalog.losses._base import LossKind
from gradgui.catalog.optimizers._base import OptimizerKind
from gradgui.catalog.registry import formula_kinds, layer_kinds
from gradgui.document.compile import Compiled
from gradgui.engine.events import EventKind, EventName
from gradgui.engine.network import How

ALONE = re.compile(r"(?<![a-zA-Z\\])w(?![a-zA-Z])")
"""The parameter in an optimiser's rule."""


def formula(compiled: Compiled, event: EventName, parameter: str = "W") -> str:
    """LaTeX of one event; `parameter` is W or b and only matters for updates."""
    if event.kind is EventKind.UPDATE:
        optimizer = compiled.rule.optimizer
        assert isinstance(optimizer, OptimizerKind)
        return ALONE.sub(parameter, optimizer.latex)
    landscape = _landscape(compiled, event)
    if landscape is not None and event.kind in LANDSCAPE:
        return LANDSCAPE[event.kind](landscape).replace("@w", "W").replace("@b", "b")
    write = FORMULAS.get(event.kind)
    return _kind(compiled, event).latex if write is None else write(compiled, event)


def _kind(compiled: Compiled, event: EventName) -> LayerKind:
    tag = type(compiled.experiment.network.layers[event.layer]).__struct_config__.tag
    return layer_kinds()[str(tag)]


def _landscape(compiled: Compiled, event: EventName) -> FormulaKind | None:
    """The classic landscape that the layer is, if it is one."""
    spec = compiled.experiment.network.layers[event.layer]
    return formula_kinds().get(_kind(compiled, event).formula_id(spec) or "")


LANDSCAPE: dict[EventKind, Callable[[FormulaKind], str]] = {
    EventKind.FORMULA: lambda kind: "a=" + kind.latex,
    EventKind.D_WEIGHT: lambda kind: r"\frac{\partial a}{\partial W}=" + kind.w_latex,
    EventKind.D_BIAS: lambda kind: r"\frac{\partial a}{\partial b}=" + kind.b_latex,
}


def _linear(compiled: Compiled, event: EventName) -> str:
    return r"z=W\ast x+b" if _kind(compiled, event).id == "conv2d" else "z=Wx+b"


def _activated(compiled: Compiled, event: EventName) -> ActivationKind:
    activation = compiled.network.places[event.layer].layer.activation
    assert isinstance(activation, ActivationKind)
    return activation


def _loss(compiled: Compiled) -> LossKind:
    assert isinstance(compiled.network.loss, LossKind)
    return compiled.network.loss


def _over_batch(compiled: Compiled, latex: str, sign: str = "") -> str:
    return rf"\frac{{1}}{{N}}{sign}\left({latex}\right)" if compiled.network.mean else rf"{sign}\left({latex}\right)"


def _value(compiled: Compiled, _: EventName) -> str:
    return "L=" + _over_batch(compiled, _loss(compiled).latex, r"\sum_n")


def _answer(compiled: Compiled, _: EventName) -> str:
    return r"\frac{\partial L}{\partial a_j}=" + _over_batch(compiled, _loss(compiled).gradient_latex)


def _before_activation(compiled: Compiled, event: EventName) -> str:
    if compiled.network.fused and event.layer == len(compiled.network.places) - 1:
        return r"\frac{\partial L}{\partial z_j}=" + _over_batch(compiled, "a_j-y_j")
    slope = _activated(compiled, event).slope_latex
    return rf"\frac{{\partial L}}{{\partial z}}=\frac{{\partial L}}{{\partial a}}\odot f'(z),\quad f'(z)={slope}"


def _join(compiled: Compiled, event: EventName) -> str:
    return r"x=[x_1;x_2]" if compiled.network.places[event.layer].how is How.CONCAT else r"x=\sum_k x_k"


def _weights(compiled: Compiled, event: EventName) -> str:
    if _kind(compiled, event).id == "formula":
        return r"\frac{\partial L}{\partial W}=\sum_n\frac{\partial L}{\partial a_n}\,\frac{\partial f}{\partial W}"
    if compiled.network.places[event.layer].layer.activation is None:
        return r"\frac{\partial L}{\partial W}=\sum_n\frac{\partial L}{\partial a_n}\odot\hat x_n"
    return r"\frac{\partial L}{\partial W}=\sum_n\frac{\partial L}{\partial z_n}\,x_n^{\top}"


def _biases(compiled: Compiled, event: EventName) -> str:
    if _kind(compiled, event).id == "formula":
        return r"\frac{\partial L}{\partial b}=\sum_n\frac{\partial L}{\partial a_n}\,\frac{\partial f}{\partial b}"
    letter = "a" if compiled.network.places[event.layer].layer.activation is None else "z"
    return rf"\frac{{\partial L}}{{\partial b}}=\sum_n\frac{{\partial L}}{{\partial {letter}_n}}"


def _handed_back(compiled: Compiled, event: EventName) -> str:
    weighted = isinstance(compiled.experiment.network.layers[event.layer], WeightedSpec)
    if weighted and compiled.network.places[event.layer].layer.activation is not None:
        return r"\frac{\partial L}{\partial x}=W^{\top}\frac{\partial L}{\partial z}"
    way = r"\left(\frac{\partial a}{\partial x}\right)^{\top}"
    return rf"\frac{{\partial L}}{{\partial x}}={way}\frac{{\partial L}}{{\partial a}}"


FORMULAS: dict[EventKind, Callable[[Compiled, EventName], str]] = {
    EventKind.LINEAR: _linear,
    EventKind.ACTIVATION: lambda compiled, event: "a=" + _activated(compiled, event).latex,
    EventKind.JOIN: _join,
    EventKind.LOSS: _value,
    EventKind.D_OUTPUT: _answer,
    EventKind.D_PREACTIVATION: _before_activation,
    EventKind.D_WEIGHT: _weights,
    EventKind.D_BIAS: _biases,
    EventKind.D_INPUT: _handed_back,
}
"""Other events show the formula of their kind of layer."""
