"""How fast the engine is, beside what else is installed: `gradgui bench`."""

from gradgui.bench.command import main

__all__ = ["main"]
