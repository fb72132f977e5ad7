"""Moves the eye of a landscape: to the presets, softly, and along with the ball."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QVariantAnimation
from PySide6.QtGui import QVector3D

from gradgui.gui.surface.camera import Margin, Pose, Preset, fitted, horizontal_field, is_behind_a_hill, pose
from gradgui.gui.surface.canvas import Canvas
from gradgui.gui.surface.marks import centre_of
from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.relief import Relief
from gradgui.gui.theme import Theme

_TURN_MS = 300
_MARGIN = Margin(left=36, right=36, top=8, bottom=24)
_CLOSE = 0.5
"""Following, the eye is this much nearer than at home."""
_FOLLOW_ELEVATION = 34.0


class Watched(Protocol):
    """What the eye looks at."""

    def watched(self) -> tuple[Relief | None, Placement | None]:
        """The landscape, and the ball on it."""


class Eye(QObject):
    """Holds the pose of one view."""

    def __init__(self, view: Canvas, watched: Watched, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._watched, self._theme = view, watched, theme
        self.preset = Preset.HOME
        self.is_own = False
        """The user came nearer or moved aside: the pose is kept when the pane changes its size."""
        self.is_turned = False
        """The user has turned the picture since the last preset."""
        self._journey = QVariantAnimation(self, duration=_TURN_MS, startValue=0.0, endValue=1.0)
        self._journey.valueChanged.connect(self._travel)
        self._from = self._to = Pose(0, 0, 1, (0, 0, 0))

    @property
    def is_at_home(self) -> bool:
        """Whether the picture is looked at from where the program chose."""
        return self.preset is Preset.HOME and not (self.is_own or self.is_turned)

    def come_round(self) -> None:
        """The landscape is another one: go where it can be seen, if a hill stands in front of it now."""
        relief, _ = self._watched.watched()
        resting = self._journey.state() is not QVariantAnimation.State.Running
        if relief is not None and self.is_at_home and resting and is_behind_a_hill(relief, self.pose().azimuth):
            self.go_to(Preset.HOME)

    def go_to(self, preset: Preset, animated: bool = True) -> None:
        """Look from there."""
        self.preset, self.is_own, self.is_turned = preset, preset is Preset.FOLLOW, False
        self._set_out(self.of(preset), animated)

    def follow(self) -> None:
        """The ball has moved: look at it again, if it is being followed."""
        if self.preset is Preset.FOLLOW and self._journey.state() is not QVariantAnimation.State.Running:
            self.take(replace(self.pose(), centre=self._ball()))

    def of(self, preset: Preset) -> Pose:
        """The pose of a preset in this pane."""
        relief, _ = self._watched.watched()
        if preset is not Preset.FOLLOW:
            return pose(preset, relief, self._size(), self._margin())
        home, now = pose(Preset.HOME, relief, self._size(), self._margin()), self.pose()
        return Pose(now.azimuth, _FOLLOW_ELEVATION, home.distance * _CLOSE, self._ball())

    def fit(self) -> None:
        """Fill a pane that has changed its size, unless the user came nearer."""
        self.stop()
        now = self.pose()
        self.take(now if self.is_own else fitted(now, self._size(), self._margin()))

    def stop(self) -> None:
        """Stay here."""
        self._journey.stop()

    def let_go(self) -> None:
        """The user turns or moves the picture: the ball is no longer followed."""
        self.stop()
        if self.preset is Preset.FOLLOW:
            self.preset = Preset.HOME

    def pose(self) -> Pose:
        """Where the eye is now."""
        opts = self._view.opts
        centre = opts["center"]
        return Pose(opts["azimuth"], opts["elevation"], opts["distance"], (centre.x(), centre.y(), centre.z()))

    def take(self, to: Pose) -> None:
        """Be there at once."""
        self._view.opts["fov"] = horizontal_field(self._size())
        self._view.setCameraPosition(
            pos=QVector3D(*to.centre), distance=to.distance, elevation=to.elevation, azimuth=to.azimuth
        )

    def _set_out(self, to: Pose, animated: bool) -> None:
        self._from, self._to = self.pose(), to
        self._journey.stop()
        if animated and self._theme.motion and self._view.isVisible():
            self._journey.start()
        else:
            self.take(to)

    def _travel(self, share: float) -> None:
        self.take(self._from.towards(self._to, share * share * (3 - 2 * share)))

    def _ball(self) -> tuple[float, float, float]:
        _, placement = self._watched.watched()
        if placement is None or not placement.inside:
            return self.pose().centre
        u, v, z = centre_of(placement)
        return float(u), float(v), float(z)

    def _size(self) -> tuple[int, int]:
        return self._view.width(), self._view.height()

    def _margin(self) -> Margin:
        return Margin(*(self._theme.px(pixels) for pixels in _MARGIN))
