"""The gallery of examples: seen, read, reached with keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.gallery.dialog import GalleryDialog
from gradgui.gui.gallery.picture import drawn
from gradgui.gui.theme import CLASSES
from gradgui.session.examples import examples, gallery
from gradgui.session.thumbnails import thumbnail
from tests.gui.frame import Frame, show_active


@pytest.fixture
def dialog(qtbot: QtBot, frame: Frame) -> Iterator[GalleryDialog]:
    parent = QWidget()
    parent.resize(1280, 720)
    qtbot.addWidget(parent)
    made = GalleryDialog(gallery(), frame.speech, frame.theme, parent)
    show_active(qtbot, made)
    yield made
    parent.close()


def colours(image: QImage) -> set[str]:
    places = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return {QColor(image.pixel(x, y)).name().upper() for x, y in places}


def test_every_example_has_a_card_that_says_what_it_is(frame: Frame, dialog: GalleryDialog) -> None:
    assert [card.template.id for card in dialog.cards] == [name for name, _ in examples()]
    for language in range(2):
        for card in dialog.cards:
            said = frame.speech.say(card.template.title)
            assert card.accessibleName() == said
            assert said in {label.text() for label in card.findChildren(QLabel)}
        if language == 0:
            frame.speech.toggle()


def test_no_word_on_a_card_is_cut(frame: Frame, dialog: GalleryDialog) -> None:
    for _ in range(2):
        dialog.grab()
        for card in dialog.cards:
            for label in card.findChildren(QLabel):
                if label.text():
                    assert label.height() >= label.heightForWidth(label.width()), label.text()
        frame.speech.toggle()


def test_a_click_begins_with_that_example(qtbot: QtBot, dialog: GalleryDialog) -> None:
    card = dialog.cards[3]
    with qtbot.waitSignal(dialog.example_chosen) as heard:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert heard.args == [card.template.id]
    assert not dialog.isVisible()


def test_arrows_and_enter_choose_without_a_mouse(qtbot: QtBot, dialog: GalleryDialog) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focused = dialog.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
    focused = dialog.focusWidget()
    assert focused is dialog.cards[1]
    with qtbot.waitSignal(dialog.example_chosen) as heard:
        qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert heard.args == [dialog.cards[1].template.id]


@pytest.mark.parametrize("name", [name for name, _ in examples()])
def test_every_picture_shows_something(frame: Frame, name: str) -> None:
    image = drawn(thumbnail(name), QSizeF(192, 116), frame.theme, 1.0).toImage()
    assert len(colours(image)) > 4


def test_a_picture_shows_the_points_in_the_colours_of_their_classes(frame: Frame) -> None:
    seen = colours(drawn(thumbnail("rings"), QSizeF(192, 116), frame.theme, 1.0).toImage())
    assert {colour.upper() for colour in CLASSES[:3]} <= seen
