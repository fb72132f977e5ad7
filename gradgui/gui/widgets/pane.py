"""A white card with a title: the frame around every view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

FOCUS_TIP = Text(en="Double-click: this pane alone, and back", zh="双击：只看这一块，再双击恢复")

CROWD = 3
"""More titles than this in one bar stand closer together."""


class _TitleBar(QWidget):
    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()


class _Tab(QToolButton):
    """The title of a pane that stands behind this one."""

    chosen = Signal(object)

    def __init__(self, name: str, title: Text, speech: Speech, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._title, self._speech, self._theme = name, title, speech, theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        mark(self, "tone", "muted")
        self.clicked.connect(self._tell)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        self.setText(self._speech.say(self._title))
        self.setAccessibleName(self.text())

    def restyle(self) -> None:
        self.setFont(self._theme.font(Size.BODY))

    def _tell(self) -> None:
        self.chosen.emit(self._name)


class Pane(QFrame):
    """A title, something small in the corner if there is anything to say, and the view itself."""

    focus_requested = Signal()
    """The title was double-clicked: show this pane alone, or all of them again."""
    neighbour_chosen = Signal(object)
    """The name of a pane behind this one, whose title was clicked."""

    def __init__(
        self,
        title: Text,
        body: QWidget,
        speech: Speech,
        theme: Theme,
        *,
        corner: QWidget | None = None,
        titled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`titled=False` keeps the title for screen readers, and for panes that share one place."""
        super().__init__(parent)
        self.setObjectName("pane")
        self._title, self._speech, self._theme, self._body = title, speech, theme, body
        self._titled = titled
        self._bar = _TitleBar(self)
        self._bar.setVisible(titled)
        self._bar.setMinimumWidth(1)  # the view decides how narrow a pane may be; titles give way
        self._row = QHBoxLayout(self._bar)
        self._tabs: list[_Tab] = []
        self._offered: tuple[str, ...] = ()
        self._row.addWidget(SaidLabel(speech, theme, title, size=Size.BODY, tone=Tone.MUTED, bold=True))
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._bar)
        self._column.addWidget(body, 1)
        if corner is not None:
            self.set_corner(corner)
        self._bar.double_clicked.connect(self.focus_requested)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def body(self) -> QWidget:
        """The view inside."""
        return self._body

    @property
    def title(self) -> Text:
        """What is written above."""
        return self._title

    def offer(self, neighbours: Sequence[tuple[str, Text]], own: str) -> None:
        """Write the titles of the panes that share this place beside the own one, in their order."""
        names = tuple(name for name, _ in neighbours)
        if names == self._offered:
            return
        self._offered = names
        self._bar.setVisible(self._titled or bool(names))
        self.restyle()
        while self._tabs:
            tab = self._tabs.pop()
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        for place, (name, title) in enumerate(neighbours):
            if name != own:
                tab = _Tab(name, title, self._speech, self._theme, self._bar)
                tab.chosen.connect(self.neighbour_chosen)
                self._row.insertWidget(place, tab)
                tab.show()
                self._tabs.append(tab)

    def set_corner(self, widget: QWidget) -> None:
        """Put a badge, a few words or small buttons at the right end of the title."""
        self._row.addWidget(widget)

    def retranslate(self) -> None:
        """Name the pane in the language of now."""
        self.setAccessibleName(self._speech.say(self._title))
        self._bar.setToolTip(self._speech.say(FOCUS_TIP))

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        gap, tiny = px(Space.GAP), px(Space.TINY)
        self._column.setSpacing(0)
        self._row.setContentsMargins(gap, tiny, gap, 0)
        self._row.setSpacing(px(Space.TINY if len(self._offered) > CROWD else Space.SMALL))
        self._bar.setFixedHeight(px(Space.WIDE) * 2 + tiny)
        side = tiny if self._bar.isVisibleTo(self) else 0
        self._column.setContentsMargins(side, 0, side, side)


def room_in_title(widget: QWidget, theme: Theme, *shared_with: QWidget) -> int:
    """What the others in a title leave for this one, and for those that share its room, in pixels."""
    title, px = widget.parentWidget(), theme.px
    assert title is not None
    others = [each for each in title.children() if isinstance(each, QWidget) and each not in (widget, *shared_with)]
    taken = [each.sizeHint().width() + px(Space.SMALL) for each in others if not each.isHidden()]
    return title.width() - px(2 * Space.GAP + Space.SMALL) - sum(taken)
