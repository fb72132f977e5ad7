"""What is to be seen of the ball and of racers: each kind of arrow, the squares, the path, everything for itself."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import numpy as np

from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.text import Text

_NOTHING, _NO_AGES = np.zeros((0, 3)), np.zeros(0)


class Mark(Enum):
    """Something that may be left out; the words are those of settings files."""

    GRADIENT = "gradient"
    STEP = "step"
    MOMENTUM = "momentum"
    SQUARES = "squares"
    PATH = "path"
    TANGENT = "tangent"
    NEXT = "next"


NAMES = {
    Mark.GRADIENT: Text(en="Gradient, downhill (−∇)", zh="梯度，下坡方向（−∇）"),
    Mark.STEP: Text(en="What the optimiser makes of it (step ÷ η)", zh="优化器调整后的梯度（步 ÷ η）"),
    Mark.MOMENTUM: Text(en="Momentum", zh="动量"),
    Mark.SQUARES: Text(en="Squared gradients it divides by", zh="作除数的梯度平方"),
    Mark.PATH: Text(en="Path", zh="轨迹"),
    Mark.TANGENT: Text(en="Tangent", zh="切面"),
    Mark.NEXT: Text(en="Place after the next step", zh="下一步的位置"),
}
OF_RACERS = (Mark.GRADIENT, Mark.STEP, Mark.MOMENTUM, Mark.SQUARES, Mark.PATH)
"""Racers have no tangent and no pale twin: ten of them would hide the ground."""
USUAL = frozenset(set(Mark) - {Mark.STEP})
USUAL_OF_RACERS = frozenset({Mark.MOMENTUM, Mark.PATH})


def seen(placement: Placement, marks: frozenset[Mark]) -> Placement:
    """The ball with these marks only."""
    gradient, way = Mark.GRADIENT in marks, Mark.PATH in marks
    return replace(
        placement,
        partials=placement.partials if gradient else (None, None),
        downhill=placement.downhill if gradient else None,
        adjusted=placement.adjusted if Mark.STEP in marks else None,
        momentum=placement.momentum if Mark.MOMENTUM in marks else None,
        squares=placement.squares if Mark.SQUARES in marks else (0.0, 0.0),
        path=placement.path if way else _NOTHING,
        moments=placement.moments if way else (),
        way=placement.way if way else _NOTHING,
        ages=placement.ages if way else _NO_AGES,
        ghosts=placement.ghosts if way else (),
        patch=placement.patch if Mark.TANGENT in marks else None,
        ghost=placement.ghost if Mark.NEXT in marks else None,
    )


def seen_runner(runner: PlacedRunner, marks: frozenset[Mark]) -> PlacedRunner:
    """A racer with these marks only; of a path that is not to be seen its end stays, where the racer is."""
    way = Mark.PATH in marks
    return replace(
        runner,
        path=runner.path if way else runner.path[-1:],
        way=runner.way if way else _NOTHING,
        downhill=runner.downhill if Mark.GRADIENT in marks else None,
        adjusted=runner.adjusted if Mark.STEP in marks else None,
        momentum=runner.momentum if Mark.MOMENTUM in marks else None,
        squares=runner.squares if Mark.SQUARES in marks else (0.0, 0.0),
    )
