"""What a lesson's conditions may ask: the numbers of one moment, and what the student has done."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.registry import loss_kinds, optimizer_kinds
from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.engine.evaluation import Evaluator
from gradgui.engine.gradient_check import LossAt, sweep
from gradgui.engine.state import Moment
from gradgui.errors import UserError
from gradgui.expressions import Expression, Function, Names, Value, parse
from gradgui.text import Text

Array = NDArray[np.float64]

PARAMETER = re.compile(r"L([1-9]\d{0,2})\.([Wb])")
LAYER = re.compile(r"L([1-9]\d{0,2})")
NO_SUCH = Text(en="there is no {name} in this network", zh="这个网络里没有 {name}")


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """One layer's numbers; samples lie in rows."""

    W: Array
    """(units, inputs); empty for layers without parameters."""
    b: Array
    dW: Array
    db: Array
    a: Array
    """(N, units)."""
    dz: Array
    """(N, units) ∂L/∂z."""
    da: Array


@dataclass(frozen=True)
class Facts:
    """The numbers of one moment, over the whole training set."""

    loss: float
    val_loss: float
    """Loss on the test set; NaN without one."""
    lr: float
    steps: int
    """Training steps since the start of this run."""
    x: Array
    y: Array
    dx: Array
    """(N, inputs) ∂L/∂x."""
    layers: tuple[LayerFacts, ...]
    shares: Array
    """(N,) what each sample adds to the loss."""
    grads: Array
    """(P,) the whole gradient; 0 where a parameter is frozen."""
    numgrad_error: Callable[[float], float]
    """Disagreement of analytic and numeric gradient for a nudge size."""
    history: Mapping[str, Array] = field(default_factory=dict)
    """What was remembered: history["loss"][k] is the loss after k steps."""

    @cached_property
    def names(self) -> Names:
        """Everything an expression may use."""
        return {
            "loss": self.loss,
            "val_loss": self.val_loss,
            "lr": self.lr,
            "steps": self.steps,
            "n_params": self.grads.size,
            "x": self.x,
            "y": self.y,
            "dx": self.dx,
            "out": self.layers[-1].a,
            "grads": self.grads,
            "h": self.history,
            "param": lambda name: self._parameter(name, "W", "b"),
            "grad": lambda name: self._parameter(name, "dW", "db"),
            "act": lambda name: self._layer(name).a,
            "dpre": lambda name: self._layer(name).dz,
            "dact": lambda name: self._layer(name).da,
            "share": lambda index: float(self.shares[int(index)]),
            "numgrad_error": lambda epsilon: self.numgrad_error(float(epsilon)),
        }

    def _layer(self, name: str) -> LayerFacts:
        match = LAYER.fullmatch(str(name))
        if match is None or int(match[1]) > len(self.layers):
            raise UserError(NO_SUCH, name=name)
        return self.layers[int(match[1]) - 1]

    def _parameter(self, name: str, weights: str, biases: str) -> Array:
        match = PARAMETER.fullmatch(str(name))
        if match is None or int(match[1]) > len(self.layers):
            raise UserError(NO_SUCH, name=name)
        numbers: Array = getattr(self.layers[int(match[1]) - 1], weights if match[2] == "W" else biases)
        return numbers


MOMENT = frozenset({
    "loss", "val_loss", "lr", "steps", "n_params", "x", "y", "dx", "out", "grads", "h", "param", "grad", "act", "dpre",
    "dact", "share", "numgrad_error",
})  # fmt: skip
"""Names of one moment."""

RUN = frozenset({
    "optimizer", "loss", "lr", "batch", "steps", "steps_to", "bounce", "max_err", "end_norm", "end_loss",
})  # fmt: skip
"""Names of a finished run, asked with runs('…'); optimisers and losses stand for themselves."""


def _never(*_what: Value, **_how: Value) -> bool:
    return False


NOTHING_DONE: dict[str, Function] = {
    "edited": _never,
    "count": lambda _: 0,
    "visited": _never,
    "order_of": _never,
    "last_run": lambda what: False if what == "dragged" else float("nan"),
    "runs": _never,
    "broke_on": _never,
    "placed": _never,
    "typed_next_ok": _never,
    "found_bug": _never,
}
"""What the student has done, at the start; `seen` looks at the moment itself."""

KNOWN = MOMENT | NOTHING_DONE.keys() | {"seen"}
"""All names a lesson may use."""


