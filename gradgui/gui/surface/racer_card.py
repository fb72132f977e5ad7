"""The options of each racer: its own learning rate, momentum, decay, and whatever else its rule has."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradgui.catalog.optimizers._base import OptimizerSpec
from gradgui.catalog.registry import optimizer_kinds
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.spec_form import SpecForm
from gradgui.text import Text

_RACER = Text(en="Racer", zh="优化器")
_SAME = Text(en="like the others", zh="恢复共同设置")
_CLOSE = Text(en="Close the options", zh="关闭选项")
_ABOUT = Text(
    en="A racer whose options you change keeps them, whatever the common rate is.",
    zh="改过选项的优化器保留自己的设置，不受共同学习率影响。",
)
_WIDTH = 340


class RacerCard(QFrame):
    """Shows one racer's options at a time and remembers those that were changed."""

    changed = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, "card", True)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._own: dict[str, OptimizerSpec] = {}
        self._at, self._top = QPoint(), 0
        self._rate, self._id = 0.1, next(iter(optimizer_kinds()))
        self._racer = Choice(_RACER, speech, theme, icons, self)
        self._racer.set_choices([(kind.id, kind.name) for kind in optimizer_kinds().values()])
        self._form = SpecForm(speech, theme, icons, parent=self)
        self._about = SaidLabel(speech, theme, _ABOUT, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._same, self._close = QPushButton(self), QToolButton(self)
        self._lay_out()
        self._racer.chosen.connect(self.show_racer)
        self._form.option_changed.connect(self._take)
        self._same.clicked.connect(self._forget)
        self._close.clicked.connect(self.hide)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()

    @property
    def own(self) -> tuple[OptimizerSpec, ...]:
        """The options of those racers that have their own."""
        return tuple(self._own.values())

    @property
    def form(self) -> SpecForm:
        """The fields of the racer that is shown."""
        return self._form

    def rate_of(self, racer: str) -> float | None:
        """Its own learning rate; None where it runs like the others."""
        return self._own[racer].learning_rate if racer in self._own else None

    def begin(self, rate: float) -> None:
        """Show the racer that was shown last; `rate` is that of all the others."""
        self._rate = rate
        self.show_racer(self._id)
        self.show()
        self.raise_()
        self.setFocus()
        self._settle()

    def stand_on(self, at: QPoint, top: int) -> None:
        """Above this place of the window, in the middle; lower where it would reach beyond `top`."""
        self._at, self._top = at, top
        self._settle()

    def show_racer(self, racer: object) -> None:
        """Show this one's options."""
        self._id = str(racer)
        self._racer.choose(self._id)
        self._form.show_spec(self._spec())
        self._same.setEnabled(self._id in self._own)
        self._settle()

    def event(self, event: QEvent) -> bool:
        """Called by Qt: rows that come and go change the height."""
        done = bool(super().event(event))
        if event.type() is QEvent.Type.LayoutRequest:
            self._settle()
        return done

    def _settle(self) -> None:
        owner, layout = self.parentWidget(), self.layout()
        if owner is None or layout is None:
            return
        height = layout.totalHeightForWidth(self.width())
        self.resize(self.width(), height if height > 0 else layout.totalSizeHint().height())
        left = min(self._at.x() - self.width() // 2, owner.width() - self.width() - int(Space.GAP))
        lowest = max(0, owner.height() - self.height())
        self.move(max(0, left), min(lowest, max(self._top, self._at.y() - self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: Escape closes the card."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        self._same.setText(self._speech.say(_SAME))
        self._close.setToolTip(self._speech.say(_CLOSE))
        self._close.setAccessibleName(self._speech.say(_CLOSE))

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        self._same.setFont(self._theme.font(Size.SMALL))
        self._close.setIcon(self._icons.icon("close", self._theme.palette.muted))
        self.setFixedWidth(self._theme.px(_WIDTH))

    def _spec(self) -> OptimizerSpec:
        usual = optimizer_kinds()[self._id].spec(learning_rate=self._rate)
        return self._own.get(self._id, usual)

    def _take(self, name: object, value: object) -> None:
        self._own[self._id] = msgspec.structs.replace(self._spec(), **{str(name): value})
        self._same.setEnabled(True)
        self.changed.emit()

    def _forget(self) -> None:
        self._own.pop(self._id, None)
        self.show_racer(self._id)
        self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(int(Space.GAP), int(Space.GAP), int(Space.GAP), int(Space.GAP))
        column.setSpacing(int(Space.SMALL))
        row = QHBoxLayout()
        row.addWidget(self._racer, 1)
        row.addWidget(self._same)
        row.addWidget(self._close)
        column.addLayout(row)
        column.addWidget(self._form)
        self._about.setWordWrap(True)
        column.addWidget(self._about)
