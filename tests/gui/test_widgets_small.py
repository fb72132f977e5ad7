"""Labels, badges, choices and buttons: live in both languages, quiet when empty."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.theme import LIGHT, Size
from gradgui.gui.widgets.badge import Badge
from gradgui.gui.widgets.buttons import ActionButton
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text, same
from tests.gui.frame import Frame, show_active

LAYERS = Text(en="{n} layers, {kind}", zh="{n} 层，{kind}")
RELU = Text(en="dense", zh="全连接")
RINGS, MOONS = Text(en="Rings", zh="圆环"), Text(en="Moons", zh="月牙")


def test_a_label_says_its_fields_again_in_the_other_language(qtbot: QtBot, frame: Frame) -> None:
    label = SaidLabel(frame.speech, frame.theme)
    qtbot.addWidget(label)
    label.say(LAYERS, n=3, kind=RELU)
    assert label.text() == "3 layers, dense"
    frame.speech.toggle()
    assert label.text() == "3 层，全连接"


def test_a_label_keeps_its_size_through_tones_and_themes(qtbot: QtBot, frame: Frame) -> None:
    label = SaidLabel(frame.speech, frame.theme, RELU, size=Size.SMALL, bold=True, tone=Tone.MUTED)
    qtbot.addWidget(label)
    label.show()
    assert label.palette().color(label.foregroundRole()).name().upper() == LIGHT.muted
    label.set_tone(Tone.DONE)
    assert label.palette().color(label.foregroundRole()).name().upper() == LIGHT.done
    frame.theme.use_dark(True)
    assert (label.font().pixelSize(), label.font().bold()) == (12, True)
    frame.theme.use_factor(1.5)
    assert label.font().pixelSize() == 18


def test_an_empty_badge_takes_no_room_and_is_never_a_window(qtbot: QtBot, frame: Frame) -> None:
    badge = Badge(frame.speech, frame.theme, RELU)
    assert not badge.isVisible()
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(badge)
    holder.show()
    assert badge.isVisible()
    badge.say(same(""))
    assert not badge.isVisible()
    badge.say(RELU)
    assert badge.isVisible()


def choice(qtbot: QtBot, frame: Frame) -> Choice:
    made = Choice(Text(en="Data set", zh="数据集"), frame.speech, frame.theme, frame.icons)
    qtbot.addWidget(made)
    made.set_choices([("rings", RINGS), ("moons", MOONS)])
    return made


def test_a_choice_tells_what_the_user_chose_but_not_what_the_program_chose(qtbot: QtBot, frame: Frame) -> None:
    box = choice(qtbot, frame)
    heard: list[object] = []
    box.chosen.connect(heard.append)
    box.choose("moons")
    box.choose("no such thing")
    assert (box.choice, heard) == ("moons", [])
    box.show()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert heard == ["rings"]


def test_a_choice_stays_chosen_when_language_or_offers_change(qtbot: QtBot, frame: Frame) -> None:
    box = choice(qtbot, frame)
    box.choose("moons")
    frame.speech.toggle()
    assert (box.currentText(), box.choice, box.accessibleName()) == ("月牙", "moons", "数据集")
    box.set_choices([("moons", MOONS), ("rings", RINGS)])
    assert box.choice == "moons"
    assert not box.grab().isNull()


def button(qtbot: QtBot, frame: Frame, command_id: str, *, words: bool = True) -> ActionButton:
    made = ActionButton(command_id, frame.actions, frame.icons, frame.theme, words=words)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_button_presses_its_command_and_reads_as_it_reads(qtbot: QtBot, frame: Frame) -> None:
    step, action = button(qtbot, frame, "step"), frame.actions.action("step")
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    action.setEnabled(False)
    assert not step.isEnabled()
    frame.speech.toggle()
    assert (step.text(), step.accessibleName()) == ("步进", "步进")


def test_a_button_without_words_still_has_a_name(qtbot: QtBot, frame: Frame) -> None:
    theme = button(qtbot, frame, "theme", words=False)
    assert (theme.text(), theme.accessibleName()) == ("", "Light or dark")
    assert "Ctrl+D" in theme.toolTip()
    assert theme.width() == theme.sizeHint().width() < 50


def test_the_primary_button_is_larger_and_violet(qtbot: QtBot, frame: Frame) -> None:
    step, plain = button(qtbot, frame, "step"), button(qtbot, frame, "step")
    step.set_primary(True)
    assert step.sizeHint().width() > plain.sizeHint().width()
    image = step.grab().toImage()
    assert image.pixelColor(14, image.height() // 2).name().upper() == LIGHT.current


def test_pausing_does_not_move_what_stands_beside(qtbot: QtBot, frame: Frame) -> None:
    play = button(qtbot, frame, "play_pause")
    play.make_room_for("pause")
    before = play.sizeHint()
    frame.actions.show_playing(True)
    assert play.text() == "Pause"
    assert play.sizeHint() == before


def test_a_checkable_command_and_its_button_agree(qtbot: QtBot, frame: Frame) -> None:
    presenter, action = button(qtbot, frame, "presenter"), frame.actions.action("presenter")
    qtbot.mouseClick(presenter, Qt.MouseButton.LeftButton)
    assert action.isChecked()
    assert presenter.isChecked()
    action.trigger()
    assert not presenter.isChecked()


def test_a_click_leaves_space_to_playing_but_a_focused_button_keeps_it(qtbot: QtBot, frame: Frame) -> None:
    window = frame.window()
    qtbot.addWidget(window)
    show_active(qtbot, window)
    reset = next(b for b in window.findChildren(ActionButton) if b.accessibleName() == "Reset")
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert not reset.hasFocus()
    reset.setFocus()
    with (
        qtbot.waitSignal(frame.actions.action("reset").triggered),
        qtbot.assertNotEmitted(frame.actions.action("play_pause").triggered),
    ):
        qtbot.keyClick(reset, Qt.Key.Key_Space)
