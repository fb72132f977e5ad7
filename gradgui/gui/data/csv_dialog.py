"""Taking over a CSV file: how it is read, what each column is for, and what comes of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.catalog.datasets._csv_layout import DELIMITERS, Layout
from gradgui.catalog.datasets.csv import CsvSpec, Standardise, TargetType
from gradgui.gui.data import csv_words as words
from gradgui.gui.data.csv_preview import ANSWER, IGNORE, INPUT, CsvPreview
from gradgui.gui.data.slider_row import SliderRow
from gradgui.gui.data.small_rows import FewRow, SeedRow
from gradgui.gui.data.whole_rows import WholeRowsFrame, height_of_whole_rows
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.previews import Seen, Summary
from gradgui.text import Text, same

AUTO = "auto"
OPTIONS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "encoding": (words.ENCODING, ("utf-8", "gb18030", "utf-16", "utf-32")),
    "delimiter": (words.DELIMITER, tuple(DELIMITERS)),
    "header": (words.HEADER, ("yes", "no")),
    "decimal": (words.DECIMAL, (".", ",")),
}
KINDS: tuple[TargetType, ...] = ("auto", "number", "class")
SCALES: tuple[Standardise, ...] = ("none", "inputs", "both")
SEED = Text(en="seed", zh="随机种子")


class CsvDialog(QDialog):
    """Asks to look whenever a choice changes; says what would be learnt from, or why nothing can be."""

    look_asked = Signal(object, object, object)
    """Path, Layout, and a CsvSpec or None."""
    taken = Signal(object)
    """The CsvSpec to learn from; its path is absolute."""

    def __init__(
        self,
        path: Path,
        spec: CsvSpec | None,
        speech: Speech,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        """`spec`: what is in force for this file already, if it is."""
        super().__init__(parent)
        self._path, self._first, self._speech, self._theme = path, spec, speech, theme
        self._summary: Summary | None = None
        self._found: Layout | None = None
        self._options = {name: Choice(text, speech, theme, icons, self) for name, (text, _) in OPTIONS.items()}
        self._option_names = [
            SaidLabel(speech, theme, text, size=Size.SMALL, tone=Tone.MUTED) for text, _ in OPTIONS.values()
        ]
        self._size = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED)
        self.preview = CsvPreview(speech, theme, icons, self)
        self._rows = WholeRowsFrame(self.preview, partial(height_of_whole_rows, self.preview), self)
        kinds, scales = (words.AUTO_KIND, words.A_NUMBER, words.A_CLASS), (words.NONE, words.INPUTS, words.BOTH)
        self.kind = FewRow(words.KIND, KINDS, kinds, speech, theme, self)
        self.scale = FewRow(words.STANDARDISE, SCALES, scales, speech, theme, self)
        self.test = SliderRow(words.TEST, 0.0, 0.9, speech, theme, percent=True, parent=self)
        self.seed = SeedRow(SEED, 2**31 - 1, speech, theme, self)
        self.said = SaidLabel(speech, theme, words.READING, size=Size.BODY, parent=self)
        self.use, self._cancel = QPushButton(self), QPushButton(self)
        self._share, self._seed = 0.2, 1
        self._take_first()
        self._lay_out()
        self._wire()
        self.retranslate()
        self._show_options(None)

    @property
    def spec(self) -> CsvSpec:
        """What is chosen now."""
        return CsvSpec(
            path=str(self._path),
            targets=self.preview.columns(ANSWER),
            ignored=self.preview.columns(IGNORE),
            target_type=self._kind,
            standardise=self._scale,
            test_fraction=self._share,
            seed=self._seed,
            **self._chosen_options(),  # type: ignore[arg-type]
        )

    def option(self, name: str) -> Choice:
        """The choice of encoding, delimiter, header or decimal."""
        return self._options[name]

    def ask_first(self) -> None:
        """Look for the first time, once somebody listens."""
        self._look()

    def show_seen(self, seen: Seen) -> None:
        """Show what was found in the file."""
        if seen.preview is not None:
            self._found = seen.preview.layout
            self._show_options(seen.preview.layout)
            first = not self.preview.names
            before = self._first or CsvSpec(path="")
            names = self.preview.names
            self.preview.show_preview(seen.preview, before.targets, before.ignored)
            self._fit_rows()
            self._size.say(words.ROWS, rows=f"{seen.preview.count:,}", columns=len(seen.preview.names))
            if first or names != self.preview.names:
                self._look()
                return
        self._summary = seen.summary
        self.use.setEnabled(seen.summary is not None)
        self.said.say(seen.trouble or _found_words(seen.summary) or words.READING)
        self.said.set_tone(Tone.PLAIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field takes its number; a dialog would press the first button that it finds as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setWindowTitle(say(words.TITLE, file=self._path.name))
        self.use.setText(say(words.USE))
        self._cancel.setText(say(words.CANCEL))
        self.scale.setToolTip(say(words.STANDARDISE_TIP))
        for button in (self.use, self._cancel):
            button.setAccessibleName(button.text())
        self._show_options(self._found)

    def _take_first(self) -> None:
        """Begin with what is in force for this file."""
        first = self._first
        self._kind: TargetType = "auto" if first is None else first.target_type
        self._scale: Standardise = "both" if first is None else first.standardise
        if first is not None:
            self._share, self._seed = first.test_fraction, first.seed
        self.kind.set_value(self._kind)
        self.scale.set_value(self._scale)
        self.test.set_value(self._share)
        self.seed.set_value(self._seed)
        for name, choice in self._options.items():
            choice.set_choices([(AUTO, words.AUTOMATIC_ALONE), *((v, _named(name, v)) for v in OPTIONS[name][1])])
            choice.choose(AUTO if first is None else str(getattr(first, name)))

    def _lay_out(self) -> None:
        px = self._theme.px
        options = QGridLayout()
        options.setHorizontalSpacing(px(Space.GAP))
        for place, (label, choice) in enumerate(zip(self._option_names, self._options.values(), strict=True)):
            options.addWidget(label, 0, place)
            options.addWidget(choice, 1, place)
        options.setColumnStretch(len(self._options), 1)
        options.addWidget(self._size, 1, len(self._options), Qt.AlignmentFlag.AlignRight)
        below = QGridLayout()
        below.setHorizontalSpacing(px(2 * Space.GAP))
        for place, row in enumerate((self.kind, self.test, self.scale, self.seed)):
            below.addWidget(row, place // 2, place % 2)
        below.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        self.said.setWordWrap(True)
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.use)
        mark(self.use, "primary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.WIDE), px(Space.WIDE), px(Space.WIDE), px(Space.WIDE))
        column.setSpacing(px(Space.GAP))
        column.addLayout(options)
        column.addWidget(self._rows, 1)
        column.addLayout(below)
        column.addLayout(buttons)
        window = self.parentWidget()
        room = QSize(px(860), px(600)) if window is None else window.size() - QSize(2, 2) * px(Space.WIDE)
        self.resize(QSize(px(860), px(600)).boundedTo(room))

    def _wire(self) -> None:
        for choice in self._options.values():
            choice.chosen.connect(self._look)
        self.preview.roles_changed.connect(self._look)
        self.preview.horizontalScrollBar().rangeChanged.connect(self._fit_rows)
        self.kind.value_changed.connect(self._take_kind)
        self.scale.value_changed.connect(self._take_scale)
        self.test.value_changed.connect(self._take_share)
        self.seed.value_changed.connect(self._take_seed)
        self.use.clicked.connect(self._take)
        self._cancel.clicked.connect(self.reject)
        self.use.setEnabled(False)
        self._speech.changed.connect(self.retranslate)

    @Slot()
    def _fit_rows(self) -> None:
        """After Qt has given the header its height, and shown or hidden the bar."""
        QTimer.singleShot(0, self._rows, self._rows.fit)

    def _take_kind(self, kind: TargetType) -> None:
        self._kind = kind
        self._look()

    def _take_scale(self, scale: Standardise) -> None:
        self._scale = scale
        self._look()

    def _take_share(self, share: float) -> None:
        self._share = share
        self._look()

    def _take_seed(self, seed: int) -> None:
        self._seed = seed
        self.seed.set_value(seed)
        self._look()

    def _look(self, _choice: object = None) -> None:
        """Ask what comes of the choices, unless they are plainly not enough."""
        self.use.setEnabled(False)
        spec: CsvSpec | None = None
        if self.preview.names:
            missing = words.NO_ANSWER if not self.preview.columns(ANSWER) else None
            if missing is None and not self.preview.columns(INPUT):
                missing = words.NO_INPUT
            if missing is not None:
                self.said.say(missing)
                return
            spec = self.spec
        self.look_asked.emit(self._path, self._layout(), spec)

    def _layout(self) -> Layout:
        return Layout(**self._chosen_options())  # type: ignore[arg-type]

    def _chosen_options(self) -> dict[str, str]:
        return {name: choice.choice or AUTO for name, choice in self._options.items()}

    def _show_options(self, found: Layout | None) -> None:
        """Say beside “automatic” what was found."""
        for name, choice in self._options.items():
            known = None if found is None else str(getattr(found, name))
            automatic = words.AUTOMATIC_ALONE if known is None else words.AUTOMATIC.filled(found=_named(name, known))
            choice.set_choices([(AUTO, automatic), *((value, _named(name, value)) for value in OPTIONS[name][1])])
            longest = max(choice.fontMetrics().horizontalAdvance(choice.itemText(k)) for k in range(choice.count()))
            choice.setMinimumWidth(longest + self._theme.px(64))

    def _take(self) -> None:
        self.taken.emit(self.spec)
        self.accept()


def _named(option: str, value: str) -> Text:
    if option == "decimal" and value == ",":
        return words.COMMA_DECIMAL
    return words.NAMES.get(value, same(value))


def _found_words(summary: Summary | None) -> Text | None:
    if summary is None:
        return None
    if summary.class_names:
        answer = words.ONE_OF_CLASSES.filled(count=len(summary.class_names))
    elif summary.answers == 1:
        answer = words.ONE_NUMBER
    else:
        answer = words.SOME_NUMBERS.filled(count=summary.answers)
    found = words.FOUND.filled(inputs=len(summary.inputs), answer=answer, train=summary.train, test=summary.test)
    if any(" = " in name for name in summary.inputs):
        return Text(en=f"{found.en} {words.WIDENED.en}", zh=f"{found.zh}{words.WIDENED.zh}")
    return found
