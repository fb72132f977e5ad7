"""Where the picture stands: the landscape, the map or the valley, whichever this screen and this network allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from gradgui.gui.surface import opengl
from gradgui.gui.surface.camera import Preset
from gradgui.gui.surface.exporter import photograph
from gradgui.gui.surface.flat import FlatView
from gradgui.gui.surface.picture import Picture
from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.gui.surface.plot import SurfacePlot
from gradgui.gui.surface.valley import ValleyView
from gradgui.gui.theme import Theme

if TYPE_CHECKING:
    from gradgui.gui.surface.scene import SurfaceScene


class Stage(QWidget):
    """Shows one picture in one of three ways; only the one in front is drawn."""

    place_chosen = Signal(object)
    placing_ended = Signal()
    moment_hovered = Signal(object)
    moment_chosen = Signal(object)
    ranges_chosen = Signal(object)
    ranges_reset = Signal()
    view_changed = Signal()
    """Another way of showing is in front, or there are fewer to choose from."""
    scene_starting = Signal()
    scene_painted = Signal()
    scene_failed = Signal()

    def __init__(self, theme: Theme, use_opengl: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wants_scene, self._starts_flat = use_opengl, False
        self._picture: Picture | None = None
        self._placement: Placement | None = None
        self._runners: tuple[PlacedRunner, ...] = ()
        self.scene: SurfaceScene | None = None
        self._said = "", ""
        self._made_valley: ValleyView | None = None
        self.flat = FlatView(theme, self)
        self._stack = QStackedLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(self.flat)
        self._listen_to(self.flat)

    @property
    def valley(self) -> ValleyView:
        """Made when a network with a single parameter first asks for it."""
        if self._made_valley is None:
            self._made_valley = valley = ValleyView(self._theme, self)
            self._stack.addWidget(valley)
            self._listen_to(valley)
            self.describe(*self._said)
        return self._made_valley

    def show_pulls(self, pulls: tuple[float, ...]) -> None:
        """In a valley: every sample's own gradient at the ball."""
        if pulls or self._made_valley is not None:
            self.valley.show_pulls(pulls)

    def start_with_map(self) -> None:
        """Show the map until somebody asks for the landscape."""
        self._starts_flat = True
        self.view_changed.emit()

    @property
    def is_flat(self) -> bool:
        """Whether the map or the valley is in front."""
        return self._stack.currentWidget() is not self.scene or self.scene is None

    @property
    def has_scene(self) -> bool:
        """Whether a landscape can be shown here, as far as has been found out: nobody asks before the first picture."""
        return self._wants_scene and not self._is_valley

    @property
    def plot(self) -> SurfacePlot:
        """The two-dimensional picture, whether it is in front or not."""
        plot = self.valley if self._is_valley else self.flat
        plot.show_picture(self._picture)
        plot.show_placement(self._placement)
        return plot

    def describe(self, name: str, words: str) -> None:
        """What screen readers say of whichever picture has the focus."""
        self._said = name, words
        for view in (self, self.flat, self._made_valley, self.scene):
            if view is not None:
                view.setAccessibleName(name)
                view.setAccessibleDescription(words)

    def show_picture(self, picture: Picture | None) -> None:
        """Draw this surface; a valley comes to the front by itself, and goes again."""
        was_valley, self._picture = self._is_valley, picture
        if self._is_valley != was_valley:
            self.show_flat(self.scene is None)
        self._front().show_picture(picture)

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here."""
        self._placement = placement
        self._front().show_placement(placement)

    def show_runners(self, runners: tuple[PlacedRunner, ...]) -> None:
        """Draw a race."""
        if runners or self._runners:
            self._runners = runners
            self._front().show_runners(runners)

    def highlight(self, moment: int | None) -> None:
        """Ring one moment of the path."""
        self._front().highlight(moment)

    def show_flat(self, flat: bool) -> None:
        """Switch between map and landscape; without OpenGL the map stays, and a valley is always flat."""
        scene = None if flat or self._is_valley else self._made_scene()
        plot = self.valley if self._is_valley else self.flat
        self._stack.setCurrentWidget(plot if scene is None else scene)
        front = self._front()
        front.show_picture(self._picture)
        front.show_placement(self._placement)
        front.show_runners(self._runners)
        self.view_changed.emit()

    def look_from(self, preset: Preset) -> None:
        """Move the eye; the map zooms out."""
        if self.scene is not None and not self.is_flat:
            self.scene.go_to(preset)
        else:
            self.flat.reset_zoom()

    @property
    def azimuth(self) -> float:
        """From where the landscape is seen, in degrees."""
        return 0.0 if self.scene is None else float(self.scene.opts["azimuth"])

    def turn_to(self, azimuth: float) -> None:
        """See the landscape from there at once."""
        if self.scene is not None:
            self.scene.opts["azimuth"] = azimuth

    def photograph(self, sharp: float = 2.0) -> QImage:
        """What is in front."""
        if self.scene is not None and not self.is_flat:
            return self.scene.photograph(sharp)
        return photograph(self.valley if self._is_valley else self.flat, sharp)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; the landscape is made after the window's first picture, so that it opens at once."""
        super().showEvent(event)
        window = self.window()
        if window.internalWinId() == 0 or window.windowHandle().isExposed():
            self._begin_scene()
        else:
            window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for the window on the screen, until it has been drawn there."""
        if event.type() is QEvent.Type.Expose:
            watched.removeEventFilter(self)
            self._begin_scene()
        return False

    # --- inside

    @property
    def _is_valley(self) -> bool:
        return self._picture is not None and self._picture.is_valley

    def _front(self) -> FlatView | ValleyView | SurfaceScene:
        if self._is_valley:
            return self.valley
        return self.flat if self.scene is None or self.is_flat else self.scene

    def _listen_to(self, view: FlatView | ValleyView | SurfaceScene) -> None:
        view.place_chosen.connect(self.place_chosen)
        view.placing_ended.connect(self.placing_ended)
        view.moment_hovered.connect(self.moment_hovered)
        view.moment_chosen.connect(self.moment_chosen)
        view.ranges_chosen.connect(self.ranges_chosen)
        view.ranges_reset.connect(self.ranges_reset)

    def _begin_scene(self) -> None:
        if self._wants_scene and self.scene is None and not self._starts_flat:
            QTimer.singleShot(0, self, self._show_scene)

    def _show_scene(self) -> None:
        self.show_flat(False)

    def _made_scene(self) -> SurfaceScene | None:
        """The landscape, made when first asked for; None where it cannot be."""
        if not self._wants_scene or self.scene is not None:
            return self.scene
        context = opengl.made_context()
        if context is None:
            self._wants_scene = False
            return None
        self.scene_starting.emit()
        opengl.prepare()
        from gradgui.gui.surface.scene import SurfaceScene

        scene = SurfaceScene(self._theme, self)
        scene.context = context
        self._listen_to(scene)
        scene.failed.connect(self._give_up_scene)
        scene.painted.connect(self.scene_painted)
        self._stack.addWidget(scene)
        self.scene = scene
        self.describe(*self._said)
        return scene

    def _give_up_scene(self) -> None:
        """The map takes over for good."""
        if not self._wants_scene:
            return
        self._wants_scene = False
        scene, self.scene = self.scene, None
        self.show_flat(True)
        if scene is not None:
            self._stack.removeWidget(scene)
            scene.deleteLater()
        self.scene_failed.emit()
