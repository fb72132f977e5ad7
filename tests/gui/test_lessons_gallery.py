"""The gallery and the tour, with real keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.lessons.gallery import Gallery
from gradgui.gui.lessons.tour import Spot, Tour
from gradgui.lessons.lesson import Lesson, all_lessons
from gradgui.text import Language, Text
from tests.gui.frame import Frame


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    return window


@pytest.fixture
def gallery(window: QWidget, frame: Frame, qapp: QApplication) -> Iterator[Gallery]:
    gallery = Gallery(
        all_lessons(), lambda lesson: 1.0 if lesson.order < 3 else 0.0, frame.speech, frame.theme, frame.icons, window
    )
    gallery.show()
    yield gallery
    gallery.hide()


def test_every_lesson_has_a_card_whose_words_are_whole(gallery: Gallery, frame: Frame, qtbot: QtBot) -> None:
    for language in Language:
        frame.speech.speak(language)
        assert len(gallery.cards) == 18
        for card in gallery.cards:
            qtbot.waitUntil(lambda card=card: card.heightForWidth(card.width()) - 1 <= card.height() < 260)


def test_the_first_lesson_that_is_not_finished_has_the_keyboard(gallery: Gallery, qtbot: QtBot) -> None:
    qtbot.waitUntil(gallery.cards[2].hasFocus)


def test_arrows_walk_from_card_to_card_and_enter_opens(gallery: Gallery, qtbot: QtBot) -> None:
    chosen: list[Lesson] = []
    gallery.lesson_chosen.connect(chosen.append)
    qtbot.waitUntil(gallery.cards[2].hasFocus)
    qtbot.keyClick(gallery.cards[2], Qt.Key.Key_Right)
    qtbot.keyClick(gallery.cards[3], Qt.Key.Key_Down)
    qtbot.keyClick(gallery.cards[7], Qt.Key.Key_Return)
    assert [lesson.id for lesson in chosen] == ["toy-car"]
    assert not gallery.isVisible()


def test_escape_closes_the_gallery(gallery: Gallery, qtbot: QtBot) -> None:
    qtbot.keyClick(gallery, Qt.Key.Key_Escape)
    assert not gallery.isVisible()


def test_a_tour_lights_one_place_after_the_other_and_escape_ends_it(
    window: QWidget, frame: Frame, qtbot: QtBot
) -> None:
    column = QVBoxLayout(window)
    places = [QWidget() for _ in range(3)]
    for place in places:
        column.addWidget(place)
    words = Text(en="Here it is.", zh="就是这里。")
    tour = Tour([Spot(place, words) for place in places], frame.speech, frame.theme, window)
    ended: list[bool] = []
    tour.ended.connect(lambda: ended.append(True))
    tour.begin()
    assert tour._lit() == places[0].geometry()
    qtbot.mouseClick(tour.on, Qt.MouseButton.LeftButton)
    assert tour._lit() == places[1].geometry()
    assert window.rect().contains(tour._bubble.geometry())
    qtbot.keyClick(tour, Qt.Key.Key_Return)
    assert not tour.skip.isVisible()
    qtbot.keyClick(tour, Qt.Key.Key_Escape)
    assert ended
    assert not tour.isVisible()
