"""What every test can rely on: a private home folder, and nobody leaves windows, timers or threads behind."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import numpy as np  # noqa: F401  (before PySide6, whose import hook slows every later import)
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

settings.register_profile("gradgui", deadline=None)
settings.load_profile("gradgui")

SCREEN_IS_MISSING = "needs a screen with OpenGL: GRADGUI_TEST_DISPLAY=1 xvfb-run -a pytest -m xvfb"
_homes = count()


# ── Which screen ─────────────────────────────────────────────────────────────────────────────────


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the platform before pytest-qt imports Qt."""
    asked = config.getoption("markexpr", "").startswith("xvfb")
    on_screen = bool(os.environ.get("DISPLAY")) and (asked or "GRADGUI_TEST_DISPLAY" in os.environ)
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if on_screen else "offscreen")
    gc.disable()  # see _collect_if_due


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a screen where there is none."""
    if os.environ.get("DISPLAY") and os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return
    for item in items:
        if item.get_closest_marker("xvfb"):
            item.add_marker(pytest.mark.skip(reason=SCREEN_IS_MISSING))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The application class, after what must be said before there is one: 3-D views share one context."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return QApplication


# ── A home of one's own ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests' home folders lie; with the private folder that Qt wants for sockets."""
    folder = tmp_path_factory.mktemp("homes")
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    return folder


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new home for each test, so that no test sees the settings of the user or of another test."""
    folder = homes / str(next(_homes))
    for name in ("config", "data", "cache", "state"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(folder / name))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / "config"))
    return folder


# ── Nothing is left behind ───────────────────────────────────────────────────────────────────────

_started: WeakSet[QObject] = WeakSet()
"""Every timer and thread that was started from Python and still exists."""


def _remember_starts() -> None:
    """Make QTimer.start and QThread.start note who was started; done once, when Qt is first used."""
    from PySide6.QtCore import QThread, QTimer

    for kind in (QTimer, QThread):
        kind.start = _noting(kind.start)  # type: ignore[method-assign, assignment]


def _noting(start: object) -> object:
    def noting(self: QObject, *args: object, **kwargs: object) -> None:
        _started.add(self)
        start(self, *args, **kwargs)  # type: ignore[operator]

    return noting


@dataclass
class Left:
    """What lives at one moment, or what one test left behind."""

    widgets: set[object] = field(default_factory=set)
    timers: set[object] = field(default_factory=set)
    qthreads: set[object] = field(default_factory=set)
    threads: set[threading.Thread] = field(default_factory=set)

    def beyond(self, before: Left) -> Left:
        return Left(
            self.widgets - before.widgets,
            self.timers - before.timers,
            self.qthreads - before.qthreads,
            self.threads - before.threads,
        )

    def sentences(self) -> list[str]:
        """One for each kind of thing that was left."""
        kinds = (
            (self.widgets, "top-level widgets; give them to qtbot.addWidget or a parent"),
            (self.timers, "running QTimers; stop them when their owner closes"),
            (self.qthreads, "running QThreads; quit() and wait() when their owner closes"),
            (self.threads, "running Python threads; join them"),
        )
        return [f"{advice}: {sorted(map(_named, things))}" for things, advice in kinds if things]


def _named(thing: object) -> str:
    name = getattr(thing, "objectName", lambda: getattr(thing, "name", ""))()
    owner = getattr(thing, "parent", lambda: None)()
    return f"{type(thing).__name__} {name}".strip() + (f" of {type(owner).__name__}" if owner is not None else "")


def _living() -> Left:
    """What lives now; nothing of Qt before there is a QApplication."""
    left = Left(threads={thread for thread in threading.enumerate() if not thread.daemon})
    application = _application()
    if application is None:
        return left
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    started = [thing for thing in list(_started) if isValid(thing)]
    left.widgets = {widget for widget in application.topLevelWidgets() if not _is_qts_own(widget)}
    left.timers = {timer for timer in started if isinstance(timer, QTimer) and timer.isActive()}
    left.qthreads = {thread for thread in started if isinstance(thread, QThread) and thread.isRunning()}
    return left


def _application() -> QApplication | None:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    return application if widgets and isinstance(application, widgets.QApplication) else None


def _is_qts_own(widget: object) -> bool:
    """The tool-tip label lives on for a moment by itself."""
    return str(getattr(widget, "metaObject", lambda: None)().className()) == "QTipLabel"  # type: ignore[union-attr]


def _delete_what_is_due() -> None:
    """Outside a running loop Qt deletes nothing by itself."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application; from here on starts are noted."""
    _remember_starts()
    return qapp


@pytest.fixture(autouse=True)
def nothing_is_left_behind(request: pytest.FixtureRequest, home: Path) -> Iterator[None]:
    """Fail a test that leaves a top-level widget, an active QTimer or a running thread behind."""
    before = _living()
    yield
    if _application() is not None:
        _delete_what_is_due()
    left = _living().beyond(before)
    if left.sentences():  # perhaps only a cycle that Python has not collected yet
        del left
        gc.collect()
        if _application() is not None:
            _delete_what_is_due()
        left = _living().beyond(before)
    _collect_if_due()
    if left.sentences() and not request.node.stash.get(_failed, False):
        pytest.fail("this test left behind " + "; ".join(left.sentences()), pytrace=False)


YOUNG, MIDDLE, OLD = 2000, 10, 10
"""New objects, and collections of the next younger generation, after which a generation is looked through."""


def _collect_if_due() -> None:
    """Look for cycles between two tests, in the main thread, as Python would somewhere else.

    Left to itself, Python looks in whichever thread makes the next object. A window that a test has forgotten is then
    destroyed in a thread that computes, where Qt may wait for the main thread, which waits for Python: for ever.
    """
    young, middle, old = gc.get_count()
    if young > YOUNG:
        gc.collect(2 if old > OLD and middle > MIDDLE else 1 if middle > MIDDLE else 0)


_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure: its traceback keeps widgets alive, which is not a leak."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report
