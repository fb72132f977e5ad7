"""Asks a teacher what students may not do with the file that they are given."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.document.locks import LocksSpec
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.toggle import Toggle
from gradgui.text import Text

TITLE = Text(en="Share with students", zh="发给学生")
HEAD = Text(en="One file with this experiment, at this very moment.", zh="把这个实验和此刻的状态存成一个文件。")
KEPT = Text(en="Students who open it:", zh="学生打开后：")
LOCKS = {
    "edit": Text(en="cannot change network, data or settings", zh="不能改网络、数据和设置"),
    "train": Text(en="go step by step, without Play", zh="只能单步走，没有“播放”"),
    "predict": Text(en="must predict every number before they see it", zh="看到每个数之前，必须先预测"),
}
NOTE = Text(
    en="Your own window stays as it is. The lock helps a class; it is no secret: the file is plain text.",
    zh="您自己的窗口不变。锁定是为了上课方便，不是保密：文件是纯文本。",
)
SAVE, CANCEL = Text(en="Save…", zh="保存…"), Text(en="Cancel", zh="取消")


class ShareDialog(QDialog):
    """Knows no file: says what is chosen."""

    chosen = Signal(object)
    """The LocksSpec."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.toggles = {name: Toggle(theme, parent=self) for name in LOCKS}
        self.save, self._cancel = QPushButton(self), QPushButton(self)
        mark(self.save, "primary", True)
        column = QVBoxLayout(self)
        edge = theme.px(Space.WIDE)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(Space.GAP))
        column.addWidget(SaidLabel(speech, theme, HEAD, size=Size.BODY, bold=True))
        column.addWidget(SaidLabel(speech, theme, KEPT, size=Size.BODY))
        for toggle in self.toggles.values():
            column.addWidget(toggle)
        note = SaidLabel(speech, theme, NOTE, size=Size.SMALL, tone=Tone.MUTED)
        note.setWordWrap(True)
        column.addWidget(note)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self._cancel, self.save):
            button.setFont(theme.font(Size.BODY))
            row.addWidget(button)
        column.addLayout(row)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.save.clicked.connect(self._choose)
        self._cancel.clicked.connect(self.reject)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def locks(self) -> LocksSpec:
        """What is ticked now."""
        on = {name: toggle.isChecked() for name, toggle in self.toggles.items()}
        return LocksSpec(edit=on["edit"], train=on["train"], predict=on["predict"])

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setWindowTitle(say(TITLE))
        for name, toggle in self.toggles.items():
            toggle.setText(say(LOCKS[name]))
            toggle.updateGeometry()
        for button, text in ((self.save, SAVE), (self._cancel, CANCEL)):
            button.setText(say(text))
            button.setAccessibleName(button.text())

    @Slot()
    def _choose(self) -> None:
        locks = self.locks
        self.accept()
        self.chosen.emit(locks)
