"""The loss surface as numbers and as a picture seen from above."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.export.chart import Frame, Scale, around, number
from gradgui.export.colours import GREY, INK, PAPER, TRAIN, height_colours
from gradgui.export.picture import Picture
from gradgui.text import Language, Text

LEVELS = 14
COMPLETE = Text(en="complete picture", zh="完整图像")
SLICE = Text(en="slice: the other {held} parameters held still", zh="切片：其余 {held} 个参数固定不动")
LOSS = Text(en="loss", zh="损失")
TITLE = Text(en="Loss surface", zh="损失曲面")


@dataclass(frozen=True, slots=True)
class Relief:
    """Losses over a plane; `heights[i, j]` belongs to ys[i], xs[j] and is NaN where the loss is not finite."""

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    heights: NDArray[np.float64]
    names: tuple[str, str]

    @property
    def is_valley(self) -> bool:
        """Whether there is only one direction."""
        return len(self.ys) == 1


def as_csv(relief: Relief) -> bytes:
    """One line for each point: x, y, loss; y is left out of a valley."""
    x_name, y_name = relief.names
    rows = [",".join([_cell(x_name), *([] if relief.is_valley else [_cell(y_name)]), "loss"])]
    for i, y in enumerate(relief.ys):
        for x, loss in zip(relief.xs, relief.heights[i], strict=True):
            place = [f"{x:.17g}"] if relief.is_valley else [f"{x:.17g}", f"{y:.17g}"]
            rows.append(",".join([*place, f"{loss:.17g}" if np.isfinite(loss) else ""]))
    return ("\n".join(rows) + "\n").encode()


def as_npz(relief: Relief) -> bytes:
    """The arrays xs, ys and loss."""
    out = io.BytesIO()
    np.savez_compressed(out, xs=relief.xs, ys=relief.ys, loss=relief.heights)
    return out.getvalue()


def drawn(relief: Relief, title: Text | None, held: int, language: Language) -> Picture:
    """From above, with contours and a scale; a valley as a curve."""
    picture = Picture(640, 560)
    picture.words((70, 32), (title or TITLE).in_language(language), 16, INK, bold=True)
    honest = SLICE if held > 0 else COMPLETE
    picture.words((70, 52), honest.in_language(language, held=held), 12, GREY)
    if relief.is_valley:
        _draw_valley(picture, relief, language)
    else:
        _draw_map(picture, relief, language)
    return picture


def _draw_valley(picture: Picture, relief: Relief, language: Language) -> None:
    frame = Frame(70, 90, 520, 400, Scale(relief.xs[0], relief.xs[-1]), around(relief.heights[0].tolist()))
    frame.draw(picture, relief.names[0], LOSS.in_language(language))
    frame.curve(picture, zip(relief.xs, relief.heights[0], strict=True), TRAIN)


def _draw_map(picture: Picture, relief: Relief, language: Language) -> None:
    frame = Frame(70, 90, 440, 400, Scale(relief.xs[0], relief.xs[-1]), Scale(relief.ys[0], relief.ys[-1]))
    low, high = _range(relief.heights)
    frame.draw(picture, *relief.names)
    shares = (relief.heights - low) / ((high - low) or 1.0)
    picture.pixels((frame.left, frame.top, frame.width, frame.height), height_colours(shares[::-1]))
    for line in contour_lines(relief, np.linspace(low, high, LEVELS + 2)[1:-1]):
        frame.curve(picture, [(x, y) for x, y in line], PAPER, 0.7)
    bar = np.linspace(1, 0, 128)[:, None]
    picture.pixels((540, frame.top, 16, frame.height), height_colours(bar))
    picture.words((548, frame.top - 8), LOSS.in_language(language), 12, INK, "middle")
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = frame.top + (1 - share) * frame.height + 4
        picture.words((562, y), number(low + share * (high - low)), 11, GREY)


def _range(heights: NDArray[np.float64]) -> tuple[float, float]:
    finite = heights[np.isfinite(heights)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def contour_lines(relief: Relief, levels: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Lines of equal loss, each (k, 2)."""
    from contourpy import contour_generator

    maker = contour_generator(relief.xs, relief.ys, np.ma.masked_invalid(relief.heights))
    lines = [line for level in levels for line in maker.lines(float(level))]
    return [line for line in lines if isinstance(line, np.ndarray)]


def _cell(name: str) -> str:
    return f'"{name}"' if "," in name else name
