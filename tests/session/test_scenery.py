"""The landscape of the real network: right heights, every kind of axes, a ball that can be put anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import from_data, read
from gradgui.engine.evaluation import Evaluator
from gradgui.session.axes_view import AxesKind
from gradgui.session.examples import example_path
from gradgui.session.session import Session
from gradgui.session.snapshot import SurfaceView

HIKER = {
    "data": {"kind": "table", "x": [[-2.0], [-1.0], [1.0], [2.0]], "y": [[0.0], [0.0], [1.0], [1.0]]},
    "network": {"layers": [{"kind": "dense", "units": 1, "activation": "sigmoid", "W": [[0.0]], "b": [0.0]}]},
    "loss": {"kind": "half_mse"},
    "optimizer": {"kind": "sgd", "learning_rate": 1.0},
    "training": {"shuffle": False},
}
AIRCON = {
    "data": {"kind": "table", "x": [[1.0]], "y": [[24.0]]},
    "network": {
        "layers": [{"kind": "dense", "units": 1, "activation": "identity", "W": [[0.0]], "b": [28.0], "frozen": ["W"]}]
    },
    "loss": {"kind": "half_mse"},
    "optimizer": {"kind": "sgd", "learning_rate": 0.5},
}

Open = Callable[[Experiment], Session]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    sessions: list[Session] = []

    def open_(experiment: Experiment) -> Session:
        session = Session()
        sessions.append(session)
        session.open(experiment)
        qtbot.waitUntil(lambda: session.snapshot is not None and is_done(session))
        return session

    yield open_
    for session in sessions:
        session.close()


def test_only_along_single_parameters_there_is_a_number_that_adam_divides_by(qtbot: QtBot, opened: Open) -> None:
    session = opened(read(example_path("spiral")))
    session.scenery.choose_parameters("L1.W[0,0]", "L1.W[1,0]")
    with qtbot.waitSignal(session.shown, check_params_cb=lambda shown: shown.cursor == len(shown.network.events)):
        session.next_iteration()
    qtbot.waitUntil(lambda: session.snapshot.ball.squared is not None)
    assert min(session.snapshot.ball.squared) > 0
    session.scenery.choose_random(1)
    qtbot.waitUntil(lambda: session.snapshot.ball.squared is None)


def is_done(session: Session) -> bool:
    return session.scenery.surface is not None and session.scenery.surface.final


def example(name: str) -> Experiment:
    return read(example_path(name))


def step_to_end(session: Session, qtbot: QtBot) -> None:
    """One whole training step."""
    before = session.snapshot
    session.next_iteration()
    qtbot.waitUntil(lambda: session.snapshot is not before)


def place(session: Session, qtbot: QtBot, x: float, y: float = 0.0) -> None:
    session.scenery.place(x, y)
    qtbot.waitUntil(lambda: session.snapshot.ball.x == pytest.approx(x) and session.snapshot.cursor == 0)


def losses_at(
    experiment: Experiment, session: Session, surface: SurfaceView, places: list[tuple[int, int]]
) -> list[float]:
    """The engine's own loss, in double precision, at points of the grid."""
    compiled = compile_experiment(experiment)
    at, evaluator = session.scenery.plane, Evaluator(compiled.network, compiled.train)
    losses = []
    for i, j in places:
        compiled.network.theta[...] = at.at(surface.xs[j], surface.ys[i])
        losses.append(evaluator.loss())
    return losses


@pytest.mark.parametrize("name", ["toy-car", "circle", "spiral", "iris", "surface-rosenbrock"])
def test_a_finished_surface_has_the_heights_of_the_engine_and_a_coarse_one_nearly(
    opened: Open, qtbot: QtBot, name: str
) -> None:
    experiment = example(name)
    pictures: list[SurfaceView] = []
    session = opened(experiment)
    session.scenery.changed.connect(pictures.append)
    session.scenery.draw()
    qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].final, timeout=20_000)
    rng = np.random.default_rng(0)
    for picture, precision in ((pictures[-1], 1e-12), (pictures[0], 1e-6)):
        places = [tuple(rng.integers(0, side) for side in picture.heights.shape) for _ in range(100)]
        wanted = np.array(losses_at(experiment, session, picture, places))
        found = np.array([picture.heights[place] for place in places])
        assert np.abs(found - wanted).max() <= precision * max(1.0, np.abs(wanted).max())


