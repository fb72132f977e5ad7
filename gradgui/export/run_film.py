"""A run as a moving picture: what the network answers over the plane, or its learning curve, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.features import mapped
from gradgui.document.compile import Compiled
from gradgui.engine.maps import NeuronMaps
from gradgui.export.animation import Frame as Still
from gradgui.export.chart import Frame, Scale
from gradgui.export.colours import CLASSES, GREY, INK, answer_colours, class_colours, paler
from gradgui.export.curves import drawn
from gradgui.export.picture import Picture
from gradgui.export.training import Point, Run
from gradgui.text import Language, Text

STILLS = 60
GRID = 60
POINTS_SHOWN = 400
PALE = 0.45
MOMENT = Text(en="epoch {epoch}    loss {loss}", zh="第 {epoch} 个 epoch    损失 {loss}")
TITLE = Text(en="Training", zh="训练过程")


def stills(run: Run, epochs: int, language: Language) -> Iterator[Still]:
    """Some sixty pictures of the run, each after some more learning."""
    plane = _Plane(run.compiled) if len(run.compiled.examples.names) == 2 else None
    points: list[Point] = []
    for point in run.epochs(epochs, max(1, epochs // STILLS)):
        points.append(point)
        picture = (
            drawn(points, run.compiled.experiment.title, language) if plane is None else plane.now(point, language)
        )
        yield np.asarray(picture.to_image(1))


@dataclass
class _Plane:
    """The answer over the plane of two inputs, with the training points on it."""

    compiled: Compiled

    def __post_init__(self) -> None:
        x = self.compiled.examples.x
        low, high = x.min(axis=0), x.max(axis=0)
        margin = 0.08 * np.maximum(high - low, 1e-9)
        self._x, self._y = (Scale(float(a), float(b)) for a, b in zip(low - margin, high + margin, strict=True))
        self._maps = NeuronMaps(self.compiled.network, self._inputs(), (GRID, GRID))

    def now(self, point: Point, language: Language) -> Picture:
        """The picture of this moment."""
        picture = Picture(480, 530)
        title = self.compiled.experiment.title or TITLE
        picture.words((50, 26), title.in_language(language), 14, INK, bold=True)
        loss = f"{point.train_loss:.4f}" if math.isfinite(point.train_loss) else "NaN"
        picture.words((50, 46), MOMENT.in_language(language, epoch=point.epoch, loss=loss), 12, GREY)
        frame = Frame(50, 80, 400, 400, self._x, self._y)
        first, second = self.compiled.examples.names
        frame.draw(picture, first, second)
        picture.pixels((50, 80, 400, 400), self._colours()[::-1])
        self._dots(picture, frame)
        return picture

    def _inputs(self) -> NDArray[np.float64]:
        xs, ys = (np.linspace(scale.low, scale.high, GRID) for scale in (self._x, self._y))
        plane = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        with np.errstate(all="ignore"):
            return mapped(plane, self.compiled.examples.names, self.compiled.experiment.features)

    def _colours(self) -> NDArray[np.uint8]:
        answer = np.asarray(self._maps.layers()[-1], np.float64)
        if self.compiled.targets.task == "multiclass":
            return class_colours(answer)
        low, high = self._range()
        return paler(answer_colours((answer[0] - low) / (high - low)), PALE)

    def _range(self) -> tuple[float, float]:
        y = self.compiled.train.y
        low, high = float(y.min()), float(y.max())
        return (low, high) if high > low else (low - 1, high + 1)

    def _dots(self, picture: Picture, frame: Frame) -> None:
        count = min(len(self.compiled.train), POINTS_SHOWN)
        for (x, y), colour in zip(self.compiled.examples.x[:count], self._dot_colours(count), strict=True):
            picture.dot(frame.at(float(x), float(y)), 3, colour)

    def _dot_colours(self, count: int) -> Sequence[str]:
        y = self.compiled.train.y[:count]
        if self.compiled.targets.task == "multiclass":
            return [CLASSES[int(best) % len(CLASSES)] for best in y.argmax(axis=1)]
        low, high = self._range()
        return ["#{:02x}{:02x}{:02x}".format(*rgb) for rgb in answer_colours((y[:, 0] - low) / (high - low))]
