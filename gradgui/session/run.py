"""One run of an experiment: where it stands, how it moves through time, and what can be seen of it."""

from __future__ import annotations

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.evaluation import Evaluator
from gradgui.engine.planes import Plane
from gradgui.engine.state import Moment
from gradgui.engine.training import Trainer
from gradgui.session.ball import Ball
from gradgui.session.curves import Curves
from gradgui.session.observe import frozen, layer_values, network_info
from gradgui.session.plane_maps import PlaneMaps
from gradgui.session.snapshot import NetworkInfo, Snapshot
from gradgui.session.timeline import Segment, Timeline


class Run:
    """Lives in the worker's thread. A place in the run is (iteration, cursor): events done in that training step."""

    def __init__(self, compiled: Compiled, revision: int) -> None:
        self.revision = revision
        self.timeline = Timeline(compiled)
        self.curves = Curves()
        self.ball = Ball()
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
        """That many training steps, keyframes on the way; a step that was begun counts, a finished one not."""
        if self.cursor and steps:
            steps -= self.cursor < self.events
            self._leave_step()
        while steps > 0:
            count = min(steps, self.timeline.until_due(self.iteration))
            self._trainer.run(count)
            self._arrived()
            steps -= count
        self._start = self._trainer.moment()

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
        """From here on train under another experiment, with the parameters as they are."""
        if self.cursor:
            self._leave_step()
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
        self.settle()

    def use_plane(self, plane: Plane | None) -> None:
        """Show the ball on this plane from now on."""
        self.ball.use(plane)

    def observe_losses(self) -> None:
        """Add a point to the curves."""
        self._observe_losses()

    def snapshot(self, running: bool) -> Snapshot:
        """This moment, copied."""
        trainer, before = self._trainer, self._start.theta
        theta = frozen(trainer.network.theta)
        train, test, accuracy = self._losses()
        layers = layer_values(trainer, frozen(before))
        program = trainer.program
        passed_loss = any(name.kind.value == "loss" for name in self._info.events[: self.cursor])
        return Snapshot(
            self.revision,
            self._info,
            self.iteration,
            trainer.epoch,
            self.cursor,
            frozen(program.x1[:-1].T),
            frozen(program.y.T),
            trainer.batch.copy(),
            layers,
            theta,
            trainer.updater.learning_rate(self.iteration),
            program.buffers.loss if passed_loss else None,
            train,
            test,
            accuracy,
            self.curves.view(),
            self._maps.view(),
            running,
            ball=self.ball.view(self, train),
        )

    # --- what the ball asks for

    @property
    def trainer(self) -> Trainer:
        """The engine at this moment."""
        return self._trainer

    @property
    def start(self) -> Moment:
        """The state at the start of the step in progress."""
        return self._start

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
        self._compiled, self._trainer = segment.compiled, segment.trainer
        self._info = network_info(self._compiled, self._trainer)
        test = self._compiled.test
        self._test = None if test is None else Evaluator(self._trainer.network, test)
        self._maps = PlaneMaps(self._compiled)

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
        train, test, accuracy = self._losses()
        self.curves.add(self.iteration + 1, train, test, accuracy, self._trainer.network.theta)
        self.timeline.furthest = max(self.timeline.furthest, self.iteration + 1)

    def _reach(self, iteration: int) -> None:
        segment = self.timeline.at(iteration)
        if segment.trainer is not self._trainer:
            self._use(segment)
        elif iteration == self.iteration:
            self._trainer.restore(self._start)
            return
        here, frame = self.iteration, segment.nearest(iteration)
        ahead = segment.trainer is self._trainer and self.cursor == 0 and frame.iteration <= here <= iteration
        if not ahead:
            self._trainer.restore(frame)
        self._trainer.run(iteration - self._trainer.iteration)
        self._start = self._trainer.moment()

    def _losses(self) -> tuple[float, float, float]:
        train = self._trainer.evaluate()
        answers = self._trainer.answers()
        accuracy = self._compiled.targets.right(answers, self._compiled.train.y)
        test = float("nan") if self._test is None else self._test.loss()
        return train, test, accuracy

    def _observe_losses(self) -> None:
        if self.cursor == 0:
            self.curves.add(self.iteration, *self._losses(), self._trainer.network.theta)
