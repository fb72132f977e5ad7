"""Makes the typesetter fast enough for every step: what it works out several times over is worked out once.

Its rows lay out all their parts an extra time to learn how far brackets have to stretch, and the parts inside do the
same again: a fraction in a fraction costs four times its work. Most rows have nothing that stretches. The pictures are
the same to the last digit; where the typesetter is built differently one day, it just stays as slow as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from xml.etree.ElementTree import Element

Bounds = tuple[float, float]


def hasten() -> None:
    """Once, before the first formula."""
    with suppress(ImportError, AttributeError):
        _measure_only_where_something_stretches()
    with suppress(ImportError, AttributeError):
        _read_styles_without_copying()


def _measure_only_where_something_stretches() -> None:
    from ziamath import operators
    from ziamath.nodes.mrow import Mrow

    thorough: Callable[..., Bounds] = Mrow._get_height_nostretch  # noqa: SLF001

    @lru_cache(maxsize=512)
    def stretches(sign: str) -> bool:
        forms = ("infix", "prefix", "postfix")
        return any(operators.get_params(sign, form).get("stretchy", "false") != "false" for form in forms)

    def may_stretch(sign: Element) -> bool:
        said = sign.get("stretchy")
        return stretches("".join(sign.itertext())) if said is None else said != "false"

    def measure(self: object, line: list[Element], **options: object) -> Bounds:
        signs = (sign for child in line for sign in child.iter("mo"))
        return thorough(self, line, **options) if any(map(may_stretch, signs)) else (0.0, 0.0)

    Mrow._get_height_nostretch = measure  # type: ignore[method-assign]  # noqa: SLF001


def _read_styles_without_copying() -> None:
    from ziamath import styles

    styles.asdict = vars  # type: ignore[attr-defined,assignment]
