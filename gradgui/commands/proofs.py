"""What must hold wherever the program is installed: every kind works, every lesson is right, every file is there."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from gradgui import resources
from gradgui.catalog import registry
from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.file import decode, encode, from_data, read
from gradgui.document.suiting import suited
from gradgui.engine.gradient_check import check_gradient
from gradgui.engine.parts import Clock
from gradgui.errors import UserError

Raw = dict[str, object]
Problem = str

CHECKED = 25
"""So many gradients of each network get a second opinion."""
STEPS = 3

PLANE: Raw = {"kind": "plane", "points": 12}
CIRCLE: Raw = {"kind": "circle", "points": 12}
RINGS: Raw = {"kind": "rings", "points": 12}
DIGITS: Raw = {"kind": "digits", "points": 12}
TABLE: Raw = {"kind": "table", "x": [[1.0, -2.0], [0.5, 3.0]], "y": [[1.0], [-1.0]]}

ENDS: dict[str, tuple[Raw, int, str]] = {
    "any": (PLANE, 1, "identity"),
    "zero_one": (CIRCLE, 1, "sigmoid"),
    "plus_minus": (CIRCLE, 1, "tanh"),
    "shares": (RINGS, 3, "softmax"),
}
"""Data, units and activation that suit what a loss asks of its targets."""
GIVEN: dict[str, Raw] = {
    "table": TABLE,
    "points": {"x": [[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]], "labels": [0, 1, 1]},
    "function": {"expression": "x1 * x2"},
    "csv": {"path": "some.csv"},
}
"""What a data set cannot do without."""
CSV = "width,height,colour\n1,2,red\n3,4,blue\n5,7,red\n"


def kinds() -> Iterator[Problem]:
    """Every kind of the catalog learns a few steps, its gradients agree with a second opinion."""
    for name, raw in _every_kind():
        try:
            yield from (f"{name}: {wrong}" for wrong in _learns(compile_experiment(from_data(raw))))
        except (UserError, ArithmeticError, ValueError, LookupError, TypeError) as error:
            yield f"{name}: {error}"


def data_sets() -> Iterator[Problem]:
    """Every set of examples can be had and learnt from."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "some.csv").write_text(CSV, encoding="utf-8")
        for name in registry.data_kinds():
            try:
                experiment = from_data(
                    _network([_dense(1, "identity")], "half_mse", {"kind": name} | GIVEN.get(name, {}))
                )
                experiment = suited(experiment, experiment.data.load(Path(folder)))
                yield from (
                    f"{name}: {wrong}" for wrong in _learns(compile_experiment(experiment, Path(folder)), check=False)
                )
            except (UserError, ArithmeticError, ValueError, LookupError, OSError) as error:
                yield f"{name}: {error}"


def examples() -> Iterator[Problem]:
    """Every example opens, saves and learns."""
    paths = sorted(resources.path("examples").glob("*.gradgui"))
    if not paths:
        yield "no example was found"
    for path in paths:
        try:
            experiment = read(path)
            if decode(encode(experiment)) != experiment:
                yield f"{path.name}: what is saved is not what was opened"
            yield from (
                f"{path.name}: {wrong}" for wrong in _learns(compile_experiment(experiment, path.parent), check=False)
            )
        except UserError as error:
            yield str(error)


def lessons() -> Iterator[Problem]:
    """Every number in every lesson."""
    from gradgui.lessons.check import check_lesson
    from gradgui.lessons.lesson import all_lessons

    found = all_lessons()
    if not found:
        yield "no lesson was found"
    for lesson in found:
        yield from (f"{lesson.id}: {failure.place}: {failure.why.en}" for failure in check_lesson(lesson))


def files() -> Iterator[Problem]:
    """Icons, letters and data sets came along."""
    for folder, pattern in (("icons", "*.svg"), ("fonts", "*.otf"), ("datasets", "*")):
        if not any(resources.path(folder).glob(pattern)):
            yield f"nothing was found in {resources.path(folder)}"


def pictures() -> Iterator[Problem]:
    """A picture with words can be written."""
    from gradgui.export.picture import Picture

    picture = Picture(80, 40)
    picture.dot((20, 20), 8, "black")
    picture.words((40, 24), "W₁ 权重", 12)
    if not picture.to_png().startswith(b"\x89PNG") or "<svg" not in picture.to_svg():
        yield "a picture cannot be written"


def _learns(compiled: Compiled, *, check: bool = True) -> Iterator[Problem]:
    network = compiled.network
    if check and network.size:
        some = np.unique(np.linspace(0, network.size - 1, CHECKED).astype(int))
        result = check_gradient(network, compiled.train, clock=Clock(compiled.experiment.training.seed), indices=some)
        if not result.agrees:
            yield f"the gradient of {result.worst.name} is wrong"
    trainer = compiled.trainer()
    trainer.run(STEPS)
    if not math.isfinite(trainer.evaluate()):
        yield "the loss is not finite"


def _every_kind() -> Iterator[tuple[str, Raw]]:
    """One small experiment for each kind that a network is made of."""
    from gradgui.document.edits.layers import new_layer

    for name in registry.layer_kinds():
        if name == "formula":
            continue
        layers: list[Raw] = [_plain(new_layer(name)), {"kind": "flatten"}, _dense(10, "softmax")]
        yield name, _network(layers, "cross_entropy", DIGITS)
    for name in registry.formula_kinds():
        yield name, _network([{"kind": "formula", "function": name}], "output", TABLE)
    for name in registry.activation_kinds():
        yield name, _network([_dense(3, name), _dense(1, "sigmoid")], "bce", CIRCLE)
    for name in registry.initializer_kinds():
        yield name, _network([_dense(3, "tanh", init=name), _dense(1, "sigmoid")], "bce", CIRCLE)
    for name, loss in registry.loss_kinds().items():
        data, units, activation = ENDS[loss.labels]
        yield name, _network([_dense(3, "tanh"), _dense(units, activation)], name, data)
    for name in registry.optimizer_kinds():
        yield name, _network([_dense(3, "tanh"), _dense(1, "sigmoid")], "bce", CIRCLE, name)


def _plain(layer: object) -> Raw:
    import msgspec

    raw: Raw = msgspec.to_builtins(layer)
    return raw


def _dense(units: int, activation: str, **more: object) -> Raw:
    return {"kind": "dense", "units": units, "activation": activation, **more}


def _network(layers: list[Raw], loss: str, data: Raw, optimizer: str = "sgd") -> Raw:
    return {
        "data": data,
        "network": {"layers": layers},
        "loss": {"kind": loss},
        "optimizer": {"kind": optimizer, "learning_rate": 0.01},
        "training": {"batch_size": 5},
    }
