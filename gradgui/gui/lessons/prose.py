"""Words of a lesson: as wide as the pane, in lines that are easy to read, with numbers that are always those of now."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

NO_BREAK = "\u00a0"
"""Between a number and what belongs to it."""
JOINED = "\u2060"
"""Takes no room, and no line ends at it."""

_SIGN = re.compile(r"( [−+×]) ")
_LAST = re.compile(r" (\S{1,5})$")
_UNIT = re.compile(r"(?<=\d) (?=[\u4e00-\u9fff])")
_ALONE = re.compile(r"([\u4e00-\u9fff])([\u4e00-\u9fff]) ([−+]?[\d.]+[。？]?)$")


class Prose(SaidLabel):
    """A paragraph; takes no room while it has nothing to say."""

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        text: Text | None = None,
        *,
        size: Size = Size.BODY,
        tone: Tone = Tone.PLAIN,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(speech, theme, text, size=size, tone=tone, bold=bold, parent=parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """One line; how high it must be follows from the width that it gets."""
        return QSize(0, self.fontMetrics().height())

    def tell(self, text: Text | None) -> None:
        """Say this, or nothing at all; the same words again cost nothing."""
        if text is not None:
            text = Text(en=_ended(_kept(text.en.replace(" %", f"{NO_BREAK}%"))), zh=_counted(_kept(text.zh)))
            if text != self._said:
                self.say(text)
        self.setVisible(text is not None)


def _kept(words: str) -> str:
    """∂L/∂W stays on one line, W1 = 2 too, and a longer sum breaks before a sign and not behind it."""
    words = _SIGN.sub(rf"\1{NO_BREAK}", words.replace(" = ", f"{NO_BREAK}={NO_BREAK}"))
    return words.replace("/∂", f"{JOINED}/{JOINED}∂")


def _ended(words: str) -> str:
    """In English a short last word does not stand alone in its line: layer 10."""
    return _LAST.sub(rf"{NO_BREAK}\1", words)


def _counted(words: str) -> str:
    """In Chinese a number keeps its unit, and the last one does not begin a line alone: 100 步，逻辑 1."""
    return _UNIT.sub(NO_BREAK, _ALONE.sub(rf"\1{JOINED}\2{NO_BREAK}\3", words))
