"""The menu in which each kind of arrow, the squares and the path are shown or hidden, for the ball and for racers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from gradgui.gui.language import Speech
from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.gui.surface.showing import NAMES, OF_RACERS, USUAL, USUAL_OF_RACERS, Mark, seen, seen_runner
from gradgui.gui.theme import SURFACE_BALL, SURFACE_MOMENTUM, SURFACE_PATH_LAST, SURFACE_STEP, Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.toggle import Toggle
from gradgui.text import Text

_BALL, _RACERS = Text(en="The ball", zh="小球"), Text(en="The racers", zh="参赛的优化器")
_COLOURS = {
    Mark.STEP: SURFACE_STEP,
    Mark.MOMENTUM: SURFACE_MOMENTUM,
    Mark.SQUARES: SURFACE_MOMENTUM,
    Mark.PATH: SURFACE_PATH_LAST,
    Mark.NEXT: SURFACE_BALL,
}
_OWN = frozenset({Mark.MOMENTUM, Mark.SQUARES, Mark.PATH})
"""What has the colour of its racer."""
_LINE = 2.0


class ShowMenu(QObject):
    """Fills a menu that stays open while ticks are set; leaves out what is not to be seen."""

    changed = Signal()
    """Other marks are to be seen."""

    def __init__(self, menu: QMenu, speech: Speech, theme: Theme) -> None:
        super().__init__(menu)
        self._parts = {
            "ball": _Part(menu, speech, theme, _BALL, tuple(Mark), USUAL, frozenset()),
            "racers": _Part(menu, speech, theme, _RACERS, OF_RACERS, USUAL_OF_RACERS, _OWN),
        }
        for part in self._parts.values():
            for tick in part.ticks.values():
                tick.toggled.connect(self.changed)
        self.offer_racers(False)

    @property
    def remembered(self) -> dict[str, list[str]]:
        """What is shown, in words for the settings."""
        return {name: sorted(mark.value for mark in part.marks) for name, part in self._parts.items()}

    def use(self, remembered: Mapping[str, Iterable[str]]) -> None:
        """Show what was shown when the window was last open; parts that are not named stay as they are."""
        for name, part in self._parts.items():
            if name in remembered:
                part.use(frozenset(remembered[name]))

    def tick(self, mark: Mark, part: str = "ball") -> Toggle:
        """The box that shows or hides a mark of the ball or of the "racers"."""
        return self._parts[part].ticks[mark]

    def offer_racers(self, offered: bool) -> None:
        """They have their part of the menu while there is a race."""
        self._parts["racers"].offer(offered)

    def of_ball(self, placement: Placement) -> Placement:
        """The ball without what is hidden."""
        return seen(placement, self._parts["ball"].marks)

    def of_racers(self, runners: Iterable[PlacedRunner]) -> tuple[PlacedRunner, ...]:
        """Racers without what is hidden."""
        marks = self._parts["racers"].marks
        return tuple(seen_runner(runner, marks) for runner in runners)


class _Part(QObject):
    """A heading and a tick for each mark."""

    def __init__(
        self,
        menu: QMenu,
        speech: Speech,
        theme: Theme,
        head: Text,
        marks: tuple[Mark, ...],
        usual: frozenset[Mark],
        own: frozenset[Mark],
    ) -> None:
        super().__init__(menu)
        self._menu, self._speech = menu, speech
        self.ticks = {mark: Toggle(theme, _Sign(theme, mark, mark in own)) for mark in marks}
        heading = SaidLabel(speech, theme, head, size=Size.SMALL, tone=Tone.MUTED)
        self._actions: list[QAction] = [menu.addSeparator()]
        self._actions += [self._row(part) for part in (heading, *self.ticks.values())]
        for mark, tick in self.ticks.items():
            tick.setChecked(mark in usual)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def marks(self) -> frozenset[Mark]:
        """Those that are to be seen."""
        return frozenset(mark for mark, tick in self.ticks.items() if tick.isChecked())

    def use(self, words: frozenset[str]) -> None:
        """Show those that are named, and no others."""
        for mark, tick in self.ticks.items():
            tick.setChecked(mark.value in words)

    def offer(self, offered: bool) -> None:
        """Show this part of the menu, or leave it out."""
        for action in self._actions:
            action.setVisible(offered)

    def retranslate(self) -> None:
        """Name everything in the chosen language."""
        for mark, tick in self.ticks.items():
            tick.setText(self._speech.say(NAMES[mark]))

    def _row(self, part: QWidget) -> QAction:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(int(Space.SMALL), int(Space.TINY), int(Space.SMALL), 0)
        row.addWidget(part)
        box.setFocusProxy(part)
        if isinstance(part, Toggle):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else a menu takes no key to it
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(box)
        self._menu.addAction(action)
        return action


class _Sign:
    """A mark in small, in the colour that it has on the landscape."""

    def __init__(self, theme: Theme, mark: Mark, own: bool) -> None:
        """`own`: it has the colour of its racer."""
        self._theme, self._mark, self._own = theme, mark, own

    def __call__(self, painter: QPainter, box: QRectF) -> None:
        """Draw it."""
        palette = self._theme.palette
        colour = QColor(palette.ink if self._own else _COLOURS.get(self._mark, palette.gradient_plus_fill))
        painter.save()
        painter.setPen(QPen(colour, self._theme.px(_LINE)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._mark is Mark.SQUARES:
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        elif self._mark is Mark.NEXT:
            painter.setBrush(colour)
            painter.drawEllipse(box.adjusted(2, 2, -2, -2))
        elif self._mark is Mark.PATH:
            painter.drawPolyline(QPolygonF([box.topLeft(), box.center(), QPointF(box.right(), box.center().y() + 3)]))
        elif self._mark is Mark.TANGENT:
            painter.setPen(QPen(QColor(palette.ink), self._theme.px(_LINE)))
            painter.drawLine(QLineF(box.bottomLeft(), box.topRight()))
        else:
            self._draw_arrow(painter, box, colour)
        painter.restore()

    @staticmethod
    def _draw_arrow(painter: QPainter, box: QRectF, colour: QColor) -> None:
        middle, tip = box.center().y(), QPointF(box.right(), box.center().y())
        back = box.right() - box.width() * 0.45
        painter.drawLine(QLineF(box.left(), middle, back, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, QPointF(back, box.top() + 2), QPointF(back, box.bottom() - 2)]))
