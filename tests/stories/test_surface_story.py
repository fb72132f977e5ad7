"""The landscape in the whole window: drag, race, change the axes, record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.surface.showing import Mark
from gradgui.session.axes_view import AxesKind
from gradgui.session.examples import example_path

Open = Callable[..., Program]


def surface_of(program: Program, qtbot: QtBot) -> SurfacePane:
    pane = program.desk.views.surface
    qtbot.waitUntil(lambda: pane._surface is not None and pane._surface.final and pane.ball is not None)
    return pane


def press(widget: QWidget, at: QPointF, kind: QEvent.Type = QEvent.Type.MouseButtonPress) -> None:
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def test_a_click_on_the_map_moves_weights_network_and_numbers_together(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("surface-bowl", safe_mode=True)
    pane = surface_of(program, qtbot)
    ends: list[None] = []
    program.session.gesture_ended.connect(lambda: ends.append(None))
    glass, at = pane.stage.flat.viewport(), pane.stage.flat.pixel_of(-1.0, 0.5)
    press(glass, at)
    press(glass, at, QEvent.Type.MouseButtonRelease)
    qtbot.waitUntil(lambda: pane.ball.x == pytest.approx(-1.0, abs=0.03))
    snapshot = program.session.snapshot
    assert snapshot.layers[0].W[0, 0] == pane.ball.x
    assert snapshot.train_loss == pytest.approx(0.5 * (pane.ball.x**2 + pane.ball.y**2))
    assert len(ends) == 1


def test_two_edges_clicked_in_the_network_become_the_axes(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car", safe_mode=True)
    pane, network = surface_of(program, qtbot), program.desk.views.network
    pane.controls.axes.click()
    pane.axes_panel._pick.click()
    assert program.session.scenery.view.picking
    pane.axes_panel.hide()
    for layer in (3, 2):
        left, right = (network._scene.parts.plan.column(n) for n in (layer - 2, layer - 1))
        middle = QPointF((left.x + right.x) / 2, left.ys[0])
        at = QPointF(network.view.mapFromScene(middle))
        press(network.view.viewport(), at)
        press(network.view.viewport(), at, QEvent.Type.MouseButtonRelease)
    qtbot.waitUntil(lambda: program.session.scenery.view.choice.first == "L3.W[0,0]")
    assert program.session.scenery.view.choice.second == "L2.W[0,0]"
    assert not program.session.scenery.view.picking


def test_the_card_changes_the_directions_and_says_what_cannot_be(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", safe_mode=True)
    pane = surface_of(program, qtbot)
    pane.controls.axes.click()
    card = pane.axes_panel
    assert card.isVisible()
    with qtbot.waitSignal(program.session.scenery.refused):
        card._kinds.choose(2)
    assert "train" in card._refusal.text()
    assert card._kinds.choice == 0
    with qtbot.waitSignal(program.session.scenery.axes_changed):
        card._kinds.choose(1)
    qtbot.waitUntil(lambda: pane._surface.axes[0].label == "r1")
    with qtbot.waitSignal(program.session.scenery.axes_changed):
        card._again.click()
    assert program.session.scenery.view.choice.seed == 2
    assert program.session.scenery.view.choice.kind is AxesKind.RANDOM
    card._limits[0].setText("-0,5")
    card._limits[0].commit()
    qtbot.waitUntil(lambda: pane._surface.xs[0] == -0.5)
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_a_race_is_played_scored_and_put_away(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane = surface_of(program, qtbot)
    pane.open_race()
    panel = pane.race_panel
    panel.slider.setValue(panel.slider.maximum())
    panel._play.click()
    qtbot.waitUntil(lambda: panel.race is not None and panel.race.done and not panel.is_playing, timeout=15_000)
    ranks = sorted(runner.rank for runner in panel.race.runners if runner.rank is not None)
    assert ranks[0] == 1
    assert all(score.text() for score in panel.board.scores)
    panel.board.ticks[0].setChecked(False)
    assert 0 in panel.hidden
    first, glass = panel.race, pane.stage.flat.viewport()
    elsewhere = pane.stage.flat.pixel_of(2.0, -1.0)
    press(glass, elsewhere)
    press(glass, elsewhere, QEvent.Type.MouseButtonRelease)
    qtbot.waitUntil(lambda: panel.race is not None and panel.race.number > first.number)
    assert all(runner.path[0, :2] == pytest.approx((2.0, -1.0), abs=0.1) for runner in panel.race.runners)
    panel._close.click()
    assert panel.race is None
    assert pane._readout.isVisible()
    pane.open_race()
    assert program.documents.open(example_path("toy-car"))
    assert not panel.isVisible()


@pytest.mark.parametrize(("size", "least"), [((1280, 720), 250), ((1100, 600), 110)])
def test_in_a_low_pane_the_race_leaves_room_for_its_picture(
    open_window: Open, qtbot: QtBot, size: tuple[int, int], least: int
) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane = surface_of(program, qtbot)
    program.window.resize(*size)
    pane.open_race()
    panel = pane.race_panel
    qtbot.waitUntil(lambda: pane.stage.height() >= least)
    panel._play.click()
    qtbot.waitUntil(lambda: panel.step > 0)
    rows = [
        (tick, score) for tick, score in zip(panel.board.ticks, panel.board.scores, strict=True) if tick.isVisible()
    ]
    assert len(rows) == (10 if size[1] == 720 else 0)
    qtbot.waitUntil(lambda: all(tick.height() >= tick.sizeHint().height() and score.text() for tick, score in rows))
    assert pane.stage.height() >= least
    panel._tune.click()
    card = panel.card
    assert card.mapTo(program.window, card.rect().topLeft()).y() >= program.window.tool_bar.geometry().bottom()
    assert program.window.rect().contains(card.geometry())


def test_the_buttons_of_the_axes_card_fit_the_path_and_go_back_to_the_first_range(
    open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane, card = surface_of(program, qtbot), program.desk.views.surface.axes_panel
    program.window.resize(1280, 720)
    at_first = program.session.scenery.view.ranges
    for step in range(5):
        program.session.go_to(step, len(program.session.snapshot.network.events))
        qtbot.waitUntil(lambda step=step: len(pane.ball.path) == step + 2)
    pane.controls.axes.click()
    assert program.window.rect().contains(card.geometry())
    card._fit.click()
    (x0, x1), _ = fitted = program.session.scenery.view.ranges
    assert fitted != at_first
    assert all(x0 <= x <= x1 for x in pane.ball.path[:, 0])
    card._whole.click()
    qtbot.waitUntil(lambda: program.session.scenery.view.ranges == at_first)
    assert [field.text() for field in card._limits[:2]] == ["−6", "6"]


def test_a_moment_of_the_path_is_named_and_leads_back(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane = surface_of(program, qtbot)
    program.session.go_to(5, len(program.session.snapshot.network.events))
    qtbot.waitUntil(lambda: program.session.snapshot.iteration == 5)
    for step in range(6):
        program.session.go_to(step, len(program.session.snapshot.network.events))
    qtbot.waitUntil(lambda: len(pane.ball.path) >= 7)
    row = list(pane.ball.moments).index(2)
    place = pane.stage.flat.pixel_of(*(float(at) for at in pane.ball.path[row, :2]))
    hover = QMouseEvent(
        QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    scrubber = program.desk.views.debugger.head.scrubber
    QApplication.sendEvent(pane.stage.flat.viewport(), hover)
    assert scrubber._pointed == 2
    assert "Step 2" in pane.caption().en
    scrubber.updates_pointed.emit(4)
    assert pane.stage.flat.marks._highlighted == 4
    press(pane.stage.flat.viewport(), place)
    qtbot.waitUntil(lambda: program.session.snapshot.iteration == 1)
    assert pane.ball.x == pytest.approx(-5 * 0.99**2)


@pytest.mark.parametrize(("product", "suffix"), [("run_gif", "gif"), ("run_png", "png")])
def test_a_run_becomes_a_film(open_window: Open, qtbot: QtBot, tmp_path: Path, product: str, suffix: str) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane = surface_of(program, qtbot)
    for step in range(8):
        program.session.go_to(step, len(program.session.snapshot.network.events))
    qtbot.waitUntil(lambda: len(pane.ball.path) >= 8)
    path = tmp_path / f"run.{suffix}"
    with qtbot.waitSignal(pane.exporter.said, timeout=30_000):
        pane.exporter.make(product, path)
    assert path.stat().st_size < 5_000_000
    with Image.open(path) as picture:
        assert picture.n_frames > 8
        shots = []
        for number in (0, picture.n_frames - 1):
            picture.seek(number)
            shots.append(np.asarray(picture.convert("L")).astype(int))
    assert (np.abs(shots[0][-10:] - shots[1][-10:]) < 60).all()
    assert pane._placement.u == pytest.approx(pane._picture.relief.spot(pane.ball.x, pane.ball.y)[0])


def test_a_film_can_be_stopped_and_pictures_are_whole(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane = surface_of(program, qtbot)
    program.session.next_iteration()
    program.session.go_to(3, len(program.session.snapshot.network.events))
    qtbot.waitUntil(lambda: len(pane.ball.path) >= 2)
    with qtbot.waitSignal(pane.exporter.recorder.finished) as heard:
        pane.exporter.make("run_gif", tmp_path / "run.gif")
        pane._progress._cancel.click()
    assert heard.args == [None]
    assert not (tmp_path / "run.gif").exists()
    pane.exporter.make("picture", tmp_path / "map.png")
    pane.exporter.make("map", tmp_path / "map.svg")
    with Image.open(tmp_path / "map.png") as picture:
        assert len(np.unique(np.asarray(picture.convert("L")))) > 60
    assert b"<svg" in (tmp_path / "map.svg").read_bytes()[:400]


@pytest.mark.xvfb
def test_a_start_that_died_in_the_driver_shows_the_map_and_says_so_once(open_window: Open, qtbot: QtBot) -> None:
    first = open_window()
    canary = first.desk.settings.folder / "opengl-tried"
    pane = first.desk.views.surface
    qtbot.waitUntil(lambda: not pane.is_flat and not canary.exists())
    canary.write_text("trying")
    second = open_window()
    qtbot.wait(300)
    assert second.desk.views.surface.is_flat
    assert "3-D" in second.window.notices.text.en
    second.desk.views.surface.controls._flat.click()
    qtbot.waitUntil(lambda: not second.desk.views.surface.is_flat and not canary.exists())


@pytest.mark.xvfb
def test_a_driver_that_refuses_leaves_the_map_and_no_canary(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    canary, pane = program.desk.settings.folder / "opengl-tried", program.desk.views.surface
    qtbot.waitUntil(lambda: pane.stage.scene is not None)
    canary.write_text("trying")
    pane.stage.scene.failed.emit()
    assert pane.is_flat
    assert not canary.exists()


def test_a_drag_of_the_ball_is_one_step_of_undo(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("surface-bowl", safe_mode=True)
    pane, editing = surface_of(program, qtbot), program.session.editing
    start, flat = (pane.ball.x, pane.ball.y), pane.stage.flat
    press(flat.viewport(), flat.pixel_of(*start))
    for x in (-0.5, -1.0, -1.5):
        press(flat.viewport(), flat.pixel_of(x, 0.5), QEvent.Type.MouseMove)
        qtbot.waitUntil(lambda x=x: pane.ball.x == pytest.approx(x, abs=0.03))
    press(flat.viewport(), flat.pixel_of(-1.5, 0.5), QEvent.Type.MouseButtonRelease)
    assert editing.history.undo_text.en == "Undo move the ball"
    qtbot.keyClick(program.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: (pane.ball.x, pane.ball.y) == pytest.approx(start))
    assert not editing.history.can_undo
    qtbot.keyClick(program.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: pane.ball.x == pytest.approx(-1.5, abs=0.03))


def test_what_is_hidden_on_the_landscape_is_remembered(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("surface-ravine", safe_mode=True)
    pane = surface_of(program, qtbot)
    pane.showing.tick(Mark.TANGENT).click()
    assert program.desk.settings.marks == pane.showing.remembered
    assert "tangent" not in program.desk.settings.marks["ball"]
