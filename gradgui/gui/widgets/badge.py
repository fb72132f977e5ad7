"""A pill that says in a few words what kind of picture this is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text


class Badge(SaidLabel):
    """Short words in a pill; takes no room while it has none, and says less where there is little room.

    What stands before a colon is enough there: "slice"; the whole is its tip.
    """

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        text: Text | None = None,
        *,
        tone: Tone = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        self._whole = ""
        super().__init__(speech, theme, text, size=Size.SMALL, tone=tone, parent=parent)
        self.setObjectName("badge")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        super().retranslate()
        self._whole = self.text()
        self.setAccessibleName(self._whole)
        self._fit()
        self._appear()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._whole), self._theme.px(2 * Space.GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(self._short), self._theme.px(2 * Space.GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _short(self) -> str:
        return self._whole.replace("：", ":").partition(":")[0]

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + 2 * self._theme.px(Space.GAP) + self._theme.px(Space.TINY)

    def _fit(self) -> None:
        """Say all that there is room for."""
        fits = self.width() >= self._width_of(self._whole) or not self.isVisible()
        self.setText(self._whole if fits else self._short)
        self.setToolTip("" if fits else self._whole)
        self.updateGeometry()

    def restyle(self) -> None:
        super().restyle()
        self._fit()
        self.setFixedHeight(self._theme.px(2 * Space.GAP))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            self._appear()
        return super().event(event)

    def _appear(self) -> None:
        """Shown only with something to say, and never as a window of its own."""
        self.setVisible(bool(self.text()) and self.parentWidget() is not None)
