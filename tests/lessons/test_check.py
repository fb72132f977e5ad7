"""The check of lessons notices whatever is wrong."""

from __future__ import annotations

import pytest

from gradgui.lessons import check
from gradgui.lessons.check import check_lesson
from tests.lessons.small import small


def test_a_sound_lesson_has_no_failure() -> None:
    assert check_lesson(small()) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "why"),
    [
        ('that = "True"', 'that = "loss > 999"', "expect[1]", "not what the engine comes to: loss > 999"),
        ('that = "True"', 'that = "losss > 5"', "expect[1]", "there is no losss; perhaps loss is meant"),
        ('that = "True"', "that = \"grad('L9.W')\"", "expect[1]", "there is no L9.W in this network"),
        ('that = "True"', "that = \"act('L9')\"", "expect[1]", "there is no L9 in this network"),
        ("loss < 0.5 or steps == 3", "loss < -1", "expect[1]", "not reached within 5 steps: loss < -1"),
        ("right = false", "right = true", "step.ask", "exactly one answer must be right; right are: Half, One"),
        ("loss == 0.5", "loss == 0.6", "step.ask", "right are: –"),
        ("right = false", "", "step.ask", "either `true_if` or `right`"),
        ("right = false", 'right = false\ntrue_if = "True"', "step.ask", "either `true_if` or `right`"),
        ("{grad('L1.b')[0]:+.2f}", "{grad('L1.b'):+.2f}", "step.ask", "is no number"),
        ("{grad('L1.b')[0]:+.2f}", "{nobody}", "step.ask", "there is no nobody"),
        ("seen('loss > 9')", "seen('loss < 9')", "step.do", "done before the student has done anything"),
        ("seen('loss > 9')", "seen('los > 9')", "step.do", "there is no los"),
        ("optimizer == sgd", "optimizer == sgdd", "step.do", "perhaps sgd is meant"),
        ("node:L1[0]", "node:L1[1]", "step.ask", "no node:L1[1] to show"),
        ("node:L1[0]", "layer:L3", "step.ask", "no layer:L3 to show"),
        ('"edge:L1.W"', '"edge:L2.W"', "step.ask", "no edge:L2.W to show"),
        ("column:L1.W[:,0]", "column:L1.W[:,1]", "step.ask", "no column:L1.W[:,1] to show"),
        ('"pca1"', '"pca3"', "ui", "no pca3 to show"),
        ('watch = ["loss"]', 'watch = ["grad(3)"]', "ui", "there is no 3 in this network"),
    ],
)
def test_what_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, old: str, new: str, place: str, why: str) -> None:
    monkeypatch.setattr(check, "STEPS_AT_MOST", 5)
    failures = check_lesson(small(old, new))
    assert [failure.place for failure in failures] == [place]
    assert why in failures[0].why.en
    assert failures[0].why.zh != failures[0].why.en
