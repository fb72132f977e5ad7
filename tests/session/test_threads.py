"""Threads end when their work is done, and nobody waits for ever for one that hangs."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtWidgets import QApplication

from gradgui.session.threads import Thread, started


class Worker(QObject):
    """Notes what it does, in which thread; a job with a gate waits in front of it."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[tuple[object, QThread]] = []

    @Slot(object)
    def do(self, job: object) -> None:
        if isinstance(job, threading.Event):
            job.wait(10)
        self.done.append((job, QThread.currentThread()))

    def finish(self) -> None:
        self.done.append(("the last", QThread.currentThread()))


class Asker(QObject):
    asked = Signal(object)


def at_work() -> tuple[Worker, Thread, Asker]:
    worker, asker = Worker(), Asker()
    thread = started(worker, "test", asker, last=worker.finish)
    asker.asked.connect(worker.do, Qt.ConnectionType.QueuedConnection)
    return worker, thread, asker


def test_what_was_asked_before_is_done_and_then_the_last_thing_in_the_same_thread(qapp: QApplication) -> None:
    worker, thread, asker = at_work()
    for job in range(3):
        asker.asked.emit(job)
    assert thread.end()
    assert worker.done == [(0, thread), (1, thread), (2, thread), ("the last", thread)]
    assert not thread.isRunning()


def test_an_ended_thread_may_be_ended_again(qapp: QApplication) -> None:
    worker, thread, _ = at_work()
    assert thread.end()
    assert thread.end()
    assert len(worker.done) == 1


def test_a_worker_that_hangs_holds_up_the_window_only_so_long(qapp: QApplication) -> None:
    worker, thread, asker = at_work()
    gate = threading.Event()
    asker.asked.emit(gate)
    assert not thread.end(patience_ms=20)
    assert worker.done == []
    gate.set()
    assert thread.end()
    assert [job for job, _ in worker.done[:2]] == [gate, "the last"]
