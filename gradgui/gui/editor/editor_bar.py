"""The small row in the title of the network: where the run starts, how near one looks, and the table of layers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gradgui.document.experiment import Experiment
from gradgui.gui.editor.zoom import BLOCKS, SUM
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

SEED = Text(en="seed", zh="种子")
SAME = Text(en="Same start: the very same weights and batches again", zh="同一个起点：同样的权重、同样的批次，从头再来")
NEW = Text(en="New start: draw other weights, with the next seed", zh="换一个起点：用下一个种子重新产生权重")
NEARER = Text(
    en="Nearer, up to the arithmetic of one neuron (Ctrl + wheel)", zh="放大，直到一个神经元的算式（Ctrl + 滚轮）"
)
FARTHER = Text(en="Farther away, up to blocks (Ctrl + wheel)", zh="缩小，直到每层一块（Ctrl + 滚轮）")
TABLE = Text(en="All layers and their numbers as a table", zh="以表格查看所有层和它们的数")
LARGEST_SEED = 2**31 - 1
BUTTON = 28
"""Wide enough to be hit, narrow enough to leave the number of parameters its place."""
BUTTONS = (
    ("same", "reset", SAME),
    ("new", "dice", NEW),
    ("out", "minus", FARTHER),
    ("in", "plus", NEARER),
    ("table", "table", TABLE),
)


class EditorBar(QWidget):
    """Buttons and the seed, small enough for the title."""

    seed_committed = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self.buttons = {name: QToolButton(self) for name, _, _ in BUTTONS}
        self._label = SaidLabel(speech, theme, SEED, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.seed = NumberField(SEED, 1, speech, theme, low=0, high=LARGEST_SEED, step=1, parent=self)
        self.seed.value_committed.connect(self._take_seed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        order = (self.buttons["same"], self.buttons["new"], self._label, self.seed)
        for part in (*order, self.buttons["out"], self.buttons["in"], self.buttons["table"]):
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.show_level(0)

    def show_document(self, experiment: Experiment) -> None:
        """The seed that is in force."""
        self.seed.set_value(experiment.training.seed)

    @Slot(object)
    def show_level(self, level: int) -> None:
        """Nobody can go farther away than blocks, or nearer than one neuron."""
        self.buttons["out"].setEnabled(level > BLOCKS)
        self.buttons["in"].setEnabled(level < SUM)

    def fits(self, room: int) -> bool:
        """Whether the buttons and the seed have room; changes nothing."""
        always, starts, seed, _ = self._widths()
        return room >= always + starts + seed

    def fits_least(self, room: int) -> bool:
        """Whether there is room for what is always there; changes nothing."""
        return room >= self._widths()[0]

    def fit(self, room: int) -> None:
        """Show as much as there is room for."""
        always, starts, seed, label = self._widths()
        self._appear((self.buttons["same"], self.buttons["new"]), room >= always + starts)
        self._appear((self.seed,), room >= always + starts + seed)
        self._appear((self._label,), room >= always + starts + seed + label)

    def _widths(self) -> tuple[int, int, int, int]:
        """What always has to be there, the two starts, the seed and its name."""
        gap = self._row.spacing()
        width = {name: button.width() + gap for name, button in self.buttons.items()}
        always = sum(width[name] for name in ("out", "in", "table"))
        return always, width["same"] + width["new"], self.seed.width() + gap, self._label.sizeHint().width() + gap

    @staticmethod
    def _appear(parts: tuple[QWidget, ...], shown: bool) -> None:
        for part in parts:
            if part.isHidden() is shown:
                part.setVisible(shown)

    def retranslate(self) -> None:
        """Name every button in the language of now."""
        for name, _, words in BUTTONS:
            self.buttons[name].setToolTip(self._speech.say(words))
            self.buttons[name].setAccessibleName(self._speech.say(words))

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px = self._theme.px
        side = px(Space.WIDE)
        for name, icon, _ in BUTTONS:
            self.buttons[name].setIcon(self._icons.icon(icon, self._theme.palette.muted))
            self.buttons[name].setIconSize(QSize(side, side))
            self.buttons[name].setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.buttons[name].setFixedWidth(px(BUTTON))
            self.buttons[name].setStyleSheet(f"QToolButton {{ padding: {px(Space.TINY)}px 0; }}")
        self._row.setSpacing(px(Space.TINY) // 2)
        self.seed.restyle()
        high = px(Space.WIDE + Space.SMALL)
        self.seed.setStyleSheet(f"QLineEdit {{ min-height: {high - 2}px; padding: 0 {px(Space.SMALL)}px; }}")
        self.seed.setFont(self._theme.font(Size.SMALL))
        self.seed.setFixedSize(px(64), high)

    @Slot(object)
    def _take_seed(self, seed: float) -> None:
        self.seed_committed.emit(round(seed))
