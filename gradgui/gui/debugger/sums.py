"""Writing sums in LaTeX: a few terms in full, the rest as dots."""

from __future__ import annotations

from collections.abc import Callable

SHOWN = 4
"""Longer sums show their first three terms and the last."""


def short_sum(count: int, term: Callable[[int], str]) -> str:
    """The sum of `count` terms; `term(i)` writes the i-th, with a leading minus where it is negative."""
    shown = range(count) if count <= SHOWN else range(SHOWN - 1)
    words = "".join(_joined(term(i), first=i == 0) for i in shown)
    if count > SHOWN:
        words += r"\allowbreak +\dots" + _joined(term(count - 1), first=False)
    return words or "0"


def over(numerator: str, n: int | str) -> str:
    """numerator / n, where dividing by 1 is left out."""
    return numerator if n == 1 else rf"\frac{{{numerator}}}{{{n}}}"


def partial(symbol: str) -> str:
    """∂L/∂symbol."""
    return rf"\frac{{\partial L}}{{\partial {symbol}}}"


def _joined(term: str, first: bool) -> str:
    if first:
        return term
    return rf"\allowbreak {term if term.startswith('-') else '+' + term}"
