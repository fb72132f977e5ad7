"""Pictures: a pad to draw one that the network reads at once, and all those of the data set to choose from."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gradgui.gui.data import bitmap
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.answers import Answers, shares_of
from gradgui.gui.data.pad import Pad
from gradgui.gui.data.seen_view import SeenView
from gradgui.gui.data.share_bars import ShareBars
from gradgui.gui.data.thumb_grid import ThumbGrid
from gradgui.gui.data.whole_rows import WholeRowsFrame
from gradgui.gui.data.words import class_name, short_name
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.segmented import Segmented
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.snapshot import Array, DataView, Snapshot

SMALLEST = 16
"""Fewer inputs are no picture."""
ALL = "all"


class PicturesPage(QWidget):
    """Asks what the network says to a drawing and to all pictures; shows the answers when they come."""

    asked = Signal(object, object)
    """A question (“pad” or “all”) and (N, inputs) for the network."""
    sample_chosen = Signal(object)
    """The number of a training sample to be traced."""
    digits_asked = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._data: DataView | None = None
        self._range = (0.0, 1.0)
        self._given: NDArray[np.intp] | None = None
        self.pad, self.seen = Pad(speech, theme, self), SeenView(theme, self)
        self.bars = ShareBars(speech, theme, self)
        self._pens = Segmented(speech, theme, (words.FREE, words.PIXELS), words.PEN, self)
        self._fit = Toggle(theme, parent=self)
        self._clear = QPushButton(self)
        self._seen_name = SaidLabel(speech, theme, words.SEEN, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.classes = Choice(words.WHICH_CLASS, speech, theme, icons, self)
        self.wrong = Toggle(theme, parent=self)
        self._count = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.grid = ThumbGrid(theme)
        self._scroll = QScrollArea(self)
        self._rows = WholeRowsFrame(self._scroll, self.grid.whole_height, self)
        self._none = QWidget(self)
        self._why = SaidLabel(speech, theme, words.NO_PICTURES, size=Size.BODY, tone=Tone.MUTED, parent=self._none)
        self._digits = QPushButton(self._none)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._wire()
        self._fit.setChecked(True)
        policy = self._fit.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # pixels always fill the frame; nothing jumps
        self._fit.setSizePolicy(policy)
        self.retranslate()
        self.restyle()

    @property
    def digits_button(self) -> QPushButton:
        """Brings the handwritten digits where the data are no pictures."""
        return self._digits

    @property
    def pens(self) -> Segmented:
        """Free drawing or the network's own pixels."""
        return self._pens

    @property
    def clear_button(self) -> QPushButton:
        """Wipes the pad."""
        return self._clear

    def show_data(self, data: DataView) -> None:
        """Show the pictures of a data set, if they are some."""
        if data is self._data:
            return
        self._data, self._given = data, None
        side = math.isqrt(data.inputs.shape[1])
        pictures = side * side == data.inputs.shape[1] >= SMALLEST and data.classes > 0
        self._stack.setCurrentIndex(1 if pictures else 0)
        if not pictures:
            return
        self._range = float(data.inputs.min()), float(data.inputs.max())
        self.pad.use_side(side)
        self.grid.show_pictures(data.inputs.reshape(-1, side, side))
        names = [class_name(data, k) for k in range(data.classes)]
        self.classes.set_choices([(ALL, words.ALL_CLASSES), *((str(k), name) for k, name in enumerate(names))])
        self.bars.show_shares(tuple(names), None)
        self._choose_samples()
        self.ask_all()
        self.ask_pad()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Ring the sample that is traced, and ask again: the network is another one now."""
        if self._stack.currentIndex() == 0:
            return
        sample = int(snapshot.batch[snapshot.sample]) if snapshot.sample < snapshot.batch.size else None
        self.grid.ring(None if snapshot.running else sample)
        self.ask_pad()
        self.ask_all()

    def show_answer(self, question: object, outputs: Array) -> None:
        """Show what the network said."""
        data = self._data
        if data is None or self._stack.currentIndex() == 0:
            return
        answers = Answers.of(data)
        if question == "pad":
            names = tuple(class_name(data, k) for k in range(data.classes))
            self.bars.show_shares(names, shares_of(answers, outputs)[:, 0] if self.pad.ink.any() else None)
        elif outputs.shape[1] == len(data.inputs):
            self._given, _ = answers.verdict(outputs)
            self._mark_mistakes()

    def ask_pad(self) -> None:
        """Ask about the drawing."""
        low, high = self._range
        ink = bitmap.fitted(self.pad.ink) if self._fit.isChecked() and not self.pad.coarse else self.pad.ink
        seen = bitmap.seen(ink)
        self.seen.show_picture(seen)
        if self._data is not None and self._stack.currentIndex() == 1:
            self.asked.emit("pad", (low + (high - low) * seen).reshape(1, -1))

    def ask_all(self) -> None:
        """Ask about every training picture."""
        if self._data is not None and self._stack.currentIndex() == 1:
            self.asked.emit("all", self._data.inputs)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setAccessibleName(say(words.DIGITS))
        self.grid.setAccessibleName(say(words.ALL_PICTURES))
        self._fit.setText(say(words.FIT))
        self._fit.setToolTip(say(words.FIT_TIP))
        self.wrong.setText(say(words.ONLY_WRONG))
        self._clear.setText(say(words.CLEAR))
        self._digits.setText(say(words.GET_DIGITS))
        for button in (self._clear, self._digits):
            button.setAccessibleName(button.text())
        self._mark_mistakes()

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        for layout in (self._column, self._tools):
            layout.setSpacing(px(Space.SMALL))
        self._top.setSpacing(px(Space.WIDE))
        self._clear.setFont(self._theme.font(Size.SMALL))
        self._scroll.verticalScrollBar().setSingleStep(self.grid.step)
        self._rows.fit()

    def _lay_out(self) -> None:
        self._tools = QVBoxLayout()
        for part in (self._pens, self._fit, self._seen_name, self.seen, self._clear):
            self._tools.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self._tools.addStretch(1)
        self._top = QHBoxLayout()
        self._top.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(self._tools)
        self._top.addWidget(self.bars, 1, Qt.AlignmentFlag.AlignTop)
        chooser = QHBoxLayout()
        chooser.addWidget(self.classes)
        chooser.addWidget(self.wrong)
        chooser.addStretch(1)
        chooser.addWidget(self._count)
        self._scroll.setWidget(self.grid)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, self._theme.px(Space.GAP), 0)
        self._column.addLayout(self._top)
        self._column.addLayout(chooser)
        self._column.addWidget(self._rows, 1)
        nothing = QVBoxLayout(self._none)
        nothing.addStretch(1)
        self._why.setWordWrap(True)
        nothing.addWidget(self._why)
        nothing.addWidget(self._digits, 0, Qt.AlignmentFlag.AlignLeft)
        nothing.addStretch(2)
        self._stack.addWidget(self._none)
        self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _wire(self) -> None:
        self.pad.drawn.connect(self.ask_pad)
        self._pens.chosen.connect(self._take_pen)
        self._fit.toggled.connect(self._hear_fit)
        self._clear.clicked.connect(self.pad.clear)
        self.classes.chosen.connect(self._choose_samples)
        self.wrong.toggled.connect(self._choose_samples)
        self.grid.chosen.connect(self.sample_chosen)
        self._digits.clicked.connect(self.digits_asked)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _take_pen(self, pen: int) -> None:
        self.pad.coarse = pen == 1
        self._fit.setVisible(pen == 0)
        self.ask_pad()

    def _hear_fit(self, _on: bool) -> None:
        self.ask_pad()

    def _mark_mistakes(self) -> None:
        """Write on every picture that is taken for something else what that is."""
        data, given = self._data, self._given
        if data is None or given is None:
            return
        right = Answers.of(data).targets(data.targets)
        names = [self._speech.say(short_name(data, k)) for k in range(data.classes)]
        self.grid.mark({int(k): names[given[k]] for k in np.flatnonzero(given != right)})
        self._count.say(words.MISTAKEN, wrong=int((given != right).sum()), all=len(right))
        if self.wrong.isChecked():
            self._choose_samples()

    def _choose_samples(self, _choice: object = None) -> None:
        data = self._data
        if data is None:
            return
        right = Answers.of(data).targets(data.targets)
        wanted = np.ones(len(right), np.bool_)
        choice = self.classes.choice
        if choice not in (None, ALL):
            wanted &= right == int(str(choice))
        if self.wrong.isChecked() and self._given is not None:
            wanted &= self._given != right
        self.grid.show_samples(np.flatnonzero(wanted))
