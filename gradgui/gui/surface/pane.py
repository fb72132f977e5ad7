"""The surface pane: the picture in three or two dimensions, the numbers of the ball, and what they mean."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.surface import words
from gradgui.gui.surface.axes_panel import AxesPanel
from gradgui.gui.surface.calm_label import CalmLabel
from gradgui.gui.surface.camera import Preset
from gradgui.gui.surface.controls import Controls
from gradgui.gui.surface.exporter import Exporter
from gradgui.gui.surface.picture import Picture, develop, refined
from gradgui.gui.surface.placement import Placement, place, placed_runners
from gradgui.gui.surface.progress import ProgressStrip
from gradgui.gui.surface.race_panel import RacePanel
from gradgui.gui.surface.readout import Readout
from gradgui.gui.surface.show_menu import ShowMenu
from gradgui.gui.surface.stage import Stage
from gradgui.gui.theme import Size, Space, Theme
from gradgui.session.axes_view import AxesView
from gradgui.session.race_view import RaceView
from gradgui.session.snapshot import BallView, SurfaceView
from gradgui.text import Text

_LOW_PANE = 330
_NARROWEST, _LOWEST = 384, 134
"""Pixels: below this height the line about the axes makes room for the picture."""
_PICTURE, _CAPTION_LINES = 112, 2
"""Pixels that belong to the picture before any words; lines of the sentence below the numbers."""
_GOAL = 0.01
"""Of the way from here down to the lowest place: what a race is proposed to reach."""


class SurfacePane(QWidget):
    """Shows a loss surface and the ball on it; says where the user wants the ball to be."""

    point_chosen = Signal(object)
    """(x, y) parameter values."""
    placing_ended = Signal()
    """The ball was let go: what was chosen since it was taken is one edit."""
    moment_hovered = Signal(object)
    """A moment of the ball's path (updates done), or None."""
    moment_chosen = Signal(object)
    """A moment of the ball's path was clicked."""
    badge_changed = Signal(object)
    """Text: whether this is the whole truth or a slice."""
    ranges_chosen = Signal(object)
    """((x from, x to), (y from, y to)) zoomed by the wheel, or None for the first range."""
    reslice_wanted = Signal()
    fit_wanted = Signal()
    test_wanted = Signal(bool)
    """The loss of the test set is to be drawn, or that of the training set again."""
    scene_starting = Signal()
    """The first three-dimensional picture is about to be tried."""
    scene_painted = Signal()
    """It is on the screen: OpenGL works here."""
    scene_failed = Signal()
    """It cannot be drawn here, and the program lives on with the map."""

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        *,
        use_opengl: bool,
        icons: Icons | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        icons = icons or Icons(theme)
        self._picture: Picture | None = None
        self._placement: Placement | None = None
        self._surface: SurfaceView | None = None
        self._ball: BallView | None = None
        self._posed: BallView | None = None
        self._badge = words.NOTHING
        self._log = self._by_slope = False
        self._pointed: int | None = None
        self.stage = Stage(theme, use_opengl, self)
        self.controls = Controls(speech, theme, icons, self)
        self._readout = Readout(speech, theme, self)
        self._caption = CalmLabel(self)
        self._progress = ProgressStrip(speech, theme, self)
        self.race_panel = RacePanel(speech, theme, icons, self)
        self.axes_panel = AxesPanel(speech, theme, icons, self)
        self.exporter = Exporter(self, self.controls.export_menu, speech)
        self.showing = ShowMenu(self.controls.show_menu, speech, theme)
        self._lay_out()
        self._connect()
        self.restyle()
        self.retranslate()

    # --- what is shown

    def show_surface(self, surface: SurfaceView | None, ball: BallView | None = None) -> None:
        """Draw this surface, with the ball here if that is known already; the same one again costs nothing."""
        self._ball = ball or self._ball
        if surface is self._surface:
            return
        self._surface = surface
        exact = None if surface is None or self._picture is None else refined(self._picture, surface)
        if exact is not None:
            self._show_picture(exact)
        else:
            self._develop()
        self._announce_badge()

    def show_ball(self, ball: BallView | None) -> None:
        """Move the ball here."""
        self._ball = ball
        self._show_placement()
        self._announce_badge()

    def show_pulls(self, pulls: tuple[float, ...]) -> None:
        """In a valley: every sample's own gradient at the ball, as an arrow each; nothing for none."""
        self.stage.show_pulls(pulls)

    def offer_test(self, offered: bool) -> None:
        """Whether there is a test set whose loss can be drawn."""
        self.controls.offer_test(offered, self._surface is not None and self._surface.of_test)

    def show_axes(self, axes: AxesView | None) -> None:
        """Show in the card what is drawn and what else could be."""
        self.axes_panel.show_axes(axes)
        self._place_card()

    def show_race(self, race: RaceView | None) -> None:
        """Show a race, or end it."""
        self.race_panel.show_race(race)

    def open_race(self, is_open: bool = True) -> None:
        """Show the stand of the race in place of the numbers, or those again."""
        if is_open and self._picture is not None and self._ball is not None:
            relief = self._picture.relief
            low = min(relief.low, self._ball.loss)
            self.race_panel.propose(self._ball.learning_rate, low + _GOAL * (self._ball.loss - low) or _GOAL)
        self.race_panel.setVisible(is_open)
        self.showing.offer_racers(is_open)
        for part in (self._readout, self._caption):
            part.setVisible(not is_open)
        self._make_room()

    def badge(self) -> Text:
        """Whether this is the whole truth or a slice; empty without a surface."""
        return self._badge

    def caption(self) -> Text:
        """What the ball's place means, in a sentence; or what the moment under the mouse is."""
        relief = None if self._picture is None else self._picture.relief
        if self._pointed is not None and self._ball is not None:
            return words.moment(self._ball, self._pointed)
        return words.caption(relief, self._ball)

    @property
    def ball(self) -> BallView | None:
        """The ball now."""
        return self._ball

    @property
    def is_flat(self) -> bool:
        """Whether the map or the valley is shown rather than the landscape."""
        return self.stage.is_flat

    def show_flat(self, flat: bool) -> None:
        """Switch between map and landscape; without OpenGL the map stays, and a valley is always flat."""
        self.stage.show_flat(flat)

    def use_log_heights(self, log: bool) -> None:
        """Heights by decades, or in proportion."""
        if log != self._log:
            self._log = log
            self._develop()
            self._show_state()

    def use_slope_colours(self, by_slope: bool) -> None:
        """Colours by steepness, or by height."""
        if by_slope != self._by_slope:
            self._by_slope = by_slope
            self._develop()
            self._show_state()

    def look_from(self, preset: Preset) -> None:
        """Move the eye; the map zooms out."""
        self.stage.look_from(preset)

    def highlight(self, moment: int | None) -> None:
        """Ring one moment of the path, or the nearest one that is drawn, as another view points at it."""
        drawn = () if self._placement is None else self._placement.moments
        near = moment
        if moment is not None and drawn:
            near = drawn[int(np.abs(np.array(drawn) - moment).argmin())]
        self.stage.highlight(near)

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        self._say_caption()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        self._caption.setFont(self._theme.font(Size.BODY))
        self._caption.setStyleSheet(f"color: {self._theme.palette.ink};")
        self._say_caption()
        self._make_room()

    def pose_ball(self, ball: BallView | None) -> None:
        """Show the ball of another moment for a while; None for that of now."""
        self._posed = ball
        self._show_placement()

    # --- inside

    def _lay_out(self) -> None:
        self._column, self._row = QVBoxLayout(self), QHBoxLayout()
        column = self._column
        column.setContentsMargins(int(Space.GAP), 0, int(Space.GAP), int(Space.GAP))
        column.setSpacing(int(Space.SMALL))
        column.addWidget(self.controls)
        self._row.addWidget(self.stage, 1)
        column.addLayout(self._row, 1)
        column.addWidget(self._progress)
        for part in (self._readout, self._caption, self.race_panel):
            column.addWidget(part)
        self.race_panel.hide()

    def _connect(self) -> None:
        stage = self.stage
        stage.place_chosen.connect(self.point_chosen)
        stage.placing_ended.connect(self.placing_ended)
        stage.moment_hovered.connect(self._point_at)
        stage.moment_chosen.connect(self.moment_chosen)
        stage.ranges_chosen.connect(self.ranges_chosen)
        stage.ranges_reset.connect(self._reset_ranges)
        stage.view_changed.connect(self._show_state)
        stage.scene_starting.connect(self.scene_starting)
        stage.scene_painted.connect(self.scene_painted)
        stage.scene_failed.connect(self.scene_failed)
        controls = self.controls
        controls.flat_wanted.connect(self.show_flat)
        controls.log_wanted.connect(self.use_log_heights)
        controls.slope_wanted.connect(self.use_slope_colours)
        controls.test_wanted.connect(self.test_wanted)
        controls.preset_chosen.connect(self.look_from)
        controls.axes_wanted.connect(self._open_card)
        controls.reslice_wanted.connect(self.reslice_wanted)
        controls.fit_wanted.connect(self.fit_wanted)
        controls.race_wanted.connect(self.open_race)
        self.showing.changed.connect(self._show_placement)
        self.axes_panel.fit_asked.connect(self.fit_wanted)
        self.axes_panel.closed.connect(self._close_card)
        self._readout.reslice_wanted.connect(self.reslice_wanted)
        self.race_panel.progressed.connect(self._show_runners)
        self.race_panel.closed.connect(self._close_race)
        stage.placing_ended.connect(self._race_from_here)
        self._progress.cancelled.connect(self.exporter.recorder.cancel)
        self.exporter.recorder.progressed.connect(self._progress.show_share)
        self.exporter.recorder.finished.connect(self._progress.hide)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)
        self._show_state()

    def minimumSizeHint(self) -> QSize:
        """Fixed, so that words that grow longer do not push the other panes about; five numbers fit."""
        return QSize(self._theme.px(_NARROWEST), self._theme.px(_LOWEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._make_room()
        self._place_card()

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt: the card goes with its pane."""
        self._close_card()
        super().hideEvent(event)

    def _make_room(self) -> None:
        """In a low pane the picture comes first, then the numbers, then what they mean."""
        px = self._theme.px
        self._readout.show_details(self.height() >= px(_LOW_PANE))
        room = self.height() - self.controls.sizeHint().height() - px(_PICTURE) - int(Space.GAP + Space.SMALL)
        if not self.race_panel.isHidden():
            self._place_race(room - int(Space.SMALL))
            return
        for part, height in (
            (self._readout, self._readout.row_height()),
            (self._caption, _CAPTION_LINES * self._caption.fontMetrics().height()),
        ):
            room -= height + int(Space.SMALL)
            part.setVisible(room >= 0)

    def _place_race(self, below: int) -> None:
        """In a low but wide pane it stands beside the picture."""
        room = self.rect().marginsRemoved(self._column.contentsMargins()).size()
        height = room.height() - self.controls.sizeHint().height() - int(Space.SMALL)
        beside = self.race_panel.fit(QSize(room.width(), height), below)
        to, other = (self._row, self._column) if beside else (self._column, self._row)
        if to.indexOf(self.race_panel) < 0:
            other.removeWidget(self.race_panel)
            to.addWidget(self.race_panel)

    def _develop(self) -> None:
        self._show_picture(None if self._surface is None else develop(self._surface, self._log, self._by_slope))

    def _show_picture(self, picture: Picture | None) -> None:
        self._picture = picture
        self.controls.show_picture(picture)
        self.stage.show_picture(picture)
        self._show_placement()

    def _show_placement(self) -> None:
        ball = self._posed or self._ball
        if self._picture is None or ball is None:
            self._placement = None
        else:
            self._placement = self.showing.of_ball(place(self._picture.relief, ball, self._picture.typical_slope))
        self.stage.show_placement(self._placement)
        self._show_runners()
        self._readout.show_place(self._surface, self._ball)
        self._say_caption()

    def _show_runners(self) -> None:
        panel, picture = self.race_panel, self._picture
        runners = () if panel.race is None or picture is None else placed_runners(
            picture.relief, panel.race, panel.step, panel.hidden, picture.typical_slope
        )  # fmt: skip
        self.stage.show_runners(self.showing.of_racers(runners))

    def _show_state(self) -> None:
        self.controls.show_state(self.is_flat, self.stage.has_scene, self._log, self._by_slope)

    def _point_at(self, moment: int | None) -> None:
        self._pointed = moment
        self.highlight(moment)
        self._say_caption()
        self.moment_hovered.emit(moment)

    def _reset_ranges(self) -> None:
        self.ranges_chosen.emit(None)

    def _open_card(self, is_open: bool) -> None:
        if is_open and self.axes_panel.parentWidget() is not self.window():
            self.axes_panel.setParent(self.window())  # the pane may be lower than the card
        self.axes_panel.setVisible(is_open)
        self.controls.axes.setChecked(is_open)
        self._place_card()
        if is_open:
            self.axes_panel.raise_()
            self.axes_panel.setFocus()

    def _close_card(self) -> None:
        self._open_card(False)

    def _place_card(self) -> None:
        """Below its button, inside the window."""
        card = self.axes_panel
        owner = card.parentWidget()
        if owner is None or card.isHidden():
            return
        card.adjustSize()
        at = self.mapTo(owner, QPoint(self.width() - int(Space.GAP), self.controls.geometry().bottom()))
        left, top = at.x() - card.width(), at.y() + int(Space.TINY)
        card.move(max(0, left), max(0, min(top, owner.height() - card.height())))

    def _race_from_here(self) -> None:
        """Where the ball is put down while a race is open, everyone starts anew."""
        if not self.race_panel.isHidden():
            self.race_panel.start_again()

    def _close_race(self) -> None:
        self.open_race(False)

    def _say_caption(self) -> None:
        relief = None if self._picture is None else self._picture.relief
        said, note = self._speech.say(self.caption()), self._speech.say(words.note(relief))
        shown = f'{said} <span style="color:{self._theme.palette.muted}">{note}</span>' if note else said
        if shown != self._caption.text():
            self._caption.setText(shown)
            self._caption.setAccessibleName(f"{said} {note}".strip())
            self.stage.describe(self._speech.say(words.NAME), f"{said} {note}".strip())

    def _announce_badge(self) -> None:
        badge = words.badge(self._surface, self._ball)
        if badge != self._badge:
            self._badge = badge
            self.badge_changed.emit(badge)
