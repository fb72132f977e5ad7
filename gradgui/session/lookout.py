"""Watches a run for breakpoints, forwards step by step and backwards block by block."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gradgui.session.breakpoints import Breakpoint, Hit, Kind, Place, fires
from gradgui.session.probe import Before, Probe
from gradgui.session.run import Run
from gradgui.session.snapshot import LogLine

LONGEST_LOG = 500
_LOOK_BACK = frozenset({Kind.SIGN_CHANGE, Kind.LOSS_RISING, Kind.VALIDATION_RISING})
"""Kinds that compare a step with the one before."""


@dataclass(slots=True)
class Ledger:
    """Where one breakpoint fired so far, in order; complete for all steps before `complete_to`."""

    places: list[Place] = field(default_factory=list)
    complete_to: int = 0

    def note(self, place: Place) -> bool:
        """Write down a hit; whether it is new."""
        at = bisect_left(self.places, place)
        if at < len(self.places) and self.places[at] == place:
            return False
        insort(self.places, place)
        return True

    def cut(self, iteration: int) -> None:
        """Forget the steps from there on: they went another way."""
        self.places = [place for place in self.places if place[0] < iteration]
        self.complete_to = min(self.complete_to, iteration)


class Lookout:
    """Knows the breakpoints and what they found in one run."""

    def __init__(self, breakpoints: Iterable[Breakpoint] = ()) -> None:
        self.breakpoints = tuple(breakpoints)
        self.log: list[LogLine] = []
        self._ledgers: dict[Breakpoint, Ledger] = {}
        self._before: Before | None = None
        self.use(self.breakpoints)

    @property
    def active(self) -> bool:
        """Whether anything has to be watched."""
        return any(b.enabled for b in self.breakpoints)

    @property
    def hits(self) -> tuple[int, ...]:
        """How often each breakpoint is known to have fired."""
        return tuple(len(self._ledger(b).places) for b in self.breakpoints)

    def use(self, breakpoints: Iterable[Breakpoint]) -> None:
        """Watch for these from now on; what others like them found is kept."""
        self.breakpoints = tuple(breakpoints)
        self._watched = tuple(b for b in self.breakpoints if b.enabled)
        self._looks_back = any(b.kind in _LOOK_BACK for b in self._watched)
        self._asks_tests = any(b.kind is Kind.VALIDATION_RISING for b in self._watched)
        self._before = None

    def forget(self, iteration: int = 0) -> None:
        """The run went another way from that step on."""
        self._before = None
        for ledger in self._ledgers.values():
            ledger.cut(iteration)
        self.log = [line for line in self.log if line.iteration < iteration]

    # --- forwards

    def begin(self, run: Run) -> int:
        """Stand at the start of the step in progress, or of the next one after a finished step; events to pass over."""
        if run.cursor == run.events:
            run.go_to(run.iteration + 1, 0)
        after = run.cursor
        run.go_to(run.iteration, 0)
        self._prime(run)
        return after

    def step(self, run: Run, after: int = 0, until: int | None = None) -> Hit | None:
        """One whole training step; the first hit in it that stops, behind `after` events and not behind `until`."""
        self._prime(run)
        hits = self._note(self._probe(run))
        behind = [hit for hit in hits if hit.place[1] > after and (until is None or hit.place[1] < until)]
        return next((hit for hit in behind if self._stops(run, hit)), None)

    # --- backwards

    def block(self, run: Run, before: Place) -> tuple[Hit | None, Place]:
        """The last stop before a place, as far back as one keyframe; and how far everything has been looked through."""
        iteration, cursor = before
        last = iteration if cursor > 1 else iteration - 1
        if last < 0:
            return None, (0, 0)
        start = run.timeline.keyframe_before(last)
        run.go_to(start, 0)
        self._prime(run)
        hits: list[Hit] = []
        while run.iteration <= last:
            hits += [hit for hit in self._note(self._probe(run)) if hit.place < before]
        found = next((hit for hit in reversed(hits) if self._stops(run, hit)), None)
        return found, (start, 0)

    # --- inside

    def _prime(self, run: Run) -> None:
        """Look at the step before, for breakpoints that compare."""
        iteration = run.iteration
        known = self._before is not None and self._before.iteration == iteration - 1
        if self._looks_back and iteration > 0 and not known:
            run.go_to(iteration - 1, 0)
            self._probe(run)

    def _probe(self, run: Run) -> Probe:
        probe = run.probed_step(self._before)
        if self._looks_back:
            self._before = probe.remember(self._asks_tests)
        return probe

    def _note(self, probe: Probe) -> list[Hit]:
        found: list[Hit] = []
        for b in self._watched:
            ledger, hits = self._ledger(b), fires(b, probe)
            for hit in hits:
                if ledger.note(hit.place) and b.log_only:
                    self._write(hit)
            if ledger.complete_to == probe.iteration:
                ledger.complete_to += 1
            found += hits
        return sorted(found, key=lambda hit: hit.place)

    def _stops(self, run: Run, hit: Hit) -> bool:
        b = hit.breakpoint
        if b.log_only:
            return False
        return b.every <= 1 or self._ordinal(run, hit) % b.every == 0

    def _ordinal(self, run: Run, hit: Hit) -> int:
        """Which hit of its breakpoint this is, the first in the run being 1."""
        ledger = self._ledger(hit.breakpoint)
        if ledger.complete_to <= hit.place[0]:
            scout, back = Lookout([hit.breakpoint]), run.iteration
            scout._ledgers = self._ledgers
            run.go_to(ledger.complete_to, 0)
            scout._prime(run)
            while run.iteration <= hit.place[0]:
                scout._note(scout._probe(run))
            run.go_to(back, 0)
        return bisect_left(ledger.places, hit.place) + 1

    def _write(self, hit: Hit) -> None:
        self.log.append(LogLine(*hit.place, hit.reason))
        del self.log[:-LONGEST_LOG]

    def _ledger(self, b: Breakpoint) -> Ledger:
        """Hits belong to what is waited for, not to what is done about it."""
        return self._ledgers.setdefault(replace(b, enabled=True, log_only=False, every=1), Ledger())
