"""Small exercises that lessons put: whom to question next, what a parameter will be, which layer made the mistake."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradgui.lessons.facts import Array, Facts, Play

EPSILON = 1e-5
"""Of a nudge."""


def can_be_asked(layer: str, asked: Sequence[str], layers: int) -> bool:
    """Whether a layer has all that it needs to answer: every later one has reported."""
    return layer == f"L{layers - len(asked)}"


def first_free(play: Play) -> int | None:
    """The first parameter that training may move."""
    free = np.flatnonzero(play.compiled.network.trainable)
    return int(free[0]) if free.size else None


def next_value(play: Play, theta: Array, facts: Facts) -> tuple[float, float]:
    """What plain descent makes of the first parameter that can move, and its gradient."""
    place = first_free(play) or 0
    gradient = float(facts.grads[place])
    return float(theta[place]) - facts.lr * gradient, gradient


def pulls(facts: Facts, mean: bool) -> tuple[float, ...]:
    """Every sample's own ∂L/∂w of the only weight, before they are averaged; nothing where there are more weights."""
    first = facts.layers[0]
    if first.W.size != 1:
        return ()
    share = len(facts.x) if mean else 1
    return tuple(float(pull) for pull in share * first.dz[:, 0] * facts.x[:, 0])


def nudged(play: Play, theta: Array, place: int, by: float = EPSILON) -> float:
    """The slope that two tastings show: nudge one parameter up and down and compare the losses."""
    up, down = theta.astype(np.float64), theta.astype(np.float64)
    up[place] += by
    down[place] -= by
    return (play.loss_at(up) - play.loss_at(down)) / (2 * by)


def backward_with_a_mistake(facts: Facts, culprit: str | None) -> list[Array]:
    """∂L/∂W of every layer of a plain chain, as a backward pass says that forgets the slope of one layer."""
    dz = da = facts.layers[-1].dz
    found: list[Array] = []
    for index in range(len(facts.layers) - 1, -1, -1):
        layer = facts.layers[index]
        below = facts.layers[index - 1].a if index else facts.x
        if index < len(facts.layers) - 1:
            true_da, true_dz = layer.da, layer.dz
            slope = np.divide(true_dz, true_da, out=np.zeros_like(true_dz), where=true_da != 0)
            dz = da if culprit == f"L{index + 1}" else da * slope
        found.insert(0, dz.T @ below)
        da = dz @ layer.W
    return found


def disagreements(play: Play, theta: Array, facts: Facts, culprit: str | None) -> list[float]:
    """‖backward − nudging‖ / (‖backward‖ + ‖nudging‖) of the weights, layer by layer."""
    said = backward_with_a_mistake(facts, culprit)
    network, errors = play.compiled.network, []
    for index, place in enumerate(network.places):
        rows, columns = said[index].shape
        first = place.parameters.start
        true = np.array(
            [nudged(play, theta, first + r * (columns + 1) + c) for r in range(rows) for c in range(columns)]
        )
        flat = said[index].ravel()
        total = float(np.linalg.norm(flat) + np.linalg.norm(true))
        errors.append(float(np.linalg.norm(flat - true)) / total if total else 0.0)
    return errors