@pytest.mark.parametrize(
    ("w", "norm", "loss"), [(0.0, 0.1875, 0.125), (3.0, 0.00107737, 0.00056383), (-6.0, 0.00123635, 0.49876214)]
)
def test_the_hikers_spots_promise_what_they_keep(
    opened: Open, qtbot: QtBot, w: float, norm: float, loss: float
) -> None:
    session = opened(from_data(HIKER))
    place(session, qtbot, w)
    assert session.snapshot.ball.loss == pytest.approx(loss, abs=1e-8)
    step_to_end(session, qtbot)
    ball = session.snapshot.ball
    assert ball.gradient_norm == pytest.approx(norm, abs=1e-8)
    assert ball.predicted_change == pytest.approx(-(norm**2), rel=1e-4)
    assert ball.actual_change == pytest.approx(ball.loss - loss, abs=1e-8)
    assert ball.actual_change == pytest.approx(ball.predicted_change, rel=0.2)
    assert ball.felt == pytest.approx((w, 0.0, loss), abs=1e-8)


def test_the_promise_of_adam_is_that_of_its_real_step(opened: Open, qtbot: QtBot) -> None:
    session = opened(from_data(HIKER | {"optimizer": {"kind": "adam", "learning_rate": 0.25}}))
    events = len(session.snapshot.network.events)
    session.go_to(0, events - 1)
    qtbot.waitUntil(lambda: session.snapshot.cursor == events - 1)
    before = session.snapshot
    assert before.ball.step == pytest.approx((0.25, 0.0), abs=1e-6)
    assert before.ball.step_length == pytest.approx(0.25, abs=1e-6)
    assert before.ball.predicted_change == pytest.approx(-0.1875 * 0.25, rel=1e-5)
    session.step()
    qtbot.waitUntil(lambda: session.snapshot.cursor == events)
    moved = session.snapshot.ball
    assert (moved.x - before.ball.x, moved.y - before.ball.y) == pytest.approx(before.ball.step, abs=1e-12)


def test_one_parameter_is_a_valley(opened: Open, qtbot: QtBot) -> None:
    session = opened(from_data(AIRCON))
    surface = session.scenery.surface
    assert surface.is_valley
    assert surface.held == 0
    assert surface.axes[0].label == "b1"
    assert surface.heights[0] == pytest.approx(0.5 * (surface.xs - 24) ** 2, rel=1e-12)
    session.scenery.set_ranges(((14.0, 38.0), (0.0, 0.0)))
    qtbot.waitUntil(lambda: session.scenery.surface.xs[0] == 14.0)
    place(session, qtbot, 35.0)
    step_to_end(session, qtbot)
    assert session.snapshot.ball.gradient_norm == 11.0
    assert session.snapshot.ball.predicted_change == pytest.approx(-0.5 * 121)


def test_axes_can_be_any_two_parameters_and_stay_after_a_reset(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("circle"))
    session.scenery.choose_parameters("L2.b[0]", "L1.W[2,1]", ((-3.0, 1.0), (0.0, 4.0)))
    qtbot.waitUntil(lambda: session.scenery.surface.axes[0].parameter == "L2.b[0]" and is_done(session))
    assert session.scenery.surface.axes[1].label == "W1[2,1]"
    assert session.scenery.view.ranges == ((-3.0, 1.0), (0.0, 4.0))
    session.reset()
    qtbot.waitUntil(lambda: session.scenery.surface is not None)
    assert session.scenery.surface.axes[0].parameter == "L2.b[0]"


@pytest.mark.parametrize("names", [("L9.W[0,0]", "L1.b[0]"), ("L1.W[0,0]", "L1.W[0,0]"), ("W1", "L1.b[0]")])
def test_axes_that_mean_nothing_are_refused_and_the_old_ones_stay(
    opened: Open, qtbot: QtBot, names: tuple[str, str]
) -> None:
    session = opened(example("toy-car"))
    with qtbot.waitSignal(session.scenery.refused):
        session.scenery.choose_parameters(*names)
    assert session.scenery.view.choice.first == "L1.W[0,0]"


