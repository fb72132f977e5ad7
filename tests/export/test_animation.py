"""Films: openable, small, cancellable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradgui.errors import UserError
from gradgui.export.animation import Film, write_film


def frames(count: int, side: int = 96) -> list[np.ndarray]:
    """A bright square walking over a slope of colours."""
    y, x = np.mgrid[0:side, 0:side]
    ground = np.stack([x * 255 // side, y * 255 // side, (x + y) * 127 // side], axis=-1).astype(np.uint8)
    found = []
    for n in range(count):
        frame = ground.copy()
        frame[10:30, 3 * n : 3 * n + 20] = 255
        found.append(frame)
    return found


def never() -> bool:
    return False


@pytest.mark.parametrize("suffix", ["gif", "png"])
def test_a_film_has_its_frames_at_their_speed(tmp_path: Path, suffix: str) -> None:
    heard: list[float] = []
    path = tmp_path / f"film.{suffix}"
    assert write_film(path, Film(frames(12), 12.0), heard.append, never)
    with Image.open(path) as picture:
        assert picture.n_frames == 12
        assert picture.size == (96, 96)
        assert picture.info["duration"] == pytest.approx(1000 / 12, abs=10)
        picture.seek(5)
        assert picture.convert("RGB").getpixel((20, 20)) == pytest.approx((255, 255, 255), abs=25)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_a_film_that_would_be_too_large_is_made_smaller(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (8, 200, 200, 3)).astype(np.uint8)
    path = tmp_path / "noise.gif"
    assert write_film(path, Film(list(noise), 10.0), lambda _share: None, never, limit=150_000)
    assert path.stat().st_size <= 150_000
    with Image.open(path) as picture:
        assert picture.width < 200


def test_a_film_that_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    answers = iter([False, False, True])
    assert not write_film(tmp_path / "film.gif", Film(frames(5), 10.0), lambda _share: None, lambda: next(answers))
    assert list(tmp_path.iterdir()) == []


def test_no_frames_and_no_folder_are_refused_kindly(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="train a few steps"):
        write_film(tmp_path / "film.gif", Film([], 10.0), lambda _share: None, never)
    with pytest.raises(UserError):
        write_film(tmp_path / "nowhere" / "film.gif", Film(frames(2), 10.0), lambda _share: None, never)


def test_a_small_ball_keeps_its_colour_beside_a_large_sky(tmp_path: Path) -> None:
    shades = np.linspace(0, 255, 200).astype(np.uint8)
    sky = np.stack(np.broadcast_arrays(shades[None, :], shades[:, None], np.uint8(250)), axis=-1).copy()
    sky[100:104, 60:64] = (224, 122, 20)
    assert write_film(tmp_path / "ball.gif", Film([sky], 12.0), lambda _: None, lambda: False)
    with Image.open(tmp_path / "ball.gif") as picture:
        kept = np.asarray(picture.convert("RGB"))[101, 61].astype(int)
    assert np.abs(kept - (224, 122, 20)).max() < 16
