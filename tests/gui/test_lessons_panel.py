"""The parts of a lesson's panel, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.lessons.controls import BUTTONS, CHOICES, ButtonRow, ChoiceRow
from gradgui.gui.lessons.exercises import EXERCISES, Cards, Mistake, NextValue, Nudges, Order, Pixels, Plug
from gradgui.gui.lessons.option_card import Mark, OptionCard
from gradgui.gui.lessons.panel import LessonPanel
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.lessons.slider import LessonSlider
from gradgui.gui.theme import Theme
from gradgui.lessons.control_names import OTHERS
from gradgui.lessons.lesson import Do, all_lessons
from gradgui.session.lesson_knobs import knobs
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import Stage
from gradgui.session.session import Session
from gradgui.text import Language, Text
from gradgui.wiring.lesson_highlights import BREAKPOINTS

LESSONS = {lesson.id: lesson for lesson in all_lessons()}


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[LessonRun]:
    session = Session()
    run = LessonRun(session, session)
    run.reveal.at_once = True
    yield run
    session.close()


@pytest.fixture
def panel(run: LessonRun, qtbot: QtBot) -> LessonPanel:
    speech, theme = Speech(Language.ENGLISH), Theme()
    panel = LessonPanel(run, speech, theme, Icons(theme))
    panel.speech, panel.theme = speech, theme  # type: ignore[attr-defined]
    qtbot.addWidget(panel)
    panel.resize(300, 620)
    panel.show()
    return panel


def settle(run: LessonRun, qtbot: QtBot) -> None:
    run.hands.settle()
    qtbot.waitUntil(lambda: not run.hands.busy)
    qtbot.waitUntil(lambda: run.state is None or run.state.now.stage is not Stage.REVEALING)


def at_task(run: LessonRun, qtbot: QtBot, lesson: str, step: str) -> None:
    """Go to a task; questions on the way are answered."""
    run.open(LESSONS[lesson])
    settle(run, qtbot)
    while run.state is not None and run.state.step.id != step:
        if run.state.now.stage is Stage.ASKING:
            run.choose(0)
            run.lock()
            settle(run, qtbot)
        if run.state.now.stage is Stage.EXPLAINING:
            run.choose(run.state.now.right or 0)
            run.lock()
        elif run.state.now.stage is Stage.DOING:
            assert isinstance(run.state.step, Do)
            for act in run.state.step.solution:
                run.hands.perform(act)
                settle(run, qtbot)
            qtbot.waitUntil(lambda: run.state is not None and run.state.now.stage is Stage.DONE)
        run.go_on()
        settle(run, qtbot)


def click(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def is_done(run: LessonRun) -> bool:
    return run.state is not None and run.state.now.stage is Stage.DONE


def test_an_option_is_picked_by_mouse_and_by_space_and_can_be_changed_before_it_is_locked(
    panel: LessonPanel, run: LessonRun, qtbot: QtBot
) -> None:
    run.open(LESSONS["cat"])
    settle(run, qtbot)
    view = panel.view
    assert view is not None
    assert not view.lock.isEnabled()
    click(qtbot, view.options[1])
    view.options[2].setFocus()
    qtbot.keyClick(view.options[2], Qt.Key.Key_Space)
    assert [card.mark for card in view.options] == [Mark.OPEN, Mark.OPEN, Mark.CHOSEN]
    assert view.lock.isEnabled()


def test_a_wrong_answer_gets_its_own_feedback_with_real_numbers(
    panel: LessonPanel, run: LessonRun, qtbot: QtBot
) -> None:
    run.open(LESSONS["cat"])
    settle(run, qtbot)
    view = panel.view
    assert view is not None
    run.choose(1)
    run.lock()
    settle(run, qtbot)
    assert view.options[1].accessibleName().endswith("Not right.")
    assert [card.isEnabled() for card in view.options] == [True, False, True]
    run.choose(0)
    run.lock()
    labels = [label.text() for label in view.options[0].findChildren(type(view._words))]
    assert any("−0.70" in words for words in labels)


def test_the_panel_speaks_the_language_of_now_in_the_middle_of_a_step(
    panel: LessonPanel, run: LessonRun, qtbot: QtBot
) -> None:
    run.open(LESSONS["cat"])
    settle(run, qtbot)
    run.choose(2)
    panel.speech.toggle()  # type: ignore[attr-defined]
    view = panel.view
    assert view is not None
    assert view.options[2].mark is Mark.CHOSEN
    assert "零" in view.options[2].accessibleName()
    assert view.lock.text() == "就选这个"
    assert panel.next.text() == "下一步"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_no_word_is_cut_at_the_panels_width(
    lesson: object, language: Language, panel: LessonPanel, run: LessonRun, qtbot: QtBot
) -> None:
    panel.speech.speak(language)  # type: ignore[attr-defined]
    run.open(LESSONS[lesson.id])  # type: ignore[attr-defined]
    settle(run, qtbot)
    view = panel.view
    assert view is not None
    for card in view.options:
        assert card.height() >= card.heightForWidth(card.width()) - 1
        assert card.width() <= panel.width()
    for label in view.findChildren(type(view._words)):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
    assert view.width() <= panel.width()


def test_a_slider_emits_what_is_typed_and_refuses_nonsense(qtbot: QtBot) -> None:
    speech, theme = Speech(Language.ENGLISH), Theme()
    slider = LessonSlider(Text(en="rate", zh="学习率"), 0.01, 3.0, speech, theme, log=True)
    qtbot.addWidget(slider)
    moved: list[float] = []
    slider.moved.connect(moved.append)
    slider.field.setText("2.1")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    slider.field.setText("fast")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    assert moved == [2.1]
    slider.slider.setValue(0)
    assert moved[-1] == pytest.approx(0.01)


def test_the_next_value_must_be_right_before_the_step_is_made(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "navigation", "both")
    exercise = panel.findChild(NextValue)
    exercise.field.setText("14.5")
    qtbot.keyClick(exercise.field, Qt.Key.Key_Return)
    settle(run, qtbot)
    assert run.updates == 0
    exercise.field.setText("11.5")
    qtbot.keyClick(exercise.field, Qt.Key.Key_Return)
    settle(run, qtbot)
    assert run.updates == 1


def test_stations_cannot_be_questioned_from_the_front(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "soup", "order")
    order = panel.findChild(Order)
    said: list[Text] = []
    run.hands.said.connect(said.append)
    click(qtbot, order._stations["L1"])
    assert run.hands.layers == []
    assert said
    for layer in ("L3", "L2", "L1"):
        click(qtbot, order._stations[layer])
    qtbot.waitUntil(lambda: is_done(run))
    assert "+1.2" in order._stations["L1"].text()


def test_cards_laid_from_the_loss_backwards_solve_the_chain(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "chain-rule", "cards")
    cards = panel.findChild(Cards)
    click(qtbot, cards._buttons["da1/dW1"])
    assert not is_done(run)
    click(qtbot, cards._clear)
    for card in ("dL/da3", "da3/da2", "da2/da1", "da1/dW1"):
        click(qtbot, cards._buttons[card])
    qtbot.waitUntil(lambda: is_done(run))


def test_nudging_counts_its_tastings(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "soup", "cost")
    nudges = panel.findChild(Nudges)
    click(qtbot, nudges._one)
    assert len(run.hands.nudges) == 1
    click(qtbot, nudges._all)
    assert run.hands.nudges["L1.b[0]"] == pytest.approx(1.2, abs=1e-6)
    assert not is_done(run)
    row = panel.findChild(ButtonRow)
    click(qtbot, row._buttons[0][0])
    qtbot.waitUntil(lambda: is_done(run))


def test_a_pixel_that_is_put_out_changes_the_input(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "digit3", "find")
    pixels = panel.findChild(Pixels)
    click(qtbot, pixels.pixels[0])
    settle(run, qtbot)
    assert run.deeds is not None
    assert run.deeds.facts.x[0, 0] == 0.0
    assert not pixels.pixels[0].isChecked()


def test_without_a_loss_backward_is_refused(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    run.open(LESSONS["scale"])
    settle(run, qtbot)
    plug = panel.findChild(Plug)
    click(qtbot, plug._plug)
    run.session.step()
    settle(run, qtbot)
    assert is_done(run)
    assert run.session.snapshot is not None
    assert run.session.snapshot.layers[0].dW is None


def test_the_first_layer_from_the_back_that_disagrees_made_the_mistake(
    panel: LessonPanel, run: LessonRun, qtbot: QtBot
) -> None:
    at_task(run, qtbot, "second-opinion", "bug")
    mistake = panel.findChild(Mistake)
    run.hands.nudge("L1.W[0,0]")
    assert mistake._verdicts["L3"].text() == "agrees"
    assert mistake._verdicts["L2"].text().endswith("apart")
    run.hands.blame("L1")
    assert not is_done(run)
    run.hands.blame("L2")
    qtbot.waitUntil(lambda: is_done(run))


def test_a_choice_changes_the_experiment(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "flat", "breath")
    rows = panel.findChildren(ChoiceRow)
    optimiser = next(row for row in rows if row._control == "choice:optimizer")
    optimiser.choice.choose("momentum")
    optimiser.choice.activated.emit(optimiser.choice.currentIndex())
    settle(run, qtbot)
    assert run.session.experiment is not None
    assert type(run.session.experiment.optimizer).__struct_config__.tag == "momentum"


def test_knobs_are_named_after_what_they_turn(run: LessonRun, qtbot: QtBot) -> None:
    at_task(run, qtbot, "exam", "twin")
    assert [knob.name.en for knob in knobs(run, "slider:L1.W")] == ["concepts", "care", "formulas", "logic"]


def test_an_option_card_grows_with_its_words(qtbot: QtBot) -> None:
    speech, theme = Speech(Language.ENGLISH), Theme()
    card = OptionCard(Text(en="short", zh="短"), speech, theme)
    qtbot.addWidget(card)
    before = card.heightForWidth(240)
    long = Text(en="many words " * 20, zh="很多字" * 30)
    card.show_state(long, Mark.RIGHT, long, enabled=False)
    assert card.heightForWidth(240) > 3 * before


def test_what_was_refused_is_forgotten_once_the_step_moves_on(panel: LessonPanel, run: LessonRun, qtbot: QtBot) -> None:
    run.open(LESSONS["exam"])
    settle(run, qtbot)
    run.hands.said.emit(Text(en="Not yet.", zh="还不行。"))
    assert panel.view is not None
    assert panel.view.answer.isVisible()
    run.choose(2)
    run.lock()
    settle(run, qtbot)
    assert not panel.view.answer.isVisible()


def test_a_hint_stays_until_the_task_is_done_and_the_keyboard_stays_in_the_lesson(
    panel: LessonPanel, run: LessonRun, qtbot: QtBot
) -> None:
    at_task(run, qtbot, "navigation", "both")
    view = panel.view
    assert view is not None
    view._hint_button.setFocus()
    click(qtbot, view._hint_button)
    assert "13" in view._hint.text()
    assert view.hasFocus()
    assert isinstance(view.step, Do)
    for act in view.step.solution:
        run.hands.perform(act)
        settle(run, qtbot)
    qtbot.waitUntil(lambda: is_done(run))
    assert not view._hint.isVisible()


def test_a_line_ends_neither_inside_a_small_equation_nor_before_a_lone_number(qtbot: QtBot) -> None:
    prose = Prose(Speech(Language.CHINESE), Theme())
    qtbot.addWidget(prose)
    prose.tell(Text(en="W2 = −0.5", zh="W2 = −0.5 − 3 × 2，走 100 步，逻辑 1。"))
    assert prose.text() == "W2\u00a0=\u00a0−0.5 −\u00a03 ×\u00a02，走 100\u00a0步，逻\u2060辑\u00a01。"


def test_every_control_of_the_panel_may_be_unlocked_by_a_lesson() -> None:
    assert {*BUTTONS, *CHOICES, *EXERCISES, *BREAKPOINTS} <= OTHERS
