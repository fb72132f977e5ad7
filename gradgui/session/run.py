"""One run of an experiment: where it stands, how it moves through time, and what can be seen of it."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.evaluation import Evaluator
from gradgui.engine.events import EventKind, Phase
from gradgui.engine.planes import Plane
from gradgui.engine.state import Moment
from gradgui.engine.training import Trainer
from gradgui.session.ball import Ball, next_theta
from gradgui.session.branches import Branches
from gradgui.session.curves import Curves
from gradgui.session.live_answers import LiveAnswers
from gradgui.session.losses import Losses
from gradgui.session.observe import by_layer, frozen, layer_values, network_info
from gradgui.session.plane_maps import PlaneMaps
from gradgui.session.probe import Before, Probe
from gradgui.session.scores import Judged, both, judged, layer_sizes
from gradgui.session.snapshot import HistoryView, NetworkInfo, Snapshot, TroubleView
from gradgui.session.timeline import Segment, Timeline
from gradgui.text import Text


class Run:
    """Lives in the worker's thread. A place in the run is (iteration, cursor): events done in that training step."""

    def __init__(self, compiled: Compiled, revision: int) -> None:
        self.revision = revision
        self.timeline = Timeline(compiled)
        self.curves = Curves()
        self.ball = Ball()
        self.branches = Branches()
        self.stopped: Text | None = None
        """Why the run stands here, where a breakpoint or a goal stopped it."""
        self.stopped_on = ""
        self.trouble: TroubleView | None = None
        """Where this run reached NaN or ∞, if it did."""
        self.placed = 0
        """The newest wish for parameters that was carried out, by its number."""
        self._recent: tuple[Trainer, Moment] | None = None
        self._known = Losses()
        self._use(self.timeline.segment)
        self._start = self._trainer.moment()
        self._observe_losses()

    @property
    def iteration(self) -> int:
        """Updates done."""
        return self._trainer.iteration

    @property
    def cursor(self) -> int:
        """Events done in the step in progress."""
        return self._trainer.cursor

    @property
    def events(self) -> int:
        """Events in one step."""
        return len(self._info.events)

    def step_event(self) -> None:
        """One event on; after the last one the next step begins."""
        if self.cursor == self.events:
            self._close()
        self._trainer.run_event()
        if self.cursor == self.events:
            self._finished_step()

    def step_back(self) -> None:
        """Undo one event, exactly."""
        if self.cursor > 1 or (self.cursor == 1 and self.iteration == 0):
            self.go_to(self.iteration, self.cursor - 1)
        elif self.iteration > 0:
            self.go_to(self.iteration - 1, self.events)

    def train(self, steps: int) -> None:
        """That many training steps, remembering keyframes; a step that was begun counts, a finished one not."""
        if self.cursor and steps:
            steps -= self.cursor < self.events
            self._leave_step()
        before = self._trainer, self._start
        began = time.perf_counter()
        while steps > 0:
            count = min(steps, self.timeline.until_due(self.iteration))
            self._trainer.run(count)
            self._arrived()
            steps -= count
        self.curves.seconds += time.perf_counter() - began
        self._start = self._trainer.moment()
        self._recent = before

    def probed_step(self, before: Before | None) -> Probe:
        """One training step, begun and finished, and what can be learnt from it until the next one."""
        rate = self._trainer.updater.learning_rate(self.iteration)
        self._trainer.run(1)
        probe = Probe(self, self._start.theta, rate, before)
        self._recent = self._trainer, self._start
        self._arrived()
        self._start = self._trainer.moment()
        return probe

    def end_before(self, safe: Moment) -> None:
        """Forget everything behind that moment, and stand there."""
        self._trainer.restore(safe)
        self._start = self._trainer.moment()
        self.timeline.cut(safe.iteration)
        self.curves.cut(safe.iteration)

    def settle(self) -> None:
        """After training, look at the last finished step with all its events, rather than at an empty new one."""
        if self.cursor == 0 and self.iteration > 0:
            self.go_to(self.iteration - 1, self.events)

    def go_to(self, iteration: int, cursor: int) -> None:
        """Any moment, before or after; bit for bit what it was."""
        iteration, cursor = max(iteration, 0), min(max(cursor, 0), self.events)
        self._reach(iteration)
        while self.cursor < cursor:
            self._trainer.run_event()
        if cursor == self.events:
            self._finished_step()

    def retune(self, compiled: Compiled, revision: int) -> None:
        """From here on train under another experiment, with the parameters as they are.

        A step in progress that has moved nothing yet is gone through again, up to the same event.
        """
        again = 0 if self.updated else self.cursor
        if again:
            self._trainer.restore(self._start)
        elif self.cursor:
            self._leave_step()
        self.branches.fork(self, self.iteration)
        self.trouble = None
        trainer = compiled.trainer()
        fits = compiled.rule.optimizer.slots == self._compiled.rule.optimizer.slots
        memory = self._trainer.updater.memory if fits else trainer.updater.memory
        trainer.restore(Moment(self.iteration, self._trainer.network.theta, memory, self._trainer.network.state))
        self.revision = revision
        self.timeline.begin(compiled, trainer)
        self.curves.cut(self.iteration)
        self._use(self.timeline.segment)
        self._start = self._trainer.moment()
        self._observe_losses()
        if again:
            self.go_to(self.iteration, min(again, self.events))
        else:
            self.settle()

    def place(self, theta: np.ndarray) -> None:
        """Put the parameters somewhere: a new stretch of the run begins here, the path that is left stays as a ghost.

        The optimiser forgets what it remembered of the old path.
        """
        done = self.cursor == self.events
        state = (self._trainer.network if done else self._start).state.copy()
        memory = np.zeros_like(self._trainer.updater.memory)
        moment = Moment(self.iteration + done, np.array(theta, self._start.theta.dtype), memory, state)
        if not self.branches.fork(self, moment.iteration):
            self.ball.leave(self.ball.trail(self))
        self.ball.begin(moment.iteration)
        self.trouble = None
        self._begin_at(moment)
        self.curves.cut(moment.iteration - 1)
        self._start = self._trainer.moment()
        self._observe_losses()

    def switch(self, number: int, revision: int, place: tuple[int, int] | None = None) -> None:
        """Go on with another branch of this run, at a place or at its end."""
        cap = self.timeline.cap_bytes
        other = self.branches.take(self, number)
        if other is None:
            self.revision = revision
            return
        self._recent, plane = None, self.ball.plane
        self.timeline, self.curves, self.ball = other.timeline, other.curves, other.ball
        self.revision, self.trouble = revision, None
        self.timeline.use_cap(cap)
        self._use(self.timeline.segment)
        fits = plane is not None and len(plane.origin) == self._trainer.network.size
        self.ball.use(plane if fits else None)
        self._trainer.restore(self.timeline.segment.keyframes[0])
        self._start = self._trainer.moment()
        if place is None:
            self.go_to(self.timeline.furthest, 0)
            self.settle()
        else:
            self.go_to(*place)

    def use_plane(self, plane: Plane | None) -> None:
        """Show the ball on this plane from now on."""
        self.ball.use(plane)

    def observe_losses(self, trained: bool = True) -> None:
        """Add a point to the curves; `trained`: the step before has just been made."""
        self._observe_losses(trained)

    def snapshot(self, running: bool) -> Snapshot:
        """This moment, copied."""
        trainer, before = self._trainer, self._start.theta
        theta = frozen(trainer.network.theta)
        train, test, accuracy = self.losses()
        layers = layer_values(trainer, np.asarray(before, np.float64))
        (x1, y), maps = trainer.fed, self._maps.view()
        if running and maps is None:
            layers = self._live.added_to(layers, x1[:-1])
        ball = self.ball.view(self, train, running)
        promised = next_theta(self, running)
        if ball is not None and self.branches.others:
            ball = replace(ball, ghosts=ball.ghosts + self.branches.ghost_paths(self))
        curves = self.curves.view()
        if self.branches.others:
            curves = self.branches.ghosted(self, curves)
        passed_loss = any(name.kind is EventKind.LOSS for name in self._info.events[: self.cursor])
        return Snapshot(
            self.revision,
            self._info,
            self.iteration,
            trainer.epoch,
            self.cursor,
            frozen(x1[:-1].T),
            frozen(y.T),
            trainer.batch.copy(),
            layers,
            theta,
            trainer.updater.learning_rate(self.iteration),
            trainer.program.buffers.loss if passed_loss else None,
            train,
            test,
            accuracy,
            curves,
            maps,
            running,
            ball=ball,
            history=self._history(),
            confusion=both(*self.judged()),
            felt=by_layer(trainer.network, trainer.network.grad) if running and self.iteration else (),
            promised=() if promised is None else by_layer(trainer.network, promised),
            placed=self.placed,
        )

    def _history(self) -> HistoryView:
        timeline = self.timeline
        return HistoryView(
            timeline.furthest,
            timeline.nbytes + self.branches.nbytes,
            timeline.cap_bytes,
            timeline.interval,
            self.branches.views(self),
            self.stopped,
            self.stopped_on if self.stopped else "",
            branch=self.branches.number,
            forked_at=self.branches.forked_at,
            start=timeline.start,
            trouble=self.trouble,
        )

    # --- what the ball asks for

    @property
    def compiled(self) -> Compiled:
        """The experiment in force at this moment."""
        return self._compiled

    @property
    def trainer(self) -> Trainer:
        """The engine at this moment."""
        return self._trainer

    @property
    def start(self) -> Moment:
        """The state at the start of the step in progress."""
        return self._start

    @property
    def updated(self) -> bool:
        """Whether the step in progress has begun to move the parameters."""
        return self.cursor > 0 and self._info.events[self.cursor - 1].phase is Phase.UPDATE

    @property
    def info(self) -> NetworkInfo:
        """The static picture."""
        return self._info

    def loss_with(self, theta: np.ndarray) -> float:
        """Loss of the training set with other parameters; leaves everything as it was."""
        own = self._trainer.network.theta
        kept = own.copy()
        own[...] = theta
        try:
            return self._trainer.evaluate()
        finally:
            own[...] = kept

    # --- inside

    def _use(self, segment: Segment) -> None:
        self._known.forget()
        self._compiled, self._trainer = segment.compiled, segment.trainer
        self._info = network_info(self._compiled, self._trainer)
        test = self._compiled.test
        self._test = None if test is None else Evaluator(self._trainer.network, test)
        self._maps = PlaneMaps(self._compiled)
        self._live = LiveAnswers(self._trainer.network)

    def _begin_at(self, moment: Moment) -> None:
        """Train from another state; while somebody drags, the stretch that was begun a moment ago is used again."""
        self._recent = None
        segment = self.timeline.at(moment.iteration)
        fresh = segment.start != moment.iteration or segment.trainer is not self._trainer
        trainer = self._compiled.trainer() if fresh else self._trainer
        trainer.restore(moment)
        if fresh:
            self.timeline.begin(self._compiled, trainer)
            self._use(self.timeline.segment)
        else:
            self.timeline.restart(moment)

    def _close(self) -> None:
        self._trainer.close_step()
        self._arrived()
        self._start = self._trainer.moment()

    def _arrived(self) -> None:
        """Between two steps: keep a keyframe if one is due, and change to the experiment that holds from here."""
        segment = self.timeline.at(self.iteration)
        if segment.trainer is not self._trainer:
            self._use(segment)
            self._trainer.restore(segment.keyframes[0])
        self.timeline.record(self._trainer)

    def _leave_step(self) -> None:
        """Finish the step in progress, so that a moment can be taken."""
        while self.cursor < self.events:
            self._trainer.run_event()
        self._close()

    def _finished_step(self) -> None:
        self._look(self.iteration + 1, trained=True)
        self.timeline.furthest = max(self.timeline.furthest, self.iteration + 1)

    def _reach(self, iteration: int) -> None:
        segment = self.timeline.at(iteration)
        stays = segment.trainer is self._trainer
        if not stays:
            self._use(segment)
        elif iteration == self.iteration:
            self._trainer.restore(self._start)
            return
        here, frame = self.iteration, self._nearest(segment, iteration)
        # A trainer that was left may share its network with the one that took over: its numbers are no longer its own.
        ahead = stays and self.cursor == 0 and frame.iteration <= here <= iteration
        if not ahead:
            self._trainer.restore(frame)
        while self.iteration < iteration:
            self._trainer.run(min(iteration - self.iteration, self.timeline.until_due(self.iteration)))
            if self.iteration > self.timeline.furthest:
                self._observe_losses()
            self.timeline.record(self._trainer)
        self._start = self._trainer.moment()

    def _nearest(self, segment: Segment, iteration: int) -> Moment:
        """The kept state from which that step is reached soonest: a keyframe, or the start of the last stretch."""
        frame = segment.nearest(iteration)
        if self._recent is None or self._recent[0] is not segment.trainer:
            return frame
        recent = self._recent[1]
        return recent if frame.iteration < recent.iteration <= iteration else frame

    def losses(self) -> tuple[float, float, float]:
        """Loss of the training set, loss of the test set, and accuracy, with the parameters now."""
        train, test = self.judged()
        return train.loss, test.loss, train.accuracy

    def judged(self) -> tuple[Judged, Judged]:
        """How the network does on the training set and on the test set, with the parameters now."""
        return self._known.of(self._trainer.network, self._judge)

    def _judge(self) -> tuple[Judged, Judged]:
        compiled, test = self._compiled, self._compiled.test
        return (
            judged(self._trainer.whole_set, compiled.targets, compiled.train.y),
            judged(self._test, compiled.targets, None if test is None else test.y),
        )

    def _look(self, iteration: int, trained: bool) -> None:
        """Add a point to the curves; right after a step the sizes of its gradient and of the step are known too."""
        trainer = self._trainer
        sizes = layer_sizes(trainer.network, trainer.updater) if trained else None
        self.curves.add(iteration, *self.judged(), trainer.network.theta, sizes)

    def _observe_losses(self, trained: bool = False) -> None:
        if self.cursor == 0:
            self._look(self.iteration, trained)
