"""The gallery: all lessons at a glance, over the whole window; Escape closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.lessons.lesson_card import LessonCard
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.lessons.lesson import COURSE, Lesson
from gradgui.text import Text

TITLE = Text(en="Lessons", zh="课程")
SUBTITLE = Text(
    en="Predict, look, explain: each lesson is one discovery on the real network. 45 minutes in class: {course}.",
    zh="先猜、再看、说清楚：每一课都在真实的网络上弄懂一件事。45 分钟的课堂可以上：第 {course} 课。",
)
CLOSE = Text(en="Close the gallery", zh="关闭课程列表")
FORGET = Text(en="Forget my progress", zh="清除学习进度")
SURE = Text(en="Really forget it?", zh="确定清除？")
BEGIN_COURSE = Text(en="Begin the 45-minute course", zh="开始 45 分钟短课")
WALKING = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_F10,
)  # fmt: skip
REMOTE = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F10)
NARROWEST = 290
"""Pixels that a card needs."""


class Gallery(QFrame):
    """Lies over the window below the tool bar."""

    lesson_chosen = Signal(object)
    progress_dropped = Signal()
    course_chosen = Signal()

    def __init__(
        self,
        lessons: Sequence[Lesson],
        share: Callable[[Lesson], float],
        speech: Speech,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._speech, self._theme, self._icons, self._share = speech, theme, icons, share
        self._sure = False
        self.cards = [LessonCard(lesson, lesson.id in COURSE, speech, theme, self) for lesson in lessons]
        orders = [str(lesson.order) for lesson in lessons if lesson.id in COURSE]
        course = Text(en=", ".join(orders), zh="、".join(orders))
        subtitle = SUBTITLE.filled(course=course)
        self._title = SaidLabel(speech, theme, TITLE, size=Size.HUGE, bold=True, parent=self)
        self._subtitle = Prose(speech, theme, subtitle, tone=Tone.MUTED, parent=self)
        self._close, self.forget, self.course = QToolButton(self), QPushButton(self), QPushButton(self)
        mark(self.course, "primary", True)
        self._scroll = QScrollArea(self)
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        self._arrange()
        for card in self.cards:
            card.clicked.connect(self._choose)
            card.installEventFilter(self)
        self._close.clicked.connect(self.hide)
        self.forget.clicked.connect(self._forget)
        self.course.clicked.connect(self._begin_course)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.hide()
        if parent is not None:
            parent.installEventFilter(self)

    def toggle(self) -> None:
        """Open or close."""
        self.setVisible(not self.isVisible())

    def refresh(self) -> None:
        """Show the progress of now."""
        for card in self.cards:
            card.show_share(self._share(card.lesson))

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setAccessibleName(say(TITLE))
        self._close.setToolTip(say(CLOSE))
        self._close.setAccessibleName(say(CLOSE))
        for button, text in ((self.forget, SURE if self._sure else FORGET), (self.course, BEGIN_COURSE)):
            button.setText(say(text))
            button.setAccessibleName(say(text))

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px, p = self._theme.px, self._theme.palette
        self.setStyleSheet(f"QFrame#ground {{ background: {p.ground}; border: none; }}")
        self._close.setIcon(self._icons.icon("close", p.muted))
        self._close.setIconSize(QSize(1, 1) * px(Space.ICON))
        self.forget.setFont(self._theme.font(Size.SMALL))
        self.course.setFont(self._theme.font(Size.SMALL, bold=True))
        self._column.setContentsMargins(px(2 * Space.GAP), px(Space.GAP), px(Space.GAP), px(Space.GAP))
        self._column.setSpacing(px(Space.GAP))
        self._grid.setSpacing(px(Space.GAP))
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sure = False
        self.retranslate()
        self.refresh()
        self._place()
        self.raise_()
        first = next((card for card in self.cards if self._share(card.lesson) < 1), self.cards[0])
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window; arrows walk from card to card before anything scrolls."""
        if watched is self.parentWidget():
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in WALKING:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Arrows and Space belong to the gallery while it is open."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_plain(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; arrows and PageDown walk from card to card, Enter and F10 open."""
        key = Qt.Key(event.key())
        ways = dict(REMOTE)
        ways |= {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._wide, Qt.Key.Key_Down: self._wide}
        focused = next((i for i, card in enumerate(self.cards) if card.hasFocus()), None)
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in OPENING and focused is not None:
            self.cards[focused].click()
        elif key in ways and focused is not None:
            card = self.cards[min(max(focused + ways[key], 0), len(self.cards) - 1)]
            card.setFocus()
            self._scroll.ensureWidgetVisible(card)
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        self._wide = 1
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.course)
        head.addWidget(self.forget)
        head.addWidget(self._close)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self._subtitle)
        self._column.addWidget(self._scroll, 1)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        top = self._theme.px(Space.TOOL_BAR)
        self.setGeometry(0, top, window.width(), window.height() - top)
        wide = max(1, (window.width() - self._theme.px(40)) // self._theme.px(NARROWEST))
        if wide != self._wide or not self._grid.count():
            self._wide = wide
            for index, card in enumerate(self.cards):
                self._grid.addWidget(card, index // wide, index % wide)
            for row in range(len(self.cards) + 1):
                self._grid.setRowStretch(row, 1 if row == -(-len(self.cards) // wide) else 0)
            for column in range(8):
                self._grid.setColumnStretch(column, 1 if column < wide else 0)

    def _choose(self) -> None:
        card = self.sender()
        assert isinstance(card, LessonCard)
        card.clearFocus()  # else Qt hands the keys to the next field in the window
        self.hide()
        self.lesson_chosen.emit(card.lesson)

    def _begin_course(self) -> None:
        self.hide()
        self.course_chosen.emit()

    def _forget(self) -> None:
        """Asked twice, it is meant."""
        if self._sure:
            self.progress_dropped.emit()
            self.refresh()
        self._sure = not self._sure
        self.retranslate()


def _is_plain(event: QKeyEvent) -> bool:
    """Whether a key is pressed without Ctrl and Alt; F1 closes the gallery as it opened it."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and event.key() != Qt.Key.Key_F1
