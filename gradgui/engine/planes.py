"""Planes through the space of all parameters: what the two horizontal axes of a loss surface mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.network import Network
from gradgui.engine.streams import Purpose, stream

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plane:
    """Every point of it is one complete set of parameters: origin + x·u + y·v, each of them (P,)."""

    origin: Vector
    u: Vector
    v: Vector

    def at(self, x: float, y: float) -> Vector:
        """(P,) the parameters at a point of the plane."""
        return self.origin + x * self.u + y * self.v

    def same_as(self, other: Plane) -> bool:
        """Whether each point of it is the very same set of parameters."""
        pairs = ((self.origin, other.origin), (self.u, other.u), (self.v, other.v))
        return all(np.array_equal(mine, theirs) for mine, theirs in pairs)


def coordinates(plane: Plane, theta: Vector) -> tuple[float, float, float]:
    """The point of the plane that is closest to theta, as x and y, and how far away from theta it is."""
    axes = np.stack([plane.u, plane.v])
    away = theta - plane.origin
    x, y = np.linalg.lstsq(axes @ axes.T, axes @ away, rcond=None)[0]
    with np.errstate(all="ignore"):  # a run that blows up is infinitely far away
        return float(x), float(y), float(np.linalg.norm(away - x * plane.u - y * plane.v))


def projected(plane: Plane, thetas: NDArray[np.floating]) -> NDArray[np.float64]:
    """(k, 2) the points of the plane that are closest to each of k sets of parameters (k, P)."""
    axes = np.stack([plane.u, plane.v])
    points: NDArray[np.float64] = (thetas - plane.origin) @ axes.T @ np.linalg.pinv(axes @ axes.T)
    return points


def parameter_plane(network: Network, first: int, second: int | None) -> Plane:
    """Two parameters, named by their places in theta, move; x and y are their values, all others stay as they are.

    Without a second one the plane is only a line: v is 0.
    """
    origin = network.theta.astype(np.float64)
    axes = np.zeros((2, network.size))
    for axis, place in zip(axes, (first, second), strict=True):
        if place is not None:
            origin[place] = 0.0
            axis[place] = 1.0
    return Plane(origin, *axes)


def random_plane(network: Network, seed: int) -> Plane:
    """Two random directions through theta, in which each unit's row is as long as its own weights and bias.

    "Filter normalisation" of Li et al. 2018 (arXiv 1712.09913); frozen parameters stay where they are.
    """
    return Plane(network.theta.astype(np.float64), _random(network, seed, 0), _random(network, seed, 1))


def pca_plane(network: Network, trajectory: NDArray[np.floating]) -> tuple[Plane, tuple[float, float]]:
    """The two directions in which a run of parameters (k, P) spread most, through theta; and their shares of it.

    Directions have length 1 and point the way the run went. Where it moved in fewer than two directions, a random one
    completes the plane; its share is 0.
    """
    run = np.asarray(trajectory, np.float64)
    away = run - run.mean(axis=0)
    axes: list[Vector] = []
    shares: list[float] = []
    for share, axis in _principal(away):
        axes.append(axis if axis @ (run[-1] - run[0]) >= 0 else -axis)
        shares.append(share)
    u, v = _completed(network, axes, seed=0)
    return Plane(network.theta.astype(np.float64), u, v), (_at(shares, 0), _at(shares, 1))


def _principal(away: NDArray[np.float64]) -> list[tuple[float, Vector]]:
    """Up to two directions of length 1 in which rows (k, P) spread, with their shares; from the smaller square."""
    points, size = away.shape
    sizes, columns = np.linalg.eigh(away @ away.T if points <= size else away.T @ away)
    total = max(float(sizes.sum()), np.finfo(np.float64).tiny)
    found = [
        (float(spread) / total, _unit(column @ away if points <= size else column))
        for spread, column in zip(sizes[::-1], columns.T[::-1], strict=True)
        if spread > 1e-12 * total
    ]
    return found[:2]


def gradient_plane(network: Network, gradient: NDArray[np.floating], seed: int) -> Plane:
    """x goes along the gradient (steepest uphill), y at right angles to it in a random direction; both of length 1."""
    known = [_unit(gradient.astype(np.float64))] if np.any(gradient) else []
    return Plane(network.theta.astype(np.float64), *_completed(network, known, seed))


def _random(network: Network, seed: int, number: int) -> Vector:
    direction = stream(seed, Purpose.DIRECTIONS, number).standard_normal(network.size)
    for index in range(len(network.places)):
        rows, own = network.matrix(index, direction), network.matrix(index, network.theta)
        if rows is not None and own is not None:
            lengths = np.linalg.norm(own, axis=1, keepdims=True)
            rows *= np.where(lengths > 0, lengths, 1.0) / np.linalg.norm(rows, axis=1, keepdims=True)
    return direction * network.trainable


def _completed(network: Network, known: list[Vector], seed: int) -> tuple[Vector, Vector]:
    """Two directions of length 1 at right angles, random ones where fewer are known."""
    axes = list(known)
    while len(axes) < 2:
        direction = _random(network, seed, len(axes))
        for axis in axes:
            direction -= (direction @ axis) * axis
        axes.append(_unit(direction))
    return axes[0], axes[1]


def _unit(direction: Vector) -> Vector:
    length = np.linalg.norm(direction)
    return direction / length if length > 0 else direction


def _at(shares: list[float], place: int) -> float:
    return shares[place] if place < len(shares) else 0.0
