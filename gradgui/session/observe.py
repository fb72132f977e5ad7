"""Copies one moment out of the engine into a snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.features import shown
from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.registry import activation_kinds, layer_kinds
from gradgui.document.compile import Compiled
from gradgui.document.experiment import Experiment
from gradgui.engine.buffers import LayerBuffers
from gradgui.engine.events import EventKind, EventName
from gradgui.engine.network import INPUT, Network
from gradgui.engine.training import Trainer
from gradgui.session.snapshot import Array, DataView, LayerInfo, LayerValues, NetworkInfo
from gradgui.text import Text, same


def frozen(array: np.ndarray) -> Array:
    """A read-only float64 copy."""
    twin = np.array(array, np.float64)
    twin.setflags(write=False)
    return twin


def network_info(compiled: Compiled, trainer: Trainer) -> NetworkInfo:
    """What does not change while this network runs."""
    experiment = compiled.experiment
    layers = tuple(_layer_info(compiled, index) for index in range(len(compiled.network.places)))
    return NetworkInfo(
        layers,
        trainer.event_names,
        tuple(map(shown, compiled.features)),
        compiled.network.outputs,
        compiled.network.size,
        _tag(experiment.loss),
        _tag(experiment.optimizer),
        experiment.title or Text(en="Untitled", zh="未命名"),
        compiled.targets.task,
        tuple(_called(compiled, feature) for feature in compiled.features),
        compiled.network.mean,
        experiment.optimizer.build().rule_latex,
    )


def _called(compiled: Compiled, feature: str) -> Text:
    """An input by its name in both languages, a feature as people write it."""
    examples = compiled.examples
    if feature in examples.names and examples.input_names:
        return examples.input_names[examples.names.index(feature)]
    return same(shown(feature))


def data_view(compiled: Compiled) -> DataView:
    """The data set for the data pane."""
    examples, targets = compiled.examples, compiled.targets
    cut = len(examples.x) - examples.test
    classes = targets.y.shape[1] if targets.task == "multiclass" else 2 * (targets.task == "binary")
    return DataView(
        frozen(examples.x[:cut]),
        frozen(targets.y[:cut]),
        frozen(examples.x[cut:]),
        frozen(targets.y[cut:]),
        classes,
        examples.names,
        _title(compiled.experiment),
        examples.class_names,
        examples.input_names,
    )


@dataclass(slots=True)
class Seen:
    """Which arrays of a layer are known after some events of a step."""

    fields: set[str]

    @classmethod
    def after(cls, done: tuple[EventName, ...], layers: int, direct: list[int | None]) -> list[Seen]:
        """One per layer; `direct[l]` is the layer whose ∂L/∂a is layer l's ∂L/∂x."""
        seen = [cls(set()) for _ in range(layers)]
        for name in done:
            seen[name.layer].fields.update(_WRITES.get(name.kind, ()))
            source = direct[name.layer]
            if name.kind is EventKind.D_INPUT and source is not None:
                seen[source].fields.add("da")
        return seen


_WRITES = {
    EventKind.LINEAR: ("z",),
    EventKind.ACTIVATION: ("a",),
    EventKind.NORMALIZE: ("a",),
    EventKind.DROPOUT: ("a",),
    EventKind.POOL: ("a",),
    EventKind.FLATTEN: ("a",),
    EventKind.COPY: ("a",),
    EventKind.FORMULA: ("a",),
    EventKind.D_OUTPUT: ("da",),
    EventKind.D_PREACTIVATION: ("dz", "slope"),
    EventKind.D_WEIGHT: ("dW",),
    EventKind.D_BIAS: ("db",),
    EventKind.D_INPUT: ("dx",),
}


def layer_values(trainer: Trainer, before: Array) -> tuple[LayerValues, ...]:
    """Every layer's numbers after the events done so far; `before` is theta at the start of the step."""
    places = trainer.network.places
    if not trainer.cursor:
        return tuple(_values(trainer, before, index, set()) for index in range(len(places)))
    direct: list[int | None] = [next((s for s in reversed(place.sources) if s != INPUT), None) for place in places]
    seen = Seen.after(trainer.event_names[: trainer.cursor], len(places), direct)
    return tuple(_values(trainer, before, index, seen[index].fields) for index in range(len(places)))


