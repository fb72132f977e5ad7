"""One file for students: a teacher says what they may not do with it, and their window keeps to that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from gradgui.document.locks import LocksSpec
from gradgui.gui.classroom.share_dialog import ShareDialog
from gradgui.session.reins import Deed
from gradgui.text import Text
from gradgui.wiring.desk import Desk
from gradgui.wiring.documents import Documents
from gradgui.wiring.locking import hide

EDITING = ("undo", "redo", "choose_data", "new_start", "training")
TRAINING = ("play_pause", "pause", "next_iteration", "next_epoch", "faster", "slower", "training")
KEPT = Text(
    en="Your teacher has locked this: here it can be looked at, not changed.", zh="老师锁定了这一项：只能看，不能改。"
)
OPENED = Text(en="From your teacher: {what}.", zh="老师发来的文件：{what}。")
TOLD = {
    "edit": Text(en="network, data and settings stay as they are", zh="网络、数据和设置不能改"),
    "train": Text(en="go step by step, without Play", zh="只能单步走，没有“播放”"),
    "predict": Text(en="predict every number before it is shown", zh="看到每个数之前，先预测"),
}
NO_LOCKS = LocksSpec()


class Sharing(QObject):
    """Follows the open experiment; whatever it locks is locked as long as it is open."""

    def __init__(self, desk: Desk, documents: Documents, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._documents = desk, documents
        self._locks = NO_LOCKS
        self._show_again: Callable[[], None] | None = None
        desk.actions.action("share").triggered.connect(self._ask)
        desk.session.editing.changed.connect(self._follow)

    @Slot()
    def _ask(self) -> None:
        dialog = ShareDialog(self._desk.speech, self._desk.theme, self._desk.window)
        dialog.chosen.connect(self._save)
        dialog.open()

    @Slot(object)
    def _save(self, locks: LocksSpec) -> None:
        self._documents.save_copy(locks)

    @Slot()
    def _follow(self) -> None:
        experiment = self._desk.session.experiment
        locks = (experiment.locks if experiment is not None else None) or NO_LOCKS
        if locks != self._locks:
            before, self._locks = self._locks, locks
            self._apply(before)

    def _apply(self, before: LocksSpec) -> None:
        locks, actions = self._locks, self._desk.actions
        if self._show_again is not None:
            self._show_again()
        names = [*locks.hide, *(EDITING if locks.edit else ()), *(TRAINING if locks.train else ())]
        if locks.predict != before.predict:
            actions.action("lock_predictions").setChecked(locks.predict)
        if locks != NO_LOCKS:
            names += ["share", *(["lock_predictions"] if locks.predict else [])]
        self._show_again = hide(actions, [name for name in names if name in actions.ids()])
        self._desk.session.reins.lock({Deed.EDIT: KEPT, Deed.BALL: KEPT} if locks.edit else {})
        said = [text for name, text in TOLD.items() if getattr(locks, name)]
        if said:
            what = Text(en="; ".join(text.en for text in said), zh="；".join(text.zh for text in said))
            self._desk.window.notices.tell(OPENED.filled(what=what))
