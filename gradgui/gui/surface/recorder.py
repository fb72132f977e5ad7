"""Records a run or a turn frame by frame, and has the film developed in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from gradgui.errors import UserError
from gradgui.export.animation import Film, Frame, write_film
from gradgui.session.threads import started

FRAMES, FRAMES_PER_SECOND = 60, 12.0
WIDEST = 640
"""Pixels: wider pictures are made smaller."""
_SETTLE_MS = 60
"""Until the pane has made room for the progress line."""


class Developer(QObject):
    """Lives in its own thread; `stop` ends its work between two frames."""

    progressed = Signal(object)
    finished = Signal(object)
    """The path that was written, None if it was stopped, or a UserError."""

    def __init__(self) -> None:
        super().__init__()
        self.stop = False

    @Slot(object, object)
    def develop(self, path: Path, film: Film) -> None:
        """Write the film."""
        try:
            written = write_film(path, film, self.progressed.emit, self._stopped)
        except UserError as error:
            self.finished.emit(error)
            return
        self.finished.emit(path if written else None)

    def _stopped(self) -> bool:
        return self.stop


class Recorder(QObject):
    """Takes a frame each time the event loop is free, so that the window stays alive."""

    progressed = Signal(object)
    """0 to 1."""
    finished = Signal(object)
    """The path that was written, None if it was stopped, or a UserError."""

    _exposed = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._shoot: Callable[[int], QImage] | None = None
        self._path, self._count = Path(), 0
        self._frames: list[Frame] = []
        self._developer: Developer | None = None
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether something is being recorded or written."""
        return self._shoot is not None

    def record(self, path: Path, count: int, shoot: Callable[[int], QImage]) -> None:
        """Take `count` pictures with `shoot(number)`, then write them."""
        if not self.is_busy:
            self._path, self._count, self._shoot, self._frames = path, count, shoot, []
            self.progressed.emit(0.0)
            self._timer.start(_SETTLE_MS)

    def cancel(self) -> None:
        """Stop; no file is left."""
        if self._developer is not None:
            self._developer.stop = True
        elif self.is_busy:
            self._end(None)

    def _take(self) -> None:
        assert self._shoot is not None
        number = len(self._frames)
        if number < self._count:
            first = self._frames[0].shape if self._frames else None
            self._frames.append(frame_of(self._shoot(number), first))
            self.progressed.emit(0.5 * (number + 1) / self._count)
            self._timer.start(0)
        else:
            self._develop()

    def _develop(self) -> None:
        self._developer = Developer()
        self._thread = started(self._developer, "film", self)
        self._exposed.connect(self._developer.develop, Qt.ConnectionType.QueuedConnection)
        self._developer.progressed.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._developer.finished.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._exposed.emit(self._path, Film(self._frames, FRAMES_PER_SECOND))

    @Slot(object)
    def _pass_on(self, share: float) -> None:
        self.progressed.emit(0.5 + 0.5 * share)

    @Slot(object)
    def _end(self, result: object) -> None:
        self._timer.stop()
        self._shoot, self._frames = None, []
        if self._developer is not None:
            self._thread.end()
            self._thread.deleteLater()
            self._developer = None
        self.finished.emit(result)


def frame_of(image: QImage, like: tuple[int, ...] | None = None) -> Frame:
    """(height, width, 3) the pixels, not wider than a film needs, and as large as those before."""
    if like is not None:
        image = image.scaled(
            like[1], like[0], Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    elif image.width() > WIDEST:
        image = image.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
