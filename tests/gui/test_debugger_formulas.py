"""The formula of every event says what the engine computed, in numbers that can be checked by hand."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from gradgui.catalog.registry import activation_kinds, formula_kinds, layer_kinds, loss_kinds, optimizer_kinds
from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.gui.debugger.figures import gradient, norm, parameter, quantity, size
from gradgui.gui.debugger.formulas import FormulaView, formula
from gradgui.gui.debugger.plain import plain
from gradgui.gui.debugger.update_formulas import update_rule
from gradgui.gui.widgets.formula import Typesetter
from gradgui.session.examples import example_path
from gradgui.session.run import Run
from gradgui.session.snapshot import EventKind, Snapshot
from gradgui.text import Language
from tests.gui.debugger_nets import ACTIVATIONS, Case
from tests.gui.toycar import snapshot

TOY_CAR = {
    1: "1.0 = 1.0 · 1.0+0.0",
    2: "1.0 = max(0, 1.0)",
    3: "1.0 = 0.5 · 1.0+0.5",
    4: "1.0 = max(0, 1.0)",
    5: "6.0 = 0.4 · 1.0+5.6",
    6: "6.0 = 6.0",
    7: "12.5 = 1/2(6.0−1)²",
    8: "+5 = 6.0−1",
    9: "+5 = 5 · 1",
    10: "+5 = 5 · 1.0",
    11: "+5 = 5 · 1",
    12: "+2 = 0.4 · 5",
    13: "+2 = 2 · 1",
    14: "+2 = 2 · 1.0",
    15: "+2 = 2 · 1",
    16: "+1 = 0.5 · 2",
    17: "+1 = 1 · 1",
    18: "+1 = 1 · 1.0",
    19: "+1 = 1 · 1",
    20: "+1 = 1.0 · 1",
    21: "W1: 0.900 = 1.000−0.1 · (+1)   b1: −0.100 = 0.000−0.1 · (+1)",
    22: "W2: 0.300 = 0.500−0.1 · (+2)   b2: 0.300 = 0.500−0.1 · (+2)",
    23: "W3: −0.100 = 0.400−0.1 · (+5)   b3: 5.100 = 5.600−0.1 · (+5)",
}


@pytest.mark.parametrize("cursor", TOY_CAR)
def test_every_event_of_the_toy_car_shows_its_numbers(cursor: int) -> None:
    assert plain(formula(snapshot(cursor)).numbers) == TOY_CAR[cursor]


@pytest.mark.parametrize("cursor", range(24))
def test_every_event_asks_a_question_in_both_languages(cursor: int) -> None:
    question = formula(snapshot(cursor)).question
    for language in Language:
        words = question.in_language(language)
        assert words
        assert "{" not in words
        assert "  " not in words


def test_the_weight_of_the_body_is_asked_by_name() -> None:
    question = formula(snapshot(14)).question
    assert question.en == "How much does W2 of the body answer for?"
    assert question.zh == "车身的 W2 要负多少责任？"


def test_the_rule_of_a_weight_is_written_with_its_layer() -> None:
    assert plain(formula(snapshot(14)).latex) == "∂L/∂W2 = ∂L/∂z2 · x2"


def test_before_the_first_event_the_goal_of_the_step_is_shown() -> None:
    view = formula(snapshot(0))
    assert view.numbers == ""
    assert plain(view.latex) == "W ← W−η ∂L/∂W"


@pytest.mark.parametrize("cursor", range(8, 21))
def test_gradients_carry_their_value_for_the_colour(cursor: int) -> None:
    view = formula(snapshot(cursor))
    assert view.gradient is not None
    assert plain(view.numbers).startswith(gradient(view.gradient))


@pytest.mark.parametrize("cursor", [*range(1, 8), *range(21, 24)])
def test_values_that_are_no_gradients_have_no_gradient_colour(cursor: int) -> None:
    assert formula(snapshot(cursor)).gradient is None


# ── The numbers on both sides of = agree ─────────────────────────────────────────────────────────

CASES = [
    Case((1, 1, 1), ("tanh", "identity"), "half_mse", 1),
    Case((2, 4, 2, 1), ("tanh", "relu", "sigmoid"), "half_mse", 1),
    Case((2, 4, 2, 1), ("tanh", "relu", "sigmoid"), "bce", 1),
    Case((2, 4, 2, 1), ("tanh", "sigmoid", "sigmoid"), "bce", 4),
    Case((2, 4, 3), ("tanh", "softmax"), "cross_entropy", 4),
    Case((2, 4, 3), ("softplus", "softmax"), "half_mse", 1),
    Case((3, 2, 1), ("elu", "leaky_relu"), "mse", 3),
    Case((3, 2, 1), ("silu", "sin"), "mae", 3),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.network.layers[0].activation}-{case.loss}")
def test_both_sides_of_the_numbers_are_equal(case: Case) -> None:
    checked = 0
    for cursor in range(1, len(case.network.events) + 1):
        words = plain(formula(case.snapshot(cursor)).numbers)
        for equation in words.split("   "):
            left, right = equation.split(": ")[-1].split(" = ")
            if "…" not in right:
                assert calculate(right) == pytest.approx(calculate(left), rel=0.02, abs=0.006), words
                checked += 1
    assert checked > len(case.network.events) / 2


OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "ln": math.log,
    "max": max,
    "tanh": math.tanh,
    "sin": math.sin,
    "abs": abs,
    "sign": lambda x: float(np.sign(x)),
}


def calculate(words: str) -> float:
    """The value of what a student reads."""
    words = words.replace("−", "-").replace("·", "*").replace("²", "**2").replace("^", "**").replace("e**", "E**")
    words = re.sub(r"\|([^|]*)\|", r"abs(\1)", words)
    words = re.sub(r"ln ([\d.]+)", r"ln(\1)", words)
    words = re.sub(r"([\d)])\s*(\(|ln|abs)", r"\1*\2", words)
    return _value(ast.parse(words.strip(), mode="eval").body)


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]
        case ast.Name(id="E"):
            return math.e
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_value(inside)
        case ast.UnaryOp(operand=inside):
            return _value(inside)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=inside):
            return FUNCTIONS[name](*map(_value, inside))
        case _:
            raise AssertionError(ast.dump(node))


# ── Many neurons, many samples ───────────────────────────────────────────────────────────────────

NET = Case((2, 4, 2, 1), ("tanh", "tanh", "sigmoid"), "bce", 10)


def at(case: Case, kind: EventKind, layer: int) -> Snapshot:
    event = next(e for e in case.network.events if e.kind is kind and e.layer == layer)
    return case.snapshot(event.index + 1)


def test_a_batch_adds_up_three_samples_dots_and_the_last() -> None:
    words = plain(formula(at(NET, EventKind.D_WEIGHT, 2)).numbers)
    assert words.count("·") == 4
    assert "+…" in words


def test_the_neuron_with_the_largest_gradient_is_shown() -> None:
    moment = at(NET, EventKind.D_PREACTIVATION, 0)
    blame = moment.layers[0].dz
    assert blame is not None
    worst = int(np.abs(blame).sum(axis=0).argmax())
    assert formula(moment).gradient == blame[0, worst]


def test_a_chosen_neuron_is_shown_instead() -> None:
    moment = at(NET, EventKind.D_PREACTIVATION, 0)
    blame = moment.layers[0].dz
    assert blame is not None
    assert [formula(moment, unit).gradient for unit in range(4)] == list(blame[0])


def test_the_chosen_sample_is_shown_and_named() -> None:
    moment = replace(at(NET, EventKind.D_PREACTIVATION, 2), sample=3)
    blame = moment.layers[2].dz
    assert blame is not None
    assert formula(moment).gradient == blame[3, 0]
    assert formula(moment).question.en.endswith("(sample 4 of 10)")


def test_sums_over_the_batch_name_no_sample() -> None:
    assert "sample" not in formula(at(NET, EventKind.D_BIAS, 2)).question.en


def test_sigmoid_with_cross_entropy_is_p_minus_y() -> None:
    assert plain(formula(at(NET, EventKind.D_PREACTIVATION, 2)).latex) == "∂L/∂z3[0] = (p−y)/N"


def test_softmax_with_cross_entropy_is_p_minus_y() -> None:
    case = Case((2, 3), ("softmax",), "cross_entropy", 1)
    assert "= p−y" in plain(formula(at(case, EventKind.D_PREACTIVATION, 0)).latex)


def test_another_optimiser_shows_the_step_it_really_made() -> None:
    case = Case((1, 1), ("identity",), "half_mse", 1, optimizer="adam")
    moment = case.snapshot()
    values = replace(moment.layers[0], W=np.array([[0.25]]), W_before=np.array([[0.5]]))
    words = plain(formula(replace(moment, layers=(values,))).numbers)
    assert "W1: 0.250 = 0.500−0.25" in words


def test_both_sides_of_another_optimisers_step_are_written_as_finely_as_the_step() -> None:
    case = Case((1, 1), ("identity",), "half_mse", 1, optimizer="adam")
    moment = case.snapshot()
    values = replace(moment.layers[0], W=np.array([[-0.0075]]), W_before=np.array([[-0.02]]))
    words = plain(formula(replace(moment, layers=(values,))).numbers)
    assert "W1: −0.0075 = −0.0200+0.0125" in words


def test_a_layer_of_another_kind_still_has_a_formula() -> None:
    infos = tuple(replace(info, kind="batch_norm", activation=None) for info in NET.network.layers)
    moment = NET.snapshot(1)
    event = replace(moment.network.events[0], kind=EventKind.NORMALIZE)
    network = replace(moment.network, layers=infos, events=(event, *moment.network.events[1:]))
    assert "μ" in formula(replace(moment, network=network)).plain


def test_a_convolution_asks_its_filters_not_its_neurons() -> None:
    moment = NET.snapshot()
    shared = replace(moment.layers[0], dW=np.array([[1.0, 2.0], [3.0, -9.0]]), db=np.ones(2))
    infos = (replace(moment.network.layers[0], kind="conv2d"), *moment.network.layers[1:])
    network = replace(moment.network, layers=infos)
    event = next(e for e in network.events if e.kind is EventKind.UPDATE)
    cursor = event.index + 1
    view = formula(replace(moment, network=network, layers=(shared, *moment.layers[1:]), cursor=cursor))
    assert view.question.en == "How do W1[1,1] and b1[1] change?"


def test_values_that_blew_up_are_written_as_such() -> None:
    moment = at(NET, EventKind.LINEAR, 0)
    z = np.full((10, 4), np.nan)
    layers = (replace(moment.layers[0], z=z), *moment.layers[1:])
    assert "NaN" in formula(replace(moment, layers=layers)).plain


# ── Typesetting ──────────────────────────────────────────────────────────────────────────────────


def every_view() -> list[FormulaView]:
    losses = [*loss_kinds(), "of_the_future"]
    cases = [Case((1, 2, 1), (act, "identity"), "half_mse", 1) for act in ACTIVATIONS]
    cases += [Case((2, 3), ("softmax",), loss, 5) for loss in losses]
    cases += [Case((1, 1), ("sigmoid",), loss, 1) for loss in losses]
    cases += [Case((1, 1), ("identity",), "mse", 2, optimizer=o) for o in [*optimizer_kinds(), "of_the_future"]]
    return [formula(case.snapshot(cursor)) for case in cases for cursor in range(len(case.network.events) + 1)]


def test_the_typesetter_accepts_every_formula() -> None:
    typesetter = Typesetter(keep=5000)
    lines = {line for view in every_view() for line in (view.latex, view.numbers) if line}
    assert len(lines) > 150
    assert [line for line in lines if typesetter.typeset(line) is None] == []


def test_no_formula_keeps_a_placeholder() -> None:
    left = [view.plain for view in every_view() if re.search(r"[@#{}\\]", view.plain)]
    assert left == []


def test_the_typesetter_accepts_the_rules_of_other_layers() -> None:
    typesetter = Typesetter()
    rules = [kind.latex for kind in layer_kinds().values()]
    rules += [rule for a in activation_kinds().values() for rule in (a.latex, a.slope_latex)]
    rules += [rule for loss in loss_kinds().values() for rule in (loss.latex, loss.gradient_latex)]
    rules += [update_rule(optimizer, "W^{(1)}_{12}") for optimizer in optimizer_kinds()]
    bare = [optimizer_kinds()[kind].spec(bias_correction=False).build().rule_latex for kind in ("adam", "qhadam")]
    rules += [update_rule("adam", "W^{(1)}_{12}", rule) for rule in bare]
    assert [rule for rule in rules if re.search(r"[@#{}\\\\]", plain(rule))] == []
    assert [rule for rule in rules if typesetter.typeset(rule) is None] == []


@pytest.mark.parametrize("kind", formula_kinds())
def test_numbers_of_a_landscape_never_stand_side_by_side(kind: str) -> None:
    run, seen = Run(compile_experiment(read(example_path(f"surface-{kind}"))), 0), []
    while run.cursor < run.events:
        run.step_event()
        seen.append(plain(formula(run.snapshot(running=False)).numbers))
    assert [line for line in seen if re.search(r"[\d)] [\d(]", line)] == []
    assert any("·" in line for line in seen) or kind in ("bowl", "plateau")


def test_the_catalog_writes_every_activation_and_loss_with_numbers() -> None:
    assert [a.id for a in activation_kinds().values() if a.elementwise and not (a.written and a.slope_written)] == []
    assert [a.id for a in activation_kinds().values() if not a.elementwise] == ["softmax"]
    assert [loss.id for loss in loss_kinds().values() if not (loss.term and loss.slope)] == []
    assert loss_kinds()["half_mse"].latex == r"\frac{1}{2}\sum_j (a_j-y_j)^2"
    assert activation_kinds()["relu"].slope_latex == r"\begin{cases}1&z>0\\ 0&z\leq 0\end{cases}"


@pytest.mark.parametrize("act", [a for a in ACTIVATIONS if a not in ("softmax", "of_the_future", "gelu")])
def test_the_written_activation_is_the_computed_one(act: str) -> None:
    case = Case((1, 3, 1), (act, "identity"), "half_mse", 1)
    for unit in range(3):
        left, right = plain(formula(at(case, EventKind.ACTIVATION, 0), unit).numbers).split(" = ")
        assert calculate(right) == pytest.approx(calculate(left), rel=0.02, abs=0.006)


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2, "+2"),
        (-0.42, "−0.42"),
        (2.82842, "+2.828"),
        (0, "0"),
        (0.0046312, "+0.00463"),
        (-1.23456e-7, "−1.23e-7".replace("-7", "−7")),
        (math.inf, "+∞"),
        (math.nan, "NaN"),
    ],
)
def test_gradients_are_short_and_signed(value: float, words: str) -> None:
    assert gradient(value) == words


def test_forward_values_keep_a_decimal() -> None:
    assert [quantity(v) for v in (1, 0.4, 12.5, 0, -3)] == ["1.0", "0.4", "12.5", "0.0", "−3.0"]


def test_parameters_show_as_many_decimals_as_the_step_needs() -> None:
    assert parameter(0.5, 0.2) == "0.500"
    assert parameter(0.08912, 0.000866) == "0.08912"


def test_norms_have_three_digits() -> None:
    assert size(math.sqrt(8)) == "2.83"


def test_a_norm_is_infinite_only_where_a_number_is() -> None:
    assert norm(np.array([[3e200], [4e200]])) == pytest.approx(5e200)
    assert norm(np.array([[3e200], [math.inf]])) == math.inf


def test_a_loss_that_is_a_sum_is_divided_by_nobody() -> None:
    """Where the loss of a batch is the sum of its samples' losses, no 1/N stands in any formula."""
    case = Case((3, 2, 1), ("silu", "identity"), "mae", 3)
    kinds = (EventKind.LOSS, EventKind.D_OUTPUT)
    stops = [event.index + 1 for event in case.network.events if event.kind in kinds]
    for stop in stops:
        mean = case.snapshot(stop)
        summed = replace(mean, network=replace(mean.network, mean=False))
        assert "N" in plain(formula(mean).latex)
        assert "N" not in plain(formula(summed).latex)
        assert "3" not in re.findall(r"/(\d+)", plain(formula(summed).numbers))
