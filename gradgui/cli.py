"""The command line: opens the window, or works without one."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from gradgui import __version__
from gradgui.commands import guide
from gradgui.commands.command import Command
from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.errors import UserError
from gradgui.text import Language, Text

COMMANDS = ("train", "trace", "check", "surface", "export", "lessons", "bench", "selftest")
"""Each is a file in gradgui/commands/."""

INTERRUPTED = 130
STOPPED = Text(en="Stopped; nothing is left half-written.", zh="已停止；没有留下写了一半的文件。")
TOO_LARGE = Text(en="There is not enough memory for this.", zh="内存不足。")


def run(arguments: list[str]) -> int:
    """Do what the arguments say; the exit code: 0 done, 1 not in order, 2 bad input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    console = Console(_language(arguments))
    try:
        code = _dispatched(arguments, console)
        console.out.flush()
    except UserError as error:
        return _refused(error.text, console)
    except MemoryError:
        return _refused(TOO_LARGE, console)
    except KeyboardInterrupt:
        console.remark(STOPPED)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _dispatched(arguments: list[str], console: Console) -> int:
    place = _first_word(arguments)
    if place is None or arguments[place] not in COMMANDS:
        return _open_window(_window_options(arguments, console.language), console)
    command = load(arguments[place])
    parser = Parser(f"gradgui {command.name}", console.language, command.summary, command.examples)
    command.declare(parser)
    parser.close(command.notes)
    return command.run(parser.parse_args(arguments[:place] + arguments[place + 1 :]), console)


def load(name: str) -> Command:
    """The command of that name."""
    command: Command = importlib.import_module(f"gradgui.commands.{name}").COMMAND
    return command


def _refused(text: Text, console: Console) -> int:
    console.out.flush()
    console.err.write(text.in_language(console.language).replace("\n", " ") + "\n")
    return 2


def _first_word(arguments: list[str]) -> int | None:
    """Where the command or the file stands: the first argument that is no option and no language."""
    for place, word in enumerate(arguments):
        if word == "--":
            return None
        if not word.startswith("-") and (place == 0 or arguments[place - 1] != "--lang"):
            return place
    return None


def _language(arguments: list[str]) -> Language:
    """The language asked for, else that of the system."""
    asked = [word.removeprefix("--lang=") for word in arguments if word.startswith("--lang=")]
    asked += [after for word, after in pairwise(arguments) if word == "--lang"]
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    system = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return Language.CHINESE if (asked or [system])[-1].startswith("zh") else Language.ENGLISH


def _speak_utf8(stream: TextIO) -> None:
    """Results are UTF-8 wherever they go; what cannot be written becomes a question mark."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


# ── The window ───────────────────────────────────────────────────────────────────────────────────


def _window_options(arguments: list[str], language: Language) -> argparse.Namespace:
    parser = Parser("gradgui", language, guide.DESCRIPTION)
    parser.usage = guide.USAGE.in_language(language)
    parser.arguments.add_argument("file", nargs="?", type=Path, metavar="FILE", help=parser.words(guide.FILE))
    for option, text in guide.WINDOW_OPTIONS.items():
        parser.options.add_argument(option, action="store_true", help=parser.words(text))
    parser.options.add_argument("--lesson", metavar="ID", help=parser.words(guide.LESSON))
    parser.options.add_argument("--lock", metavar="NAME,…", default="", help=parser.words(guide.LOCK))
    parser.options.add_argument(
        "--version", action="version", version=f"gradgui {__version__}", help=parser.words(guide.VERSION)
    )
    parser.close()
    if "-h" in arguments or "--help" in arguments:
        parser.epilog = guide.page([load(name) for name in COMMANDS], language)
    return parser.parse_args(arguments)


def _open_window(options: argparse.Namespace, console: Console) -> int:
    if _has_no_screen():
        console.remark(guide.NO_SCREEN)
        return 1
    gc.disable()  # loading makes no garbage; from then on the window looks for it itself
    import numpy as np  # noqa: F401  (before PySide6, whose import hook slows every later import)

    from gradgui.app import run_window

    return run_window(
        options.file,
        language=Language(options.lang) if options.lang else None,
        projector=options.projector,
        safe_mode=options.safe_mode,
        temp_profile=options.temp_profile,
        kiosk=options.kiosk,
        locked=tuple(name for name in options.lock.split(",") if name),
        lesson=options.lesson,
    )


def _has_no_screen() -> bool:
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in known)
