"""Skip links, zooming, starts and the table: the rest of what a hand can do with the network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QTreeView
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.block_item import BlockItem
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.editor.handles import HowHit, LinkHit, StepHit, Target
from gradgui.gui.editor.layer_sheet import LayerSheet
from gradgui.gui.editor.layer_table import LayerTable
from gradgui.text import Language
from tests.stories.conftest import Open
from tests.stories.fingers import CTRL, LEFT, seen, typed
from tests.stories.network_hand import PLAIN, NetworkHand

Hand = Callable[..., NetworkHand]


@pytest.fixture
def hand(open_window: Open, qtbot: QtBot) -> Hand:
    def opened(example: str = "spiral", language: Language = Language.ENGLISH) -> NetworkHand:
        made = NetworkHand(open_window(example, language), qtbot)
        made.settled()
        return made

    return opened


def links(h: NetworkHand) -> list[tuple[str, str, str]]:
    return [(link.source, link.target, link.how) for link in h.document.network.links]


def arcs(h: NetworkHand) -> list[tuple[int, int]]:
    assert h.pane._scene.parts is not None
    return [(link.source, link.target) for link in h.pane._scene.parts.links.links]


def draw_link(h: NetworkHand, start: NodeHit, target: int) -> None:
    """Off sideways from a neuron, and let go at a later layer."""
    h.drag(h.at(start), h.at(NodeHit(target, 0)), steps=12)


# ── Skip links ───────────────────────────────────────────────────────────────────────────────────


def test_a_link_is_drawn_from_a_neuron_to_a_later_layer(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(-1, 0), 1)
    assert links(h) == [("x", "L2", "concat")]
    h.wait(lambda: arcs(h) == [(-1, 1)])
    assert h.shown.network.layers[1].inputs == 10
    assert h.pane._scene.parts is not None
    assert h.pane._scene.parts.drag.source is None


def test_the_card_beside_the_pointer_goes_while_a_link_is_drawn(hand: Hand) -> None:
    h = hand()
    carried = NodeHit(-1, 0)
    h.point(carried)
    assert h.pane._card.isVisible()
    start = h.at(carried)
    h.qtbot.mousePress(h.port, LEFT, PLAIN, start)
    h.move(start + QPoint(100, 10))
    assert h.pane.hands.carrying
    assert not h.pane._card.isVisible()
    h.program.session.step()
    h.qtbot.wait(50)
    assert not h.pane._card.isVisible(), "nor does a new moment bring it back"
    h.qtbot.mouseRelease(h.port, LEFT, PLAIN, h.at(NodeHit(0, 5)))
    assert h.pane._card.isVisible()
    assert h.pane._card.title == "L1 5", "it tells of what the pointer has come to, not of where it set out"


def test_the_arithmetic_of_a_neuron_is_seen_to_its_last_line_in_a_small_window(hand: Hand) -> None:
    h = hand()
    h.program.window.resize(1280, 720)
    h.program.session.go_to(0, 3)
    h.wait(lambda: h.shown.cursor == 3)
    h.pane.menus.open_for(NodeHit(1, 3), h.port.mapToGlobal(QPoint(5, 5)))
    h.choose_from_menu("The arithmetic of this neuron")
    h.wait(lambda: h.pane._scene.sum is not None)
    found = h.pane._scene.sum
    assert found is not None
    assert len(found.lines) == 8
    h.wait(lambda: not h.pane.view.verticalScrollBar().isVisible())
    assert found.place(NodeHit(1, 3)).y() < h.port.height()


@pytest.mark.parametrize("carried", [NodeHit(-1, 0), LayerHit(0)], ids=["a link", "a layer"])
def test_what_is_carried_while_the_network_is_laid_out_anew_is_let_go(hand: Hand, carried: Target) -> None:
    h = hand()
    before = h.units
    start = h.at(carried)
    end = start + QPoint(200, 20)
    h.qtbot.mousePress(h.port, LEFT, PLAIN, start)
    h.move(start + QPoint(100, 10))
    assert h.parts.drag.source is not None or h.parts.drag.name
    h.turn_at(start, 1, CTRL)
    h.move(end)
    h.qtbot.mouseRelease(h.port, LEFT, PLAIN, end)
    assert h.units == before
    assert links(h) == []
    h.turn_at(start, -1, CTRL)
    assert (h.drawn, arcs(h)) == (before, [])
    draw_link(h, NodeHit(-1, 0), 1)
    assert links(h) == [("x", "L2", "concat")]
    h.wait(lambda: arcs(h) == [(-1, 1)])


def test_what_a_link_brings_is_weighed_on_the_link_itself(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(-1, 0), 1)
    h.wait(lambda: arcs(h) == [(-1, 1)])
    h.settled()
    W, target = h.shown.layers[1].W, EdgeHit(1, 5, 9)
    assert W is not None
    assert W.shape == (8, 10)
    assert h.pane._scene.hit(h.spot(target)) == target
    h.click(target)
    assert h.pane.chosen == target
    assert h.parts.link_weights.pictures[0] is not None
    before = h.parts.link_weights.pictures[0].image.copy()
    h.turn(target, 2)
    h.wait(lambda: h.shown.layers[1].W is not None and h.shown.layers[1].W[5, 9] != W[5, 9])
    now = h.shown.layers[1].W
    assert now is not None
    assert [tuple(place) for place in np.argwhere(now != W)] == [(5, 9)]
    parts = h.pane._scene.parts
    assert parts is not None
    picture = parts.link_weights.pictures[0]
    assert picture is not None
    assert (picture.image.width(), picture.image.height()) == (8, 2)
    cells = [(x, y) for x in range(8) for y in range(2)]
    other = [place for place in cells if picture.image.pixel(*place) != before.pixel(*place)]
    assert other == [(5, 1)], "the cell of that weight has another colour, and no other has"


def test_where_the_shapes_are_alike_a_link_adds(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(0, 3), 2)
    assert links(h) == [("L1", "L3", "add")]
    h.wait(lambda: arcs(h) == [(0, 2)])


def test_the_sign_on_a_link_puts_its_numbers_beside_instead(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(0, 3), 2)
    h.wait(lambda: arcs(h) == [(0, 2)])
    h.point(HowHit(0, 2))
    plus = h.look(HowHit(0, 2), 8).pixelColor(8, 8)
    h.click(HowHit(0, 2))
    h.choose_from_menu("Put beside")
    assert links(h) == [("L1", "L3", "concat")]
    h.wait(lambda: h.shown.network.layers[2].inputs == 16)
    bars = h.look(HowHit(0, 2), 8).pixelColor(8, 8)
    assert bars.lightness() > plus.lightness() + 80, "between two bars there is paper, where the plus had its middle"
    assert "1×16 + 1 = 17" in h.written


def test_a_link_is_chosen_by_a_click_and_removed_by_delete(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(0, 3), 2)
    h.wait(lambda: arcs(h) == [(0, 2)])
    assert h.pane._scene.parts is not None
    path = h.pane._scene.parts.links.outline(0, 2)
    assert path is not None
    place = h.pane.view.mapFromScene(path.pointAtPercent(0.18))
    h.qtbot.mouseClick(h.port, LEFT, pos=place)
    assert h.pane.chosen == LinkHit(0, 2)
    h.key(Qt.Key.Key_Delete)
    assert links(h) == []
    h.wait(lambda: arcs(h) == [])


def test_a_link_to_the_next_layer_is_no_link(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(0, 0), 1)
    assert links(h) == arcs(h) == []
    assert h.pane.refusal.words == ""


def test_a_link_that_cannot_be_added_is_refused_at_its_sign(hand: Hand) -> None:
    h = hand()
    draw_link(h, NodeHit(-1, 0), 1)
    h.wait(lambda: arcs(h) == [(-1, 1)])
    h.click(HowHit(-1, 1))
    h.choose_from_menu("Add what it brings")
    assert links(h) == [("x", "L2", "concat")]
    assert "shapes must be equal" in h.pane.refusal.words
    near = h.pane.refusal.geometry().adjusted(-60, -60, 60, 60)
    assert near.contains(h.at(HowHit(-1, 1)))


# ── Zoom ─────────────────────────────────────────────────────────────────────────────────────────


def test_ctrl_and_wheel_go_from_blocks_to_neurons_to_the_arithmetic_of_one(hand: Hand) -> None:
    h = hand()
    h.turn(NodeHit(0, 2), -1, CTRL)
    assert h.pane._scene.parts is not None
    assert all(isinstance(item, BlockItem) for item in h.pane._scene.parts.columns)
    h.turn_at(h.port.rect().center(), 1, CTRL)
    radius = h.pane._scene.parts.plan.radius
    for _ in range(5):
        h.turn(NodeHit(0, 2), 1, CTRL)
    assert h.pane._scene.parts.plan.radius > radius
    h.turn(NodeHit(0, 2), 1, CTRL)
    assert h.pane._scene.sum is not None
    assert h.pane._scene.sum.hit_node == NodeHit(0, 2)
    h.key(Qt.Key.Key_Escape)
    assert h.pane._scene.sum is None
    assert h.pane.zoom.level == 0


def test_the_arithmetic_of_a_neuron_adds_up_to_its_sum_and_its_output(hand: Hand) -> None:
    h = hand("xor")
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_F10)
    h.qtbot.keyClick(h.program.window, Qt.Key.Key_F10)
    h.wait(lambda: h.shown.cursor == 2)
    h.open_list(NodeHit(0, 1))
    h.choose_from_menu("The arithmetic of this neuron")
    shown = h.pane._scene.sum
    assert shown is not None
    values, x = h.shown.layers[0], h.shown.x[h.shown.sample]
    assert values.W is not None
    assert values.b is not None
    assert values.z is not None
    assert [line.x for line in shown.lines] == pytest.approx(list(x))
    assert [line.w for line in shown.lines] == pytest.approx(list(values.W[1]))
    total = sum((line.x or 0.0) * line.w for line in shown.lines) + float(values.b[1])
    assert total == pytest.approx(float(values.z[h.shown.sample, 1]))
    assert shown.results[2].endswith(f"{np.tanh(total):.3f}".replace("-", "−")) or "a = tanh" in shown.results[2]


def test_a_weight_is_dragged_in_the_arithmetic_too(hand: Hand) -> None:
    h = hand("xor")
    h.open_list(NodeHit(0, 1))
    h.choose_from_menu("The arithmetic of this neuron")
    before = h.shown.layers[0].W
    assert before is not None
    start = h.at(EdgeHit(0, 1, 1))
    h.drag(start, start - QPoint(0, 16))
    h.wait(lambda: h.shown.layers[0].W is not None and bool((before != h.shown.layers[0].W).any()))
    assert h.pane._scene.sum is not None
    now = h.shown.layers[0].W
    assert now is not None
    assert now[1, 1] == pytest.approx(round(before[1, 1] + 0.2, 1))
    assert h.pane._scene.sum.lines[1].w == now[1, 1]


# ── Starts ───────────────────────────────────────────────────────────────────────────────────────


def bar_of(h: NetworkHand) -> EditorBar:
    found = h.program.window.findChild(EditorBar)
    assert isinstance(found, EditorBar)
    return found


def test_a_new_start_draws_other_weights_and_the_same_start_the_same(hand: Hand, qtbot: QtBot) -> None:
    h = hand("xor")
    bar, first = bar_of(h), h.shown.theta
    assert bar.seed.text() == str(h.document.training.seed)
    qtbot.mouseClick(bar.buttons["new"], LEFT)
    h.wait(lambda: not np.array_equal(h.shown.theta, first))
    second = h.shown.theta
    assert bar.seed.text() == str(h.document.training.seed)
    picture = seen(h.port)
    qtbot.keyClick(h.program.window, Qt.Key.Key_Right, CTRL)
    h.wait(lambda: not np.array_equal(h.shown.theta, second))
    assert seen(h.port) != picture
    qtbot.mouseClick(bar.buttons["same"], LEFT)
    h.wait(lambda: np.array_equal(h.shown.theta, second) and h.shown.iteration == 0)
    h.wait(lambda: seen(h.port) == picture)


def test_a_typed_seed_gives_the_start_that_belongs_to_it(hand: Hand, qtbot: QtBot) -> None:
    h = hand("xor")
    bar, first, seed = bar_of(h), h.shown.theta, h.document.training.seed
    picture = seen(h.port)
    for wanted in (1234, seed):
        typed(qtbot, bar.seed, str(wanted))
        assert h.document.training.seed == wanted
        assert bar.seed.text() == str(wanted)
        h.settled()
        h.wait(lambda wanted=wanted: (seen(h.port) == picture) is (wanted == seed))
    assert np.array_equal(h.shown.theta, first)


# ── The table ────────────────────────────────────────────────────────────────────────────────────


def open_table(h: NetworkHand, qtbot: QtBot) -> QTreeView:
    qtbot.mouseClick(bar_of(h).buttons["table"], LEFT)
    table = h.program.window.findChild(LayerTable)
    assert isinstance(table, LayerTable)
    assert table.isVisible()
    assert table.tree.hasFocus()
    return table.tree


def cell(tree: QTreeView, *path: int, column: int = 0) -> QModelIndex:
    index = QModelIndex()
    for step in path[:-1]:
        index = tree.model().index(step, 0, index)
    return tree.model().index(path[-1], column, index)


def test_the_table_names_every_layer_and_tells_every_weight(hand: Hand, qtbot: QtBot) -> None:
    h = hand("xor")
    tree = open_table(h, qtbot)
    names = [cell(tree, n).data() for n in range(4)]
    assert names == ["input", "L1: tanh, 4 units, 12 parameters", "L2: sigmoid, 1 unit, 5 parameters", "loss"]
    weights = h.shown.layers[0].W
    assert weights is not None
    assert cell(tree, 1, 2, 1).data() == "W1[2,1]"
    said = cell(tree, 1, 2, 1, column=1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("value of W1[2,1]: ")
    assert cell(tree, 1, 2, 1, column=2).data(Qt.ItemDataRole.AccessibleTextRole).endswith("not computed yet")


@pytest.mark.parametrize("typing", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_weight_is_edited_in_the_table_with_the_keyboard(hand: Hand, qtbot: QtBot, typing: Qt.Key) -> None:
    h = hand("xor")
    tree = open_table(h, qtbot)
    down, into = Qt.Key.Key_Down, Qt.Key.Key_Right
    for key in (down, into, down, down, down, into, down, down, typing):
        qtbot.keyClick(tree, key)
    assert tree.currentIndex().data() == "W1[2,1]"
    field = tree.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(field, "-1.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    h.wait(lambda: h.shown.layers[0].W is not None and float(h.shown.layers[0].W[2, 1]) == -1.5)
    assert cell(tree, 1, 2, 1, column=1).data() == "−1.500"


def test_the_table_follows_another_network_and_escape_closes_it(hand: Hand, qtbot: QtBot) -> None:
    h = hand("xor")
    tree = open_table(h, qtbot)
    h.click(StepHit(0, 1))
    assert h.units == [5, 1]
    h.wait(lambda: tree.model().rowCount(cell(tree, 1)) == 5)
    qtbot.keyClick(tree, Qt.Key.Key_Escape)
    assert not tree.isVisible()


def test_a_click_in_blocks_opens_the_sheet_of_a_layer(hand: Hand, qtbot: QtBot) -> None:
    h = hand()
    qtbot.mouseClick(bar_of(h).buttons["out"], LEFT)
    assert h.pane.zoom.level == -1
    assert not bar_of(h).buttons["out"].isEnabled()
    h.click(StepHit(0, 1))
    assert h.units == [9, 8, 1]
    h.settled()
    assert all(isinstance(item, BlockItem) for item in h.parts.columns)
    with qtbot.waitSignal(h.pane.layer_opened) as opened:
        h.qtbot.mouseClick(h.port, LEFT, pos=h.at(NodeHit(1, 3)))
    assert opened.args == [1]
    assert h.pane.chosen == LayerHit(1)
    sheet = h.program.window.findChild(LayerSheet)
    assert isinstance(sheet, LayerSheet)
    assert sheet.isVisible()
    assert sheet.layer == 1
