"""One training step, event by event, with the numbers that each event computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.document.compile import Compiled
from gradgui.engine.events import EventKind, EventName
from gradgui.engine.samples import Samples
from gradgui.engine.state import Moment
from gradgui.engine.training import Trainer
from gradgui.errors import UserError
from gradgui.export.formulas import formula
from gradgui.text import Text

Value = float | list[object]


class TraceRow(msgspec.Struct, frozen=True):
    """One line of a trace; arrays are lists, one row for each sample, W as units × inputs."""

    i: int
    phase: str
    kind: str
    layer: str | None
    """L1, L2, …; None for the loss, which belongs to no layer."""
    name: str
    """The quantity that is computed or, after dL/d, asked about: L1.z, L1.W, …"""
    value: Value
    formula: str
    """LaTeX."""


def trace(compiled: Compiled, batch: int = 0) -> Iterator[TraceRow]:
    """The first training step from the experiment's own parameters, on batch `batch` of the first epoch.

    Raises UserError if there is no such batch. An update is one row for W and one for b.
    """
    trainer = trainer_at(compiled, batch)
    count = 0
    for _ in range(len(trainer.events)):
        event = trainer.run_event()
        for letter, value in _values(trainer, event):
            layer = None if event.kind is EventKind.LOSS else event.layer_id
            name = letter if layer is None else f"{layer}.{letter}"
            words = formula(compiled, event, letter)
            yield TraceRow(count, event.phase.value, event.kind.value, layer, name, value, words)
            count += 1


def trainer_at(compiled: Compiled, batch: int) -> Trainer:
    """A trainer whose first step uses that batch of the first epoch."""
    trainer = compiled.trainer()
    if not 0 <= batch < trainer.steps_per_epoch:
        raise UserError(
            Text(en="--batch: expected 0 to {last}, got {batch}.", zh="--batch：应为 0 到 {last}，实际为 {batch}。"),
            last=trainer.steps_per_epoch - 1,
            batch=batch,
        )
    if batch == 0:
        return trainer
    start = trainer.moment()
    trainer.restore(Moment(batch, start.theta, start.memory, start.state))
    rows = trainer.batch
    samples = Samples(compiled.train.x[rows], compiled.train.y[rows])
    return Trainer(compiled.network, samples, compiled.rule, shuffle=False, seed=compiled.experiment.training.seed)


def _values(trainer: Trainer, event: EventName) -> list[tuple[str, Value]]:
    """What the event has just written."""
    network, index = trainer.network, event.layer
    if event.kind is EventKind.LOSS:
        return [("loss", trainer.program.buffers.loss)]
    if event.kind is EventKind.UPDATE:
        return [("W", _plain(network.weights(index))), ("b", _plain(network.biases(index)))]
    if event.kind is EventKind.D_WEIGHT:
        return [("W", _plain(network.weights(index, network.grad)))]
    if event.kind is EventKind.D_BIAS:
        return [("b", _plain(network.biases(index, network.grad)))]
    letter, read = COLUMNS.get(event.kind, ("a", lambda t, i: t.program.buffers.layers[i].a))
    return [(letter, _plain(read(trainer, index).T))]


def _handed_back(trainer: Trainer, index: int) -> NDArray[np.floating]:
    return trainer.program.buffers.layers[index].dx1[: trainer.network.places[index].inputs]


def _joined(trainer: Trainer, index: int) -> NDArray[np.floating]:
    place, own = trainer.network.places[index], trainer.program.buffers.layers[index]
    return own.joined[: place.inputs] if len(place.sources) > 1 else own.a


COLUMNS: dict[EventKind, tuple[str, Callable[[Trainer, int], NDArray[np.floating]]]] = {
    EventKind.LINEAR: ("z", lambda trainer, index: trainer.program.buffers.layers[index].z),
    EventKind.D_OUTPUT: ("a", lambda trainer, index: trainer.program.buffers.layers[index].da),
    EventKind.D_PREACTIVATION: ("z", lambda trainer, index: trainer.program.buffers.layers[index].dz),
    EventKind.D_INPUT: ("x", _handed_back),
    EventKind.JOIN: ("x", _joined),
}
"""(numbers, samples) of each event; everything else writes the layer's output."""


def _plain(array: NDArray[np.floating] | None) -> Value:
    """Nested lists; −0 reads as 0."""
    assert array is not None
    rows: list[object] = (array + 0.0).tolist()
    return rows
