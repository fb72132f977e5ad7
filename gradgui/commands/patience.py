"""Does long work beside the main thread, so that the user sees that it goes on and can stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from gradgui.commands.console import Console, Progress
from gradgui.text import Text

T = TypeVar("T")
LOOK_S = 0.1


class _Work(Generic[T]):
    """One piece of work and what came of it."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self.result: list[T] = []
        self.error: BaseException | None = None

    def __call__(self) -> None:
        try:
            self.result.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where somebody waits for it
            self.error = error


def patiently(work: Callable[[], T], console: Console, text: Text, **fields: object) -> T:
    """What `work` returns; `text`, with the field `seconds`, is shown while it takes long. Ctrl+C ends the waiting."""
    job = _Work(work)
    thread = threading.Thread(target=job, name="work", daemon=True)
    began = time.monotonic()
    progress = Progress(console)
    thread.start()
    while thread.is_alive():
        thread.join(LOOK_S)
        progress.show(text, seconds=round(time.monotonic() - began), **fields)
    progress.close()
    if job.error is not None:
        raise job.error
    return job.result[0]
