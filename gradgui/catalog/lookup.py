"""Activations, initialisers and formulas by the name that stands in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.initializers._base import InitializerKind
from gradgui.engine.parts import Activation
from gradgui.errors import UserError
from gradgui.text import Text

K = TypeVar("K")

# The registry imports the layers, and they ask here: each function fetches its family only when it is called.


def initializer(name: str) -> InitializerKind:
    """The initialiser called `name`; raises UserError if there is none."""
    from gradgui.catalog.registry import initializer_kinds

    return _named(name, initializer_kinds(), Text(en="initialiser", zh="初始化方法"))


def formula(name: str) -> FormulaKind:
    """The classic landscape called `name`; raises UserError if there is none."""
    from gradgui.catalog.registry import formula_kinds

    return _named(name, formula_kinds(), Text(en="formula", zh="公式"))


def activation(name: str) -> Activation:
    """The activation called `name`; raises UserError if there is none."""
    from gradgui.catalog.registry import activation_kinds

    return _named(name, activation_kinds(), Text(en="activation", zh="激活函数"))


def _named(name: str, kinds: Mapping[str, K], family: Text) -> K:
    if name not in kinds:
        raise UserError(
            Text(
                en="There is no {family} called {name}; there are {known}.",
                zh="没有名为 {name} 的{family}；可用的有 {known}。",
            ),
            family=family,
            name=name,
            known=", ".join(sorted(kinds)),
        )
    return kinds[name]
