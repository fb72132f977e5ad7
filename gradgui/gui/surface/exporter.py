"""Takes the picture out of the window: as a file to print, or as a film of the run or of a turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QGraphicsView, QMenu

from gradgui.document.disk import write_bytes
from gradgui.errors import UserError
from gradgui.export.animation import NO_FRAMES
from gradgui.gui.language import Speech
from gradgui.gui.surface.recorder import FRAMES, Recorder
from gradgui.gui.surface.vector import drawing
from gradgui.session.snapshot import BallView
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.gui.surface.pane import SurfacePane

_SHARP = 2.0
"""Pixels of a saved picture per pixel on the screen."""


@dataclass(frozen=True, slots=True)
class Product:
    """One thing that can be made."""

    id: str
    text: Text
    suffix: str
    needs_scene: bool = False
    is_film: bool = False


PRODUCTS = (
    Product("picture", Text(en="Picture (PNG)…", zh="图片（PNG）…"), "png"),
    Product("map", Text(en="Map as drawing (SVG)…", zh="平面图矢量图（SVG）…"), "svg"),
    Product("run_gif", Text(en="This run (animated GIF)…", zh="本次训练（GIF 动画）…"), "gif", is_film=True),
    Product("run_png", Text(en="This run (animated PNG)…", zh="本次训练（APNG 动画）…"), "png", is_film=True),
    Product("turn_gif", Text(en="A turn around (animated GIF)…", zh="环绕一周（GIF 动画）…"), "gif", True, True),
    Product("turn_png", Text(en="A turn around (animated PNG)…", zh="环绕一周（APNG 动画）…"), "png", True, True),
)
SAVED = Text(en="Saved: {path}", zh="已保存：{path}")
_FILES = Text(en="Files (*.{suffix})", zh="文件 (*.{suffix})")


class Exporter(QObject):
    """Fills a menu, asks for a file name, and makes the file."""

    said = Signal(object)
    """Text: what was saved."""
    refused = Signal(object)
    """UserError: why it could not be."""

    def __init__(self, pane: SurfacePane, menu: QMenu, speech: Speech) -> None:
        super().__init__(pane)
        self._pane, self._speech, self._menu = pane, speech, menu
        self._wanted = PRODUCTS[0]
        self._ball: BallView | None = None
        self._start = 0.0
        self.recorder = Recorder(self)
        self.recorder.finished.connect(self._finished)
        self._items = {product.id: QAction(self) for product in PRODUCTS}
        for product in PRODUCTS:
            item = self._items[product.id]
            item.setData(product.id)
            item.triggered.connect(self._ask)
            menu.addAction(item)
        menu.aboutToShow.connect(self._refresh)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Name everything in the chosen language."""
        for product in PRODUCTS:
            self._items[product.id].setText(self._speech.say(product.text))

    @property
    def is_offered(self) -> bool:
        """Whether it is in the menu."""
        return self._menu.menuAction().isVisible()

    def offer(self, offered: bool) -> None:
        """Be in the menu, or not: where nothing may be saved."""
        self._menu.menuAction().setVisible(offered)

    def make(self, product_id: str, path: Path) -> None:
        """Make one of the products; films take a while and end with `said`."""
        product = next(p for p in PRODUCTS if p.id == product_id)
        try:
            if product.is_film:
                self._record(product, path)
                return
            stage = self._pane.stage
            write_bytes(path, drawing(stage.plot) if product.suffix == "svg" else _png(stage.photograph()))
        except UserError as error:
            self.refused.emit(error)
            return
        self.said.emit(SAVED.filled(path=path))

    # --- inside

    def _refresh(self) -> None:
        for product in PRODUCTS:
            self._items[product.id].setVisible(not product.needs_scene or self._pane.stage.has_scene)
            self._items[product.id].setEnabled(not self.recorder.is_busy)

    def _ask(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QAction)
        self._wanted = next(p for p in PRODUCTS if p.id == sender.data())
        dialog = QFileDialog(self._pane.window())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self._speech.say(_FILES, suffix=self._wanted.suffix))
        dialog.setDefaultSuffix(self._wanted.suffix)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._make_named)
        dialog.open()

    def _make_named(self, name: str) -> None:
        self.make(self._wanted.id, Path(name))

    def _record(self, product: Product, path: Path) -> None:
        self._ball = self._pane.ball
        if product.needs_scene:
            self._pane.show_flat(False)
            self._start = self._pane.stage.azimuth
            self.recorder.record(path, FRAMES, self._shoot_turn)
            return
        if self._ball is None or len(self._ball.path) < 2:
            raise UserError(NO_FRAMES)
        self.recorder.record(path, FRAMES, self._shoot_run)

    def _shoot_turn(self, number: int) -> QImage:
        self._pane.stage.turn_to(self._start + 360 * number / FRAMES)
        return self._pane.stage.photograph(1.0)

    def _shoot_run(self, number: int) -> QImage:
        """The ball where it was; the last frames linger at the end."""
        assert self._ball is not None
        share = min(1.0, number / (0.9 * (FRAMES - 1)))
        row = round(share * len(self._ball.path))
        self._pane.pose_ball(moment_of(self._ball, row))
        return self._pane.stage.photograph(1.0)

    def _finished(self, result: object) -> None:
        self._pane.pose_ball(None)
        if isinstance(result, UserError):
            self.refused.emit(result)
        elif result is not None:
            self.said.emit(SAVED.filled(path=result))


def moment_of(ball: BallView, row: int) -> BallView:
    """The ball at a row of its own path; after the last row it is where it is now."""
    if row >= len(ball.path):
        return replace(ball, felt=None)
    x, y, loss = (float(at) for at in ball.path[row])
    return replace(
        ball, x=x, y=y, loss=loss, slice_loss=loss, off_plane=0.0, gradient=(None, None), gradient_norm=None,
        predicted_change=None, actual_change=None, path=ball.path[:row], moments=ball.moments[:row], felt=None,
        step=None, step_length=None,
    )  # fmt: skip


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def photograph(view: QGraphicsView, sharp: float = _SHARP) -> QImage:
    """A plot as an image, finer than on the screen."""
    image = QImage(view.size() * round(sharp), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(image.rect(), view.backgroundBrush())
    painter.scale(round(sharp), round(sharp))
    view.render(painter, QRectF(view.rect()), view.rect())
    painter.end()
    return image
