"""One step, event by event, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Gradgui
from tests.commands.test_train import SPIRAL

FORWARD = ["linear", "activation"]
BACKWARD = ["dL/dz", "dL/dW", "dL/db", "dL/dx"]


def test_the_toy_car_traces_blame_from_the_battery_to_the_tyres(gradgui: Gradgui, toy_car: Path) -> None:
    rows = gradgui("trace", toy_car, "--json").objects()
    value = {(row["kind"], row["name"]): row["value"] for row in rows}
    assert value["loss", "loss"] == 12.5
    assert value["dL/db", "L3.b"] == [5.0]
    assert value["dL/dW", "L2.W"] == [[2.0]]
    assert value["dL/dW", "L1.W"] == [[1.0]]
    assert value["update", "L1.W"] == [[pytest.approx(0.9)]]


def test_events_come_in_the_order_of_the_blackboard(gradgui: Gradgui, toy_car: Path) -> None:
    rows = gradgui("trace", toy_car, "--json").objects()
    assert [row["kind"] for row in rows] == FORWARD * 3 + ["loss", "dL/da"] + BACKWARD * 3 + ["update"] * 6
    assert [row["i"] for row in rows] == list(range(len(rows)))
    assert [row["layer"] for row in rows if row["kind"] == "dL/dz"] == ["L3", "L2", "L1"]
    assert list(rows[0]) == ["i", "phase", "kind", "layer", "name", "value", "formula"]


def test_gradients_are_printed_with_their_sign(gradgui: Gradgui, toy_car: Path) -> None:
    lines = [" ".join(line.split()) for line in gradgui("trace", toy_car).out.splitlines()]
    assert "10 L3 ∂L/∂b +5" in lines
    assert "13 L2 ∂L/∂W +2" in lines
    assert "17 L1 ∂L/∂W +1" in lines
    assert "6 L 12.5" in lines


def test_each_batch_can_be_traced_from_the_same_start(gradgui: Gradgui, tmp_path: Path) -> None:
    path = tmp_path / "spiral.gradgui"
    path.write_text(json.dumps(SPIRAL))
    first, second = (gradgui("trace", path, "--batch", batch, "--json").objects() for batch in (0, 2))
    assert first[0]["value"] != second[0]["value"]
    assert len(second[0]["value"]) == 6  # type: ignore[arg-type]  # 20 samples in batches of 7
    assert first[1]["formula"] == r"a=\tanh(z)"


def test_a_batch_that_is_not_there_is_refused(gradgui: Gradgui, toy_car: Path) -> None:
    said = gradgui("trace", toy_car, "--batch", 1)
    assert said.code == 2
    assert said.err == "--batch: expected 0 to 0, got 1.\n"
