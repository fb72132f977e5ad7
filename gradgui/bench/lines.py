"""Every line of the benchmark: what is measured, in which unit, who takes part, and what we promise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from gradgui.bench import hand, ours, peers, plain, step, straight, window
from gradgui.bench.cases import DEEP_CASE, DIGITS, SMALL_CASE, TRAINING, Case
from gradgui.bench.measure import Contender, Timing
from gradgui.text import Text

US = ("µs", 1e6)
MS = ("ms", 1e3)
STRAIGHT = "straight line"
PLAIN = "plain NumPy"
MAPS_SIDE, MAPS_WIDTH = 100, 6.0


@dataclass(frozen=True, slots=True)
class Promise:
    """What the product promises on a line."""

    against: str | None = None
    """Our time is at most `factor` times that of this contender …"""
    factor: float = 1.0
    seconds: float | None = None
    """… or at most so long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison; contenders are made only when it is its turn."""

    group: str
    case: str
    unit: tuple[str, float]
    contenders: Callable[[], dict[str, Contender]]
    promise: Promise | None = None
    measured: Callable[[], dict[str, Timing]] | None = None
    """Measures by itself, where contenders cannot take turns."""


GROUPS = {
    "train": Text(en="One training step", zh="一步训练"),
    "surface": Text(en="One loss surface, float32, two threads", zh="一幅损失曲面，float32，两个线程"),
    "first": Text(en="First coarse picture after an edit, 9 × 9", zh="修改后的第一幅粗略曲面，9 × 9"),
    "progressive": Text(en="Loss surface from coarse to fine, up to that picture", zh="由粗到细的损失曲面，累计到该幅"),
    "maps": Text(en="Pictures of all neurons, 100 × 100, float32", zh="所有神经元的图像，100 × 100，float32"),
    "record": Text(en="One training step with time travel", zh="带时间旅行的一步训练"),
    "window": Text(
        en="The real window while 2-8×6-1 trains flat out (only when asked for)",
        zh="真实窗口，2-8×6-1 全速训练（仅在指定时测量）",
    ),
    "hand": Text(
        en="The real window under a hand: edits and a dragged ball (only when asked for)",
        zh="真实窗口的手感：修改与拖动小球（仅在指定时测量）",
    ),
    "step": Text(
        en="The real window, debugging 2-8-8-1 with batches of 200 (only when asked for)",
        zh="真实窗口，调试 2-8-8-1，每批 200 个样本（仅在指定时测量）",
    ),
}
ASKED_FOR = ("window", "hand", "step")
"""Groups that open the window; they are measured only when asked for."""


def all_lines(*, quick: bool) -> list[Line]:
    """In the order in which they are measured; `quick` leaves out what is large and makes the rest smaller."""
    lines = [_train(case) for case in (TRAINING[:2] if quick else TRAINING)]
    side = 21 if quick else 101
    lines += [_surface(SMALL_CASE, side, 500), _surface(DEEP_CASE, side, 500)]
    if not quick:
        lines.append(_surface(DIGITS, 51, DIGITS.count))
    lines += [_first(SMALL_CASE, 500), _first(DEEP_CASE, 500), _first(DIGITS, DIGITS.count)]
    lines += [_progressive(level, 33 if quick else 129) for level in range(3 if quick else 5)]
    lines.append(_maps(DEEP_CASE))
    return [*lines, _record(SMALL_CASE), _record(DEEP_CASE)]


def window_lines() -> list[Line]:
    """What the window promises; it opens, so these are measured only when asked for."""
    return [
        Line("window", "training step, all views alive", US, dict, Promise("headless", 1.333), window.step),
        Line("window", "picture, 99th of 100", MS, dict, Promise(seconds=0.033), window.picture),
        Line("window", "from one set of all neuron maps to the next", MS, dict, Promise(seconds=0.1), window.maps),
    ]


def hand_lines(*, quick: bool, among: tuple[str, ...] = ()) -> list[Line]:
    """How the window answers an edit and a drag, example by example; of all, or of those asked for."""
    named = among or hand.names(quick=quick)
    groups: list[tuple[str, Sequence[str], Callable[..., dict[str, Timing]], float]] = [
        ("first picture after an edit", named, hand.edit, 0.050),
        ("finished picture after an edit", [name for name in named if name in hand.LARGE], hand.finished, 5.0),
        ("dragged ball, 99th of 100 frames", [name for name in named if name in hand.DRAGGED], hand.drag, 0.033),
    ]
    return [
        Line("hand", f"{what}, {name}", MS, dict, Promise(seconds=limit), partial(found, name, named, quick=quick))
        for what, some, found, limit in groups
        for name in some
    ]


def step_lines(*, quick: bool) -> list[Line]:
    """How the debugger answers its keys, with the landscape and with the map in its place."""
    measured: list[tuple[str, Callable[..., dict[str, Timing]], float]] = [
        ("from a key to the painted step", step.step, 0.050),
        (f"from a jump among {step.ITERATIONS:,} training steps to its picture", step.jump, 0.100),
    ]
    return [
        Line("step", f"{what}, {view}", MS, dict, Promise(seconds=limit), partial(found, flat=flat, quick=quick))
        for view, flat in (("landscape", False), ("map", True))
        for what, found, limit in measured
    ]


def asked_lines(group: str, *, quick: bool, among: tuple[str, ...] = ()) -> list[Line]:
    """The lines of a group that opens the window; under a hand, only `among` these examples."""
    makers: dict[str, Callable[[], list[Line]]] = {
        "window": window_lines,
        "hand": partial(hand_lines, quick=quick, among=among),
        "step": partial(step_lines, quick=quick),
    }
    return makers[group]()


def _train(case: Case) -> Line:
    def contenders() -> dict[str, Contender]:
        return {
            "gradgui": ours.epoch(case),
            "gradgui, shuffled": ours.epoch(case, shuffle=True),
            STRAIGHT: straight.epoch(case),
            PLAIN: plain.epoch(case),
            **peers.epoch(case),
        }

    return Line("train", case.title, US, contenders, Promise(STRAIGHT, 1.25))


def _surface(case: Case, side: int, count: int) -> Line:
    def contenders() -> dict[str, Contender]:
        return {
            "gradgui": ours.surface(case, side, count),
            STRAIGHT: straight.surface(case, side, count),
            PLAIN: plain.surface(case, side, count),
            **peers.surface(case, side, count),
        }

    title = f"{case.name}, {side} × {side}, {count} samples"
    return Line("surface", title, MS, contenders, Promise(STRAIGHT, 1.25))


def _first(case: Case, count: int) -> Line:
    def contenders() -> dict[str, Contender]:
        return {"gradgui": ours.first_picture(case, count), PLAIN: plain.surface(case, 9, count)}

    return Line("first", f"{case.name}, {count} samples", MS, contenders, Promise(seconds=0.020))


def _progressive(level: int, finest: int) -> Line:
    def contenders() -> dict[str, Contender]:
        return {"gradgui": ours.until_level(DEEP_CASE, 500, finest, level)}

    side = 8 * 2**level + 1
    return Line("progressive", f"{DEEP_CASE.name}, {side} × {side}", MS, contenders)


def _maps(case: Case) -> Line:
    line = np.linspace(-MAPS_WIDTH, MAPS_WIDTH, MAPS_SIDE)
    x, y = np.meshgrid(line, line)
    points = np.stack([x.ravel(), y.ravel()], axis=1)

    def contenders() -> dict[str, Contender]:
        return {
            "gradgui": ours.maps(case, points, MAPS_SIDE),
            STRAIGHT: straight.maps(case, points),
            PLAIN: plain.maps(case, points),
            **peers.maps(case, points),
        }

    return Line("maps", f"{case.name}, {sum(case.sizes[1:])} neurons", MS, contenders, Promise(seconds=0.001))


def _record(case: Case) -> Line:
    def contenders() -> dict[str, Contender]:
        return {"recording": ours.recorded(case), "not recording": ours.unrecorded(case)}

    return Line("record", case.title, US, contenders, Promise("not recording", 1.05))
