"""Takes the pictures of the README from the real window.

Run on a screen of at least 1440×900 with OpenGL, for example

    xvfb-run -a -s "-screen 0 1920x1200x24" python packaging/pictures.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from gradgui.__main__ import THREADS  # noqa: F401 - the program's own start-up order
from gradgui.app import Program, can_use_opengl, make_application, run_for
from gradgui.lessons.lesson import lesson_of
from gradgui.session.examples import example_path
from gradgui.session.settings import Settings
from gradgui.text import Language
from gradgui.wiring.classroom import Classroom

FOLDER = Path(__file__).parent / "pictures"
SIZE = (1440, 900)
SETTLE_MS, PATIENCE_MS = 1500, 10_000
"""Waited for by `run_for`: QTest.qWait keeps the interpreter to itself, and the engine's thread would hardly run."""
LEARNING = 150.0
"""Steps a second at which the curves are still falling in the picture; flat out all is learnt at once."""
CURSOR = 14
"""The body's weight has just been asked."""
HANDS = (9, 17, 6)
"""For each answer of the first question."""


def main() -> int:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        for language in Language:
            settings.dark = False
            program = Program(application, settings, language, can_use_opengl(False))
            _backward(program, language)
            if language is Language.ENGLISH:
                _training(program)
                _race(program)
            else:
                _lesson(program)
                _class(program)
            program.documents.forget_changes()
            program.window.close()
    return 0


def _backward(program: Program, language: Language) -> None:
    """The toy car in the middle of its backward pass."""
    _open(program, "toy-car")
    program.session.go_to(0, CURSOR)
    _wait(lambda: _cursor(program) == CURSOR)
    _take(program, f"backward-{language.value}.png")


def _wait(until: Callable[[], bool]) -> None:
    patience = PATIENCE_MS
    while not until() and patience > 0:
        run_for(50)
        patience -= 50


def _cursor(program: Program) -> int:
    return -1 if program.session.snapshot is None else program.session.snapshot.cursor


def _training(program: Program) -> None:
    """A classifier while it learns, in the dark."""
    program.desk.theme.use_dark(True)
    _open(program, "circle")
    program.session.pacing.use_speed(LEARNING)
    program.session.play()
    run_for(2 * SETTLE_MS)
    _take(program, "training-en.png")
    program.session.pause()


def _lesson(program: Program) -> None:
    """The first question of the first lesson."""
    program.lessons.teach(lesson_of("cat"))
    _take(program, "lesson-zh.png")
    program.lessons.run.leave()


def _race(program: Program) -> None:
    """Optimisers that have run from one start, side by side."""
    program.desk.theme.use_dark(False)
    _open(program, "surface-saddle")
    program.window.focus_pane("surface")
    pane = program.desk.views.surface
    pane.open_race()
    pane.race_panel.findChildren(QPushButton)[0].click()
    _wait(lambda: pane.race_panel.race is not None and pane.race_panel.race.done and not pane.race_panel.is_playing)
    _take(program, "race-en.png")
    pane.open_race(False)
    program.window.focus_pane("")


def _class(program: Program) -> None:
    """A class votes: the same question at the projector, with hands to count."""
    program.lessons.teach(lesson_of("cat"))
    program.actions.action("presenter").setChecked(True)
    program.actions.action("poll").trigger()
    run_for(SETTLE_MS)
    card = program.findChild(Classroom).card
    for field, hands in zip(card.fields, HANDS, strict=True):
        field.setText(str(hands))
        field.commit()
    card.go_on()
    _take(program, "class-zh.png")
    program.actions.action("presenter").setChecked(False)
    program.lessons.run.leave()


def _open(program: Program, example: str) -> None:
    program.documents.open(example_path(example))
    program.window.resize(*SIZE)
    program.window.show()
    scenery = program.session.scenery
    _wait(lambda: scenery.surface is not None and scenery.surface.final)
    run_for(SETTLE_MS)


def _take(program: Program, name: str) -> None:
    run_for(SETTLE_MS)
    window = program.window
    window.screen().grabWindow(window.winId()).save(str(FOLDER / name))


if __name__ == "__main__":
    sys.exit(main())
