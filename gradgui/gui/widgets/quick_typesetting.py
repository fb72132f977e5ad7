"""Makes the typesetter fast enough for every step: what it works out several times over is worked out once.

Its rows lay out all their parts an extra time to learn how far brackets have to stretch, and the parts inside do the
same again: brackets in brackets cost four times their work. Most rows have nothing that stretches, and what was
measured once need not be measured again. Letters are drawn from ready-made patterns. The pictures are the same to the
last digit; where the typesetter is built differently one day, it just stays as slow as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ziafont.glyph import SimpleGlyph
    from ziamath.drawable import Glyph
    from ziamath.nodes.mnode import Mnode
    from ziamath.nodes.mrow import Mrow
    from ziamath.styles import MathStyle

Bounds = tuple[float, float]
_ZEROS = re.compile(r"(?:\.000|(?<=\.\d)00|(?<=\.\d\d)0) ")
"""Behind a number of three decimals; they are not written."""
_DECIMALS = 3
_MOST_KNOWN = 4096


def hasten() -> None:
    """Once, before the first formula."""
    for improve in (_measure_once_and_only_where_something_stretches, _read_styles_directly, _convert_sizes_once,
                    _draw_letters_from_patterns):  # fmt: skip
        with suppress(ImportError, AttributeError):
            improve()


def _measure_once_and_only_where_something_stretches() -> None:
    from ziamath import operators
    from ziamath.nodes.mnode import Mnode
    from ziamath.nodes.mrow import Mrow

    known: dict[Hashable, Bounds] = {}

    @lru_cache(maxsize=512)
    def stretches(sign: str) -> bool:
        forms = ("infix", "prefix", "postfix")
        return any(operators.get_params(sign, form).get("stretchy", "false") != "false" for form in forms)

    def may_stretch(sign: Element) -> bool:
        said = sign.get("stretchy")
        return stretches("".join(sign.itertext())) if said is None else said != "false"

    def bounds(row: Mrow, child: Element, options: dict[str, object]) -> Bounds:
        """How far the child reaches down and up. The rows inside ask for the same again, but never for its width."""
        inside = tuple((name, value) for name, value in options.items() if name not in ("rowymin", "rowymax"))
        style = row.style
        look = (
            row.mtag,
            row.size,
            row.glyphsize,
            style.displaystyle,
            style.scriptlevel,
            *vars(style.mathvariant).values(),
        )
        key = look, inside, _content(child)
        if key not in known:
            if len(known) > _MOST_KNOWN:
                known.clear()
            box = Mnode.fromelement(deepcopy(child), parent=row, **options).bbox
            known[key] = box.ymin, box.ymax
        return known[key]

    def measure(self: Mrow, line: list[Element], **options: object) -> Bounds:
        if not any(may_stretch(sign) for child in line for sign in child.iter("mo")):
            return 0.0, 0.0
        options["nostretch"] = True
        filled = (child for child in line if child.tag != "mo" or (child.text or "").strip())
        found = [bounds(self, child, options) for child in filled]
        return min((low for low, _ in found), default=9999.0), max((high for _, high in found), default=-9999.0)

    if hasattr(Mrow, "_get_height_nostretch"):
        Mrow._get_height_nostretch = measure  # type: ignore[method-assign]  # noqa: SLF001


def _content(element: Element) -> Hashable:
    """All that a piece of a formula says."""
    return element.tag, element.text, *element.items(), *map(_content, element)


def _read_styles_directly() -> None:
    from ziamath import styles
    from ziamath.config import config
    from ziamath.nodes import mnode

    thorough: Callable[..., MathStyle] = mnode.parse_style  # type: ignore[attr-defined]

    def parse(element: Element, parent: MathStyle | None = None) -> MathStyle:
        said = element.attrib
        if parent is None or "style" in said:
            return thorough(element, parent)
        variant = styles.parse_variant(said.get("mathvariant", config.math.variant), parent.mathvariant)
        return styles.MathStyle(
            variant,
            said.get("displaystyle", parent.displaystyle) in ("true", True),
            said.get("mathcolor", parent.mathcolor),
            said.get("mathbackground", parent.mathbackground),
            said.get("mathsize", parent.mathsize),
            int(said.get("scriptlevel", parent.scriptlevel)),
        )

    mnode.parse_style = parse  # type: ignore[attr-defined,assignment]


def _convert_sizes_once() -> None:
    from ziamath.nodes.mnode import Mnode

    known = lru_cache(maxsize=4096)(Mnode.size_px)

    def size_px(self: Mnode, size: str, fontsize: float | None = None) -> float:
        return known(None, size, self.glyphsize if fontsize is None else fontsize)

    Mnode.size_px = size_px  # type: ignore[method-assign]


def _draw_letters_from_patterns() -> None:
    from ziafont.config import config as letters
    from ziafont.glyph import CompoundGlyph, SimpleGlyph
    from ziamath.config import config
    from ziamath.drawable import Glyph

    thorough: Callable[..., tuple[float, float]] = Glyph.draw

    def draw(self: Glyph, x: float, y: float, svg: Element) -> tuple[float, float]:
        is_plain = type(self.glyph) in (SimpleGlyph, CompoundGlyph)
        if config.svg2 or letters.precision != _DECIMALS or not is_plain:
            return thorough(self, x, y, svg)
        path = "" if self.phantom else _outline(self.glyph, x, y, self.size)
        if path:
            svg.append(Element("path", {"d": path}))
        if not self.phantom and self.style.mathcolor and len(svg):
            svg[-1].set("fill", str(self.style.mathcolor))
        return x + self.funit_to_points(self.glyph.advance()), y

    Glyph.draw = draw  # type: ignore[method-assign]


def _outline(glyph: SimpleGlyph, x: float, y: float, size: float) -> str:
    """The letter as a path, its origin at (x, y)."""
    pattern, points = _pattern(glyph)
    scale = glyph.funits_to_points(1, size / glyph.DFLT_SIZE_PT)
    places = points * (scale, -scale) + (x, y)
    return _ZEROS.sub(" ", pattern % tuple(places.ravel().tolist()))


@lru_cache(maxsize=4096)
def _pattern(glyph: SimpleGlyph) -> tuple[str, NDArray[np.float64]]:
    """The path with gaps for its coordinates, and these, (n, 2), in units of the font."""
    pieces: list[str] = []
    points: list[tuple[float, float]] = []
    for operator in glyph.operators:
        letter, own = type(operator).__name__[0], operator.points()[0]
        closes = "Z " if letter == "M" and pieces else ""
        pieces.append(f"{closes}{letter} " + f"%.{_DECIMALS}f " * (2 * len(own)))
        points += [(point.x, point.y) for point in own]
    return "".join([*pieces, "Z "]) if pieces else "", np.array(points, np.float64).reshape(-1, 2)
