"""A small switch between a few ways to look at the same thing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.pane import room_in_title
from gradgui.text import Text

_STYLE = """
QToolButton {{ color: {muted}; background: {panel}; border: 1px solid {line}; border-radius: 0; padding: 0 {pad}px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ color: {ink}; background: {hover}; }}
QToolButton:focus {{ border-color: {current}; }}
QToolButton[place="first"] {{ border-top-left-radius: {round}px; border-bottom-left-radius: {round}px; }}
QToolButton[place="last"] {{ border-top-right-radius: {round}px; border-bottom-right-radius: {round}px;
    border-left: none; }}
"""


PAD, NARROW_PAD = 6, 2
"""Room at both sides of a word, and where there is little of it."""


class Segmented(QWidget):
    """Two or more choices side by side, exactly one of them in force."""

    chosen = Signal(object)
    """The number of the choice, counted from 0; also when set by the program."""

    def __init__(
        self, speech: Speech, theme: Theme, choices: tuple[Text, ...], name: Text, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._choices, self._name = speech, theme, choices, name
        self._narrow = False
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for i in range(len(choices)):
            row.addWidget(self._button(i))
        self._group.idToggled.connect(self._hear)
        self._group.button(0).setChecked(True)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def choice(self) -> int:
        """Which choice is in force."""
        return self._group.checkedId()

    def choose(self, choice: int) -> None:
        """Put one choice in force."""
        self._group.button(choice).setChecked(True)

    def button(self, choice: int) -> QAbstractButton:
        """The button of one choice."""
        return self._group.button(choice)

    def give_way(self) -> None:
        """In the title of a narrow pane its words stand closer together; call it once it has its place there."""
        title = self.parentWidget()
        assert title is not None
        title.installEventFilter(self)

    def eventFilter(self, title: QObject, event: QEvent) -> bool:
        """The title or something in it has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            px, buttons = self._theme.px, self._group.buttons()
            saved = 2 * len(buttons) * (px(PAD) - px(NARROW_PAD)) if self._narrow else 0
            narrow = sum(button.minimumWidth() for button in buttons) + saved > room_in_title(self, self._theme)
            if narrow is not self._narrow:
                self._narrow = narrow
                self.restyle()
        return False

    def retranslate(self) -> None:
        """Say the choices in the language of the window."""
        self.setAccessibleName(self._speech.say(self._name))
        for i, text in enumerate(self._choices):
            self._group.button(i).setText(self._speech.say(text))
        self._keep_words_whole()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        p, px = self._theme.palette, self._theme.px
        self.setStyleSheet(
            _STYLE.format(
                ink=p.ink,
                muted=p.muted,
                panel=p.panel,
                line=p.line,
                hover=p.hover,
                current=p.current,
                pad=px(NARROW_PAD if self._narrow else PAD),
                round=px(6),
            )
        )
        for button in self._group.buttons():
            button.setFont(self._theme.font(Size.SMALL))
            button.setFixedHeight(px(28))
        self._keep_words_whole()

    def _keep_words_whole(self) -> None:
        """A tool button would rather write … than ask for its room."""
        for button in self._group.buttons():
            button.setMinimumWidth(button.sizeHint().width())

    def sizeHint(self) -> QSize:
        """As small as the buttons allow."""
        return self.minimumSizeHint()

    def _button(self, i: int) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setProperty("place", "first" if i == 0 else "last" if i == len(self._choices) - 1 else "middle")
        self._group.addButton(button, i)
        return button

    def _hear(self, choice: int, on: bool) -> None:
        if on:
            self.chosen.emit(choice)
