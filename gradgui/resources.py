"""Where icons, fonts, lessons and data sets lie: one rule for a checkout, a wheel and a bundle."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds all resources.

    A wheel carries them inside the package, a checkout beside it, a bundle where it was unpacked.
    """
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled is not None:
        return Path(bundled) / "resources"
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """One resource, for example `path("icons", "step.svg")`."""
    return root().joinpath(*parts)
