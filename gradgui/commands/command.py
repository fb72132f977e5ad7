"""What a command is: a name, a sentence, its options, and what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.text import Text


@dataclass(frozen=True, slots=True)
class Command:
    """One headless command; `run` returns the exit code and loads what is heavy only then."""

    name: str
    usage: str
    """Its arguments, as they stand in the list of commands."""
    summary: Text
    declare: Callable[[Parser], None]
    run: Callable[[argparse.Namespace, Console], int]
    examples: tuple[str, ...] = ()
    notes: Text | None = None
    """What else a newcomer must know, below the options."""
