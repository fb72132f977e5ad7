"""The window's libraries are loaded without what nobody uses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6 import QtCore, QtWidgets

ROOT = Path(__file__).resolve().parents[2]

LOOK = """
import sys
import gradgui.gui
import pyqtgraph
from pyqtgraph.Qt import QtCore, QtGui, QtWidgets
assert QtWidgets.QLabel and QtCore.Signal and QtGui.QColor
copied = len([name for name in vars(QtWidgets) if name.startswith("Q")])
print(copied, "pyqtgraph.multiprocess.parallelizer" in sys.modules, "socket" in sys.modules)
"""


def test_pyqtgraph_prepares_no_classes_and_loads_no_sockets() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(said[0]) < 100
    assert said[1:] == ["False", "False"]


def test_what_pyqtgraph_finds_is_what_qt_has() -> None:
    import pyqtgraph.Qt

    assert pyqtgraph.Qt.QtWidgets.QSplitter is QtWidgets.QSplitter
    assert pyqtgraph.Qt.QtCore.Qt is QtCore.Qt
    assert not hasattr(pyqtgraph.Qt.QtWidgets, "QNothing")


def test_classes_do_not_ask_for_other_spellings() -> None:
    feature = sys.modules["shibokensupport.feature"]
    assert not feature._mod_uses_pyside(sys.modules[__name__])
