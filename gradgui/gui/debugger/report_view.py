"""The diagnosis report as text to read, select and copy, opened at the layer that is being asked."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gradgui.gui.debugger.report import Kind, ReportLine, report
from gradgui.gui.language import Speech
from gradgui.gui.theme import DOWN, UP, Size, Theme
from gradgui.session.snapshot import Phase, Snapshot
from gradgui.text import Text

_NAME = Text(en="Report in plain words", zh="诊断报告")
_GLYPHS = {1: DOWN, -1: UP, 0: "·"}


class ReportView(QTextBrowser):
    """Shows the report; the current layer's part is scrolled to the top."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._lines: list[ReportLine] = []
        self._layer: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write the report anew where it changed and open it at the current layer."""
        lines = report(snapshot)
        event = snapshot.current
        layer = event.layer if event is not None and event.phase is not Phase.LOSS else None
        if lines != self._lines:
            self._lines, self._layer = lines, layer
            self._write()
        elif layer != self._layer:
            self._layer = layer
            self._scroll()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.setAccessibleName(self._speech.say(_NAME))
        self._write()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        self._write()

    def resizeEvent(self, event: object) -> None:
        """Keep the current layer at the top."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._scroll()

    def _write(self) -> None:
        self.setFont(self._theme.font(Size.BODY))
        self.document().setDocumentMargin(self._theme.px(6))
        self.setViewportMargins(0, self._theme.px(8), 0, 0)
        self.setHtml("".join(self._paragraph(line, first=n == 0) for n, line in enumerate(self._lines)))
        self._scroll()

    def _scroll(self) -> None:
        if self._layer is None:
            self.verticalScrollBar().setValue(0)
        else:
            self.scrollToAnchor(f"layer{self._layer}")

    def _paragraph(self, line: ReportLine, first: bool) -> str:
        words = escape(self._speech.say(line.text))
        above = {Kind.HEAD: 0 if first else 14, Kind.PARAMETER: 8, Kind.UNKNOWN: 8}.get(line.kind, 2)
        anchor = f'<a name="layer{line.layer}"></a>' if line.kind is Kind.HEAD else ""
        body = self._styled(line, words)
        if line.detail is not None:
            body += f"<br>{self._span(escape(self._speech.say(line.detail)), self._theme.palette.ink)}"
        return f'<p style="margin:{self._theme.px(above)}px 0 0 0; line-height:125%">{anchor}{body}</p>'

    def _styled(self, line: ReportLine, words: str) -> str:
        palette = self._theme.palette
        match line.kind:
            case Kind.HEAD:
                return self._span(words, palette.ink, bold=True)
            case Kind.PARAMETER:
                sign = line.sign or 0
                return self._span(f"{_GLYPHS[sign]} {words}", self._theme.gradient_colour(sign), bold=sign != 0)
            case Kind.UNKNOWN:
                return self._span(f"? {words}", palette.muted)
            case Kind.ALARM:
                return self._span(f"! {words}", palette.ink, bold=True)
            case Kind.MORE:
                return self._span(words, palette.muted)
            case _:
                return self._span(words, palette.ink)

    def _span(self, words: str, colour: str, bold: bool = False) -> str:
        weight = "600" if bold else "400"
        return f'<span style="color:{colour}; font-weight:{weight}">{words}</span>'
