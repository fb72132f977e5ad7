"""What parameters, layers and small numbers are called wherever a sentence or a label speaks of them."""

from __future__ import annotations

import math

from gradgui.gui.theme import DOWN, MINUS, UP, number
from gradgui.session.snapshot import LayerInfo, NetworkInfo
from gradgui.text import Text

INPUT = Text(en="input", zh="输入")
LOSS = Text(en="loss", zh="损失")


def weight_name(layer: int, unit: int, source: int, info: LayerInfo) -> str:
    """W2 where a layer has a single weight, else W2[unit,input], counted from 0 as in files."""
    name = f"W{layer + 1}"
    return name if info.units * info.inputs == 1 else f"{name}[{unit},{source}]"


def bias_name(layer: int, unit: int, info: LayerInfo) -> str:
    """b2 where a layer has a single unit, else b2[unit]."""
    return f"b{layer + 1}" if info.units == 1 else f"b{layer + 1}[{unit}]"


def unit_name(network: NetworkInfo, layer: int, unit: int) -> Text:
    """One neuron or, for layer −1, one input feature."""
    if layer < 0:
        return network.input_name(unit)
    info = network.layers[layer]
    return info.name if info.units == 1 else Text(en="{name} {n}", zh="{name} {n}").filled(name=info.name, n=unit)


def called(info: LayerInfo) -> Text:
    """A layer's name ready for a sentence: in Chinese, Latin letters stand apart from the characters."""
    return Text(en=info.name.en, zh=_apart(info.name.zh))


def in_sentence(network: NetworkInfo, layer: int) -> Text:
    """A layer in the middle of a sentence: "the tyres", "the input"; symbols such as L2 and w1 take no article.

    A name that brings its own article keeps it: "the careful accountant".
    """
    if layer < 0:
        return Text(en="the input", zh=INPUT.zh)
    info = network.layers[layer]
    is_word = info.name.en.replace(" ", "").isalpha()
    own = _lower(info.name.en).startswith("the ")
    english = f"{'' if own else 'the '}{_lower(info.name.en)}" if is_word else info.name.en
    return Text(en=english, zh=_apart(info.name.zh))


def is_locked(info: LayerInfo, letter: str, *place: int) -> bool:
    """Whether W or b of a layer, or its entry at `place`, stays as it is in training."""
    return letter in info.frozen or f"{letter}[{','.join(map(str, place))}]" in info.frozen


def compact(value: float, digits: int = 4, signed: bool = False) -> str:
    """Like `number`, but a small value keeps two significant digits: never 0.00 for what is not 0."""
    size = abs(value)
    if not math.isfinite(size) or size == 0 or size >= 10.0 ** (2 - digits):
        return number(value, digits, signed)
    if size >= 1e-3:
        words = f"{value:.{1 - math.floor(math.log10(size))}f}"
    else:
        mantissa, exponent = f"{value:.1e}".split("e")
        words = f"{mantissa}e{int(exponent)}"
    return ("+" if signed and value > 0 else "") + words.replace("-", MINUS)


def short(value: float, signed: bool = False) -> str:
    """A number that stands alone: three digits and no trailing zeros, such as +2 or −0.125."""
    words = compact(value, 3, signed)
    if "e" in words or "." not in words:
        return words
    return words.rstrip("0").rstrip(".")


def arrow(gradient: float) -> str:
    """▼ must decrease, ▲ must increase, nothing for exactly 0 and for what is no number."""
    if gradient > 0:
        return DOWN
    return UP if gradient < 0 else ""


def blame(gradient: float, digits: int = 4) -> str:
    """A gradient with its sign twice: "▼ +2.000"."""
    return f"{arrow(gradient)} {compact(gradient, digits, signed=True)}".strip()


def term(value: float) -> str:
    """A number after an operator: negative ones in parentheses."""
    words = compact(value)
    return f"({words})" if words.startswith(MINUS) else words


def _apart(name: str) -> str:
    return f"{' ' if name[:1].isascii() else ''}{name}{' ' if name[-1:].isascii() else ''}"


def _lower(name: str) -> str:
    """Lower the first letter of an ordinary word; leave ReLU-like and one-letter names alone."""
    first = name.split(" ")[0]
    return name[0].lower() + name[1:] if first[1:].islower() else name
