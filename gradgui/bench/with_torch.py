"""The same work with PyTorch, if it is installed."""

from __future__ import annotations

import importlib

import numpy as np

from gradgui.bench.cases import LEARNING_RATE, Case, Matrix, directions
from gradgui.bench.measure import Contender
from gradgui.bench.plain import unpacked

TOGETHER = 64


def epoch(case: Case) -> dict[str, Contender]:
    """Eager mode, SGD, one thread: at this size more threads only wait."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    x, y = (torch.tensor(part) for part in case.samples(case.count))
    model = _model(case, torch.float64)
    rule = torch.optim.SGD(model.parameters(), LEARNING_RATE)
    loss = _loss(case)
    targets = y.argmax(1) if case.classes else y
    starts = range(0, len(x), case.batch)

    def run() -> None:
        for start in starts:
            rule.zero_grad()
            loss(model(x[start : start + case.batch]), targets[start : start + case.batch]).backward()
            rule.step()

    return {"torch, eager": Contender(run, len(starts))}


def surface(case: Case, side: int, count: int) -> dict[str, Contender]:
    """vmap over chunks of points, float32, two threads."""
    torch = importlib.import_module("torch")
    functions = importlib.import_module("torch.func")
    x, y = (torch.tensor(part, dtype=torch.float32) for part in case.samples(count))
    targets = y.argmax(1) if case.classes else y
    model, loss = _model(case, torch.float32), _loss(case)
    names = [name for name, _ in model.named_parameters()]
    basis = [_tensors(case, flat, torch.float32) for flat in (case.flat(), *directions(case))]
    points = torch.tensor(_grid(side), dtype=torch.float32)

    def height(point: object) -> object:
        mixed = {
            name: start + point[0] * u + point[1] * v  # type: ignore[index]
            for name, start, u, v in zip(names, *basis, strict=True)
        }
        return loss(functions.functional_call(model, mixed, (x,)), targets)

    heights = functions.vmap(height, chunk_size=TOGETHER)

    def run() -> object:
        torch.set_num_threads(2)
        with torch.no_grad():
            return heights(points)

    return {"torch, vmap": Contender(run)}


def maps(case: Case, points: Matrix) -> dict[str, Contender]:
    """All neurons over a grid, float32, two threads."""
    torch = importlib.import_module("torch")
    model, x = _model(case, torch.float32), torch.tensor(points, dtype=torch.float32)

    def run() -> None:
        torch.set_num_threads(2)
        with torch.no_grad():
            a = x
            for layer in model:
                a = layer(a)

    return {"torch, eager": Contender(run)}


def _model(case: Case, dtype: object):  # type: ignore[no-untyped-def]  # noqa: ANN202 - torch may be missing
    nn = importlib.import_module("torch.nn")
    layers = []
    tensors = _tensors(case, case.flat(), dtype)
    for index, (inputs, units) in enumerate(zip(case.sizes, case.sizes[1:], strict=False)):
        layer = nn.Linear(inputs, units, dtype=dtype)
        layer.weight.data[...] = tensors[2 * index]
        layer.bias.data[...] = tensors[2 * index + 1]
        layers.append(layer)
        if not case.classes:
            layers.append(nn.Tanh())
        elif index < len(case.sizes) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def _tensors(case: Case, flat: Matrix, dtype: object):  # type: ignore[no-untyped-def]  # noqa: ANN202
    torch = importlib.import_module("torch")
    return [torch.tensor(part, dtype=dtype) for pair in unpacked(case, flat) for part in pair]


def _loss(case: Case):  # type: ignore[no-untyped-def]  # noqa: ANN202
    if case.classes:
        return importlib.import_module("torch.nn.functional").cross_entropy
    return lambda answers, y: 0.5 * ((answers - y) ** 2).sum(1).mean()


def _grid(side: int) -> Matrix:
    line = np.linspace(-1, 1, side)
    x, y = np.meshgrid(line, line)
    return np.stack([x.ravel(), y.ravel()], axis=1)
