"""The gallery of data sets, the options of the one in force, and the features that the network is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.catalog.registry import data_kinds
from gradgui.errors import UserError
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.feature_bar import FeatureBar
from gradgui.gui.data.option_form import OptionForm
from gradgui.gui.data.set_card import WIDE, SetCard
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import MINUS, Size, Space, Theme, number
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.data_views import kind_of, sample_view
from gradgui.session.snapshot import DataView
from gradgui.session.units import LineInUnits
from gradgui.text import Text, same

HAND = {"points": words.DRAW_THEM, "table": words.TYPE_THEM, "digits": words.LOOK_AT_THEM, "csv": words.IMPORT}
"""Sets that are changed elsewhere than in a form, and what the button that leads there says."""


class CardGrid(QWidget):
    """Cards in rows as wide as there is room; arrow keys go from one to the next."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[SetCard] = []

    def add(self, card: SetCard) -> None:
        """Put a card at the end."""
        card.setParent(self)
        card.installEventFilter(self)
        self._cards.append(card)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(self._theme.px(WIDE) * 5, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """A narrower grid is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        if not self._cards:
            return 0
        rows = -(-len(self._cards) // self._columns(width))
        return rows * self._cards[0].height()

    def resizeEvent(self, event: QEvent) -> None:
        """Lay the cards out."""
        self.lay_out()

    def lay_out(self) -> None:
        """Place every card."""
        columns = self._columns(self.width())
        step = self.width() / columns
        for place, card in enumerate(self._cards):
            row, column = divmod(place, columns)
            card.move(round(column * step), row * card.height())
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def eventFilter(self, card: QObject, event: QEvent) -> bool:
        """Arrow keys move on."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and card in self._cards:
            columns = self._columns(self.width())
            steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: columns, Qt.Key.Key_Up: -columns}
            step = steps.get(Qt.Key(event.key()))
            at = 0 if step is None else self._cards.index(card) + step
            if step is not None and 0 <= at < len(self._cards):
                self._cards[at].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(card, event)

    def _columns(self, width: int) -> int:
        return max(1, min(len(self._cards) or 1, width // self._theme.px(WIDE)))


class GalleryPage(QScrollArea):
    """Shows the data part of an experiment, and says what is wanted instead."""

    set_chosen = Signal(object)
    """The id of a kind of data set."""
    option_changed = Signal(object, object)
    gesture_ended = Signal()
    feature_asked = Signal(object, object)
    other_file_asked = Signal()
    elsewhere_asked = Signal(object)
    """The id of a kind that is changed on another page, or in a dialog."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._cards: dict[str, SetCard] = {}
        self._spec: DataSpec | None = None
        self._shown: tuple[DataView, tuple[str, ...] | None] | None = None
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._grid = CardGrid(theme, self._body)
        self._fill_gallery()
        self._name = SaidLabel(speech, theme, size=Size.LARGE, bold=True, parent=self._body)
        self._about = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self._body)
        self._about.setWordWrap(True)
        self._units = SaidLabel(speech, theme, size=Size.SMALL, parent=self._body)
        self._units.setWordWrap(True)
        self._elsewhere, self._other_file = QPushButton(self._body), QPushButton(self._body)
        self.form = OptionForm(speech, theme, self._body)
        self._seen = SaidLabel(speech, theme, words.FEATURES, size=Size.BODY, bold=True, parent=self._body)
        self.features = FeatureBar(speech, theme, self._body)
        self._refusal = SaidLabel(speech, theme, size=Size.SMALL, parent=self._body)
        self._refusal.setWordWrap(True)
        self._lay_out()
        self._wire()
        self.retranslate()
        self.restyle()

    @property
    def refusal(self) -> str:
        """Why the last wish could not be fulfilled, if it could not."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    @property
    def elsewhere(self) -> QPushButton:
        """Leads to where this set is changed, if not here."""
        return self._elsewhere

    def card(self, kind: str) -> SetCard:
        """The card of one kind of set."""
        return self._cards[kind]

    def show_spec(self, spec: DataSpec, features: tuple[str, ...] | None, data: DataView) -> None:
        """Show which set is in force, its options and features."""
        self._spec, kind = spec, kind_of(spec)
        for name, card in self._cards.items():
            card.setChecked(name == kind)
        self._name.say(data_kinds()[kind].name)
        self.form.show_spec(spec)
        self._shown = (data, features)
        self.features.show_features(data, features)
        self._refusal.hide()
        about = {
            "points": words.DRAWN_BY_HAND,
            "table": words.TYPED_BY_HAND,
            "csv": words.FROM_FILE.filled(file=spec.path) if isinstance(spec, CsvSpec) else same(""),
        }.get(kind, same(""))
        self._about.say(about)
        self._about.setVisible(bool(about.en))
        self._elsewhere.setVisible(kind in HAND)
        self._other_file.setVisible(kind == "csv")
        self.retranslate()

    @property
    def units(self) -> str:
        """What a linear network has learnt, in the units of the file."""
        return "" if self._units.isHidden() else self._units.text()

    def show_units(self, lines: tuple[LineInUnits, ...], scaled: bool) -> None:
        """Write down what a linear network has learnt; of others only that their numbers were standardised."""
        self._units.setVisible(scaled)
        if not scaled:
            return
        said = "\n".join(line_words(line) for line in lines)
        self._units.say(
            Text(en=f"{words.IN_UNITS.en}\n{said}", zh=f"{words.IN_UNITS.zh}\n{said}") if lines else words.SCALED
        )

    def refuse(self, error: UserError, option: str | None = None) -> None:
        """Say why something cannot be, at its row where it has one."""
        if option is not None and option == "expression":
            self.form.refuse(option, error)
            return
        self._refusal.say(error.text)
        self._refusal.show()

    def retranslate(self) -> None:
        """Say the button in the language of now."""
        name = self._speech.say(words.SETS)
        self.setAccessibleName(name)
        if self._shown is not None:
            self.features.show_features(*self._shown)
        self._other_file.setText(self._speech.say(words.OTHER_FILE))
        self._other_file.setAccessibleName(self._other_file.text())
        if self._spec is not None and kind_of(self._spec) in HAND:
            self._elsewhere.setText(self._speech.say(HAND[kind_of(self._spec)]))
            self._elsewhere.setAccessibleName(self._elsewhere.text())

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        self._column.setContentsMargins(0, 0, px(Space.GAP), 0)
        self._column.setSpacing(px(Space.TINY))
        for button in (self._elsewhere, self._other_file):
            button.setFont(self._theme.font(Size.SMALL))
        self._grid.lay_out()

    def _fill_gallery(self) -> None:
        """Classes first, then numbers, then real data and one's own; a card's tip says which."""
        groups = list(words.GROUPS)
        for kind in sorted(data_kinds(), key=lambda kind: groups.index(_group(kind))):
            name, question = data_kinds()[kind].name, words.GROUPS[_group(kind)]
            card = SetCard(kind, name, question, sample_view(kind), self._speech, self._theme, self._icons)
            card.clicked.connect(self._choose)
            self._grid.add(card)
            self._cards[kind] = card
        self._column.addWidget(self._grid)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._other_file)
        head.addWidget(self._elsewhere)
        self._column.addLayout(head)
        for part in (self._about, self._units, self.form, self._seen, self.features, self._refusal):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._refusal.hide()
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def _wire(self) -> None:
        self.form.option_changed.connect(self.option_changed)
        self.form.gesture_ended.connect(self.gesture_ended)
        self.features.feature_asked.connect(self.feature_asked)
        self._other_file.clicked.connect(self.other_file_asked)
        self._elsewhere.clicked.connect(self._ask_elsewhere)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _choose(self) -> None:
        card = self.sender()
        assert isinstance(card, SetCard)
        self.set_chosen.emit(card.kind)

    def _ask_elsewhere(self) -> None:
        if self._spec is not None:
            self.elsewhere_asked.emit(kind_of(self._spec))


def line_words(line: LineInUnits) -> str:
    """price = 40.12 + 1.197 · area − 0.7931 · age …"""
    parts = [f"{line.answer} = {number(line.constant)}"]
    for name, factor in zip(line.inputs, line.coefficients, strict=True):
        parts.append(f"{MINUS if factor < 0 else '+'} {number(abs(factor))} · {name}")
    return " ".join(parts)


def _group(kind: str) -> str:
    """Told from the examples themselves."""
    data, entry = sample_view(kind), data_kinds()[kind]
    if data is None or not entry.generated:
        return "real"
    return "classes" if data.classes else "numbers"
