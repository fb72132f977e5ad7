"""Remembers a run so that any moment of it can be visited again, bit for bit.

Only every so-many-th state is kept; what lies between is trained again, which gives the same bits because nothing in
the engine depends on anything but the state, the seed and the place in the run.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.state import Moment
from gradgui.engine.training import Trainer
from gradgui.session.snapshot import Array

INTERVAL = 64
REPLAY_MS = 40.0
"""Replaying from one keyframe to the next may take so long: then any moment can be shown in a tenth of a second."""
CAP_BYTES = 256 * 1024 * 1024
LONGEST_REPLAY = 4096
"""All keyframes alike are thinned at most this far apart; under a cap that is still too small, old ones go further."""
ROOMY = 0.75
"""Share of the cap that is left in use when keyframes of long ago are thinned."""


@dataclass(slots=True)
class Segment:
    """A stretch of the run under one experiment: an edit begins the next one."""

    compiled: Compiled
    trainer: Trainer
    start: int
    keyframes: list[Moment] = field(default_factory=list)

    def nearest(self, iteration: int) -> Moment:
        """The last keyframe at or before that iteration."""
        at = bisect_right(self.keyframes, iteration, key=lambda moment: moment.iteration)
        return self.keyframes[max(at - 1, 0)]


class Timeline:
    """The run from its first step; later segments replace what an edit in the past cut off."""

    def __init__(self, compiled: Compiled, cap_bytes: int = CAP_BYTES) -> None:
        trainer = compiled.trainer()
        self.interval = INTERVAL
        self.segments = [Segment(compiled, trainer, 0, [trainer.moment()])]
        self.furthest = 0
        self._cap_bytes = cap_bytes
        self._counted = sum(moment.nbytes for moment in self.segments[0].keyframes)

    @property
    def segment(self) -> Segment:
        """The stretch that training goes on from."""
        return self.segments[-1]

    @property
    def first(self) -> Moment:
        """Where the run began."""
        return self.segments[0].keyframes[0]

    @property
    def start(self) -> Array | None:
        """(P,) the first parameters, if nothing but training led from there to wherever the run has come."""
        alone = len(self.segments) == 1 and not self.first.memory.any()
        return np.asarray(self.first.theta, np.float64) if alone else None

    @property
    def nbytes(self) -> int:
        """Memory that the keyframes take."""
        return self._counted

    @property
    def cap_bytes(self) -> int:
        """Memory that the keyframes may take."""
        return self._cap_bytes

    def use_cap(self, cap_bytes: int) -> None:
        """Allow so much memory from now on; keyframes are thinned at once if that is less than they take."""
        self._cap_bytes = cap_bytes
        self._thin()

    def suit(self, step_ms: float) -> None:
        """Keep keyframes as close as a network whose step takes so long needs them."""
        if self._counted < self._cap_bytes // 2 and self.interval <= INTERVAL:
            steps = REPLAY_MS / max(step_ms, 1e-6)
            self.interval = 1 << max(0, min(INTERVAL.bit_length() - 1, int(steps).bit_length() - 1))

    def keyframe_before(self, iteration: int) -> int:
        """The step at which the keyframe lies from which that iteration is reached."""
        return self.at(iteration).nearest(iteration).iteration

    def copy(self) -> Timeline:
        """The same run, to be kept while this one goes another way; the states themselves are shared."""
        twin = copy(self)
        twin.segments = [replace(segment, keyframes=list(segment.keyframes)) for segment in self.segments]
        return twin

    def at(self, iteration: int) -> Segment:
        """The stretch in which that iteration's step lies."""
        return next(s for s in reversed(self.segments) if s.start <= iteration or s.start == 0)

    def record(self, trainer: Trainer) -> None:
        """Keep this state if a keyframe is due here."""
        frames = self.at(trainer.iteration).keyframes
        self.furthest = max(self.furthest, trainer.iteration)
        if trainer.iteration % self.interval == 0 and frames[-1].iteration < trainer.iteration:
            frames.append(trainer.moment())
            self._counted += frames[-1].nbytes
            self._thin()

    def until_due(self, iteration: int) -> int:
        """Steps to the next keyframe, or to the next stretch if that comes first."""
        due = self.interval - iteration % self.interval
        return min([due, *(s.start - iteration for s in self.segments if s.start > iteration)])

    def cut(self, iteration: int) -> None:
        """Forget what lies after that iteration."""
        self.segments = [s for s in self.segments if s.start <= iteration]
        frames = self.segment.keyframes
        del frames[max(1, bisect_right(frames, iteration, key=lambda moment: moment.iteration)) :]
        self.furthest = iteration
        self._count()

    def begin(self, compiled: Compiled, trainer: Trainer) -> None:
        """From here on another experiment holds."""
        self.cut(trainer.iteration)
        if self.segment.start == trainer.iteration:
            self.segments.pop()
        self.segments.append(Segment(compiled, trainer, trainer.iteration, [trainer.moment()]))
        self._count()

    def restart(self, moment: Moment) -> None:
        """The stretch that begins there begins with another state."""
        self.cut(moment.iteration)
        self.segment.keyframes = [moment]
        self._count()

    def _thin(self) -> None:
        """Keep to the cap: all keyframes twice as far apart, and past a limit only those of long ago."""
        while self.nbytes > self._cap_bytes and self.interval < LONGEST_REPLAY:
            self.interval *= 2
            for segment in self.segments:
                first, *rest = segment.keyframes
                segment.keyframes = [first, *(m for m in rest if m.iteration % self.interval == 0)]
            self._count()
        if self.nbytes > self._cap_bytes:
            self._thin_long_ago()

    def _thin_long_ago(self) -> None:
        """Make room with gaps that grow with age: what is near stays as near as it was. Beginnings are kept."""
        parts = float(sum(len(segment.keyframes) for segment in self.segments))
        while self.nbytes > ROOMY * self._cap_bytes and parts > 1:
            parts *= ROOMY
            later = self.furthest
            for segment in reversed(self.segments):
                first, *rest = segment.keyframes
                kept = []
                for moment in reversed(rest):
                    if later - moment.iteration >= (self.furthest - moment.iteration) / parts:
                        kept.append(moment)
                        later = moment.iteration
                segment.keyframes = [first, *reversed(kept)]
            self._count()

    def _count(self) -> None:
        self._counted = sum(moment.nbytes for segment in self.segments for moment in segment.keyframes)
