"""What will be wanted next is typeset while the window rests, and never while something is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gradgui.gui.debugger.pane import DebuggerPane
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.formula import FormulaLabel, Typesetter
from gradgui.gui.widgets.typesetting_ahead import TypesettingAhead
from tests.gui.toycar import snapshot

TWO_PIECES = r"a=b\quad c=d"


def test_formulas_are_ready_before_they_are_wanted(qtbot: QtBot) -> None:
    typesetter, owner = Typesetter(), QObject()
    typesetter.warm_up()
    TypesettingAhead(typesetter, owner).prepare([TWO_PIECES, ""])
    assert not typesetter.remembers("a=b")
    qtbot.waitUntil(lambda: typesetter.remembers("a=b") and typesetter.remembers("c=d"))


def test_only_the_newest_wish_counts_and_whatever_is_shown_ends_it(qtbot: QtBot) -> None:
    typesetter, owner = Typesetter(), QObject()
    typesetter.warm_up()
    ahead = TypesettingAhead(typesetter, owner)
    ahead.prepare(["x"])
    ahead.prepare(["y"])
    qtbot.waitUntil(lambda: typesetter.remembers("y"))
    assert not typesetter.remembers("x")
    ahead.prepare(["v"])
    ahead.stop()
    qtbot.wait(20)
    assert not typesetter.remembers("v")


def test_the_formula_of_a_prepared_moment_comes_in_the_same_picture(qtbot: QtBot, speech: Speech, theme: Theme) -> None:
    pane = DebuggerPane(speech, theme)
    qtbot.addWidget(pane)
    pane.resize(1256, 264)
    pane.show()
    pane.show_snapshot(snapshot(14))
    labels = pane.findChildren(FormulaLabel)
    qtbot.waitUntil(lambda: all(label.is_drawn for label in labels))
    pane.show_snapshot(snapshot(16))
    assert not all(label.is_drawn for label in labels)
    qtbot.waitUntil(lambda: all(label.is_drawn for label in labels))
    pane.prepare(snapshot(18))
    qtbot.wait(300)
    pane.show_snapshot(snapshot(18))
    assert all(label.is_drawn for label in labels)
