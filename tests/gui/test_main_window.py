"""The window's frame: panes where they belong, one alone on demand, everything named in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMenu, QSplitter, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gradgui.errors import UserError
from gradgui.gui.main_window import MainWindow
from gradgui.gui.theme import DARK, LIGHT
from gradgui.gui.tool_bar import TitleButton
from gradgui.gui.widgets.buttons import ActionButton
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Language, Text
from tests.gui.frame import Frame

TOYCAR = Text(en="Toy-car line", zh="玩具车生产线")
CIRCLE = Text(en="Circle", zh="圆环")
SIZES = [(1024, 640), (1280, 720), (1440, 900), (1920, 1080)]


@pytest.fixture
def window(qtbot: QtBot, frame: Frame) -> MainWindow:
    made = frame.window()
    qtbot.addWidget(made)
    made.set_title(TOYCAR)
    made.set_examples([("toycar", TOYCAR), ("circle", CIRCLE)])
    with qtbot.waitExposed(made):
        made.show()
    return made


def resize(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle(window)
    assert (window.width(), window.height()) == size


def settle(window: MainWindow) -> None:
    """Lay out everything now, also what was only asked for."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        window.grab()


def visible(window: MainWindow) -> set[str]:
    names = ("network", "surface", "data", "curves", "debugger")
    return {name for name in names if window.pane(name).isVisible()}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("training", [False, True])
def test_nothing_is_cut_in_any_usual_size(
    qtbot: QtBot, frame: Frame, window: MainWindow, size: tuple[int, int], language: Language, training: bool
) -> None:
    frame.speech.speak(language)
    window.show_training_panes(training)
    resize(qtbot, window, size)
    bar = window.tool_bar
    assert bar.rect().contains(bar.rate.geometry())
    for part in (*bar.findChildren(QAbstractButton), *bar.findChildren(SaidLabel)):
        if part.isVisible():
            assert part.width() >= part.sizeHint().width(), part.accessibleName()
            assert bar.rect().contains(part.geometry()), part.accessibleName()


