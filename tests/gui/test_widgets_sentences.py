"""Every event is told in one sentence with the real numbers, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from gradgui.gui.widgets.naming import blame, compact, in_sentence, short, weight_name
from gradgui.gui.widgets.sentences import sentence
from gradgui.session.snapshot import EventKind, EventName, Phase
from gradgui.text import Text
from tests.gui import editor_networks, toycar
from tests.gui.debugger_nets import Case

TOLD = {
    0: ("Nothing is computed yet. Step begins with the tyres.", "还没有开始计算。点“步进”，从轮胎开始。"),
    1: ("Tyres: 1.000·1.000 + 0 = 1.000", "轮胎算出 1.000·1.000 + 0 = 1.000"),
    2: ("Tyres: ReLU(1.000) = 1.000", "轮胎输出 ReLU(1.000) = 1.000"),
    3: ("Body: 0.500·1.000 + 0.500 = 1.000", "车身算出 0.500·1.000 + 0.500 = 1.000"),
    4: ("Body: ReLU(1.000) = 1.000", "车身输出 ReLU(1.000) = 1.000"),
    5: ("Battery: 0.400·1.000 + 5.600 = 6.000", "电池算出 0.400·1.000 + 5.600 = 6.000"),
    6: ("Battery: 6.000 goes on as it is", "电池原样输出 6.000"),
    7: ("The answer is 6.000, the target 1.000: loss 12.50", "答案是 6.000，目标是 1.000：损失 12.50"),
    8: (
        "The loss holds the answer responsible: ∂L/∂a = +5.000, it must decrease",
        "损失向答案追责：∂L/∂a = +5.000，需要减小",
    ),
    9: ("Battery: blame +5.000 × slope 1.000 = +5.000", "电池：责任 +5.000 × 斜率 1.000 = +5.000"),
    10: ("W3 answers for +5.000: it must decrease", "W3 要负责 +5.000：需要减小"),
    11: ("b3 answers for +5.000: it must decrease", "b3 要负责 +5.000：需要减小"),
    12: ("blame +2 is handed back to the body", "把责任 +2 交给车身"),
    13: ("Body: blame +2.000 × slope 1.000 = +2.000", "车身：责任 +2.000 × 斜率 1.000 = +2.000"),
    14: ("W2 answers for +2.000: it must decrease", "W2 要负责 +2.000：需要减小"),
    15: ("b2 answers for +2.000: it must decrease", "b2 要负责 +2.000：需要减小"),
    16: ("blame +1 is handed back to the tyres", "把责任 +1 交给轮胎"),
    17: ("Tyres: blame +1.000 × slope 1.000 = +1.000", "轮胎：责任 +1.000 × 斜率 1.000 = +1.000"),
    18: ("W1 answers for +1.000: it must decrease", "W1 要负责 +1.000：需要减小"),
    19: ("b1 answers for +1.000: it must decrease", "b1 要负责 +1.000：需要减小"),
    20: ("blame +1 is handed back to the input", "把责任 +1 交给输入"),
    21: ("W1: 1.000 → 0.900, b1: 0 → −0.100", "W1: 1.000 → 0.900，b1: 0 → −0.100"),
    22: ("W2: 0.500 → 0.300, b2: 0.500 → 0.300", "W2: 0.500 → 0.300，b2: 0.500 → 0.300"),
    23: ("W3: 0.400 → −0.100, b3: 5.600 → 5.100", "W3: 0.400 → −0.100，b3: 5.600 → 5.100"),
}


@pytest.mark.parametrize("cursor", range(24))
def test_every_event_of_the_toy_car_is_told_in_both_languages(cursor: int) -> None:
    assert sentence(toycar.snapshot(cursor)) == Text(*TOLD[cursor])


def test_one_neuron_is_no_plural_and_one_input_neither() -> None:
    case = Case((1, 4, 1), ("tanh", "sigmoid"), "bce", 5)
    assert sentence(case.snapshot(1)).en.endswith("4 neurons each weigh the one input and add a bias")
    assert sentence(case.snapshot(3)).en.endswith("one neuron weighs 4 inputs and adds a bias")


@pytest.mark.parametrize("cursor", range(24))
def test_a_wide_network_is_told_without_a_gap(cursor: int) -> None:
    said = sentence(editor_networks.snapshot([2, 4, 2, 1], cursor))
    for words in (said.en, said.zh):
        assert words == words.strip()
        assert not re.search(r"[{}]|None|nan|  ", words)
    assert not re.search(r"[，：] | [，：]|[\u4e00-\u9fff][A-Za-z]|[A-Za-z\d][\u4e00-\u9fff]", said.zh), said.zh


def test_a_negative_number_after_an_operator_stands_in_parentheses() -> None:
    said = sentence(editor_networks.snapshot([2, 4, 2, 1], 5))
    assert "(−0.539)·(−0.399)" in said.en


def test_the_weight_with_most_blame_is_named() -> None:
    moment = editor_networks.snapshot([2, 4, 2, 1], 14)
    dW = moment.layers[1].dW
    assert dW is not None
    unit, source = np.unravel_index(np.argmax(np.abs(dW)), dW.shape)
    assert f"W2[{unit},{source}]" in sentence(moment).en


def test_a_gradient_of_zero_asks_for_no_change() -> None:
    moment = toycar.snapshot(10)
    quiet = replace(moment.layers[2], dW=np.zeros((1, 1)))
    said = sentence(replace(moment, layers=(*moment.layers[:2], quiet)))
    assert said == Text(en="W3 answers for 0: it may stay", zh="W3 要负责 0：不用变")


@pytest.mark.parametrize(
    "kind", [EventKind.NORMALIZE, EventKind.DROPOUT, EventKind.POOL, EventKind.FLATTEN, EventKind.JOIN]
)
def test_layers_without_weights_have_their_sentence_too(kind: EventKind) -> None:
    moment = toycar.snapshot(1)
    event = EventName(0, Phase.FORWARD, kind, 0)
    said = sentence(replace(moment, network=replace(moment.network, events=(event,))))
    assert said.en.startswith("Tyres: ")
    assert said.zh.startswith("轮胎")


def test_a_name_keeps_its_capitals_where_they_mean_something() -> None:
    info = toycar.network()
    named = replace(info, layers=(replace(info.layers[0], name=Text(en="ReLU block", zh="ReLU 块")),))
    assert in_sentence(named, 0).en == "the ReLU block"
    careful = replace(info, layers=(replace(info.layers[0], name=Text(en="The careful accountant", zh="会计")),))
    assert in_sentence(careful, 0).en == "the careful accountant", "it brings its own article"
    assert in_sentence(info, 0).en == "the tyres"
    assert in_sentence(editor_networks.network([2, 1]), 0) == Text(en="L1", zh=" L1 ")


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0012, "0.0012"), (-0.0042, "−0.0042"), (0.00042, "4.2e−4"), (0.5, "0.50"), (12.345, "12.3"), (0.0, "0")],
)
def test_a_small_number_is_never_shown_as_nothing(value: float, said: str) -> None:
    assert compact(value, 3) == said


def test_numbers_that_stand_alone_lose_their_zeros_and_gradients_show_their_sign_twice() -> None:
    assert (short(2.0, signed=True), short(-0.125, signed=True), short(0.0)) == ("+2", "−0.12", "0")
    assert (blame(2.0), blame(-0.5), blame(0.0)) == ("▼ +2.000", "▲ −0.500", "0")
    assert weight_name(1, 0, 0, toycar.network().layers[1]) == "W2"


def test_only_plain_descent_always_moves_against_the_gradient() -> None:
    case = Case((2, 4, 1), ("tanh", "sigmoid"), "bce", 5)
    last = case.snapshot()
    assert last.current is not None
    assert last.current.kind is EventKind.UPDATE
    assert sentence(last).en.endswith("parameters move against their gradients")
    carried = replace(last, network=replace(last.network, optimizer="momentum"))
    assert sentence(carried).en.endswith("parameters take their step")
    assert sentence(carried).zh.endswith("个参数各走一步")
