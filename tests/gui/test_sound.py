"""The loss as a tone: a WAV that any player reads, played one at a time and never in the window's way."""

from __future__ import annotations

import io
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.gui.sound import PAUSE_MS, RATE, TONE_MS, LossSound, pitch, tone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")


def fake(folder: Path, script: str) -> tuple[str, ...]:
    """A player that notes what it is asked to play."""
    file = folder / "player.py"
    file.write_text(f"import sys, time, pathlib\nlog = pathlib.Path({str(folder / 'log')!r})\n{script}\n")
    return sys.executable, str(file)


NOTES = "log.open('a').write(sys.argv[1] + '\\n')"


@pytest.fixture
def played(tmp_path: Path) -> Path:
    return tmp_path / "log"


def test_a_higher_loss_is_a_higher_tone_and_no_loss_is_beyond_hearing() -> None:
    heard = [pitch(loss) for loss in (0.0, 1e-9, 0.01, 0.1, 1.0, 10.0, 1e9, float("inf"))]
    assert all(hertz is not None for hertz in heard)
    assert heard == sorted(heard, key=lambda hertz: hertz or 0.0)
    assert (heard[0], heard[4], heard[-1]) == (110.0, 440.0, 1760.0)
    assert pitch(float("nan")) is None


def test_the_file_is_a_short_soft_tone_of_that_pitch_without_a_click() -> None:
    with wave.open(io.BytesIO(tone(440.0))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(float)
    assert len(samples) == RATE * TONE_MS // 1000
    spectrum = np.abs(np.fft.rfft(samples, 8 * len(samples)))
    assert np.argmax(spectrum) * RATE / (8 * len(samples)) == pytest.approx(440.0, abs=2.0)
    assert samples[0] == samples[-1] == 0
    assert np.abs(samples).max() / 32767 == pytest.approx(0.25, abs=1e-3)


def test_a_tone_is_played_and_what_comes_too_soon_is_passed_over(qtbot: QtBot, tmp_path: Path, played: Path) -> None:
    sound = LossSound(find=lambda: fake(tmp_path, NOTES))
    assert sound.begin()
    for _ in range(5):
        sound.play(1.0)
    assert sound.sounds
    qtbot.waitUntil(lambda: not sound.sounds, timeout=10_000)
    assert [Path(line).name for line in played.read_text().split()] == ["440.wav"]
    qtbot.wait(PAUSE_MS)
    sound.play(100.0)
    qtbot.waitUntil(lambda: not sound.sounds, timeout=10_000)
    assert [Path(line).name for line in played.read_text().split()] == ["440.wav", "880.wav"]
    folder = Path(played.read_text().split()[0]).parent
    sound.end()
    assert not folder.exists()


def test_a_player_that_hangs_does_not_outlive_the_switch(tmp_path: Path) -> None:
    sound = LossSound(find=lambda: fake(tmp_path, "time.sleep(60)"))
    assert sound.begin()
    sound.play(1.0)
    assert sound.sounds
    sound.end()
    assert not sound.sounds


@pytest.mark.parametrize("script", ["sys.exit(1)", None], ids=["complains", "is not there"])
def test_a_player_that_does_not_play_is_told_once(qtbot: QtBot, tmp_path: Path, script: str | None) -> None:
    player = (str(tmp_path / "nothing"),) if script is None else fake(tmp_path, script)
    sound = LossSound(find=lambda: player)
    assert sound.begin()
    with qtbot.waitSignal(sound.failed, timeout=10_000):
        sound.play(1.0)
    with qtbot.assertNotEmitted(sound.failed):
        sound.play(2.0)


def test_without_a_player_it_says_so_at_once(qtbot: QtBot) -> None:
    sound = LossSound(find=lambda: None)
    with qtbot.waitSignal(sound.failed):
        assert not sound.begin()
    sound.play(1.0)
    assert not sound.sounds
