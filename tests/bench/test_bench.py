"""The benchmark measures what it says and says what it measured; how fast it was is nobody's business here."""

from __future__ import annotations

import json
import time
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gradgui.bench import main, ours, peers, plain, straight
from gradgui.bench.cases import DEEP_CASE, DIGITS, SMALL_CASE, TRAINING, Case
from gradgui.bench.lines import ASKED_FOR, GROUPS, Line, Promise, all_lines, hand_lines, step_lines, window_lines
from gradgui.bench.measure import Contender, Pace, Timing, measure
from gradgui.bench.paints import Paints
from gradgui.bench.report import promise_kept
from gradgui.session.examples import examples


class Teller(QObject):
    shown = Signal(object)


TINY_DIGITS = Case("6-5-3 ReLU", (6, 5, 3), 4, 10, classes=True)


def test_a_line_comes_out_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--json", "--only", "record"]) == 0
    said = capsys.readouterr()
    result = json.loads(said.out)
    assert {"cpu", "cores", "load", "numpy", "peers"} <= result["machine"].keys()
    assert [line["case"] for line in result["lines"]] == [SMALL_CASE.title, DEEP_CASE.title]
    for line in result["lines"]:
        assert line["kept"] in (True, False)
        assert list(line["results"]) == ["recording", "not recording"]
        assert all(0 < each["best_s"] <= each["median_s"] for each in line["results"].values())
        assert line["results"]["recording"]["ratio"] == 1
    assert said.err.count("record") == 2


@pytest.mark.parametrize(("language", "title"), [("en", "Pictures of all neurons"), ("zh", "所有神经元的图像")])
def test_a_line_comes_out_as_a_table(language: str, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--only", "maps", "progressive", "--lang", language]) == 0
    table = capsys.readouterr().out
    assert title in table
    assert "plain NumPy" in table
    assert "1.00 ×" in table


def test_every_group_has_a_line_and_a_title() -> None:
    for quick in (True, False):
        assert {line.group for line in all_lines(quick=quick)} == set(GROUPS) - set(ASKED_FOR)


def test_quick_is_a_part_of_the_whole() -> None:
    assert len(all_lines(quick=True)) < len(all_lines(quick=False))


@pytest.mark.parametrize("case", [SMALL_CASE, TINY_DIGITS], ids=lambda case: case.name)
def test_everybody_does_the_same_work(case: Case) -> None:
    side, count = 3, 10
    pictures = []
    for everybody in (ours, plain, straight):
        contender = everybody.surface(case, side, count)
        pictures.append(np.ravel(contender.run()))  # type: ignore[call-overload]
        contender.close()
    np.testing.assert_allclose(pictures[0], pictures[1], rtol=1e-5)
    np.testing.assert_allclose(pictures[2], pictures[1], rtol=1e-5)


@pytest.mark.parametrize("case", [SMALL_CASE, TINY_DIGITS], ids=lambda case: case.name)
def test_the_reference_learns_what_we_learn(case: Case) -> None:
    trainer = ours.trainer(case)
    trainer.run(trainer.steps_per_epoch)
    reference = straight.Epoch(case)
    reference.run()
    np.testing.assert_allclose(reference.theta, trainer.network.theta, rtol=1e-10)
    assert reference.steps == trainer.steps_per_epoch
    layers = plain.Epoch(case)
    layers.run()
    flat = np.concatenate([np.column_stack(pair).ravel() for pair in layers.layers])
    np.testing.assert_allclose(flat, trainer.network.theta, rtol=1e-10)


def test_maps_agree() -> None:
    points = np.random.default_rng(0).standard_normal((9, 2))
    pictures = ours.maps(SMALL_CASE, points, 3).run()
    answers = plain.maps(SMALL_CASE, points).run()
    for picture, answer in zip(pictures, answers[1:], strict=True):  # type: ignore[call-overload,index]
        np.testing.assert_allclose(picture.reshape(len(picture), -1), answer.T, rtol=1e-4, atol=1e-6)
    straight.maps(SMALL_CASE, points).run()


def test_the_first_picture_starts_from_nothing() -> None:
    ours.first_picture(SMALL_CASE, 10).run()
    up_to_the_second = ours.until_level(SMALL_CASE, 10, 17, 1)
    up_to_the_second.run()
    up_to_the_second.close()


def test_installed_peers_do_the_work() -> None:
    found = peers.epoch(SMALL_CASE) | peers.epoch(TINY_DIGITS)
    found |= peers.surface(SMALL_CASE, 3, 10) | peers.maps(SMALL_CASE, np.zeros((9, 2)))
    assert "HIPS autograd" in found
    for contender in found.values():
        contender.run()
    assert set(peers.versions()) | set(peers.missing()) == set(peers.MODULES.values())


def test_hips_autograd_is_spared_large_networks() -> None:
    assert "HIPS autograd" not in peers.epoch(TRAINING[-1])


def test_contenders_take_turns() -> None:
    order: list[str] = []
    both = {name: Contender(lambda name=name: order.append(name)) for name in "ab"}  # type: ignore[misc]
    timings = measure(both, Pace(rounds=3, slice_s=0.0))
    assert "".join(order).endswith("ababab")
    assert timings["a"].ratio == 1


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        (None, None),
        (Promise(seconds=2.0), True),
        (Promise(seconds=0.5), False),
        (Promise("other", 1.25), False),
        (Promise("other", 2.0), True),
    ],
)
def test_a_promise_is_held_against_the_first(promise: Promise | None, kept: bool | None) -> None:
    timings = {"gradgui": Timing(1.0, 0.9, 1.0), "other": Timing(0.6, 0.5, 0.6)}
    assert promise_kept(Line("train", "", ("s", 1), dict, promise), timings) is kept


