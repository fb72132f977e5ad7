"""Training controlled by hand: every control with real clicks and keys, ending on the document or the run."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.document.experiment import Experiment
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.training.sheet import TrainingSheet
from gradgui.gui.widgets.buttons import ActionButton
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.toggle import Toggle
from gradgui.text import Language
from gradgui.wiring.training import TrainingWires
from tests.stories.conftest import Open, moment
from tests.stories.fingers import CTRL, LEFT, chosen, seen, ticked, typed, undone
from tests.stories.network_hand import NetworkHand


def sheet_of(program: Program) -> TrainingSheet:
    found = program.findChild(TrainingWires)
    assert isinstance(found, TrainingWires)
    return found.sheet


def opened(qtbot: QtBot, open_window: Open, example: str = "circle") -> tuple[Program, TrainingSheet]:
    program = open_window(example, safe_mode=True)
    qtbot.keyClick(program.window, Qt.Key.Key_T)
    sheet = sheet_of(program)
    assert sheet.isVisible()
    return program, sheet


def document(program: Program) -> Experiment:
    experiment = program.session.experiment
    assert experiment is not None
    return experiment


def slid(qtbot: QtBot, slider: QSlider, shares: list[float]) -> None:
    """Takes the knob, drags it through these places and lets go."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style, kind = slider.style(), QStyle.ComplexControl.CC_Slider
    knob = style.subControlRect(kind, option, QStyle.SubControl.SC_SliderHandle, slider).center()
    qtbot.mousePress(slider, LEFT, pos=knob)
    for share in shares:
        qtbot.mouseMove(slider, QPoint(round(share * slider.width()), knob.y()))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(round(shares[-1] * slider.width()), knob.y()))


def play_button(program: Program) -> ActionButton:
    """The button after Step."""
    return program.window.tool_bar._wordy[3]


