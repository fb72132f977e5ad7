"""The trainer: runs the tape in a loop, or one event at a time; both give the same bits."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.buffers import Buffers
from gradgui.engine.evaluation import Evaluator
from gradgui.engine.events import EventKind, EventName, Phase
from gradgui.engine.network import Network
from gradgui.engine.parts import Clock
from gradgui.engine.program import Program
from gradgui.engine.samples import Samples
from gradgui.engine.state import Moment
from gradgui.engine.streams import shuffled
from gradgui.engine.tape import Array, Call, Event, Stage
from gradgui.engine.update import Rule, Updater

TAPES_AT_MOST = 2048
"""Beyond this many batches per epoch one tape is fed by copying, instead of one tape for every batch."""


class Trainer:
    """One network learning from one set of examples.

    `batch_size` 0 means the full set. `iteration` counts finished updates; `cursor` the events of the step in progress.
    """

    def __init__(
        self,
        network: Network,
        samples: Samples,
        rule: Rule,
        *,
        batch_size: int = 0,
        shuffle: bool = True,
        seed: int = 1,
    ) -> None:
        self.network = network
        self.samples = samples
        count = len(samples)
        self.batch_size = count if batch_size <= 0 else min(batch_size, count)
        self.steps_per_epoch = math.ceil(count / self.batch_size)
        self.cursor = 0
        self._shuffle = shuffle and self.steps_per_epoch > 1
        self._clock = Clock(seed)
        self.updater = Updater(network, rule, self._clock, self.steps_per_epoch)
        self._x = np.ones((count, network.inputs + 1), network.dtype)
        self._x[:, :-1] = samples.x
        self._y = np.ascontiguousarray(samples.y, network.dtype)
        self._xe, self._ye = self._x.copy(), self._y.copy()
        self._order: NDArray[np.int64] = np.arange(count)
        self._loaded = 0 if not self._shuffle else -1
        self._buffers: dict[int, Buffers] = {}
        self._tapes: dict[int, list[Call]] = {}
        self._fed: dict[int, tuple[Array, Array, list[Call]]] = {}
        self._bound: dict[int, tuple[Program, tuple[Event, ...]]] = {}
        self._events: tuple[Event, ...] = ()
        self._program: Program | None = None
        self._evaluator: Evaluator | None = None

    # --- where we are

    @property
    def iteration(self) -> int:
        """Updates done."""
        return self._clock.iteration

    @property
    def epoch(self) -> int:
        """Full passes over the examples done."""
        return self._clock.iteration // self.steps_per_epoch

    @property
    def batch(self) -> NDArray[np.int64]:
        """Numbers of the samples in the batch of the step in progress."""
        self._load()
        return self._order[self._rows(self._slot)]

    @property
    def fed(self) -> tuple[Array, Array]:
        """Views of x1 (inputs + 1, B) and y (outputs, B) of that batch, as in a program, without making one."""
        self._load()
        rows = self._rows(self._slot)
        return self._xe[rows].T, self._ye[rows].T

    @property
    def event_names(self) -> tuple[EventName, ...]:
        """Every event of one step."""
        return tuple(event.name for event in self.events)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the step in progress."""
        self._open_step()
        return self._events

    @property
    def program(self) -> Program:
        """Buffers and batch of the step in progress."""
        self._open_step()
        assert self._program is not None
        return self._program

    # --- running

    def run(self, steps: int = 1) -> None:
        """That many training steps; a step that was begun is finished first and counts, a finished one is only closed.

        Overflow shows as inf or NaN in the numbers, not as a warning.
        """
        with np.errstate(all="ignore"):
            if self.cursor and steps:
                steps -= self.cursor < len(self.events)
                self._finish_step()
            while steps > 0:
                self._load()
                count = min(steps, self.steps_per_epoch - self._clock.batch)
                self._run_in_epoch(count)
                steps -= count

    def run_event(self) -> EventName:
        """The next event of the step in progress."""
        event = self.events[self.cursor]
        with np.errstate(all="ignore"):
            event.run()
        self.cursor += 1
        return event.name

    def close_step(self) -> None:
        """After the last event: the next step begins."""
        self.cursor = 0
        self._advance(1)

    # --- time travel

    def moment(self) -> Moment:
        """The state now; only between steps."""
        assert self.cursor == 0, "a moment lies between two steps"
        return Moment(self.iteration, self.network.theta.copy(), self.updater.memory.copy(), self.network.state.copy())

    def restore(self, moment: Moment) -> None:
        """Go to a moment, forwards or back."""
        self.network.theta[...] = moment.theta
        self.updater.memory[...] = moment.memory
        self.network.state[...] = moment.state
        self.cursor = 0
        self._clock.iteration = moment.iteration
        self._program = None
        self._set_clock()

    # --- looking

    def evaluate(self) -> float:
        """Loss of the whole set with the parameters now, dropout off."""
        return self.whole_set.loss()

    def last_step(self) -> tuple[Buffers, Array, Array, NDArray[np.int64]]:
        """What the last step left behind, while no other has begun: buffers, x1 and y as in a program, samples."""
        rows = self._rows((self.iteration - 1) % self.steps_per_epoch)
        buffers = self._buffers[rows.stop - rows.start]
        return buffers, self._xe[rows].T, self._ye[rows].T, self._order[rows]

    def answers(self) -> NDArray[np.float64]:
        """(N, outputs) answers to the whole set."""
        return self.whole_set.answers()

    @property
    def whole_set(self) -> Evaluator:
        """Forward passes over the whole set with the parameters now."""
        if self._evaluator is None:
            self._evaluator = Evaluator(self.network, self.samples)
        return self._evaluator

    # --- inside

    @property
    def _slot(self) -> int:
        return self._clock.batch

    def _run_in_epoch(self, count: int) -> None:
        clock, known, first = self._clock, self._tapes, self._clock.batch
        for slot in range(first, first + count):
            clock.batch = slot
            for function, arguments in known[slot] if slot in known else self._tape(slot):
                function(*arguments)
            clock.iteration += 1
        self._advance(0)

    def _finish_step(self) -> None:
        while self.cursor < len(self.events):
            self.run_event()
        self.close_step()

    def _advance(self, steps: int) -> None:
        self._clock.iteration += steps
        self._program = None
        self._set_clock()

    def _set_clock(self) -> None:
        self._clock.epoch, self._clock.batch = divmod(self._clock.iteration, self.steps_per_epoch)

    def _load(self) -> None:
        """Put the samples in the order of this epoch."""
        if not self._shuffle or self._loaded == self._clock.epoch:
            return
        self._order = shuffled(self._clock.seed, self._clock.epoch, len(self.samples))
        self._x.take(self._order, 0, self._xe, "clip")
        self._y.take(self._order, 0, self._ye, "clip")
        self._loaded = self._clock.epoch

    def _rows(self, slot: int) -> slice:
        return slice(slot * self.batch_size, min((slot + 1) * self.batch_size, len(self.samples)))

    def _bind(self, slot: int) -> Program:
        rows = self._rows(slot)
        return self._bound_to(self._xe[rows], self._ye[rows])

    def _bound_to(self, x: Array, y: Array) -> Program:
        size = len(x)
        if size not in self._buffers:
            self._buffers[size] = Buffers(self.network, size)
        program = Program(self.network, self._buffers[size], x.T, y.T, self._clock, training=True)
        program.bind_backward()
        return program

    def _tape(self, slot: int) -> list[Call]:
        if slot >= TAPES_AT_MOST:
            return self._fed_tape(slot)
        self._tapes[slot] = self._whole_step(self._bind(slot))
        return self._tapes[slot]

    def _fed_tape(self, slot: int) -> list[Call]:
        """One tape for all the batches of this size, laid out in memory like the others, with the batch copied in."""
        rows = self._rows(slot)
        x, y = self._xe[rows], self._ye[rows]
        if len(x) not in self._fed:
            own = np.empty_like(x), np.empty_like(y)
            self._fed[len(x)] = *own, self._whole_step(self._bound_to(*own))
        own_x, own_y, calls = self._fed[len(x)]
        return [(np.copyto, (own_x, x)), (np.copyto, (own_y, y)), *calls]

    def _whole_step(self, program: Program) -> list[Call]:
        return program.training_calls() + self.updater.prepare() + self.updater.move(slice(0, self.network.size))

    def _open_step(self) -> None:
        self._load()
        if self._program is None:
            if self._slot not in self._bound:
                self._bound.clear()
                program = self._bind(self._slot)
                self._bound[self._slot] = program, self._write_events(program)
            self._program, self._events = self._bound[self._slot]

    def _write_events(self, program: Program) -> tuple[Event, ...]:
        rows = program.stages()
        prepare = self.updater.prepare()
        for index, place in enumerate(self.network.places):
            if place.matrix is not None:
                stage = Stage(EventKind.UPDATE, prepare + self.updater.move(place.parameters))
                rows.append((Phase.UPDATE, stage, index))
                prepare = []
        names = program.names(rows)
        return tuple(
            Event(name, tuple(stage.slope + stage.calls + stage.watch))
            for name, (_, stage, _) in zip(names, rows, strict=True)
        )
