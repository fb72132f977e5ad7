"""Asks for a name in a small window that leaves the rest of the program usable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from gradgui.gui.language import Speech
from gradgui.text import Text

LONGEST = 40
"""Letters in a name."""


def name_question(window: QWidget, speech: Speech, title: Text, question: Text, name: str) -> QInputDialog:
    """An open question with the present name selected; `textValueSelected` tells the answer."""
    dialog = QInputDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(speech.say(title))
    dialog.setLabelText(speech.say(question))
    dialog.setTextValue(name)
    dialog.open()
    for line in dialog.findChildren(QLineEdit):
        line.setMaxLength(LONGEST)
        line.selectAll()
    return dialog
