"""The wall the panes hang on: which of them are seen, and where, in a window of this size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gradgui.gui.theme import Space, Theme
from gradgui.gui.widgets.pane import Pane
from gradgui.text import Text

TRAINING = ("data", "curves")
LOW = 700
"""A wall below this height has no room for two panes above each other: Data and Curves take turns."""
TINY = 300
"""A wall below this height, as with very large text, has no room for two rows: all panes take turns."""
SHORT = {"surface": Text(en="Surface", zh="曲面")}
"""What a pane is called in the titles of others, where its name is long."""
USUAL_WIDTH, USUAL_HEIGHT = 1416, 808
WEIGHTS = {"network": 39, "training": 28, "surface": 33, "data": 55, "curves": 45}
DEBUGGER_LEAST, DEBUGGER_MOST = 0.31, 0.42
"""Of the height of the wall: larger text does not push the network and the surface out of sight."""
TWO = {"network": 7, "training": 7, "surface": 5}
"""How much room each pane gets of its row or column, until somebody moves a border."""


class Wall(QSplitter):
    """Columns above, the debugger below: the network, for training Data over Curves, and the surface.

    In a low window Data and Curves take turns; where even that is too wide, all three share the place of the network.
    With so large a text that no two rows fit, all of them share one place. Whoever is hidden is a tab in the title of
    the other. Borders that were moved are remembered for each set of panes.
    """

    def __init__(self, panes: Mapping[str, Pane], theme: Theme, parent: QWidget | None = None) -> None:
        """`panes`: network, surface, data, curves, debugger and perhaps lesson."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._panes, self._theme = dict(panes), theme
        self._factor = theme.factor
        self._training_shown, self._alone, self._chosen = False, "", "network"
        self._moved: dict[str, list[int]] = {}
        self._seen: dict[str, str] = {}
        self._build()
        for pane in self._panes.values():
            pane.focus_requested.connect(self._hear_focus)
            pane.neighbour_chosen.connect(self.bring_forward)
        for splitter in self._splitters().values():
            splitter.splitterMoved.connect(self._note_moved)
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
        """How the panes share the room wherever somebody moved a border, by the panes that are side by side there."""
        return {key: list(sizes) for key, sizes in self._moved.items()}

    def share_room(self, sizes: Mapping[str, Sequence[int]]) -> None:
        """Share the room as it was shared before; what does not fit these panes is passed over."""
        for key, wanted in sizes.items():
            if len(wanted) == key.count("+") + 1 and all(size > 0 for size in wanted):
                self._moved[key] = list(wanted)
        self._seen.clear()
        self.arrange()

    def arrange(self) -> None:
        """Show what is wanted; a splitter with nothing to show takes no room."""
        low = self.height() < self._theme.px(LOW)
        shared = self._all() if self._is_tiny else self._shared() if low else ()
        hidden = {name for name in shared if name != self._front(shared)}
        hidden |= set() if self._training_shown else set(TRAINING)
        for name, pane in self._panes.items():
            pane.setVisible(name == self._alone if self._alone else name not in hidden)
            together = shared if name in shared and not self._alone else ()
            pane.offer([(other, SHORT.get(other, self._panes[other].title)) for other in together], name)
        for splitter in (self._training, self._middle):
            children = (splitter.widget(i) for i in range(splitter.count()))
            splitter.setVisible(any(child is not None and not child.isHidden() for child in children))
        for name, splitter in self._splitters().items():
            self._share(name, splitter)

    def restyle(self) -> None:
        """Take the distances of now; the debugger keeps its share of a larger text."""
        for splitter in (self, self._middle, self._training):
            splitter.setHandleWidth(self._theme.px(Space.GAP))
        key = self._seen.get("wall", "")
        if self._factor != self._theme.factor and key in self._moved:
            middle, debugger = self._moved[key]
            wanted = round(debugger * self._theme.factor / self._factor)
            self._moved[key] = [max(1, middle + debugger - wanted), wanted]
            self._seen.clear()
        self._factor = self._theme.factor
        self._forget_usual()
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget_usual()
        self.arrange()

    def _build(self) -> None:
        panes = self._panes
        self._training = _splitter(Qt.Orientation.Vertical, [(panes[name], WEIGHTS[name]) for name in TRAINING])
        self._training.setObjectName("training")
        columns: list[tuple[QWidget, int]] = [
            (panes["network"], WEIGHTS["network"]), (self._training, WEIGHTS["training"]),
            (panes["surface"], WEIGHTS["surface"]),
        ]  # fmt: skip
        if "lesson" in panes:
            columns.insert(0, (panes["lesson"], 0))
        self._middle = _splitter(Qt.Orientation.Horizontal, columns)
        self.setChildrenCollapsible(False)
        self.addWidget(self._middle)
        self.addWidget(panes["debugger"])
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"wall": self, "middle": self._middle, "training": self._training}

    def _forget_usual(self) -> None:
        """Share the room anew wherever nobody has moved a border."""
        self._seen = {name: key for name, key in self._seen.items() if key in self._moved}

    def _shown(self, splitter: QSplitter) -> list[tuple[str, QWidget]]:
        """The parts of a splitter that can be seen, with their names."""
        names: dict[QWidget, str] = {pane: name for name, pane in self._panes.items()}
        names |= {self._training: "training", self._middle: "middle"}
        parts = (splitter.widget(place) for place in range(splitter.count()))
        return [(names[part], part) for part in parts if part is not None and not part.isHidden()]

    def _share(self, name: str, splitter: QSplitter) -> None:
        """Give the parts their room, whenever other ones are shown than before."""
        shown = self._shown(splitter)
        key = "+".join(part for part, _ in shown)
        if self._seen.get(name) == key or not shown:
            return
        self._seen[name] = key
        sizes = dict(zip((part for part, _ in shown), self._moved.get(key) or self._usual(splitter, key), strict=True))
        widgets = {widget: sizes[part] for part, widget in shown}
        order = (splitter.widget(place) for place in range(splitter.count()))
        splitter.setSizes([widgets.get(widget, 0) if widget is not None else 0 for widget in order])

    def _usual(self, splitter: QSplitter, key: str) -> list[int]:
        """The room for these parts until somebody moves a border."""
        names = key.split("+")
        upright = splitter.orientation() is Qt.Orientation.Vertical
        usual = USUAL_HEIGHT if upright else USUAL_WIDTH
        whole = max(self.height() if upright else self.width(), usual if not self.isVisible() else 1)
        debugger = max(self._theme.px(Space.DEBUGGER), round(DEBUGGER_LEAST * whole))
        debugger = min(debugger, round(DEBUGGER_MOST * whole))
        fixed = {"debugger": debugger, "lesson": self._theme.px(Space.LESSON)}
        room = whole - sum(fixed.get(name, 0) for name in names) - (len(names) - 1) * self._theme.px(Space.GAP)
        parts = [name for name in names if name not in fixed]
        weights = TWO if len(parts) == 2 and "surface" in parts else WEIGHTS
        total = sum(weights.get(name, 1) for name in parts)
        return [fixed.get(name) or max(1, room * weights.get(name, 1) // total) for name in names]

    def _note_moved(self) -> None:
        """Somebody moved a border: so it is shared from now on wherever these panes are side by side."""
        splitter = self.sender()
        if isinstance(splitter, QSplitter):
            shown = self._shown(splitter)
            self._moved["+".join(name for name, _ in shown)] = [size for size in splitter.sizes() if size > 0]

    def _shared(self) -> tuple[str, ...]:
        """Who takes turns in a low window."""
        if not self._training_shown:
            return ()
        side_by_side = ("network", *TRAINING[:1], "surface", *(["lesson"] if "lesson" in self._panes else []))
        bodies = [self._panes[name].body for name in side_by_side]
        needed = sum(max(b.minimumSizeHint().width(), b.minimumWidth()) + self.handleWidth() for b in bodies)
        return ("network", *TRAINING) if needed > self.width() else TRAINING

    @property
    def _is_tiny(self) -> bool:
        return self.height() < self._theme.px(TINY)

    def _all(self) -> tuple[str, ...]:
        return ("network", *(TRAINING if self._training_shown else ()), "surface", "debugger")

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
