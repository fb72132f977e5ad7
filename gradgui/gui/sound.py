"""The loss as a tone: high where the loss is high, low where it is low, played by the system's own player."""

from __future__ import annotations

import io
import math
import shutil
import sys
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTemporaryDir, QTimer, Signal, Slot

RATE = 22_050
"""Samples a second."""
TONE_MS, FADE_MS, PAUSE_MS, PATIENCE_MS = 140, 20, 200, 3000
"""How long a tone is, and its way in and out; the least time from tone to tone; the most a player may take."""
LOUD = 0.25
MIDDLE, OCTAVES_A_DECADE, DECADES = 440.0, 0.5, 4.0
"""A loss of 1 sounds like this many hertz; ten times the loss is half an octave higher; beyond that nothing changes."""
PLAYERS: tuple[tuple[str, ...], ...] = (("afplay",), ("pw-play",), ("paplay",), ("aplay", "-q"))
"""Programs that play a file, in the order in which they are tried."""


def pitch(loss: float) -> float | None:
    """Hertz on the twelve-tone scale, 110 to 1,760; None for a loss that is no number."""
    if math.isnan(loss):
        return None
    decades = -DECADES if loss <= 0 else DECADES if math.isinf(loss) else math.log10(loss)
    decades = max(-DECADES, min(DECADES, decades))
    return MIDDLE * 2 ** (round(12 * OCTAVES_A_DECADE * decades) / 12)


def tone(hertz: float) -> bytes:
    """One tone as a WAV file: 16 bits, mono, faded in and out so that it does not click."""
    count, fade = RATE * TONE_MS // 1000, RATE * FADE_MS // 1000
    samples = array("h")
    for place in range(count):
        loud = LOUD * min(1.0, place / fade, (count - 1 - place) / fade)
        samples.append(round(32767 * loud * math.sin(2 * math.pi * hertz * place / RATE)))
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(samples.tobytes())
    return file.getvalue()


def find_player() -> tuple[str, ...] | None:
    """The command that plays a file on this system; an empty one on Windows, which plays by itself."""
    if sys.platform == "win32":
        return ()
    return next((each for each in PLAYERS if shutil.which(each[0]) is not None), None)


class LossSound(QObject):
    """One tone at a time, never a queue: what comes while one sounds, or too soon after it, is passed over."""

    failed = Signal()
    """There is no player, or it does not play."""

    def __init__(self, parent: QObject | None = None, find: Callable[[], tuple[str, ...] | None] = find_player) -> None:
        super().__init__(parent)
        self._find = find
        self._player: tuple[str, ...] | None = None
        self._folder: QTemporaryDir | None = None
        self._since = QElapsedTimer()
        self._process = QProcess(self)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.errorOccurred.connect(self._hear_error)
        self._process.finished.connect(self._hear_end)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._process.kill)

    @property
    def sounds(self) -> bool:
        """Whether a tone is being played right now."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def begin(self) -> bool:
        """Look for a player; without one say so and answer False."""
        self._player = self._find()
        if self._player is None:
            self.failed.emit()
        return self._player is not None

    def play(self, loss: float) -> None:
        """Sound like this loss, if nothing sounds; returns at once."""
        hertz = pitch(loss)
        soon = self._since.isValid() and self._since.elapsed() < PAUSE_MS
        if hertz is None or self._player is None or self.sounds or soon:
            return
        self._since.start()
        file = self._file(hertz)
        if file is None:
            self._give_up()
        elif sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        else:
            self._process.start(self._player[0], [*self._player[1:], str(file)])
            self._patience.start()

    def end(self) -> None:
        """Be silent; no player outlives this."""
        self._player = None
        self._patience.stop()
        if self.sounds:
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)
        self._folder = None

    # --- inside

    def _file(self, hertz: float) -> Path | None:
        """The tone as a file, written when it is first asked for; None where nothing can be written."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        if not self._folder.isValid():
            return None
        file = Path(self._folder.path()) / f"{round(hertz)}.wav"
        try:
            if not file.exists():
                file.write_bytes(tone(hertz))
        except OSError:
            return None
        return file

    @Slot(QProcess.ProcessError)
    def _hear_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._give_up()

    @Slot(int, QProcess.ExitStatus)
    def _hear_end(self, code: int, how: QProcess.ExitStatus) -> None:
        """A player that comes back with a complaint will do so every time."""
        self._patience.stop()
        if code != 0 or how is not QProcess.ExitStatus.NormalExit:
            self._give_up()

    def _give_up(self) -> None:
        if self._player is not None:
            self._player = None
            self.failed.emit()
