"""Moving pictures: frames become one GIF or APNG file, small enough to be mailed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gradgui.document.disk import write_bytes
from gradgui.errors import UserError
from gradgui.text import Text

if TYPE_CHECKING:
    from PIL.Image import Image

Frame = NDArray[np.uint8]
"""(height, width, 3) red, green, blue."""
COLOURS = 240
LIMIT_BYTES = 5_000_000
_SMALLER = 0.75
_SHADES = 4
"""Colours so near to each other count as one when the few of a film are chosen."""

NO_FRAMES = Text(en="There is nothing to record yet: train a few steps first.", zh="还没有可录制的内容：先训练几步。")


@dataclass(frozen=True, slots=True)
class Film:
    """Frames and their speed."""

    frames: Sequence[Frame]
    frames_per_second: float


def write_film(
    path: Path, film: Film, progress: Callable[[float], None], stop: Callable[[], bool], limit: int = LIMIT_BYTES
) -> bool:
    """Write a .gif or .png (APNG) as a whole; False if `stop` came first, and then there is no file.

    Pictures are made smaller until the file is below `limit` bytes. Raises UserError where nothing can be written.
    """
    if not film.frames:
        raise UserError(NO_FRAMES)
    scale = 1.0
    while True:
        pictures = _reduced(film.frames, scale, progress, stop)
        if pictures is None:
            return False
        content = _encoded(pictures, film.frames_per_second, "GIF" if path.suffix.lower() == ".gif" else "PNG")
        if len(content) <= limit or scale < 0.3:
            break
        scale *= _SMALLER
    if stop():
        return False
    write_bytes(path, content)
    progress(1.0)
    return True


def _reduced(
    frames: Sequence[Frame], scale: float, progress: Callable[[float], None], stop: Callable[[], bool]
) -> list[Image] | None:
    """Every frame with the same few colours: what stands still then costs nothing."""
    from PIL import Image

    palette = _palette(frames)
    pictures = []
    for number, frame in enumerate(frames):
        if stop():
            return None
        picture = Image.fromarray(frame)
        if scale < 1:
            size = round(picture.width * scale), round(picture.height * scale)
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        pictures.append(picture.quantize(palette=palette, dither=Image.Dither.NONE))
        progress(0.9 * (number + 1) / len(frames))
    return pictures


def _palette(frames: Sequence[Frame]) -> Image:
    """The colours of some of the frames; a rare colour, such as the ball's, counts almost as much as that of a sky."""
    from PIL import Image

    some = [frames[n] for n in np.unique(np.linspace(0, len(frames) - 1, 6).astype(int))]
    pixels = np.concatenate([frame[::2, ::2].reshape(-1, 3) for frame in some])
    keys = pixels.astype(np.uint32) // _SHADES @ np.array([65536, 256, 1], np.uint32)
    _, where, counts = np.unique(keys, return_index=True, return_counts=True)
    weighted = np.repeat(pixels[where], np.ceil(np.sqrt(counts) / 4).astype(int), axis=0)
    return Image.fromarray(weighted[None]).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)


def _encoded(pictures: list[Image], frames_per_second: float, kind: str) -> bytes:
    stream = BytesIO()
    duration = round(1000 / frames_per_second)
    extra = {"disposal": 1} if kind == "GIF" else {}
    pictures[0].save(
        stream, kind, save_all=True, append_images=pictures[1:], duration=duration, loop=0, optimize=False, **extra
    )
    return stream.getvalue()
