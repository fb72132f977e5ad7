"""The eye: from where a landscape is looked at, and how near it must come to fill the pane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from math import atan2, cos, degrees, radians, sin, tan
from typing import NamedTuple

import numpy as np

from gradgui.gui.surface.relief import FLOOR, HEIGHT, Array, Relief

STEEPLY = 70.0
"""Degrees: from here up the box is looked down upon."""
FIELD = 26.0
"""Degrees the eye sees along the shorter side of the pane: a long lens, hardly any distortion."""
_LOW_SHARE = 0.12
_BETTER = 0.8
"""Another side is looked from only if so much less stands in the way."""
_WALL = 0.5
"""A landscape that changes under the eye is looked at from elsewhere only if so much less stands in the way there."""


class Preset(Enum):
    """Places to look from, each with its own key."""

    HOME = "home"
    FRONT = "front"
    TOP = "top"
    ALONG = "along"
    FOLLOW = "follow"


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
    if preset is Preset.HOME:
        azimuth = _open_side(relief)
    return fitted(Pose(azimuth, elevation, 1.0, (0.0, 0.0, 0.0)), size, margin)


_ANGLES = {Preset.HOME: (-60.0, 28.0), Preset.FRONT: (-90.0, 10.0), Preset.TOP: (-90.0, 90.0)}


def horizontal_field(size: tuple[int, int]) -> float:
    """Degrees seen from the left to the right edge."""
    width, height = max(size[0], 1), max(size[1], 1)
    across = tan(radians(FIELD / 2)) * width / min(width, height)
    return 2 * degrees(atan2(across, 1))


def fitted(wanted: Pose, size: tuple[int, int], margin: Margin) -> Pose:
    """The same direction, as near as the whole box allows; turning it round keeps it inside the pane."""
    width, height = max(size[0], 1), max(size[1], 1)
    field = tan(radians(horizontal_field(size) / 2))
    if wanted.elevation > STEEPLY:  # the names of the axes lie beside the box, no longer below it
        margin = Margin(margin.left, margin.right * 1.5, margin.top * 2, margin.bottom * 2)
    across, upward = (margin.left + margin.right) / width, (margin.top + margin.bottom) / height
    room = field * np.array([max(0.3, 1 - across), max(0.3, 1 - upward) * height / width])
    lower = field / width * (margin.bottom - margin.top)
    axes, corners = _axes(wanted), _CORNERS if wanted.elevation > STEEPLY else _TURNED_CORNERS
    upright = axes[1] if wanted.elevation > STEEPLY else np.array([0, 0, 1 / axes[1, 2]])
    centre, distance = np.array([0.0, 0.0, (HEIGHT + FLOOR) / 2]), 1.0
    for _ in range(5):
        seen = (corners - centre) @ axes.T
        away = np.abs(seen[:, :2] - (0, lower * distance))
        distance = float(np.max(seen[:, 2:] + away / room))
        rise = seen[:, 1] / (distance - seen[:, 2])
        centre = centre + ((rise.max() + rise.min()) / 2 - lower) * distance * upright
    place = (float(centre[0]), float(centre[1]), float(centre[2]))
    return replace(wanted, distance=distance, centre=place)


def _box(around: Array) -> Array:
    """(2n, 3) the floor and the lid of a box with these upright edges."""
    return np.concatenate([np.column_stack([around, np.full(len(around), z)]) for z in (FLOOR, HEIGHT)])


_TURNS = np.linspace(0, 2 * np.pi, 16, endpoint=False)
_CORNERS = _box(np.array([[u, v] for u in (-1.0, 1.0) for v in (-1.0, 1.0)]))
_TURNED_CORNERS = _box(np.sqrt(2) * np.column_stack([np.cos(_TURNS), np.sin(_TURNS)]))
"""Where the corners can get while the box is turned round."""


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


def _open_side(relief: Relief | None) -> float:
    """Azimuth of the corner that hides least: the usual one, unless high ground stands in front of it."""
    usual = _ANGLES[Preset.HOME][0]
    if relief is None:
        return usual
    sides = [usual + turn for turn in (0.0, 90.0, 180.0, 270.0)]
    hides = [_hidden(relief, side) for side in sides]
    best = int(np.argmin(hides))
    side = sides[best] if hides[best] < _BETTER * hides[0] else usual
    return side if side <= 180 else side - 360


def is_behind_a_hill(relief: Relief, azimuth: float) -> bool:
    """Whether high ground stands in front of most of the landscape, and another side would show it."""
    return _hidden(relief, _open_side(relief)) < _WALL * _hidden(relief, azimuth)


def _hidden(relief: Relief, side: float) -> float:
    """The mean height of the half that is nearer to the eye."""
    rows, columns = relief.z.shape
    u, v = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    return float(relief.z[u * cos(radians(side)) + v * sin(radians(side)) > 0].mean())


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
