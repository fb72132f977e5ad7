"""An independent opinion: every layer, activation and loss written down once more, differentiated by HIPS autograd.

Nothing here is shared with the engine: samples lie in rows, pictures are (N, channels, height, width), and every
formula comes from its definition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import autograd.numpy as anp
import numpy as np
from autograd import grad

from gradgui.catalog.layers._base import LayerSpec

Array = np.ndarray
Parameters = list[tuple[Array, Array]]

ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: (anp.exp(2 * z) - 1) / (anp.exp(2 * z) + 1),
    "relu": lambda z: anp.where(z > 0, z, 0 * z),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "elu": lambda z: anp.where(z > 0, z, anp.exp(z) - 1),
    "silu": lambda z: z / (1 + anp.exp(-z)),
    "gelu": lambda z: 0.5 * z * (1 + anp.tanh((2 / np.pi) ** 0.5 * (z + 0.044715 * z**3))),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "sin": lambda z: anp.sin(z),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}

LOSSES: dict[str, Callable[[Array, Array], Array]] = {
    "half_mse": lambda a, y: (a - y) ** 2 / 2,
    "mse": lambda a, y: (a - y) ** 2,
    "mae": lambda a, y: anp.abs(a - y),
    "huber": lambda a, y: anp.where(anp.abs(a - y) <= 1, (a - y) ** 2 / 2, anp.abs(a - y) - 0.5),
    "bce": lambda a, y: -(y * anp.log(a) + (1 - y) * anp.log(1 - a)),
    "cross_entropy": lambda a, y: -y * anp.log(a),
    "hinge": lambda a, y: anp.where(y * a < 1, 1 - y * a, 0 * a),
    "gap": lambda a, y: 1 / a.shape[1] - y * a,
    "output": lambda a, y: a + 0 * y,
}


@dataclass(frozen=True)
class Model:
    """Layers, each with its sources (−1 is the input) and how several of them are joined."""

    layers: Sequence[tuple[LayerSpec, tuple[int, ...], str]]
    loss: str
    mean: bool = True
    masks: dict[int, Array] = field(default_factory=dict)
    """(N, units) what dropout layers multiply by, silent units 0."""

    def outputs(self, parameters: Parameters, x: Array) -> list[Array]:
        """What every layer says."""
        outs: list[Array] = []
        for index, (spec, sources, how) in enumerate(self.layers):
            parts = [x if source == -1 else outs[source] for source in sources]
            joined = anp.concatenate(parts, axis=1) if how == "concat" else sum(parts[1:], parts[0])
            kind = type(spec).__struct_config__.tag
            if kind == "dropout":
                joined = joined * self.masks[index].reshape(joined.shape)
            outs.append(LAYERS[kind](spec, joined, parameters[index]))
        return outs

    def losses(self, parameters: Parameters, x: Array, y: Array) -> Array:
        """(N,) one for each sample."""
        answers = self.outputs(parameters, x)[-1]
        return anp.sum(LOSSES[self.loss](answers.reshape(len(x), -1), y), axis=1)

    def value(self, parameters: Parameters, x: Array, y: Array) -> Array:
        """The batch's loss."""
        losses = self.losses(parameters, x, y)
        return anp.mean(losses) if self.mean else anp.sum(losses)

    def gradients(self, parameters: Parameters, x: Array, y: Array) -> tuple[Parameters, Array]:
        """∂L/∂(W, b) of every layer, and ∂L/∂x."""
        return grad(self.value, 0)(parameters, x, y), grad(self.value, 1)(parameters, x, y)


def _dense(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    return ACTIVATIONS[spec.activation](anp.dot(x.reshape(len(x), -1), wb[0].T) + wb[1])


def _windows(x: Array, size: int, stride: int, padding: int = 0) -> list[Array]:
    """A list over (u, v) of (N, channels, rows, columns): what each window sees at its place (u, v)."""
    x = anp.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], "constant")
    rows, columns = ((side - size) // stride + 1 for side in x.shape[2:])
    return [
        x[:, :, u : u + stride * (rows - 1) + 1 : stride, v : v + stride * (columns - 1) + 1 : stride]
        for u in range(size)
        for v in range(size)
    ]


def _conv2d(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    kernel = wb[0].reshape(spec.filters, x.shape[1], spec.size * spec.size)
    seen = _windows(x, spec.size, spec.stride, spec.padding)
    z = sum(anp.einsum("nchw,fc->nfhw", part, kernel[:, :, k]) for k, part in enumerate(seen))
    z = z + wb[1].reshape(1, -1, 1, 1)
    flat = ACTIVATIONS[spec.activation](z.reshape(len(x), -1))
    return flat.reshape(z.shape)


def _max_pool(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    return anp.max(anp.stack(_windows(x, spec.size, spec.stride)), axis=0)


def _avg_pool(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    return anp.mean(anp.stack(_windows(x, spec.size, spec.stride)), axis=0)


def _batch_norm(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    axes = (0,) if x.ndim == 2 else (0, 2, 3)
    shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
    mean = anp.mean(x, axis=axes, keepdims=True)
    var = anp.mean((x - mean) ** 2, axis=axes, keepdims=True)
    return wb[0].reshape(shape) * (x - mean) / anp.sqrt(var + spec.epsilon) + wb[1].reshape(shape)


def _layer_norm(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    flat = x.reshape(len(x), -1)
    mean = anp.mean(flat, axis=1, keepdims=True)
    var = anp.mean((flat - mean) ** 2, axis=1, keepdims=True)
    return (wb[0].reshape(-1) * (flat - mean) / anp.sqrt(var + spec.epsilon) + wb[1]).reshape(x.shape)


def _flatten(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    return x.reshape(len(x), -1)


def _as_it_is(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    return x


LANDSCAPES: dict[str, Callable[[Array, Array], Array]] = {
    "bowl": lambda w, b: (w**2 + b**2) / 2,
    "ravine": lambda w, b: 0.05 * w**2 + 2 * b**2,
    "saddle": lambda w, b: w**2 + (b**2 - 4) ** 2 / 8,
    "plateau": lambda w, b: 1 - anp.exp(-(w**2) / 2 - b**2 / 2),
    "rosenbrock": lambda w, b: (1 - w) ** 2 + 100 * (b - w**2) ** 2,
    "himmelblau": lambda w, b: (w**2 + b - 11) ** 2 + (w + b**2 - 7) ** 2,
    "rastrigin": lambda w, b: 20 + w**2 + b**2 - 10 * (anp.cos(2 * np.pi * w) + anp.cos(2 * np.pi * b)),
    "beale": lambda w, b: (1.5 - w + w * b) ** 2 + (2.25 - w + w * b**2) ** 2 + (2.625 - w + w * b**3) ** 2,
}


def _formula(spec: LayerSpec, x: Array, wb: tuple[Array, Array]) -> Array:
    return LANDSCAPES[spec.function](wb[0][0, 0], wb[1][0]) + 0 * anp.sum(x.reshape(len(x), -1), axis=1, keepdims=True)


LAYERS = {
    "formula": _formula,
    "dense": _dense,
    "conv2d": _conv2d,
    "max_pool": _max_pool,
    "avg_pool": _avg_pool,
    "batch_norm": _batch_norm,
    "layer_norm": _layer_norm,
    "dropout": _as_it_is,
    "flatten": _flatten,
    "add": _as_it_is,
    "concat": _as_it_is,
}
