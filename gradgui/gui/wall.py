"""The wall the panes hang on: which of them are seen, and where, in a window of this size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gradgui.gui.theme import Space, Theme
from gradgui.gui.widgets.pane import Pane

TRAINING = ("data", "curves")
LOW = 700
"""A wall below this height has no room for a row of panes under the network."""
USUAL_WIDTH, USUAL_HEIGHT = 1416, 808


class Wall(QSplitter):
    """Network and surface above, the debugger below; Data and Curves join them for training.

    In a high window Data and Curves hang under the network; in a low one beside it, one behind the other; where even
    that is too wide, all three share the place of the network. Whoever is hidden is a tab in the title of the other.
    """

    def __init__(self, panes: Mapping[str, Pane], theme: Theme, parent: QWidget | None = None) -> None:
        """`panes`: network, surface, data, curves, debugger and perhaps lesson."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._panes, self._theme = dict(panes), theme
        self._factor = theme.factor
        self._training_shown, self._alone, self._chosen = False, "", "network"
        self._build()
        for pane in self._panes.values():
            pane.focus_requested.connect(self._hear_focus)
            pane.neighbour_chosen.connect(self.bring_forward)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.arrange()

    @property
    def focused_pane(self) -> str:
        """The pane shown alone, or an empty name."""
        return self._alone

    def focus_pane(self, name: str) -> None:
        """Show one pane alone; the same again, or an empty name, shows all."""
        self._alone = "" if name == self._alone else name
        self.arrange()

    def show_training_panes(self, shown: bool) -> None:
        """Show or fold away Data and Curves."""
        self._training_shown = shown
        self.arrange()

    def bring_forward(self, name: object) -> None:
        """Show a pane that shares its place with others."""
        self._chosen = str(name)
        self.arrange()

    @property
    def splitter_sizes(self) -> dict[str, list[int]]:
        """How the panes share the room, for each splitter whose parts are all shown."""
        shared = {name: splitter.sizes() for name, splitter in self._splitters().items()}
        return {name: sizes for name, sizes in shared.items() if len(sizes) > 1 and all(sizes)}

    def share_room(self, sizes: Mapping[str, Sequence[int]]) -> None:
        """Share the room as it was shared before; what does not fit these panes is passed over."""
        for name, splitter in self._splitters().items():
            wanted = list(sizes.get(name, ()))
            if len(wanted) == splitter.count() and all(size > 0 for size in wanted):
                splitter.setSizes(wanted)

    def arrange(self) -> None:
        """Show what is wanted; a splitter with nothing to show takes no room."""
        low = self.height() < self._theme.px(LOW)
        shared = self._shared() if low else ()
        hidden = {name for name in shared if name != self._front(shared)}
        hidden |= set() if self._training_shown else set(TRAINING)
        for name, pane in self._panes.items():
            pane.setVisible(name == self._alone if self._alone else name not in hidden)
            together = shared if name in shared and not self._alone else ()
            pane.offer([(other, self._panes[other].title) for other in together], name)
        for splitter in (self._training, self._left, self._middle):
            children = (splitter.widget(i) for i in range(splitter.count()))
            splitter.setVisible(any(child is not None and not child.isHidden() for child in children))
        self._left.setOrientation(Qt.Orientation.Horizontal if low else Qt.Orientation.Vertical)

    def restyle(self) -> None:
        """Take the distances of now; the debugger keeps its share of a larger text."""
        for splitter in (self, self._middle, self._left, self._training):
            splitter.setHandleWidth(self._theme.px(Space.GAP))
        if self._factor != self._theme.factor and all(self.sizes()):
            middle, debugger = self.sizes()
            wanted = round(debugger * self._theme.factor / self._factor)
            self.setSizes([middle + debugger - wanted, wanted])
        self._factor = self._theme.factor
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def _build(self) -> None:
        panes = self._panes
        self._training = _splitter(Qt.Orientation.Horizontal, [(panes["data"], 1), (panes["curves"], 1)])
        self._left = _splitter(Qt.Orientation.Vertical, [(panes["network"], 1), (self._training, 1)])
        middle = [(self._left, 7), (panes["surface"], 5)]
        if "lesson" in panes:
            middle.insert(0, (panes["lesson"], 0))
        self._middle = _splitter(Qt.Orientation.Horizontal, middle)
        self.setChildrenCollapsible(False)
        self.addWidget(self._middle)
        self.addWidget(panes["debugger"])
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self._set_first_sizes()

    def _splitters(self) -> dict[str, QSplitter]:
        return {"wall": self, "middle": self._middle, "left": self._left, "training": self._training}

    def _set_first_sizes(self) -> None:
        debugger = self._theme.px(Space.DEBUGGER)
        self.setSizes([USUAL_HEIGHT - debugger, debugger])
        lesson = [self._theme.px(Space.LESSON)] if "lesson" in self._panes else []
        room = USUAL_WIDTH - sum(lesson)
        self._middle.setSizes([*lesson, room * 7 // 12, room * 5 // 12])
        self._left.setSizes([560, 440])
        self._training.setSizes([440, 560])

    def _shared(self) -> tuple[str, ...]:
        """Who takes turns in a low window."""
        if not self._training_shown:
            return ()
        side_by_side = ("network", *TRAINING[:1], "surface", *(["lesson"] if "lesson" in self._panes else []))
        needed = sum(self._panes[name].minimumSizeHint().width() + self.handleWidth() for name in side_by_side)
        return ("network", *TRAINING) if needed > self.width() else TRAINING

    def _front(self, shared: Sequence[str]) -> str:
        return self._chosen if self._chosen in shared else next(iter(shared), "")

    def _hear_focus(self) -> None:
        sender = self.sender()
        self.focus_pane(next(name for name, pane in self._panes.items() if pane is sender))


def _splitter(orientation: Qt.Orientation, parts: Sequence[tuple[QWidget, int]]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for index, (widget, stretch) in enumerate(parts):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, stretch)
    return splitter
