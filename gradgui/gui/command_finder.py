"""Type a few letters of what you want, in either language: every command of the window in one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gradgui.gui.actions import Actions, keys_said
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.text import Text

ASK = Text(en="What would you like to do?", zh="想做什么？")
NAME = Text(en="Commands", zh="命令")
NOTHING = Text(en="No command is called that.", zh="没有这样的命令。")
WIDTH, ROWS = 560.0, 10
HIDDEN = {"commands"}


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that can be chosen: an example, a lesson."""

    key: str
    text: Text
    icon: str = ""


class CommandFinder(QFrame):
    """A list over the window; choosing a row closes it and does what the row says."""

    errand_chosen = Signal(object)
    """The key of an errand."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._speech, self._theme, self._icons, self._actions = speech, theme, icons, actions
        self._window = window
        self._errands: tuple[Errand, ...] = ()
        self._field, self._list, self._nothing = _Field(self), QListWidget(self), QLabel(self)
        self._column = QVBoxLayout(self)
        self._before: QWidget | None = None
        mark(self, "card", True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._build()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()

    def set_errands(self, errands: Iterable[Errand]) -> None:
        """Offer these as well, behind the commands."""
        self._errands = tuple(errands)

    def open(self) -> None:
        """Show every command, ready to type."""
        window = self._window
        self._before = window.focusWidget()
        self._field.clear()
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus()

    def close_finder(self) -> None:
        """Away with it; the keys go back to where they were."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    @property
    def rows(self) -> list[str]:
        """What is offered now, from top to bottom."""
        return [self._list.item(index).text() for index in range(self._list.count())]

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self._field.setPlaceholderText(say(ASK))
        self._field.setAccessibleName(say(ASK))
        self._list.setAccessibleName(say(NAME))
        self.setAccessibleName(say(NAME))
        self._nothing.setText(say(NOTHING))
        if self.isVisible():
            self._fill()

    def restyle(self) -> None:
        """Take the sizes and colours of now."""
        px = self._theme.px
        self._field.setFont(self._theme.font(Size.LARGE))
        self._list.setFont(self._theme.font(Size.BODY))
        self._nothing.setFont(self._theme.font(Size.BODY))
        self._list.setIconSize(QSize(px(Space.ICON), px(Space.ICON)))
        gap = px(Space.GAP)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(px(Space.SMALL))
        self._place()

    # --- inside

    def _build(self) -> None:
        for part in (self._field, self._list, self._nothing):
            self._column.addWidget(part)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._field.textChanged.connect(self._fill)
        self._field.moved.connect(self._move)
        self._field.accepted.connect(self._choose_current)
        self._field.escaped.connect(self.close_finder)
        self._field.left.connect(self.hide)
        self._list.itemClicked.connect(self._choose)

    def _move(self, rows: int) -> None:
        if self._list.count():
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + rows)))

    def _choose_current(self) -> None:
        if self._list.currentItem() is not None:
            self._choose(self._list.currentItem())

    def _fill(self) -> None:
        """Best matches first; what cannot be done now is not offered."""
        typed = self._field.text()
        found: list[tuple[int, int, str, str, QIcon]] = []
        for command_id in self._actions.ids():
            action, command = self._actions.action(command_id), self._actions.command(command_id)
            names, tips = (command.text.en, command.text.zh, action.text()), (command.tip.en, command.tip.zh)
            score = matches(typed, names, tips)
            if action.isEnabled() and score is not None and command_id not in HIDDEN:
                found.append((score, len(found), _row(action), command_id, action.icon()))
        for errand in self._errands:
            score = matches(typed, (errand.text.en, errand.text.zh))
            if score is not None:
                icon = self._icons.icon(errand.icon) if errand.icon else QIcon()
                found.append((score, len(found), self._speech.say(errand.text), errand.key, icon))
        self._list.clear()
        for _, _, words, key, icon in sorted(found, key=lambda each: each[:2]):
            item = QListWidgetItem(icon, words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key)
        self._list.setCurrentRow(0)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)

    def _choose(self, item: QListWidgetItem) -> None:
        key = str(item.data(Qt.ItemDataRole.UserRole))
        self.close_finder()
        if key in self._actions.ids():
            self._actions.action(key).trigger()
        else:
            self.errand_chosen.emit(key)

    def _place(self) -> None:
        """In the upper middle of the window."""
        window = self._window
        width = min(self._theme.px(WIDTH), window.width() - 2 * self._theme.px(Space.WIDE))
        top = self._theme.px(Space.TOOL_BAR) + self._theme.px(Space.GAP)
        height = min(self._theme.px(Space.BUTTON) * (ROWS + 2), window.height() - top - self._theme.px(Space.WIDE))
        self.setGeometry((window.width() - width) // 2, top, width, height)


class _Field(QLineEdit):
    """Where the letters are typed; the keys of the list are passed on."""

    moved = Signal(object)
    """So many rows down."""
    accepted = Signal()
    escaped = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, page by page, Enter and Escape are for the list."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key is Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere ends the search."""
        super().focusOutEvent(event)
        self.left.emit()


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}


def matches(typed: str, names: Iterable[str], tips: Iterable[str] = ()) -> int | None:
    """How well a command answers what was typed, 0 best; None if not at all.

    Best is a name that has the letters in a row, then a tip that has, then a name that has them in this order.
    """
    wanted = "".join(typed.lower().split())
    scores = [_in_a_row(wanted, name) for name in names]
    scores += [_later(_in_a_row(wanted, tip), 1000) for tip in tips]
    scores += [_later(_in_order(wanted, name), 2000) for name in names]
    return min((score for score in scores if score is not None), default=None)


def _in_a_row(wanted: str, name: str) -> int | None:
    found = name.lower().replace(" ", "").find(wanted)
    return None if found < 0 else found


def _in_order(wanted: str, name: str) -> int | None:
    """Only where the first letter begins a word, so that not everything is found."""
    words = name.lower()
    starts = [
        place for place, letter in enumerate(words) if letter == wanted[:1] and words[place - 1 : place] in ("", " ")
    ]
    for start in starts:
        place = start
        for letter in wanted[1:]:
            place = words.find(letter, place + 1)
            if place < 0:
                break
        else:
            return place - start
    return None


def _later(score: int | None, behind: int) -> int | None:
    return None if score is None else score + behind


def _row(action: QAction) -> str:
    """The words of a command and its first key."""
    keys = action.shortcuts()
    words = action.text().replace("&&", "&")
    return f"{words}    {keys_said(keys[0])}" if keys else words
