"""The list of events and the sentence of the status line."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from gradgui.gui.debugger.announcement import announcement, spoken
from gradgui.gui.debugger.blame import responsibility
from gradgui.gui.debugger.names import event_meaning
from gradgui.gui.debugger.rows import State, row
from gradgui.session.snapshot import Detail, EventKind, HistoryView
from gradgui.text import Language, same
from tests.gui.debugger_nets import Case
from tests.gui.toycar import snapshot

RESULTS = [
    *("1.0", "1.0", "1.0", "1.0", "6.0", "6.0", "12.5", "+5"),
    *("+5", "+5", "+5", "+2", "+2", "+2", "+2", "+1", "+1", "+1", "+1", "+1"),
    *("W 0.900, b −0.100", "W 0.300, b 0.300", "W −0.100, b 5.100"),
]


@pytest.mark.parametrize("cursor", range(24))
def test_events_up_to_the_cursor_are_done_the_last_is_current_the_rest_is_to_come(cursor: int) -> None:
    moment = snapshot(cursor)
    states = [row(moment, event).state for event in moment.network.events]
    expected = [State.DONE] * (cursor - 1) + [State.CURRENT] * (cursor > 0) + [State.TO_COME] * (23 - cursor)
    assert states == expected


@pytest.mark.parametrize("cursor", range(24))
def test_results_are_shown_as_soon_as_they_are_known_and_not_before(cursor: int) -> None:
    moment = snapshot(cursor)
    rows = [row(moment, event) for event in moment.network.events]
    assert [r.value.en if r.value else None for r in rows] == RESULTS[:cursor] + [None] * (23 - cursor)


def test_labels_name_layer_and_quantity() -> None:
    moment = snapshot(23)
    labels = [row(moment, event).label.en for event in moment.network.events]
    assert labels[5:14] == [
        "L3 a", "loss", "L3 ∂L/∂a", "L3 ∂L/∂z", "L3 ∂L/∂W", "L3 ∂L/∂b", "L3 ∂L/∂x", "L2 ∂L/∂z", "L2 ∂L/∂W",
    ]  # fmt: skip


def test_matrices_are_summed_up_by_length_and_shape() -> None:
    case = Case((2, 4, 2, 1), ("tanh", "tanh", "sigmoid"), "bce", 10)
    moment = case.snapshot()
    values = [row(moment, e).value for e in case.network.events if e.kind is EventKind.D_INPUT]
    assert [str(value.en)[-6:] for value in values if value] == ["(10×2)", "(10×4)", "(10×2)"]
    assert all(value.en.startswith("‖·‖ ") for value in values if value)


def test_parameters_that_are_about_to_blow_up_have_moved_by_a_number() -> None:
    moment = snapshot(23)
    n = moment.network.events[22].layer
    values = moment.layers[n]
    assert values.W is not None
    far = np.full((2, 2), 3e180)  # its square is no number any more
    huge = replace(values, W=far, W_before=np.zeros((2, 2)), b=np.zeros(2), b_before=np.zeros(2), dW=far, db=np.ones(2))
    layers = (*moment.layers[:n], huge, *moment.layers[n + 1 :])
    said = row(replace(moment, layers=layers), moment.network.events[22]).value
    assert said is not None
    assert said.en == "moved 6e180"
    assert responsibility(huge) == pytest.approx(6e180)


def test_a_result_the_engine_merged_away_says_so() -> None:
    case = Case((2, 3), ("softmax",), "cross_entropy", 4)
    moment = case.snapshot(4)
    merged = replace(moment, layers=(replace(moment.layers[0], da=None),))
    value = row(merged, case.network.events[3]).value
    assert value is not None
    assert value.en == "merged with the next"


# ── The sentence ─────────────────────────────────────────────────────────────────────────────────


def test_the_sentence_of_the_sketch() -> None:
    said = announcement(snapshot(14))
    assert said.en == "Layer 2, weight gradient: +2. Next: Step (F10) asks the bias."
    assert said.zh == "第 2 层，权重的梯度：+2。下一步（F10）问偏置。"


def test_the_start_says_what_comes_first() -> None:
    said = announcement(snapshot(0))
    assert said.en == "Iteration 1 is ready. Next: Step (F10) adds up the inputs of layer 1."
    assert said.zh == "第 1 轮准备好了。下一步（F10）求第 1 层的加权和。"


def test_the_end_leads_to_the_next_iteration() -> None:
    assert announcement(snapshot(23)).en.endswith("Next: Step (F10) starts iteration 2.")


@pytest.mark.parametrize("cursor", range(1, 24))
def test_every_sentence_says_the_result_of_its_event(cursor: int) -> None:
    for language in Language:
        assert RESULTS[cursor - 1] in announcement(snapshot(cursor)).in_language(language)


def test_chinese_spaces_only_where_letters_meet_characters() -> None:
    for cursor in range(24):
        words = announcement(snapshot(cursor)).zh
        assert "恒等 " not in words
        assert " 恒等" not in words
        assert "  " not in words


def test_few_numbers_are_said_one_by_one_and_of_many_the_largest_or_where_they_lie() -> None:
    case = Case((2, 6, 3), ("tanh", "softmax"), "cross_entropy", 5)

    def said(kind: EventKind, layer: int) -> str:
        event = next(e for e in case.network.events if (e.kind, e.layer) == (kind, layer))
        return spoken(case.snapshot(event.index + 1)).en

    assert said(EventKind.D_BIAS, 1).count(", ") == 3
    assert "6 numbers, the largest" in said(EventKind.D_BIAS, 0)
    assert re.search(r"12 numbers, the largest [+−][\d.]+ at W1\[\d,\d\]\.", said(EventKind.D_WEIGHT, 0))
    assert "6 numbers from −" in said(EventKind.LINEAR, 0)
    assert said(EventKind.ACTIVATION, 1).endswith("for sample 1 of 5.")


def test_those_who_listen_hear_one_sentence_and_the_reason_of_a_stop_before_it() -> None:
    assert spoken(snapshot(14)).en == "Layer 2, weight gradient: +2, it must decrease."
    assert spoken(snapshot(0)).zh == "第 1 轮准备好了：步进（F10）求第 1 层的加权和。"
    stopped = replace(snapshot(16), history=HistoryView(1, stop=same("Here.")))
    assert spoken(stopped).en == "Here. Layer 2 hands back: +1."


def test_the_first_product_of_an_event_is_told_in_one_sentence_and_so_is_every_other() -> None:
    moment = snapshot(16)
    first = replace(moment, detail=Detail(0, 0))
    assert spoken(first).en == "Layer 2 hands back: +1; of these, input 1 of 1: 0.5 × 2 = 1."
    assert spoken(first).zh == "第 2 层往回交：+1；其中第 1 个输入，共 1 个：0.5 × 2 = 1。"
    case = Case((2, 4, 3), ("tanh", "softmax"), "cross_entropy", 5)
    for event in case.network.events:
        for detail in (Detail(0), Detail(0, 0), Detail(1), Detail(1, 1)):
            said = spoken(replace(case.snapshot(event.index + 1), detail=detail))
            assert said.en.count(". ") == 0
            assert said.zh.count("。") == 1


def test_several_weights_are_asked_in_the_plural() -> None:
    case = Case((2, 4, 3), ("tanh", "softmax"), "cross_entropy", 5)
    assert announcement(case.snapshot(7)).en.endswith("asks the weights.")
    assert announcement(case.snapshot(8)).en.endswith("asks the biases.")


def test_a_running_training_says_iteration_and_loss() -> None:
    running = replace(snapshot(12), running=True, iteration=99, train_loss=0.25)
    assert announcement(running).en == "Training: iteration 100, loss 0.25."
    assert announcement(running).zh == "训练中：第 100 轮，损失 0.25。"


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_has_a_row_a_meaning_and_a_sentence(kind: EventKind) -> None:
    moment = snapshot(23)
    event = replace(moment.network.events[22], kind=kind)
    network = replace(moment.network, events=(*moment.network.events[:22], event))
    moment = replace(moment, network=network)
    assert row(moment, event).label.en
    assert event_meaning(moment, event).zh
    assert announcement(moment).en.endswith("Next: Step (F10) starts iteration 2.")
