"""The runs that are drawn over each other: what differs, how long each was trained; a click hides one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import CLASSES, Size, Space, Theme
from gradgui.gui.widgets.plotting import DOTTED, line_pen
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.snapshot import CurvesView, GhostView
from gradgui.text import Text

ROW = Text(en="{name} · {setting} · {time}", zh="{name} · {setting} · {time}")
UNNAMED = Text(en="{setting} · {time}", zh="{setting} · {time}")
SECONDS, MILLISECONDS = Text(en="{n} s", zh="{n} 秒"), Text(en="{n} ms", zh="{n} 毫秒")
REMOVE = Text(en="Remove {name}", zh="移除 {name}")
NAME = Text(en="Runs", zh="各次运行")
_WIDEST_NAME = 120
_SHARE = 0.9
"""The list takes no more than this share of the plot's width: what differs is shortened, the tip says all of it."""
_BESIDE, _LEAST = 92, 64
"""Room for all that stands beside the words of a row; less than the latter for what differs, and the name gives way."""


def colour_of(number: int) -> str:
    """The colour of a run that was left."""
    return CLASSES[1 + number % (len(CLASSES) - 1)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the legend; number −1 is the run on the screen."""

    number: int
    name: Text
    setting: Text
    seconds: float


class Swatch(QWidget):
    """A short piece of the line."""

    def __init__(self, theme: Theme, colour: str, own: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour, self._own = colour, own
        self.setFixedSize(theme.px(Space.ICON), theme.px(Space.GAP))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(self._colour, 2, () if self._own else DOTTED))
        middle = self.height() // 2
        painter.drawLine(1, middle, self.width() - 1, middle)


class Legend(QFrame):
    """A list over the upper right of the plot while it is open; nothing while there is only one run."""

    hidden_changed = Signal(object)
    """The numbers of the runs that are not to be drawn."""
    removed = Signal(object)
    """The number of a run that is not wanted any more."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self._speech, self._theme, self._icons = speech, theme, icons
        self._entries: tuple[Entry, ...] = ()
        self._rows: dict[int, tuple[Swatch, Toggle, QToolButton | None]] = {}
        self.hidden: frozenset[int] = frozenset()
        self._open = False
        self._grid = QGridLayout(self)
        speech.changed.connect(self._rebuild)
        theme.changed.connect(self._rebuild)
        self.hide()

    def show_runs(self, wanted: tuple[Entry, ...]) -> None:
        """Follow the runs; the seconds of the one that is trained run on."""
        if [replace(e, seconds=0.0) for e in wanted] != [replace(e, seconds=0.0) for e in self._entries]:
            self._entries = wanted
            self._rebuild()
        elif wanted and wanted != self._entries:
            self._entries = wanted
            self._name()

    @Slot(bool)
    def open(self, on: bool) -> None:
        """Show the list or put it away."""
        self._open = on
        self.setVisible(on and bool(self._rows))

    def row(self, number: int) -> tuple[Swatch, Toggle, QToolButton | None]:
        """The parts of one row: its line, its tick, and the button that removes it."""
        return self._rows[number]

    def place(self) -> None:
        """Keep to the upper right corner, and leave the curves room."""
        self._fit()
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            self.move(max(0, parent.width() - self.width() - self._theme.px(Space.GAP)), 0)

    @Slot()
    def _rebuild(self) -> None:
        for parts in self._rows.values():
            for part in parts:
                if part is not None:
                    part.hide()
                    part.deleteLater()
        self._rows = {entry.number: self._made(place, entry) for place, entry in enumerate(self._entries)}
        self.hidden &= frozenset(self._rows)
        p, px = self._theme.palette, self._theme.px
        self.setStyleSheet(
            f"#legend {{ background: {p.panel}; border: 1px solid {p.line}; border-radius: {px(Space.SMALL)}px; }}"
        )
        self._grid.setContentsMargins(px(Space.SMALL), px(Space.TINY), px(Space.TINY), px(Space.TINY))
        self._grid.setHorizontalSpacing(px(Space.TINY))
        self._grid.setVerticalSpacing(0)
        self._name()
        self.open(self._open)

    def _made(self, place: int, entry: Entry) -> tuple[Swatch, Toggle, QToolButton | None]:
        own = entry.number < 0
        colour = self._theme.palette.curve_train if own else colour_of(entry.number)
        swatch, tick = Swatch(self._theme, colour, own, self), Toggle(self._theme, parent=self)
        tick.setChecked(entry.number not in self.hidden)
        tick.setEnabled(not own)
        tick.clicked.connect(self._toggle)
        button = None if own else self._remover()
        parts: list[QWidget] = [swatch, tick] if button is None else [swatch, tick, button]
        for column, part in enumerate(parts):
            self._grid.addWidget(part, place, column)
            part.show()
        return swatch, tick, button

    def _remover(self) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(self._icons.icon("close", self._theme.palette.muted))
        button.setIconSize(QSize(1, 1) * self._theme.px(Size.SMALL))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._remove)
        return button

    def _name(self) -> None:
        say = self._speech.say
        self.setAccessibleName(say(NAME))
        for entry in self._entries:
            _, tick, button = self._rows[entry.number]
            name = say(entry.name)
            tick.setAccessibleName(full_words(self._speech, entry))
            tick.setToolTip(tick.accessibleName())
            if button is not None:
                button.setAccessibleName(say(REMOVE, name=name))
                button.setToolTip(button.accessibleName())
        self.place()

    def _fit(self) -> None:
        parent = self.parentWidget()
        room = 0 if parent is None else int(parent.width() * _SHARE) - self._theme.px(_BESIDE)
        metrics = QFontMetrics(self._theme.font(Size.SMALL))
        for entry in self._entries:
            tick = self._rows[entry.number][1]
            tick.setText(self._words(entry, metrics, room))

    def _words(self, entry: Entry, metrics: QFontMetrics, room: int) -> str:
        """As much of a row as there is room for."""
        say, time, right = self._speech.say, duration(entry.seconds), Qt.TextElideMode.ElideRight
        name = metrics.elidedText(say(entry.name), right, self._theme.px(_WIDEST_NAME))
        left = room - metrics.horizontalAdvance(say(ROW, name=name, setting="", time=time))
        if left < self._theme.px(_LEAST):
            left = room - metrics.horizontalAdvance(say(UNNAMED, setting="", time=time))
            return say(UNNAMED, setting=metrics.elidedText(say(entry.setting), right, left), time=time)
        return say(ROW, name=name, setting=metrics.elidedText(say(entry.setting), right, left), time=time)

    @Slot()
    def _toggle(self) -> None:
        self.hidden = frozenset(number for number, (_, tick, _) in self._rows.items() if not tick.isChecked())
        self.hidden_changed.emit(self.hidden)

    @Slot()
    def _remove(self) -> None:
        number = next(number for number, (_, _, button) in self._rows.items() if button is self.sender())
        self.removed.emit(number)


def entries_of(curves: CurvesView) -> tuple[Entry, ...]:
    """The run on the screen and those behind it; none where there is only one."""
    others = tuple(Entry(ghost.number, ghost.name, ghost.setting, ghost.seconds) for ghost in curves.ghosts)
    return (Entry(-1, curves.name, curves.setting, curves.seconds), *others) if others else ()


def full_words(speech: Speech, entry: Entry) -> str:
    """All that is known of a run."""
    return speech.say(ROW, name=entry.name, setting=entry.setting, time=duration(entry.seconds))


def duration(seconds: float) -> Text:
    """A tenth of a second exactly enough; what took less in thousandths."""
    if seconds >= 0.0995:
        return SECONDS.filled(n=f"{seconds:.1f}")
    return MILLISECONDS.filled(n=f"{seconds * 1000:.0f}" if seconds >= 0.001 or not seconds else "< 1")


def shown_ghosts(curves: CurvesView, hidden: frozenset[int]) -> tuple[GhostView, ...]:
    """Those that are not hidden."""
    return tuple(ghost for ghost in curves.ghosts if ghost.number not in hidden)
