"""What conditions may ask."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.errors import UserError
from gradgui.expressions import parse
from gradgui.lessons.facts import KNOWN, Play, at_the_start, condition
from gradgui.lessons.prose import filled, slots
from gradgui.text import Text
from tests.lessons.small import small


def ask(source: str, steps: int = 0) -> object:
    play = Play(small().experiment)
    play.run(steps)
    return condition(source).evaluate(at_the_start(play.facts()))


@pytest.mark.parametrize(
    "source",
    [
        "loss == 0.5 and val_loss == 0.5 and lr == 0.5 and n_params == 2",
        "out[0][0] == 2 and x[0][0] == 2 and y[0][0] == 1",
        "param('L1.W')[0][0] == 1 and param('L1.b')[0] == 0",
        "grad('L1.W')[0][0] == 2 and grad('L1.b')[0] == 1 and list(grads) == [2, 1]",
        "act('L1')[0][0] == 2 and dpre('L1')[0][0] == 1 and dact('L2')[0][0] == 1 and dx[0][0] == 1",
        "len(param('L2.W')) == 0",
        "share(0) == loss and h['loss'][0] == loss and steps == 0",
        "numgrad_error(1e-5) < 1e-9",
        "not edited('lr') and count('update') == 0 and not visited('a', 'b') and not runs('steps > 1')",
        "not last_run('dragged') and not last_run('steps') == 1 and not typed_next_ok(sign=1)",
        "seen('loss == 0.5') and not seen('loss == 1')",
        "not found_bug() and not placed('a') and not broke_on('nan') and not order_of('a', 'b')",
    ],
)
def test_the_facts_of_the_start(source: str) -> None:
    assert ask(source) is True


def test_facts_follow_training() -> None:
    assert (
        ask("steps == 2 and len(h['loss']) == 3 and h['loss'][2] == loss and near(param('L1.W')[0][0], 1.5)", 2) is True
    )


def test_shares_add_up_to_the_loss_even_of_a_mean() -> None:
    play = Play(small("x = [[2.0]], y = [[1.0]]", "x = [[2.0], [1.0]], y = [[1.0], [0.0]]").experiment)
    facts = play.facts()
    assert facts.shares.sum() == pytest.approx(facts.loss)
    assert facts.shares.tolist() == [0.25, 0.25]


def test_frozen_parameters_have_no_say_in_the_whole_gradient() -> None:
    play = Play(small("b = [0.0]", 'b = [0.0]\nfrozen = ["W"]').experiment)
    assert play.facts().grads.tolist() == [0.0, 1.0]
    assert play.facts().layers[0].dW.tolist() == [[2.0]]


def test_without_a_test_set_there_is_no_validation_loss() -> None:
    play = Play(small(", test_x = [[0.0]], test_y = [[1.0]]", "").experiment)
    assert np.isnan(play.facts().val_loss)


def test_running_until_gives_up() -> None:
    play = Play(small().experiment)
    assert not play.run_until(parse("loss < -1"), 3)
    assert play.trainer.iteration == 3
    assert play.run_until(parse("steps >= 3"), 3)


def test_unknown_names_are_refused_even_inside_quotes() -> None:
    for source in ("lost == 1", "seen('lost')", "runs('speed > 1')", "seen(loss)"):
        with pytest.raises(UserError):
            condition(source)
    assert "seen" in KNOWN


def test_prose_is_filled_in_from_the_engine() -> None:
    names = Play(small().experiment).facts().names
    text = Text(en="{loss:.2f}, {-loss:+.1f} and {lr}", zh="损失 {loss:.2f},{-loss:+.1f},{lr}")
    assert filled(text, names) == Text(en="0.50, −0.5 and 0.5", zh="损失 0.50,−0.5,0.5")
    assert [(e.source, spec) for e, spec in slots(Text(en="{loss:.2f}", zh="{lr}"))] == [("loss", ".2f"), ("lr", "")]
    with pytest.raises(UserError, match="is no number"):
        filled(Text(en="{'a'}", zh="{'a'}"), names)
