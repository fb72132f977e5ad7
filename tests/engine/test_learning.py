"""The engine learns what it promises to learn."""

from __future__ import annotations

from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.engine.evaluation import Evaluator
from gradgui.resources import path


def learnt(example: str, epochs: int) -> tuple[float, float]:
    """Loss and share of right answers on the test set."""
    compiled = compile_experiment(read(path("examples", f"{example}.gradgui")))
    trainer = compiled.trainer()
    trainer.run(epochs * trainer.steps_per_epoch)
    assert compiled.test is not None
    loss, answers = Evaluator(compiled.network, compiled.test).loss_and_answers()
    return loss, compiled.targets.right(answers, compiled.test.y)


def test_handwritten_digits_are_read() -> None:
    assert learnt("digits-dense", 40)[1] >= 0.97


def test_the_two_arms_of_a_spiral_are_told_apart() -> None:
    assert learnt("spiral", 100)[0] < 0.02
