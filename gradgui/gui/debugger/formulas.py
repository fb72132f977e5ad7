"""The formula of the current event: a question in words, the rule in letters, and the same with real numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gradgui.gui.debugger import backward_formulas as backward
from gradgui.gui.debugger import forward_formulas as forward
from gradgui.gui.debugger import landscape_formulas
from gradgui.gui.debugger.names import is_named, tidy
from gradgui.gui.debugger.plain import plain
from gradgui.gui.debugger.scene import Draft, Scene
from gradgui.gui.debugger.update_formulas import update, update_rule
from gradgui.session.snapshot import EventKind, Snapshot
from gradgui.text import Text

_READY = Text(
    en="What is a step for? In the end every parameter moves against its gradient.",
    zh="这一步为了什么？最后让每个参数逆着自己的梯度走一步。",
)
_SAMPLE = Text(en="{question} (sample {n} of {count})", zh="{question}（第 {n} 个样本，共 {count} 个）")

_PER_SAMPLE = frozenset(
    {
        EventKind.LINEAR,
        EventKind.ACTIVATION,
        EventKind.D_OUTPUT,
        EventKind.D_PREACTIVATION,
        EventKind.D_INPUT,
    }
)
"""Events shown for one sample of the batch; the others add up the whole batch."""

_SIGN = re.compile(r"(^|[=({]|\\ |\^\{)([-+])(?=[\d\\])")

_WRITERS: dict[EventKind, Callable[[Scene], Draft]] = {
    EventKind.LINEAR: forward.linear,
    EventKind.ACTIVATION: forward.activation,
    EventKind.LOSS: forward.loss,
    EventKind.D_OUTPUT: backward.d_output,
    EventKind.D_PREACTIVATION: backward.d_preactivation,
    EventKind.D_WEIGHT: backward.d_weight,
    EventKind.D_BIAS: backward.d_bias,
    EventKind.D_INPUT: backward.d_input,
    EventKind.UPDATE: update,
}

_OF_LANDSCAPES: dict[EventKind, Callable[[Scene], Draft]] = {
    EventKind.FORMULA: landscape_formulas.value,
    EventKind.D_WEIGHT: landscape_formulas.along_weight,
    EventKind.D_BIAS: landscape_formulas.along_bias,
}
"""What is different where a layer is a classic landscape."""


@dataclass(frozen=True, slots=True)
class FormulaView:
    """What stands in the middle of the debugger."""

    question: Text
    latex: str
    """The rule; empty before the first event."""
    numbers: str
    """The same with numbers, as LaTeX; empty where there is nothing to substitute."""
    plain: str
    """Both in one line of Unicode."""
    gradient: float | None = None
    """The gradient that came out, for its colour; None for values that are no gradient."""


def formula(snapshot: Snapshot, unit: int | None = None, column: int | None = None) -> FormulaView:
    """The formula of the event that ran last, for the chosen neuron and input or those with the largest gradient."""
    event = snapshot.current
    if event is None:
        rule = update_rule(snapshot.network.optimizer, "W", snapshot.network.rule)
        return FormulaView(_READY, rule, "", plain(rule))
    scene = Scene(snapshot, event, unit, column)
    writers = _WRITERS | _OF_LANDSCAPES if scene.info.formula is not None else _WRITERS
    draft = writers.get(event.kind, forward.other)(scene)
    question = tidy(draft.question.filled(**_fields(scene)))
    if event.kind in _PER_SAMPLE and len(snapshot.x) > 1 and draft.numbers:
        question = _SAMPLE.filled(question=question, n=scene.focus.sample + 1, count=len(snapshot.x))
    latex, numbers = _own_signs(draft.latex), _own_signs(draft.numbers)
    lines = [plain(line) for line in (latex, numbers) if line]
    return FormulaView(question, latex, numbers, "; ".join(lines), draft.gradient)


def _own_signs(latex: str) -> str:
    """Set a sign that belongs to its number close to it, unlike one between two numbers."""
    return _SIGN.sub(r"\1{\2}", latex)


def _fields(scene: Scene) -> dict[str, object]:
    """What every question may mention."""
    return {
        "who": scene.who,
        "layer": scene.called,
        "act": scene.info.label,
        "weight": scene.weight_name,
        "bias": scene.bias_name,
        "receiver": scene.receiver,
        "of_layer": scene.of_layer if is_named(scene.info) else Text(en="", zh=""),
    }
