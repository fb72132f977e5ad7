"""Sliding windows over pictures, shared by convolution and pooling."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call, Shape
from gradgui.errors import UserError
from gradgui.text import Text


@dataclass(frozen=True, slots=True)
class Windows:
    """Square windows of `size`, moved by `stride`, over pictures with `padding` zeros around."""

    size: int
    stride: int
    padding: int = 0

    def places(self, shape: Shape) -> tuple[int, int]:
        """(rows, columns) of windows; raises UserError if the input is no picture or too small."""
        if len(shape) != 3:
            raise UserError(
                Text(
                    en="This layer needs a picture (channels × height × width), but its input has the shape {shape}.",
                    zh="这一层需要图像（通道 × 高 × 宽），但它的输入形状是 {shape}。",
                ),
                shape=" × ".join(map(str, shape)),
            )
        rows, columns = ((side + 2 * self.padding - self.size) // self.stride + 1 for side in shape[1:])
        if min(shape[1], shape[2]) + 2 * self.padding < self.size:
            raise UserError(
                Text(
                    en="A window of {size} × {size} does not fit into a picture of {height} × {width}.",
                    zh="{size} × {size} 的窗口放不进 {height} × {width} 的图像。",
                ),
                size=self.size,
                height=shape[1],
                width=shape[2],
            )
        return rows, columns

    def view(self, picture: Array, places: tuple[int, int]) -> Array:
        """(channels, size, size, rows, columns, B) view of a (channels, height, width, B) picture."""
        c, h, w, b = picture.strides
        shape = (picture.shape[0], self.size, self.size, *places, picture.shape[3])
        return as_strided(picture, shape, (c, h, w, h * self.stride, w * self.stride, b))

    def padded(self, x: Array, shape: Shape, scratch: Scratch) -> tuple[Array, list[Call]]:
        """The picture with zeros around, and the calls that keep it up to date."""
        picture = _picture(x, shape)
        if not self.padding:
            return picture, []
        p, (channels, height, width) = self.padding, shape
        wide = scratch.empty("padded", (channels, height + 2 * p, width + 2 * p, x.shape[1]))
        return wide, [(np.copyto, (wide[:, p:-p, p:-p], picture))]

    def scatter(self, parts: Array, dx: Array, shape: Shape, scratch: Scratch) -> list[Call]:
        """Calls that add (channels, size, size, rows, columns, B) window parts back onto the picture dx."""
        picture = _picture(dx, shape)
        target = picture
        p, (channels, height, width) = self.padding, shape
        if p:
            target = scratch.empty("d_padded", (channels, height + 2 * p, width + 2 * p, dx.shape[1]))
        rows, columns = parts.shape[3:5]
        calls: list[Call] = [(target.fill, (0.0,))]
        for i in range(self.size):
            for j in range(self.size):
                down = slice(i, i + self.stride * rows, self.stride)
                right = slice(j, j + self.stride * columns, self.stride)
                spot = target[:, down, right]
                calls.append((np.add, (spot, parts[:, i, j], spot)))
        if p:
            calls.append((np.copyto, (picture, target[:, p:-p, p:-p])))
        return calls


def _picture(flat: Array, shape: Shape) -> Array:
    """(units, B) → (channels, height, width, B), never a copy."""
    picture = flat.reshape(*shape, flat.shape[1])
    assert np.shares_memory(picture, flat) or not math.prod(picture.shape)
    return picture
