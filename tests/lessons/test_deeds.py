"""What a student did can be asked in conditions."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from gradgui.lessons.check import check_lesson
from gradgui.lessons.deeds import Deeds, Look
from gradgui.lessons.facts import Play
from gradgui.lessons.lesson import Act, all_lessons
from gradgui.lessons.questions import can_be_asked, disagreements, nudged
from gradgui.lessons.rehearsal import Rehearsal
from gradgui.lessons.settings import with_settings

LESSONS = {lesson.id: lesson for lesson in all_lessons()}


def deeds(name: str, *sources: str, arrived: str | None = None) -> tuple[Deeds, Play]:
    experiment = LESSONS[name].experiment
    return Deeds(experiment, sources, arrived), Play(experiment)


def look(play: Play) -> Look:
    trainer = play.trainer
    return Look(trainer.network.theta.copy(), trainer.iteration, trainer.cursor, 0.1, trainer.event_names)


def test_steps_to_counts_up_to_the_goal_even_when_only_the_end_is_seen() -> None:
    who, play = deeds("learning-rate", "runs('steps_to == 36')", arrived="abs(param('L1.b')[0] - 24) < 0.1")
    assert not who.holds("runs('steps_to == 36')")
    play.trainer.run(50)
    who.look(look(play))
    assert who.holds("runs('steps_to == 36')")
    assert who.holds("runs('steps == 50 and lr == 0.1 and optimizer == sgd')")


def test_a_run_that_was_left_before_its_steps_were_counted_is_counted_afterwards() -> None:
    who, play = deeds("learning-rate", "runs('steps_to == 36')", arrived="abs(param('L1.b')[0] - 24) < 0.1")
    start = play.trainer.network.theta.copy()
    play.trainer.run(50)
    assert not who.look(look(play), seconds=0.0)
    with pytest.MonkeyPatch.context() as hurry:
        hurry.setattr("gradgui.lessons.deeds.LONGEST_WAIT", 0.0)
        who.start(LESSONS["learning-rate"].experiment, start)
    assert not who.holds("runs('steps_to == 36')")
    while not who.retrace(0.0):
        pass
    assert who.holds("runs('steps_to == 36')")


def test_what_was_asked_before_the_steps_were_counted_is_asked_anew() -> None:
    who, play = deeds("learning-rate", "h['loss'][35] > 0")
    play.trainer.run(36)
    who.look(look(play), seconds=0.0)
    assert not who.holds("h['loss'][35] > 0")
    who.retrace()
    assert who.holds("h['loss'][35] > 0")


def test_an_endless_bounce_is_counted() -> None:
    lesson = LESSONS["learning-rate"]
    experiment = with_settings(lesson.experiment, {"lr": 2.0})
    who, play = Deeds(experiment, ["runs('bounce > 1')"]), Play(experiment)
    play.trainer.run(9)
    who.look(look(play))
    assert who.holds("runs('bounce == 9')")
    assert not who.holds("runs('max_err > 5')")


def test_phases_are_counted_however_large_the_step() -> None:
    who, play = deeds("toy-car")
    play.trainer.run(3)
    who.look(look(play))
    assert [who.names["count"](kind) for kind in ("forward", "backward", "update")] == [3, 3, 3]
    for _ in range(8):
        play.trainer.run_event()
    who.look(look(play))
    assert [who.names["count"](kind) for kind in ("forward", "backward", "update")] == [4, 3, 3]


def test_edited_names_what_a_hand_moved_and_nothing_else() -> None:
    who, play = deeds("toy-car")
    play.trainer.run(2)
    who.look(look(play))
    theta = play.trainer.network.theta.astype(np.float64)
    theta[1] += 1.0
    who.edit(LESSONS["toy-car"].experiment, theta, 2)
    assert who.holds("edited('L1.b') and edited('L1.b[0]')")
    assert not who.holds("edited('L1.W') or edited('L3.W') or edited('lr')")
    who.edit(with_settings(LESSONS["toy-car"].experiment, {"lr": 0.7}), theta, 2)
    assert who.holds("edited('lr') and not edited('loss')")


def test_the_order_of_events_is_known() -> None:
    who, play = deeds("toy-car")
    for _ in range(len(play.trainer.events)):
        play.trainer.run_event()
        who.look(look(play))
    assert who.holds("order_of('grad_b@L3', 'grad_W@L2', 'grad_W@L1')")
    assert not who.holds("order_of('grad_W@L1', 'grad_b@L3')")
    assert who.holds("visited('report:L2')")


def test_stations_answer_only_from_the_back() -> None:
    assert can_be_asked("L3", [], 3)
    assert not can_be_asked("L1", [], 3)
    assert can_be_asked("L1", ["L3", "L2"], 3)


def test_nudging_agrees_with_the_backward_pass() -> None:
    play = Play(LESSONS["soup"].experiment)
    theta = play.compiled.network.theta.astype(np.float64)
    slopes = [nudged(play, theta, place) for place in range(6)]
    assert np.allclose(slopes, play.facts().grads, atol=1e-8)


def test_a_planted_mistake_shows_in_its_layer_and_infects_those_before() -> None:
    play = Play(LESSONS["second-opinion"].experiment)
    theta = play.compiled.network.theta.astype(np.float64)
    sound = disagreements(play, theta, play.facts(), None)
    broken = disagreements(play, theta, play.facts(), "L2")
    assert max(sound) < 1e-8
    assert broken[2] < 1e-8
    assert min(broken[:2]) > 1e-3


def test_a_solution_that_leads_nowhere_is_noticed() -> None:
    lesson = LESSONS["aircon"]
    steps = [
        msgspec.structs.replace(step, solution=(Act(set={"L1.b": (19.0,)}),)) if step.id == "cold" else step
        for step in lesson.steps
    ]
    failures = check_lesson(msgspec.structs.replace(lesson, steps=tuple(steps)))
    assert [failure.place for failure in failures] == ["step.cold"]
    assert "does not reach" in failures[0].why.en


def test_a_rehearsal_stands_where_it_began_after_a_reset() -> None:
    lesson = LESSONS["learning-rate"]
    rehearsal = Rehearsal(lesson, lesson.steps[1])
    rehearsal.perform(Act(train=7))
    rehearsal.perform(Act(reset=True))
    assert rehearsal.deeds.holds("param('L1.b')[0] == 28 and steps == 0")