def test_digits_have_the_shape_of_the_real_ones() -> None:
    x, y = DIGITS.samples(20)
    assert (x.shape, y.shape) == ((20, 64), (20, 10))
    assert (y.sum(axis=1) == 1).all()


def test_the_window_is_measured_only_when_asked_for_and_makes_three_promises() -> None:
    assert "window" in GROUPS
    assert all(line.group != "window" for line in all_lines(quick=True))
    lines = window_lines()
    assert [line.promise is not None and line.measured is not None for line in lines] == [True] * 3


def test_every_example_is_edited_in_the_window_and_balls_are_dragged() -> None:
    lines = hand_lines(quick=False)
    assert {line.group for line in lines} == {"hand"}
    limits = {
        name: line.promise.seconds for name, _ in examples() for line in lines if line.case.endswith(f"edit, {name}")
    }
    assert limits.keys() == {name for name, _ in examples()}
    assert {line.promise.seconds for line in lines if line.case.startswith("first")} == {0.05}
    assert {line.promise.seconds for line in lines if line.case.startswith("dragged")} == {0.033}


def test_under_a_hand_a_few_examples_can_be_asked_for_and_others_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = hand_lines(quick=False, among=("spiral", "iris"))
    assert [line.case.rsplit(", ", 1)[1] for line in lines] == ["spiral", "iris", "spiral"]
    with pytest.raises(SystemExit):
        main(["--only", "hand", "--examples", "atlantis"])
    assert "atlantis" in capsys.readouterr().err


def test_steps_and_jumps_are_measured_with_the_landscape_and_with_the_map() -> None:
    lines = step_lines(quick=False)
    assert [line.promise.seconds for line in lines] == [0.05, 0.1] * 2
    assert [line.case.rsplit(", ", 1)[1] for line in lines] == ["landscape"] * 2 + ["map"] * 2


def test_a_picture_that_follows_at_once_belongs_to_the_answer_where_it_is_waited_for(qtbot: QtBot) -> None:
    label = QLabel("1")
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    later = QTimer(label, singleShot=True, interval=0)
    later.timeout.connect(lambda: (time.sleep(0.02), label.setText("3")))
    teller = Teller()
    teller.shown.connect(lambda _: (label.setText("2"), later.start()))
    paints = Paints(label)
    assert 0.02 <= paints.seconds(partial(teller.shown.emit, 1), teller.shown, pictures=2) < 1
    assert label.text() == "3"
