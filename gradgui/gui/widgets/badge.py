"""A pill that says in a few words what kind of picture this is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text


class Badge(SaidLabel):
    """Short words in a pill; takes no room while it has none."""

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        text: Text | None = None,
        *,
        tone: Tone = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(speech, theme, text, size=Size.SMALL, tone=tone, parent=parent)
        self.setObjectName("badge")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        super().retranslate()
        self._appear()

    def restyle(self) -> None:
        super().restyle()
        self.setFixedHeight(self._theme.px(2 * Space.GAP))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            self._appear()
        return super().event(event)

    def _appear(self) -> None:
        """Shown only with something to say, and never as a window of its own."""
        self.setVisible(bool(self.text()) and self.parentWidget() is not None)
