"""The one question that the program asks in a dialog: what should become of changes that no file holds?"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from gradgui.gui.language import Speech
from gradgui.text import Text

TITLE = Text(en="Unsaved changes", zh="有未保存的更改")
QUESTION = Text(en="Save the changes to “{name}”?", zh="要保存对“{name}”的更改吗？")
ELSE_LOST = Text(en="Otherwise they are lost.", zh="如果不保存，这些更改就会丢失。")


class Answer(Enum):
    """What to do with the changes."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


WORDS = {
    Answer.SAVE: Text(en="Save", zh="保存"),
    Answer.DISCARD: Text(en="Don't save", zh="不保存"),
    Answer.CANCEL: Text(en="Cancel", zh="取消"),
}


class LeavingDialog(QMessageBox):
    """Save, don't save, or stay; Escape stays."""

    answered = Signal(object)
    """An Answer."""

    def __init__(self, name: Text, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        say = speech.say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say(TITLE))
        self.setText(f"{say(QUESTION, name=name)}\n\n{say(ELSE_LOST)}")
        roles = QMessageBox.ButtonRole
        self._buttons: dict[Answer, QPushButton] = {
            Answer.SAVE: self.addButton(say(WORDS[Answer.SAVE]), roles.AcceptRole),
            Answer.DISCARD: self.addButton(say(WORDS[Answer.DISCARD]), roles.DestructiveRole),
            Answer.CANCEL: self.addButton(say(WORDS[Answer.CANCEL]), roles.RejectRole),
        }
        self.setDefaultButton(self._buttons[Answer.SAVE])
        self.setEscapeButton(self._buttons[Answer.CANCEL])
        self.finished.connect(self._hear)

    def button_for(self, answer: Answer) -> QPushButton:
        """The button that gives this answer."""
        return self._buttons[answer]

    @Slot()
    def _hear(self) -> None:
        clicked = self.clickedButton()
        found = [answer for answer, button in self._buttons.items() if button is clicked]
        self.answered.emit(found[0] if found else Answer.CANCEL)
