"""A monkey at keyboard and mouse: random real events on the real window, and a short script of what broke it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from gradgui.app import Program
from gradgui.document.edits import forget_parameters
from gradgui.document.experiment import Experiment
from gradgui.session.examples import example_path, examples
from tests.hardening.watching import listening, rest
from tests.hardening.window import opened, wait

Event = tuple[str, tuple[object, ...]]
"""What to do, and the numbers it needs: places are shares of the window, so that a script fits every size."""

KEYS = (
    "F10", "F10", "F10", "N", "F8", "F8", "B", "F5", "F6", "F5", "F6", "Ctrl+R", "Ctrl+Right", "Ctrl+Left", "F11", "I",
    "Shift+F11", "U", "Shift+F8", "F9", "Ctrl+F10", "Ctrl+B", "Alt+1", "Ctrl+G", "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z",
    "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Tab", "Tab", "Shift+Tab", "Return", "Escape", "Space", "Delete",
    "Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End", "+", "-", "Backspace", "F2",
    "Menu", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+T", "Ctrl+Shift+P", "Ctrl+Shift+K",
)  # fmt: skip
RARE_KEYS = ("Ctrl+L", "Ctrl+D", "Ctrl+Shift+F", "Ctrl+Shift+D", "Ctrl+=", "Ctrl+-", "Ctrl+0", "Ctrl+N", "Ctrl+O")
"""They draw everything anew, which is slow, or open another document."""
LETTERS = "0123456789.-+e()*/xywLd^ ≤损失NaN"
SIZES = ((1024, 640), (1280, 720), (1440, 900), (1600, 1000))
FORBIDDEN = ("quit",)
"""Ends the play."""
ROUND = 2000
"""After so many events everything is undone, and another example opened."""


@dataclass
class Trouble(Exception):  # noqa: N818 - what a user would call it
    """What went wrong, and the events that led there."""

    what: str
    events: list[Event] = field(default_factory=list)
    example: str = "toy-car"

    def __str__(self) -> str:
        script = ",\n    ".join(map(repr, self.events))
        return f"{self.what}\n{len(self.events)} events on {self.example}:\n[\n    {script}\n]"


# ── What a monkey wants ──────────────────────────────────────────────────────────────────────────


def wishes(seed: int) -> Iterator[Event]:
    """One event after the other, the same for the same seed."""
    chance = random.Random(seed)
    kinds: tuple[tuple[Callable[[random.Random], Event], int], ...] = (
        (_key, 38), (_click, 26), (_drag, 8), (_wheel, 8), (_text, 5), (_double, 4), (_move, 6), (_menu, 3),
        (_pause, 2),
    )  # fmt: skip
    makers, weights = zip(*kinds, strict=True)
    while True:
        if chance.random() < 0.002:
            yield "resize", chance.choice(SIZES)
        elif chance.random() < 0.004:
            yield "key", (chance.choice(RARE_KEYS),)
        else:
            yield chance.choices(makers, weights)[0](chance)


def _place(chance: random.Random) -> tuple[float, float]:
    return round(chance.random(), 3), round(chance.random(), 3)


def _key(chance: random.Random) -> Event:
    return "key", (chance.choice(KEYS),)


def _click(chance: random.Random) -> Event:
    return "click", _place(chance)


def _double(chance: random.Random) -> Event:
    return "double", _place(chance)


def _move(chance: random.Random) -> Event:
    return "move", _place(chance)


def _menu(chance: random.Random) -> Event:
    return "right", _place(chance)


def _drag(chance: random.Random) -> Event:
    return "drag", (*_place(chance), *_place(chance))


def _wheel(chance: random.Random) -> Event:
    return "wheel", (*_place(chance), chance.choice((-240, -120, 120, 240)), chance.random() < 0.2)


def _text(chance: random.Random) -> Event:
    return "text", ("".join(chance.choices(LETTERS, k=chance.randint(1, 6))),)


def _pause(chance: random.Random) -> Event:
    return "pause", (chance.randint(1, 30),)


# ── What it does ─────────────────────────────────────────────────────────────────────────────────


class Hands(QObject):
    """Turn wishes into events on what is in front: a menu, a dialog or the window; count them."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.window: QWidget = program.window
        self.done = 0
        self._numbers: Sequence[object] = ()
        self._presses = 0
        # A menu under a button keeps the click waiting until it is closed: somebody must walk through it meanwhile.
        self._helper = QTimer(self, interval=15)
        self._helper.timeout.connect(self._help)

    def do(self, event: Event) -> None:
        """One wish; then let the program work."""
        name, numbers = event
        self._numbers, self._presses = numbers, 0
        self._helper.start()
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(modal, QFileDialog):
            modal.reject()
        elif popup is not None and name != "pause":
            self._in_menu(popup, name, numbers)
        else:
            getattr(self, f"_{name}")(modal or self.window, *numbers)
        QApplication.processEvents()
        self._helper.stop()

    @Slot()
    def _help(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        self._presses += 1
        if popup is not None and self._presses > 6:
            popup.close()
        elif popup is not None:
            self._in_menu(popup, "key", (*self._numbers, self._presses))
        elif isinstance(modal, QFileDialog):
            modal.reject()

    def _in_menu(self, popup: QWidget, name: str, numbers: Sequence[object]) -> None:
        """Walk down a menu and take something, or leave it."""
        choice = sum(map(ord, repr(numbers))) % 8
        keys = {0: Qt.Key.Key_Return, 1: Qt.Key.Key_Escape, 2: Qt.Key.Key_Escape, 3: Qt.Key.Key_Up}
        QTest.keyClick(popup, keys.get(choice, Qt.Key.Key_Down))
        self.done += 2
        if name == "resize" and isinstance(popup, QMenu):
            popup.close()

    def _key(self, front: QWidget, keys: str) -> None:
        pressed = QKeySequence(keys)[0]
        QTest.keyClick(_focus(front), pressed.key(), pressed.keyboardModifiers())
        self.done += 2

    def _text(self, front: QWidget, letters: str) -> None:
        target = _focus(front)
        for letter in letters:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
            self.done += 2

    def _click(self, front: QWidget, x: float, y: float) -> None:
        widget, point = _under(front, x, y)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.done += 2

    def _right(self, front: QWidget, x: float, y: float) -> None:
        widget, point = _under(front, x, y)
        QTest.mouseClick(widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, point)
        self.done += 2

    def _double(self, front: QWidget, x: float, y: float) -> None:
        widget, point = _under(front, x, y)
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.done += 4

    def _move(self, front: QWidget, x: float, y: float) -> None:
        widget, point = _under(front, x, y)
        QTest.mouseMove(widget, point)
        self.done += 1

    def _drag(self, front: QWidget, x: float, y: float, to_x: float, to_y: float) -> None:
        widget, point = _under(front, x, y)
        goal = widget.mapFrom(front, QPoint(round(to_x * front.width()), round(to_y * front.height())))
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        for step in range(1, 5):
            QTest.mouseMove(widget, point + (goal - point) * step / 4)
            QApplication.processEvents()
            if not isValid(widget):  # a field that has closed meanwhile: the hand lets go of nothing
                return
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, goal)
        self.done += 6

    def _wheel(self, front: QWidget, x: float, y: float, delta: int, with_control: bool) -> None:
        widget, point = _under(front, x, y)
        keys = Qt.KeyboardModifier.ControlModifier if with_control else Qt.KeyboardModifier.NoModifier
        turned = QWheelEvent(
            QPointF(point), QPointF(widget.mapToGlobal(point)), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, turned)
        self.done += 1

    def _pause(self, _front: QWidget, milliseconds: int) -> None:
        rest(milliseconds)

    def _resize(self, _front: QWidget, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.done += 1


def _focus(front: QWidget) -> QWidget:
    inside = front.focusWidget()
    return inside if inside is not None and inside.isVisible() else front


def _under(front: QWidget, x: float, y: float) -> tuple[QWidget, QPoint]:
    point = QPoint(round(x * (front.width() - 1)), round(y * (front.height() - 1)))
    child = front.childAt(point)
    return (front, point) if child is None else (child, child.mapFrom(front, point))


# ── Play ─────────────────────────────────────────────────────────────────────────────────────────


def play(
    application: QApplication, folder: Path, seed: int, events: int, say: Callable[[str], object],
    note: Callable[[Event], object] = repr,
) -> int:  # fmt: skip
    """So many events from one seed; gives how many were really sent. Raises Trouble, shrunk to a short script.

    `note` hears of every event before it is sent, and of every example that is opened.
    """
    chance, wished, sent = random.Random(seed), wishes(seed), 0
    names = [name for name, _ in examples()]
    with opened(application, folder) as program:
        for name in FORBIDDEN:
            program.actions.action(name).setEnabled(False)
        while sent < events:
            example = chance.choice(names) if sent else "toy-car"
            note(("open", (example,)))
            try:
                sent += _one_round(program, example, wished, min(ROUND, events - sent), note)
            except Trouble as trouble:
                say(f"seed {seed}, after {sent} events: {trouble.what}\nshrinking {len(trouble.events)} events")
                found = trouble
                break
            say(f"seed {seed}: {sent} events")
        else:
            return sent
    raise shrunk(application, folder, found)


def _one_round(
    program: Program, example: str, wished: Iterator[Event], most: int, note: Callable[[Event], object]
) -> int:
    with listening() as heard:
        settle(program)
        program.documents.forget_changes()
        program.documents.open(example_path(example))
        program.window.focus_pane("")
        history, start, done = program.session.editing.history, program.session.experiment, []
        hands = Hands(program)
        while hands.done < most:
            event = next(wished)
            done.append(event)
            note(event)
            hands.do(event)
            if heard:
                raise Trouble(heard[0], done, example)
            if program.session.experiment is None or _is_another(program, history):
                break  # a new document: the next round begins
        settle(program)
        _check_undo(program, history, start, done, example)
        if heard:
            raise Trouble(heard[0], done, example)
    return hands.done


def _is_another(program: Program, history: object) -> bool:
    """Whether another document is open: each has a history of its own."""
    return program.session.editing.history is not history


def _check_undo(program: Program, opened_with: object, start: object, done: list[Event], example: str) -> None:
    """Undo everything: what was opened must be there again, also when a lesson lies over it."""
    program.lessons.run.leave()
    history = program.session.editing.history
    if history is None or _is_another(program, opened_with):
        return
    program.session.pause()
    for _ in range(10_000):
        if not history.can_undo:
            break
        program.session.editing.undo()
        QApplication.processEvents()
    assert isinstance(start, Experiment)
    if forget_parameters(history.present) != forget_parameters(start):  # the weights of the first edit's moment stay
        raise Trouble("undoing everything does not lead back to the start", done, example)


def settle(program: Program) -> None:
    """Nothing in front of the window, nothing runs."""
    for _ in range(20):
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(modal, QDialog):
            modal.reject()
        else:
            break
        QApplication.processEvents()
    program.session.pause()
    QApplication.processEvents()


# ── Shrinking ────────────────────────────────────────────────────────────────────────────────────

PATIENCE_S = 120.0


def shrunk(application: QApplication, folder: Path, trouble: Trouble, patience_s: float = PATIENCE_S) -> Trouble:
    """The same trouble with as few events as can be found in the time."""
    end, best = time.monotonic() + patience_s, trouble
    parts = 2
    while len(best.events) > 1 and time.monotonic() < end:
        size = max(1, len(best.events) // parts)
        for cut in range(0, len(best.events), size):
            rest = best.events[:cut] + best.events[cut + size :]
            again = replay(application, folder, rest, best.example)
            if again is not None:
                best, parts = again, max(2, parts - 1)
                break
            if time.monotonic() > end:
                break
        else:
            if size == 1:
                break
            parts *= 2
    return best


def replay(application: QApplication, folder: Path, events: list[Event], example: str) -> Trouble | None:
    """Do it again in a new window; the trouble, if it comes again."""
    with opened(application, folder, example) as program, listening() as heard:
        hands = Hands(program)
        history, start = program.session.editing.history, program.session.experiment
        for number, event in enumerate(events, 1):
            hands.do(event)
            if heard:
                return Trouble(heard[0], events[:number], example)
        settle(program)
        wait(lambda: True)
        if heard:
            return Trouble(heard[0], events, example)
        try:
            _check_undo(program, history, start, events, example)
        except Trouble as again:
            return again
    return None
