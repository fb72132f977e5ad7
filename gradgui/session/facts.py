"""What expressions may ask about a moment: loss, grad('L1.W'), param('L2.b[0]'), norm(act('L1')) and their kin.

Breakpoints ask them of a training step that has just run, watches of the moment on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import numpy as np

from gradgui.errors import UserError
from gradgui.expressions import Expression, Function, Value, parse
from gradgui.session.snapshot import Array, LayerValues, NetworkInfo
from gradgui.text import Text

NO_LAYER = Text(
    en="there is no layer {name}; this network has L1 to L{count}", zh="没有 {name} 层；这个网络有 L1 到 L{count}"
)
NO_PARAMETER = Text(
    en="{name} is no parameter here; write a name such as L1.W, L1.W[0,1] or L2.b[0]",
    zh="这里没有参数 {name}；请写 L1.W、L1.W[0,1] 或 L2.b[0] 这样的名称",
)
NOT_YET = Text(en="not computed yet in this training step", zh="这一步训练还没有算到")

_PARAMETER = re.compile(r"(?:L(\d{1,4})\.([Wb])|([Wb])(\d{1,4}))(?:\[(\d{1,6})(?:,\s*(\d{1,6}))?\])?")


class Seen(Protocol):
    """A moment that can be asked; a Snapshot is one."""

    @property
    def network(self) -> NetworkInfo:
        """As in a Snapshot."""

    @property
    def layers(self) -> tuple[LayerValues, ...]:
        """As in a Snapshot."""

    @property
    def iteration(self) -> int:
        """As in a Snapshot."""

    @property
    def epoch(self) -> int:
        """As in a Snapshot."""

    @property
    def x(self) -> Array:
        """As in a Snapshot."""

    @property
    def y(self) -> Array:
        """As in a Snapshot."""

    @property
    def loss(self) -> float | None:
        """As in a Snapshot."""

    @property
    def learning_rate(self) -> float:
        """As in a Snapshot."""

    @property
    def train_loss(self) -> float:
        """As in a Snapshot."""

    @property
    def test_loss(self) -> float:
        """As in a Snapshot."""

    @property
    def accuracy(self) -> float:
        """As in a Snapshot."""


NAMES: dict[str, Text] = {
    "loss": Text(en="loss of this batch", zh="这一批的损失"),
    "train_loss": Text(en="loss of the whole training set", zh="整个训练集的损失"),
    "test_loss": Text(en="loss of the test set", zh="测试集的损失"),
    "accuracy": Text(en="share of right answers, 0 to 1", zh="答对的比例，0 到 1"),
    "lr": Text(en="learning rate now", zh="此刻的学习率"),
    "iteration": Text(en="number of the training step, from 1", zh="训练步的编号，从 1 起"),
    "epoch": Text(en="passes over the data so far", zh="已经过了几遍数据"),
    "out": Text(en="the network's answers", zh="网络的答案"),
    "x": Text(en="inputs of the batch", zh="这一批的输入"),
    "y": Text(en="targets of the batch", zh="这一批的目标"),
    "grad": Text(en="grad('L1.W'): gradient of parameters", zh="grad('L1.W')：参数的梯度"),
    "param": Text(en="param('L1.W'): parameters now", zh="param('L1.W')：参数此刻的值"),
    "moved": Text(en="moved('L1.W'): what the last update changed", zh="moved('L1.W')：上次更新改了多少"),
    "act": Text(en="act('L1'): outputs of a layer", zh="act('L1')：一层的输出"),
    "pre": Text(en="pre('L1'): weighted sums z", zh="pre('L1')：加权和 z"),
    "dact": Text(en="dact('L1'): ∂L/∂a", zh="dact('L1')：输出的梯度 ∂L/∂a"),
    "dpre": Text(en="dpre('L1'): ∂L/∂z", zh="dpre('L1')：加权和的梯度 ∂L/∂z"),
    "blame": Text(en="blame('L1'): share of all responsibility", zh="blame('L1')：占全部责任的比例"),
    "dx": Text(en="∂L/∂x of the inputs", zh="输入的梯度 ∂L/∂x"),
    "val_loss": Text(en="loss of the test set", zh="测试集的损失"),
    "steps": Text(en="updates made before this step", zh="这一步之前更新的次数"),
    "n_params": Text(en="number of parameters", zh="参数个数"),
    "dead": Text(en="dead('L1'): share of neurons that never fire", zh="dead('L1')：从不激活的神经元比例"),
    "ratio": Text(en="ratio(): blame at the first layer ÷ at the last", zh="ratio()：第一层的责任 ÷ 最后一层的责任"),
}
"""Every name with what it means; for completion."""


class Facts(Mapping[str, "Value | Function"]):
    """The names of one moment; worked out only when asked for."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self.asked_too_early = False
        """Whether something was asked that this training step has not computed yet."""
        self._makers: dict[str, Callable[[], Value | Function]] = {
            "loss": self._loss,
            "train_loss": lambda: seen.train_loss,
            "test_loss": lambda: seen.test_loss,
            "accuracy": lambda: seen.accuracy,
            "lr": lambda: seen.learning_rate,
            "iteration": lambda: seen.iteration + 1,
            "epoch": lambda: seen.epoch,
            "out": lambda: self._known(seen.layers[-1].a),
            "x": lambda: seen.x,
            "y": lambda: seen.y,
            "grad": lambda: self._gradient,
            "param": lambda: self._parameter,
            "moved": lambda: self._moved,
            "act": lambda: lambda name: self._known(self._layer(name).a),
            "pre": lambda: lambda name: self._known(self._layer(name).z),
            "dact": lambda: lambda name: self._known(self._layer(name).da),
            "dpre": lambda: lambda name: self._known(self._layer(name).dz),
            "dx": lambda: self._known(seen.layers[0].dx),
            "val_loss": lambda: seen.test_loss,
            "steps": lambda: seen.iteration,
            "n_params": lambda: seen.network.parameters,
            "blame": lambda: self._blame,
            "dead": lambda: self._dead,
            "ratio": lambda: self._ratio,
        }

    def __getitem__(self, name: str) -> Value | Function:
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def _known(self, array: Array | None) -> Array:
        if array is None:
            self.asked_too_early = True
            raise UserError(NOT_YET)
        return array

    def _loss(self) -> Value:
        loss = self._seen.loss
        return float(self._known(None if loss is None else np.array(loss)))

    def _layer(self, name: Value) -> LayerValues:
        return self._seen.layers[layer_number(str(name), len(self._seen.layers))]

    def _gradient(self, name: Value) -> Value:
        return self._entry(str(name), lambda v: v.dW, lambda v: v.db)

    def _parameter(self, name: Value) -> Value:
        return self._entry(str(name), lambda v: v.W, lambda v: v.b)

    def _moved(self, name: Value) -> Value:
        return self._entry(str(name), lambda v: _less(v.W, v.W_before), lambda v: _less(v.b, v.b_before))

    def _entry(
        self, name: str, weights: Callable[[LayerValues], Array | None], biases: Callable[[LayerValues], Array | None]
    ) -> Value:
        layer, letter, place = parameter_place(name, len(self._seen.layers))
        values = self._seen.layers[layer]
        if (values.W if letter == "W" else values.b) is None:
            raise UserError(NO_PARAMETER, name=name)
        array = self._known((weights if letter == "W" else biases)(values))
        if not place:
            return array
        if len(place) != array.ndim or any(at >= size for at, size in zip(place, array.shape, strict=True)):
            raise UserError(NO_PARAMETER, name=name)
        return float(array[place])

    def _blame(self, name: Value) -> Value:
        norms = [_size(self._known(v.dW), self._known(v.db)) for v in self._seen.layers if v.W is not None]
        own = self._layer(name)
        total = sum(norms)
        mine = 0.0 if own.dW is None or own.db is None else _size(own.dW, own.db)
        return mine / total if total else 0.0

    def _dead(self, name: Value) -> Value:
        array = self._known(self._layer(name).a)
        return float(np.mean(~np.any(array > 0, axis=0)))

    def _ratio(self) -> Value:
        return blame_ratio(self._known(self._seen.layers[0].dz), self._known(self._seen.layers[-1].dz))


