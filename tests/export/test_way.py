"""Recorded solutions in words that a teacher can follow."""

from __future__ import annotations

from gradgui.export.way import way
from gradgui.lessons.lesson import Act


def test_acts_are_said_one_after_the_other_in_both_languages() -> None:
    said = way([Act(set={"L1.W[1,0]": 0.38}), Act(train=1), Act(reset=True), Act(set={"kind": "adam"})])
    assert said is not None
    assert said.en == "One way: W1[1,0] = 0.38; train one step; same start; optimizer = Adam."
    assert said.zh == "一种做法：W1[1,0] = 0.38；训练一步；回到同一个起点；优化器 = Adam。"


def test_steps_that_follow_each_other_are_counted_together() -> None:
    said = way([Act(step=3), Act(step=4), Act(go="update")])
    assert said is not None
    assert said.en == "One way: Step through 7 events; run Update."


def test_cards_are_written_as_on_the_screen() -> None:
    said = way([Act(place=("dL/da3", "da3/da2"))])
    assert said is not None
    assert said.en == "One way: lay the cards ∂L/∂a3, ∂a3/∂a2."
    assert said.zh == "一种做法：依次摆卡片 ∂L/∂a3、∂a3/∂a2。"


def test_where_nothing_is_recorded_nothing_is_said() -> None:
    assert way([]) is None
