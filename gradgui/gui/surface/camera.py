"""The eye: from where a landscape is looked at, and how near it must come to fill the pane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from math import atan2, cos, degrees, radians, sin, tan
from typing import NamedTuple

import numpy as np

from gradgui.gui.surface.relief import FLOOR, HEIGHT, Array, Relief

FIELD = 32.0
"""Degrees the eye sees along the shorter side of the pane: a long lens, hardly any distortion."""
_LOW_SHARE = 0.12


class Preset(Enum):
    """Places to look from, each with its own key."""

    HOME = "home"
    FRONT = "front"
    TOP = "top"
    ALONG = "along"


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the eye is: angles in degrees, lengths of the box."""

    azimuth: float
    elevation: float
    distance: float
    centre: tuple[float, float, float]

    def towards(self, other: Pose, share: float) -> Pose:
        """A pose between this one and another, turning the short way round."""
        turn = (other.azimuth - self.azimuth + 180) % 360 - 180
        mixed = [a + (b - a) * share for a, b in zip(self.centre, other.centre, strict=True)]
        return Pose(
            self.azimuth + turn * share,
            self.elevation + (other.elevation - self.elevation) * share,
            self.distance + (other.distance - self.distance) * share,
            (mixed[0], mixed[1], mixed[2]),
        )


class Margin(NamedTuple):
    """Pixels left free for the labels."""

    left: float
    right: float
    top: float
    bottom: float


def pose(preset: Preset, relief: Relief | None, size: tuple[int, int], margin: Margin) -> Pose:
    """The pose of a preset that fills a pane of `size` pixels but for its margin."""
    azimuth, elevation = _ANGLES.get(preset, (0.0, 24.0))
    if preset is Preset.ALONG:
        azimuth = _valley_direction(relief)
    return fitted(Pose(azimuth, elevation, 1.0, (0.0, 0.0, 0.0)), size, margin)


_ANGLES = {Preset.HOME: (-60.0, 28.0), Preset.FRONT: (-90.0, 10.0), Preset.TOP: (-90.0, 90.0)}


def horizontal_field(size: tuple[int, int]) -> float:
    """Degrees seen from the left to the right edge."""
    width, height = max(size[0], 1), max(size[1], 1)
    across = tan(radians(FIELD / 2)) * width / min(width, height)
    return 2 * degrees(atan2(across, 1))


def fitted(wanted: Pose, size: tuple[int, int], margin: Margin) -> Pose:
    """The same direction, as near as the whole box allows, with the box in the middle of what is left."""
    width, height = max(size[0], 1), max(size[1], 1)
    field = tan(radians(horizontal_field(size) / 2))
    across, upward = (margin.left + margin.right) / width, (margin.top + margin.bottom) / height
    room = field * np.array([max(0.3, 1 - across), max(0.3, 1 - upward) * height / width])
    offset = field / width * np.array([margin.left - margin.right, margin.bottom - margin.top])
    centre, distance = np.array([0.0, 0.0, (HEIGHT + FLOOR) / 2]), 1.0
    axes = _axes(wanted)
    for _ in range(5):
        seen = (_CORNERS - centre) @ axes.T
        distance = float(np.max(seen[:, 2:] + np.abs(seen[:, :2] - offset * distance) / room))
        flat = seen[:, :2] / (distance - seen[:, 2:])
        centre = centre + (((flat.max(axis=0) + flat.min(axis=0)) / 2 - offset) * distance) @ axes[:2]
    place = (float(centre[0]), float(centre[1]), float(centre[2]))
    return replace(wanted, distance=distance, centre=place)


_CORNERS: Array = np.array([[u, v, z] for u in (-1, 1) for v in (-1, 1) for z in (FLOOR, HEIGHT)], dtype=float)


def _axes(of: Pose) -> Array:
    """(3, 3) rows: right, up, and towards the eye."""
    a, e = radians(of.azimuth), radians(of.elevation)
    return np.array(
        [
            [-sin(a), cos(a), 0],
            [-sin(e) * cos(a), -sin(e) * sin(a), cos(e)],
            [cos(e) * cos(a), cos(e) * sin(a), sin(e)],
        ]
    )


def _valley_direction(relief: Relief | None) -> float:
    """Azimuth from which the eye looks along the low ground: the longest direction of all deep places."""
    if relief is None:
        return _ANGLES[Preset.HOME][0]
    deep = relief.finite & (relief.z <= max(HEIGHT * _LOW_SHARE, float(np.quantile(relief.z, 0.05))))
    rows, columns = np.nonzero(deep)
    if len(rows) < 3:
        return _ANGLES[Preset.HOME][0]
    places = np.stack([columns / relief.z.shape[1], rows / relief.z.shape[0]])
    _, vectors = np.linalg.eigh(np.cov(places))
    along = vectors[:, -1]
    angle = degrees(atan2(along[1], along[0]))
    return angle if -180 <= angle <= 0 else angle - 180
