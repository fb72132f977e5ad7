"""A vote in front of the class: type the hands for each answer, show the bars, discuss, vote again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.gui.classroom.vote_bar import VoteBar
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.lessons.poll import MOST, Poll
from gradgui.text import Text, same

TITLE = Text(en="Show of hands", zh="举手表决")
HANDS = Text(en="Hands for {letter}", zh="选 {letter} 的人数")
SHOW = Text(en="Show the vote", zh="公布票数")
AGAIN = Text(en="Vote again", zh="重新表决")
CLOSE = Text(en="Close", zh="关闭")
HIDDEN = Text(
    en="Count the hands: type them, or press F1 for each hand for A, F2 for B, and so on; Shift+F1 takes one back."
    " The vote stays hidden until Enter or PageDown.",
    zh="数举手：直接填人数，或每有一人选 A 就按一次 F1，选 B 按 F2，以此类推；按 Shift+F1 减一人。"
    "按回车或 PageDown 之前，票数不公布。",
)
NOBODY = Text(
    en="No hands counted yet. PageDown again goes on without a vote.",
    zh="还没有统计举手。再按一次 PageDown，不表决，直接往下讲。",
)
ROUND = Text(
    en="Round {number}, {hands} hands. A count can still be corrected; PageUp votes again, PageDown goes on.",
    zh="第 {number} 次表决，共 {hands} 人。人数填错了可以改；按 PageUp 重新表决，按 PageDown 往下讲。",
)
LETTERS = "ABCDEFGH"
COUNTING = tuple(Qt.Key(Qt.Key.Key_F1.value + place) for place in range(len(LETTERS)))
"""One key an answer: each press is a hand."""
OWN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)
WIDTH, FIELD = 720.0, 72.0


class PollCard(QFrame):
    """Lies over the window; knows the question, never the lesson."""

    moved = Signal()
    """A vote was opened, shown, begun again or closed."""
    voted = Signal(object)
    """The Poll with the round that has just been shown, or whose counts have just been corrected."""
    settled = Signal(object)
    """The class goes on, with the answers in the order of their hands, the most first; empty without a vote."""

    def __init__(self, speech: Speech, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._speech, self._theme, self._window = speech, theme, window
        self._poll = Poll(2)
        self._right: int | None = None
        self._is_shown = self._is_warned = False
        self._rows: list[tuple[SaidLabel, NumberField, VoteBar]] = []
        self._column, self._grid = QVBoxLayout(self), QGridLayout()
        mark(self, "card", True)
        self._build()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()
        window.installEventFilter(self)

    @property
    def poll(self) -> Poll:
        """The votes so far."""
        return self._poll

    @property
    def is_shown(self) -> bool:
        """Whether the class sees how it voted."""
        return self._is_shown

    @property
    def bars(self) -> tuple[VoteBar, ...]:
        """One for each answer."""
        return tuple(bar for _, _, bar in self._rows)

    @property
    def fields(self) -> tuple[NumberField, ...]:
        """Where the hands are typed."""
        return tuple(field for _, field, _ in self._rows)

    @property
    def advice(self) -> str:
        """What it says below the bars."""
        return self._advice.text()

    def open(self, question: Text, answers: Sequence[Text], poll: Poll | None, right: int | None) -> None:
        """Ask the class; `poll` holds earlier rounds, `right` the right answer, which only the advice knows of."""
        self._poll = poll if poll is not None and poll.options == len(answers) else Poll(len(answers))
        self._right, self._is_shown, self._is_warned = right, False, False
        self._question.say(question)
        self._lay_rows(answers)
        self._refresh()
        self.show()
        self._place()
        self.raise_()
        self.fields[0].setFocus()
        self.moved.emit()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setAccessibleName(say(TITLE))
        for button, text in ((self._show_button, SHOW), (self._again_button, AGAIN), (self._close_button, CLOSE)):
            button.setText(say(text))
        self._refresh()

    def restyle(self) -> None:
        """Take the sizes and colours of now."""
        px = self._theme.px
        edge = px(Space.WIDE)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(px(Space.SMALL))
        self._grid.setHorizontalSpacing(px(Space.GAP))
        self._grid.setVerticalSpacing(px(Space.TINY))
        for button in (self._show_button, self._again_button, self._close_button):
            button.setFont(self._theme.font(Size.BODY))
        for field in self.fields:
            field.setFixedWidth(px(FIELD))
        self._place()

    def go_on(self) -> None:
        """PageDown: show the vote; once it is shown, or asked twice without any hands, on with the lesson."""
        if self._is_shown:
            hands = self._poll.rounds[-1]
            self._settle(tuple(sorted(range(len(hands)), key=lambda option: -hands[option])))
        elif any(self._counts()):
            self._show_vote()
        elif self._is_warned:
            self._settle(())
        else:
            self._is_warned = True
            self._refresh()

    def go_back(self) -> None:
        """PageUp: vote again; while nothing is shown, back to the lesson."""
        if self._is_shown:
            self._vote_again()
        else:
            self._close()

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """No key pressed here is meant for the lesson below."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.modifiers() in OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter shows the vote, F1 to F8 count hands, PageDown and PageUp lead on and back."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._is_shown:
            self._show_vote()
        elif key == Qt.Key.Key_PageDown:
            self.go_on()
        elif key == Qt.Key.Key_PageUp:
            self.go_back()
        elif key in COUNTING[: len(self._rows)]:
            down = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._count(COUNTING.index(key), -1 if down else 1)
        event.accept()

    # --- inside

    def _build(self) -> None:
        speech, theme = self._speech, self._theme
        self._title = SaidLabel(speech, theme, TITLE, size=Size.SMALL, tone=Tone.MUTED)
        self._question = SaidLabel(speech, theme, size=Size.TITLE, bold=True)
        self._advice = SaidLabel(speech, theme, size=Size.LARGE, bold=True)
        self._note = SaidLabel(speech, theme, HIDDEN, size=Size.SMALL, tone=Tone.MUTED)
        for label in (self._question, self._advice, self._note):
            label.setWordWrap(True)
        self._show_button, self._again_button, self._close_button = (QPushButton(self) for _ in range(3))
        mark(self._show_button, "primary", True)
        self._show_button.clicked.connect(self._show_vote)
        self._again_button.clicked.connect(self._vote_again)
        self._close_button.clicked.connect(self._close)
        row = QHBoxLayout()
        for button in (self._show_button, self._again_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._close_button)
        for label in (self._title, self._question):
            self._column.addWidget(label)
        self._column.addLayout(self._grid)
        for label in (self._advice, self._note):
            self._column.addWidget(label)
        self._column.addLayout(row)
        self._grid.setColumnStretch(1, 1)

    def _lay_rows(self, answers: Sequence[Text]) -> None:
        for widgets in self._rows:
            for widget in widgets:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for index, answer in enumerate(answers):
            letter = same(LETTERS[index])
            label = SaidLabel(
                self._speech,
                self._theme,
                Text(en="{letter}   {words}", zh="{letter}   {words}").filled(letter=letter, words=answer),
                size=Size.LARGE,
            )
            label.setWordWrap(True)
            name = HANDS.filled(letter=letter)
            field = NumberField(name, 0.0, self._speech, self._theme, low=0.0, high=float(MOST), step=1.0)
            bar = VoteBar(name, self._speech, self._theme)
            field.value_committed.connect(self._correct)
            field.setFixedWidth(self._theme.px(FIELD))
            self._grid.addWidget(field, 2 * index, 0, 2, 1)
            self._grid.addWidget(label, 2 * index, 1)
            self._grid.addWidget(bar, 2 * index + 1, 1)
            self._rows.append((label, field, bar))

    def _counts(self) -> tuple[int, ...]:
        for field in self.fields:
            field.commit()
        return tuple(round(field.value) for field in self.fields)

    def _count(self, option: int, hands: int) -> None:
        """One hand more or less."""
        field = self.fields[option]
        field.commit()
        field.step(hands)

    @Slot()
    def _correct(self) -> None:
        """A count was changed after the vote was shown: a slip of the pen, not another vote."""
        counts = tuple(round(field.value) for field in self.fields)
        if self._is_shown and counts != self._poll.rounds[-1]:
            self._poll = self._poll.corrected(counts)
            self._refresh()
            self.voted.emit(self._poll)
        elif self._is_warned:
            self._is_warned = False
            self._refresh()

    def _settle(self, order: tuple[int, ...]) -> None:
        self._close()
        self.settled.emit(order)

    @Slot()
    def _show_vote(self) -> None:
        if not self._is_shown:
            self._poll = self._poll.voted(self._counts())
            self._is_shown = True
            self._refresh()
            self.voted.emit(self._poll)
            self.moved.emit()

    @Slot()
    def _vote_again(self) -> None:
        self._is_shown = self._is_warned = False
        for field in self.fields:
            field.set_value(0.0)
        self._refresh()
        self.fields[0].setFocus()
        self.moved.emit()

    @Slot()
    def _close(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # else Qt hands the keys to the next field in the window
        self.hide()
        self.moved.emit()

    def _refresh(self) -> None:
        """Bars only after the vote is shown; the round before stays beside the new one, pale."""
        rounds = len(self._poll.rounds)
        for index, bar in enumerate(self.bars):
            if self._is_shown:
                before = self._poll.share(index, -2) if rounds > 1 else None
                bar.show_share(self._poll.share(index), self._poll.rounds[-1][index], before)
            else:
                bar.show_nothing()
        self._show_button.setEnabled(not self._is_shown)
        self._again_button.setEnabled(self._is_shown)
        self._advice.setVisible(self._is_shown and self._right is not None)
        if self._is_shown and self._right is not None:
            self._advice.say(self._poll.advice(self._right))
        if self._is_shown:
            self._note.say(ROUND, number=rounds, hands=self._poll.hands)
        else:
            self._note.say(NOBODY if self._is_warned else HIDDEN)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        """In the middle between tool bar and status line, as tall as its words need, in smaller letters if it must."""
        px, window = self._theme.px, self._window
        width = min(px(WIDTH), window.width() - 2 * px(Space.WIDE))
        top, bottom = px(Space.TOOL_BAR) + px(Space.TINY), px(Space.STATUS)
        self.setFixedWidth(width)
        for size in (Size.TITLE, Size.LARGE, Size.BODY):
            self._question.set_size(size)
            height = self._column.totalHeightForWidth(width)
            if height <= window.height() - top - bottom:
                break
        else:  # many answers: over the tool bar, never over the line that says which key comes next
            top = px(Space.SMALL)
            height = min(height, window.height() - top - bottom)
        room = window.height() - top - bottom
        self.setGeometry((window.width() - width) // 2, top + (room - height) // 2, width, height)