@pytest.mark.parametrize("size", SIZES[1:])
def test_network_and_surface_share_the_middle_seven_to_five(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    resize(qtbot, window, size)
    network, surface = window.pane("network").width(), window.pane("surface").width()
    assert network / surface == pytest.approx(7 / 5, rel=0.03)
    assert window.pane("debugger").height() == pytest.approx(306 if size[1] == 1080 else 264, abs=2)


def test_step_is_the_one_violet_button(window: MainWindow) -> None:
    primary = [button for button in window.findChildren(ActionButton) if button.primary]
    assert [button.text() for button in primary] == ["Step"]


def test_data_and_curves_are_folded_away_until_there_is_something_to_train(window: MainWindow) -> None:
    assert visible(window) == {"network", "surface", "debugger"}
    tall = window.pane("network").height()
    window.show_training_panes(True)
    assert visible(window) == {"network", "surface", "data", "curves", "debugger"}
    window.show_training_panes(False)
    settle(window)
    assert window.pane("network").height() == tall


def test_in_a_low_window_data_and_curves_take_turns_beside_the_network(qtbot: QtBot, window: MainWindow) -> None:
    window.show_training_panes(True)
    resize(qtbot, window, (1920, 1080))
    assert top(window.pane("curves")) > top(window.pane("data"))
    assert tabs(window, "data") == []
    resize(qtbot, window, (1280, 720))
    assert visible(window) == {"network", "surface", "data", "debugger"}
    assert top(window.pane("data")) == top(window.pane("network"))
    qtbot.mouseClick(tab(window, "data", "Curves"), Qt.MouseButton.LeftButton)
    assert visible(window) == {"network", "surface", "curves", "debugger"}
    resize(qtbot, window, (1440, 900))
    assert visible(window) == {"network", "surface", "data", "curves", "debugger"}


def test_network_data_and_surface_are_large_side_by_side_for_training(qtbot: QtBot, window: MainWindow) -> None:
    window.show_training_panes(True)
    resize(qtbot, window, (1440, 900))
    network, data, surface = (window.pane(name) for name in ("network", "data", "surface"))
    assert top(network) == top(data) == top(surface)
    assert network.height() >= 500
    assert network.width() >= 500
    assert min(data.width(), data.height() + 100, surface.width()) >= 360
    assert surface.height() == network.height() == data.height() + window.pane("curves").height() + 12


def test_a_border_that_was_moved_stays_moved_for_those_panes(qtbot: QtBot, frame: Frame, window: MainWindow) -> None:
    resize(qtbot, window, (1440, 900))
    network = window.pane("network")
    handle = splitter_of(network).handle(splitter_of(network).indexOf(window.pane("surface")))
    wide = network.width()
    middle = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle - QPoint(150, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle - QPoint(150, 0))
    moved = network.width()
    assert moved < wide - 100
    window.show_training_panes(True)
    window.show_training_panes(False)
    assert network.width() == pytest.approx(moved, abs=3)
    other = frame.window()
    qtbot.addWidget(other)
    other.share_room(window.splitter_sizes)
    other.show()
    resize(qtbot, other, (1440, 900))
    assert other.pane("network").width() == pytest.approx(moved, abs=3)


def splitter_of(pane: QWidget) -> QSplitter:
    found = pane.parentWidget()
    assert isinstance(found, QSplitter)
    return found


def test_where_even_that_is_too_wide_all_three_take_turns(qtbot: QtBot, frame: Frame, window: MainWindow) -> None:
    for name in ("network", "surface", "data"):
        window.pane(name).body.setMinimumWidth(380)
    window.show_training_panes(True)
    resize(qtbot, window, (1024, 640))
    assert visible(window) == {"network", "surface", "debugger"}
    assert tabs(window, "network") == ["Data", "Curves"]
    qtbot.mouseClick(tab(window, "network", "Curves"), Qt.MouseButton.LeftButton)
    assert visible(window) == {"curves", "surface", "debugger"}
    frame.speech.toggle()
    assert tabs(window, "curves") == ["网络", "数据"]
    window.show_training_panes(False)
    assert visible(window) == {"network", "surface", "debugger"}
    assert tabs(window, "network") == []


def test_step_has_room_for_its_word_when_it_is_the_button_to_press_again(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.tool_bar
    window._speech.speak(Language.CHINESE)
    window._theme.use_factor(1.6)
    bar.set_clean(True)
    bar.set_quiet(True)
    resize(qtbot, window, (1280, 720))
    bar.set_quiet(False)
    settle(window)
    assert bar.step_button.width() >= bar.step_button.sizeHint().width()


def test_with_very_large_text_in_a_low_window_all_panes_take_turns(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 720)
    window._theme.use_factor(2.0)
    window.show_training_panes(True)
    with qtbot.waitExposed(window):
        window.show()
    names = ("network", "data", "curves", "surface", "debugger")
    assert [name for name in names if window.pane(name).isVisible()] == ["network"]
    assert tabs(window, "network") == ["Data", "Curves", "Surface", "Debugger"]
    window.bring_forward("debugger")
    assert [name for name in names if window.pane(name).isVisible()] == ["debugger"]
    assert tabs(window, "debugger") == ["Network", "Data", "Curves", "Surface"]
    window._theme.use_factor(1.0)
    assert {name for name in names if window.pane(name).isVisible()} == {"network", "data", "surface", "debugger"}
    assert tabs(window, "debugger") == []


def tabs(window: MainWindow, name: str) -> list[str]:
    found = [button for button in window.pane(name).findChildren(QToolButton) if button.isVisible()]
    return [button.text() for button in sorted(found, key=QToolButton.x)]


def tab(window: MainWindow, name: str, title: str) -> QToolButton:
    return next(button for button in window.pane(name).findChildren(QToolButton) if button.text() == title)


def top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).y()


@pytest.mark.parametrize("name", ["network", "surface", "data", "curves"])
def test_a_double_click_on_a_title_shows_one_pane_alone_and_back(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.show_training_panes(True)
    before = visible(window)
    bar = window.pane(name).findChild(SaidLabel)
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton)
    settle(window)
    assert visible(window) == {name}
    assert window.pane(name).width() > window.width() - 40
    assert window.pane(name).height() > window.height() - 120
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton)
    assert visible(window) == before


def test_a_focused_debugger_fills_the_window(window: MainWindow) -> None:
    window.focus_pane("debugger")
    settle(window)
    assert visible(window) == {"debugger"}
    assert window.pane("debugger").height() > window.height() - 120
    window.focus_pane("")
    assert visible(window) == {"network", "surface", "debugger"}


def test_everything_one_can_use_is_named_in_both_languages(frame: Frame, window: MainWindow) -> None:
    window.notices.tell(CIRCLE)
    for language in Language:
        frame.speech.speak(language)
        for part in window.findChildren(QWidget):
            if isinstance(part, QAbstractButton | QLineEdit | QComboBox):
                assert part.accessibleName(), part
    assert window.pane("surface").accessibleName() == "损失曲面"


