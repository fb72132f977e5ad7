"""What the debugger shows while training runs: a calm counter instead of hundreds of steps a second."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gradgui.gui.debugger.figures import quantity
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_TITLE = Text(en="Training …", zh="训练中……")
_COUNT = Text(en="iteration {k}   ·   loss {loss}", zh="第 {k} 轮   ·   损失 {loss}")
_HINT = Text(en="Pause (F6), then step through any training step.", zh="暂停（F6）后，可以一步一步看任何一轮。")


class TrainingView(QWidget):
    """Iteration and loss in large figures; nothing else moves."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._snapshot: Snapshot | None = None
        self._title, self._count, self._hint = QLabel(self), QLabel(self), QLabel(self)
        self._column = layout = QVBoxLayout(self)
        layout.addStretch(1)
        for label in (self._title, self._count, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch(1)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write the counter; cheap enough for every frame."""
        self._snapshot = snapshot
        loss = quantity(snapshot.train_loss)
        self._count.setText(self._speech.say(_COUNT, k=f"{snapshot.iteration + 1:,}", loss=loss))

    @property
    def words(self) -> str:
        """The counter as it reads now."""
        return self._count.text()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self._title.setText(self._speech.say(_TITLE))
        self._hint.setText(self._speech.say(_HINT))
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        palette = self._theme.palette
        for label, size, colour in (
            (self._title, Size.BODY, palette.muted),
            (self._count, Size.HUGE, palette.ink),
            (self._hint, Size.SMALL, palette.muted),
        ):
            label.setFont(self._theme.font(size))
            label.setStyleSheet(f"color: {colour};")
        self._column.setSpacing(self._theme.px(8))
