"""Data: the points to learn from, and what the network answers everywhere between them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gradgui.gui.data import words
from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import Colours
from gradgui.gui.data.count_label import CountLabel
from gradgui.gui.data.glyphs import Ink, brush_and_pen, class_ink, draw_glyph
from gradgui.gui.data.legend import Legend
from gradgui.gui.data.line import LineView
from gradgui.gui.data.plane import BELOW, LEFT, PlaneView
from gradgui.gui.data.point_plot import RIGHT, TOP, PointPlot, Reading
from gradgui.gui.data.reading import reading_words, unit_words
from gradgui.gui.data.set_strip import SetStrip
from gradgui.gui.data.table import TableView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.snapshot import DataView, Snapshot

_COLUMN, _NARROW, _GAP, _FOOT, _KEY = 176, 148, 16, 26, 104


class DataPane(QWidget):
    """Decision map, curve or table, whichever fits the data; a key beside it, a reading below."""

    point_clicked = Signal(object)
    """The number of the training sample that was clicked."""
    set_chosen = Signal(object)
    """The id of a kind of data set that was clicked."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._data: DataView | None = None
        self._snapshot: Snapshot | None = None
        self._reading: Reading | None = None
        self._unit: tuple[int, int] | None = None
        self._below, self._offered = False, list[Toggle]()
        self._made_plane: PlaneView | None = None
        self._made_line: LineView | None = None
        self._build()
        self._wire()
        self.retranslate()
        self.restyle()

    def show_data(self, data: DataView) -> None:
        """Show a data set; does nothing when it is already shown."""
        if data is self._data:
            return
        self._data, self._reading = data, None
        self._table.show_data(data)
        self._redraw_data()
        self._choose_view()
        self.retranslate()
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the network's answers at one moment; any number of times."""
        first, self._snapshot = self._snapshot is None, snapshot
        if first:
            self._choose_view()
        view = self._stack.currentWidget()
        shape = view.aspect if isinstance(view, PlaneView) else None
        if isinstance(view, PointPlot | TableView):
            view.show_snapshot(snapshot)
        if isinstance(view, PlaneView) and shape != view.aspect:
            self._place()
        if self._reads:
            self._say_reading()

    def look_at(self, unit: tuple[int, int] | None) -> None:
        """Show what one (layer, neuron) answers over the plane, large; None shows the network's answers again."""
        self._unit = unit
        if self._made_plane is not None:
            self._made_plane.look_at(unit)
        self._foot.setVisible(self._reads)
        self._say_reading()

    @property
    def _reads(self) -> bool:
        """Whether there is something to read off."""
        view = self._stack.currentWidget()
        looked = isinstance(view, PlaneView) and view.unit_values() is not None
        return looked or (self._reading is not None and isinstance(view, PointPlot))

    def show_kind(self, kind: str) -> None:
        """Ring the stamp of the set in force."""
        self.sets.show_kind(kind)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        say = self._speech.say
        self.setAccessibleName(say(words.NAME))
        self._empty.setText(say(words.EMPTY))
        for view in self._plots:
            self._name(view)
        self._train.setText(say(words.TRAIN))
        self._test.setText(say(words.TEST))
        self._mistakes.setText(
            say(words.ERRORS if isinstance(self._stack.currentWidget(), LineView) else words.MISTAKES)
        )
        self._discrete.setText(say(words.DISCRETE))
        self._discrete.setToolTip(say(words.DISCRETE_TIP))
        for toggle in (self._train, self._test, self._mistakes, self._discrete):
            toggle.updateGeometry()
        self._table.retranslate()
        self._legend.update()
        if self._data is not None:
            self._count.show_data(self._data)
        self._say_reading()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        p, px = self._theme.palette, self._theme.px
        for label, size, colour, bold in (
            (self._count, Size.SMALL, p.muted, False),
            (self._foot, Size.SMALL, p.muted, False),
            (self._empty, Size.LARGE, p.muted, False),
        ):
            label.setFont(self._theme.font(size, bold))
            label.setStyleSheet(f"color: {colour};")
        self._foot.setStyleSheet(f"color: {p.ink}; background: {p.panel}; padding: 0 {px(8)}px;")
        for layout in (self._side_column, self._grid):
            layout.setSpacing(px(4))
        for view in (*self._plots, self._table):
            view.restyle()
        self._redraw_data()
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a lower split of the window."""
        return QSize(self._theme.px(380), self._theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the plane square and the key beside it."""
        super().resizeEvent(event)
        self._place()

    def _build(self) -> None:
        speech, theme = self._speech, self._theme
        self._table = TableView(speech, theme)
        self._count, self._foot, self._empty = CountLabel(speech, self), QLabel(self), QLabel(self)
        self._legend = Legend(speech, theme)
        self.sets = SetStrip(speech, theme, self)
        self._train = Toggle(theme, self._draw_train)
        self._test = Toggle(theme, self._draw_test)
        self._mistakes, self._discrete = Toggle(theme), Toggle(theme)
        self._stack = QStackedWidget(self)
        for page in (self._empty, self._table):
            self._stack.addWidget(page)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._side, self._switches = QWidget(self), QWidget(self)
        self._side_column, self._grid = QVBoxLayout(self._side), QGridLayout(self._switches)
        for layout in (self._side_column, self._grid):
            layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._count, self._legend):
            self._side_column.addWidget(part)
        self._side_column.addStretch(1)
        self._arrange(below=False)
        self._foot.setTextFormat(Qt.TextFormat.RichText)

    def _wire(self) -> None:
        self._train.setChecked(True)
        self._test.setChecked(True)
        self._train.toggled.connect(self._toggle_train)
        self._test.toggled.connect(self._toggle_test)
        self._table.point_clicked.connect(self.point_clicked)
        self._table.misshaped.connect(self._place, Qt.ConnectionType.QueuedConnection)
        self.sets.chosen.connect(self.set_chosen)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    @property
    def _plots(self) -> tuple[PlaneView | LineView, ...]:
        """Those made so far: a window that opens without points does not wait for them."""
        return tuple(view for view in (self._made_plane, self._made_line) if view is not None)

    @property
    def _plane(self) -> PlaneView:
        if self._made_plane is None:
            self._made_plane = plane = PlaneView(self._theme)
            self._add(plane)
            self._discrete.toggled.connect(plane.show_verdicts)
            plane.show_verdicts(self._discrete.isChecked())
            plane.look_at(self._unit)
        return self._made_plane

    @property
    def _line(self) -> LineView:
        if self._made_line is None:
            self._made_line = line = LineView(self._theme)
            self._add(line)
        return self._made_line

    def _add(self, view: PlaneView | LineView) -> None:
        self._stack.addWidget(view)
        view.pointed.connect(self._hear_pointed)
        view.point_clicked.connect(self.point_clicked)
        self._mistakes.toggled.connect(view.mark_mistakes)
        view.mark_mistakes(self._mistakes.isChecked())
        for test, toggle in ((False, self._train), (True, self._test)):
            view.show_points(test, toggle.isChecked())
        self._name(view)

    def _name(self, view: PlaneView | LineView) -> None:
        view.setToolTip(self._speech.say(words.HINT))
        view.setAccessibleName(self._speech.say(words.MAP))
        view.setAccessibleDescription(self._speech.say(words.KEYS))

    def _choose_view(self) -> None:
        view = self._fitting_view()
        self._stack.setCurrentWidget(view)
        plotted = isinstance(view, PointPlot)
        self._side.setVisible(plotted and self._data is not None)
        self._foot.setVisible(self._reads)
        for toggle in (self._train, self._mistakes):
            toggle.setVisible(plotted)
        self._test.setVisible(plotted and self._data is not None and len(self._data.test_inputs) > 0)
        is_plane = isinstance(view, PlaneView)
        self._discrete.setVisible(is_plane)
        regression = self._data is not None and not self._data.classes
        self._mistakes.setVisible(plotted and not (is_plane and regression))
        self._switches.setVisible(not self._side.isHidden())
        self.sets.offer(self._data.inputs.shape[1] if self._data is not None and plotted else 0)
        self._place()

    def _fitting_view(self) -> QWidget:
        data = self._data
        if data is None:
            return self._empty if self._snapshot is None else self._table
        inputs, outputs = data.inputs.shape[1], data.targets.shape[1]
        single = outputs == 1 or data.classes > 0
        if len(data.inputs) == 1 or inputs > 2 or not single:
            return self._table
        return self._plane if inputs == 2 else self._line

    def _redraw_data(self) -> None:
        data = self._data
        if data is None:
            return
        answers = Answers.of(data)
        colours = Colours(answers, self._theme.palette)
        view = self._fitting_view()
        if isinstance(view, PointPlot):
            view.show_data(data, answers, colours)
        self._legend.show_data(data, answers, colours, isinstance(view, PlaneView), isinstance(view, LineView))

    def _place(self) -> None:
        """Lay out by hand, as the plane's width follows from its height; the switches go where they leave most room."""
        px = self._theme.px
        edge = px(16)
        inner = self.rect().adjusted(edge, px(8), -edge, -px(8))
        if not self._side.isHidden():
            self._arrange(below=self._is_upright(inner))
        below = self._switches.sizeHint().height() + px(4) if self._below else 0
        column = 0 if self._side.isHidden() else self._column_width(inner.width(), inner.height() - below)
        sets = self._place_sets(inner, column, below)
        self._fit_count(inner, column, below, beside=self._below and not sets)
        beside = column + (px(_GAP) if column else 0)
        wide, high = self._size_of_view(inner.width() - beside, inner.height() - below - sets)
        self._stack.setGeometry(inner.x(), inner.y(), wide, high)
        left = inner.right() + 1 - column if sets and not self._below else inner.x() + wide + px(_GAP)
        self._side.setGeometry(left, inner.y(), column, inner.height() - below - (sets if self._below else 0))
        if self._below:
            self._switches.setGeometry(inner.x(), inner.y() + high + px(4), inner.width(), below)
        foot = QRect(inner.x() - px(8), inner.bottom() - px(_FOOT - 4), inner.width() + px(16), px(_FOOT))
        foot.setTop(min(place.top() - 1 for place in (foot, *self.sets.rows_under(foot))))  # whole stamps or none
        self._foot.setGeometry(foot)
        self._foot.raise_()

    def _place_sets(self, inner: QRect, column: int, below: int) -> int:
        """The stamps of other sets: in the column below the key if they fit there, else at the bottom.

        Answers what height they take away from the picture.
        """
        sets, gap = self.sets, self._theme.px(_GAP)
        sets.setVisible(sets.count > 0 and column > 0)
        if sets.isHidden():
            return 0
        wide, room = self._size_of_view(inner.width() - column - gap, inner.height() - below)
        high, key = sets.height_for(column), self._legend.sizeHint().height()
        if self._below and key + gap + high <= inner.height() - below:
            room = max(room, key + gap + high)
            sets.setGeometry(inner.x() + wide + gap, inner.y() + room - high, column, high)
            return 0
        wide = inner.width() if self._below else inner.width() - column - gap
        high = sets.height_for(wide)
        sets.setGeometry(inner.x(), inner.bottom() + 1 - high, wide, high)
        return high + gap // 2

    def _fit_count(self, inner: QRect, column: int, below: int, *, beside: bool) -> None:
        """The count gives way first where the key, the switches or stamps in its column need the room."""
        space = self._theme.px(4)
        end = self.sets.y() - space if beside and not self.sets.isHidden() else inner.bottom() + 1 - below
        rest = self._legend.sizeHint().height() + (0 if self._below else self._switches.sizeHint().height() + space)
        self._count.fit(column, end - inner.y() - rest - space)

    def _size_of_view(self, wide: int, high: int) -> tuple[int, int]:
        """As large as there is room; the plane keeps its shape, the table ends with a whole row."""
        view = self._stack.currentWidget()
        if not isinstance(view, PlaneView):
            return max(wide, 1), max(view.whole_height(high) if isinstance(view, TableView) else high, 1)
        beside, below = self._theme.px(LEFT) + self._theme.px(RIGHT), self._theme.px(BELOW) + self._theme.px(TOP)
        wide = min(wide, round((high - below) * view.aspect) + beside)
        return wide, min(high, round((wide - beside) / view.aspect) + below)

    def _is_upright(self, inner: QRect) -> bool:
        """Whether the picture is larger with the switches below it than with all of them beside it, stamps below."""
        px = self._theme.px
        rows = 1 + (sum(not toggle.isHidden() for toggle in self._toggles) - 1) // 2
        wide = inner.width() - self._wide_column(inner.width()) - px(_GAP)
        stamps = self.sets.height_for(wide) + px(_GAP) // 2 if self.sets.count else 0
        beside = self._size_of_view(wide, inner.height() - stamps)
        high = inner.height() - rows * px(28)
        under = self._size_of_view(inner.width() - self._upright_column(high) - px(_GAP), high)
        return min(under) > min(beside)

    def _column_width(self, wide: int, high: int) -> int:
        return self._upright_column(high) if self._below else self._wide_column(wide)

    def _upright_column(self, high: int) -> int:
        """As wide as the key, or as stamps need that stand below it."""
        room = high - self._legend.sizeHint().height() - self._theme.px(_GAP)
        return self.sets.width_for(room, self._key_width(), self._theme.px(_COLUMN))

    def _wide_column(self, wide: int) -> int:
        px = self._theme.px
        return min(px(_COLUMN), max(px(_NARROW), wide // 3))

    def _key_width(self) -> int:
        """The key alone: as wide as its longest name."""
        return min(max(self._legend.words_width(), self._theme.px(_KEY)), self._theme.px(_COLUMN))

    def _arrange(self, below: bool) -> None:
        """Put the switches below the key, in one column, or below the picture, in two."""
        offered = sorted(self._toggles, key=QWidget.isHidden)  # those that are not shown leave no gap
        if below is self._below and offered == self._offered:
            return
        self._below, self._offered = below, offered
        for toggle in offered:
            self._grid.removeWidget(toggle)
        for place, toggle in enumerate(offered):
            row, column = (place // 2, place % 2) if below else (place, 0)
            self._grid.addWidget(toggle, row, column)
        if below:
            self._side_column.removeWidget(self._switches)
            self._switches.setParent(self)
        else:
            self._side_column.insertWidget(2, self._switches)
        self._switches.setVisible(not self._side.isHidden())

    @property
    def _toggles(self) -> tuple[Toggle, ...]:
        return self._train, self._test, self._mistakes, self._discrete

    def _toggle_train(self, shown: bool) -> None:
        for view in self._plots:
            view.show_points(False, shown)

    def _toggle_test(self, shown: bool) -> None:
        for view in self._plots:
            view.show_points(True, shown)

    def _hear_pointed(self, reading: Reading | None) -> None:
        self._reading = reading
        self._foot.setVisible(self._reads)
        self._say_reading()

    def _say_reading(self) -> None:
        view = self._stack.currentWidget()
        values = view.unit_values() if isinstance(view, PlaneView) else None
        if values is not None and self._unit is not None and self._snapshot is not None:
            self._foot.setText(unit_words(self._speech, self._snapshot.network, self._unit, values))
            return
        if self._reading is None or self._data is None:
            self._foot.setText("")
            return
        maps = None if self._snapshot is None else self._snapshot.maps
        self._foot.setText(reading_words(self._speech, self._data, maps, self._reading))

    def _draw_train(self, painter: QPainter, box: QRectF) -> None:
        draw_glyph(painter, box, 0, *brush_and_pen(self._theme, self._sample_ink(), hollow=False))

    def _draw_test(self, painter: QPainter, box: QRectF) -> None:
        smaller = box.adjusted(1, 1, -1, -1)
        draw_glyph(painter, smaller, 0, *brush_and_pen(self._theme, self._sample_ink(), hollow=True))

    def _sample_ink(self) -> Ink:
        if self._data is not None and self._data.classes:
            return class_ink(self._theme, 0)
        p = self._theme.palette
        return Ink(p.muted, p.panel, p.panel)
