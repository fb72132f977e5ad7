"""Each kind of arrow, the squares and the path can be shown or hidden, for the ball and for racers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gradgui.gui.language import Speech
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.showing import OF_RACERS, Mark
from gradgui.gui.theme import Theme
from gradgui.session.race_view import RaceView, RunnerView
from gradgui.session.snapshot import BallView
from gradgui.text import same
from tests.gui.surfaces import descent, product_loss, surface

STEPS = 6
RATE = 0.1


def ball() -> BallView:
    """A ball with everything that can be drawn."""
    rolled = descent(product_loss, (1.5, -1.0), RATE, STEPS)
    return replace(rolled, step=(0.05, -0.1), momentum=(0.5, 0.3), squared=(1.0, 2.0))


def race() -> RaceView:
    """One racer that goes along the first axis."""
    path = np.column_stack([np.linspace(1.5, 0.5, STEPS), np.full(STEPS, -1.0), np.linspace(3, 1, STEPS)])
    twos = np.full((STEPS, 2), 2.0)
    runner = RunnerView("adam", same("Adam"), path, twos, twos, twos, RATE, None, 0, False, None)
    return RaceView(1, (runner,), 0.0, STEPS - 1, True)


Make = Callable[[], SurfacePane]


@pytest.fixture
def make(qtbot: QtBot, speech: Speech, theme: Theme) -> Iterator[Make]:
    panes: list[SurfacePane] = []  # let go before the next test begins

    def made() -> SurfacePane:
        pane = SurfacePane(speech, theme, use_opengl=False)
        qtbot.addWidget(pane)
        panes.append(pane)
        pane.resize(520, 520)
        pane.show()
        pane.show_surface(surface(product_loss))
        pane.show_ball(ball())
        return pane

    yield made
    panes.clear()


def all_shown(pane: SurfacePane) -> SurfacePane:
    for mark in Mark:
        pane.showing.tick(mark).setChecked(True)
    return pane


DRAWN: dict[Mark, Callable[[Placement], bool]] = {
    Mark.GRADIENT: lambda p: p.downhill is not None and p.partials != (None, None),
    Mark.STEP: lambda p: p.adjusted is not None,
    Mark.MOMENTUM: lambda p: p.momentum is not None,
    Mark.SQUARES: lambda p: p.squares != (0.0, 0.0),
    Mark.PATH: lambda p: len(p.path) > 0 and len(p.way) > 0 and len(p.moments) == len(p.path),
    Mark.TANGENT: lambda p: p.patch is not None,
    Mark.NEXT: lambda p: p.ghost is not None,
}


def drawn(pane: SurfacePane) -> set[Mark]:
    assert pane._placement is not None
    return {mark for mark, is_drawn in DRAWN.items() if is_drawn(pane._placement)}


@pytest.mark.parametrize("mark", Mark)
def test_each_mark_goes_alone_and_comes_back(make: Make, mark: Mark) -> None:
    pane = all_shown(make())
    assert drawn(pane) == set(Mark)
    before = pane.stage.flat.grab().toImage()
    pane.showing.tick(mark).click()
    assert drawn(pane) == set(Mark) - {mark}
    assert (pane.stage.flat.grab().toImage() != before) == (mark is not Mark.TANGENT)  # a map has no tangent
    pane.showing.tick(mark).click()
    assert drawn(pane) == set(Mark)
    assert pane.stage.flat.grab().toImage() == before


def test_the_adjusted_gradient_is_the_step_over_the_rate(make: Make) -> None:
    """A step of plain gradient descent is just the gradient; twice the step is twice the arrow."""
    pane = all_shown(make())
    plain = replace(ball(), step=tuple(-RATE * slope for slope in ball().gradient))
    pane.show_ball(replace(plain, gradient=(0.1, 0.2), step=(-RATE * 0.1, -RATE * 0.2)))
    placement = pane._placement
    assert placement.adjusted == pytest.approx(placement.downhill)
    pane.show_ball(replace(plain, gradient=(0.1, 0.2), step=(-RATE * 0.2, -RATE * 0.4)))
    assert pane._placement.adjusted == pytest.approx(tuple(2 * part for part in placement.downhill))


def test_racers_have_a_part_of_the_menu_while_there_is_a_race(make: Make, qtbot: QtBot) -> None:
    pane = make()
    menu = pane.controls.show_menu
    pane.controls._show.click()
    tick = pane.showing.tick(Mark.SQUARES, "racers")
    assert not tick.isVisible()
    menu.close()
    pane.open_race()
    pane.controls._show.click()
    assert tick.isVisible()
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert tick.isChecked()
    assert menu.isVisible()
    menu.close()
    pane.open_race(False)


def test_the_menu_is_worked_by_keys(make: Make, qtbot: QtBot) -> None:
    pane = make()
    menu, button, first = pane.controls.show_menu, pane.controls._show, pane.showing.tick(Mark.GRADIENT)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert menu.isVisible()
    for _ in range(2):  # past the heading
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert not first.isChecked()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_every_mark_of_a_racer_has_a_switch(make: Make) -> None:
    pane = make()
    pane.open_race()
    pane.show_race(race())
    pane.race_panel._at = 2.0
    pane.race_panel.progressed.emit()
    (usual,) = pane.stage._runners
    assert (usual.downhill, usual.adjusted, usual.squares) == (None, None, (0.0, 0.0))
    assert usual.momentum is not None
    assert len(usual.path) == 3
    for mark in OF_RACERS:
        pane.showing.tick(mark, "racers").setChecked(True)
    (all_of_it,) = pane.stage._runners
    assert None not in (all_of_it.downhill, all_of_it.adjusted, all_of_it.momentum)
    assert all_of_it.adjusted[0] == pytest.approx(all_of_it.downhill[0])  # a step of −0.2 at η = 0.1: a slope of 2
    assert all_of_it.adjusted[1] == 0.0
    assert all_of_it.squares[0] == pytest.approx(-all_of_it.downhill[0])
    for mark in OF_RACERS:
        pane.showing.tick(mark, "racers").setChecked(False)
    (bare,) = pane.stage._runners
    assert bare.here
    assert np.array_equal(bare.path, all_of_it.path[-1:])
    assert (bare.downhill, bare.adjusted, bare.momentum, bare.squares) == (None, None, None, (0.0, 0.0))
    pane.open_race(False)


def test_what_was_chosen_comes_back_with_the_next_window_and_the_rest_is_as_usual(make: Make) -> None:
    pane, other = make(), make()
    pane.showing.tick(Mark.MOMENTUM).setChecked(False)
    pane.showing.tick(Mark.SQUARES, "racers").setChecked(True)
    assert not other.showing.tick(Mark.STEP).isChecked()
    other.showing.use(pane.showing.remembered)
    assert other.showing.remembered == pane.showing.remembered
    assert not other.showing.tick(Mark.MOMENTUM).isChecked()
    other.showing.use({"ball": ["path", "something of a later version"]})
    assert other.showing.remembered["ball"] == ["path"]
    assert other.showing.tick(Mark.SQUARES, "racers").isChecked()
