"""Long names, twelve layers of 64 units, ten classes: every word is whole, on small and large screens."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.catalog.features import shown
from gradgui.document import edits
from gradgui.document.experiment import Experiment
from gradgui.gui.editor.features_item import FeaturesItem
from gradgui.gui.editor.handles import FeatureHit
from gradgui.gui.editor.marks import READABLE, Marks
from gradgui.gui.widgets.pane import Pane
from gradgui.session.examples import example_path
from gradgui.text import Language, Text
from tests.stories.conftest import Open
from tests.stories.network_hand import NetworkHand
from tests.stories.painted import listening, narrow_cells, repainted
from tests.stories.test_access import cut, lay_out

NAMES = (
    Text(en="Edge and corner finder", zh="边缘与拐角探测层"),
    Text(en="Second round of questions", zh="第二轮追问与核对"),
    Text(en="The careful accountant", zh="一丝不苟的会计"),
    Text(en="Hall of mirrors", zh="镜厅"),
)
TITLE = Text(
    en="Twelve layers of sixty-four: how deep does blame walk?", zh="十二层、每层六十四个神经元：责任能传多深？"
)
DEPTH = 12


def deep(experiment: Experiment) -> Experiment:
    """The largest network that can be drawn."""
    while len(experiment.network.layers) < DEPTH + 1:
        experiment = edits.duplicate_layer(experiment, 0)
    for layer in range(DEPTH):
        experiment = edits.set_units(experiment, layer, 64)
        experiment = edits.set_layer_name(experiment, layer, NAMES[layer % len(NAMES)])
    return edits.set_title(experiment, TITLE)


def overlaps(program: Program) -> set[str]:
    """Parts of a pane's title that lie on each other or stick out of it."""
    found = set()
    for pane in program.window.findChildren(Pane):
        bar = pane.layout().itemAt(0).widget()
        if not pane.isVisible() or bar is None or not bar.isVisible():
            continue
        parts = [each for each in bar.findChildren(QWidget) if each.parentWidget() is bar and each.isVisible()]
        found |= {f"{a} on {b}" for a, b in combinations(parts, 2) if a.geometry().intersects(b.geometry())}
        found |= {f"{each} sticks out" for each in parts if each.geometry().right() > bar.width()}
    return found


def hidden_tabs(program: Program) -> set[str]:
    """Rows of tabs that have to be scrolled."""
    bars = [bar for bar in program.window.findChildren(QTabBar) if bar.isVisible()]
    return {bar.accessibleName() for bar in bars if any(each.isVisible() for each in bar.findChildren(QToolButton))}


def wide_features(item: FeaturesItem, marks: Marks) -> set[str]:
    """Features whose name is wider than the switch that it stands on, in the smallest letters there are."""
    boxes = {name: item.box(FeatureHit(name, False)) for name in item.switches}
    return {name for name, box in boxes.items() if box and marks.width(shown(name), READABLE, True) + 2 > box.width()}


def shortened(hand: NetworkHand) -> set[str]:
    """Words under the network that end in …, are too small, or lie on each other."""
    parts = hand.pane._scene.parts
    assert parts is not None
    writings, marks = parts.captions.writings, hand.pane._marks
    found = {each.text for each in writings if "…" in each.text}
    found |= {f"{each.text} is too small to read" for each in writings if each.size < READABLE}
    found |= {f"{name} sticks out of its switch" for name in wide_features(parts.features, marks)}
    kept = parts.captions.boundingRect()
    found |= {f"{each.text} is cut" for each in writings if not kept.contains(marks.box(each))}
    boxes = [(each.text, marks.box(each).adjusted(0, 3, 0, -3)) for each in writings]
    return found | {f"{a} on {b}" for (a, one), (b, other) in combinations(boxes, 2) if one.intersects(other)}


def named(experiment: Experiment) -> Experiment:
    """The same network, and every hidden layer has a long name."""
    for layer in range(len(experiment.network.layers) - 1):
        experiment = edits.set_layer_name(experiment, layer, NAMES[layer % len(NAMES)])
    return edits.set_title(experiment, TITLE)


def faults(hand: NetworkHand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Whatever cannot be read in full: in labels, buttons, tables, titles, and in all that is painted by hand."""
    program = hand.program
    lay_out(program, qtbot)
    with listening(monkeypatch) as painted:
        repainted(program)
    words = cut(program) | narrow_cells(program) | overlaps(program) | hidden_tabs(program) | shortened(hand)
    return painted | words


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["small", "large"])
def test_long_names_the_deepest_network_and_ten_classes_show_every_word(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    program = open_window("spiral", Language.ENGLISH, safe_mode=True)
    program.window.resize(*size)
    hand, found = NetworkHand(program, qtbot), set[str]()
    for example, edit in (("spiral", named), ("digits-dense", None), ("digits-dense", deep)):
        program.documents.forget_changes()
        assert program.documents.open(example_path(example))
        assert edit is None or program.session.editing.ask(edit, name=TITLE)
        hand.settled()
        program.session.go_to(0, 5)
        hand.wait(lambda: hand.shown.cursor == 5)
        for language in Language:
            program.desk.speech.speak(language)
            what = f"{example} {'' if edit is None else edit.__name__} {language}"
            found |= {f"{what}: {fault}" for fault in faults(hand, qtbot, monkeypatch)}
        assert not hand.pane.view.verticalScrollBar().isVisible()
        assert hand.pane.view.horizontalScrollBar().isVisible() == (edit is deep)
    assert found == set()
    parts = hand.pane._scene.parts
    assert parts is not None
    assert {"边缘与拐", "角探测层", "镜厅"} <= {writing.text for writing in parts.captions.writings}


@pytest.mark.parametrize("language", list(Language))
def test_the_tool_bar_is_laid_out_anew_with_another_theme_and_language(
    open_window: Open, qtbot: QtBot, language: Language
) -> None:
    program = open_window("spiral", language, safe_mode=True)
    bar = program.window.tool_bar
    program.window.resize(1280, 720)
    program.session.editing.ask(edits.set_title, TITLE, name=TITLE)
    for dark, spoken in ((True, language), (False, language), (False, Language.CHINESE), (True, Language.CHINESE)):
        program.desk.speech.speak(spoken)
        program.desk.theme.use_dark(dark)
        qtbot.wait(50)
        parts = [part for part in bar.findChildren(QWidget) if part.isVisible() and part.parentWidget() is bar]
        for one, other in combinations(parts, 2):
            assert not one.geometry().intersects(other.geometry()), f"{one} covers {other}"
        assert all(part.width() >= part.minimumSizeHint().width() for part in parts)
