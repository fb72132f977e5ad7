"""The curves show the run, read off any moment and lead back to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gradgui.gui.curves.pane import CurvesPane
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.text import Language
from tests.gui.datapoints import moment, run


@pytest.fixture
def pane(qtbot: QtBot, speech: Speech, theme: Theme) -> CurvesPane:
    pane = CurvesPane(speech, theme)
    qtbot.addWidget(pane)
    pane.resize(640, 360)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def spot(pane: CurvesPane, row: int) -> QPoint:
    return pane._plots.place_of(row).toPoint()


def test_before_the_first_step_a_sentence_says_how_to_begin(pane: CurvesPane, speech: Speech) -> None:
    pane.show_snapshot(moment(run(1)))
    assert pane._empty.isVisible()
    assert "Press Play" in pane._empty.text()
    speech.speak(Language.CHINESE)
    assert "播放" in pane._empty.text()


def test_the_numbers_on_top_are_those_of_the_moment(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(21)))
    assert (pane._train.words, pane._test.words) == ("0.5000", "0.6250")
    assert pane._accuracy.words == "75.0\N{THIN SPACE}%"


def test_without_a_test_set_nothing_is_said_about_it(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(21, test=False)))
    assert pane._train.isVisible()
    assert not pane._test.isVisible()


def test_accuracy_has_its_own_plot_only_where_there_is_accuracy(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(21, accuracy=False)))
    assert not pane._accuracy.isVisible()
    assert not pane._plots._accuracy.isVisible()
    qtbot.waitUntil(lambda: pane._plots._accuracy.geometry().height() == 0)
    alone = pane._plots._loss.getViewBox().height()
    pane.show_snapshot(moment(run(21)))
    pane.grab()
    assert pane._accuracy.isVisible()
    assert pane._plots._accuracy.isVisible()
    qtbot.waitUntil(lambda: pane._plots._loss.getViewBox().height() < 0.8 * alone)
    pane.show_snapshot(moment(run(21, accuracy=False)))
    pane.grab()
    qtbot.waitUntil(lambda: pane._plots._loss.getViewBox().height() == alone)


def test_the_curve_is_the_loss_at_every_step(pane: CurvesPane) -> None:
    curves = run(30)
    pane.show_snapshot(moment(curves))
    x, y = pane._plots._train.getData()
    assert np.array_equal(x, curves.iterations)
    assert np.array_equal(y, curves.train_loss)


def test_a_logarithmic_axis_draws_powers_of_ten(qtbot: QtBot, pane: CurvesPane) -> None:
    curves = run(30)
    pane.show_snapshot(moment(curves))
    log = pane._scale._group.button(1)
    qtbot.mouseClick(log, Qt.MouseButton.LeftButton)
    assert np.allclose(pane._plots._train.getData()[1], np.log10(curves.train_loss))
    qtbot.mouseClick(pane._scale._group.button(0), Qt.MouseButton.LeftButton)
    assert np.allclose(pane._plots._train.getData()[1], curves.train_loss)


def test_a_click_on_the_plot_names_the_step_below_it(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(41)))
    with qtbot.waitSignal(pane.moment_chosen) as chosen:
        qtbot.mouseClick(pane._plots.viewport(), Qt.MouseButton.LeftButton, pos=spot(pane, 13))
    assert chosen.args == [13]


def test_a_click_beside_the_plot_chooses_nothing(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(41)))
    with qtbot.assertNotEmitted(pane.moment_chosen):
        qtbot.mouseClick(pane._plots.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_the_mouse_reads_the_step_below_it(qtbot: QtBot, pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(41)))
    qtbot.mouseMove(pane._plots.viewport(), spot(pane, 30))
    qtbot.mouseMove(pane._plots.viewport(), spot(pane, 20))
    assert pane._balloon.isVisible()
    for words in ("step 20", "0.5000", "0.6250", "75.0"):
        assert words in pane._balloon.text()
    pane._plots._hover(None)
    assert not pane._balloon.isVisible()


def test_the_balloon_stays_inside_the_plot(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(41)))
    for row in range(41):
        pane._plots._hover(row)
        assert pane._plots.rect().contains(pane._balloon.geometry())


def test_a_moment_of_the_past_is_marked_by_a_line(pane: CurvesPane) -> None:
    curves = run(41)
    pane.show_snapshot(moment(curves))
    assert not pane._plots._nows[0].isVisible()
    pane.show_snapshot(moment(curves, 10))
    assert pane._plots._nows[0].isVisible()
    assert pane._plots._nows[0].value() == 10
    shown = moment(curves, 10)
    pane.show_snapshot(replace(shown, cursor=len(shown.network.events)))
    assert pane._plots._nows[0].value() == 11, "the last event ends the step"


def test_a_run_that_blew_up_is_drawn_without_a_murmur(pane: CurvesPane) -> None:
    curves = run(40)
    train = curves.train_loss.copy()
    train[30:] = [1e300, -1e308, 1e308, np.inf, -np.inf, np.nan, 0.0, 1e13, np.nan, np.inf]
    wild = replace(curves, train_loss=train)
    for choice in (0, 1):
        pane._scale.choose(choice)
        pane.show_snapshot(moment(wild))
        pane.grab()
        assert np.isfinite(pane._plots._train.getData()[1]).all()
    assert pane._train.words == "∞"


def test_a_curve_that_holds_only_trouble_is_drawn_too(pane: CurvesPane) -> None:
    nothing = np.full(5, np.nan)
    curves = replace(run(5), train_loss=nothing, test_loss=nothing, accuracy=nothing)
    pane.show_snapshot(moment(curves))
    pane._plots._hover(3)
    pane.grab()
    assert "NaN" in pane._balloon.text()


def test_long_runs_are_drawn_with_no_more_points_than_the_screen_has(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(20_000)))
    assert len(pane._plots._train.getData()[0]) <= pane._plots.width() + 2


def test_showing_the_same_moment_twice_changes_nothing(pane: CurvesPane) -> None:
    pane.show_snapshot(moment(run(41), 10))
    before = pane.grab().toImage()
    pane.show_snapshot(moment(run(41), 10))
    assert pane.grab().toImage() == before


def test_language_and_theme_change_live(pane: CurvesPane, speech: Speech, theme: Theme) -> None:
    pane.show_snapshot(moment(run(41)))
    before = pane.grab().toImage()
    speech.speak(Language.CHINESE)
    assert pane._train._caption.text() == "训练损失"
    assert pane._scale._group.button(1).text() == "对数"
    assert pane._plots._accuracy.getAxis("bottom")._tickLevels[0][-1][1].endswith("步")
    theme.use_dark(True)
    theme.use_factor(1.6)
    assert pane.grab().toImage() != before
    assert pane._plots.backgroundBrush().color().name().upper() == theme.palette.panel
