"""Threads in which workers live as long as the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread


def started(worker: QObject, name: str, parent: QObject) -> QThread:
    """A running thread in which `worker` lives from now on."""
    thread = QThread(parent)
    thread.setObjectName(name)
    worker.moveToThread(thread)
    thread.start()
    return thread
