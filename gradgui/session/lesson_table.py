"""What is on the table when a step of a lesson begins: the size of a step, and the axes of the loss surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradgui.document.experiment import Experiment
from gradgui.lessons.lesson import Lesson
from gradgui.session.levels import Level

if TYPE_CHECKING:
    from gradgui.session.session import Session


def lay_table(session: Session, lesson: Lesson, experiment: Experiment) -> bool:
    """Lay it as the lesson wants; True where the axes are those of the run, which has no path yet."""
    ui, level = lesson.ui, Level(lesson.ui.granularity)
    if session.level is not level:
        session.use_level(level)
    axes = ui.surface.axes
    if axes[0].startswith("pca"):
        return True
    if len(experiment.network.layers) != len(lesson.experiment.network.layers):
        return False
    if axes[0].startswith("random"):
        session.scenery.choose_random(1)
        return False
    ranges = [(low, high) for low, high in ui.surface.range] or None
    spans = None if ranges is None else (ranges[0], ranges[-1])
    session.scenery.choose_parameters(axes[0], axes[1] if len(axes) > 1 else None, spans)
    return False