def by_layer(network: Network, flat: NDArray[np.floating]) -> tuple[tuple[Array, Array] | None, ...]:
    """Numbers in the flat order of all parameters, as one array for W and one for b of every layer."""
    found: list[tuple[Array, Array] | None] = []
    for index in range(len(network.places)):
        weights, biases = network.weights(index, flat), network.biases(index, flat)
        found.append(None if weights is None or biases is None else (frozen(weights), frozen(biases)))
    return tuple(found)


def _values(trainer: Trainer, before: Array, index: int, known: set[str]) -> LayerValues:
    network = trainer.network
    weights, biases = network.weights(index), network.biases(index)
    start_w, start_b = network.weights(index, before), network.biases(index, before)
    arrays: dict[str, Array] = {}
    if known:
        buffers = trainer.program.buffers.layers[index]
        arrays = {name: frozen(_sample_major(buffers, name)) for name in known & _BUFFERED}
        if "dx" in known:
            arrays["dx"] = frozen(buffers.dx1[: network.places[index].inputs].T)
        for name, view in (("dW", network.weights), ("db", network.biases)):
            found = view(index, network.grad)
            if name in known and found is not None:
                arrays[name] = frozen(found)
        if "db" in arrays and "dz" in arrays:
            arrays["db"] = without_rounding(arrays["db"], arrays["dz"], float(np.finfo(network.dtype).eps))
    return LayerValues(
        None if weights is None else frozen(weights),
        None if biases is None else frozen(biases),
        None if start_w is None else frozen(start_w),
        None if start_b is None else frozen(start_b),
        **arrays,
    )


ROUNDED = 1000
"""How many ε of the sizes of its terms a sum may be and still be nothing but their rounding."""


def without_rounding(sums: Array, terms: Array, epsilon: float) -> Array:
    """Sums over samples (units,) of terms (samples, units); those that cancel but for rounding are 0, as on paper.

    Adding itself errs by a few ε of the sum of sizes (Higham, Accuracy and Stability of Numerical Algorithms, section
    4.2); but the terms are rounded too, most where a sigmoid is nearly 1 and 1 − a keeps few digits.
    """
    if sums.shape != terms.shape[1:] or len(terms) < 2:
        return sums
    limit = ROUNDED * epsilon * np.abs(terms).sum(axis=0)
    return sums if np.all(np.abs(sums) > limit) else frozen(np.where(np.abs(sums) > limit, sums, 0.0))


_BUFFERED = {"z", "a", "da", "dz", "slope"}


def _sample_major(buffers: LayerBuffers, name: str) -> Array:
    array: Array = getattr(buffers, name)
    return array.T


def _layer_info(compiled: Compiled, index: int) -> LayerInfo:
    place, spec = compiled.network.places[index], compiled.experiment.network.layers[index]
    kind = layer_kinds()[_tag(spec)]
    activation = place.layer.activation
    act_id = None if activation is None else next(k for k, v in activation_kinds().items() if v is activation)
    label = kind.label(spec) if act_id is None else activation_kinds()[act_id].name
    return LayerInfo(
        f"L{index + 1}",
        spec.name or same(f"L{index + 1}"),
        kind.id,
        act_id,
        label,
        place.inputs,
        place.units,
        place.output_shape,
        place.parameters.stop - place.parameters.start,
        place.sources,
        kind.formula_id(spec),
        place.input_shape,
        _window(spec),
        float(getattr(spec, "epsilon", 0.0)),
        tuple(getattr(spec, "frozen", ())),
    )


def _window(spec: LayerSpec) -> tuple[int, int, int] | None:
    """Size, stride and padding, where the layer has them."""
    size, stride = getattr(spec, "size", None), getattr(spec, "stride", None)
    return None if size is None or stride is None else (size, stride, getattr(spec, "padding", 0))


def _tag(spec: object) -> str:
    tag = type(spec).__struct_config__.tag  # type: ignore[attr-defined]
    assert isinstance(tag, str)
    return tag


def _title(experiment: Experiment) -> Text:
    return experiment.title or Text(en="Untitled", zh="未命名")
