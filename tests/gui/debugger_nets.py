"""Dense networks worked out in plain NumPy, stopped after any event: snapshots for debugger tests."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gradgui.session.snapshot import (
    CurvesView,
    EventKind,
    LayerInfo,
    LayerValues,
    NetworkInfo,
    Phase,
    Snapshot,
)
from gradgui.text import same
from tests.gui.toycar import events

Array = NDArray[np.float64]


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _softmax(z: Array) -> Array:
    power = np.exp(z - z.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


ACTIVATIONS = {
    "identity": (lambda z: z, lambda z: np.ones_like(z)),
    "relu": (lambda z: np.maximum(0, z), lambda z: (z > 0).astype(float)),
    "leaky_relu": (lambda z: np.maximum(0.01 * z, z), lambda z: np.where(z > 0, 1.0, 0.01)),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(z)), lambda z: np.where(z > 0, 1.0, np.exp(z))),
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "silu": (lambda z: z * _sigmoid(z), lambda z: _sigmoid(z) * (1 + z * (1 - _sigmoid(z)))),
    "gelu": (lambda z: z * _sigmoid(1.7 * z), lambda z: _sigmoid(1.7 * z)),
    "softplus": (lambda z: np.log1p(np.exp(z)), _sigmoid),
    "sin": (np.sin, np.cos),
    "softmax": (_softmax, lambda z: _softmax(z) * (1 - _softmax(z))),
    "of_the_future": (lambda z: z, lambda z: np.ones_like(z)),
}


def _loss(kind: str, a: Array, y: Array) -> tuple[float, Array]:
    """Mean loss and ∂L/∂a."""
    n = len(y)
    side = np.where(y > 0.5, 1.0, -1.0)
    with np.errstate(all="ignore"):
        table = {
            "half_mse": (0.5 * (a - y) ** 2, a - y),
            "mse": ((a - y) ** 2, 2 * (a - y)),
            "mae": (np.abs(a - y), np.sign(a - y)),
            "huber": (0.5 * (a - y) ** 2, a - y),
            "bce": (-(y * np.log(a) + (1 - y) * np.log(1 - a)), (a - y) / (a * (1 - a))),
            "cross_entropy": (-y * np.log(a), -y / a),
            "hinge": (np.maximum(0, 1 - side * a), np.where(side * a < 1, -side, 0.0)),
            "gap": (1 / y.shape[1] - y * a, -y),
            "output": (a, np.ones_like(a)),
            "of_the_future": ((a - y) ** 2, 2 * (a - y)),
        }
    value, slope = table[kind]
    return float(np.nan_to_num(value).sum() / n), np.nan_to_num(slope) / n


class Case:
    """One network with its batch; `snapshot(cursor)` stops it anywhere in its first training step."""

    def __init__(
        self,
        sizes: tuple[int, ...],
        activations: tuple[str, ...],
        loss: str,
        batch: int,
        optimizer: str = "sgd",
        rate: float = 0.1,
        seed: int = 1,
    ) -> None:
        random = np.random.default_rng(seed)
        self.rate, self.loss = rate, loss
        self.x = random.normal(size=(batch, sizes[0]))
        if sizes[-1] > 1:
            self.y = np.eye(sizes[-1])[random.integers(sizes[-1], size=batch)]
        else:
            self.y = random.integers(2, size=(batch, 1)).astype(float)
        self.W = [random.normal(size=(m, n)) for n, m in pairwise(sizes)]
        self.b = [0.1 * random.normal(size=m) for m in sizes[1:]]
        infos = tuple(
            LayerInfo(
                f"L{n + 1}",
                same(f"L{n + 1}"),
                "dense",
                act,
                same(act),
                sizes[n],
                sizes[n + 1],
                (sizes[n + 1],),
                sizes[n + 1] * (sizes[n] + 1),
                (n - 1,),
            )
            for n, act in enumerate(activations)
        )
        names = tuple(f"x{i + 1}" for i in range(sizes[0]))
        total = sum(info.parameters for info in infos)
        task = "multiclass" if sizes[-1] > 1 else "binary"
        self.network = NetworkInfo(
            infos, events(len(infos)), names, sizes[-1], total, loss, optimizer, same("test"), task
        )

    def snapshot(self, cursor: int | None = None) -> Snapshot:
        """After `cursor` events; all of them if not told."""
        cursor = len(self.network.events) if cursor is None else cursor
        parts: list[dict[str, Array]] = [{} for _ in self.network.layers]
        loss, slope = 0.0, np.zeros(0)
        for event in self.network.events[:cursor]:
            if event.phase is Phase.FORWARD:
                self._forward(parts, event.layer, event.kind)
            elif event.phase is Phase.LOSS:
                loss, slope = _loss(self.loss, parts[-1]["a"], self.y)
            elif event.kind is EventKind.D_OUTPUT:
                parts[-1]["da"] = slope
            elif event.phase is Phase.BACKWARD:
                self._backward(parts, event.layer, event.kind)
        done = {e.layer for e in self.network.events[:cursor] if e.kind is EventKind.UPDATE}
        layers = tuple(self._values(n, parts[n], n in done) for n in range(len(parts)))
        theta = np.concatenate([v.reshape(-1) for layer in layers for v in (layer.W, layer.b) if v is not None])
        nothing = np.array([np.nan])
        curves = CurvesView(np.array([0]), np.array([1.0]), nothing, nothing)
        known = loss if cursor > 2 * len(parts) else None
        return Snapshot(
            0,
            self.network,
            0,
            0,
            cursor,
            self.x,
            self.y,
            np.arange(len(self.x)),
            layers,
            theta,
            self.rate,
            known,
            1.0,
            float("nan"),
            float("nan"),
            curves,
        )

    def _values(self, n: int, part: dict[str, Array], updated: bool) -> LayerValues:
        W, b = self.W[n], self.b[n]
        if updated:
            W, b = W - self.rate * part["dW"], b - self.rate * part["db"]
        return replace(LayerValues(W, b, self.W[n], self.b[n]), **part)

    def _input(self, parts: list[dict[str, Array]], n: int) -> Array:
        return parts[n - 1]["a"] if n else self.x

    def _forward(self, parts: list[dict[str, Array]], n: int, kind: EventKind) -> None:
        part = parts[n]
        if kind is EventKind.LINEAR:
            part["z"] = self._input(parts, n) @ self.W[n].T + self.b[n]
        else:
            f, _ = ACTIVATIONS[self.network.layers[n].activation or "identity"]
            part["a"] = f(part["z"])

    def _backward(self, parts: list[dict[str, Array]], n: int, kind: EventKind) -> None:
        part, act = parts[n], self.network.layers[n].activation
        if kind is EventKind.D_PREACTIVATION:
            part["slope"] = ACTIVATIONS[act or "identity"][1](part["z"])
            part["dz"] = part["da"] * part["slope"]
            if act == "softmax":
                share = (part["da"] * part["a"]).sum(axis=1, keepdims=True)
                part["dz"] = part["a"] * (part["da"] - share)
        elif kind is EventKind.D_WEIGHT:
            part["dW"] = part["dz"].T @ self._input(parts, n)
        elif kind is EventKind.D_BIAS:
            part["db"] = part["dz"].sum(axis=0)
        else:
            part["dx"] = part["dz"] @ self.W[n]
            if n:
                parts[n - 1]["da"] = part["dx"]
