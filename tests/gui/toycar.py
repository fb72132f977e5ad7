"""The toy-car line worked out by hand with plain NumPy: snapshots for views, independent of the engine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradgui.session.snapshot import (
    CurvesView,
    EventKind,
    EventName,
    LayerInfo,
    LayerValues,
    NetworkInfo,
    Phase,
    Snapshot,
)
from gradgui.text import Text

NAMES = (Text(en="Tyres", zh="轮胎"), Text(en="Body", zh="车身"), Text(en="Battery", zh="电池"))
RELU, IDENTITY = Text(en="ReLU", zh="ReLU"), Text(en="identity", zh="恒等")


def events(layers: int) -> tuple[EventName, ...]:
    """The 7L + 2 events of a chain of dense layers."""
    rows = [(Phase.FORWARD, kind, n) for n in range(layers) for kind in (EventKind.LINEAR, EventKind.ACTIVATION)]
    rows += [(Phase.LOSS, EventKind.LOSS, layers - 1), (Phase.BACKWARD, EventKind.D_OUTPUT, layers - 1)]
    back = (EventKind.D_PREACTIVATION, EventKind.D_WEIGHT, EventKind.D_BIAS, EventKind.D_INPUT)
    rows += [(Phase.BACKWARD, kind, n) for n in reversed(range(layers)) for kind in back]
    rows += [(Phase.UPDATE, EventKind.UPDATE, n) for n in range(layers)]
    return tuple(EventName(i, *row) for i, row in enumerate(rows))


def network() -> NetworkInfo:
    """1 → ReLU → ReLU → identity."""
    infos = tuple(
        LayerInfo(f"L{n + 1}", NAMES[n], "dense", act, label, 1, 1, (1,), 2, (n - 1,))
        for n, (act, label) in enumerate((("relu", RELU), ("relu", RELU), ("identity", IDENTITY)))
    )
    title = Text(en="Toy-car line", zh="玩具车生产线")
    return NetworkInfo(infos, events(3), ("x1",), 1, 6, "half_mse", "sgd", title)


def snapshot(cursor: int, rate: float = 0.1) -> Snapshot:
    """After `cursor` of the 23 events of the first step."""
    info = network()
    w, b = [1.0, 0.5, 0.4], [0.0, 0.5, 5.6]
    x, slope = [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]
    z = [1.0, 1.0, 6.0]
    da = [1.0, 2.0, 5.0]
    one = lambda v: np.array([[v]])  # noqa: E731
    parts: list[dict[str, np.ndarray]] = [{} for _ in range(3)]
    for event in info.events[:cursor]:
        n, part = event.layer, parts[event.layer]
        match event.kind:
            case EventKind.LINEAR:
                part["z"] = one(z[n])
            case EventKind.ACTIVATION:
                part["a"] = one(z[n])
            case EventKind.D_OUTPUT:
                part["da"] = one(da[n])
            case EventKind.D_PREACTIVATION:
                part["dz"], part["slope"] = one(da[n]), one(slope[n])
            case EventKind.D_WEIGHT:
                part["dW"] = one(da[n] * x[n])
            case EventKind.D_BIAS:
                part["db"] = np.array([da[n]])
            case EventKind.D_INPUT:
                part["dx"] = one(da[n] * w[n])
                if n:
                    parts[n - 1]["da"] = part["dx"]
    done = [e.layer for e in info.events[:cursor] if e.kind is EventKind.UPDATE]
    new_w = [w[n] - rate * da[n] * x[n] if n in done else w[n] for n in range(3)]
    new_b = [b[n] - rate * da[n] if n in done else b[n] for n in range(3)]
    layers = tuple(
        replace(
            LayerValues(one(new_w[n]), np.array([new_b[n]]), one(w[n]), np.array([b[n]])),
            **parts[n],
        )
        for n in range(3)
    )
    theta = np.array([v for pair in zip(new_w, new_b, strict=True) for v in pair])
    curves = CurvesView(np.array([0]), np.array([12.5]), np.array([np.nan]), np.array([np.nan]))
    loss = 12.5 if cursor > 6 else None
    return Snapshot(
        0,
        info,
        0,
        0,
        cursor,
        np.array([[1.0]]),
        np.array([[1.0]]),
        np.array([0]),
        layers,
        theta,
        rate,
        loss,
        12.5,
        float("nan"),
        float("nan"),
        curves,
    )
