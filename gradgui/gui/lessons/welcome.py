"""The invitation at the first start: three sentences, and three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.text import Text

TITLE = Text(en="Welcome", zh="欢迎")
SENTENCES = Text(
    en="This little network builds toy cars, and its last car came out wrong."
    " Press Step and watch the blame walk back, station by station, until it is clear who has to change."
    " The lessons show you how to read that, from the first gradient on.",
    zh="这个小网络是一条玩具车生产线，刚下线的一辆车不合格。按“步进”，看责任怎样一站一站往回追查，直到弄清谁该改。想从头学会看懂它，就从第一课开始。",
)
START = Text(en="Start lesson 1", zh="从第 1 课开始")
TOUR = Text(en="Show me around (half a minute)", zh="带我看看（半分钟）")
PLAY = Text(en="Just play", zh="我自己玩")


class Welcome(QWidget):
    """Says hello once."""

    lesson_asked = Signal()
    tour_asked = Signal()
    dismissed = Signal()

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._title = Prose(speech, theme, TITLE, size=Size.TITLE, bold=True, parent=self)
        self._words = Prose(speech, theme, SENTENCES, size=Size.LARGE, parent=self)
        self.start, self.tour, self.play = (QPushButton(self) for _ in range(3))
        mark(self.start, "primary", True)
        self.start.clicked.connect(self.lesson_asked)
        self.tour.clicked.connect(self.tour_asked)
        self.play.clicked.connect(self.dismissed)
        column = QVBoxLayout(self)
        for widget in (self._title, self._words, self.start, self.tour, self.play):
            column.addWidget(widget)
        column.addStretch(1)
        column.setSpacing(theme.px(Space.GAP))
        self._column = column
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        for button, text in ((self.start, START), (self.tour, TOUR), (self.play, PLAY)):
            said = self._speech.say(text)
            button.setText(said)
            button.setAccessibleName(said)
            button.setFont(self._theme.font(Size.BODY, bold=button is self.start))
        self._column.setContentsMargins(*[self._theme.px(Space.SMALL)] * 4)
