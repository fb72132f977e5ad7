"""The diagnosis report as text to read, select and copy, opened at the layer that is being asked."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gradgui.gui.debugger.faults import Fault, faults
from gradgui.gui.debugger.figures import gradient
from gradgui.gui.debugger.report import Kind, ReportLine, report
from gradgui.gui.language import Speech
from gradgui.gui.theme import DOWN, UP, Size, Theme
from gradgui.gui.widgets.appearing import paint_with_the_rest
from gradgui.session.snapshot import Phase, Snapshot
from gradgui.text import Text

_NAME = Text(en="Report in plain words", zh="诊断报告")
_WHOSE_FAULT = Text(en="Whose fault? All parameters, sorted", zh="怪谁？全部参数，按责任排序")
_BY_LAYER = Text(en="Report layer by layer", zh="逐层报告")
_GLYPHS = {1: DOWN, -1: UP, 0: "·"}
_BAR = 10
"""Letters of the longest bar: one that is broken into two lines is no bar."""


class ReportView(QTextBrowser):
    """Shows the report; the current layer's part is scrolled to the top."""

    parameter_chosen = Signal(object)
    """(layer, unit, column) of a parameter in the list of faults."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._lines: list[ReportLine] = []
        self._layer: int | None = None
        self._faults: list[Fault] = []
        self._sorted = False
        self.anchorClicked.connect(self._follow)
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
        found = faults(snapshot)
        if lines != self._lines or found != self._faults:
            self._lines, self._layer, self._faults = lines, layer, found
            self._write()
        elif layer != self._layer:
            self._layer = layer
            self._write()

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
        if self.verticalScrollBar().isVisible():  # else it would go and come again, and all be laid out twice
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHtml(self._switch() + self._fault_table() if self._sorted and self._faults else self._report())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll()
        bar = self.verticalScrollBar()
        paint_with_the_rest(bar, bar.parentWidget() or bar)

    def _report(self) -> str:
        """All lines; the way to the list of faults stands where the page is opened, so that it is always seen."""
        opened = f"layer{self._layer}" if self._layer is not None else ""
        parts = [] if opened else [self._switch()]
        for number, line in enumerate(self._lines):
            if line.kind is Kind.HEAD:
                parts.append(f'<a name="layer{line.layer}"></a>')
            parts.append(self._paragraph(line, first=number == 0))
            if line.kind is Kind.HEAD and opened == f"layer{line.layer}":
                parts.append(self._switch())
        return "".join(parts)

    def _switch(self) -> str:
        """By layer, or all parameters sorted by their share; only once there is blame."""
        if not self._faults:
            return ""
        words = self._speech.say(_BY_LAYER if self._sorted else _WHOSE_FAULT)
        colour = self._theme.palette.current
        link = f'<a href="switch" style="color:{colour}">{escape(words)}</a>'
        return f'<p style="margin:0 0 {self._theme.px(4)}px 0">{link}</p>'

    def _fault_table(self) -> str:
        rows = "".join(self._fault(fault) for fault in self._faults)
        return f'<table cellspacing="0" cellpadding="2" style="margin-top:{self._theme.px(4)}px">{rows}</table>'

    def _fault(self, fault: Fault) -> str:
        colour, gap = self._theme.gradient_colour(fault.gradient), self._theme.px(12)
        glyph = _GLYPHS[(fault.gradient > 0) - (fault.gradient < 0)]
        column = "" if fault.column is None else fault.column
        place = f"parameter:{fault.layer},{fault.unit},{column}"
        length = round(_BAR * fault.share / (self._faults[0].share or 1.0))
        cells = (
            f'<a href="{place}" style="color:{self._theme.palette.ink}; text-decoration:none">{escape(fault.name)}</a>',
            self._span(f"{glyph}&nbsp;{escape(gradient(fault.gradient))}", colour, bold=True),
            self._span(f"{100 * fault.share:.0f}&nbsp;%", self._theme.palette.muted),
            self._span("▇" * length, self._theme.gradient_fill(fault.gradient)),
        )
        return "<tr>" + "".join(f'<td style="padding-right:{gap}px">{cell}</td>' for cell in cells) + "</tr>"

    def _follow(self, url: QUrl) -> None:
        words = url.toString()
        if words == "switch":
            self._sorted = not self._sorted
            self._write()
        elif words.startswith("parameter:"):
            layer, unit, column = words.split(":")[1].split(",")
            self.parameter_chosen.emit((int(layer), int(unit), int(column) if column else None))

    def _scroll(self) -> None:
        if self._layer is None or self._sorted:
            self.verticalScrollBar().setValue(0)
        else:
            self.scrollToAnchor(f"layer{self._layer}")

    def _paragraph(self, line: ReportLine, first: bool) -> str:
        words = escape(self._speech.say(line.text))
        above = {Kind.HEAD: 0 if first else 14, Kind.PARAMETER: 8, Kind.UNKNOWN: 8}.get(line.kind, 2)
        body = self._styled(line, words)
        if line.detail is not None:
            body += f"<br>{self._span(escape(self._speech.say(line.detail)), self._theme.palette.ink)}"
        return f'<p style="margin:{self._theme.px(above)}px 0 0 0; line-height:125%">{body}</p>'

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
