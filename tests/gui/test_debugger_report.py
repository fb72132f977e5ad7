"""The report says who must change which way, by how much, and why somebody has no blame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gradgui.gui.debugger.formulas import formula
from gradgui.gui.debugger.report import SHOWN, Kind, ReportLine, report
from gradgui.gui.debugger.rows import row
from gradgui.gui.widgets.sentences import sentence
from gradgui.session.snapshot import EventKind, Snapshot
from gradgui.text import Language, same
from tests.gui.debugger_nets import Case
from tests.gui.surfaces import car_ball
from tests.gui.toycar import snapshot


def said(lines: list[ReportLine], layer: int, language: Language = Language.ENGLISH) -> list[str]:
    """The lines of one layer, each with its calculation."""
    words = []
    for line in lines:
        if line.layer == layer and line.kind is not Kind.NOTE:
            detail = f"; {line.detail.in_language(language)}" if line.detail else ""
            words.append(line.text.in_language(language) + detail)
    return words


def last(case: Case, kind: EventKind, layer: int) -> Snapshot:
    event = next(e for e in case.network.events if e.kind is kind and e.layer == layer)
    return case.snapshot(event.index + 1)


@pytest.mark.parametrize("cursor", range(7))
def test_before_the_loss_nobody_is_blamed(cursor: int) -> None:
    (line,) = report(snapshot(cursor))
    assert line.text.en == "Nobody has been asked yet: blame starts at the loss."


def test_the_loss_says_who_is_asked_first() -> None:
    first = report(snapshot(7))[0]
    assert first.text.en == "Loss 12.5. Who answers for it? The battery is asked first."
    assert first.text.zh == "损失是 12.5。谁来负责？先问电池。"


def test_the_body_after_its_weight_was_asked() -> None:
    assert said(report(snapshot(14)), 1) == [
        "Body (layer 2): responsibility 2 so far",
        "Received +2 from the battery.",
        "W2 must decrease: gradient +2; 0.500 − 0.1 × (+2) = 0.300",
        "b2 has not been asked yet",
    ]


def test_the_body_after_it_handed_its_blame_on() -> None:
    assert said(report(snapshot(16)), 1) == [
        "Body (layer 2): responsibility 2.83",
        "Received +2 from the battery, hands +1 on to the tyres.",
        "W2 must decrease: gradient +2; 0.500 − 0.1 × (+2) = 0.300",
        "b2 must decrease: gradient +2; 0.500 − 0.1 × (+2) = 0.300",
    ]


def test_the_same_in_chinese() -> None:
    assert said(report(snapshot(16)), 1, Language.CHINESE) == [
        "车身（第 2 层）：责任 2.83",
        "从电池收到 +2，把 +1 交给轮胎。",
        "W2 需要减小：梯度 +2; 0.500 − 0.1 × (+2) = 0.300",
        "b2 需要减小：梯度 +2; 0.500 − 0.1 × (+2) = 0.300",
    ]


@pytest.mark.parametrize("cursor", range(8, 24))
def test_only_what_was_computed_is_told(cursor: int) -> None:
    moment = snapshot(cursor)
    lines = report(moment)
    for n, values in enumerate(moment.layers):
        told = [line.text.en[:2] for line in lines if line.layer == n and line.kind is Kind.PARAMETER]
        known = [f"W{n + 1}"] * (values.dW is not None) + [f"b{n + 1}"] * (values.db is not None)
        assert sorted(told) == known
        unknown = " ".join(line.text.en for line in lines if line.layer == n and line.kind is Kind.UNKNOWN)
        assert (f"W{n + 1}" in unknown) == (values.dW is None)
        assert (f"b{n + 1}" in unknown) == (values.db is None)


def test_at_the_end_shares_are_compared_with_the_largest_layer() -> None:
    assert said(report(snapshot(23)), 0)[0] == "Tyres (layer 1): responsibility 1.41, 20 % of the largest layer"


def test_an_update_does_not_change_the_calculation() -> None:
    assert said(report(snapshot(20)), 0)[2:] == said(report(snapshot(23)), 0)[2:]


def test_signs_tell_the_direction() -> None:
    lines = report(Case((2, 4, 1), ("tanh", "identity"), "mse", 10).snapshot())
    told = [line for line in lines if line.kind is Kind.PARAMETER]
    assert {line.sign for line in told} == {1, -1}
    for line in told:
        assert ("decrease" in line.text.en) == (line.sign == 1)
        assert ("gradient +" in line.text.en) == (line.sign == 1)


def test_the_largest_gradients_come_first_and_the_rest_is_counted() -> None:
    case = Case((8, 8, 1), ("tanh", "identity"), "mse", 10)
    moment = case.snapshot()
    lines = [line for line in report(moment) if line.layer == 0]
    sizes = [abs(float(line.text.en.split()[-1].replace("−", "-"))) for line in lines if line.kind is Kind.PARAMETER]
    assert len(sizes) == SHOWN
    assert sizes == sorted(sizes, reverse=True)
    dW, db = moment.layers[0].dW, moment.layers[0].db
    assert dW is not None
    assert db is not None
    largest = max(np.abs(dW).max(), np.abs(db).max())
    assert sizes[0] == pytest.approx(largest, rel=0.01)
    assert next(line for line in lines if line.kind is Kind.MORE).text.en == f"… and {72 - SHOWN} more"


def test_large_layers_agree_with_a_full_sort() -> None:
    case = Case((32, 64, 1), ("tanh", "identity"), "mse", 10)
    moment = case.snapshot()
    dW, db = moment.layers[0].dW, moment.layers[0].db
    assert dW is not None
    assert db is not None
    largest = np.sort(np.abs(np.concatenate([dW.reshape(-1), db])))[::-1][:SHOWN]
    lines = [line for line in report(moment) if line.layer == 0 and line.kind is Kind.PARAMETER]
    told = [abs(float(line.text.en.split()[-1].replace("−", "-"))) for line in lines]
    assert told == pytest.approx(list(largest), rel=0.01)


# ── Why somebody has no blame ────────────────────────────────────────────────────────────────────


def reasons(moment: Snapshot, layer: int) -> list[str]:
    lines = [line for line in report(moment) if line.layer == layer and line.sign == 0]
    return [line.text.en.split(": ", 1)[1] for line in lines]


def chain(activation: str, x: float, y: float, W: tuple[float, float], b: tuple[float, float]) -> Snapshot:
    """One input, one hidden neuron, one output, all chosen by hand."""
    case = Case((1, 1, 1), (activation, "identity"), "half_mse", 1)
    case.x, case.y = np.array([[x]]), np.array([[y]])
    case.W, case.b = [np.array([[w]]) for w in W], [np.array([v]) for v in b]
    return case.snapshot()


def test_an_input_of_zero_frees_its_weight() -> None:
    assert reasons(chain("identity", 0.0, 5.0, (1.0, 1.0), (1.0, 0.0)), 0) == ["its input is 0"]


def test_a_switched_off_relu_frees_what_lies_before_it() -> None:
    assert reasons(chain("relu", 1.0, 5.0, (1.0, 1.0), (-3.0, 0.0)), 0) == ["relu is off"] * 2


def test_a_cut_chain_frees_everything_before_it() -> None:
    assert reasons(chain("identity", 1.0, 5.0, (1.0, 0.0), (0.0, 0.0)), 0) == ["the chain is cut behind it"] * 2


def test_a_perfect_answer_frees_everybody() -> None:
    moment = chain("identity", 1.0, 2.0, (1.0, 2.0), (0.0, 0.0))
    assert reasons(moment, 0) == reasons(moment, 1) == ["already at its best"] * 2


def test_a_layer_without_any_blame_gets_one_line() -> None:
    case = Case((4, 8, 1), ("relu", "identity"), "mse", 3)
    case.b[0] = np.full(8, -100.0)
    assert [line.text.en for line in report(case.snapshot()) if line.layer == 0 and line.sign == 0] == [
        "None of the 40 parameters gets blame: relu is off"
    ]


# ── Other steps, alarms ──────────────────────────────────────────────────────────────────────────


def test_a_parameter_that_its_step_cannot_move_is_not_called_locked() -> None:
    moment = snapshot(23)
    body = replace(moment.layers[1], W=moment.layers[1].W_before)
    lines = report(replace(moment, layers=(moment.layers[0], body, moment.layers[2])))
    assert "W2 stays: gradient +2, too small a step to change it" in said(lines, 1)


def test_another_optimiser_tells_gradient_and_step_apart() -> None:
    moment = snapshot(23)
    body = replace(moment.layers[1], W=np.array([[0.45]]))
    network = replace(moment.network, optimizer="adam")
    lines = report(replace(moment, network=network, layers=(moment.layers[0], body, moment.layers[2])))
    assert "W2 must decrease: gradient +2; actual step −0.05: 0.500 → 0.450" in said(lines, 1)


def test_a_parameter_that_moves_uphill_is_carried_on_by_earlier_gradients() -> None:
    moment = snapshot(23)
    body = replace(moment.layers[1], W=np.array([[0.55]]))
    network = replace(moment.network, optimizer="momentum")
    moment = replace(moment, network=network, layers=(moment.layers[0], body, moment.layers[2]))
    uphill = "W2 must decrease: gradient +2; actual step +0.05: 0.500 → 0.550"
    assert uphill in said(report(moment), 1), "nothing remembered: weight decay, say"
    moment = replace(moment, ball=replace(car_ball(), momentum=(0.1, -0.2)))
    assert f"{uphill}, carried on by earlier gradients" in said(report(moment), 1)


def test_another_optimiser_promises_nothing_before_its_step() -> None:
    moment = snapshot(16)
    network = replace(moment.network, optimizer="adam")
    lines = said(report(replace(moment, network=network)), 1)
    assert "W2 must decrease: gradient +2; 0.500 now; the optimiser chooses the step" in lines


@pytest.mark.parametrize(
    ("weight", "alarm"),
    [(1e-4, "fading"), (1e4, "exploding"), (0.0, "dead"), (0.5, None)],
)
def test_a_signal_that_fades_or_explodes_raises_an_alarm(weight: float, alarm: str | None) -> None:
    lines = report(chain("identity", 1.0, 5.0, (1.0, weight), (0.0, 0.0)))
    found = [line.text.en for line in lines if line.kind is Kind.ALARM]
    assert [alarm in words for words in found] == [True] if alarm else found == []


def test_infinite_gradients_are_reported_without_a_stumble() -> None:
    case = Case((2, 3, 1), ("relu", "identity"), "mse", 4)
    moment = case.snapshot()
    huge = replace(moment.layers[0], dW=np.full((3, 2), np.inf), db=np.full(3, np.nan))
    lines = report(replace(moment, layers=(huge, moment.layers[1])))
    assert any("∞" in line.text.en for line in lines)


def test_a_layer_without_parameters_has_nothing_to_learn() -> None:
    moment = Case((2, 3, 1), ("relu", "identity"), "mse", 4).snapshot()
    bare = replace(moment.layers[0], W=None, b=None, W_before=None, b_before=None, dW=None, db=None)
    lines = said(report(replace(moment, layers=(bare, moment.layers[1]))), 0)
    assert lines[0] == "Layer 1: nothing to learn here"
    assert len(lines) == 2


@pytest.mark.parametrize("cursor", range(24))
def test_no_line_keeps_a_placeholder_or_a_stray_space(cursor: int) -> None:
    for line in report(snapshot(cursor)):
        for language in Language:
            words = line.text.in_language(language)
            assert "{" not in words
            assert words == words.strip()


def test_a_locked_parameter_is_told_no_step_that_it_will_not_take() -> None:
    shown = snapshot(20)
    first, second, third = shown.network.layers
    layers = (first, replace(second, frozen=("W",)), third)
    lines = said(report(replace(shown, network=replace(shown.network, layers=layers))), 1)
    told = [line for line in lines if line[:2] in ("W2", "b2")]
    assert told[0].startswith("b2 must decrease")
    assert told[1] == "W2 is locked: gradient +2, no step"


def test_of_two_equal_gradients_the_one_that_was_just_asked_is_told_first() -> None:
    asked_weight, asked_bias = (said(report(snapshot(cursor)), 1) for cursor in (14, 15))
    assert any(line.startswith("W2") for line in asked_weight)
    assert [line[:2] for line in asked_bias if line[:2] in ("W2", "b2")] == ["b2", "W2"]


def test_the_update_of_a_layer_with_a_locked_weight_tells_of_the_bias_alone() -> None:
    shown = snapshot(22)
    first, second, third = shown.network.layers
    held = replace(shown, network=replace(shown.network, layers=(first, replace(second, frozen=("W",)), third)))
    told, event = formula(held), held.current
    assert event is not None
    assert told.question.en == "How does b2 of the body change?"
    assert told.plain.startswith("b2 ← b2")
    assert "W" not in told.numbers
    assert row(held, event).value == same("b 0.300")
    assert sentence(held).en == "b2: 0.500 → 0.300"
