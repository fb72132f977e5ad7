"""The same work with JAX, if it is installed; compiled beforehand."""

from __future__ import annotations

import importlib
from types import ModuleType

import numpy as np

from gradgui.bench.cases import LEARNING_RATE, Case, directions
from gradgui.bench.measure import Contender
from gradgui.bench.plain import unpacked

TOGETHER = 64


def epoch(case: Case) -> dict[str, Contender]:
    """One compiled step at a time, and a whole epoch compiled into one loop (without the last, shorter batch)."""
    jax, jnp = _jax()
    x, y = (jnp.asarray(part) for part in case.samples(case.count))
    step = jax.jit(_step(case))
    starts = range(0, len(x), case.batch)
    batches = [(x[start : start + case.batch], y[start : start + case.batch]) for start in starts]
    whole = len(x) // case.batch
    stacked = tuple(part[: whole * case.batch].reshape(whole, case.batch, -1) for part in (x, y))
    many = jax.jit(lambda layers: jax.lax.scan(lambda now, batch: (step(now, *batch), None), layers, stacked)[0])
    state = {name: _layers(case, "float64") for name in ("one", "many")}

    def run_steps() -> None:
        layers = state["one"]
        for batch in batches:
            layers = step(layers, *batch)
        state["one"] = jax.block_until_ready(layers)

    def run_epoch() -> None:
        state["many"] = jax.block_until_ready(many(state["many"]))

    return {
        "jax, jit per step": Contender(run_steps, len(starts)),
        "jax, scan per epoch": Contender(run_epoch, whole),
    }


def surface(case: Case, side: int, count: int) -> dict[str, Contender]:
    """A compiled map over chunks of points, float32, as many threads as it likes."""
    jax, jnp = _jax()
    x, y = (jnp.asarray(part, "float32") for part in case.samples(count))
    basis = [_layers(case, "float32", flat) for flat in (case.flat(), *directions(case))]
    line = jnp.linspace(-1, 1, side, dtype="float32")
    points = jnp.stack([axis.ravel() for axis in jnp.meshgrid(line, line)], axis=1)
    loss = _loss(case)

    def height(point):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - jax may be missing
        mixed = jax.tree_util.tree_map(lambda start, u, v: start + point[0] * u + point[1] * v, *basis)
        return loss(mixed, x, y)

    heights = jax.jit(lambda grid: jax.lax.map(height, grid, batch_size=TOGETHER))
    return {"jax, jit map": Contender(lambda: np.asarray(heights(points)))}


def _jax() -> tuple[ModuleType, ModuleType]:
    jax = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", True)
    return jax, importlib.import_module("jax.numpy")


def _layers(case: Case, dtype: str, flat: object = None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    _, jnp = _jax()
    pairs = unpacked(case, case.flat() if flat is None else np.asarray(flat))
    return [tuple(jnp.asarray(part, dtype) for part in pair) for pair in pairs]


def _loss(case: Case):  # type: ignore[no-untyped-def]  # noqa: ANN202
    jax, jnp = _jax()

    def loss(layers, x, y):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        a = x
        for index, (weights, biases) in enumerate(layers):
            z = a @ weights.T + biases
            last = index == len(layers) - 1
            a = jnp.tanh(z) if not case.classes else z if last else jax.nn.relu(z)
        if case.classes:
            return -(y * jax.nn.log_softmax(a)).sum(1).mean()
        return 0.5 * ((a - y) ** 2).sum(1).mean()

    return loss


def _step(case: Case):  # type: ignore[no-untyped-def]  # noqa: ANN202
    jax, _ = _jax()
    gradient = jax.grad(_loss(case))

    def step(layers, x, y):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        slopes = gradient(layers, x, y)
        return jax.tree_util.tree_map(lambda now, slope: now - LEARNING_RATE * slope, layers, slopes)

    return step
