"""Classic landscapes written out: the value at this place, and both slopes."""

from __future__ import annotations

import re

from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.registry import formula_kinds
from gradgui.catalog.writing import guarded
from gradgui.gui.debugger.figures import gradient, quantity, tex
from gradgui.gui.debugger.scene import Draft, Scene
from gradgui.gui.debugger.sums import partial
from gradgui.text import Text

_VALUE = Text(en="How high is the landscape at this place?", zh="此处的地形有多高？")
_ALONG = Text(en="How steep is it along {name}?", zh="沿 {name} 方向有多陡？")

_SIDE_BY_SIDE = re.compile(r"\\,| (?=@)")
"""Letters may stand side by side where they are multiplied; numbers may not: 4 1.0 is none."""


def value(scene: Scene) -> Draft:
    """f(w, b), with this place put in."""
    kind, a = _kind(scene), scene.values.a
    if kind is None:
        return Draft(_VALUE, "a=f(W,\\,b)")
    numbers = "" if a is None else f"{tex(quantity(float(a[0, 0])))}={_at_place(scene, kind.latex)}"
    return Draft(_VALUE, f"a={_in_letters(scene, kind.latex)}", numbers)


def along_weight(scene: Scene) -> Draft:
    """∂f/∂w."""
    kind = _kind(scene)
    return _slope(scene, "" if kind is None else kind.w_latex, scene.weight_name, scene.values.dW)


def along_bias(scene: Scene) -> Draft:
    """∂f/∂b."""
    kind = _kind(scene)
    return _slope(scene, "" if kind is None else kind.b_latex, scene.bias_name, scene.values.db)


def _slope(scene: Scene, template: str, name: str, found: object) -> Draft:
    question = _ALONG.filled(name=name)
    symbol = scene.symbols.W(0, 0) if name == scene.weight_name else scene.symbols.b(0)
    rule = f"{partial(symbol)}={_in_letters(scene, template)}"
    if found is None:
        return Draft(question, rule)
    slope = float(found.ravel()[0])  # type: ignore[attr-defined]
    return Draft(question, rule, f"{tex(gradient(slope))}={_at_place(scene, template)}", slope)


def _kind(scene: Scene) -> FormulaKind | None:
    return formula_kinds().get(scene.info.formula or "")


def _in_letters(scene: Scene, template: str) -> str:
    return template.replace("@w", scene.symbols.W(0, 0)).replace("@b", scene.symbols.b(0))


def _at_place(scene: Scene, template: str) -> str:
    W, b = scene.W, scene.b
    assert W is not None
    assert b is not None
    places = {"@w": float(W[0, 0]), "@b": float(b[0])}
    template = _SIDE_BY_SIDE.sub(r"\\cdot ", template)
    for letter, place in places.items():
        template = template.replace(letter, "{" + guarded(tex(quantity(place))) + "}")
    return template