def test_two_edges_clicked_in_the_network_become_the_axes(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("circle"))
    session.scenery.offer_edge(0, 0, 1)
    session.scenery.pick_edges(True)
    for edge in ((0, 3, 1), (0, 3, 1), (1, 0, None)):
        session.scenery.offer_edge(*edge)
    qtbot.waitUntil(lambda: session.scenery.view.choice.second == "L2.b[0]")
    assert session.scenery.view.choice.first == "L1.W[3,1]"
    assert not session.scenery.view.picking


def test_random_directions_follow_their_seed(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("circle"))
    planes = []
    for seed in (1, 2, 1):
        with qtbot.waitSignal(session.scenery.axes_changed):
            session.scenery.choose_random(seed)
        planes.append(session.scenery.plane)
    assert np.array_equal(planes[0].u, planes[2].u)
    assert not np.array_equal(planes[0].u, planes[1].u)
    assert session.scenery.view.choice.kind is AxesKind.RANDOM
    qtbot.waitUntil(lambda: (session.snapshot.ball.x, session.snapshot.ball.y) == (0.0, 0.0))


def test_the_directions_of_the_run_need_a_run_and_explain_it(opened: Open, qtbot: QtBot) -> None:
    session = opened(from_data(HIKER))
    with qtbot.waitSignal(session.scenery.refused):
        session.scenery.choose_run()
    for _ in range(6):
        step_to_end(session, qtbot)
    with qtbot.waitSignal(session.scenery.axes_changed):
        session.scenery.choose_run()
    first, second = session.scenery.view.explained
    assert first == pytest.approx(1.0)
    assert second == pytest.approx(0.0, abs=1e-9)


def test_along_the_gradient_the_slope_is_its_length(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("toy-car"))
    with qtbot.waitSignal(session.scenery.axes_changed):
        session.scenery.choose_gradient(1)
    session.go_to(0, len(session.snapshot.network.events) - 3)
    qtbot.waitUntil(lambda: session.snapshot.ball.gradient[0] is not None)
    assert session.snapshot.ball.gradient == pytest.approx((60**0.5, 0.0), abs=1e-9)


def test_a_slice_is_cut_anew_when_the_held_parameters_have_moved(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("toy-car"))
    step_to_end(session, qtbot)
    assert session.snapshot.ball.off_plane > 0
    assert session.scenery.surface.iteration == 0
    session.step()
    qtbot.waitUntil(lambda: session.scenery.surface.iteration == 1 and session.snapshot.ball.off_plane < 1e-12)


def test_a_slice_that_has_not_moved_is_never_drawn_coarser_again(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("circle"))
    scenery, drawn = session.scenery, []
    scenery.changed.connect(lambda view: drawn.append((len(view.xs), view.final)))
    fine = len(scenery.surface.xs)
    with qtbot.waitSignal(scenery.changed, check_params_cb=lambda view: view.final):
        scenery.reslice()
    assert drawn == [(fine, True)]
    step_to_end(session, qtbot)
    with qtbot.waitSignal(scenery.changed, check_params_cb=lambda view: view.final, timeout=5000):
        scenery.reslice()
    assert drawn[1][0] < fine


def test_a_picture_that_is_late_for_a_step_is_not_shown(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("circle"))
    scenery, before = session.scenery, session.scenery.surface
    scenery.reslice()
    scenery.hush()
    late = replace(before, number=before.number + 1)
    scenery._landscape.latest = late
    scenery._show(late)
    assert scenery.surface is before


def test_without_the_automatic_a_slice_stays_until_it_is_asked_for(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("toy-car"))
    session.scenery.set_automatic(False)
    for _ in range(3):
        step_to_end(session, qtbot)
    qtbot.wait(250)
    assert session.scenery.surface.iteration == 0
    assert session.snapshot.ball.loss != pytest.approx(session.snapshot.ball.slice_loss)
    session.scenery.reslice()
    qtbot.waitUntil(lambda: session.scenery.surface.iteration == 3)


