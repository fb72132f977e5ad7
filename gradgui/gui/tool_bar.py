"""The bar at the top: which experiment, the four big buttons, the learning rate, and how the window looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QSpacerItem, QToolButton, QWidget

from gradgui.gui.actions import Actions
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.recent_menu import RecentMenu
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.buttons import ActionButton
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text, same

MENU = Text(en="Menu", zh="菜单")
EXAMPLES = Text(en="Choose an example", zh="选择示例")
RATE = Text(en="rate η", zh="学习率 η")
RATE_NAME = Text(en="Learning rate η", zh="学习率 η")
LANGUAGE = Text(en="中", zh="EN")
"""The other language, where there is no room for its whole name."""
LARGEST_RATE = 1000.0
RECENT = "recent"
"""In the list of commands: the menu of recent files."""
DOT = "•"
MODIFIED = Text(en="{title} (unsaved changes)", zh="{title}（有未保存的更改）")


class TitleButton(QToolButton):
    """The experiment's name with a small arrow: opens the list of examples."""

    example_chosen = Signal(object)
    renamed = Signal()
    """The name is another one, and may be longer."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._title = same("")
        self._modified = False
        self._examples: list[tuple[QAction, Text]] = []
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._hear)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()

    def set_title(self, title: Text) -> None:
        """Show what the experiment is called."""
        if title != self._title:
            self._title = title
            self.retranslate()

    def set_modified(self, modified: bool) -> None:
        """Put a dot behind the title while there are changes which no file holds."""
        if modified != self._modified:
            self._modified = modified
            self.retranslate()

    def set_examples(self, examples: Sequence[tuple[str, Text]]) -> None:
        """Offer these experiments; with none there is no arrow."""
        self._menu.clear()
        self._examples = [(self._menu.addAction(""), text) for _, text in examples]
        for (action, _), (example_id, _) in zip(self._examples, examples, strict=True):
            action.setData(example_id)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the title and the examples in the language of now."""
        title = self._speech.say(self._title)
        self.setText(f"{title} {DOT}" if self._modified else title)
        self.setAccessibleName(self._speech.say(EXAMPLES))
        self.setAccessibleDescription(self._speech.say(MODIFIED, title=title) if self._modified else title)
        self.setToolTip(self._speech.say(EXAMPLES) if self._examples else "")
        for action, text in self._examples:
            action.setText(self._speech.say(text))
        self.updateGeometry()
        self.renamed.emit()

    def give_way(self, give: bool) -> None:
        """Be shortened where there is no room for all of it."""
        width = QSizePolicy.Policy.Maximum if give else QSizePolicy.Policy.Minimum
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        """Take the size of now."""
        self.setFont(self._theme.font(Size.LARGE, bold=True))
        self._menu.setFont(self._theme.font(Size.BODY))
        self.setFixedHeight(self._theme.px(Space.BUTTON))

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._theme.px(2 * Space.SMALL)
        return QSize(width + self._arrow() + 2, self._theme.px(Space.BUTTON))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(4 * Space.ICON), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, shortened where there is no room, then the arrow."""
        room = self.width() - self._theme.px(2 * Space.SMALL) - self._arrow()
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.palette.current if self.hasFocus() else self._theme.palette.hover)
            painter.setBrush(self.palette().midlight())
            corner = self._theme.px(Space.SMALL)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), corner, corner)
        painter.setPen(self._theme.palette.ink)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        inside = self.rect().adjusted(self._theme.px(Space.SMALL), 0, 0, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)
        if self._examples:
            picture = self._icons.pixmap("chevron_down", self.devicePixelRatioF(), self._theme.palette.muted)
            left = inside.left() + self.fontMetrics().horizontalAdvance(words) + self._theme.px(2)
            painter.drawPixmap(left, (self.height() - self._theme.px(Space.ICON)) // 2, picture)
        painter.end()

    def _arrow(self) -> int:
        return self._theme.px(Space.ICON) if self._examples else 0

    def _hear(self, action: QAction) -> None:
        self.example_chosen.emit(action.data())


class ToolBar(QFrame):
    """Menu and title at the left, the buttons in the middle, language, colours and presenter at the right."""

    rate_committed = Signal(object)
    """A new learning rate was typed or stepped to."""
    rate_refused = Signal(object)
    """A UserError about the typed rate."""
    example_chosen = Signal(object)

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        icons: Icons,
        actions: Actions,
        menu: Sequence[str | None],
        parent: QWidget | None = None,
    ) -> None:
        """`menu`: ids of the commands below ☰, None for a line between them."""
        super().__init__(parent)
        self.setObjectName("tool_bar")
        self._speech, self._theme, self._icons, self._actions = speech, theme, icons, actions
        self.title = TitleButton(speech, theme, icons, self)
        self.rate = NumberField(RATE_NAME, 0.1, speech, theme, high=LARGEST_RATE, parent=self)
        self.recent = RecentMenu(speech, theme, icons, self)
        self._menu_button = self._make_menu_button(menu)
        self._grid = QGridLayout(self)
        self._rows = [self._left(), self._middle(), self._right()]
        self._lay_out()
        self.rate.value_committed.connect(self.rate_committed)
        self.rate.refused.connect(self.rate_refused)
        self.title.example_chosen.connect(self.example_chosen)
        self.title.renamed.connect(self._make_room)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def step_button(self) -> QWidget:
        """The button to press next, for a guided tour."""
        return self._step

    def set_quiet(self, quiet: bool) -> None:
        """While a lesson waits for an answer, Step is not the button to press next."""
        if self._step.primary is quiet:
            self._step.set_primary(not quiet)
            self._make_room()

    def set_clean(self, clean: bool) -> None:
        """In front of a class there is neither menu nor title; every key still works."""
        if self.title.hasFocus() or self._menu_button.hasFocus():
            self.window().setFocus()  # else Qt hands the keys to the next field
        self._menu_button.setHidden(clean or not self._menu_button.menu().actions())
        self.title.setHidden(clean)
        self._make_room()

    def retranslate(self) -> None:
        """Name the menu in the language of now."""
        words = self._speech.say(MENU)
        self._menu_button.setAccessibleName(words)
        self._menu_button.setToolTip(words)
        self._make_room()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px = self._theme.px
        self.setFixedHeight(px(Space.TOOL_BAR))
        self._grid.setContentsMargins(px(Space.GAP), 0, px(Space.GAP), 0)
        self._grid.setHorizontalSpacing(px(Space.GAP))
        for row in self._rows:
            row.setSpacing(px(Space.SMALL))
        self._menu_button.setIcon(self._icons.icon("menu"))
        self._menu_button.setIconSize(QSize(1, 1) * px(Space.ICON))
        self._menu_button.setFixedSize(px(Space.BUTTON), px(Space.BUTTON))
        self._gap_before_rate.changeSize(px(Space.SMALL), 0)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where there is little room leave out first what can be found elsewhere; Step always has its word."""
        ways = list(self._ways_to_save())
        for way in ways:
            way(False)
        for way in ways:
            if self._needed_width() <= self.width():
                break
            way(True)
        self._grid.activate()  # whatever is hidden after rows were asked anew does not ask for it

    def _needed_width(self) -> int:
        """With what is shown now; rows remember what they needed before."""
        for layout in (*self._rows, self._grid):
            layout.invalidate()
        return self._grid.minimumSize().width()

    def _ways_to_save(self) -> Iterator[Callable[[bool], None]]:
        """What is left out, the least missed first; each is told whether to save room."""
        yield from (button.leave_out for button in self._leaps)
        for button in self._wordy[:1]:
            yield partial(_drop_words, button)
        yield self._rate_label.setHidden
        for button in self._wordy[1:]:
            yield partial(_drop_words, button)
        yield self._shorten_language
        yield from (button.leave_out for button in self._minor)
        yield self.rate.setHidden
        yield self.title.give_way

    def _shorten_language(self, short: bool) -> None:
        self._language.shorten(self._speech.say(LANGUAGE) if short else "")

    def _lay_out(self) -> None:
        """Left and right get equal room, so that the buttons stand in the middle of the window."""
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for column, (row, side) in enumerate(zip(self._rows, sides, strict=True)):
            row.setContentsMargins(0, 0, 0, 0)
            self._grid.addLayout(row, 0, column, side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.setColumnStretch(column, 0 if column == 1 else 1)

    def _make_menu_button(self, ids: Sequence[str | None]) -> QToolButton:
        menu = QMenu(self)
        for command_id in ids:
            if command_id is None:
                menu.addSeparator()
            elif command_id == RECENT:
                menu.addMenu(self.recent)
            else:
                menu.addAction(self._actions.action(command_id))
        button = QToolButton(self)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setVisible(bool(ids))
        mark(button, "bare", True)
        return button

    def _left(self) -> QHBoxLayout:
        self._lessons = self._button("lessons", words=False)
        return _row(self._menu_button, self.title, self._lessons)

    def _middle(self) -> QHBoxLayout:
        self._step = step = self._button("step", icon_after=True)
        step.set_primary(True)
        self._rate_label = label = SaidLabel(self._speech, self._theme, RATE, tone=Tone.MUTED)
        label.setBuddy(self.rate)
        play = self._button("play_pause")
        play.make_room_for("pause")
        leaps = [self._button(name, words=False) for name in ("next_iteration", "next_epoch")]
        training = self._button("training")
        reset, back = self._button("reset"), self._button("step_back")
        self._leaps = tuple(reversed(leaps))
        self._wordy = (training, reset, back, play)
        row = _row(reset, back, step, play, *leaps, label, self.rate, training)
        self._gap_before_rate = QSpacerItem(0, 0)
        row.insertSpacerItem(6, self._gap_before_rate)
        return row

    def _right(self) -> QHBoxLayout:
        self._language = self._button("language", icon=False)
        theme, presenter = self._button("theme", words=False), self._button("presenter", words=False)
        self._minor = (theme, self._lessons)
        return _row(self._language, theme, presenter)

    def _button(
        self, command_id: str, *, words: bool = True, icon: bool = True, icon_after: bool = False
    ) -> ActionButton:
        return ActionButton(
            command_id, self._actions, self._icons, self._theme, words=words, icon=icon, icon_after=icon_after
        )


def _drop_words(button: ActionButton, drop: bool) -> None:
    button.use_words(not drop)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    return row
