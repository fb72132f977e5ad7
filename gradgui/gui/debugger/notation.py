"""Formulas of activations and losses, with numbers put in, keyed by catalog id.

In a template `@` stands for z as it is and `#` for z in brackets where it carries a sign. Losses write one sample's
share. Ids that are missing here fall back to a general letter, so that a new catalog entry never breaks the debugger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activation:
    """f(z) and f′(z); `below` and `slope_below` where z ≤ 0 follows another rule."""

    formula: str
    slope: str
    below: str | None = None
    slope_below: str | None = None
    general: str | None = None
    """How f(z) is written when the sign of z is left open."""

    def at(self, z: float) -> str:
        """The branch that z falls into."""
        return self.below if self.below is not None and z <= 0 else self.formula

    def slope_at(self, z: float) -> str:
        """The slope of that branch."""
        return self.slope_below if self.slope_below is not None and z <= 0 else self.slope


ACTIVATIONS = {
    "identity": Activation("@", "1"),
    "relu": Activation(r"\max(0,\,@)", "1", slope_below="0"),
    "leaky_relu": Activation(r"\max(0.01\cdot #,\,@)", "1", slope_below="0.01"),
    "elu": Activation(
        "@",
        "1",
        below="e^{@}-1",
        slope_below="e^{@}",
        general=r"\begin{cases}@&@>0\\ e^{@}-1&@\leq 0\end{cases}",
    ),
    "sigmoid": Activation(r"\frac{1}{1+e^{-#}}", "a(1-a)"),
    "tanh": Activation(r"\tanh(@)", "1-a^2"),
    "silu": Activation(r"\frac{@}{1+e^{-#}}", r"\sigma(@)+a\,(1-\sigma(@))"),
    "gelu": Activation(r"#\cdot\Phi(@)", r"\Phi(@)+#\,\varphi(@)"),
    "softplus": Activation(r"\ln(1+e^{@})", r"\frac{1}{1+e^{-#}}"),
    "sin": Activation(r"\sin(@)", r"\cos(@)"),
}
"""All elementwise activations; softmax mixes the neurons and has its own sentences."""

SOFTMAX = "softmax"


@dataclass(frozen=True, slots=True)
class Loss:
    """L = sign · 1/(below·N) · Σ term, and its slope at the output."""

    term: str
    """One sample's (and output's) share; `@a` is the answer, `@y` the target."""
    numbers: Callable[[str, str], str]
    """The same with numbers; receives a and y as written."""
    slope: str
    """∂L/∂a without 1/N."""
    slope_numbers: Callable[[str, str], str]
    below: str = ""
    sign: str = ""
    true_class: str | None = None
    """With one-hot targets only the right class counts: its share, `@` for the answer."""


def _guarded(words: str) -> str:
    return f"({words})" if words.startswith("-") else words


def _difference(a: str, y: str) -> str:
    return f"{a}-{_guarded(y)}"


def _cross_entropy(p: str, y: str) -> str:
    if y in ("0", "1"):
        return rf"\ln {_guarded(p)}" if y == "1" else rf"\ln(1-{_guarded(p)})"
    return rf"({y}\ln {_guarded(p)}+(1-{y})\ln(1-{_guarded(p)}))"


def _bce_slope(p: str, y: str) -> str:
    return rf"\frac{{{p}-{y}}}{{{p}\,(1-{_guarded(p)})}}"


def _side(y: str) -> str:
    """Hinge knows the classes as −1 and +1."""
    return "(-1)" if y == "0" else _guarded(y)


def _margin(a: str, y: str) -> str:
    return rf"\max(0,\,1-{_side(y)}\cdot {_guarded(a)})"


def _hinge_slope(a: str, y: str) -> str:
    return rf"-{_side(y)}\ [{_side(y)}\cdot {_guarded(a)}<1]"


LOSSES = {
    "output": Loss("@a", lambda a, _: a, "1", lambda _a, _y: "1"),
    "half_mse": Loss("(@a-@y)^2", lambda a, y: f"({_difference(a, y)})^2", "@a-@y", _difference, below="2"),
    "mse": Loss(
        "(@a-@y)^2", lambda a, y: f"({_difference(a, y)})^2", "2(@a-@y)", lambda a, y: f"2({_difference(a, y)})"
    ),
    "mae": Loss(
        "|@a-@y|",
        lambda a, y: f"|{_difference(a, y)}|",
        r"\mathrm{sign}(@a-@y)",
        lambda a, y: rf"\mathrm{{sign}}({_difference(a, y)})",
    ),
    "huber": Loss(
        "h(@a-@y)",
        lambda a, y: f"h({_difference(a, y)})",
        "h'(@a-@y)",
        lambda a, y: f"h'({_difference(a, y)})",
    ),
    "bce": Loss(
        r"[@y\ln @a+(1-@y)\ln(1-@a)]",
        _cross_entropy,
        r"\frac{@a-@y}{@a\,(1-@a)}",
        _bce_slope,
        sign="-",
    ),
    "cross_entropy": Loss(
        r"@y\ln @a",
        lambda a, y: rf"{y}\ln {a}",
        r"-\frac{@y}{@a}",
        lambda a, y: rf"-\frac{{{y}}}{{{a}}}",
        sign="-",
        true_class=r"\ln @",
    ),
    "hinge": Loss(
        r"\max(0,\,1-@y\,@a)",
        _margin,
        r"-@y\ [@y\,@a<1]",
        _hinge_slope,
    ),
    "gap": Loss(
        r"(1-@y\,@a)",
        lambda a, y: rf"(1-{_guarded(y)}\cdot {_guarded(a)})",
        "-@y",
        lambda _, y: f"-{_guarded(y)}",
        true_class="(1-@)",
    ),
}

FUSED = frozenset({("bce", "sigmoid"), ("cross_entropy", "softmax")})
"""Loss and last activation whose slopes cancel to p − y."""
