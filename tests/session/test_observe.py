"""What is copied out of the engine for the views."""

from __future__ import annotations

import msgspec
import numpy as np

from gradgui.catalog.registry import optimizer_kinds
from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.session.examples import example_path
from gradgui.session.observe import network_info, without_rounding

EPSILON = float(np.finfo(np.float64).eps)


def test_terms_that_cancel_but_for_rounding_add_up_to_nothing() -> None:
    terms = np.array([[0.1, 1e-20], [0.2, 1e-20], [-0.3, 1e-20]])
    sums = terms.sum(axis=0)
    assert sums[0] != 0
    assert without_rounding(sums, terms, EPSILON).tolist() == [0.0, sums[1]]


def test_terms_of_a_saturated_sigmoid_cancel_too() -> None:
    answers = 1 / (1 + np.exp(-np.array([12.0, 6.0, -6.0, -12.0])))
    terms = ((answers - [0, 0, 1, 1]) * answers * (1 - answers) / 4)[:, None]
    sums = terms.sum(axis=0)
    assert 0 < abs(sums[0]) < 1e-16
    assert without_rounding(sums, terms, EPSILON)[0] == 0


def test_a_lone_sample_and_another_kind_of_layer_keep_their_numbers() -> None:
    lone, wide = np.array([[1e-30]]), np.ones((2, 6))
    assert without_rounding(lone[0], lone, EPSILON)[0] == 1e-30
    assert without_rounding(np.array([1e-30, 0.0]), wide, EPSILON).tolist() == [1e-30, 0.0]


def test_the_rule_that_is_written_is_the_one_that_is_used() -> None:
    experiment = read(example_path("spiral"))
    rules = {}
    for corrected in (True, False):
        spec = msgspec.structs.replace(optimizer_kinds()["adam"].spec(), bias_correction=corrected)
        compiled = compile_experiment(experiment.with_(optimizer=spec))
        rules[corrected] = network_info(compiled, compiled.trainer()).rule
    assert rules[True] == optimizer_kinds()["adam"].rule_latex
    assert rules[False] == rules[True].replace(r"\hat ", "")
