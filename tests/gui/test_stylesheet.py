"""A change of the theme reaches every word of the window, whatever Qt forgets when it is dressed anew."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.gui.language import Speech
from gradgui.gui.stylesheet import Look
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Language, same


def test_larger_text_stays_large_though_the_application_was_dressed_last(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme()
    label = SaidLabel(Speech(Language.ENGLISH), theme, same("loss"), size=Size.TITLE)
    qtbot.addWidget(label)
    old_sheet, old_font, old_palette = qapp.styleSheet(), qapp.font(), qapp.palette()
    look = Look(qapp, theme)
    label.show()
    theme.use_factor(2.0)
    assert label.font().pixelSize() == 36
    theme.use_factor(1.0)
    assert label.font().pixelSize() == 18
    look.deleteLater()
    qapp.setStyleSheet(old_sheet)
    qapp.setFont(old_font)
    qapp.setPalette(old_palette)
