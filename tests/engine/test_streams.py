"""Randomness without memory."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gradgui.engine.streams import Purpose, shuffled, stream

NUMBERS = st.integers(0, 2**31 - 1)


@given(NUMBERS, st.sampled_from(list(Purpose)), st.lists(st.integers(0, 10_000), max_size=3))
def test_asking_again_gives_the_same_numbers(seed: int, purpose: Purpose, where: list[int]) -> None:
    first = stream(seed, purpose, *where).random(4)
    stream(seed + 1, purpose, *where).random(3)
    assert np.array_equal(stream(seed, purpose, *where).random(4), first)


def test_every_purpose_and_place_has_numbers_of_its_own() -> None:
    places = [(seed, purpose, *where) for seed in (1, 2) for purpose in Purpose for where in [(), (0,), (1,), (0, 1)]]
    draws = {stream(seed, purpose, *where).random() for seed, purpose, *where in places}
    assert len(draws) >= len(places) - len(Purpose) * 2  # (…) and (…, 0) may share a stream


@given(NUMBERS, st.integers(0, 200), st.integers(1, 50))
def test_an_epochs_order_is_a_pure_function(seed: int, epoch: int, count: int) -> None:
    order = shuffled(seed, epoch, count).copy()
    shuffled(seed, epoch + 1, count)
    shuffled(seed + 1, epoch, count)
    assert np.array_equal(shuffled(seed, epoch, count), order)
    assert sorted(order.tolist()) == list(range(count))


def test_orders_are_pinned() -> None:
    """What a seed means must never change: saved runs and lessons rely on it."""
    assert stream(1, Purpose.WEIGHTS, 0).random(2).tolist() == [0.44841514333227195, 0.4308819875443376]
    orders = [shuffled(1, epoch, 5).tolist() for epoch in (0, 1, 16)]
    assert orders == [[0, 4, 2, 3, 1], [3, 0, 2, 1, 4], [4, 3, 2, 0, 1]]


def test_very_many_samples_are_shuffled_one_epoch_at_a_time() -> None:
    order = shuffled(3, 2, 100_000)
    assert len(set(order.tolist())) == 100_000
    assert not np.array_equal(order, shuffled(3, 3, 100_000))
