"""Lessons: from the gallery and the panel to the session and back, and what a student has finished."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.lessons.gallery import Gallery
from gradgui.gui.lessons.panel import LessonPanel
from gradgui.gui.lessons.tour import Spot, Tour
from gradgui.lessons.lesson import Lesson, all_lessons, short_course
from gradgui.lessons.own import read_own
from gradgui.session.lesson_progress import Progress
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Text
from gradgui.wiring.desk import Desk
from gradgui.wiring.leaving import Leaving

ALL_DONE = Text(
    en="That was the last lesson. Everything in the window is yours now.",
    zh="课都上完了。现在，窗口里的一切都随你使用。",
)
COURSE_DONE = Text(
    en="That was the course. The other lessons are in the list of lessons, with the open book above.",
    zh="今天的课上完了。其余的课在课程列表里，点上面那本打开的书就能看到。",
)


STEP_WORDS = Text(
    en="Step runs one event of a training step, Step back undoes it exactly. Play trains without stopping.",
    zh="“步进”执行训练中的一个事件，“后退”把它原样撤回，“播放”则连续训练。",
)
NETWORK_WORDS = Text(
    en="The network: numbers walk to the right, then blame walks back from the loss."
    " A “?” means: not computed yet. Point at any line, click it, type another weight.",
    zh="这是网络：数从左往右算，责任再从损失往回走。“?”表示还没算到。把鼠标停在连线上看数，点一下就能改权重。",
)
SURFACE_WORDS = Text(
    en="The loss surface of this very network. The ball is where it stands now; drag it.",
    zh="这就是这个网络的损失曲面。小球是它此刻的位置，可以拖动。",
)
DEBUGGER_WORDS = Text(
    en="The debugger: every event, its formula with the real numbers, and a report of who must change, and why.",
    zh="这是调试器：每一个事件、代入真实数字的公式，还有一份报告，说明谁该改、为什么。",
)


class Lessons(QObject):
    """Opens lessons and remembers how far the student got."""

    def __init__(self, desk: Desk, leaving: Leaving, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.run = run = LessonRun(desk.session, self)
        self.panel = panel = LessonPanel(run, desk.speech, desk.theme, desk.icons)
        desk.window.hang_lesson(panel)
        self.progress = Progress(desk.settings.folder, self)
        desk.actions.action("lessons").triggered.connect(self._toggle_gallery)
        panel.gallery_asked.connect(self._show_gallery)
        panel.next_lesson_asked.connect(self.teach_next)
        panel.welcome.lesson_asked.connect(self._teach_first)
        panel.welcome.dismissed.connect(self._dismiss)
        self.tour = Tour(_spots(desk), desk.speech, desk.theme, desk.window)
        panel.welcome.tour_asked.connect(self._show_around)
        desk.actions.action("tour").triggered.connect(self._show_around)
        desk.window.addAction(desk.actions.action("tour"))
        leaving.begun.connect(run.leave)
        run.changed.connect(self._show)
        run.step_done.connect(self.progress.note)
        desk.session.reins.refused.connect(self._say)
        desk.window.show_lesson(False)

    @cached_property
    def gallery(self) -> Gallery:
        """All lessons at a glance; read and built when it is first asked for, not while the window opens."""
        desk = self._desk
        gallery = Gallery(all_lessons(), self.progress.share, desk.speech, desk.theme, desk.icons, desk.window)
        gallery.lesson_chosen.connect(self.teach)
        gallery.progress_dropped.connect(self.progress.forget)
        gallery.course_chosen.connect(self._begin_course)
        return gallery

    def invite(self) -> None:
        """At the first start: three sentences beside the network."""
        if not self.progress.welcomed:
            self._desk.window.show_lesson(True)

    @Slot(object)
    def teach(self, lesson: Lesson, row: tuple[Lesson, ...] | None = None) -> None:
        """Open a lesson of a row; what was built before waits behind it, unsaved changes and all, and comes back."""
        self.panel.row = all_lessons() if row is None else row
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
    def _show_around(self) -> None:
        """Every place of the walk is in sight before it begins."""
        if self._desk.window.focused_pane:
            self._desk.window.focus_pane("")
        self._desk.window.bring_forward("network")
        self.tour.begin()

    @Slot()
    def _toggle_gallery(self) -> None:
        self.gallery.toggle()

    @Slot()
    def _show_gallery(self) -> None:
        self.gallery.show()

    @Slot()
    def _teach_first(self) -> None:
        self.teach(all_lessons()[0])

    @Slot()
    def teach_next(self) -> None:
        """The lesson after the open one; after the last one, the window is the student's."""
        state = self.run.state
        row = self.panel.row
        following = [lesson for lesson in row if state is not None and lesson.order > state.lesson.order]
        if following:
            self.teach(following[0], row)
        else:
            self.run.leave()
            self._desk.window.notices.tell(ALL_DONE if row is all_lessons() else COURSE_DONE)

    @Slot()
    def _begin_course(self) -> None:
        """From the first lesson of the course that is not finished."""
        course = short_course()
        self.teach(next((lesson for lesson in course if self.progress.share(lesson) < 1), course[0]), course)

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


def _spots(desk: Desk) -> tuple[Spot, ...]:
    window = desk.window
    return (
        Spot(window.tool_bar.step_button, STEP_WORDS),
        Spot(window.pane("network"), NETWORK_WORDS),
        Spot(window.pane("surface"), SURFACE_WORDS),
        Spot(window.pane("debugger"), DEBUGGER_WORDS),
    )
