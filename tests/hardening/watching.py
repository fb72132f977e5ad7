"""What goes wrong out of sight, and how much memory a process takes."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import format_exception
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)

HARMLESS = (
    "This plugin does not support", "requestActivate", "keyToAscii",
    # Wayland, of a mouse that nobody really moved or pressed.
    "requires pointer warp", "Failed to create grabbing popup",
)  # fmt: skip


@contextmanager
def listening() -> Iterator[list[str]]:
    """Every exception that reached the hook and every warning of Qt's, in the order in which they came."""
    heard: list[str] = []

    def failed(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        heard.append("".join(format_exception(kind, error, where)))
        for name in ("last_type", "last_value", "last_traceback"):  # they would keep every widget in reach alive
            vars(sys).pop(name, None)

    def said(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        serious = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if serious and not any(each in words for each in HARMLESS):
            heard.append(f"Qt: {words}")

    hook, sys.excepthook = sys.excepthook, failed
    handler = qInstallMessageHandler(said)
    try:
        yield heard
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)


def delete_what_is_due() -> None:
    """Outside a running loop Qt deletes nothing by itself."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def rest(milliseconds: int = 1) -> None:
    """Let the window go on as if somebody sat in front of it: its loop runs, and falls asleep where nothing happens."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def memory_mb() -> float:
    """What this process holds in memory, without what its allocator keeps of memory that is free."""
    with suppress(OSError, AttributeError):  # of glibc only
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