def test_one_key_opens_the_sheet_and_escape_gives_the_keys_back(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    before = document(program)
    assert sheet.rule.optimizer.hasFocus()
    qtbot.keyClick(sheet.rule.optimizer, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert document(program) == before
    assert not program.actions.action("training").isChecked()


def test_the_rate_is_typed_and_slid_and_one_drag_is_one_step_of_undo(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    first = document(program).optimizer.learning_rate
    typed(qtbot, sheet.rule.rate, "0.2")
    assert document(program).optimizer.learning_rate == 0.2
    slid(qtbot, sheet.rule.rate_slider, [0.5, 0.4, 0.3])
    slow = document(program).optimizer.learning_rate
    assert 1e-5 < slow < 0.2
    assert program.window.tool_bar.rate.value == slow
    assert sheet.rule.rate.value == slow
    undone(program)
    assert document(program).optimizer.learning_rate == 0.2
    assert sheet.rule.rate.text() == program.window.tool_bar.rate.text() == "0.2"
    undone(program)
    assert document(program).optimizer.learning_rate == first
    assert program.window.tool_bar.rate.value == first


def test_everything_can_be_changed_while_the_network_trains(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: moment(program).iteration > 20)
    chosen(qtbot, sheet.rule.optimizer, "adam")
    typed(qtbot, sheet.rule.optimizer_options.field("beta1"), "0.5")
    typed(qtbot, sheet.rule.penalties.field("l2"), "0.01")
    typed(qtbot, sheet.rule.penalties.field("clip_norm"), "3")
    typed(qtbot, sheet.rule.batches.field("batch_size"), "20")
    chosen(qtbot, sheet.rule.schedule_kind, "step")
    typed(qtbot, sheet.rule.schedule.field("every"), "7")
    chosen(qtbot, sheet.rule.loss, "mse")
    chosen(qtbot, sheet.rule.loss_options.field("reduction"), "sum")
    shuffle = sheet.rule.batches.field("shuffle")
    assert isinstance(shuffle, Toggle)
    qtbot.mouseClick(shuffle, LEFT, pos=shuffle.rect().center())
    experiment = document(program)
    assert str(type(experiment.optimizer).__name__) == "AdamSpec"
    assert getattr(experiment.optimizer, "beta1") == 0.5  # noqa: B009
    assert (experiment.training.l2, experiment.training.clip_norm, experiment.training.batch_size) == (0.01, 3, 20)
    assert (experiment.training.schedule.kind, experiment.training.schedule.every) == ("step", 7)
    assert experiment.loss.reduction == "sum"
    assert not experiment.training.shuffle
    rule = sheet.rule
    lists = (rule.optimizer, rule.schedule_kind, rule.loss, rule.loss_options.field("reduction"))
    said = [choice.currentText() for choice in lists if isinstance(choice, Choice)]
    assert said == ["Adam", "in steps", "squared error", "sum"]
    assert not shuffle.isChecked()
    assert program.session.playing
    there = moment(program).iteration
    qtbot.waitUntil(lambda: moment(program).iteration > there + 20 and moment(program).revision > 5)
    history = program.session.editing.history
    assert history is not None
    while history.can_undo:
        undone(program)
    assert type(document(program).optimizer).__name__ != "AdamSpec"
    assert rule.optimizer.currentText() != "Adam"
    assert shuffle.isChecked()


def test_all_hidden_layers_get_another_activation_with_one_choice(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window, "spiral")
    chosen(qtbot, sheet.rule.activation, "relu")
    kinds = [getattr(layer, "activation", "") for layer in document(program).network.layers]
    assert kinds == ["relu", "relu", "tanh"]
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.written.count("ReLU") == 2)
    undone(program)
    assert sheet.rule.activation.choice == "sin"
    hand.wait(lambda: hand.written.count("sin") == 2)


def test_what_makes_no_sense_is_refused_and_the_old_one_stays(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window, "plane")
    before, kind = document(program), sheet.rule.loss.choice
    chosen(qtbot, sheet.rule.loss, "bce")
    assert program.window.notices.isVisible()
    assert document(program) == before
    assert sheet.rule.loss.choice == kind
    typed(qtbot, sheet.rule.penalties.field("l1"), "-1")
    assert document(program) == before


def test_the_speed_is_slid_typed_and_pressed(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    pacing = program.session.pacing
    assert pacing.speed is None
    assert sheet.speed.number.text() == "∞"
    slid(qtbot, sheet.speed.slider, [0.6, 0.0])
    assert pacing.speed == 0.1
    assert sheet.speed.number.text() == "0.1"
    typed(qtbot, sheet.speed.number, "30")
    assert pacing.speed == 30
    assert 0.5 < sheet.speed.slider.value() / sheet.speed.slider.maximum() < 0.8, "the knob goes along"
    slid(qtbot, sheet.speed.slider, [0.9, 1.1])
    assert pacing.speed is None
    assert sheet.speed.number.text() == "∞"
    qtbot.keyClick(program.window, Qt.Key.Key_Down, CTRL)
    assert pacing.speed == sheet.speed.number.value == 1000
    qtbot.keyClick(program.window, Qt.Key.Key_Up, CTRL)
    assert pacing.speed is None
    assert sheet.speed.number.text() == "∞"


def test_one_batch_and_one_epoch_are_one_click_each(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    whole = len(moment(program).network.events)
    batch, epoch = sheet.steps
    qtbot.mouseClick(batch, LEFT)
    qtbot.waitUntil(lambda: (moment(program).iteration, moment(program).cursor) == (0, whole))
    pictures = [seen(program.desk.views.network)]
    qtbot.mouseClick(epoch, LEFT)
    qtbot.waitUntil(lambda: (moment(program).iteration, moment(program).cursor) == (24, whole))
    pictures.append(seen(program.desk.views.network))
    qtbot.keyClick(
        program.window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: (moment(program).iteration, moment(program).cursor) == (49, whole))
    qtbot.waitUntil(lambda: not program.session.playing)  # told after the picture
    pictures.append(seen(program.desk.views.network))
    assert all(one != other for one, other in combinations(pictures, 2))


def test_training_stops_where_a_tick_says(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    typed(qtbot, sheet.goals.numbers["epochs"], "4")
    assert sheet.goals.ticks["epochs"].isChecked(), "a typed number counts"
    qtbot.mouseClick(play_button(program), LEFT)
    qtbot.waitUntil(lambda: moment(program).iteration > 0 and not program.session.playing)
    qtbot.waitUntil(lambda: not moment(program).running)
    assert moment(program).iteration == 4 * 25 - 1
    ticked(qtbot, sheet.goals.ticks["epochs"])
    assert not sheet.goals.ticks["epochs"].isChecked()
    assert program.session.pacing.stop_when.epochs is None


def test_training_stops_at_a_loss_at_an_accuracy_and_where_nothing_improves(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    status = program.window._status
    for name, words, said in (
        ("loss", "0.4", "is below 0.4"), ("accuracy", "60", "has reached 60.0%"), ("plateau", "1", "hardly fallen"),
    ):  # fmt: skip
        typed(qtbot, sheet.rule.rate, "1e-9" if name == "plateau" else "0.03")
        typed(qtbot, sheet.goals.numbers[name], words)
        qtbot.keyClick(program.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: moment(program).revision == program.session.revision and moment(program).cursor == 0)
        qtbot.mouseClick(play_button(program), LEFT)
        qtbot.waitUntil(lambda said=said: said in status.text() and not program.session.playing, timeout=20_000)
        ticked(qtbot, sheet.goals.ticks[name])


def test_a_click_plays_and_the_same_button_pauses_and_so_does_the_space_bar(qtbot: QtBot, open_window: Open) -> None:
    program = open_window("circle", safe_mode=True)
    button = play_button(program)
    words = button.text()
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: moment(program).running and moment(program).iteration > 5)
    assert button.text() != words
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: not moment(program).running)
    assert button.text() == words
    there = moment(program).iteration
    qtbot.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: moment(program).iteration > there + 5)
    qtbot.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not moment(program).running)
    assert not program.session.playing


def test_another_seed_is_another_start(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    before = moment(program).theta
    typed(qtbot, sheet.rule.seed, "42")
    qtbot.waitUntil(lambda: bool((moment(program).theta != before).any()))
    assert document(program).training.seed == 42
    bar = program.window.findChild(EditorBar)
    assert isinstance(bar, EditorBar)
    assert bar.seed.text() == sheet.rule.seed.text() == "42"


@pytest.mark.parametrize("language", list(Language))
def test_nothing_in_the_sheet_is_cut_or_nameless(qtbot: QtBot, open_window: Open, language: Language) -> None:
    program, sheet = opened(qtbot, open_window, "spiral")
    program.desk.speech.speak(language)
    qtbot.waitUntil(lambda: not cut(sheet))
    fields = [field for field in sheet.findChildren(QWidget) if isinstance(field, FIELDS)]
    assert all(field.accessibleName() for field in fields)


FIELDS = NumberField | Choice | Toggle | QSlider


def cut(sheet: TrainingSheet) -> list[str]:
    """Fields that stick out of the sheet, or are smaller than their words."""
    found = []
    for field in sheet.findChildren(QWidget):
        if isinstance(field, FIELDS) and field.isVisibleTo(sheet):
            right = field.mapTo(sheet, field.rect().topRight()).x()
            if right > sheet.width() or field.width() < field.minimumSizeHint().width():
                found.append(field.accessibleName())
    return found


def blown_up(qtbot: QtBot, open_window: Open) -> Program:
    """A linear fit with a rate far beyond what is stable, played until it stops by itself."""
    program = open_window("plane", safe_mode=True)
    typed(qtbot, program.window.tool_bar.rate, "100")
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(program.window.troubles.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: not program.session.playing)
    where = moment(program)
    assert program.desk.views.curves._snapshot is where, "every view shows the moment where training ended"
    assert program.desk.views.surface.ball is where.ball
    return program


def test_a_blow_up_is_explained_and_one_click_goes_back(qtbot: QtBot, open_window: Open) -> None:
    program = blown_up(qtbot, open_window)
    said = program.window.troubles.text
    assert said is not None
    assert f"Training step {moment(program).iteration + 1}, layer" in said.en
    assert "不再是有限的数" in said.zh
    qtbot.mouseClick(program.window.troubles.buttons[0], LEFT)
    qtbot.waitUntil(lambda: bool(np.isfinite(moment(program).theta).all()))
    qtbot.waitUntil(lambda: not program.window.troubles.isVisible())


def test_no_sheet_covers_the_way_back_from_a_blow_up(qtbot: QtBot, open_window: Open) -> None:
    program = open_window("plane", safe_mode=True)
    window, sheet = program.window, sheet_of(program)
    window.resize(1280, 720)
    qtbot.keyClick(window, Qt.Key.Key_T)
    typed(qtbot, sheet.rule.rate, "100")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(window.troubles.isVisible, timeout=20_000)
    assert sheet.isVisible()
    for button in window.troubles.buttons:
        qtbot.waitUntil(lambda b=button: window.childAt(b.mapTo(window, b.rect().center())) is b)
        assert not sheet.geometry().intersects(QRect(button.mapTo(window, QPoint(0, 0)), button.size()))
    qtbot.mouseClick(window.troubles.buttons[0], LEFT)
    qtbot.waitUntil(lambda: bool(np.isfinite(moment(program).theta).all()))
    qtbot.waitUntil(lambda: sheet.y() == window.pane("network").mapTo(window, QPoint(0, 0)).y())


def test_the_calmer_rate_that_is_offered_really_calms(qtbot: QtBot, open_window: Open) -> None:
    program = blown_up(qtbot, open_window)
    buttons = program.window.troubles.buttons
    assert len(buttons) == 2, "the rate is to blame, so another one is offered"
    qtbot.mouseClick(buttons[1], LEFT)
    qtbot.waitUntil(lambda: document(program).optimizer.learning_rate < 100)
    assert f"{document(program).optimizer.learning_rate:g}" in buttons[1].text()
    assert program.window.tool_bar.rate.value == document(program).optimizer.learning_rate
    assert np.isfinite(moment(program).theta).all()


def test_runs_from_one_start_are_laid_over_each_other_and_one_is_removed(qtbot: QtBot, open_window: Open) -> None:
    program, sheet = opened(qtbot, open_window)
    for rate in ("0.5", "0.002"):
        typed(qtbot, sheet.rule.rate, rate)
        qtbot.keyClick(program.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: moment(program).revision == program.session.revision)
        assert moment(program).cursor == 0
        qtbot.mouseClick(sheet.steps[1], LEFT)
        qtbot.waitUntil(lambda: moment(program).iteration == 24 and not program.session.playing)
    legend, runs = program.desk.views.curves.legend, program.desk.views.curves.runs
    program.window.bring_forward("curves")
    qtbot.waitUntil(runs.isVisible)
    assert "rate 0.5 · " in runs.toolTip()
    assert not legend.isVisible()
    qtbot.mouseClick(runs, LEFT)
    qtbot.waitUntil(legend.isVisible)
    assert "rate 0.002 · " in legend.row(-1)[1].text()
    (ghost,) = moment(program).curves.ghosts
    assert "rate 0.5 · " in legend.row(ghost.number)[1].text()
    assert ghost.train_loss[0] == moment(program).curves.train_loss[0], "from the same start"
    tick = legend.row(ghost.number)[1]
    ticked(qtbot, tick)
    assert program.desk.views.curves._plots._hidden == {ghost.number}
    button = legend.row(ghost.number)[2]
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: not moment(program).curves.ghosts)
    qtbot.waitUntil(lambda: not legend.isVisible() and not runs.isVisible())
