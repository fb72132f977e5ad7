"""Formulas of the way back: how each gradient is made from the one behind it."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.writing import filled, guarded
from gradgui.gui.debugger.figures import bare, gradient, quantity, tex
from gradgui.gui.debugger.forward_formulas import answer_letter, product, target
from gradgui.gui.debugger.scene import Draft, Scene
from gradgui.gui.debugger.sums import over, partial, short_sum
from gradgui.gui.debugger.symbols import Symbols
from gradgui.session.terms import NORMS, HandedBack, handed_back
from gradgui.text import Text

_OUTPUT = Text(en="If the answer grew a little, how would the loss change?", zh="答案稍微变大一点，损失会怎样变？")
_PRE = Text(en="How much of the blame gets through {act} to {who}?", zh="有多少责任穿过 {act}，落到{who}头上？")
_WEIGHT = Text(en="How much does {weight}{of_layer} answer for?", zh="{of_layer}{weight} 要负多少责任？")
_BIAS = Text(en="How much does {bias}{of_layer} answer for?", zh="{of_layer}{bias} 要负多少责任？")
_INPUT = Text(en="How much blame goes from {layer} back to {receiver}?", zh="{layer}把多少责任交还给{receiver}？")


def d_output(scene: Scene) -> Draft:
    """∂L/∂a at the output: what the loss itself says."""
    known = scene.loss
    symbol = scene.symbols.a(scene.focus.unit)
    samples = "1" if _sharers(scene) == 1 else "N"
    if known is None:
        return Draft(_OUTPUT, rf"{partial(symbol)}=\frac{{1}}{{N}}\ell'(a,\,y)", scene.size_of(scene.values.da))
    rule = f"{partial(symbol)}={_shared(known.slope_with(answer_letter(scene), 'y'), samples)}"
    a, y, da = scene.values.a, scene.snapshot.y, scene.values.da
    if a is None or da is None or a.shape != y.shape:
        return Draft(_OUTPUT, rule)
    j, n = scene.focus.unit, scene.focus.sample
    words = known.slope_with(tex(quantity(a[n, j])), target(y[n, j]))
    return _draft(_OUTPUT, rule, da[n, j], _shared(words, _sharers(scene)))


def _sharers(scene: Scene) -> int:
    """By how many the loss of a batch is divided: by all its samples, or by nobody where it is their sum."""
    return scene.batch if scene.snapshot.network.mean else 1


def _shared(numerator: str, count: int | str) -> str:
    """numerator / N; a fraction on top becomes a product instead of a tower."""
    if str(count) == "1":
        return numerator
    if "\\frac" in numerator or numerator.startswith(r"\mathrm"):
        return rf"\frac{{1}}{{{count}}}\cdot {guarded(numerator)}"
    return over(numerator, count)


def d_preactivation(scene: Scene) -> Draft:
    """∂L/∂z: the blame times the slope of the activation, or p − y where both melt into one."""
    s, j = scene.symbols, scene.focus.unit
    known = scene.activation
    if scene.is_output and scene.melts:
        return _fused(scene)
    if known is not None and not known.elementwise:
        return _through_softmax(scene)
    n = scene.focus.sample
    z, da, dz, slope = scene.values.z, scene.values.da, scene.values.dz, scene.values.slope
    rule = rf"{partial(s.z(j))}={partial(s.a(j))}\cdot f'({s.z(j)})"
    if known is not None and z is not None:
        rule += rf",\quad f'={filled(known.slope_template_at(z[n, j]), z='z')}"
    if da is None or dz is None or slope is None or not da.shape == dz.shape == slope.shape:
        return Draft(_PRE, rule, scene.size_of(dz))
    return _draft(_PRE, rule, dz[n, j], product(bare(da[n, j]), bare(slope[n, j])))


def _fused(scene: Scene) -> Draft:
    s, j, n = scene.symbols, scene.focus.unit, scene.focus.sample
    rule = f"{partial(s.z(j))}={over('p-y', 1 if _sharers(scene) == 1 else 'N')}"
    p, y, dz = scene.values.a, scene.snapshot.y, scene.values.dz
    if p is None or dz is None or p.shape != y.shape:
        return Draft(_PRE, rule, scene.size_of(dz))
    words = f"{tex(quantity(p[n, j]))}-{target(y[n, j])}"
    return _draft(_PRE, rule, dz[n, j], over(words, _sharers(scene)))


def _through_softmax(scene: Scene) -> Draft:
    """Softmax neurons share one pie: ∂L/∂z_j = a_j (∂L/∂a_j − Σ_k a_k ∂L/∂a_k)."""
    s, j, n = scene.symbols, scene.focus.unit, scene.focus.sample
    own, all_ = partial(s.a(j)), partial(s.a("k"))
    rule = rf"{partial(s.z(j))}={s.a(j)}\left({own}-\sum_k {s.a('k')}\,{all_}\right)"
    a, da, dz = scene.values.a, scene.values.da, scene.values.dz
    if a is None or da is None or dz is None:
        return Draft(_PRE, rule)
    mean = float(a[n] @ da[n])
    words = rf"{tex(quantity(a[n, j]))}\,({tex(bare(da[n, j]))}-{guarded(tex(bare(mean)))})"
    return _draft(_PRE, rule, dz[n, j], words)


def d_weight(scene: Scene) -> Draft:
    """∂L/∂W: the blame of the neuron times what came in, added over the batch."""
    s, j, i = scene.symbols, scene.focus.unit, scene.focus.input
    dz, x, dW = scene.values.dz, scene.x, scene.values.dW
    if dz is None or x is None or dW is None or dW.shape != (dz.shape[1], x.shape[1]):
        rule = rf"{partial('W')}=\sum_n {partial('z_n')}\,x_n"
        return Draft(_WEIGHT, rule, scene.size_of(dW))
    left = partial(s.W(j, i))
    if scene.batch == 1:
        rule = rf"{left}={partial(s.z(j))}\cdot {s.x(i)}"
    else:
        rule = rf"{left}=\sum_n {partial(s.z('n', j))}\cdot {s.x('n', i)}"
    words = short_sum(len(dz), lambda n: product(bare(dz[n, j]), quantity(x[n, i])))
    return _draft(_WEIGHT, rule, dW[j, i], words)


def d_bias(scene: Scene) -> Draft:
    """∂L/∂b: the blame of the neuron itself, for a bias is multiplied by 1."""
    s, j = scene.symbols, scene.focus.unit
    dz, db = scene.values.dz, scene.values.db
    if dz is None or db is None or db.shape != (dz.shape[1],):
        return Draft(_BIAS, rf"{partial('b')}=\sum_n {partial('z_n')}", scene.size_of(db))
    left = partial(s.b(j))
    if scene.batch == 1:
        rule = rf"{left}={partial(s.z(j))}\cdot 1"
        return _draft(_BIAS, rule, db[j], rf"{tex(bare(dz[0, j]))}\cdot 1")
    rule = rf"{left}=\sum_n {partial(s.z('n', j))}"
    return _draft(_BIAS, rule, db[j], short_sum(len(dz), lambda n: tex(bare(dz[n, j]))))


def d_input(scene: Scene) -> Draft:
    """∂L/∂x: each neuron hands its blame back through its weights."""
    s, i, n = scene.symbols, scene.focus.input, scene.focus.sample
    W, dz, dx = scene.W, scene.values.dz, scene.values.dx
    parts = handed_back(scene.snapshot, scene.layer, i) if scene.info.kind in NORMS else None
    if parts is not None and dx is not None:
        return _through_norm(scene, parts, dx[n, i])
    if W is None or dz is None or dx is None or W.shape != (dz.shape[1], dx.shape[1]):
        rule = rf"{partial('x')}={partial('a')}\cdot\frac{{\partial a}}{{\partial x}}"
        return Draft(_INPUT, rule, scene.size_of(dx))
    left = partial(s.x(i))
    if dz.shape[1] == 1:
        rule = rf"{left}={s.W(0, i)}\cdot {partial(s.z(0))}"
    else:
        rule = rf"{left}=\sum_j {s.W('j', i)}\cdot {partial(s.z('j'))}"
    rule += _handed_over(scene)
    words = short_sum(dz.shape[1], lambda j: product(quantity(W[j, i]), bare(dz[n, j])))
    return _draft(_INPUT, rule, dx[n, i], words)


def _through_norm(scene: Scene, parts: HandedBack, value: np.float64) -> Draft:
    """What would only move or stretch the whole group changes no x̂, so that it is taken off the blame."""
    s, i = scene.symbols, scene.focus.input
    rule = (
        rf"{partial(s.x(i))}=\frac{{1}}{{\sigma}}"
        r"\left(g-\mathrm{mean}(g)-\hat x\cdot\mathrm{mean}(g\,\hat x)\right)"
        rf",\quad g=W\cdot {partial('a')}"
    )
    own, mean, normal, pull = (tex(bare(part)) for part in (parts.own, parts.mean, parts.normal, parts.pull))
    words = rf"{tex(bare(parts.inverse))}\,({own}-{guarded(mean)}-{guarded(normal)}\cdot {guarded(pull)})"
    return _draft(_INPUT, rule, value, words)


def _handed_over(scene: Scene) -> str:
    """x of this layer is a of the one before: the blame changes hands, not size."""
    source = scene.source
    if source is None:
        return ""
    i = scene.focus.input
    return rf",\quad {scene.symbols.x(i)}={Symbols(scene.snapshot.network, source).a(i)}"


def _draft(question: Text, rule: str, value: np.float64 | float, right: str) -> Draft:
    return Draft(question, rule, f"{tex(gradient(float(value)))}={right}", float(value))
