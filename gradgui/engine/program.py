"""Binds a network to buffers of one batch size and writes down every event of a training step as calls."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from gradgui.engine.buffers import Buffers, LayerBuffers
from gradgui.engine.events import EventKind, EventName, Phase
from gradgui.engine.network import INPUT, How, Network
from gradgui.engine.parts import Activation, Clock, Scratch, Site
from gradgui.engine.tape import Array, Call, Stage


@dataclass(slots=True)
class Section:
    """The stages of one layer, in the order in which they run."""

    layer: int
    forward: list[Stage]
    backward: list[Stage] = field(default_factory=list)


class Program:
    """One batch's forward and backward pass; `x1` is (inputs + 1, B) with a last row of ones, `y` is (outputs, B)."""

    def __init__(self, network: Network, buffers: Buffers, x1: Array, y: Array, clock: Clock, training: bool) -> None:
        self.network = network
        self.buffers = buffers
        self.x1 = x1
        self.y = y
        self._clock = clock
        self._training = training
        self.sections = [self._forward(index) for index in range(len(network.places))]
        self.forward_calls = [c for s in self.sections for stage in s.forward for c in stage.calls]

    @property
    def output(self) -> Array:
        """(outputs, B) the network's answers, once the forward pass has run."""
        return self.buffers.layers[-1].a

    def losses(self) -> Array:
        """(B,) losses of the answers that are in the buffers now."""
        last = self.buffers.layers[-1]
        if self.network.fused:
            return self.network.loss.per_sample_fused(last.z, last.a, self.y)
        return self.network.loss.per_sample(last.a, self.y)

    def loss(self) -> float:
        """The batch's loss: mean or sum."""
        losses = self.losses()
        return float(losses.mean() if self.network.mean else losses.sum())

    def bind_backward(self) -> None:
        """Write down the backward pass as well."""
        written: set[int] = set()
        for section in reversed(self.sections):
            site = self._site(section.layer)
            section.backward = self.network.places[section.layer].layer.backward(site)
            self._hand_back(section, written)

    def output_gradient(self) -> Stage:
        """∂L/∂a of the output, with 1/N (for the mean) applied here and nowhere else.

        In the fused pairs nobody needs it for training, since ∂L/∂z has its own closed form: it is there to be seen.
        """
        last = self.buffers.layers[-1]
        scratch = self._scratch("loss")
        calls = self.network.loss.gradient(last.a, self.y, last.da, self._scale(scratch), scratch)
        if self.network.fused:
            return Stage(EventKind.D_OUTPUT, watch=calls)
        return Stage(EventKind.D_OUTPUT, calls)

    def names(self, stages: list[tuple[Phase, Stage, int]]) -> list[EventName]:
        """Number the stages."""
        return [EventName(i, phase, stage.kind, layer) for i, (phase, stage, layer) in enumerate(stages)]

    def stages(self) -> list[tuple[Phase, Stage, int]]:
        """Everything before the update, in order."""
        last = len(self.sections) - 1
        rows = [(Phase.FORWARD, stage, s.layer) for s in self.sections for stage in s.forward]
        rows.append((Phase.LOSS, Stage(EventKind.LOSS, watch=[(self._keep_loss, ())]), last))
        rows.append((Phase.BACKWARD, self.output_gradient(), last))
        rows += [(Phase.BACKWARD, stage, s.layer) for s in reversed(self.sections) for stage in s.backward]
        return rows

    def training_calls(self) -> list[Call]:
        """The forward and backward pass without what is only there to be seen, slopes taken together."""
        shared, first = self._shared_slopes()
        calls = list(self.forward_calls)
        calls += self.output_gradient().calls
        for section in reversed(self.sections):
            for stage in section.backward:
                if stage.slope and section.layer in shared:
                    calls += first if section.layer == max(shared) else []
                else:
                    calls += stage.slope
                calls += stage.calls
        return calls

    def _keep_loss(self) -> None:
        self.buffers.loss = self.loss()

    def _scale(self, scratch: Scratch) -> Array:
        return scratch.constant(1.0 / self.buffers.batch if self.network.mean else 1.0)

    def _scratch(self, owner: object) -> Scratch:
        return Scratch(self.buffers.workspace, owner)

    def _shared_slopes(self) -> tuple[set[int], list[Call]]:
        """Layers in a row whose slopes one call can compute, and that call."""
        group = self._slope_group()
        if len(group) < 2:
            return set(), []
        activation = self.network.places[group[0]].layer.activation
        assert activation is not None
        outputs, slopes = self.buffers.block(group)
        return set(group), activation.slope(outputs, outputs, slopes, self._scratch(("slopes", group[0])))

    def _slope_group(self) -> list[int]:
        """The longest run of neighbouring layers with the same activation whose slope needs only the output."""
        best: list[int] = []
        run: list[int] = []
        before: Activation | None = None
        for section in self.sections:
            activation = self.network.places[section.layer].layer.activation
            takes_part = activation is not None and activation.slope_from_output and _has_slope(section)
            if not takes_part:
                run, before = [], None
                continue
            run = [*run, section.layer] if type(activation) is type(before) else [section.layer]
            before = activation
            best = run if len(run) > len(best) else best
        return best

    def _forward(self, index: int) -> Section:
        place = self.network.places[index]
        stages = [] if len(place.sources) == 1 else [self._join(index)]
        return Section(index, stages + place.layer.forward(self._site(index)))

    def _join(self, index: int) -> Stage:
        place = self.network.places[index]
        parts = [self._values(source) for source in place.sources]
        target = self.buffers.layers[index].joined[: place.inputs]
        if place.how is How.CONCAT:
            rows = np.cumsum([0] + [len(part) for part in parts])
            calls: list[Call] = [
                (np.copyto, (target[a:b], part)) for a, b, part in zip(rows, rows[1:], parts, strict=False)
            ]
        else:
            calls = [(np.add, (parts[0], parts[1], target))]
            calls += [(np.add, (target, part, target)) for part in parts[2:]]
        return Stage(EventKind.JOIN, calls)

    def _values(self, source: int) -> Array:
        return self.x1[:-1] if source == INPUT else self.buffers.layers[source].a

    def _input(self, index: int) -> Array:
        place = self.network.places[index]
        if len(place.sources) > 1:
            return self.buffers.layers[index].joined
        source = place.sources[0]
        return self.x1 if source == INPUT else self.buffers.layers[source].a1

    def _site(self, index: int) -> Site:
        place, own = self.network.places[index], self.buffers.layers[index]
        x1 = self._input(index)
        scratch = self._scratch(index)
        return Site(
            place.input_shape,
            place.output_shape,
            x1,
            x1[:-1],
            own.z,
            own.a,
            own.da,
            own.dz,
            own.slope,
            own.dx1,
            own.dx1[: place.inputs],
            self.network.matrix(index, self.network.theta),
            self.network.matrix(index, self.network.grad),
            self.network.state[place.state],
            self._clock,
            index,
            self._training,
            scratch,
            self._closed_form(index, own),
        )

    def _closed_form(self, index: int, own: LayerBuffers) -> list[Call] | None:
        if index != len(self.network.places) - 1 or not self.network.fused:
            return None
        scratch = self._scratch("loss")
        return self.network.loss.gradient_fused(own.a, self.y, own.dz, self._scale(scratch), scratch)

    def _hand_back(self, section: Section, written: set[int]) -> None:
        """Complete the ∂L/∂x stage: pass it on to every source, or keep it for the eye if only the input is behind."""
        place = self.network.places[section.layer]
        stage = section.backward[-1]
        if all(source == INPUT for source in place.sources):
            stage.watch, stage.calls = stage.calls + stage.watch, []
            return
        if self.buffers.passes_directly(section.layer):
            return
        dx, row = self.buffers.layers[section.layer].dx1, 0
        for source in place.sources:
            rows = len(self._values(source))
            part = dx[row : row + rows]
            row += rows if place.how is How.CONCAT and len(place.sources) > 1 else 0
            if source == INPUT:
                continue
            da = self.buffers.layers[source].da
            stage.calls.append((np.add, (da, part, da)) if source in written else (np.copyto, (da, part)))
            written.add(source)


def _has_slope(section: Section) -> bool:
    return any(stage.slope for stage in section.backward)
