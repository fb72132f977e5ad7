"""Two things look alike only if nothing in them differs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradgui.session.alike import alike
from gradgui.session.snapshot import BallView, DataView
from gradgui.text import same


def data() -> DataView:
    inputs, targets = np.arange(6.0).reshape(3, 2), np.ones((3, 1))
    return DataView(inputs, targets, inputs[:0], targets[:0], 0, ("x1", "x2"), same("three points"))


def test_copies_are_alike_and_one_other_number_is_not() -> None:
    assert alike(data(), data())
    other = data().inputs.copy()
    other[1, 1] += 1e-12
    assert not alike(data(), replace(data(), inputs=other))
    assert not alike(data(), replace(data(), title=same("other points")))
    assert not alike(data(), replace(data(), test_inputs=np.zeros((1, 2))))


def test_what_is_not_known_is_alike_only_to_what_is_not_known() -> None:
    ball = BallView(1.0, 0.5, 12.5, 12.5, 0.0)
    assert alike(ball, replace(ball))
    assert not alike(ball, replace(ball, gradient=(None, 0.0)))
    assert not alike(ball, replace(ball, ghosts=(np.zeros((1, 3)),)))
    assert not alike(ball, None)
