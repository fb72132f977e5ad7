"""One example in the gallery: a button with a picture, a title and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gradgui.gui.gallery.picture import drawn
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.examples import Template
from gradgui.session.thumbnails import thumbnail

WIDTH, PICTURE, WORDS = 208, 116, 88


class Card(QPushButton):
    """Press it to begin with this example."""

    chosen = Signal(object)
    """The example's id."""

    def __init__(self, template: Template, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template, self._speech, self._theme = template, speech, theme
        self._thumbnail = thumbnail(template.id)
        mark(self, "card", True)
        self.setAutoDefault(True)
        self._picture = QLabel(self)
        self._title = SaidLabel(speech, theme, template.title, bold=True, parent=self)
        self._about = SaidLabel(speech, theme, template.about, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        for label in (self._title, self._about):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for part in (self._picture, self._title, self._about):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._about.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._picture)
        self._column.addWidget(self._title)
        self._column.addWidget(self._about, 1)
        self.clicked.connect(self._choose)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def template(self) -> Template:
        """What it begins with."""
        return self._template

    def retranslate(self) -> None:
        """Name the card in the language of now."""
        self.setAccessibleName(self._speech.say(self._template.title))
        self.setAccessibleDescription(self._speech.say(self._template.about))

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px = self._theme.px
        gap = px(Space.SMALL)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(px(Space.TINY))
        size = QSizeF(px(WIDTH) - 2 * gap, px(PICTURE))
        self._picture.setPixmap(drawn(self._thumbnail, size, self._theme, self.devicePixelRatioF()))
        self._picture.setFixedHeight(px(PICTURE) + px(Space.TINY))
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(WIDTH), px(PICTURE) + px(WORDS) + px(2 * Space.GAP))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._template.id)
