"""Small data sets and their analytic decision maps: snapshots for the data pane, independent of the engine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradgui.session.snapshot import CurvesView, DataView, MapsView, Snapshot
from gradgui.text import Text
from tests.gui import toycar

EXTENT = (-6.0, 6.0, -6.0, 6.0)
TITLE = Text(en="Left and right", zh="左与右")
RINGS = (Text(en="inner", zh="内环"), Text(en="middle", zh="中环"), Text(en="outer", zh="外环"))


def plane(size: int = 61) -> tuple[np.ndarray, np.ndarray]:
    """x1 and x2 of every grid point; rows go up with x2."""
    return tuple(np.meshgrid(np.linspace(-6, 6, size), np.linspace(-6, 6, size)))  # type: ignore[return-value]


def maps(*outputs: np.ndarray) -> MapsView:
    return MapsView(EXTENT, (np.stack(outputs).astype(np.float32),))


def sides(low: float = -1.0) -> tuple[DataView, MapsView]:
    """Six points told apart by the sign of x1; the last one lies on the wrong side."""
    inputs = np.array([[-4.0, 1.0], [-3.0, -2.0], [-2.0, 3.0], [4.0, -1.0], [3.0, 2.0], [-5.0, -5.0]])
    targets = np.array([[low], [low], [low], [1.0], [1.0], [1.0]])
    data = DataView(inputs, targets, inputs[:2] + 0.5, targets[:2], 2, ("x1", "x2"), TITLE)
    x1, _ = plane()
    answer = np.tanh(x1)
    return data, maps(answer if low < 0 else (answer + 1) / 2)


def rings() -> tuple[DataView, MapsView]:
    """Three classes by distance from the middle, one-hot."""
    inputs = np.array([[0.5, 0.0], [0.0, 2.5], [5.0, 0.0]])
    data = DataView(inputs, np.eye(3), inputs[:0], np.zeros((0, 3)), 3, ("x1", "x2"), TITLE, RINGS)
    x1, x2 = plane()
    scores = np.stack([-3 * (np.hypot(x1, x2) - r) ** 2 for r in (0.5, 2.5, 5.0)])
    shares = np.exp(scores - scores.max(axis=0))
    return data, maps(*(shares / shares.sum(axis=0)))


def sine() -> tuple[DataView, MapsView]:
    """One input, one target; the network answers half the sine."""
    x = np.linspace(-3, 3, 13)[:, None]
    data = DataView(x, np.sin(x), x[:0], x[:0], 0, ("x",), Text(en="A sine", zh="正弦"))
    line = 0.5 * np.sin(np.linspace(-3, 3, 121))
    return data, MapsView((-3.0, 3.0, 0.0, 1.0), (line[None, None].astype(np.float32),))


def snapshot(view: MapsView | None, sample: int = 0, running: bool = False) -> Snapshot:
    """A moment with these maps, looking at one training sample."""
    return replace(toycar.snapshot(0), maps=view, batch=np.array([sample]), running=running)


def run(steps: int, test: bool = True, accuracy: bool = True) -> CurvesView:
    """A loss that halves every 20 steps, from 1."""
    k = np.arange(steps)
    train, nothing = 0.5 ** (k / 20), np.full(steps, np.nan)
    return CurvesView(k, train, train + 0.125 if test else nothing, 1 - train / 2 if accuracy else nothing)


def moment(curves: CurvesView, iteration: int | None = None) -> Snapshot:
    """A moment of a run; the last one unless told."""
    row = len(curves.iterations) - 1 if iteration is None else iteration
    values = (float(a[row]) if len(a) else float("nan") for a in (curves.train_loss, curves.test_loss, curves.accuracy))
    train, test, accuracy = values
    return replace(
        toycar.snapshot(0), curves=curves, iteration=row, train_loss=train, test_loss=test, accuracy=accuracy
    )
