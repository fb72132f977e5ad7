"""A vote in front of the class: hidden until it is shown, kept round by round, with advice that fits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.classroom.poll_card import PollCard
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.lessons.poll import Poll
from gradgui.text import Language, Text, same

QUESTION = Text(en="What sign?", zh="什么符号？")
ANSWERS = (same("negative"), same("positive"), same("zero"))


@pytest.fixture
def card(qtbot: QtBot) -> PollCard:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 700)
    window.show()
    qtbot.waitExposed(window)
    return PollCard(Speech(Language.ENGLISH, window), Theme(parent=window), window)


def button(card: PollCard, words: str) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if each.text() == words)


def typed(card: PollCard, qtbot: QtBot, *hands: int) -> None:
    for field, count in zip(card.fields, hands, strict=True):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, str(count))


def test_the_vote_is_hidden_until_it_is_shown(card: PollCard, qtbot: QtBot) -> None:
    card.open(QUESTION, ANSWERS, None, right=0)
    typed(card, qtbot, 3, 5, 2)
    assert [bar.share for bar in card.bars] == [None, None, None]
    with qtbot.waitSignal(card.voted):
        qtbot.mouseClick(button(card, "Show the vote"), Qt.MouseButton.LeftButton)
    assert [bar.share for bar in card.bars] == [0.3, 0.5, 0.2]


@pytest.mark.parametrize(("hands", "advice"), [((2, 8, 0), "explain"), ((5, 5, 0), "discuss"), ((8, 2, 0), "move on")])
def test_the_advice_fits_the_share_of_right_answers(
    card: PollCard, qtbot: QtBot, hands: tuple[int, ...], advice: str
) -> None:
    card.open(QUESTION, ANSWERS, None, right=0)
    typed(card, qtbot, *hands)
    qtbot.mouseClick(button(card, "Show the vote"), Qt.MouseButton.LeftButton)
    assert advice in card.advice


def test_a_second_vote_is_another_round(card: PollCard, qtbot: QtBot) -> None:
    card.open(QUESTION, ANSWERS, None, right=0)
    typed(card, qtbot, 2, 8, 0)
    qtbot.mouseClick(button(card, "Show the vote"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(card, "Vote again"), Qt.MouseButton.LeftButton)
    assert [bar.share for bar in card.bars] == [None, None, None]
    typed(card, qtbot, 9, 1, 0)
    qtbot.mouseClick(button(card, "Show the vote"), Qt.MouseButton.LeftButton)
    assert card.poll.rounds == ((2, 8, 0), (9, 1, 0))


def test_the_language_may_change_in_the_middle_of_a_vote(card: PollCard, qtbot: QtBot) -> None:
    card.open(QUESTION, ANSWERS, Poll(3, ((1, 1, 1),)), right=0)
    typed(card, qtbot, 4, 5, 6)
    qtbot.mouseClick(button(card, "Show the vote"), Qt.MouseButton.LeftButton)
    card._speech.toggle()
    assert card.poll.rounds[-1] == (4, 5, 6)
    assert [bar.share for bar in card.bars] == pytest.approx([4 / 15, 5 / 15, 6 / 15])
    assert "讲解" in card.advice


def test_no_key_reaches_the_lesson_below(card: PollCard, qtbot: QtBot) -> None:
    card.open(QUESTION, ANSWERS, None, right=0)
    with qtbot.waitSignal(card.moved):
        qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_a_slip_of_the_pen_is_corrected_without_another_vote(card: PollCard, qtbot: QtBot) -> None:
    card.open(QUESTION, ANSWERS, None, right=0)
    typed(card, qtbot, 3, 5, 2)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    field = card.fields[1]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "15")
    with qtbot.waitSignal(card.voted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert card.poll.rounds == ((3, 15, 2),)
    assert [bar.share for bar in card.bars] == [0.15, 0.75, 0.1]


def test_every_bar_is_called_by_its_answer_in_the_language_of_now(card: PollCard) -> None:
    card.open(QUESTION, ANSWERS, None, None)
    assert card.bars[1].accessibleName() == "Hands for B"
    card._speech.speak(Language.CHINESE)
    assert card.bars[1].accessibleName() == "选 B 的人数"
