"""Every layer, activation and loss against an independent opinion (HIPS autograd) and against central differences."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.registry import activation_kinds, formula_kinds, layer_kinds, loss_kinds
from gradgui.engine.gradient_check import check_gradient
from gradgui.engine.parts import Clock
from tests.engine import oracle
from tests.engine.nets import SEED, Case, Layers, conv, dense, layer

ACTIVATIONS = sorted(activation_kinds())
LOSSES = sorted(loss_kinds())
POSITIVE = {"bce": ["sigmoid", "softmax"], "cross_entropy": ["sigmoid", "softmax", "softplus"]}
"""Losses with logarithms need answers from (0, 1), or at least positive ones."""
LEVEL = ("output", "softmax")
"""Shares always add up to 1: a loss without any slope, and nothing to compare."""
PAIRS = [(loss, out) for loss in LOSSES for out in POSITIVE.get(loss, ACTIVATIONS) if (loss, out) != LEVEL]
PICTURE = (2, 5, 6)


def test_the_independent_opinion_knows_every_kind() -> None:
    assert set(oracle.ACTIVATIONS) == set(ACTIVATIONS)
    assert set(oracle.LOSSES) == set(LOSSES)
    assert set(oracle.LAYERS) == set(layer_kinds())
    assert set(oracle.LANDSCAPES) == set(formula_kinds())


def check(case: Case) -> None:
    result = check_gradient(case.network, case.samples, clock=Clock(SEED))
    assert result.error < 1e-7
    assert result.agrees, result.worst


@pytest.mark.parametrize("mean", [True, False], ids=["mean", "sum"])
@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_activation_with_every_loss(hidden: str, output: str, loss: str, mean: bool) -> None:
    case = Case([dense(3, hidden), dense(2, hidden), dense(3, output)], loss, mean, seed=1)
    case.prove()
    if mean:
        check(case)


@pytest.mark.parametrize("loss", ["output", "half_mse"])
@pytest.mark.parametrize("formula", sorted(formula_kinds()))
def test_every_classic_landscape(formula: str, loss: str) -> None:
    for seed in range(3):
        case = Case([layer("formula", function=formula)], loss, shape=(1,), count=1 + seed, seed=seed)
        case.prove()
        check(case)


STRUCTURES: dict[str, tuple[Layers, tuple[int, ...]]] = {
    "one dense layer": ([dense(2)], (3,)),
    "dense on a picture": ([dense(2)], PICTURE),
    "a formula under a layer": ([layer("formula", function="bowl"), dense(2)], (3,)),
    "flatten": ([layer("flatten"), dense(2)], PICTURE),
    "flatten between": ([conv(2, size=2), layer("flatten"), dense(2)], PICTURE),
    "dropout": ([dense(4), layer("dropout", rate=0.3), dense(2)], (2,)),
    "dropout on the input": ([layer("dropout", rate=0.5), dense(2)], (4,)),
    "dropout of a picture": ([conv(2, size=2), layer("dropout", rate=0.5), dense(2)], PICTURE),
    "dropout at the end": ([dense(4), layer("dropout", rate=0.3)], (2,)),
    "dropout of nothing": ([dense(4), layer("dropout", rate=0.0), dense(2)], (2,)),
    "layer norm": ([dense(4), layer("layer_norm"), dense(2)], (2,)),
    "layer norm of the input": ([layer("layer_norm"), dense(2)], (3,)),
    "layer norm of a picture": ([conv(2, size=2), layer("layer_norm", epsilon=0.1), dense(2)], PICTURE),
    "layer norm at the end": ([dense(3), layer("layer_norm")], (2,)),
    "batch norm of the input": ([layer("batch_norm"), dense(2)], (3,)),
    "batch norm of a picture": ([layer("batch_norm"), conv(2, size=2), dense(2)], PICTURE),
    "average pooling": ([layer("avg_pool", size=2, stride=2), dense(2)], PICTURE),
    "average pooling, overlapping": ([conv(3, size=2), layer("avg_pool", size=3, stride=1), dense(2)], PICTURE),
    "average pooling, gaps": ([conv(3, size=2), layer("avg_pool", size=1, stride=2), dense(2)], PICTURE),
    "max pooling": ([layer("max_pool", size=2, stride=2), dense(2)], PICTURE),
    "max pooling, overlapping": ([conv(3, size=2), layer("max_pool", size=3, stride=1), dense(2)], PICTURE),
    "max pooling, gaps": ([conv(3, size=2), layer("max_pool", size=1, stride=3), dense(2)], PICTURE),
    "max pooling at the end": ([conv(3, size=2), layer("max_pool", size=2, stride=2)], PICTURE),
    "residual add": ([dense(3), dense(3), (layer("add"), (1, 0), "add"), dense(2)], (2,)),
    "concatenate": ([dense(3), dense(2), (layer("concat"), (1, 0), "concat"), dense(2)], (2,)),
    "add at the end": ([dense(3), dense(3), (layer("add"), (1, 0), "add")], (2,)),
    "link into dense": ([dense(3), dense(3), (dense(2), (1, 0), "add")], (2,)),
    "link from x": ([dense(3), (dense(2), (0, -1), "concat")], (2,)),
    "link from x, added": ([dense(2), (dense(2), (0, -1), "add")], (2,)),
    "link from x alone": ([(dense(3), (-1, -1), "concat"), dense(2)], (2,)),
    "three at once": ([dense(3), dense(3), dense(3), (dense(2), (2, 0, 1), "add")], (3,)),
    "three at once, put beside": ([dense(3), dense(2), dense(4), (dense(2), (2, 0, -1), "concat")], (3,)),
    "fan-out": (
        [dense(3), (dense(3), (0, -1), "concat"), (dense(3), (1, 0), "add"), (dense(2), (2, 0), "concat")],
        (2,),
    ),
    "the same twice": ([dense(3), dense(3), (dense(2), (1, 0, 0), "add")], (2,)),
    "pictures added": ([conv(2, size=3, padding=1), (conv(2, size=2), (0, -1), "add"), dense(2)], PICTURE),
    "pictures put beside": ([conv(3, size=3, padding=1), (conv(2, size=2), (0, -1), "concat"), dense(2)], PICTURE),
    "everything": (
        [
            conv(3, "relu", size=3, padding=1), layer("layer_norm"), layer("max_pool", size=2, stride=2),
            layer("flatten"), dense(6, "gelu"), layer("dropout", rate=0.2), (dense(6, "elu"), (5, 4), "add"),
            layer("layer_norm"), dense(2, "softplus"),
        ],
        PICTURE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("loss", ["half_mse", "mae"])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_every_kind_of_layer(structure: str, loss: str) -> None:
    layers, shape = STRUCTURES[structure]
    case = Case(layers, loss, shape=shape, seed=2)
    case.prove()
    check(case)


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_window_of_a_convolution(size: int, stride: int, padding: int) -> None:
    case = Case([conv(2, size=size, stride=stride, padding=padding), dense(2)], shape=PICTURE, seed=3)
    case.prove()
    check(case)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_convolution_with_every_activation(activation: str) -> None:
    case = Case([conv(2, activation, size=3), conv(3, activation, size=2)], "mse", shape=PICTURE, seed=4)
    case.prove()
    check(case)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_batch_norm_with_every_activation(activation: str) -> None:
    """The bias before it has no effect at all: its gradient is 0 but for rounding."""
    case = Case([dense(4, activation), layer("batch_norm"), dense(2)], seed=6)
    case.prove(floor=1e-3)
    check(case)


@pytest.mark.parametrize("loss", LOSSES)
def test_norms_before_every_loss(loss: str) -> None:
    output = POSITIVE.get(loss, ["tanh"])[0]
    layers = [
        conv(3, size=2),
        layer("batch_norm", epsilon=1e-3),
        layer("avg_pool"),
        layer("layer_norm"),
        dense(3, output),
    ]
    case = Case(layers, loss, shape=PICTURE, count=4, seed=7)
    case.prove(floor=1e-3)
    check(case)


@pytest.mark.parametrize(("loss", "output"), [("bce", "sigmoid"), ("cross_entropy", "softmax")])
@pytest.mark.parametrize("mean", [True, False])
def test_hard_targets_where_the_closed_form_is_used(loss: str, output: str, mean: bool) -> None:
    case = Case([dense(3), dense(3, output)], loss, mean, seed=8)
    assert case.network.fused
    case.samples.y[...] = np.eye(3)[np.arange(case.count) % 3]
    case.prove()
    check(case)
