"""Formulas of the way forward: weighted sum, activation, loss, and layers without either."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradgui.catalog.losses._base import LossKind
from gradgui.catalog.registry import layer_kinds
from gradgui.catalog.writing import filled, guarded
from gradgui.gui.debugger.figures import bare, quantity, tex
from gradgui.gui.debugger.scene import Draft, Scene
from gradgui.gui.debugger.sums import short_sum
from gradgui.text import Text

_LINEAR = Text(en="What is the weighted sum of {who}?", zh="{who}把输入加权求和，得多少？")
_ACTIVATION = Text(en="What leaves {who} after {act}?", zh="{who}经过 {act} 后输出多少？")
_LOSS = Text(en="How far is the answer from the target?", zh="答案离目标有多远？")
_OTHER = Text(en="What happens to the input of {layer}?", zh="{layer}怎样处理输入？")


def linear(scene: Scene) -> Draft:
    """z = Σ W x + b for the neuron and the sample in focus."""
    if not scene.is_dense:
        rule = "z=W\\,x+b" if scene.info.kind == "dense" else _of_layer(scene)
        return Draft(_LINEAR, rule, scene.size_of(scene.values.z))
    s, j, n = scene.symbols, scene.focus.unit, scene.focus.sample
    W, x, z = scene.W, scene.x, scene.values.z
    assert W is not None
    assert x is not None
    assert z is not None
    if s.lone:
        rule = rf"{s.z()}={s.W()}\cdot {s.x()}"
    elif x.shape[1] == 1:
        rule = rf"{s.z(j)}={s.W(j, 0)}\,{s.x(0)}"
    else:
        rule = rf"{s.z(j)}=\sum_i {s.W(j, 'i')}\,{s.x('i')}"
    products = short_sum(x.shape[1], lambda i: product(quantity(W[j, i]), quantity(x[n, i])))
    numbers = f"{tex(quantity(z[n, j]))}={products}"
    if scene.b is not None:
        rule += "+" + s.b(j)
        bias = tex(quantity(scene.b[j]))
        numbers += bias if bias.startswith("-") else f"+{bias}"
    return Draft(_LINEAR, rule, numbers)


def product(first: str, second: str) -> str:
    """first · second, with brackets around a signed second factor."""
    return rf"{tex(first)}\cdot {guarded(tex(second))}"


def activation(scene: Scene) -> Draft:
    """a = f(z) with f written out."""
    z, a = scene.values.z, scene.values.a
    known = scene.activation
    if known is not None and not known.elementwise:
        return _softmax(scene)
    s, j, n = scene.symbols, scene.focus.unit, scene.focus.sample
    left, inner = s.a(j), s.z(j)
    if known is None:
        return Draft(_ACTIVATION, f"{left}=f({inner})", "" if a is None else scene.size_of(a))
    rule = f"{left}={known.latex if known.written_below else filled(known.written, z=inner)}"
    if z is None or a is None or z.shape != a.shape:
        return Draft(_ACTIVATION, rule, scene.size_of(a))
    numbers = f"{tex(quantity(a[n, j]))}={filled(known.template_at(z[n, j]), z=tex(quantity(z[n, j])))}"
    return Draft(_ACTIVATION, rule, numbers)


def _softmax(scene: Scene) -> Draft:
    s, j, n = scene.symbols, scene.focus.unit, scene.focus.sample
    z, a = scene.values.z, scene.values.a
    rule = rf"{s.a(j)}=\frac{{e^{{{s.z(j)}}}}}{{\sum_k e^{{{s.z('k')}}}}}"
    if z is None or a is None:
        return Draft(_ACTIVATION, rule)
    power = [f"e^{{{tex(quantity(value))}}}" for value in z[n]]
    below = short_sum(len(power), lambda k: power[k])
    return Draft(_ACTIVATION, rule, rf"{tex(quantity(a[n, j]))}=\frac{{{power[j]}}}{{{below}}}")


def loss(scene: Scene) -> Draft:
    """L over the batch, with the first few samples' shares."""
    known, a, y, value = scene.loss, scene.values.a, scene.snapshot.y, scene.snapshot.loss
    if known is None:
        return Draft(_LOSS, r"L=\frac{1}{N}\sum_n\ell(a_n,\,y_n)", "" if value is None else f"L={tex(quantity(value))}")
    rule = _loss_rule(scene, known, len(y), y.shape[1])
    if a is None or value is None or a.shape != y.shape:
        return Draft(_LOSS, rule)
    count, term = _loss_terms(known, a, y)
    shared = len(y) if scene.snapshot.network.mean else 1
    below = f"{known.below}\\cdot {shared}" if known.below and shared > 1 else known.below or str(shared)
    scale = "" if below == "1" else rf"\frac{{1}}{{{below}}}"
    total = short_sum(count, term)
    whole = total if count == 1 or not (known.sign or scale) else f"({total})"
    return Draft(_LOSS, rule, f"{tex(quantity(value))}={known.sign}{scale}{whole}")


def _loss_rule(scene: Scene, known: LossKind, samples: int, outputs: int) -> str:
    """One sample and one output need no sum; otherwise N, n and k say what is added, c is the right class."""
    letter = answer_letter(scene)
    if samples == 1:
        below, indices = known.below or "1", "k" if outputs > 1 else ""
    else:
        shared = "N" if scene.snapshot.network.mean else ""
        below, indices = f"{known.below}{shared}" or "1", "nk" if outputs > 1 else "n"
    index = f"_{{{indices}}}" if indices else ""
    term = known.term_with(f"{letter}{index}", f"y{index}")
    if known.true_class and outputs > 1:
        indices = indices.replace("k", "")
        term = filled(known.true_class, a=f"{letter}_{{n,c}}" if indices else f"{letter}_c")
    scale = "" if below == "1" else rf"\frac{{1}}{{{below}}}"
    add = rf"\sum_{{{','.join(indices)}}}" if indices else ""
    return f"L={known.sign}{scale}{add}{term}"


def answer_letter(scene: Scene) -> str:
    """p for a probability whose slope melts with its loss, a otherwise."""
    return "p" if scene.melts else "a"


def _loss_terms(known: LossKind, a: np.ndarray, y: np.ndarray) -> tuple[int, Callable[[int], str]]:
    """How many shares there are, and how each is written; where only the right class counts, just that one."""
    right = y.argmax(axis=1) if known.true_class and y.shape[1] > 1 and _one_hot(y) else None
    answers, goals = a.reshape(-1), y.reshape(-1)

    def term(number: int) -> str:
        if known.true_class and right is not None:
            return filled(known.true_class, a=tex(quantity(a[number, right[number]])))
        return known.term_with(tex(quantity(answers[number])), target(goals[number]))

    return len(answers) if right is None else len(right), term


def _one_hot(y: np.ndarray) -> bool:
    return bool(np.all((y == 0) | (y == 1)) and np.all(y.sum(axis=1) == 1))


def target(value: float) -> str:
    """A target: whole numbers stay whole, so that classes read 0 and 1."""
    return tex(bare(value))


def other(scene: Scene) -> Draft:
    """Layers that neither weigh nor bend: dropout, pooling, joining and their kind."""
    rule = _of_layer(scene)
    return Draft(_OTHER, rule, scene.size_of(scene.values.a))


def _of_layer(scene: Scene) -> str:
    """What a layer of that kind computes, in general letters."""
    kind = layer_kinds().get(scene.info.kind)
    return "a=f(x)" if kind is None else kind.latex
