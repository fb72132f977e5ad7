"""The formula of an update: before, minus the step, gives after."""

from __future__ import annotations

import re

from gradgui.catalog.registry import optimizer_kinds
from gradgui.catalog.writing import guarded
from gradgui.gui.debugger.figures import bare, fixed, gradient, parameter, tex
from gradgui.gui.debugger.scene import Draft, Scene
from gradgui.gui.debugger.sums import partial
from gradgui.gui.widgets.naming import is_locked
from gradgui.text import Text

_UPDATE = Text(en="How do {weight} and {bias}{of_layer} change?", zh="{of_layer}{weight} 和 {bias} 怎么变？")
_UPDATE_ONE = {
    "W": Text(en="How does {weight}{of_layer} change?", zh="{of_layer}{weight} 怎么变？"),
    "b": Text(en="How does {bias}{of_layer} change?", zh="{of_layer}{bias} 怎么变？"),
}
_WEIGHT, _GRADIENT, _SQUARE = (re.compile(rf"(?<![a-zA-Z\\]){letter}(?![a-zA-Z])") for letter in ("w", "g", r"g\^2"))
"""Letters of a rule that stand alone."""
_ANY = r"w\leftarrow w-\eta\cdot\mathrm{step}(g)"
_NOTHING = Text(en="{layer} has nothing to learn.", zh="{layer}没有要学的参数。")


def update(scene: Scene) -> Draft:
    """W ← W − η ∂L/∂W, for the weight and the bias in focus; of two, one that is locked is left out."""
    found = _changes(scene)
    if not found:
        return Draft(_NOTHING, "")
    learning = {letter: change for letter, change in found.items() if not _is_locked(scene, letter)}
    changes = learning or found
    network = scene.snapshot.network
    rule = update_rule(network.optimizer, next(iter(changes.values()))[0], network.rule)
    rate = scene.snapshot.learning_rate
    words = [rf"{name}:\ {_change(change, rate)}" for name, change in changes.values()]
    question = _UPDATE if len(changes) == 2 else _UPDATE_ONE[next(iter(changes))]
    return Draft(question, rule, r"\quad ".join(words))


def _is_locked(scene: Scene, letter: str) -> bool:
    place = (scene.focus.unit, scene.focus.input) if letter == "W" else (scene.focus.unit,)
    return is_locked(scene.info, letter, *place)


def update_rule(optimizer: str, letter: str, rule: str = "") -> str:
    """How an optimiser changes the parameter written `letter`; `rule`: where its options make it another one."""
    kind, slope = optimizer_kinds().get(optimizer), partial(letter)
    rule = rule or (_ANY if kind is None else kind.rule_latex)
    rule = _SQUARE.sub(lambda _: rf"\left({slope}\right)^2", rule)
    return _WEIGHT.sub(lambda _: letter, _GRADIENT.sub(lambda _: slope, rule))


def follows_the_rule(before: float, after: float, slope: float, rate: float) -> bool:
    """Whether the step was plain gradient descent: rate times gradient, up to rounding."""
    return abs(before - rate * slope - after) <= 1e-9 * max(abs(before), abs(rate * slope), 1e-300)


Change = tuple[float, float, float]
"""Before, after, gradient."""


def _changes(scene: Scene) -> dict[str, tuple[str, Change]]:
    """W and b in focus, each with its symbol."""
    values, j, i = scene.values, scene.focus.unit, scene.focus.input
    found = {}
    if values.W is not None and values.W_before is not None and values.dW is not None:
        row = min(j, len(values.W) - 1)
        change = (values.W_before[row, i], values.W[row, i], values.dW[row, i])
        found["W"] = (scene.symbols.W(row, i), change)
    if values.b is not None and values.b_before is not None and values.db is not None:
        row = min(j, len(values.b) - 1)
        found["b"] = (scene.symbols.b(row), (values.b_before[row], values.b[row], values.db[row]))
    return {letter: (name, (float(c[0]), float(c[1]), float(c[2]))) for letter, (name, c) in found.items()}


def _change(change: Change, rate: float) -> str:
    """0.300 = 0.500 − 0.1·(+2); the actual step where an optimiser or a lock made another one of it."""
    before, after, slope = change
    step = before - after
    if follows_the_rule(before, after, slope, rate):
        start, end = tex(parameter(before, step)), tex(parameter(after, step))
        return rf"{end}={start}-{tex(bare(rate))}\cdot {guarded(tex(gradient(slope)))}"
    moved = bare(abs(step))
    decimals = len(moved.partition(".")[2])  # as fine as the step that is written beside them: they must add up
    start, end = (tex(parameter(x, step) if "e" in moved else fixed(x, decimals)) for x in (before, after))
    return f"{end}={start}{'-' if step >= 0 else '+'}{tex(moved)}"
