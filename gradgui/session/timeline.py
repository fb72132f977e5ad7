"""Remembers a run so that any moment of it can be visited again, bit for bit.

Only every so-many-th state is kept; what lies between is trained again, which gives the same bits because nothing in
the engine depends on anything but the state, the seed and the place in the run.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from gradgui.document.compile import Compiled
from gradgui.engine.state import Moment
from gradgui.engine.training import Trainer

INTERVAL = 64
CAP_BYTES = 256 * 1024 * 1024
LONGEST_REPLAY = 4096
"""Keyframes are thinned at most this far apart."""


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

    @property
    def segment(self) -> Segment:
        """The stretch that training goes on from."""
        return self.segments[-1]

    @property
    def nbytes(self) -> int:
        """Memory that the keyframes take."""
        return sum(moment.nbytes for segment in self.segments for moment in segment.keyframes)

    def at(self, iteration: int) -> Segment:
        """The stretch in which that iteration's step lies."""
        return next(s for s in reversed(self.segments) if s.start <= iteration or s.start == 0)

    def record(self, trainer: Trainer) -> None:
        """Keep this state if a keyframe is due here."""
        frames = self.at(trainer.iteration).keyframes
        self.furthest = max(self.furthest, trainer.iteration)
        if trainer.iteration % self.interval == 0 and frames[-1].iteration < trainer.iteration:
            frames.append(trainer.moment())
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

    def begin(self, compiled: Compiled, trainer: Trainer) -> None:
        """From here on another experiment holds."""
        self.cut(trainer.iteration)
        if self.segment.start == trainer.iteration:
            self.segments.pop()
        self.segments.append(Segment(compiled, trainer, trainer.iteration, [trainer.moment()]))

    def _thin(self) -> None:
        while self.nbytes > self._cap_bytes and self.interval < LONGEST_REPLAY:
            self.interval *= 2
            for segment in self.segments:
                first, *rest = segment.keyframes
                segment.keyframes = [first, *(m for m in rest if m.iteration % self.interval == 0)]
