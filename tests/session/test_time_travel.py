"""Breakpoints, branches and random walks through time: every moment is what it was, wherever one comes from."""

from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradgui.document import edits
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.session.breakpoints import Breakpoint, Hit, Kind, check, fires
from gradgui.session.foresight import foreseen
from gradgui.session.levels import Level, stop_after, stop_before, stops
from gradgui.session.lookout import Lookout
from gradgui.session.run import Run
from gradgui.session.snapshot import EventKind, Phase
from gradgui.session.timeline import Timeline
from tests.session.test_run import experiment, fingerprint, noisy_run, toy_car

WALK = 500


def with_rate(wanted: Experiment, rate: float) -> Experiment:
    return wanted.with_(optimizer=msgspec.structs.replace(wanted.optimizer, learning_rate=rate))


class Walker:
    """Does random commands to a run and remembers each branch's moments."""

    def __init__(self, optimizer: str, seed: int) -> None:
        self.random = random.Random(seed)
        self.optimizer = optimizer
        self.run = noisy_run(optimizer)
        self.seen: dict[int, dict[tuple[int, int], bytes]] = {0: {}}
        self.commands = (
            [self.step] * 6
            + [self.back] * 4
            + [self.jump] * 3
            + [self.train] * 2
            + [self.look_ahead] * 2
            + [self.fork, self.switch, self.place, self.rebuild, self.reset]
        )

    def walk(self, commands: int) -> None:
        for _ in range(commands):
            self.random.choice(self.commands)()
            self.compare()

    def compare(self) -> None:
        run = self.run
        moments = self.seen[run.branches.number]
        place, now = (run.iteration, run.cursor), fingerprint(run)
        assert moments.setdefault(place, now) == now, place

    def step(self) -> None:
        self.run.step_event()

    def back(self) -> None:
        self.run.step_back()

    def jump(self) -> None:
        self.run.go_to(self.random.randint(0, 40), self.random.randint(0, self.run.events))

    def look_ahead(self) -> None:
        level = self.random.choice([Level.OPERATION, Level.LAYER, Level.PHASE])
        foreseen(self.run, level, self.run.snapshot(running=False))

    def train(self) -> None:
        self.run.train(self.random.randint(1, 30))
        self.run.settle()

    def fork(self) -> None:
        before = self.run.branches.number
        rate = self.random.choice([0.01, 0.03, 0.1])
        self.run.retune(compile_experiment(with_rate(self.run.compiled.experiment, rate)), 1)
        self.forget(before, self.run.timeline.segment.start)

    def place(self) -> None:
        before = self.run.branches.number
        self.run.place(self.run.trainer.network.theta + self.random.choice([-0.1, 0.1]))
        self.forget(before, self.run.timeline.segment.start)

    def forget(self, before: int, at: int) -> None:
        """What lies behind a fork belongs to the branch that was left; the past is common."""
        past = {place: bits for place, bits in self.seen[before].items() if place[0] < at}
        if self.run.branches.number == before:
            self.seen[before] = past
        else:
            self.seen[self.run.branches.number] = past

    def rebuild(self) -> None:
        """Another network: a new run begins, the one before is put aside with its own experiment."""
        self.begin(
            Run(compile_experiment(edits.set_units(experiment(self.optimizer), 0, self.random.choice([2, 5]))), 1)
        )

    def reset(self) -> None:
        self.begin(Run(compile_experiment(self.run.timeline.segments[0].compiled.experiment), 1))

    def begin(self, run: Run) -> None:
        run.branches = self.run.branches
        run.branches.begin_anew(self.run)
        self.run = run
        self.seen[run.branches.number] = {}

    def switch(self) -> None:
        if self.run.branches.others:
            self.run.switch(self.random.choice(self.run.branches.others).number, 1)


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@settings(max_examples=4, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_five_hundred_random_commands_never_change_a_moment_that_was_visited(optimizer: str, seed: int) -> None:
    Walker(optimizer, seed).walk(WALK)


def hits_forward(run: Run, lookout: Lookout, steps: int) -> list[Hit]:
    found = []
    run.go_to(0, 0)
    after = lookout.begin(run)
    for _ in range(steps):
        hit = lookout.step(run, after)
        if hit is not None:
            found.append(hit)
    return found


BREAKS = [
    Breakpoint(Kind.EVENT, layer=0, event=EventKind.D_WEIGHT),
    Breakpoint(Kind.LAYER, layer=3, phase=Phase.BACKWARD),
    Breakpoint(Kind.SIGN_CHANGE, parameter="L1.W[0,0]"),
    Breakpoint(Kind.SIGN_CHANGE, parameter="L4.b"),
    Breakpoint(Kind.WEIGHT_CHANGE, parameter="W1[1,1]"),
    Breakpoint(Kind.NORM_ABOVE, limit=0.6),
    Breakpoint(Kind.NORM_BELOW, layer=0, limit=0.1),
    Breakpoint(Kind.LOSS_RISING, limit=1.2),
    Breakpoint(Kind.VALIDATION_RISING),
    Breakpoint(Kind.VANISHING, limit=0.7),
    Breakpoint(Kind.EXPLODING, limit=1.0),
    Breakpoint(Kind.CONDITION, condition="loss < 0.6 and grad('L4.b')[0] > 0"),
]


def dying_run() -> Run:
    """A layer of ReLU that a large rate soon switches off, by and by and for good."""
    raw = msgspec.to_builtins(experiment("sgd"))
    raw["network"]["layers"] = [
        {"kind": "dense", "units": 6, "activation": "relu"},
        {"kind": "dense", "units": 1, "activation": "sigmoid"},
    ]
    raw["optimizer"]["learning_rate"] = 9.0
    return Run(compile_experiment(msgspec.convert(raw, Experiment)), 0)


def bursting_run() -> Run:
    """Fine for many steps; then the numbers leave the range of floating point."""
    raw = msgspec.to_builtins(experiment("sgd"))
    raw["network"]["layers"] = [
        {"kind": "dense", "units": 3, "activation": "identity"},
        {"kind": "dense", "units": 1, "activation": "identity"},
    ]
    raw["loss"] = {"kind": "half_mse"}
    raw["optimizer"]["learning_rate"] = 1.8
    return Run(compile_experiment(msgspec.convert(raw, Experiment)), 0)


RUNS = {Kind.DEAD_RELU: dying_run, Kind.NOT_FINITE: bursting_run}


@pytest.mark.parametrize(
    "b",
    [
        *BREAKS,
        Breakpoint(Kind.NOT_FINITE),
        Breakpoint(Kind.DEAD_RELU, limit=0.5),
        Breakpoint(Kind.DEAD_RELU, layer=0, limit=0.3),
    ],
    ids=lambda b: f"{b.kind.value}-{b.layer}",
)
def test_going_back_stops_where_going_forwards_stopped(b: Breakpoint) -> None:
    run, lookout = RUNS.get(b.kind, noisy_run)(), Lookout([b])
    forward = [hit.place for hit in hits_forward(run, lookout, 80)]
    assert forward
    assert {one.kind for one in BREAKS} | set(RUNS) == set(Kind), "every kind goes both ways"
    if b.kind in RUNS:
        assert forward[0][0] > 0, "it comes to pass only after a while"
    backward, place = [], (run.iteration, run.cursor)
    while place > (0, 0):
        hit, place = lookout.block(run, place)
        if hit is not None:
            backward.append(hit.place)
            place = hit.place
    if b.kind is Kind.EVENT or b.kind is Kind.LAYER:
        assert len(forward) == 80
    assert backward[::-1] == forward


def test_a_stop_tells_its_reason_in_both_languages() -> None:
    for b in BREAKS:
        for hit in hits_forward(noisy_run(), Lookout([b]), 60)[:1]:
            assert hit.reason.en[-1] == "."
            assert hit.reason.zh[-1] == "。"


def test_every_third_hit_is_the_same_third_hit_forwards_and_back() -> None:
    run, lookout = noisy_run(), Lookout([Breakpoint(Kind.LOSS_RISING, limit=1.05)])
    every = [hit.place for hit in hits_forward(run, lookout, 100)]
    assert len(every) > 6
    third = Lookout([Breakpoint(Kind.LOSS_RISING, limit=1.05, every=3)])
    assert [hit.place for hit in hits_forward(noisy_run(), third, 100)] == every[2::3]
    fresh = Lookout([Breakpoint(Kind.LOSS_RISING, limit=1.05, every=3)])
    place, found = (100, 0), None
    while found is None and place > (0, 0):
        found, place = fresh.block(run, place)
    assert found is not None
    assert found.place == every[2::3][-1]


def test_a_breakpoint_that_only_takes_notes_never_stops() -> None:
    run, lookout = noisy_run(), Lookout([Breakpoint(Kind.LOSS_RISING, limit=1.05, log_only=True)])
    assert hits_forward(run, lookout, 100) == []
    assert len(lookout.log) > 6
    assert lookout.hits == (len(lookout.log),)


def test_a_disabled_breakpoint_needs_no_watching() -> None:
    assert not Lookout([Breakpoint(Kind.NOT_FINITE, enabled=False)]).active


def test_a_blow_up_says_for_which_sample_of_the_batch() -> None:
    raw = msgspec.to_builtins(dying_run().compiled.experiment)
    raw["optimizer"]["learning_rate"] = 1e6
    run = Run(compile_experiment(msgspec.convert(raw, Experiment)), 0)
    with np.errstate(all="ignore"):
        hits = hits_forward(run, Lookout([Breakpoint(Kind.NOT_FINITE)]), 200)
        (iteration, cursor), reason = hits[0].place, hits[0].reason
        run.go_to(iteration, cursor)
        event, values = run.info.events[cursor - 1], run.snapshot(False).layers
    assert event.kind is EventKind.LINEAR
    rows = values[event.layer].z
    assert rows is not None
    first = int(np.flatnonzero(~np.isfinite(rows).all(axis=1))[0])
    assert f"sample {first + 1} of {len(rows)}" in reason.en
    assert f"第 {first + 1} 个样本" in reason.zh


def test_a_blow_up_is_found_at_its_first_event() -> None:
    run = Run(compile_experiment(with_rate(toy_car().compiled.experiment, 1e160)), 0)
    hits = hits_forward(run, Lookout([Breakpoint(Kind.NOT_FINITE)]), 6)
    assert hits
    iteration, cursor = hits[0].place
    run.go_to(iteration, cursor - 1)
    event = run.info.events[cursor - 1]
    run.go_to(iteration, cursor)
    assert "finite" in hits[0].reason.en
    assert event.kind in (EventKind.LINEAR, EventKind.ACTIVATION, EventKind.LOSS, EventKind.UPDATE, EventKind.D_WEIGHT)


def test_dead_neurons_are_found() -> None:
    car = toy_car().compiled.experiment
    layers = list(car.network.layers)
    layers[1] = msgspec.structs.replace(layers[1], b=(-9.0,))
    dead = car.with_(network=msgspec.structs.replace(car.network, layers=tuple(layers)))
    hits = hits_forward(Run(compile_experiment(dead), 0), Lookout([Breakpoint(Kind.DEAD_RELU, limit=1.0)]), 1)
    assert hits[0].place == (0, 4)


def test_who_changed_this_finds_the_last_update_that_really_moved_a_weight() -> None:
    run = noisy_run()
    run.train(20)
    run.retune(compile_experiment(with_rate(experiment(), 0.0)), 1)
    run.train(70)
    run.settle()
    lookout = Lookout([Breakpoint(Kind.WEIGHT_CHANGE, parameter="L1.W[2,1]")])
    hit, place = None, (run.iteration, run.cursor + 1)
    while hit is None and place > (0, 0):
        hit, place = lookout.block(run, place)
    assert hit is not None
    assert hit.place[0] == 19
    event = run.info.events[hit.place[1] - 1]
    assert (event.kind, event.layer) == (EventKind.UPDATE, 0)
    run.go_to(*hit.place)
    values = run.snapshot(False).layers[0]
    assert values.W is not None
    assert values.W_before is not None
    assert values.W[2, 1] != values.W_before[2, 1]


def test_watching_changes_nothing() -> None:
    watched, alone = noisy_run(), noisy_run()
    hits_forward(watched, Lookout([Breakpoint(Kind.CONDITION, condition="norm(grad('L1.W')) > 1e9"), *BREAKS]), 90)
    alone.train(90)
    assert fingerprint(watched) == fingerprint(alone)


@pytest.mark.parametrize(
    "b",
    [
        Breakpoint(Kind.CONDITION, condition="grad('L9.W') > 0"),
        Breakpoint(Kind.CONDITION, condition="lossy < 1"),
        Breakpoint(Kind.CONDITION, condition="__import__('os')"),
        Breakpoint(Kind.SIGN_CHANGE, parameter="L1.Q"),
    ],
)
def test_a_breakpoint_on_something_that_is_not_there_is_refused(b: Breakpoint) -> None:
    with pytest.raises(UserError):
        check(b, toy_car().info)


def test_an_edit_in_the_past_keeps_the_old_future_as_a_branch() -> None:
    run = noisy_run()
    run.train(100)
    run.settle()
    old = fingerprint(run)
    run.go_to(40, 3)
    run.retune(compile_experiment(with_rate(experiment(), 0.2)), 1)
    run.train(30)
    run.settle()
    new = fingerprint(run)
    views = run.snapshot(False).history.branches
    assert [(v.name.en, v.furthest, v.here) for v in views] == [("Run A", 100, False), ("Run B", 70, True)]
    assert len(run.snapshot(False).curves.ghosts) == 1
    run.switch(0, 2)
    assert fingerprint(run) == old
    assert run.compiled.experiment.optimizer.learning_rate == 0.02
    run.switch(1, 3)
    assert fingerprint(run) == new
    assert run.compiled.experiment.optimizer.learning_rate == 0.2
    run.switch(1, 4)
    assert fingerprint(run) == new
    assert run.snapshot(False).revision == 4, "choosing the branch one is on must not be taken for an old answer"


def test_an_edit_at_the_end_of_the_run_makes_no_branch() -> None:
    run = noisy_run()
    run.train(10)
    run.settle()
    run.retune(compile_experiment(with_rate(experiment(), 0.2)), 1)
    assert run.snapshot(False).history.branches == ()


def test_a_hundred_thousand_steps_of_321_parameters_fit_under_the_cap() -> None:
    raw = msgspec.to_builtins(experiment("adam"))
    raw["network"]["layers"] = [{"kind": "dense", "units": units, "activation": "tanh"} for units in (16, 15)] + [
        {"kind": "dense", "units": 1, "activation": "sigmoid"}
    ]
    compiled = compile_experiment(msgspec.convert(raw, Experiment))
    timeline = Timeline(compiled)
    trainer = timeline.segment.trainer
    assert compiled.network.size >= 319
    for iteration in range(0, 100_001, timeline.interval):
        trainer._clock.iteration = iteration
        timeline.record(trainer)
    assert timeline.keyframe_before(99_999) >= 99_999 - 64
    assert timeline.nbytes < timeline.cap_bytes


def test_however_long_a_run_gets_its_keyframes_stay_under_the_cap_and_are_closest_where_it_stands() -> None:
    """Keyframes at the widest usual distance everywhere would take ten times the cap."""
    timeline = Timeline(toy_car().compiled, 100 * Timeline(toy_car().compiled).nbytes)
    trainer = timeline.segment.trainer
    while trainer.iteration < 4_000_000:
        trainer._clock.iteration += timeline.until_due(trainer.iteration)
        timeline.record(trainer)
        assert timeline.nbytes <= timeline.cap_bytes
    now = trainer.iteration
    replays = [place - timeline.keyframe_before(place) for place in range(now, 0, -1000)]
    assert timeline.keyframe_before(0) == 0, "the beginning is never forgotten"
    assert max(replays[:40]) <= 4096, "what is near stays near"
    assert max(replays) < now / 10, "and no part of the run is forgotten altogether"


def test_a_slow_network_keeps_its_keyframes_closer() -> None:
    timeline = Timeline(toy_car().compiled)
    timeline.suit(20.0)
    assert timeline.interval <= 2
    timeline.suit(0.05)
    assert timeline.interval == 64


def test_a_rise_of_the_test_loss_is_where_the_test_loss_really_rises() -> None:
    hits = hits_forward(noisy_run(), Lookout([Breakpoint(Kind.VALIDATION_RISING)]), 60)
    run, losses = noisy_run(), []
    for _ in range(60):
        run.train(1)
        losses.append(run.losses()[1])
    rising = [k for k in range(1, 60) if losses[k] > losses[k - 1]]
    assert rising
    assert [hit.place for hit in hits] == [(k, run.events) for k in rising]


def test_a_breakpoint_that_is_set_while_training_knows_the_step_before() -> None:
    """The very next step can already be compared with the one before it."""
    alone = [hit.place for hit in hits_forward(noisy_run(), Lookout([Breakpoint(Kind.LOSS_RISING, limit=1.05)]), 60)]
    first = alone[2][0]
    run, lookout = noisy_run(), Lookout([])
    run.train(first)
    lookout.use([Breakpoint(Kind.LOSS_RISING, limit=1.05)])
    hit = lookout.step(run)
    assert hit is not None
    assert hit.place == alone[2]


def test_pausing_replays_no_more_than_the_last_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    """However far apart the keyframes lie: a pause must not wait for thousands of steps to be trained again."""
    run = noisy_run()
    run.timeline.interval = 4096
    for _ in range(50):
        run.train(20)
    replayed = []
    trainer = run.trainer
    monkeypatch.setattr(trainer, "run", lambda steps=1, own=trainer.run: (replayed.append(steps), own(steps))[1])
    run.settle()
    alone = noisy_run()
    alone.go_to(999, alone.events)
    assert fingerprint(run) == fingerprint(alone)
    assert sum(replayed) < 20


def test_the_whole_set_is_asked_once_for_each_state_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    run, asked = noisy_run(), []
    own = run.trainer.whole_set.loss_and_answers
    monkeypatch.setattr(run.trainer.whole_set, "loss_and_answers", lambda: (asked.append(run.cursor), own())[1])
    updates = sum(name.phase is Phase.UPDATE for name in run.info.events)
    for _ in range(run.events):
        run.step_event()
        run.snapshot(False)
    assert len(asked) <= updates + 1


def test_levels_are_runs_of_events() -> None:
    events = toy_car().info.events
    assert stops(events, Level.OPERATION) == tuple(range(1, 24))
    assert stops(events, Level.PHASE) == (6, 7, 20, 23)
    assert stops(events, Level.LAYER) == (2, 4, 6, 7, 12, 16, 20, 23)
    assert (stop_after(events, Level.LAYER, 8), stop_before(events, Level.LAYER, 8)) == (12, 7)
    assert (stop_after(events, Level.PHASE, 23), stop_before(events, Level.PHASE, 3)) == (None, 0)


def test_a_condition_that_cannot_be_answered_does_not_hold() -> None:
    run = toy_car()
    run.go_to(0, 0)
    probe = run.probed_step(None)
    assert fires(Breakpoint(Kind.CONDITION, condition="grad('L1.W')[7] > 0"), probe) == []
    assert len(fires(Breakpoint(Kind.CONDITION, condition="loss == 12.5"), probe)) == 1
    assert np.isclose(probe.loss, 12.5)


def test_a_leap_forward_leaves_keyframes_and_a_curve_behind_and_counts_as_visited() -> None:
    run = noisy_run()
    run.go_to(1000, 5)
    assert run.timeline.furthest == 1000
    assert run.timeline.keyframe_before(999) >= 999 - run.timeline.interval
    assert len(run.curves.view().iterations) > 10
    alone = noisy_run()
    alone.train(1000)
    alone.go_to(1000, 5)
    assert fingerprint(run) == fingerprint(alone)
