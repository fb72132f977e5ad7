"""Activations and initialisers by the name that stands in a file."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.initializers._base import InitializerKind
from gradgui.engine.parts import Activation
from gradgui.errors import UserError
from gradgui.text import Text


def initializer(name: str) -> InitializerKind:
    """The initialiser called `name`; raises UserError if there is none."""
    from gradgui.catalog.registry import initializer_kinds

    kinds = initializer_kinds()
    if name not in kinds:
        raise UserError(
            Text(
                en="There is no initialiser called {name}; there are {known}.",
                zh="没有名为 {name} 的初始化方法；可用的有 {known}。",
            ),
            name=name,
            known=", ".join(sorted(kinds)),
        )
    return kinds[name]


def formula(name: str) -> FormulaKind:
    """The classic landscape called `name`; raises UserError if there is none."""
    from gradgui.catalog.registry import formula_kinds

    kinds = formula_kinds()
    if name not in kinds:
        raise UserError(
            Text(
                en="There is no formula called {name}; there are {known}.",
                zh="没有名为 {name} 的公式；可用的有 {known}。",
            ),
            name=name,
            known=", ".join(sorted(kinds)),
        )
    return kinds[name]


def activation(name: str) -> Activation:
    """The activation called `name`; raises UserError if there is none."""
    from gradgui.catalog.registry import activation_kinds  # the registry imports the layers, which ask here

    kinds = activation_kinds()
    if name not in kinds:
        raise UserError(
            Text(
                en="There is no activation called {name}; there are {known}.",
                zh="没有名为 {name} 的激活函数；可用的有 {known}。",
            ),
            name=name,
            known=", ".join(sorted(kinds)),
        )
    return kinds[name]
