"""A thin line that says how far a film is, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

_WORKING = Text(en="Recording…", zh="正在录制…")
_CANCEL = Text(en="Cancel", zh="取消")


class ProgressStrip(QWidget):
    """Hidden until there is progress to be seen."""

    cancelled = Signal()

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._bar, self._cancel = QProgressBar(self), QPushButton(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(int(Space.GAP))
        row.addWidget(SaidLabel(speech, theme, _WORKING, size=Size.SMALL, tone=Tone.MUTED, parent=self))
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._cancel.clicked.connect(self.cancelled)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_share(self, share: float) -> None:
        """0 to 1."""
        self._bar.setValue(round(1000 * share))
        self.show()

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        self._cancel.setText(self._speech.say(_CANCEL))
        self._bar.setAccessibleName(self._speech.say(_WORKING))

    def restyle(self) -> None:
        """Take the theme's sizes."""
        self._cancel.setFont(self._theme.font(Size.SMALL))
