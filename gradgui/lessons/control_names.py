"""Names of the controls that a lesson may unlock, so that a misspelt one is noticed."""

from __future__ import annotations

import re

SLIDER = re.compile(r"slider:L(\d+)(?:\.[Wb](?:\[\d+(?:,\d+)?\])?)?")
"""Knobs for the parameters of one layer."""
OTHERS = frozenset(
    {"target", "x", "ball", "pixel_editor", "runs", "cards", "manual_order", "nudge", "planted_bug", "loss_node"}
    | {"scene", "race", "input:next_value"}
    | {f"slider:{name}" for name in ("any", "all.W", "lr", "weight_decay", "batch_size")}
    | {f"choice:{name}" for name in ("loss", "optimizer", "act", "reduction")}
    | {f"command:{name}" for name in ("train_step", "run", "forward", "backward", "update", "reset")}
    | {f"command:{name}" for name in ("step_over", "step_into", "step_back")}
    | {f"breakpoint:{name}" for name in ("vanishing", "exploding", "val_rising")}
)


def is_control(name: str, layers: int) -> bool:
    """Whether there is such a control in a network of so many layers."""
    slider = SLIDER.fullmatch(name)
    return name in OTHERS if slider is None else 1 <= int(slider[1]) <= layers
