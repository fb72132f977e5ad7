"""A page of words and numbers beside the formula: to read, to select, with links to follow."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import DOWN, UP, Size, Theme
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text


class Page(QTextBrowser):
    """Writes itself anew when the moment, the language or the theme changes, if it can be seen."""

    followed = Signal(object)
    """What a link stands for."""

    def __init__(self, name: Text, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._speech, self._theme = name, speech, theme
        self._snapshot: Snapshot | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._follow)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write what this moment says."""
        self._snapshot = snapshot
        if self.isVisible():
            self.write()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(self._name))
        self.write()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self.write()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.write()

    def write(self) -> None:
        """Put the words on the page."""
        self.setFont(self._theme.font(Size.BODY))
        self.document().setDocumentMargin(self._theme.px(6))
        self.setHtml("" if self._snapshot is None else self.html(self._snapshot))

    def html(self, snapshot: Snapshot) -> str:
        """The page for a moment."""
        raise NotImplementedError

    def say(self, text: Text, **fields: object) -> str:
        """Words, safe to stand in HTML."""
        return escape(self._speech.say(text, **fields))

    def span(self, words: str, colour: str, bold: bool = False) -> str:
        """Coloured words that are HTML already."""
        weight = "600" if bold else "400"
        return f'<span style="color:{colour}; font-weight:{weight}">{words}</span>'

    def muted(self, words: str) -> str:
        """Soft words."""
        return self.span(words, self._theme.palette.muted)

    def blame(self, value: float | None, words: str) -> str:
        """A gradient in its colour with its glyph; a soft question mark while unknown."""
        if value is None:
            return self.muted("?")
        glyph = DOWN if value > 0 else UP if value < 0 else "·"
        return self.span(f"{glyph}&nbsp;{escape(words)}", self._theme.gradient_colour(value), bold=True)

    def link(self, words: str, target: str) -> str:
        """Words that can be clicked."""
        return f'<a href="{escape(target)}" style="color:{self._theme.palette.current}">{words}</a>'

    def row(self, cells: Iterable[str], gap: float = 12) -> str:
        """A table row whose cells do not break."""
        style = f"padding-right:{self._theme.px(gap)}px"
        return (
            "<tr>" + "".join(f'<td style="{style}"><p style="white-space:nowrap">{c}</p></td>' for c in cells) + "</tr>"
        )

    def paragraph(self, inside: str, above: float = 2) -> str:
        """One line."""
        return f'<p style="margin:{self._theme.px(above)}px 0 0 0; line-height:125%">{inside}</p>'

    def _follow(self, url: QUrl) -> None:
        self.followed.emit(url.toString())
