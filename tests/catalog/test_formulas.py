"""Classic landscapes: exact slopes, true minima, and the same way into the engine as any layer."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.formulas._base import FormulaKind
from gradgui.catalog.layers.formula import FormulaSpec
from gradgui.catalog.lookup import formula
from gradgui.catalog.registry import formula_kinds, layer_kinds
from gradgui.document.compile import compile_experiment
from gradgui.document.file import from_data, read
from gradgui.errors import UserError
from gradgui.session.examples import example_path, examples

KINDS = [pytest.param(kind, id=name) for name, kind in formula_kinds().items()]
STEP = 1e-6


def test_all_eight_are_there() -> None:
    assert set(formula_kinds()) == {
        "bowl", "ravine", "saddle", "plateau", "rosenbrock", "himmelblau", "rastrigin", "beale",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_slopes_are_those_of_the_value(kind: FormulaKind) -> None:
    rng = np.random.default_rng(1)
    (w0, w1), (b0, b1) = kind.spans
    for w, b in zip(rng.uniform(w0, w1, 40), rng.uniform(b0, b1, 40), strict=True):
        along_w = (kind.value(w + STEP, b) - kind.value(w - STEP, b)) / (2 * STEP)
        along_b = (kind.value(w, b + STEP) - kind.value(w, b - STEP)) / (2 * STEP)
        assert kind.slopes(w, b) == pytest.approx((along_w, along_b), rel=1e-5, abs=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_a_minimum_is_level_and_nothing_around_it_is_lower(kind: FormulaKind) -> None:
    for w, b in kind.minima:
        assert np.hypot(*kind.slopes(w, b)) < 1e-6
        around = [kind.value(w + dw, b + db) for dw in (-0.05, 0, 0.05) for db in (-0.05, 0, 0.05)]
        assert min(around) >= kind.value(w, b) - 1e-12


@pytest.mark.parametrize("kind", KINDS)
def test_start_and_minima_lie_in_the_picture(kind: FormulaKind) -> None:
    for place in (kind.start, *kind.minima):
        assert all(low <= at <= high for at, (low, high) in zip(place, kind.spans, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_each_has_its_example_that_starts_where_it_should_and_walks_downhill(kind: FormulaKind) -> None:
    compiled = compile_experiment(read(example_path(f"surface-{kind.id}")))
    assert compiled.network.size == 2
    assert tuple(compiled.network.theta) == kind.start
    trainer = compiled.trainer()
    before = trainer.evaluate()
    assert before == pytest.approx(kind.value(*kind.start), rel=1e-15)
    trainer.run(200)
    assert trainer.evaluate() < before


def test_the_examples_are_listed_after_the_networks() -> None:
    names = [name for name, _ in examples()]
    assert sum(name.startswith("surface-") for name in names) == 8


def test_an_unknown_formula_is_refused_with_its_place() -> None:
    with pytest.raises(UserError, match=r"network.layers\[0\].function.*rosenbrock"):
        compile_experiment(
            from_data(
                {
                    "data": {"kind": "table", "x": [[1.0]], "y": [[0.0]]},
                    "network": {"layers": [{"kind": "formula", "function": "hill"}]},
                    "loss": {"kind": "output"},
                    "optimizer": {"kind": "sgd"},
                }
            )
        )
    with pytest.raises(UserError, match="no formula called hill"):
        formula("hill")


def test_far_away_the_value_overflows_quietly() -> None:
    compiled = compile_experiment(read(example_path("surface-rosenbrock")))
    compiled.network.theta[...] = 1e200, 0.0
    assert compiled.trainer().evaluate() == np.inf


@pytest.mark.parametrize("kind", KINDS)
def test_a_formula_layer_is_called_by_its_formula(kind: FormulaKind) -> None:
    layer = FormulaSpec(function=kind.id)
    entry = layer_kinds()["formula"]
    assert entry.label(layer) == kind.name
    assert entry.formula_id(layer) == kind.id
