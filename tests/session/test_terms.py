"""The products shown for a number add up to that number, whatever kind of layer it belongs to."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.file import decode
from gradgui.session.run import Run
from gradgui.session.snapshot import Array, EventKind, EventName, Snapshot
from gradgui.session.terms import terms, units_of

LAYERS = [
    {"kind": "conv2d", "filters": 2, "size": 3, "stride": 2, "padding": 1},
    {"kind": "batch_norm"},
    {"kind": "avg_pool", "size": 2, "stride": 1},
    {"kind": "conv2d", "filters": 3, "size": 2, "activation": "tanh"},
    {"kind": "max_pool", "size": 2, "stride": 1},
    {"kind": "flatten"},
    {"kind": "layer_norm"},
    {"kind": "dropout", "rate": 0.4},
    {"kind": "dense", "units": 10, "activation": "softmax"},
]


@pytest.fixture(scope="module")
def end_of_backward() -> Snapshot:
    raw = {
        "format": "gradgui.experiment",
        "version": 1,
        "data": {"kind": "digits", "test_fraction": 0.9},
        "network": {"layers": LAYERS},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "sgd", "learning_rate": 0.1},
        "training": {"batch_size": 5, "seed": 2},
    }
    run = Run(compile_experiment(decode(msgspec.json.encode(raw))), 0)
    run.train(3)
    first = next(e.index for e in run.info.events if e.kind is EventKind.UPDATE)
    run.go_to(3, first)
    return run.snapshot(False)


def result(snapshot: Snapshot, event: EventName) -> Array | None:
    values = snapshot.layers[event.layer]
    return {
        EventKind.LINEAR: values.z, EventKind.D_BIAS: values.db, EventKind.D_WEIGHT: values.dW,
        EventKind.D_INPUT: values.dx, EventKind.D_PREACTIVATION: values.dz,
    }.get(event.kind, values.a)  # fmt: skip


SUMMED = {EventKind.D_WEIGHT, EventKind.D_BIAS}
"""Over the batch: the terms of all samples together give the number."""


def total(snapshot: Snapshot, event: EventName, unit: int, sample: int) -> float | None:
    found = terms(looking_at(snapshot, sample), event, unit)
    return found[-1].running if found else None


def looking_at(snapshot: Snapshot, sample: int) -> Snapshot:
    return replace(snapshot, sample=sample)


def test_products_of_every_layer_add_up_to_its_numbers(end_of_backward: Snapshot) -> None:
    snapshot, proven = end_of_backward, set()
    chance = np.random.default_rng(1)
    for event in snapshot.network.events[: snapshot.cursor]:
        info, array = snapshot.network.layers[event.layer], result(snapshot, event)
        if info.kind == "dense" or event.kind is EventKind.ACTIVATION:
            continue
        units = units_of(snapshot, event)
        for unit in chance.choice(units, min(units, 12), replace=False).tolist():
            sums = [total(snapshot, event, unit, n) for n in range(len(snapshot.x))]
            known = [s for s in sums if s is not None]
            if not known or array is None:
                continue
            proven.add((info.kind, event.kind))
            if event.kind in SUMMED:
                wanted = array[unit] if array.ndim == 1 else array[unit][np.argmax(np.abs(array[unit]))]
                assert sum(known) == pytest.approx(wanted, rel=1e-9, abs=1e-12), (info.kind, event)
            else:
                for n, found in enumerate(sums):
                    if found is not None:
                        assert found == pytest.approx(array[n, unit], rel=1e-9, abs=1e-12), (info.kind, event)
    assert proven >= {
        ("conv2d", EventKind.LINEAR), ("conv2d", EventKind.D_WEIGHT), ("conv2d", EventKind.D_BIAS),
        ("conv2d", EventKind.D_INPUT), ("conv2d", EventKind.D_PREACTIVATION), ("batch_norm", EventKind.NORMALIZE),
        ("batch_norm", EventKind.D_WEIGHT), ("batch_norm", EventKind.D_BIAS), ("layer_norm", EventKind.NORMALIZE),
        ("batch_norm", EventKind.D_INPUT), ("layer_norm", EventKind.D_INPUT),
        ("layer_norm", EventKind.D_WEIGHT), ("avg_pool", EventKind.POOL), ("avg_pool", EventKind.D_INPUT),
        ("max_pool", EventKind.POOL), ("max_pool", EventKind.D_INPUT), ("flatten", EventKind.FLATTEN),
        ("flatten", EventKind.D_INPUT), ("dropout", EventKind.DROPOUT), ("dropout", EventKind.D_INPUT),
    }  # fmt: skip


def test_a_maximum_gives_everything_to_its_winner(end_of_backward: Snapshot) -> None:
    snapshot = end_of_backward
    event = next(e for e in snapshot.network.events if e.kind is EventKind.POOL and e.layer == 4)
    found = terms(snapshot, event, 0)
    assert sorted(term.factors[0].value for term in found) == [0.0, 0.0, 0.0, 1.0]


@pytest.mark.parametrize("blown", [np.inf, np.nan])
def test_numbers_that_blew_up_are_factors_like_others(end_of_backward: Snapshot, blown: float) -> None:
    """Every event of every layer, without a warning."""
    layers = tuple(
        replace(values, **{
            name: np.full_like(array, blown) for name in ("a", "z", "da", "dz", "dx", "W")
            if (array := getattr(values, name)) is not None
        })
        for values in end_of_backward.layers
    )  # fmt: skip
    snapshot = replace(end_of_backward, layers=layers)
    found = [terms(snapshot, event, 0) for event in snapshot.network.events[: snapshot.cursor]]
    products = [term.value for each in found for term in each]
    assert products
    assert not np.isfinite(products).all()
