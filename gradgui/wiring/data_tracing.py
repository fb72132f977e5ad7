"""Which sample is traced: chosen in the data pane or among the pictures; and what the network says to a drawing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.batch_picker import BatchPicker
from gradgui.gui.data.sheet import DataSheet
from gradgui.session.answering import AnswerView, AskNetwork, Replies
from gradgui.session.batches import batches_per_epoch, next_step_with
from gradgui.session.snapshot import Array, Snapshot
from gradgui.wiring.desk import Desk

PAUSE_MS = {"pad": 15, "all": 300}
"""So long after an answer the same question may be asked again: all pictures are many."""


class DataTracing(QObject):
    """Hands samples to the debugger and questions to the network; one question of each kind is under way at a time."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: DataSheet | None = None
        self._offered: int | None = None
        self.batches = BatchPicker(desk.speech, desk.theme, desk.icons)
        self.batches.turned.connect(desk.session.turn_to)
        self.batches.batch_asked.connect(self._go_to_batch)
        self._replies = Replies(self)
        self._waiting: dict[str, Array] = {}
        self._busy: set[str] = set()
        self._later = {question: QTimer(self) for question in PAUSE_MS}
        for question, timer in self._later.items():
            timer.setSingleShot(True)
            timer.setInterval(PAUSE_MS[question])
            timer.timeout.connect(self._go_on)
        self._replies.answered.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        desk.views.data.point_clicked.connect(self._choose)
        desk.session.shown.connect(self._show)
        desk.session.data_changed.connect(self._forget)

    def follow(self, sheet: DataSheet) -> None:
        """From now on the pictures of this sheet ask, and are answered."""
        self._sheet = sheet
        sheet.pictures.sample_chosen.connect(self._choose)
        sheet.pictures.asked.connect(self._ask)

    @Slot(object)
    def _choose(self, sample: int) -> None:
        """Trace it now if it is in the batch; else say when it comes, and go there when it is chosen again."""
        session = self._desk.session
        snapshot, compiled = session.snapshot, session.compiled
        if snapshot is None or compiled is None:
            return
        session.choose_sample(sample)
        if sample in snapshot.batch:
            self._offered = None
            return
        step = next_step_with(compiled, sample, snapshot.iteration + (snapshot.cursor == len(snapshot.network.events)))
        if self._offered == sample:
            self._offered = None
            session.go_to(step, 0)
        else:
            self._offered = sample
            self._desk.window.say(words.COMES_LATER, sample=sample + 1, step=step + 1)

    @Slot(object, object)
    def _ask(self, question: str, x: Array) -> None:
        self._waiting[question] = x
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        for question in list(self._waiting):
            if question not in self._busy and not self._later[question].isActive():
                self._busy.add(question)
                self._desk.session.ask(AskNetwork(question, self._waiting.pop(question), self._replies))

    @Slot(object)
    def _hear(self, view: AnswerView) -> None:
        question = str(view.question)
        self._busy.discard(question)
        if view.outputs is not None and view.revision == self._desk.session.revision:
            assert self._sheet is not None, "it asked"
            self._sheet.pictures.show_answer(question, view.outputs)
        self._later[question].start()

    @Slot(object)
    def _go_to_batch(self, batch: int) -> None:
        """To the start of that batch of this epoch; one that was not learnt from yet is trained up to."""
        session = self._desk.session
        if session.snapshot is not None and session.compiled is not None:
            steps = batches_per_epoch(session.compiled)
            start = session.snapshot.iteration // steps * steps
            session.go_to(start + batch, 0)

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        compiled = self._desk.session.compiled
        if compiled is not None and not snapshot.running:
            steps = batches_per_epoch(compiled)
            self.batches.show_batch(snapshot.iteration % steps, steps)
        sheet = self._sheet
        if sheet is not None and sheet.isVisible() and sheet.page is sheet.pictures:
            sheet.pictures.show_snapshot(snapshot)

    @Slot(object)
    def _forget(self, _data: object) -> None:
        """Questions about other data get no answer any more."""
        self._waiting.clear()
        self._busy.clear()
        self._offered = None