def test_the_language_changes_every_word_at_once(frame: Frame, window: MainWindow) -> None:
    window.say(Text(en="Next: {key}", zh="下一步：{key}"), key="F10")
    english = words(window)
    frame.speech.toggle()
    chinese = words(window)
    assert window.windowTitle() == "玩具车生产线[*] · 梯度游乐场"
    assert {"步进", "后退", "重置", "播放", "学习率 η", "网络", "English", "下一步：F10"} <= chinese
    assert english & chinese <= {""}
    frame.speech.toggle()
    assert words(window) == english


def words(window: MainWindow) -> set[str]:
    labels = {label.text() for label in window.findChildren(SaidLabel)}
    return labels | {button.text() for button in window.findChildren(QAbstractButton)}


def test_an_example_is_chosen_below_the_title(frame: Frame, window: MainWindow) -> None:
    heard: list[object] = []
    window.example_chosen.connect(heard.append)
    title = window.findChild(TitleButton)
    assert title is not None
    menu = title.menu()
    assert [action.text() for action in menu.actions()] == ["Toy-car line", "Circle"]
    menu.actions()[1].trigger()
    frame.speech.toggle()
    assert heard == ["circle"]
    assert [action.text() for action in menu.actions()] == ["玩具车生产线", "圆环"]


def test_the_menu_offers_only_what_it_was_given(window: MainWindow) -> None:
    offered = {action.objectName() for menu in window.tool_bar.findChildren(QMenu) for action in menu.actions()}
    assert {"open", "save", "language", "quit"} <= offered
    assert not {"step", "play_pause"} & offered


def test_a_typed_rate_is_told_and_a_refused_one_is_explained(qtbot: QtBot, window: MainWindow) -> None:
    heard: list[object] = []
    window.rate_committed.connect(heard.append)
    rate = window.findChild(NumberField)
    assert rate is not None
    window.set_rate(0.5)
    assert rate.text() == "0.5"
    rate.setText("2")
    rate.commit()
    rate.setText("two")
    rate.commit()
    assert heard == [2.0]
    assert window.notices.text is not None
    assert "two" in window.notices.text.en


def test_a_notice_takes_room_only_while_it_says_something(frame: Frame, window: MainWindow) -> None:
    calm = window.pane("network").height()
    window.notices.show_error(UserError(Text(en="{file} ends too soon.", zh="{file} 提前结束了。"), file="a.gradgui"))
    assert window.notices.isVisible()
    frame.speech.toggle()
    assert "a.gradgui 提前结束了。" in words(window)
    assert window.notices.accessibleName() == "a.gradgui 提前结束了。"
    window.notices.dismiss()
    settle(window)
    assert window.notices.text is None
    assert window.pane("network").height() == calm


def test_the_window_wears_the_theme(frame: Frame, window: MainWindow) -> None:
    for dark, palette in ((False, LIGHT), (True, DARK)):
        frame.theme.use_dark(dark)
        image = window.grab().toImage()
        assert image.pixelColor(window.width() // 2, 60).name().upper() == palette.ground
        assert image.pixelColor(300, 6).name().upper() == palette.panel
        surface = window.pane("surface")
        corner = surface.mapTo(window, surface.rect().center())
        assert image.pixelColor(corner).name().upper() == palette.panel


def test_presenter_size_enlarges_the_frame_without_cutting_it(qtbot: QtBot, frame: Frame, window: MainWindow) -> None:
    resize(qtbot, window, (1920, 1080))
    frame.theme.use_factor(1.6)
    settle(window)
    assert window.tool_bar.height() == 83
    title = window.tool_bar.title
    assert title.width() >= title.sizeHint().width()
    frame.theme.use_factor(1.0)
    settle(window)
    assert window.tool_bar.height() == 52


def test_the_keys_belong_to_the_window_at_first(qtbot: QtBot, window: MainWindow) -> None:
    assert not any(part.hasFocus() for part in window.findChildren(QAbstractButton))
    assert not window.tool_bar.rate.hasFocus()


def test_closing_is_told_first(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()


def test_a_lesson_pane_is_hung_up_at_the_left_if_there_is_one(qtbot: QtBot, frame: Frame) -> None:
    window = frame.window(lesson=True)
    qtbot.addWidget(window)
    window.show()
    lesson, network = window.pane("lesson"), window.pane("network")
    assert lesson.mapTo(window, lesson.rect().topLeft()).x() < network.mapTo(window, network.rect().topLeft()).x()
    assert lesson.width() == pytest.approx(300, abs=12)
