"""In front of a class: votes on the open question, a lesson that plays by itself, paper, and what the class did."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from gradgui.document.disk import write_bytes
from gradgui.errors import UserError
from gradgui.gui.classroom.poll_card import PollCard
from gradgui.lessons.lesson import Predict
from gradgui.lessons.poll import Poll
from gradgui.session.autoplay import AutoPlay
from gradgui.session.class_book import ClassBook
from gradgui.session.lesson_state import LessonState
from gradgui.text import Text
from gradgui.wiring.desk import Desk
from gradgui.wiring.lessons import Lessons

NO_LESSON = Text(en="Open a lesson first: F1.", zh="请先打开一课：F1。")
NO_QUESTION = Text(
    en="There is nothing to vote on here: this step is something to do.", zh="这一步是动手做的，没有可以表决的问题。"
)
PLAYS = Text(
    en="The lesson plays by itself and waits at questions. + and − change its speed, any other key takes over.",
    zh="课程正在自动播放，遇到问题会停下。按 + 和 − 调速度，按其他任意键接管。",
)
SPEED = Text(en="The lesson plays at speed ×{speed}.", zh="课程以 ×{speed} 的速度播放。")
TAKEN_OVER = Text(en="You have the lesson again.", zh="课程交还给您。")
SHEET = Text(en="Worksheet (*.pdf)", zh="学习单 (*.pdf)")
WITH_ANSWERS = Text(en="Worksheet with answers (*.pdf)", zh="学习单和答案 (*.pdf)")
GUIDE = Text(en="Teacher's page (*.pdf)", zh="教师用页 (*.pdf)")
PRINT = Text(en="Save the paper of this lesson", zh="保存本课的学习单")
VOTES = Text(en="Save the votes of the class", zh="保存全班的表决结果")
TABLE = Text(en="Table (*.csv)", zh="表格 (*.csv)")
SAVED = Text(en="Saved as {name}.", zh="已保存为 {name}。")
SPEED_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1}
NO_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
"""Alone they are on their way to something else."""
KEYS = ("poll", "auto_play", "handout", "class_votes")


class Classroom(QObject):
    """What only teachers need; nothing here changes what a lesson says."""

    vote_moved = Signal()
    """A vote was opened, shown, begun again or closed."""

    def __init__(self, desk: Desk, lessons: Lessons, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._run = desk, lessons.run
        self.auto = AutoPlay(lessons.run, self)
        self._swallow = False
        self.auto.changed.connect(self._show_playing)
        action = desk.actions.action
        action("poll").triggered.connect(self._vote)
        action("auto_play").toggled.connect(self._play)
        action("handout").triggered.connect(self._ask_for_paper)
        action("class_votes").triggered.connect(self._ask_for_table)
        desk.window.addActions([action(name) for name in KEYS])
        desk.window.closing.connect(self._end)

    @cached_property
    def book(self) -> ClassBook:
        """The votes of the class; read when they are first asked for."""
        return ClassBook(self._desk.settings.folder)

    @cached_property
    def card(self) -> PollCard:
        """Where hands are counted; made for the first vote."""
        card = PollCard(self._desk.speech, self._desk.theme, self._desk.window)
        card.voted.connect(self._keep)
        card.moved.connect(self.vote_moved)
        card.settled.connect(self._answer)
        return card

    @property
    def open_card(self) -> PollCard | None:
        """The card, while a vote is going on."""
        made = self.__dict__.get("card")
        return made if isinstance(made, PollCard) and made.isVisible() else None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """While a lesson plays by itself, any key or click takes over, and does nothing else; + and − set its speed.

        A key comes twice: first as a question whether it is a shortcut.
        """
        kind = event.type()
        if self.auto.playing and isinstance(event, QKeyEvent) and event.key() in (*SPEED_KEYS, *NO_KEYS):
            return self._change_speed(event)
        if kind == QEvent.Type.ShortcutOverride and self.auto.playing:
            self._swallow = True
            event.accept()
            self.auto.stop()
            return True
        if kind == QEvent.Type.KeyPress and (self.auto.playing or self._swallow):
            self._swallow = False
            self.auto.stop()
            return True
        if kind == QEvent.Type.MouseButtonPress and self.auto.playing:
            self.auto.stop()
        return False

    def _change_speed(self, event: QKeyEvent) -> bool:
        by = SPEED_KEYS.get(Qt.Key(event.key()), 0)
        if by and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif by and event.type() == QEvent.Type.KeyPress:
            self._desk.window.say(SPEED.filled(speed=f"{self.auto.change_speed(by):g}"))
        return bool(by)

    @Slot()
    def _end(self) -> None:
        self.auto.stop()
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)

    # --- votes

    @Slot()
    def _vote(self) -> None:
        state = self._run.state
        if state is None:
            self._desk.window.notices.tell(NO_LESSON)
        elif not isinstance(state.step, Predict):
            self._desk.window.notices.tell(NO_QUESTION)
        else:
            step, say = state.step, self._run.say
            earlier = self.book.poll(state.lesson.id, step.id)
            words = [say(option.text) for option in step.options]
            self.card.open(say(step.ask), words, earlier, self._right(state))

    def _right(self, state: LessonState) -> int | None:
        """The place of the right answer to the open question."""
        from gradgui.export.worksheet import questions  # late, like all that paper needs

        return next(ask for ask in questions(state.lesson) if ask.number == state.index + 1).right

    @Slot(object)
    def _keep(self, poll: Poll) -> None:
        state = self._run.state
        if state is not None:
            self._try(lambda: self.book.keep(state.lesson.id, state.step.id, poll))

    @Slot(object)
    def _answer(self, order: tuple[int, ...]) -> None:
        """What most hands were for is picked, not yet locked; without a vote the right answer, to go on with."""
        state = self._run.state
        if state is not None and isinstance(state.step, Predict):
            right = self._right(state)
            wanted = [*order, *(() if right is None else (right,)), *range(len(state.step.options))]
            self._run.choose(next(option for option in wanted if option not in state.now.answers))

    # --- a lesson that plays by itself

    @Slot(bool)
    def _play(self, on: bool) -> None:
        if on and self._run.state is None:
            self._desk.actions.action("auto_play").setChecked(False)
            self._desk.window.notices.tell(NO_LESSON)
        elif on:
            self.auto.start()
        else:
            self.auto.stop()

    @Slot(object)
    def _show_playing(self, playing: bool) -> None:
        application = QApplication.instance()
        assert application is not None
        self._desk.actions.action("auto_play").setChecked(playing)
        notices = self._desk.window.notices
        if playing:
            self._swallow = False
            application.installEventFilter(self)
            notices.tell(PLAYS)  # the status line tells of every event, and would not keep it
        else:
            if notices.text == PLAYS:
                notices.dismiss()
            self._desk.window.say(TAKEN_OVER)

    # --- paper and tables

    @Slot()
    def _ask_for_paper(self) -> None:
        state, say = self._run.state, self._desk.speech.say
        if state is None:
            self._desk.window.notices.tell(NO_LESSON)
            return
        filters = ";;".join(say(each) for each in (SHEET, WITH_ANSWERS, GUIDE))
        self._ask(PRINT, filters, f"{state.lesson.id}.pdf", self._print)

    @Slot()
    def _ask_for_table(self) -> None:
        self._ask(VOTES, self._desk.speech.say(TABLE), "votes.csv", self._save_table)

    def _ask(self, title: Text, filters: str, name: str, then: Callable[[QFileDialog], None]) -> None:
        dialog = QFileDialog(self._desk.window, self._desk.speech.say(title))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(filters.split(";;"))
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.setDirectory(str(self._desk.settings.documents_folder))
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: then(dialog))
        dialog.open()

    def _print(self, dialog: QFileDialog) -> None:
        state, say = self._run.state, self._desk.speech.say
        if state is not None:
            from gradgui.gui.handout.paper import to_pdf
            from gradgui.session.lesson_sheet import sheets_of

            kind = dialog.selectedNameFilter()
            answers, guide = kind == say(WITH_ANSWERS), kind == say(GUIDE)
            sheets = sheets_of(state.lesson, (self._desk.speech.language,), answers=answers, guide=guide)
            self._write(dialog, to_pdf(sheets))

    def _save_table(self, dialog: QFileDialog) -> None:
        self._write(dialog, self.book.as_csv())

    def _write(self, dialog: QFileDialog, content: bytes) -> None:
        path = Path(dialog.selectedFiles()[0])
        if self._try(lambda: write_bytes(path, content)):
            self._desk.window.notices.tell(SAVED.filled(name=path.name))

    def _try(self, what: Callable[[], None]) -> bool:
        try:
            what()
        except UserError as error:
            self._desk.window.notices.show_error(error)
            return False
        return True