def blame_ratio(first: Array, last: Array) -> float:
    """‖∂L/∂z‖ at the first layer over that at the last one; NaN where nothing arrives at all."""
    below = float(np.linalg.norm(last))
    return float(np.linalg.norm(first)) / below if below else float("nan")


def layer_number(name: str, count: int) -> int:
    """The index of L1, L2, …; raises UserError."""
    number = name.strip().lstrip("Ll")
    name = f"L{number}"
    if not number.isdecimal() or not 1 <= int(number) <= count:
        raise UserError(NO_LAYER, name=name, count=count)
    return int(number) - 1


def parameter_place(name: str, layers: int) -> tuple[int, str, tuple[int, ...]]:
    """(layer, W or b, indices) of L1.W, L1.W[0,1], W1[0,1], b2; raises UserError."""
    found = _PARAMETER.fullmatch(name.strip())
    if not found:
        raise UserError(NO_PARAMETER, name=name)
    layer = layer_number(found[1] or found[4], layers)
    place = tuple(int(part) for part in (found[5], found[6]) if part is not None)
    return layer, found[2] or found[3], place


def read(source: str, network: NetworkInfo | None = None) -> Expression:
    """Parse a condition or a watch; raises UserError for what cannot be read, or names what does not exist."""
    expression = parse(source, NAMES)
    if network is not None:
        _check_texts(expression, network)
    return expression


def _check_texts(expression: Expression, network: NetworkInfo) -> None:
    """Names of layers and parameters are looked up at once, so that an error appears while typing."""
    layers = len(network.layers)
    for function, name in re.findall(r"\b(\w+)\(\s*['\"]([^'\"]*)['\"]", expression.source):
        if function in ("grad", "param", "moved"):
            parameter_place(name, layers)
        elif function in ("act", "pre", "dact", "dpre", "blame", "dead"):
            layer_number(name, layers)


def suggestions(network: NetworkInfo | None) -> list[str]:
    """Everything that can be typed, for completion."""
    plain = ["loss", "train_loss", "test_loss", "accuracy", "lr", "iteration", "epoch", "norm(out)", "ratio()"]
    for layer in () if network is None else network.layers:
        if layer.parameters:
            plain += [f"grad('{layer.id}.W')", f"grad('{layer.id}.b')", f"param('{layer.id}.W')"]
            plain += [f"param('{layer.id}.b')", f"norm(grad('{layer.id}.W'))", f"blame('{layer.id}')"]
        plain += [f"act('{layer.id}')", f"dpre('{layer.id}')", f"dead('{layer.id}')"]
    return plain


def _less(now: Array | None, before: Array | None) -> Array | None:
    return None if now is None or before is None else now - before


def _size(*arrays: Array) -> float:
    return float(np.sqrt(sum(float(np.sum(np.square(array))) for array in arrays)))
