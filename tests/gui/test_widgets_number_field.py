"""The number field: typed, stepped, refused kindly, never jumping."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.errors import UserError
from gradgui.gui.widgets.number_field import NumberField, parsed, shown
from gradgui.text import Language, Text
from tests.gui.frame import Frame, show_active


@pytest.fixture
def field(qtbot: QtBot, frame: Frame) -> NumberField:
    made = NumberField(Text(en="Rate", zh="学习率"), 0.1, frame.speech, frame.theme, high=1000)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.setFocus()
    return made


@pytest.fixture
def heard(field: NumberField) -> list[object]:
    values: list[object] = []
    field.value_committed.connect(values.append)
    return values


def type_over(qtbot: QtBot, field: NumberField, words: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, words)


def test_enter_takes_what_is_typed_once(qtbot: QtBot, field: NumberField, heard: list[object]) -> None:
    type_over(qtbot, field, "0.25")
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == [0.25]


@pytest.mark.parametrize("words", ["abc", "", "1e999", "nan", "-1", "2000", "0.1.2"])
def test_nonsense_is_refused_with_a_reason_and_the_value_stays(
    qtbot: QtBot, field: NumberField, heard: list[object], words: str
) -> None:
    reasons: list[UserError] = []
    field.refused.connect(reasons.append)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == []
    assert field.value == 0.1
    assert "Rate" in reasons[0].in_language(Language.ENGLISH)
    assert "学习率" in reasons[0].in_language(Language.CHINESE)
    assert field.property("refused") is True
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.1"
    assert field.property("refused") is False


def test_up_and_down_multiply_and_come_back(qtbot: QtBot, field: NumberField, heard: list[object]) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(field, key)
    assert heard == [0.125, 0.156, 0.125, 0.1]


def test_a_given_step_is_added(qtbot: QtBot, frame: Frame) -> None:
    field = NumberField(Text(en="Units", zh="单元"), 4, frame.speech, frame.theme, low=1, high=5, step=1)
    qtbot.addWidget(field)
    field.step(1)
    assert field.value == 5
    field.step(1)
    assert field.value == 5


def wheel(field: NumberField, up: bool) -> None:
    turn = QPoint(0, 120 if up else -120)
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(
        field, QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), turn, none, no_keys, phase, False)
    )


def test_the_wheel_steps_only_a_focused_field(qtbot: QtBot, field: NumberField, heard: list[object]) -> None:
    wheel(field, up=True)
    assert heard == [0.125]
    field.clearFocus()
    wheel(field, up=True)
    assert heard == [0.125]


def test_a_value_from_elsewhere_does_not_disturb_typing(qtbot: QtBot, field: NumberField) -> None:
    type_over(qtbot, field, "0.3")
    field.set_value(0.7)
    assert field.text() == "0.3"
    field.clearFocus()
    assert field.value == 0.3


def test_leaving_half_typed_nonsense_restores_the_value(qtbot: QtBot, field: NumberField) -> None:
    type_over(qtbot, field, "0.x")
    field.clearFocus()
    assert field.text() == "0.1"


def test_the_field_is_named_in_both_languages(frame: Frame, field: NumberField) -> None:
    assert field.accessibleName() == "Rate"
    frame.speech.toggle()
    assert field.accessibleName() == "学习率"


@pytest.mark.parametrize(
    ("typed", "value"), [("0,1", 0.1), ("０．２", 0.2), ("−3", -3.0), (" 1e-3 ", 0.001), ("1_0", None), ("inf", None)]
)
def test_a_number_is_understood_as_a_person_means_it(typed: str, value: float | None) -> None:
    assert parsed(typed) == value


@pytest.mark.parametrize(
    ("value", "words"), [(0.1, "0.1"), (0.00001, "0.00001"), (3.0, "3"), (-0.5, "−0.5"), (1e-9, "1e−09"), (0.0, "0")]
)
def test_a_number_is_shown_as_a_person_would_type_it(value: float, words: str) -> None:
    assert shown(value) == words
