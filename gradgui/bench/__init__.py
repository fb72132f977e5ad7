"""How fast the engine is, beside what else is installed: `gradgui bench`."""

from __future__ import annotations

from gradgui.text import Language


def main(arguments: list[str], language: Language = Language.ENGLISH) -> int:
    """Measure and print; loads what is measured only now."""
    from gradgui.bench.command import main as measure

    return measure(arguments, language)


__all__ = ["main"]
