"""Unsaved work is kept safe, and offered again at the next start if the program ended too soon."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.session.autosave import Autosave
from gradgui.session.recovery import Draft, Found, RecoveryStore
from gradgui.text import Text, same
from gradgui.wiring.desk import Desk
from gradgui.wiring.documents import Documents
from gradgui.wiring.leaving import Leaving

OFFER = Text(
    en="“{name}” was not saved when the program last ended. Its state of {when} can be brought back.",
    zh="上次退出程序时，“{name}”还没有保存。可以恢复到{when}时的状态。",
)
RECOVER = Text(en="Bring it back", zh="恢复")
DISCARD = Text(en="Discard it", zh="丢弃")
RECOVERED = Text(
    en="“{name}” is back as it was at {when}. Save it to keep it.", zh="“{name}”已恢复到{when}时的状态。请保存。"
)
UNSAFE = Text(en="Unsaved work cannot be kept safe: {why}", zh="无法自动保护未保存的内容：{why}")


class Recovering(QObject):
    """Connects the document with its recovery file."""

    def __init__(self, desk: Desk, documents: Documents, leaving: Leaving, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._documents, self._leaving = desk, documents, leaving
        self.store = RecoveryStore(desk.settings.recovery_folder)
        self._autosave = Autosave(self.store, self)
        self._found: list[Found] = []
        self._replaced: list[Found] = []
        self._kept = self._warned = False
        documents.changed.connect(self._note)
        self._autosave.due.connect(self._keep)
        self._autosave.kept.connect(self._release)
        self._autosave.failed.connect(self._warn)
        desk.window.offers.chosen.connect(self._hear)
        desk.window.closing.connect(self._close)
        self._found = self.store.found()
        self._offer()

    # --- keeping

    @Slot()
    def _note(self) -> None:
        if self._documents.modified:
            self._autosave.note_change()
        elif self._kept and not self._documents.put_aside:
            self._kept = False
            self._autosave.keep(None)

    @Slot()
    def _keep(self) -> None:
        """What a save would write now; a run that has blown up leaves what was drawn."""
        session, documents = self._desk.session, self._documents
        if not documents.modified:
            return
        try:
            experiment = session.editing.to_save()
        except UserError:
            experiment = session.experiment
        if experiment is not None:
            self._kept = True
            self._autosave.keep(Draft(experiment, documents.title, documents.path, session.folder))

    @Slot()
    def _release(self) -> None:
        """What was brought back is safe in our own file now."""
        while self._replaced:
            self._replaced.pop().discard()

    @Slot(object)
    def _warn(self, error: UserError) -> None:
        """Once is enough."""
        if not self._warned:
            self._warned = True
            self._desk.window.notices.show_error(UserError(UNSAFE, why=error.text))

    @Slot()
    def _close(self) -> None:
        for found in (*self._found, *self._replaced):
            found.leave()
        self._autosave.keep(None)
        self._autosave.close()

    # --- offering

    def _offer(self) -> None:
        if self._found:
            self._desk.window.offers.offer(self._said(OFFER, self._found[0]), (RECOVER, DISCARD))

    @Slot(object)
    def _hear(self, answer: int) -> None:
        if not self._found:
            return
        found = self._found.pop(0)
        if answer == 0:
            self._leaving.leave(lambda: self._recover(found))
        elif answer == 1:
            found.discard()
        else:
            found.leave()
        self._offer()

    def _recover(self, found: Found) -> None:
        """The old recovery file goes only when ours stands in its place."""
        if not self._documents.open_unsaved(found.experiment, found.folder, found.path):
            found.leave()
            return
        self._desk.window.notices.tell(self._said(RECOVERED, found))
        self._replaced.append(found)
        self._keep()

    def _said(self, text: Text, found: Found) -> Text:
        name = found.title if found.path is None else same(found.path.name)
        return text.filled(name=name, when=_moment(found.saved_at))


def _moment(seconds: float) -> Text:
    """A time of today, or a day and a time."""
    when = datetime.fromtimestamp(seconds)
    clock = f"{when:%H:%M}"
    if when.date() == datetime.now().date():
        return same(clock)
    return Text(
        en=f"{when.day} {MONTHS[when.month - 1]} {when.year}, {clock}",
        zh=f"{when.year}年{when.month}月{when.day}日 {clock} ",
    )


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
