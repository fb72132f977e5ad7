"""The loss surface that a lesson opens with, as numbers for paper."""

from __future__ import annotations

import numpy as np

from gradgui.document.compile import compile_experiment
from gradgui.engine.planes import coordinates
from gradgui.engine.surface import LossSurface
from gradgui.errors import UserError
from gradgui.export.landscape import Relief
from gradgui.lessons.lesson import Lesson
from gradgui.session.axes import laid
from gradgui.session.axes_view import AxesChoice, AxesKind, Ranges

GRID = 81
RUN = 200
"""Training steps whose own directions are shown."""


def relief_of(lesson: Lesson) -> tuple[Relief, tuple[float, float]] | None:
    """The surface and where the ball stands: (x, y), on a valley (x, loss); None where it has no directions."""
    compiled = compile_experiment(lesson.experiment)
    first = compiled.network.theta.astype(np.float64)
    trail = [first]
    choice = _choice(lesson)
    if choice.kind is AxesKind.PCA:
        trainer = compiled.trainer()
        for _ in range(RUN):
            trainer.run(1)
            trail.append(compiled.network.theta.astype(np.float64))
    try:
        axes = laid(compiled.network, compiled.train, np.stack(trail), choice)
    except UserError:
        return None
    xs = np.linspace(axes.x.low, axes.x.high, GRID)
    ys = np.linspace(axes.y.low, axes.y.high, 1 if axes.is_valley else GRID)
    with LossSurface(compiled.network, compiled.train) as surface, np.errstate(all="ignore"):
        heights = surface.heights(axes.plane, xs, ys, exact=True)
    x, y, _ = coordinates(axes.plane, first)
    if axes.is_valley:
        y = float(np.interp(x, xs, heights[0]))
    return Relief(xs, ys, heights, (axes.x.label, axes.y.label or "L")), (x, y)


def _choice(lesson: Lesson) -> AxesChoice:
    names, spans = lesson.ui.surface.axes, lesson.ui.surface.range
    ranges: Ranges | None = (spans[0], spans[1] if len(spans) > 1 else spans[0]) if spans else None
    if names[0].startswith("pca"):
        return AxesChoice(AxesKind.PCA, ranges=ranges)
    if names[0].startswith("random"):
        return AxesChoice(AxesKind.RANDOM, ranges=ranges)
    if names[0] == "gradient":
        return AxesChoice(AxesKind.GRADIENT, ranges=ranges)
    return AxesChoice(AxesKind.PARAMETERS, names[0], names[1] if len(names) > 1 else None, ranges=ranges)