def test_placing_moves_only_what_the_axes_move_and_the_old_way_stays_as_a_ghost(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("toy-car"))
    for _ in range(3):
        step_to_end(session, qtbot)
    session.scenery.reslice()
    before = session.snapshot.theta
    place(session, qtbot, -1.0, 0.25)
    after = session.snapshot
    changed = np.flatnonzero(after.theta != before)
    assert after.theta[changed] == pytest.approx([-1.0, 0.25])
    assert after.iteration == 3
    assert len(after.ball.path) == 1
    assert len(after.ball.ghosts) == 1
    assert len(after.ball.ghosts[0]) >= 4


def test_going_back_before_a_placing_and_forth_again_is_exact(opened: Open, qtbot: QtBot) -> None:
    session = opened(from_data(HIKER))
    step_to_end(session, qtbot)
    place(session, qtbot, -1.5, 0.5)
    step_to_end(session, qtbot)
    late = session.snapshot
    session.go_to(0, 3)
    qtbot.waitUntil(lambda: (session.snapshot.iteration, session.snapshot.cursor) == (0, 3))
    assert session.snapshot.ball.x == 0.0
    session.go_to(late.iteration, late.cursor)
    qtbot.waitUntil(lambda: session.snapshot.iteration == late.iteration)
    assert np.array_equal(session.snapshot.theta, late.theta)


def test_of_many_places_in_a_row_the_last_one_counts(opened: Open, qtbot: QtBot) -> None:
    session = opened(example("surface-bowl"))
    shown = []
    session.shown.connect(shown.append)
    for x in np.linspace(-2, 2, 300):
        session.scenery.place(float(x), 0.5)
    qtbot.waitUntil(lambda: session.snapshot.ball.x == pytest.approx(2.0))
    assert len(shown) < 100


def test_a_range_grows_when_the_ball_rolls_out_of_it_unless_it_was_typed(opened: Open, qtbot: QtBot) -> None:
    session = opened(from_data(HIKER))
    session.scenery._since_growth.invalidate()
    session.scenery._since_growth.start()
    qtbot.wait(400)
    place(session, qtbot, -6.0)
    qtbot.waitUntil(lambda: session.scenery.surface.xs[0] < -6.0)
    session.scenery.set_ranges(((-1.0, 1.0), (-1.0, 1.0)))
    qtbot.wait(400)
    place(session, qtbot, 4.0)
    assert session.scenery.view.ranges == ((-1.0, 1.0), (-1.0, 1.0))
    session.scenery.fit_to_path()
    assert session.scenery.view.ranges[0][1] > 4.0


def test_the_ball_waits_for_the_first_picture_of_another_network(qtbot: QtBot, opened: Open) -> None:
    session = opened(example("toy-car"))
    session.open(from_data(HIKER))
    session.scenery.place(0.5, 0.5)
    session.scenery.reslice()
    qtbot.waitUntil(lambda: session.snapshot.theta.size == 2 and is_done(session))  # type: ignore[union-attr]
    place(session, qtbot, 1.0)


def test_the_landscape_of_the_test_set_is_drawn_when_asked_for(opened: Open, qtbot: QtBot) -> None:
    data = HIKER["data"] | {"test_x": [[0.5], [-0.5]], "test_y": [[0.0], [1.0]]}  # type: ignore[operator]
    session = opened(from_data(HIKER | {"data": data}))
    assert session.scenery.has_test
    session.scenery.show_test(True)
    qtbot.waitUntil(lambda: is_done(session) and session.scenery.surface.of_test)
    view, rule = session.scenery.surface, lambda w, b: 1 / (1 + np.exp(-(w * np.array([0.5, -0.5]) + b)))
    for row, column in ((3, 5), (40, 90), (100, 17)):
        answers = rule(view.xs[column], view.ys[row])
        expected = 0.25 * float(np.sum((answers - np.array([0.0, 1.0])) ** 2))
        assert view.heights[row, column] == pytest.approx(expected, rel=1e-6)
    session.scenery.show_test(False)
    qtbot.waitUntil(lambda: is_done(session) and not session.scenery.surface.of_test)
