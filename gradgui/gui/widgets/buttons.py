"""Buttons that press a command and read as it reads."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gradgui.gui.actions import Actions
from gradgui.gui.icons import Icons
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark


class ActionButton(QPushButton):
    """Presses one command; its words, tip, icon and state are always the command's own."""

    def __init__(
        self,
        command_id: str,
        actions: Actions,
        icons: Icons,
        theme: Theme,
        *,
        words: bool = True,
        icon: bool = True,
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._id, self._actions, self._icons, self._theme = command_id, actions, icons, theme
        self._words, self._has_icon = words, icon
        self._instead = ""
        self._others: tuple[str, ...] = ()
        self._action: QAction = actions.action(command_id)
        # Tab reaches it, but a click leaves the keys to the window: Space goes on playing and pausing.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        mark(self, "square", not words)
        self.setCheckable(self._action.isCheckable())
        self.clicked.connect(self._action.trigger)
        self._action.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def make_room_for(self, *command_ids: str) -> None:
        """Be wide enough for these commands too, so that nothing moves when one takes the place of another."""
        self._others = command_ids
        self.refresh()

    def use_words(self, words: bool) -> None:
        """Write the command's words, or show its icon alone."""
        if words != self._words:
            self._words = words
            mark(self, "square", not words)
            self.refresh()

    def leave_out(self, out: bool) -> None:
        """Make room for others, or come back; a command that is put away stays away."""
        self.setHidden(out or not self._action.isVisible())

    def shorten(self, words: str) -> None:
        """Write these words instead, because there is no room for the command's own; none are the own ones again."""
        if words != self._instead:
            self._instead = words
            self.refresh()

    @property
    def primary(self) -> bool:
        """Whether this is the one button to press next."""
        return self.property("primary") is True

    def set_primary(self, primary: bool) -> None:
        """Make it the one button to press next: filled, larger."""
        mark(self, "primary", primary)
        self.refresh()

    def refresh(self) -> None:
        """Read as the command reads now."""
        action, theme = self._action, self._theme
        self.setText((self._instead or action.text()) if self._words else "")
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.text())
        self.setAccessibleDescription(action.statusTip())
        self.setEnabled(action.isEnabled())
        if not action.isVisible():
            self.hide()
        self.setChecked(action.isChecked())
        self.setFont(theme.font(Size.LARGE if self.primary else Size.BODY, self.primary))
        self.setIconSize(QSize(1, 1) * theme.px(Space.ICON))
        if self._has_icon:
            colour = theme.palette.on_accent if self.primary else theme.palette.ink
            self.setIcon(self._icons.icon(self._actions.command(self._id).icon, colour))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._words:
            return hint
        more = [self._width(self._actions.action(other).text()) - self._width(self.text()) for other in self._others]
        return hint + QSize(max(0, max(more)), 0) if more else hint

    def _width(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()

    def event(self, event: QEvent) -> bool:
        """A focused button keeps Space for itself; otherwise Space plays and pauses."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
            return True
        return super().event(event)
