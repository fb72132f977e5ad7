"""A picture of lines, dots and words that can be saved as SVG or as PNG."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gradgui import resources
from gradgui.export.colours import INK, PAPER

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Point = tuple[float, float]

FINE = 4
"""Drawn so many times larger, then made smaller: that smooths the edges."""
SHARP = 2
"""Pixels for one unit in the finished PNG."""
SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text lies left of its point."""
SYMBOLS = "∇"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle with an edge."""

    centre: Point
    radius: float
    colour: str
    edge: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text whose baseline starts, has its middle, or ends at a point."""

    at: Point
    words: str
    size: float
    colour: str
    anchor: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Pixels:
    """(rows, columns, 3) colours, stretched over a rectangle; the first row is on top."""

    box: tuple[float, float, float, float]
    rgb: NDArray[np.uint8]


Mark = Line | Dot | Words | Pixels


@dataclass
class Picture:
    """Marks on paper, in the order in which they are drawn."""

    width: int
    height: int
    marks: list[Mark] = field(default_factory=list)

    def line(self, points: Iterable[Point], colour: str = INK, width: float = 1.0) -> None:
        """A line through points; fewer than two are left out."""
        places = tuple((float(x), float(y)) for x, y in points)
        if len(places) > 1:
            self.marks.append(Line(places, colour, width))

    def dot(self, centre: Point, radius: float, colour: str, edge: str = PAPER) -> None:
        """A filled circle."""
        self.marks.append(Dot(centre, radius, colour, edge))

    def words(
        self, at: Point, words: str, size: float = 12, colour: str = INK, anchor: str = "start", bold: bool = False
    ) -> None:
        """A text on one line."""
        self.marks.append(Words(at, words, size, colour, anchor, bold))

    def pixels(self, box: tuple[float, float, float, float], rgb: NDArray[np.uint8]) -> None:
        """A small image in a box: left, top, width, height."""
        self.marks.append(Pixels(box, rgb))

    def to_svg(self) -> str:
        """The picture as SVG text."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        rows = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">']
        rows.append(f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>')
        rows += [_svg(mark) for mark in self.marks]
        return "\n".join([*rows, "</svg>", ""])

    def to_image(self, sharp: int = SHARP) -> Image:
        """The picture as pixels, `sharp` for each unit."""
        from PIL import Image, ImageDraw

        fine = FINE if sharp > 1 else 2
        image = Image.new("RGB", (self.width * fine, self.height * fine), PAPER)
        pen = _Pen(image, ImageDraw.Draw(image), fine)
        for mark in self.marks:
            pen.draw(mark)
        return image.resize((self.width * sharp, self.height * sharp), Image.Resampling.LANCZOS)

    def to_png(self) -> bytes:
        """The picture as a PNG file."""
        return _png(self.to_image())


# ── SVG ──────────────────────────────────────────────────────────────────────────────────────────


def _svg(mark: Mark) -> str:
    match mark:
        case Line(points, colour, width):
            places = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
            look = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"'
            return f'<polyline points="{places}" {look}/>'
        case Dot((x, y), radius, colour, edge):
            return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{colour}" stroke="{edge}"/>'
        case Words((x, y), words, size, colour, anchor, bold):
            weight = ' font-weight="bold"' if bold else ""
            look = f'font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}'
            return f'<text x="{x:.2f}" y="{y:.2f}" {look}>{escape(words)}</text>'
        case Pixels((x, y, width, height), rgb):
            data = base64.b64encode(_png(_image(rgb))).decode()
            place = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
            return f'<image {place} preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'


# ── Pixels ───────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Pen:
    """Draws marks on an image."""

    image: Image
    draw_on: ImageDraw
    scale: int

    def draw(self, mark: Mark) -> None:
        match mark:
            case Line(points, colour, width):
                wide = max(1, round(width * self.scale))
                self.draw_on.line([self._at(point) for point in points], fill=colour, width=wide, joint="curve")
            case Dot(centre, radius, colour, edge):
                (x, y), r = self._at(centre), radius * self.scale
                self.draw_on.ellipse(
                    (x - r, y - r, x + r, y + r), fill=colour, outline=edge, width=self.scale // 2 or 1
                )
            case Words():
                self._write(mark)
            case Pixels((x, y, width, height), rgb):
                self._paste(rgb, (x, y, width, height))

    def _write(self, mark: Words) -> None:
        """Stretch by stretch, each in a font that has its letters."""
        runs = [(run, _font(family, mark.size * self.scale, mark.bold)) for family, run in _runs(mark.words)]
        lengths = [font.getlength(run) for run, font in runs]
        x, y = self._at(mark.at)
        x -= sum(lengths) * SHARES[mark.anchor]
        for (run, font), length in zip(runs, lengths, strict=True):
            self.draw_on.text((x, y), run, fill=mark.colour, font=font, anchor="ls")
            x += length

    def _at(self, point: Point) -> Point:
        return point[0] * self.scale, point[1] * self.scale

    def _paste(self, rgb: NDArray[np.uint8], box: Sequence[float]) -> None:
        from PIL import Image

        x, y, width, height = (round(side * self.scale) for side in box)
        self.image.paste(_image(rgb).resize((width, height), Image.Resampling.BILINEAR), (x, y))


def _runs(words: str) -> list[tuple[str, str]]:
    """Stretches of letters with the font family that has them."""
    return [(family, "".join(letters)) for family, letters in groupby(words, _family)]


def _family(letter: str) -> str:
    if letter > "\u2e7f":
        return "GradguiSansSC"
    return "GradguiSymbols" if letter in SYMBOLS else "GradguiSans"


def _font(family: str, size: float, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    file = f"{family}-{'Bold' if bold else 'Regular'}.{'ttf' if family == 'GradguiSymbols' else 'otf'}"
    return ImageFont.truetype(str(resources.path("fonts", file)), size)


def _image(rgb: NDArray[np.uint8]) -> Image:
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(rgb))


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
