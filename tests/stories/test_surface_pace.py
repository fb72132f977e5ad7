"""The window keeps pace with the hand: keys, drags and edits, measured from the event to the painted frame."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.session.examples import examples
from gradgui.session.snapshot import Snapshot
from tests.stories.pace import Flushes, measure, rest
from tests.stories.test_surface_story import press, surface_of

pytestmark = [pytest.mark.long, pytest.mark.xvfb, pytest.mark.timeout(600)]

Open = Callable[..., Program]


def settled(program: Program, qtbot: QtBot) -> Flushes:
    pane = surface_of(program, qtbot)
    qtbot.waitUntil(lambda: not pane.stage.has_scene or not pane.is_flat)
    rest(1.0)
    return Flushes(program.window)


def moment(program: Program) -> Callable[[], Snapshot | None]:
    return lambda: program.session.snapshot


@pytest.mark.parametrize("safe_mode", [False, True])
def test_a_key_is_answered_by_a_painted_frame_within_50_ms(open_window: Open, qtbot: QtBot, safe_mode: bool) -> None:
    program = open_window("circle", safe_mode=safe_mode)
    flushes = settled(program, qtbot)
    step = measure(flushes, lambda _: qtbot.keyClick(program.window, Qt.Key.Key_F10), moment(program), 120)
    back = measure(flushes, lambda _: qtbot.keyClick(program.window, Qt.Key.Key_F8), moment(program), 60)
    sys.stdout.write(f"\nstep {step}\nback {back}" + "\n")
    assert step.percentile(99) <= 50
    assert back.percentile(99) <= 50


@pytest.mark.parametrize("name", ["circle", "surface-bowl", "toy-car", "spiral"])
def test_the_dragged_ball_is_painted_every_33_ms(open_window: Open, qtbot: QtBot, name: str) -> None:
    program = open_window(name)
    flushes = settled(program, qtbot)
    scene, pane = program.desk.views.surface.stage.scene, program.desk.views.surface
    x, y = pane.ball.x, pane.ball.y
    (x0, x1), (y0, y1) = program.session.scenery.view.ranges
    press(scene, scene.pixel_of(x, y) - QPointF(0, 3))

    def drag(number: int) -> None:
        angle = number / 9
        to = x + 0.1 * (x1 - x0) * np.sin(angle), y + 0.1 * (y1 - y0) * (np.cos(angle) - 1)
        press(scene, scene.pixel_of(*to), QEvent.Type.MouseMove)

    pace = measure(flushes, drag, moment(program), 150)
    press(scene, scene.pixel_of(x, y), QEvent.Type.MouseButtonRelease)
    sys.stdout.write(f"\n{name}: {pace}" + "\n")
    assert pace.percentile(99) <= 33


@pytest.mark.parametrize("name", [name for name, _ in examples()])
def test_an_edit_shows_its_first_coarse_picture_within_50_ms(open_window: Open, qtbot: QtBot, name: str) -> None:
    program = open_window(name)
    flushes = settled(program, qtbot)
    pane = program.desk.views.surface
    pace = measure(flushes, lambda _: program.session.reset(), lambda: pane._surface, 12)
    sys.stdout.write(f"\n{name}: {pace}" + "\n")
    assert pace.percentile(50) <= 50


def test_turning_the_landscape_is_smooth(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("spiral")
    flushes = settled(program, qtbot)
    scene = program.desk.views.surface.stage.scene
    press(scene, QPointF(8, 8))
    turn = lambda n: press(scene, QPointF(8 + 2 * n, 8), QEvent.Type.MouseMove)  # noqa: E731
    pace = measure(flushes, turn, lambda: object(), 100)
    press(scene, QPointF(8, 8), QEvent.Type.MouseButtonRelease)
    sys.stdout.write(f"\n{pace}" + "\n")
    assert pace.percentile(90) <= 50
