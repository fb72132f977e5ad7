"""The data sets that could take this one's place, as small stamps: one click chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gradgui.catalog.registry import data_kinds
from gradgui.gui.data.thumbnail import thumbnail
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.session.data_views import sample_view
from gradgui.session.snapshot import DataView
from gradgui.text import Text

SIDE, GAP = 26, 4
FIRST = ("circle", "xor", "gauss", "spiral", "moons", "checkerboard", "rings")
"""Classes first, then numbers in the order of the catalog."""
WAYS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class Stamp(QAbstractButton):
    """One set; ringed while it is in force."""

    chosen = Signal(object)
    """Its kind."""
    walked = Signal(object, object)
    """An arrow key: from this stamp, so many further."""

    def __init__(self, kind: str, name: Text, data: DataView, speech: Speech, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind, self._name, self._data = kind, name, data
        self._speech, self._theme = speech, theme
        self._picture: QPixmap | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._tell)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Say the name in the language of now."""
        words = self._speech.say(self._name)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def restyle(self) -> None:
        """Take the colours and the size of now."""
        self._picture = None
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(1, 1) * self._theme.px(SIDE)

    def nextCheckState(self) -> None:
        """Only the document says which one is in force."""

    def event(self, event: QEvent) -> bool:
        """Arrows and Space are for the stamps while they have the keyboard."""
        override = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in (*WAYS, Qt.Key.Key_Space):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on to the next stamp."""
        way = WAYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(self, way)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, and a ring around the one in force."""
        painter, p = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is None:
            size = self.sizeHint() - QSize(2, 2) * self._theme.px(2)
            self._picture = thumbnail(self._data, self._theme, size, self.devicePixelRatioF())
        painter.drawPixmap(self._theme.px(2), self._theme.px(2), self._picture)
        edge = p.current if self.hasFocus() else p.ink if self.isChecked() else p.muted if self.underMouse() else None
        if edge is not None:
            painter.setPen(QPen(QColor(edge), 1.5))
            corner = self._theme.px(6)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)
        painter.end()

    def _tell(self) -> None:
        self.chosen.emit(self.kind)


class SetStrip(QWidget):
    """Stamps side by side, in as many rows as it takes; Tab and arrow keys walk."""

    chosen = Signal(object)
    """The id of a kind of data set."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._stamps: list[Stamp] = []
        self._inputs, self._kind = 0, ""
        theme.changed.connect(self._lay_out)

    @property
    def stamps(self) -> dict[str, Stamp]:
        """By kind."""
        return {stamp.kind: stamp for stamp in self._stamps}

    @property
    def count(self) -> int:
        """How many sets there are to choose from."""
        return len(self._stamps)

    def offer(self, inputs: int) -> None:
        """Offer the drawn sets with so many inputs."""
        if inputs == self._inputs:
            return
        self._inputs = inputs
        while self._stamps:
            stamp = self._stamps.pop()
            stamp.hide()
            stamp.deleteLater()
        for kind, data in _alike(inputs).items():
            stamp = Stamp(kind, data_kinds()[kind].name, data, self._speech, self._theme, self)
            stamp.chosen.connect(self.chosen)
            stamp.walked.connect(self._walk)
            stamp.show()
            self._stamps.append(stamp)
        self.show_kind(self._kind)
        self._lay_out()

    def show_kind(self, kind: str) -> None:
        """Ring the set in force."""
        self._kind = kind
        for stamp in self._stamps:
            stamp.setChecked(stamp.kind == kind)

    def height_for(self, width: int) -> int:
        """Height of all rows at this width."""
        step = self._theme.px(SIDE) + self._theme.px(GAP)
        return -(-len(self._stamps) // self._across(width)) * step - self._theme.px(GAP)

    def width_for(self, height: int, narrow: int, widest: int) -> int:
        """The least width from `narrow` to `widest` in which the stamps are no higher; `narrow` where none is."""
        step = self._theme.px(SIDE) + self._theme.px(GAP)
        return next((each for each in range(narrow, widest + 1, step) if self.height_for(each) <= height), narrow)

    def rows_under(self, box: QRect) -> list[QRect]:
        """Where the stamps lie, in the pane, that a box touches."""
        places = [stamp.geometry().translated(self.pos()) for stamp in self._stamps if self.isVisible()]
        return [place for place in places if place.intersects(box)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as there is room for."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        step, across = self._theme.px(SIDE) + self._theme.px(GAP), self._across(self.width())
        for place, stamp in enumerate(self._stamps):
            stamp.move(place % across * step, place // across * step)

    def _across(self, width: int) -> int:
        gap = self._theme.px(GAP)
        return max(1, (width + gap) // (self._theme.px(SIDE) + gap))

    def _walk(self, stamp: Stamp, way: int) -> None:
        place = self._stamps.index(stamp) + way
        if 0 <= place < len(self._stamps):
            self._stamps[place].setFocus(Qt.FocusReason.TabFocusReason)


def _alike(inputs: int) -> dict[str, DataView]:
    """The drawn sets with so many inputs."""
    kinds = [kind for kind, entry in data_kinds().items() if entry.generated and kind != "function"]
    kinds.sort(key=lambda kind: FIRST.index(kind) if kind in FIRST else len(FIRST))
    views = {kind: sample_view(kind) for kind in kinds if inputs}
    return {kind: view for kind, view in views.items() if view is not None and view.inputs.shape[1] == inputs}