def condition(source: str) -> Expression:
    """A condition of a lesson, with those inside seen('…') and runs('…'); raises UserError for unknown names."""
    expression = parse(source, KNOWN)
    for node in ast.walk(expression.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("seen", "runs"):
            for part in node.args:
                inner = part.value if isinstance(part, ast.Constant) else None
                parse(str(inner), MOMENT if node.func.id == "seen" else RUN | kinds())
    return expression


def at_the_start(facts: Facts) -> Names:
    """All names, for a student who has done nothing yet."""

    def seen(source: str) -> bool:
        return parse(source, MOMENT).truth(facts.names)

    return {**facts.names, **NOTHING_DONE, "seen": seen}


class Play:
    """An experiment that runs, and can be asked at any step."""

    def __init__(self, experiment: Experiment) -> None:
        self.compiled: Compiled = compile_experiment(experiment)
        self.trainer = self.compiled.trainer()
        self._at = LossAt(self.compiled.network, self.compiled.train)
        test = self.compiled.test
        self._test = None if test is None else Evaluator(self.compiled.network, test)
        self._losses = [self.trainer.evaluate()]

    def run(self, steps: int) -> None:
        """That many training steps."""
        for _ in range(steps):
            self.trainer.run(1)
            self._losses.append(self.trainer.evaluate())

    def run_until(self, reached: Expression, at_most: int) -> bool:
        """Training steps until the condition holds; False if it does not within `at_most`."""
        while not reached.truth(self.facts().names):
            if self.trainer.iteration >= at_most:
                return False
            self.run(1)
        return True

    @property
    def losses(self) -> tuple[float, ...]:
        """Loss of the training set after 0, 1, 2, … steps."""
        return tuple(self._losses)

    def begin_at(self, iteration: int, theta: Array) -> None:
        """Go on from other parameters; the optimiser remembers nothing."""
        now = self.trainer.moment()
        place = Moment(iteration, theta.astype(now.theta.dtype), np.zeros_like(now.memory), now.state)
        self.trainer.restore(place)
        self._losses = [self.trainer.evaluate()]

    def loss_at(self, theta: Array) -> float:
        """L(θ) on the training set."""
        return self._at.loss(theta)

    def facts_at(self, theta: Array, *, rate: float, steps: int, losses: Sequence[float] = ()) -> Facts:
        """The numbers at these parameters, wherever they come from."""
        self.compiled.network.theta[...] = theta
        return replace(self.facts(), lr=rate, steps=steps, history={"loss": np.array(losses)})

    def facts(self) -> Facts:
        """The numbers now."""
        network, program = self.compiled.network, self._at.program
        gradient = self._at.gradient(network.theta.astype(np.float64))
        losses = program.losses()
        scale = len(losses) if network.mean else 1
        return Facts(
            loss=float(losses.sum() / scale),
            val_loss=float("nan") if self._test is None else self._test.loss(),
            lr=self.trainer.updater.learning_rate(self.trainer.iteration),
            steps=self.trainer.iteration,
            x=self.compiled.train.x,
            y=self.compiled.train.y,
            dx=_rows(program.buffers.layers[0].dx1[: network.inputs]),
            layers=tuple(self._layer(index, gradient) for index in range(len(network.places))),
            shares=losses / scale,
            grads=gradient * network.trainable,
            numgrad_error=lambda epsilon: float(sweep(network, self.compiled.train, [epsilon])[0]),
            history={"loss": np.array(self._losses)},
        )

    def _layer(self, index: int, gradient: Array) -> LayerFacts:
        network, buffers = self._at.network, self._at.program.buffers.layers[index]
        (W, b), (dW, db) = (_split(network.matrix(index, flat)) for flat in (network.theta, gradient))
        return LayerFacts(W, b, dW, db, _rows(buffers.a), _rows(buffers.dz), _rows(buffers.da))


def _split(matrix: NDArray[np.floating] | None) -> tuple[Array, Array]:
    """W and b; both empty for a layer without."""
    whole = np.zeros((0, 1)) if matrix is None else matrix.astype(np.float64)
    return whole[:, :-1], whole[:, -1]


def _rows(columns: NDArray[np.floating]) -> Array:
    """(units, N) → (N, units)."""
    return columns.T.astype(np.float64)


def kinds() -> frozenset[str]:
    """Optimisers and losses, which stand for themselves in runs('…')."""
    return frozenset(optimizer_kinds()) | frozenset(loss_kinds())
