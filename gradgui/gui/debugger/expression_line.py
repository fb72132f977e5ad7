"""A line to type an expression in: names complete themselves, and what is wrong is said right below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QVBoxLayout, QWidget

from gradgui.errors import UserError
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.session.facts import suggestions
from gradgui.session.snapshot import NetworkInfo
from gradgui.text import Text


class _Names(QCompleter):
    """Enter takes the name that is chosen in the list; only the next Enter is the line's."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt would hand the same Enter to the line as well, and half an expression would be taken."""
        if isinstance(watched, QAbstractItemView) and event.type() is QEvent.Type.KeyPress:
            chosen = watched.currentIndex()
            enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            line = self.widget()
            if enter and chosen.isValid() and isinstance(line, QLineEdit):
                line.setText(str(chosen.data()))
                watched.hide()
                return True
        return super().eventFilter(watched, event)


class ExpressionLine(QWidget):
    """Enter takes the expression if it can be read."""

    asked = Signal(object)
    """What was typed; whoever takes it clears the line or says what is wrong."""

    def __init__(self, name: Text, hint: Text, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._hint, self._speech, self._theme = name, hint, speech, theme
        self._network: NetworkInfo | None = None
        self.line = QLineEdit(self)
        self._trouble = SaidLabel(speech, theme, size=Size.SMALL, parent=self)
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self._names = QStringListModel(self)
        completer = _Names(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("names")  # with a border: it lies over words of the page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self._trouble)
        self.line.returnPressed.connect(self.take)
        self.line.textEdited.connect(self._forgive)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def trouble(self) -> str:
        """What is wrong with what is typed, if anything is said about it."""
        return self._trouble.text() if self._trouble.isVisibleTo(self) else ""

    def use_network(self, network: NetworkInfo) -> None:
        """Complete the names of this network."""
        if network is not self._network:
            self._network = network
            self._names.setStringList(suggestions(network))

    def take(self) -> None:
        """Hand on what is typed."""
        source = self.line.text().strip()
        self.asked.emit(source)

    def ask_for(self, hint: Text) -> None:
        """Show another example of what can be typed."""
        self._hint = hint
        self.clear()
        self.retranslate()

    def show_trouble(self, error: UserError) -> None:
        """Say below the line what is wrong."""
        self._trouble.say(error.text)
        self._trouble.show()
        mark(self.line, "refused", True)

    def clear(self) -> None:
        """Ready for another one."""
        self.line.clear()
        self._forgive()

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.line.setAccessibleName(self._speech.say(self._name))
        self.line.setPlaceholderText(self._speech.say(self._hint))

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self.line.setFont(self._theme.font(Size.SMALL))
        self.line.setStyleSheet(
            f"min-height: {px(24)}px; max-height: {px(24)}px; border-radius: {px(6)}px; padding: 0 {px(Space.SMALL)}px;"
        )
        self._trouble.setStyleSheet(f"color: {self._theme.palette.stop};")

    def _forgive(self) -> None:
        self._trouble.hide()
        mark(self.line, "refused", False)
