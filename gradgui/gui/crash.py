"""A calm report when something breaks that nobody expected: what happened to the work, and words that can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Text

TITLE = Text(en="Something went wrong inside the program", zh="程序内部出了点问题")
RESCUED = Text(
    en="Your experiment is safe: a copy lies at {path}. You can go on; if something looks odd, save under a new name"
    " and start the program again.",
    zh="你的实验没有丢：副本保存在 {path}。可以继续使用；如果哪里看起来不对，请另存一份，再重新启动程序。",
)
NOT_RESCUED = Text(
    en="You can go on. Best save your experiment under a new name now and start the program again.",
    zh="可以继续使用。建议现在就把实验另存一份，再重新启动程序。",
)
FAILED_START = Text(
    en="The window could not open. Starting with --safe-mode may help.",
    zh="窗口没能打开。用 --safe-mode 启动也许有用。",
)
STAYS_HERE = Text(
    en="This report stays on your machine. Whoever looks after the program can use it.",
    zh="这份报告只留在你的电脑上；维护程序的人可以用它查明原因。",
)
TIMES = Text(en="It has happened {count} times.", zh="已经发生了 {count} 次。")
REPORT = Text(en="Report", zh="报告")
COPY = Text(en="Copy the report", zh="复制报告")
COPIED = Text(en="Copied", zh="已复制")
GO_ON = Text(en="Go on", zh="继续")
WIDTH, LINES = 560, 9


class CrashReport(QDialog):
    """One for all that breaks; more of the same only counts up."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._happened = 0
        self._text = Text(en="", zh="")
        self._sign = QLabel(self)
        self._title = SaidLabel(speech, theme, size=Size.LARGE, parent=self)
        self._words = SaidLabel(speech, theme, size=Size.BODY, parent=self)
        self._note = SaidLabel(speech, theme, size=Size.SMALL, parent=self)
        for label in (self._words, self._note):
            label.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._copy, self._go_on = QPushButton(self), QPushButton(self)
        self._copy.setAutoDefault(False)
        self._go_on.setDefault(True)
        self._copy.clicked.connect(self.copy)
        self._go_on.clicked.connect(self.accept)
        self._build()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def tell(self, words: Text, details: str) -> None:
        """Say it, and show the report; a second trouble is added below the first."""
        self._happened += 1
        self._text = words
        before = self._details.toPlainText()
        self._details.setPlainText(f"{before}\n{details}" if before and self.isVisible() else details)
        self.retranslate()
        if not self.isVisible():
            self.open()

    def count(self) -> None:
        """The same once more."""
        self._happened += 1
        self.retranslate()

    @property
    def report(self) -> str:
        """What can be copied."""
        return self._details.toPlainText()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self._copy.setText(self._speech.say(COPIED))

    def retranslate(self) -> None:
        """Speak the language of now."""
        say = self._speech.say
        self.setWindowTitle(say(TITLE))
        self._title.say(TITLE)
        self._words.say(self._text)
        self._note.say(STAYS_HERE if self._happened < 2 else Text(
            en=f"{TIMES.en.format(count=self._happened)} {STAYS_HERE.en}",
            zh=f"{TIMES.zh.format(count=self._happened)}{STAYS_HERE.zh}",
        ))  # fmt: skip
        self._details.setAccessibleName(say(REPORT))
        self._copy.setText(say(COPY))
        self._go_on.setText(say(GO_ON))

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px, colours = self._theme.px, self._theme.palette
        self._column.setContentsMargins(px(Space.WIDE), px(Space.WIDE), px(Space.WIDE), px(Space.WIDE))
        self._column.setSpacing(px(Space.GAP))
        self._sign.setPixmap(self._icons.pixmap("warning", self.devicePixelRatioF(), colours.gradient_plus))
        self._details.setFont(self._theme.font(Size.SMALL))
        self._details.setMinimumSize(px(WIDTH), LINES * self._details.fontMetrics().lineSpacing())

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        self._column.addLayout(head)
        self._column.addWidget(self._words)
        self._column.addWidget(self._details, 1)
        self._column.addWidget(self._note)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._go_on)
        self._column.addLayout(row)
