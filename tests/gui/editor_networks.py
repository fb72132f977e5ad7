"""Dense networks of any shape with random numbers, stopped after any event: snapshots for tests of the network pane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.session.snapshot import (
    Array,
    CurvesView,
    EventKind,
    LayerInfo,
    LayerValues,
    MapsView,
    NetworkInfo,
    Snapshot,
)
from gradgui.text import Text, same
from tests.gui.toycar import events

LONG = Text(en="A hidden layer with quite a long name", zh="名字相当长的一个隐藏层它真的很长")


def network(sizes: list[int], name: Text | None = None) -> NetworkInfo:
    """tanh layers and one sigmoid at the end."""
    last = len(sizes) - 2
    infos = tuple(
        LayerInfo(
            id=f"L{n + 1}",
            name=name or same(f"L{n + 1}"),
            kind="dense",
            activation="sigmoid" if n == last else "tanh",
            label=same("sigmoid" if n == last else "tanh"),
            inputs=sizes[n],
            units=sizes[n + 1],
            shape=(sizes[n + 1],),
            parameters=sizes[n + 1] * (sizes[n] + 1),
            sources=(n - 1,),
        )
        for n in range(last + 1)
    )
    names = tuple(f"x{n + 1}" for n in range(sizes[0]))
    total = sum(info.parameters for info in infos)
    return NetworkInfo(infos, events(last + 1), names, sizes[-1], total, "bce", "sgd", same("test"), "binary")


@dataclass(frozen=True, slots=True)
class Pass:
    """All numbers of one step, layer by layer."""

    z: list[Array]
    a: list[Array]
    da: list[Array]
    dz: list[Array]
    dx: list[Array]
    slope: list[Array]
    loss: float


def answer(x: Array, W: list[Array], b: list[Array]) -> tuple[list[Array], list[Array]]:
    """Sums and outputs of every layer."""
    z: list[Array] = []
    a: list[Array] = []
    for n, (weights, biases) in enumerate(zip(W, b, strict=True)):
        z.append((a[-1] if a else x) @ weights.T + biases)
        a.append(1 / (1 + np.exp(-z[-1])) if n == len(W) - 1 else np.tanh(z[-1]))
    return z, a


def one_pass(x: Array, y: Array, W: list[Array], b: list[Array]) -> Pass:
    """Forward and backward through binary cross-entropy."""
    z, a = answer(x, W, b)
    out, last = a[-1], len(W) - 1
    slope = [v * (1 - v) if n == last else 1 - v**2 for n, v in enumerate(a)]
    da, dz, dx = [out] * (last + 1), [out] * (last + 1), [out] * (last + 1)
    da[last] = (out - y) / (out * (1 - out)) / len(x)
    for n in range(last, -1, -1):
        dz[n] = da[n] * slope[n]
        dx[n] = dz[n] @ W[n]
        if n:
            da[n - 1] = dx[n]
    loss = float(-np.mean(y * np.log(out) + (1 - y) * np.log(1 - out)))
    return Pass(z, a, da, dz, dx, slope, loss)


def snapshot(
    sizes: list[int],
    cursor: int,
    *,
    grid: int = 0,
    running: bool = False,
    seed: int = 0,
    info: NetworkInfo | None = None,
) -> Snapshot:
    """After `cursor` events; with `grid` also every neuron's map over the plane."""
    info, draw = info or network(sizes), np.random.default_rng(seed)
    W = [draw.normal(0, 1.4 / np.sqrt(layer.inputs), (layer.units, layer.inputs)) for layer in info.layers]
    b = [draw.normal(0, 0.3, layer.units) for layer in info.layers]
    x, y = draw.normal(size=(10, sizes[0])), (draw.random((10, sizes[-1])) > 0.5) * 1.0
    run = one_pass(x, y, W, b)
    layers = tuple(_values(info, n, cursor, W[n], b[n], x, run) for n in range(len(W)))
    nan = np.array([np.nan])
    return Snapshot(
        revision=0,
        network=info,
        iteration=0,
        epoch=0,
        cursor=cursor,
        x=x,
        y=y,
        batch=np.arange(10),
        layers=layers,
        theta=np.concatenate([np.r_[values.W.ravel(), values.b] for values in layers]),
        learning_rate=0.1,
        loss=run.loss if cursor > 2 * len(W) else None,
        train_loss=run.loss,
        test_loss=float("nan"),
        accuracy=float("nan"),
        curves=CurvesView(np.array([0]), np.array([run.loss]), nan, nan),
        maps=_maps(W, b, grid) if grid else None,
        running=running,
    )


def _values(info: NetworkInfo, n: int, cursor: int, W: Array, b: Array, x: Array, run: Pass) -> LayerValues:
    done = {(event.kind, event.layer) for event in info.events[:cursor]}
    dW, db = run.dz[n].T @ (run.a[n - 1] if n else x), run.dz[n].sum(0)
    moved = (EventKind.UPDATE, n) in done
    blamed = (EventKind.D_OUTPUT, n) in done or (EventKind.D_INPUT, n + 1) in done

    def known(kind: EventKind, values: Array) -> Array | None:
        return values if (kind, n) in done else None

    return LayerValues(
        W=W - 0.1 * dW if moved else W,
        b=b - 0.1 * db if moved else b,
        W_before=W,
        b_before=b,
        z=known(EventKind.LINEAR, run.z[n]),
        a=known(EventKind.ACTIVATION, run.a[n]),
        da=run.da[n] if blamed else None,
        dz=known(EventKind.D_PREACTIVATION, run.dz[n]),
        dW=known(EventKind.D_WEIGHT, dW),
        db=known(EventKind.D_BIAS, db),
        dx=known(EventKind.D_INPUT, run.dx[n]),
        slope=known(EventKind.D_PREACTIVATION, run.slope[n]),
    )


def _maps(W: list[Array], b: list[Array], grid: int) -> MapsView:
    line = np.linspace(-4, 4, grid)
    x1, x2 = np.meshgrid(line, line)
    _, a = answer(np.stack([x1.ravel(), x2.ravel()], axis=1), W, b)
    maps = tuple(values.T.reshape(-1, grid, grid).astype(np.float32) for values in a)
    return MapsView((-4.0, 4.0, -4.0, 4.0), maps)
