"""Gradients, steps, classes and several runs in the pane of curves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from gradgui.gui.curves.layer_plot import layer_colour
from gradgui.gui.curves.legend import duration
from gradgui.gui.curves.pane import CLASSES_SEEN, GRADIENTS, LOSS, STEPS_TAKEN, CurvesPane
from gradgui.session.snapshot import ConfusionView, CurvesView, GhostView, Snapshot
from gradgui.text import Language, Text, same
from tests.gui.datapoints import moment, run
from tests.gui.frame import Frame


@pytest.fixture
def pane(qtbot: QtBot, frame: Frame) -> CurvesPane:
    made = CurvesPane(frame.speech, frame.theme)
    qtbot.addWidget(made)
    made.resize(640, 360)
    made.show()
    qtbot.waitExposed(made)
    return made


def sized(steps: int = 31) -> CurvesView:
    """Gradients that shrink by a half every step in the second layer, and a layer without parameters between."""
    norms = np.stack([np.full(steps, 2.0), np.full(steps, np.nan), 0.5 ** np.arange(steps)], axis=1)
    return replace(run(steps), gradient_norms=norms, update_ratios=norms / 100)


def raced() -> CurvesView:
    fast = GhostView(same("Run A"), np.arange(21), 0.5 ** np.arange(21), 0, Text(en="Adam", zh="Adam"), 1.5)
    slow = replace(
        fast, name=same("Run B"), number=1, setting=Text(en="rate 0.01", zh="学习率 0.01"), train_loss=np.full(21, 0.9)
    )
    return replace(run(21), ghosts=(fast, slow), name=same("careful"), setting=Text(en="SGD", zh="SGD"), seconds=0.7)


def test_every_layer_has_its_line_in_powers_of_ten(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(sized()))
    pane.tabs.choose(GRADIENTS)
    first, empty, last = pane._layers.lines()
    assert np.allclose(first[1], np.log10(2.0))
    assert empty[0] is None or len(empty[0]) == 0
    assert np.allclose(last[1], np.arange(31) * np.log10(0.5))
    pane.tabs.choose(STEPS_TAKEN)
    assert np.allclose(pane._layers.lines()[0][1], np.log10(0.02))


def test_a_key_names_every_line_and_what_it_measures(pane: CurvesPane, frame: Frame) -> None:
    shown = moment(sized())
    pane.show_snapshot(shown)
    assert not pane._key.isVisible(), "the loss has its own numbers"
    pane.tabs.choose(GRADIENTS)
    assert pane._key.isVisible()
    measured, *names = words_of(pane).split("▬")
    drawn = [place for place in range(len(shown.network.layers)) if place != 1]
    assert measured.strip() == "length of the gradient, layer by layer"
    assert [name.strip() for name in names] == [shown.network.layers[place].name.en for place in drawn]
    assert all(layer_colour(place) in pane._key.text() for place in drawn)
    pane.tabs.choose(STEPS_TAKEN)
    frame.speech.speak(Language.CHINESE)
    assert words_of(pane).startswith("每一层的“更新 ÷ 权重”")


def words_of(pane: CurvesPane) -> str:
    """What is read in the key."""
    document = QTextDocument()
    document.setHtml(pane._key.text())
    return document.toPlainText()


def test_hovering_names_the_layers_and_a_click_goes_there(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(sized()))
    pane.tabs.choose(GRADIENTS)
    pane.grab()
    spot = pane._layers.place_of(3).toPoint()
    qtbot.mouseMove(pane._layers.viewport(), spot - QPoint(30, 0))
    qtbot.mouseMove(pane._layers.viewport(), spot)
    assert "step 3" in pane._layer_balloon.text()
    assert "0.125" in pane._layer_balloon.text()
    with qtbot.waitSignal(pane.moment_chosen) as chosen:
        qtbot.mouseClick(pane._layers.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == [3]


def test_the_matrix_counts_and_says_what_a_cell_means(qtbot: QtBot, pane: CurvesPane, frame: Frame) -> None:
    table = np.array([[7.0, 1.0], [2.0, 10.0]])
    pane.name_classes((Text(en="cat", zh="猫"), Text(en="dog", zh="狗")))
    pane.show_snapshot(replace(moment(run(21)), confusion=ConfusionView(table, None)))
    pane.tabs.choose(CLASSES_SEEN)
    assert pane._matrix.isVisible()
    qtbot.mouseMove(pane._matrix, pane._matrix.cell(1, 0).center().toPoint() + QPoint(1, 1))
    qtbot.mouseMove(pane._matrix, pane._matrix.cell(1, 0).center().toPoint())
    assert pane._matrix.toolTip() == "2 of class dog were called cat."
    frame.speech.speak(Language.CHINESE)
    qtbot.mouseMove(pane._matrix, pane._matrix.cell(0, 1).center().toPoint())
    assert pane._matrix.toolTip() == "类别 猫 有 1 个被判为 狗。"
    assert pane._matrix.sets.isHidden()
    pane.resize(1200, 700)
    low, high = pane._matrix.cell(0, 0), pane._matrix.cell(1, 1)
    assert high.right() - low.left() > 0.5 * pane._matrix.width(), "the table takes the room there is"


def test_the_matrix_shows_the_test_set_at_a_click(qtbot: QtBot, pane: CurvesPane) -> None:
    train, test = np.array([[5.0, 1.0], [2.0, 7.0]]), np.array([[3.0, 0.0], [1.0, 4.0]])
    pane.tabs.choose(3)
    for step in (20, 21):
        pane.show_snapshot(replace(moment(run(step)), confusion=ConfusionView(train, test)))
        assert pane._matrix.sets.isVisible()
        assert pane._matrix.table is (train if step == 20 else test)
        qtbot.mouseClick(pane._matrix.sets.button(1), Qt.MouseButton.LeftButton)
        assert pane._matrix.table is test


def test_the_pane_is_as_wide_before_its_first_curve_as_after_it(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(21)))
    wide = pane.minimumSizeHint().width()
    pane.show_snapshot(moment(run(1)))
    assert not pane._scale.isVisible()
    assert pane.minimumSizeHint().width() == wide


def test_without_classes_the_page_says_so(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(21, accuracy=False)))
    pane.tabs.choose(CLASSES_SEEN)
    assert "no classes" in pane._empty.text()
    pane.tabs.choose(LOSS)
    assert pane._plots.isVisible()


def test_where_there_are_no_classes_r_squared_is_told(pane: CurvesPane) -> None:
    curves = replace(run(21, accuracy=False), fit=np.linspace(-0.5, 0.875, 21))
    pane.show_snapshot(moment(curves))
    assert pane._accuracy.words == "0.875"
    assert pane._accuracy._caption.text() == "R²"
    assert pane._plots._right.getData()[1][-1] == 0.875
    pane.show_snapshot(replace(moment(curves), train_loss=np.inf))
    assert pane._accuracy.words == "−∞", "the row before the blow-up tells nothing of now"


def test_the_legend_tells_the_runs_apart_and_hides_them(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(raced()))
    assert not pane.legend.isVisible(), "the curves are not covered before it is asked for"
    qtbot.mouseClick(pane.runs, Qt.MouseButton.LeftButton)
    assert pane.legend.isVisible()
    rows = [pane.legend.row(n)[1].text() for n in (-1, 0, 1)]
    assert rows == ["careful · SGD · 0.7 s", "Run A · Adam · 1.5 s", "Run B · rate 0.01 · 1.5 s"]
    assert len(pane._plots._ghosts) == 2
    dotted, dashed = pane._plots._ghosts[0].opts["pen"], pane._plots._test.opts["pen"]
    assert dotted.dashPattern() != dashed.dashPattern(), "a run that was left is no loss on the test set"
    tick = pane.legend.row(0)[1]
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    assert len(pane._plots._ghosts) == 1
    assert np.allclose(pane._plots._ghosts[0].getData()[1], 0.9)
    button = pane.legend.row(1)[2]
    assert button is not None
    with qtbot.waitSignal(pane.run_removed) as removed:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert removed.args == [1]
    qtbot.mouseClick(pane.runs, Qt.MouseButton.LeftButton)
    assert not pane.legend.isVisible()
    qtbot.mouseClick(pane.runs, Qt.MouseButton.LeftButton)
    pane.show_snapshot(moment(run(21)))
    assert not pane.legend.isVisible()
    assert not pane.runs.isVisible()


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (1000, ("careful · SGD · 0.7 s", "Run A · Adam · 1.5 s", "Run B · rate 0.01 · 1.5 s")),
        (440, ("careful", "Run A", "Run B")),
        (150, ("", "", "")),
    ],
)
def test_the_line_of_runs_says_what_there_is_room_for_and_the_tip_all_of_it(
    pane: CurvesPane, width: int, said: tuple[str, ...]
) -> None:
    pane.show_snapshot(moment(raced()))
    pane.runs.resize(width, 20)
    assert pane.runs.words() == said
    for whole in ("careful · SGD · 0.7 s", "Run A · Adam · 1.5 s", "Run B · rate 0.01 · 1.5 s"):
        assert whole in pane.runs.toolTip()
        assert whole in pane.runs.accessibleDescription()


def test_the_line_of_runs_stands_above_the_curves_and_a_hidden_run_is_pale(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(raced()))
    pane.grab()
    assert pane.runs.geometry().bottom() < pane._stack.geometry().top()
    before = pane.runs.grab().toImage()
    qtbot.mouseClick(pane.runs, Qt.MouseButton.LeftButton)
    tick = pane.legend.row(0)[1]
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    qtbot.mouseClick(pane.runs, Qt.MouseButton.LeftButton)
    assert pane.runs.grab().toImage() != before
    pane.tabs.choose(GRADIENTS)
    assert not pane.runs.isVisible(), "only losses are laid over each other"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0, "0 ms"), (0.0004, "< 1 ms"), (0.0432, "43 ms"), (0.0996, "0.1 s"), (1.46, "1.5 s"), (120.0, "120.0 s")],
)
def test_what_took_less_than_a_tenth_of_a_second_is_told_in_thousandths(seconds: float, said: str) -> None:
    assert duration(seconds).en == said
    assert duration(seconds).zh in (said.replace("ms", "毫秒"), said.replace("s", "秒"))


@pytest.mark.parametrize(
    ("name", "seconds", "words"),
    [("Run B", 1.5, "Run B · rate 0.01, "), ("a calm one of Wednesday evening", 98765.4, "rate 0.01, ReLU")],
)
def test_in_a_narrow_pane_the_list_of_runs_shortens_what_differs(
    pane: CurvesPane, name: str, seconds: float, words: str
) -> None:
    setting = Text(en="rate 0.01, ReLU, batch 7, L1 0.001, L2 0.003", zh="学习率 0.01，ReLU，批大小 7")
    curves = raced()
    pane.resize(300, 300)
    slow = replace(curves.ghosts[1], name=same(name), setting=setting, seconds=seconds)
    pane.show_snapshot(moment(replace(curves, ghosts=(curves.ghosts[0], slow))))
    tick = pane.legend.row(1)[1]
    assert pane.legend.width() <= pane._plots.width()
    assert tick.text().startswith(words)
    assert tick.text().endswith(f" · {seconds} s")
    assert tick.toolTip() == f"{name} · {setting.en} · {seconds} s", "the tip says all of it"


def test_one_run_alone_needs_no_legend(pane: CurvesPane) -> None:
    shown: Snapshot = moment(run(21))
    pane.show_snapshot(shown)
    assert not pane.legend.isVisible()
