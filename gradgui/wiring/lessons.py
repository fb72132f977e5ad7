"""Lessons: from the gallery and the panel to the session and back, and what a student has finished."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.lessons.gallery import Gallery
from gradgui.gui.lessons.panel import LessonPanel
from gradgui.lessons.lesson import Lesson, all_lessons
from gradgui.lessons.own import read_own
from gradgui.session.lesson_progress import Progress
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Text
from gradgui.wiring.desk import Desk
from gradgui.wiring.leaving import Leaving

ALL_DONE = Text(
    en="That was the last lesson. Everything in the window is yours now.",
    zh="这是最后一课。现在，窗口里的一切都随你使用。",
)


class Lessons(QObject):
    """Opens lessons and remembers how far the student got."""

    def __init__(self, desk: Desk, leaving: Leaving, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._leaving = desk, leaving
        self.run = run = LessonRun(desk.session, self)
        self.panel = panel = LessonPanel(run, desk.speech, desk.theme, desk.icons)
        desk.window.hang_lesson(panel)
        self.progress = Progress(desk.settings.folder, self)
        self.gallery = Gallery(all_lessons(), self.progress.share, desk.speech, desk.theme, desk.icons, desk.window)
        self.gallery.lesson_chosen.connect(self.teach)
        self.gallery.progress_dropped.connect(self.progress.forget)
        desk.actions.action("lessons").triggered.connect(self.gallery.toggle)
        panel.gallery_asked.connect(self.gallery.show)
        panel.next_lesson_asked.connect(self._teach_next)
        panel.welcome.lesson_asked.connect(self._teach_first)
        panel.welcome.dismissed.connect(self._dismiss)
        run.changed.connect(self._show)
        run.step_done.connect(self.progress.note)
        desk.session.reins.refused.connect(self._say)
        desk.window.show_lesson(False)

    def invite(self) -> None:
        """At the first start: three sentences beside the network."""
        if not self.progress.welcomed:
            self._desk.window.show_lesson(True)

    @Slot(object)
    def teach(self, lesson: Lesson) -> None:
        """Open a lesson, once what was built before is safe."""
        self._leaving.leave(lambda: self._open(lesson))

    def _open(self, lesson: Lesson) -> None:
        self.progress.welcome()
        self._desk.window.show_lesson(True)
        self.run.open(lesson)

    def teach_file(self, path: Path) -> bool:
        """Teach a lesson of the teacher's own; what is wrong in it is said, and what was open stays."""
        try:
            lesson = read_own(path)
        except UserError as error:
            self._desk.window.notices.show_error(error)
            return False
        self.teach(lesson)
        return True

    @Slot()
    def _teach_first(self) -> None:
        self.teach(all_lessons()[0])

    @Slot()
    def _teach_next(self) -> None:
        state = self.run.state
        following = [lesson for lesson in all_lessons() if state is not None and lesson.order > state.lesson.order]
        if following:
            self.teach(following[0])
        else:
            self.run.leave()
            self._desk.window.notices.tell(ALL_DONE)

    @Slot()
    def _dismiss(self) -> None:
        self.progress.welcome()
        self._desk.window.show_lesson(False)

    @Slot(object)
    def _show(self, state: LessonState | None) -> None:
        waits = state is not None and not state.wandering and state.now.stage in (Stage.ASKING, Stage.REVEALING)
        self._desk.window.tool_bar.set_quiet(waits)
        if state is None:
            self._desk.window.show_lesson(False)

    @Slot(object)
    def _say(self, reason: Text) -> None:
        self._desk.window.say(reason)
        if self.run.state is not None:
            self.run.hands.said.emit(reason)
