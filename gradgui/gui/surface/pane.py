"""The surface pane: the picture in three or two dimensions, the numbers of the ball, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.surface import opengl, words
from gradgui.gui.surface.camera import Preset
from gradgui.gui.surface.contours import Contours, trace
from gradgui.gui.surface.controls import Controls
from gradgui.gui.surface.flat import FlatView
from gradgui.gui.surface.placement import Placement, place
from gradgui.gui.surface.readout import Readout
from gradgui.gui.surface.relief import Relief, build
from gradgui.gui.theme import Size, Space, Theme
from gradgui.session.snapshot import BallView, SurfaceView
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.gui.surface.scene import SurfaceScene

_LOW_PANE = 330
"""Pixels: below this height the line about the axes makes room for the picture."""


class SurfacePane(QWidget):
    """Shows a loss surface and the ball on it; says where the user wants the ball to be."""

    point_chosen = Signal(object)
    """(x, y) parameter values."""
    moment_hovered = Signal(object)
    """Number of a row of the ball's path, or None."""
    badge_changed = Signal(object)
    """Text: whether this is the whole truth or a slice."""

    def __init__(self, speech: Speech, theme: Theme, *, use_opengl: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._relief: Relief | None = None
        self._contours: Contours | None = None
        self._placement: Placement | None = None
        self._surface: SurfaceView | None = None
        self._ball: BallView | None = None
        self._typical_slope = 0.0
        self._badge = words.NOTHING
        self._log = False
        self._wants_scene = use_opengl and opengl.is_available()
        self._scene: SurfaceScene | None = None
        self._flat = FlatView(theme, self)
        self._controls = Controls(speech, theme, self)
        self._readout = Readout(speech, theme, self)
        self._caption = QLabel(self)
        self._caption.setWordWrap(True)
        self._picture_frame = QWidget(self)
        self._pictures = QStackedLayout()
        self._lay_out()
        self._connect()
        self.restyle()
        self.retranslate()

    # --- what is shown

    def show_surface(self, surface: SurfaceView | None) -> None:
        """Draw this surface; the same one again costs nothing."""
        if surface is self._surface:
            return
        self._surface = surface
        self._show_relief()
        self._announce_badge()

    def show_ball(self, ball: BallView | None) -> None:
        """Move the ball here."""
        self._ball = ball
        self._show_placement()

    def badge(self) -> Text:
        """Whether this is the whole truth or a slice; empty without a surface."""
        return self._badge

    def caption(self) -> Text:
        """What the ball's place means, in a sentence."""
        return words.caption(self._relief, self._ball)

    @property
    def is_flat(self) -> bool:
        """Whether the map is shown rather than the landscape."""
        return self._pictures.currentWidget() is self._flat

    def show_flat(self, flat: bool) -> None:
        """Switch between map and landscape; without OpenGL the map stays."""
        scene = None if flat else self._made_scene()
        self._pictures.setCurrentWidget(self._flat if scene is None else scene)
        self._show_in_picture()
        self._controls.show_state(self.is_flat, self._wants_scene, self._log)

    def use_log_heights(self, log: bool) -> None:
        """Heights by decades, or in proportion."""
        if log != self._log:
            self._log = log
            self._show_relief()
            self._controls.show_state(self.is_flat, self._wants_scene, self._log)

    def look_from(self, preset: Preset) -> None:
        """Move the eye; the map zooms out."""
        if self._scene is not None and not self.is_flat:
            self._scene.go_to(preset)
        else:
            self._flat.reset_zoom()

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        self._say_caption()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        self._caption.setFont(self._theme.font(Size.BODY))
        self._caption.setStyleSheet(f"color: {self._theme.palette.ink};")
        self._say_caption()
        self._caption.setMinimumHeight(self._theme.px(Size.TITLE))

    # --- inside

    def _lay_out(self) -> None:
        picture = self._picture_frame
        picture.setLayout(self._pictures)
        picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._pictures.addWidget(self._flat)
        column = QVBoxLayout(self)
        column.setContentsMargins(int(Space.GAP), 0, int(Space.GAP), int(Space.GAP))
        column.setSpacing(int(Space.SMALL))
        column.addWidget(self._controls)
        column.addWidget(picture, 1)
        column.addWidget(self._readout)
        column.addWidget(self._caption)

    def _connect(self) -> None:
        self._flat.place_chosen.connect(self.point_chosen)
        self._flat.moment_hovered.connect(self.moment_hovered)
        self._controls.flat_wanted.connect(self.show_flat)
        self._controls.log_wanted.connect(self.use_log_heights)
        self._controls.preset_chosen.connect(self.look_from)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)
        self._controls.show_state(True, self._wants_scene, self._log)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; the landscape is made after the window's first picture, so that it opens at once."""
        super().showEvent(event)
        if self._wants_scene and self._scene is None:
            QTimer.singleShot(0, self, self._show_scene)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._readout.show_details(self.height() >= self._theme.px(_LOW_PANE))

    def _show_scene(self) -> None:
        self.show_flat(False)

    def _made_scene(self) -> SurfaceScene | None:
        """The landscape, made when first asked for; None where it cannot be."""
        if not self._wants_scene or self._scene is not None:
            return self._scene
        opengl.prepare()
        from gradgui.gui.surface.scene import SurfaceScene

        scene = SurfaceScene(self._theme, self)
        scene.place_chosen.connect(self.point_chosen)
        scene.moment_hovered.connect(self.moment_hovered)
        scene.failed.connect(self._give_up_scene)
        self._pictures.addWidget(scene)
        self._scene = scene
        return scene

    def _give_up_scene(self) -> None:
        """The map takes over for good."""
        if not self._wants_scene:
            return
        self._wants_scene = False
        scene, self._scene = self._scene, None
        self.show_flat(True)
        if scene is not None:
            self._pictures.removeWidget(scene)
            scene.deleteLater()

    def _show_relief(self) -> None:
        self._relief = None if self._surface is None else build(self._surface, self._log)
        self._contours = None if self._relief is None else trace(self._relief)
        self._typical_slope = 0.0 if self._relief is None else self._relief.typical_slope()
        self._controls.show_relief(self._relief)
        self._picture().show_relief(self._relief, self._contours)
        self._show_placement()

    def _show_placement(self) -> None:
        if self._relief is None or self._ball is None:
            self._placement = None
        else:
            self._placement = place(self._relief, self._ball, self._typical_slope)
        self._picture().show_placement(self._placement)
        self._readout.show_place(self._surface, self._ball)
        self._say_caption()

    def _show_in_picture(self) -> None:
        self._picture().show_relief(self._relief, self._contours)
        self._picture().show_placement(self._placement)

    def _picture(self) -> FlatView | SurfaceScene:
        return self._flat if self._scene is None or self.is_flat else self._scene

    def _say_caption(self) -> None:
        said, note = self._speech.say(self.caption()), self._speech.say(words.note(self._relief))
        shown = f'{said} <span style="color:{self._theme.palette.muted}">{note}</span>' if note else said
        if shown != self._caption.text():
            self._caption.setText(shown)
            self._picture_frame.setAccessibleDescription(f"{said} {note}".strip())

    def _announce_badge(self) -> None:
        badge = words.badge(self._surface)
        if badge != self._badge:
            self._badge = badge
            self.badge_changed.emit(badge)
