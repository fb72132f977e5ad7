"""A blow-up: the run has reached NaN or ∞. Finds the place where it began, and stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gradgui.engine.state import Moment
from gradgui.engine.trouble import Reason, find_trouble
from gradgui.session.snapshot import TroubleView

if TYPE_CHECKING:
    from gradgui.session.run import Run

SANE = 1e3
"""Parameters so many times as large as at the start of the run are on their way to infinity."""


def is_finite(run: Run) -> bool:
    """Whether the parameters are numbers; cheap enough to be asked again and again."""
    return bool(np.isfinite(run.trainer.network.theta).all())


def go_to_trouble(run: Run) -> TroubleView | None:
    """Stand behind the first event that wrote NaN or ∞, and forget what came after it; None if there was none."""
    trainer, info = run.trainer, run.info
    trouble = find_trouble(trainer, _good(run))
    if trouble is None:
        return None
    cursor = info.events.index(trouble.event) + 1
    limit = trouble.limit if trouble.reason is Reason.RATE else None
    view = TroubleView(trouble.iteration, cursor, trouble.event.layer, trouble.text, trouble.learning_rate, limit)
    run.end_before(trouble.safe)
    run.go_to(trouble.iteration, cursor)
    return view


def _good(run: Run) -> Moment:
    """The last moment kept at which the run was still sane, so that the reason can be seen; else its start."""
    frames = run.timeline.at(run.iteration).keyframes
    sane = SANE * max(1.0, float(np.abs(frames[0].theta).max(initial=0.0)))
    found = (frame for frame in reversed(frames) if _finite(frame) and np.abs(frame.theta).max(initial=0.0) <= sane)
    return next((frame for frame in found if frame.iteration <= run.iteration), frames[0])


def _finite(moment: Moment) -> bool:
    return all(np.isfinite(part).all() for part in (moment.theta, moment.memory, moment.state))
