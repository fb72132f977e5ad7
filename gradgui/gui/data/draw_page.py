"""Drawing data: a sheet of paper over the network's own picture of the plane, with brush, hand and eraser."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.datasets.points import PointsSpec
from gradgui.catalog.datasets.table import TableSpec
from gradgui.errors import UserError
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.answers import Answers
from gradgui.gui.data.brush import Brush, Tool
from gradgui.gui.data.class_chooser import ClassChooser
from gradgui.gui.data.colours import Colours
from gradgui.gui.data.drawing import Drawing, Ground
from gradgui.gui.data.line import LineView
from gradgui.gui.data.plane import BELOW, LEFT, PlaneView
from gradgui.gui.data.point_plot import RIGHT, TOP, PointPlot
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.segmented import Segmented
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.snapshot import DataView, Snapshot

CURVE = TableSpec(
    x=tuple((float(x),) for x in range(-4, 5)), y=tuple((round(float(np.sin(x)), 3),) for x in range(-4, 5))
)
"""Nine points of a wave to begin with."""
_TOOL_NAMES = {Tool.BRUSH: words.DO_DRAW, Tool.MOVE: words.DO_MOVE, Tool.ERASE: words.DO_ERASE}
_HINTS = {Tool.BRUSH: words.DRAW_HINT, Tool.MOVE: words.MOVE_HINT, Tool.ERASE: words.ERASE_HINT}
_LARGEST = 1e6


class DrawPage(QWidget):
    """Shows the data as they are, and tells what was drawn when the mouse is let go."""

    drawn = Signal(object, object)
    """A DataSpec, and the Text that undo shows."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._data: DataView | None = None
        self._plane, self._line = PlaneView(theme, self), LineView(theme, self)
        self.brushes = {view: Brush(view) for view in (self._plane, self._line)}
        self._tools = Segmented(speech, theme, (words.BRUSH, words.MOVE, words.ERASE), words.TOOLS, self)
        self.classes = ClassChooser(speech, theme, self)
        self._value = NumberField(words.HEIGHT, 1, speech, theme, low=-_LARGEST, high=_LARGEST, step=0.1, parent=self)
        self._value_name = SaidLabel(speech, theme, words.HEIGHT, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._test = Toggle(theme, parent=self)
        self._clear = QPushButton(self)
        self._said = SaidLabel(speech, theme, words.DRAW_HINT, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._said.setWordWrap(True)
        self._start = QWidget(self)
        self._why = SaidLabel(speech, theme, words.CANNOT_DRAW, size=Size.BODY, tone=Tone.MUTED, parent=self._start)
        self._start_classes, self._start_curve = QPushButton(self._start), QPushButton(self._start)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._wire()
        self.retranslate()
        self.restyle()

    @property
    def plot(self) -> PointPlot | None:
        """The paper, where these data can be drawn."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, PointPlot) else None

    @property
    def tools(self) -> Segmented:
        """Brush, hand, eraser."""
        return self._tools

    @property
    def clear_button(self) -> QPushButton:
        """Takes all points away, until something new is drawn."""
        return self._clear

    @property
    def start_button(self) -> QPushButton:
        """Begins with two classes where the data cannot be drawn."""
        return self._start_classes

    @property
    def said(self) -> str:
        """The hint, or why the last gesture could not be."""
        return self._said.text()

    def show_data(self, data: DataView) -> None:
        """Put a data set on the paper."""
        self._data = data
        drawing = Drawing.of(data)
        view = self._start if drawing is None else self._line if drawing.ground is Ground.LINE else self._plane
        self._stack.setCurrentWidget(view)
        for brush in self.brushes.values():
            brush.take(drawing)
        plotted = drawing is not None
        for part in (self._tools, self._test, self._clear):
            part.setVisible(plotted)
        self._said.setVisible(plotted)
        self._say_hint()
        self.classes.setVisible(drawing is not None and drawing.ground is Ground.CLASSES)
        for field in (self._value, self._value_name):
            field.setVisible(drawing is not None and drawing.ground is Ground.HEIGHTS)
        if drawing is not None:
            self.classes.show_classes(drawing.classes)
            self._show(data)
        self._fill_brush()
        self._place()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """What the network answers there, behind the points."""
        if self.plot is not None and not self.brushes[self.plot].busy:
            aspect = self._plane.aspect
            self.plot.show_snapshot(snapshot)
            if aspect != self._plane.aspect:
                self._place()

    def refuse(self, error: UserError) -> None:
        """Say why what was drawn cannot be; the points are what they were."""
        if self._data is not None:
            self.show_data(self._data)
        self._said.say(error.text)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setAccessibleName(say(words.DRAW))
        self._test.setText(say(words.AS_TEST))
        self._clear.setText(say(words.CLEAR))
        self._start_classes.setText(say(words.START_CLASSES))
        self._start_curve.setText(say(words.START_CURVE))
        for button in (self._clear, self._start_classes, self._start_curve):
            button.setAccessibleName(button.text())

    def restyle(self) -> None:
        """Take the colours and distances of now."""
        px = self._theme.px
        self._column.setSpacing(px(Space.SMALL))
        self._row.setSpacing(px(Space.SMALL))
        self._clear.setFont(self._theme.font(Size.SMALL))
        for view in (self._plane, self._line):
            view.restyle()
        if self._data is not None:
            self.show_data(self._data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the plane square."""
        super().resizeEvent(event)
        self._place()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        for part in (self._tools, self.classes, self._value_name, self._value, self._test):
            self._row.addWidget(part)
        self._row.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, self._theme.px(Space.GAP), 0)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._clear)
        start = QVBoxLayout(self._start)
        start.addStretch(1)
        self._why.setWordWrap(True)
        start.addWidget(self._why)
        for button in (self._start_classes, self._start_curve):
            start.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        start.addStretch(2)
        for page in (self._start, self._plane, self._line):
            self._stack.addWidget(page)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self._stack, 1)
        self._column.addLayout(foot)

    def _wire(self) -> None:
        for brush in self.brushes.values():
            brush.sketched.connect(self._sketch)
            brush.finished.connect(self._finish)
            brush.dropped.connect(self._restore)
        self._tools.chosen.connect(self._fill_brush)
        self._tools.chosen.connect(self._say_hint)
        self.classes.chosen.connect(self._fill_brush)
        self._value.value_committed.connect(self._fill_brush)
        self._test.toggled.connect(self._fill_brush)
        self._clear.clicked.connect(self._take_all_away)
        self._start_classes.clicked.connect(self._begin_classes)
        self._start_curve.clicked.connect(self._begin_curve)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _fill_brush(self, _choice: object = None) -> None:
        for brush in self.brushes.values():
            brush.tool = Tool(self._tools.choice)
            brush.value = self._value.value if self.classes.isHidden() else float(self.classes.choice)
            brush.test = self._test.isChecked()

    def _say_hint(self, _choice: object = None) -> None:
        """What the tool in the hand does."""
        self._said.say(_HINTS[Tool(self._tools.choice)])

    def _show(self, data: DataView) -> None:
        answers, plot = Answers.of(data), self.plot
        if plot is not None:
            plot.show_data(data, answers, Colours(answers, self._theme.palette))

    def _sketch(self, drawing: Drawing) -> None:
        if self._data is not None and self.plot is not None:
            with self.plot.held_still():
                self._show(drawing.view(self._data))

    def _finish(self, drawing: Drawing, tool: Tool) -> None:
        if not (~drawing.test).any():
            self._restore()
            self._said.say(words.KEEP_ONE)
            return
        self.drawn.emit(drawing.spec(), _TOOL_NAMES[tool])

    def _restore(self) -> None:
        if self._data is not None:
            self.show_data(self._data)

    def _take_all_away(self) -> None:
        """Only from the paper: the document needs points, and gets them with the first stroke."""
        drawing = None if self._data is None else Drawing.of(self._data)
        if drawing is None:
            return
        empty = drawing.emptied()
        for brush in self.brushes.values():
            brush.take(empty)
        self._sketch(empty)
        self._tools.choose(Tool.BRUSH)
        self._said.say(words.CLEARED)

    def _begin_classes(self) -> None:
        self._begin(PointsSpec.first())

    def _begin_curve(self) -> None:
        self._begin(CURVE)

    def _begin(self, spec: DataSpec) -> None:
        self.drawn.emit(spec, words.DO_DRAW)

    def _place(self) -> None:
        """The plane is as wide as its height asks for; the line takes all there is."""
        px = self._theme.px
        inner, edge = self._stack.size(), 0
        if self._stack.currentWidget() is self._plane and inner.height() > px(BELOW + TOP):
            wide = round((inner.height() - px(BELOW + TOP)) * self._plane.aspect) + px(LEFT + RIGHT)
            edge = max(0, inner.width() - wide)
            if not edge:
                high = round((inner.width() - px(LEFT + RIGHT)) / self._plane.aspect) + px(BELOW + TOP)
                self._plane.setMaximumHeight(max(high, 1))
            else:
                self._plane.setMaximumHeight(inner.height())
        self._plane.setMaximumWidth(max(inner.width() - edge, 1))
