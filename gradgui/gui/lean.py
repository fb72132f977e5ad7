"""Makes the window's libraries load faster: nothing that nobody uses is prepared.

pyqtgraph keeps copies of Qt's modules and fills them name by name, which makes Qt prepare thousands of classes that
nobody uses (100 ms of every start); and it loads a view for remote processes, and with it sockets. Both happen only
while it is being imported. What is put in their place here gives each name when it is first needed.

PySide reads the source of every module that is imported after it, to see whether that module may ask for its optional
spellings (another 100 ms). None does.

Should either library change inside, it simply loads as it used to.
"""

from __future__ import annotations

import sys
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

_COPYING = "_copy_attrs"
"""The function of pyqtgraph that asks for every name."""

_READING = "_mod_uses_pyside"
"""The function of PySide that reads sources."""


class _Mirror(ModuleType):
    """A module of Qt that pyqtgraph may add to: gives what Qt has, one name at a time."""

    def __init__(self, source: ModuleType) -> None:
        super().__init__(f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}")
        self.__dict__["_source"] = source

    def __getattr__(self, name: str) -> object:
        if sys._getframe(1).f_code.co_name == _COPYING:  # noqa: SLF001 - who asks?
            return None
        value = getattr(self.__dict__["_source"], name)
        self.__dict__[name] = value
        return value


def _asks_for_nothing(_module: object) -> bool:
    return False


def prepare() -> None:
    """Call before pyqtgraph is imported; does nothing afterwards."""
    if "pyqtgraph" in sys.modules:
        return
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, _READING):
        setattr(feature, _READING, _asks_for_nothing)
    for source in (QtCore, QtGui, QtWidgets):
        mirror = _Mirror(source)
        sys.modules[mirror.__name__] = mirror
    sys.modules["pyqtgraph.multiprocess"] = ModuleType("pyqtgraph.multiprocess")
    remote = ModuleType("pyqtgraph.widgets.RemoteGraphicsView")
    remote.__dict__["RemoteGraphicsView"] = None
    sys.modules[remote.__name__] = remote
