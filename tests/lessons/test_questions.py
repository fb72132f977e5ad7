"""The small exercises that lessons put have the right answers."""

from __future__ import annotations

import pytest

from gradgui.lessons.facts import Play
from gradgui.lessons.lesson import lesson_of
from gradgui.lessons.questions import pulls
from gradgui.lessons.settings import with_settings


@pytest.mark.parametrize(
    ("weight", "expected"), [(1.0, (-2.0, 2.0, 1.0, -6.0)), (1.5, (-1.5, 4.0, 1.5, -4.0))], ids=["start", "at rest"]
)
def test_every_sample_pulls_with_its_own_gradient(weight: float, expected: tuple[float, ...]) -> None:
    """(w·x − y)·x, worked out by hand for the four questions of the lesson about batches."""
    experiment = with_settings(lesson_of("batch").experiment, {"L1.W": ((weight,),)})
    facts = Play(experiment).facts()
    assert pulls(facts, mean=True) == pytest.approx(expected)
    assert sum(pulls(facts, mean=True)) / 4 == pytest.approx(float(facts.layers[0].dW[0, 0]))


def test_with_more_weights_no_sample_has_one_arrow() -> None:
    assert pulls(Play(lesson_of("exam").experiment).facts(), mean=False) == ()
