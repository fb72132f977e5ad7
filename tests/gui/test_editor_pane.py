"""The network pane shows what is known at each moment, and answers the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.captions import size_texts
from gradgui.gui.editor.column_item import ColumnItem
from gradgui.gui.editor.details import EdgeHit, NodeHit, details
from gradgui.gui.editor.gap_item import GapItem
from gradgui.gui.editor.handles import DropHit, KindsHit
from gradgui.gui.editor.marks import Writing
from gradgui.gui.editor.pane import NetworkPane
from gradgui.gui.editor.parts import Parts
from gradgui.gui.editor.places import pencil_of
from gradgui.gui.editor.strip_item import BundleItem, StripItem
from gradgui.gui.editor.tools_item import ToolsItem
from gradgui.gui.language import Speech
from gradgui.gui.theme import CLASSES, DARK, LIGHT, Theme
from gradgui.session.snapshot import Detail, EventKind, Snapshot
from gradgui.text import Text
from tests.gui import editor_networks, toycar
from tests.gui.debugger_nets import Case

Made = Callable[..., NetworkPane]
_LOOKED_INTO = (EventKind.LINEAR, EventKind.D_INPUT)


@pytest.fixture
def pane(qtbot: QtBot, speech: Speech, theme: Theme) -> NetworkPane:
    made = NetworkPane(speech, theme, animated=False)
    qtbot.addWidget(made)
    made.resize(650, 520)
    made.show()
    return made


def parts(pane: NetworkPane) -> Parts:
    found = pane._scene.parts
    assert found is not None
    return found


def gap(pane: NetworkPane, layer: int) -> GapItem:
    found = parts(pane).gaps[layer]
    assert isinstance(found, GapItem)
    return found


def column(pane: NetworkPane, index: int) -> ColumnItem:
    found = parts(pane).columns[index + 1]
    assert isinstance(found, ColumnItem)
    return found


def edge_texts(pane: NetworkPane, layer: int) -> list[str]:
    return [writing.text for writing in gap(pane, layer).labels]


def captions(pane: NetworkPane) -> list[str]:
    return [writing.text for writing in parts(pane).captions.writings]


def line_colours(pane: NetworkPane, layer: int) -> set[str]:
    return {strokes.pen.color().name().upper() for strokes in gap(pane, layer).strokes}


def is_dotted(pane: NetworkPane, layer: int) -> bool:
    return all(strokes.pen.style() is Qt.PenStyle.CustomDashLine for strokes in gap(pane, layer).strokes)


# ── What is known, moment by moment ──────────────────────────────────────────────────────────────


def test_before_the_first_step_neurons_ask_and_edges_show_weights(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(0))
    assert [column(pane, n).texts() for n in range(-1, 3)] == [["1.000"], ["?"], ["?"], ["?"]]
    assert [edge_texts(pane, n) for n in range(3)] == [["W1 1.000"], ["W2 0.500"], ["W3 0.400"]]
    assert [column(pane, n).outline(0) for n in range(3)] == [(LIGHT.forward, True)] * 3
    assert line_colours(pane, 0) == {LIGHT.weight_plus}
    assert parts(pane).loss.text == "?"


def test_the_card_of_a_weight_shows_that_it_moves() -> None:
    moment = toycar.snapshot(20)
    first = moment.layers[0]
    tiny = replace(moment, layers=(replace(first, dW=np.array([[0.002]])), *moment.layers[1:]), learning_rate=0.1)
    shown = details(tiny, EdgeHit(0, 0, 0))
    assert shown is not None
    assert [words for _, words in shown.rows] == ["1.0000", "+0.0020", "+2.0e−4", "0.9998"]


def test_the_wire_of_the_product_that_is_looked_at_is_lit(pane: NetworkPane) -> None:
    case = Case((2, 4, 1), ("tanh", "sigmoid"), "bce", 5)
    forward, backward = (next(e for e in case.network.events if e.kind is kind) for kind in _LOOKED_INTO)
    pane.show_snapshot(replace(case.snapshot(forward.index + 1), detail=Detail(3, 1)))
    assert [gap(pane, layer).asked for layer in range(2)] == [3 * 2 + 1, None]
    pane.show_snapshot(replace(case.snapshot(backward.index + 1), detail=Detail(2, 0)))
    assert [gap(pane, layer).asked for layer in range(2)] == [None, 2]
    pane.show_snapshot(case.snapshot(backward.index + 1))
    assert [gap(pane, layer).asked for layer in range(2)] == [None, None]


def test_every_moment_of_the_forward_pass_shows_only_what_is_computed(pane: NetworkPane) -> None:
    for cursor in range(7):
        pane.show_snapshot(toycar.snapshot(cursor))
        shown = [column(pane, n).texts()[0] for n in range(3)]
        known = cursor // 2
        assert shown == ["1.000", "1.000", "6.000"][:known] + ["?"] * (3 - known)


def test_a_sum_waits_above_its_neuron_until_the_activation_is_computed(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(5))
    assert column(pane, 2).arrivals() == ["z 6.00"]
    pane.show_snapshot(toycar.snapshot(6))
    assert column(pane, 2).arrivals() == []


@pytest.mark.parametrize("cursor", range(1, 24))
def test_only_the_layer_of_the_current_event_is_violet(pane: NetworkPane, cursor: int) -> None:
    moment = toycar.snapshot(cursor)
    pane.show_snapshot(moment)
    assert moment.current is not None
    at_loss = cursor == 7
    lit = [n for n in range(3) if column(pane, n).outline(0)[0] == LIGHT.current]
    assert lit == ([] if at_loss else [moment.current.layer])
    assert parts(pane).loss.current is at_loss


@pytest.mark.parametrize("cursor", range(7, 24))
def test_an_edge_is_dotted_and_asks_until_its_gradient_is_computed(pane: NetworkPane, cursor: int) -> None:
    moment = toycar.snapshot(cursor)
    pane.show_snapshot(moment)
    gradients = ["▼ +1.000", "▼ +2.000", "▼ +5.000"]
    for layer, values in enumerate(moment.layers):
        said = edge_texts(pane, layer)[1]
        if values.dW is None:
            assert said == f"∂L/∂W{layer + 1} ?"
            assert is_dotted(pane, layer)
        elif cursor <= 20 + layer:
            assert said == gradients[layer]
            assert line_colours(pane, layer) == {LIGHT.gradient_plus_fill}


def test_edges_are_as_wide_as_their_gradient(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(20))
    widths = [gap(pane, layer).strokes[0].pen.widthF() for layer in range(3)]
    assert widths == sorted(widths)
    assert widths[0] < widths[1] < widths[2]


def test_an_update_shows_the_value_before_and_after(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(21))
    assert edge_texts(pane, 0) == ["W1 1.000", "→ 0.900"]
    assert edge_texts(pane, 1) == ["W2 0.500", "▼ +2.000"]
    assert "→ −0.100" in captions(pane)
    pane.show_snapshot(toycar.snapshot(23))
    assert edge_texts(pane, 2) == ["W3 0.400", "→ −0.100"]


def test_a_bias_asks_for_its_gradient_and_then_shows_it(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(6))
    assert "b3 5.600" in captions(pane)
    assert not any("?" in words for words in captions(pane))
    pane.show_snapshot(toycar.snapshot(10))
    assert "∂L/∂b3 ?" in captions(pane)
    pane.show_snapshot(toycar.snapshot(11))
    assert "∂L/∂b3 ?" not in captions(pane)
    assert "▼ +5.000" in captions(pane)


def test_a_negative_gradient_is_blue_and_points_up(pane: NetworkPane) -> None:
    moment = toycar.snapshot(11)
    dW = moment.layers[2].dW
    assert dW is not None
    pane.show_snapshot(replace(moment, layers=(*moment.layers[:2], replace(moment.layers[2], dW=-dW))))
    assert edge_texts(pane, 2)[1] == "▲ −5.000"
    assert line_colours(pane, 2) == {LIGHT.gradient_minus_fill}


def test_visited_neurons_keep_the_colour_of_their_blame(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(14))
    assert column(pane, 2).outline(0) == (LIGHT.gradient_plus_fill, False)
    assert column(pane, 0).outline(0) == (LIGHT.forward, True)
    assert column(pane, 2).arrivals() == ["▼ +5.000"]


def test_a_gradient_of_exactly_zero_is_neither_unknown_nor_coloured(pane: NetworkPane) -> None:
    moment = toycar.snapshot(11)
    dW = moment.layers[2].dW
    assert dW is not None
    pane.show_snapshot(replace(moment, layers=(*moment.layers[:2], replace(moment.layers[2], dW=dW * 0))))
    assert edge_texts(pane, 2)[1] == "0"
    assert line_colours(pane, 2) == {LIGHT.line}
    assert not is_dotted(pane, 2)


def test_another_sample_of_the_batch_shows_its_own_values(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([2, 4, 2, 1], 6)
    pane.show_snapshot(moment)
    first = column(pane, 1).texts()
    pane.show_snapshot(replace(moment, sample=3))
    assert column(pane, 1).texts() != first


# ── Blame on its way ─────────────────────────────────────────────────────────────────────────────


def test_the_packet_rests_before_the_layer_it_is_handed_to(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(16))
    packet = parts(pane).packet
    assert packet.texts == ["+1"]
    (centre,) = packet.centres()
    assert column(pane, 0).column.x < centre.x() < column(pane, 1).column.x
    pane.show_snapshot(toycar.snapshot(17))
    assert packet.texts == []


def test_a_packet_walks_only_when_the_story_moves_on_by_one_event(qtbot: QtBot, speech: Speech, theme: Theme) -> None:
    pane = NetworkPane(speech, theme)
    qtbot.addWidget(pane)
    pane.resize(650, 520)
    pane.show()
    pane.show_snapshot(toycar.snapshot(11))
    pane.show_snapshot(toycar.snapshot(16))
    assert parts(pane).packet.progress == 1.0
    pane.show_snapshot(toycar.snapshot(11))
    pane.show_snapshot(toycar.snapshot(12))
    assert parts(pane).packet.progress == 0.0
    qtbot.waitUntil(lambda: parts(pane).packet.progress == 1.0)


def test_without_motion_the_packet_is_there_at_once(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(11))
    pane.show_snapshot(toycar.snapshot(12))
    assert parts(pane).packet.progress == 1.0


def test_many_packets_are_dots_that_reach_their_neurons(pane: NetworkPane) -> None:
    pane.show_snapshot(editor_networks.snapshot([2, 8, 8, 1], 12))
    packet = parts(pane).packet
    assert packet.texts == []
    assert [round(centre.y()) for centre in packet.centres()] == [round(y) for y in column(pane, 1).column.ys]


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def test_the_language_changes_live_without_losing_the_moment(pane: NetworkPane, speech: Speech) -> None:
    pane.show_snapshot(toycar.snapshot(16))
    assert parts(pane).sentence.text == "blame +1 is handed back to the tyres"
    assert "Tyres" in captions(pane)
    speech.toggle()
    assert parts(pane).sentence.text == "把责任 +1 交给轮胎"
    assert {"输入", "轮胎", "车身", "电池", "损失", "恒等"} <= set(captions(pane))
    assert parts(pane).packet.texts == ["+1"]


def test_the_summary_counts_layers_and_parameters(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(0))
    assert pane.summary() == Text(en="3 layers · 6 parameters", zh="3 层 · 6 个参数")
    pane.show_snapshot(editor_networks.snapshot([1, 1], 0))
    assert pane.summary().en == "1 layer · 2 parameters"


def test_the_network_can_be_heard(pane: NetworkPane, speech: Speech) -> None:
    pane.show_snapshot(toycar.snapshot(10))
    assert pane.accessible_rows() == [
        "Input: x1; values 1.000",
        "Layer 1, Tyres: ReLU, 1 unit, 2 parameters; weights 1.000, biases 0; output 1.000; "
        "gradient of the weights not computed yet, of the biases not computed yet",
        "Layer 2, Body: ReLU, 1 unit, 2 parameters; weights 0.500, biases 0.500; output 1.000; "
        "gradient of the weights not computed yet, of the biases not computed yet",
        "Layer 3, Battery: identity, 1 unit, 2 parameters; weights 0.400, biases 5.600; output 6.000; "
        "gradient of the weights 5.000, of the biases not computed yet",
        "Loss: 12.50",
    ]
    assert pane.view.accessibleDescription() == "\n".join(pane.accessible_rows())
    speech.toggle()
    pane.show_snapshot(toycar.snapshot(11))
    assert pane.accessible_rows()[3].startswith("第 3 层，电池：恒等，1 个神经元")


# ── Large networks ───────────────────────────────────────────────────────────────────────────────


def test_twelve_layers_of_64_units_need_only_a_handful_of_items(pane: NetworkPane) -> None:
    pane.show_snapshot(editor_networks.snapshot([2, *[64] * 11, 1], 40))
    assert len(pane._scene.items()) <= 2 * 12 + 14
    assert sum(isinstance(item, StripItem) for item in parts(pane).columns) == 11
    assert all(isinstance(item, BundleItem) for item in parts(pane).gaps)


def test_a_strip_is_hatched_until_its_values_are_known(pane: NetworkPane) -> None:
    for cursor, known in ((0, False), (2, True)):
        pane.show_snapshot(editor_networks.snapshot([64, 64, 32, 10], cursor))
        strip = parts(pane).columns[1]
        assert isinstance(strip, StripItem)
        assert strip.known is known


def test_a_block_of_edges_asks_until_its_gradients_are_known(pane: NetworkPane) -> None:
    pane.show_snapshot(editor_networks.snapshot([64, 64, 32, 10], 10))
    said = [gap.labels[0].text for gap in parts(pane).gaps]
    assert said == ["∂L/∂W1 ?", "∂L/∂W2 ?", "W3"]


def test_items_are_kept_while_the_network_stays_the_same(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(3))
    items = pane._scene.items()
    pane.show_snapshot(toycar.snapshot(12))
    assert pane._scene.items() == items
    pane.show_snapshot(editor_networks.snapshot([2, 4, 1], 0))
    assert len(parts(pane).gaps) == 2


def test_while_training_runs_no_number_flickers(pane: NetworkPane) -> None:
    pane.show_snapshot(editor_networks.snapshot([2, 4, 2, 1], 23, grid=40, running=True))
    assert [edge_texts(pane, n) for n in range(3)] == [[], [], []]
    assert [column(pane, n).texts() for n in range(3)] == [[], [], []]
    assert parts(pane).sentence.text == ""
    assert column(pane, 0).shows_map
    assert line_colours(pane, 0) <= {LIGHT.weight_plus, LIGHT.weight_minus, LIGHT.line}


def test_without_maps_values_and_weights_stay_live_while_training_runs(pane: NetworkPane) -> None:
    pane.show_snapshot(replace(toycar.snapshot(23), running=True))
    assert [edge_texts(pane, n) for n in range(3)] == [["W1 0.900"], ["W2 0.300"], ["W3 −0.100"]]
    assert column(pane, 2).texts() == ["6.000"]
    assert line_colours(pane, 2) == {LIGHT.weight_minus}


# ── The pointer ──────────────────────────────────────────────────────────────────────────────────


def middle(pane: NetworkPane, layer: int, edge: int) -> QPointF:
    return gap(pane, layer)._lines[edge].pointAt(0.5)


def test_an_edge_under_the_pointer_tells_weight_gradient_step_and_next_weight(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(10))
    pane._point(middle(pane, 2, 0))
    assert pane._card.title == "W3"
    assert pane._card.rows == [("w", "0.400"), ("∂L/∂w", "+5.000"), ("η·∂L/∂w", "+0.500"), ("next w", "−0.100")]
    pane._point(middle(pane, 0, 0))
    assert [value for _, value in pane._card.rows] == ["1.000", "?", "?", "?"]


def test_the_card_stays_live_while_it_is_open(pane: NetworkPane, speech: Speech) -> None:
    pane.show_snapshot(toycar.snapshot(0))
    pane._point(middle(pane, 2, 0))
    assert pane._card.rows[1] == ("∂L/∂w", "?")
    pane.show_snapshot(toycar.snapshot(10))
    assert pane._card.rows[1] == ("∂L/∂w", "+5.000")
    speech.toggle()
    assert pane._card.rows[3][0] == "下一个 w"
    pane._point(None)
    assert not pane._card.isVisible()


def test_only_plain_gradient_descent_promises_the_next_weight(pane: NetworkPane) -> None:
    moment = toycar.snapshot(10)
    pane.show_snapshot(replace(moment, network=replace(moment.network, optimizer="adam")))
    pane._point(middle(pane, 2, 0))
    assert pane._card.rows[3] == ("next w", "?")


def test_a_neuron_under_the_pointer_tells_its_sum_value_bias_and_blame(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(9))
    place = column(pane, 2).column
    pane._point(QPointF(place.x, place.ys[0]))
    assert pane._card.title == "Battery"
    assert pane._card.rows == [
        ("z", "6.000"), ("a", "6.000"), ("b3", "5.600"), ("∂L/∂b", "?"), ("η·∂L/∂b", "?"), ("next b", "?"),
        ("∂L/∂z", "+5.000"),
    ]  # fmt: skip
    pane.show_snapshot(toycar.snapshot(11))
    assert pane._card.rows[3:6] == [("∂L/∂b", "+5.000"), ("η·∂L/∂b", "+0.500"), ("next b", "5.100")]


@pytest.mark.parametrize("edge", range(8))
def test_every_edge_can_be_found_by_the_pointer(pane: NetworkPane, edge: int) -> None:
    pane.show_snapshot(editor_networks.snapshot([2, 4, 2, 1], 0))
    near_the_end = gap(pane, 0)._lines[edge].pointAt(0.12 + 0.05 * (edge // 2))
    assert gap(pane, 0).hit(near_the_end) == divmod(edge, 2)
    assert gap(pane, 0).hit(QPointF(-50, -50)) is None


def test_clicks_name_the_neuron_the_weight_and_the_layer(pane: NetworkPane, qtbot: QtBot) -> None:
    pane.show_snapshot(toycar.snapshot(0))
    port = pane.view.viewport()

    def click(x: float, y: float) -> None:
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())

    place = column(pane, 1).column
    with qtbot.waitSignal(pane.node_clicked) as node:
        click(place.x, place.ys[0])
    assert node.args == [(1, 0)]
    edge = middle(pane, 2, 0)
    with qtbot.waitSignal(pane.edge_clicked) as weight:
        click(edge.x(), edge.y())
    assert weight.args == [(2, 0, 0)]
    with qtbot.waitSignal(pane.layer_clicked) as layer:
        click(place.x, parts(pane).plan.captions + 6)
    assert layer.args == [1]


def test_the_cells_of_a_block_and_of_a_strip_can_be_pointed_at(pane: NetworkPane) -> None:
    pane.show_snapshot(editor_networks.snapshot([64, 64, 32, 10], 20))
    block = parts(pane).gaps[2]
    assert isinstance(block, BundleItem)
    assert block.hit(block._box.topLeft()) == (0, 0)
    assert block.hit(block._box.bottomRight() - QPointF(0.5, 0.5)) == (9, 31)
    strip = parts(pane).columns[2]
    assert strip.hit(QPointF(strip.column.x, strip.column.ys[7])) == 7


# ── What is seen ─────────────────────────────────────────────────────────────────────────────────


def picture(pane: NetworkPane) -> QImage:
    return pane.view.grab().toImage()


def near(image: QImage, x: float, y: float, colour: str, slack: int = 24) -> bool:
    ratio = image.devicePixelRatio()
    seen, wanted = image.pixelColor(int(x * ratio), int(y * ratio)), QColor(colour)
    return max(abs(a - b) for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)) <= slack


def test_the_current_neuron_has_a_violet_ring_and_a_known_edge_is_orange(pane: NetworkPane) -> None:
    pane.show_snapshot(toycar.snapshot(14))
    image, place = picture(pane), column(pane, 1).column
    assert near(image, place.x, place.top + 2, LIGHT.current)
    edge = gap(pane, 2)._lines[0].pointAt(0.5)
    assert near(image, edge.x(), edge.y(), LIGHT.gradient_plus_fill)


def test_the_dark_theme_is_taken_at_once(pane: NetworkPane, theme: Theme) -> None:
    pane.show_snapshot(toycar.snapshot(14))
    theme.use_dark(True)
    image, place = picture(pane), column(pane, 1).column
    assert near(image, 3, 3, DARK.panel)
    assert near(image, place.x, place.top + 2, DARK.current)


def test_a_map_is_drawn_with_x2_upwards(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([2, 4, 1], 0, grid=40, running=True)
    assert moment.maps is not None
    rising = moment.maps.layers[0].copy()
    rising[:, :20, :], rising[:, 20:, :] = -1.0, 1.0
    pane.show_snapshot(replace(moment, maps=replace(moment.maps, layers=(rising, moment.maps.layers[1]))))
    image, place = picture(pane), column(pane, 0).column
    assert near(image, place.x, place.ys[0] - place.half * 0.5, CLASSES[1])
    assert near(image, place.x, place.ys[0] + place.half * 0.5, CLASSES[0])


def test_every_map_has_an_outline_of_its_own_colour(pane: NetworkPane) -> None:
    running = editor_networks.snapshot([2, 4, 1], 0, grid=40, running=True)
    blamed = editor_networks.snapshot([2, 4, 1], 12, grid=40)
    for moment in (running, blamed):
        pane.show_snapshot(moment)
        image, item = picture(pane), column(pane, 0)
        for unit, y in enumerate(item.column.ys):
            colour, dotted = item.outline(unit)
            assert dotted or near(image, item.column.x - item.column.half + 1, y, colour)


def test_edges_are_sorted_by_width_anew_only_where_one_has_changed(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([2, 4, 1], 0, grid=40, running=True)
    pane.show_snapshot(moment)
    first, second = (gap(pane, layer).strokes for layer in range(2))
    weights = moment.layers[1].W
    assert weights is not None
    flipped = replace(moment.layers[1], W=-weights)
    pane.show_snapshot(replace(moment, layers=(moment.layers[0], flipped)))
    pane.show_snapshot(replace(moment, iteration=1, layers=(moment.layers[0], flipped), running=False))
    assert gap(pane, 0).strokes is first
    assert [each.pen.color() for each in gap(pane, 1).strokes] != [each.pen.color() for each in second]


def test_edges_may_come_later_than_maps_but_never_miss_the_moment_where_training_ends(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([2, 4, 1], 0, grid=40, running=True)
    pane.show_snapshot(moment)
    before, weights = gap(pane, 1).strokes, moment.layers[1].W
    assert weights is not None
    later = replace(moment, iteration=1, layers=(moment.layers[0], replace(moment.layers[1], W=-weights)))
    pane._shown_at = 0.0  # long ago
    pane.show_snapshot(later, edges=False)
    assert gap(pane, 1).strokes is before
    assert gap(pane, 1).cacheMode() is QGraphicsItem.CacheMode.DeviceCoordinateCache
    pane.show_snapshot(replace(later, running=False))
    assert [each.pen.color() for each in gap(pane, 1).strokes] != [each.pen.color() for each in before]
    assert gap(pane, 1).cacheMode() is QGraphicsItem.CacheMode.NoCache


def test_a_pencil_line_takes_the_shape_of_the_neuron_and_changes_with_it(pane: NetworkPane) -> None:
    pane.mark((NodeHit(0, 0),))
    pane.show_snapshot(editor_networks.snapshot([2, 4, 1], 0))
    place = column(pane, 0).column
    assert reach(pane, place.x, place.ys[0]) < 1.02  # a circle
    pane.show_snapshot(editor_networks.snapshot([2, 4, 1], 0, grid=40, running=True))
    assert reach(pane, place.x, place.ys[0]) > 1.2  # a square with round corners


@pytest.mark.parametrize("grid", [None, 40])
def test_the_ring_around_a_neuron_crosses_neither_the_number_above_it_nor_the_bias_below(
    pane: NetworkPane, grid: int | None
) -> None:
    moment = editor_networks.snapshot([2, 4, 1], 12, **({} if grid is None else {"grid": grid}))
    pane.show_snapshot(moment)
    assert column(pane, 0).writes_below
    place, ring = column(pane, 0).column, pencil_of(parts(pane), NodeHit(0, 1))
    assert ring is not None
    points = [ring.pointAtPercent(share / 200) for share in range(201)]
    beside = [abs(point.x() - place.x) > place.half / 2 for point in points]
    assert sum(beside) >= len(beside) - 1, "at most the leap from one bracket to the other"


def reach(pane: NetworkPane, x: float, y: float) -> float:
    """How far the pencil line goes from a neuron's middle: its farthest point beside its nearest."""
    pencil = pane._scene._marker._path
    points = [pencil.pointAtPercent(share / 200) for share in range(201)]
    away = [math.hypot(point.x() - x, point.y() - y) for point in points]
    return max(away) / min(away)


def test_a_network_that_blew_up_is_still_drawn_and_says_so(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([2, 4, 2, 1], 20)
    broken = tuple(
        replace(values, W=values.W * np.nan, a=values.a * np.inf, da=values.da * np.nan, dW=values.dW * np.nan)
        for values in moment.layers
    )
    pane.show_snapshot(replace(moment, layers=broken, loss=float("nan")))
    assert parts(pane).loss.text == "NaN"
    assert {words.strip() for words in edge_texts(pane, 2)} == {"NaN"}
    assert not picture(pane).isNull()


# ── Room ─────────────────────────────────────────────────────────────────────────────────────────

NETWORKS = {
    "toy car": toycar.snapshot(16),
    "small": editor_networks.snapshot([2, 4, 2, 1], 23),
    "wide": editor_networks.snapshot([2, 8, 8, 1], 12, grid=20),
    "digits": editor_networks.snapshot([64, 64, 32, 10], 12),
    "deep": editor_networks.snapshot([2, *[8] * 11, 1], 60),
    "long names": editor_networks.snapshot(
        [2, 4, 4, 1], 9, info=editor_networks.network([2, 4, 4, 1], editor_networks.LONG)
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("size", [(420, 300), (650, 480), (1000, 640)])
@pytest.mark.parametrize("factor", [1.0, 1.6])
def test_everything_fits_the_paper_and_captions_do_not_touch(
    pane: NetworkPane, theme: Theme, name: str, size: tuple[int, int], factor: float
) -> None:
    theme.use_factor(factor)
    pane.resize(*size)
    pane.show_snapshot(NETWORKS[name])
    QApplication.processEvents()  # scroll bars come where they are needed
    laid = parts(pane).plan
    room, bar = pane.view.viewport().size(), pane.view.verticalScrollBar().sizeHint().width()
    spare = pane.view.thickness_of_bars() - bar  # with a thinner bar than the style's, a stripe stays free beside it
    assert laid.width >= room.width() - spare
    assert laid.height >= room.height() - spare
    for place in laid.columns:
        assert place.x - place.half >= 0
        assert place.x + place.half <= laid.width
        assert place.top >= 0
        assert place.bottom <= laid.captions <= laid.tools <= laid.height
    assert laid.sentence <= laid.height
    boxes = [pane._marks.box(writing) for writing in parts(pane).captions.writings]
    for index, box in enumerate(boxes):
        assert not any(box.adjusted(1, 3, -1, -3).intersects(other) for other in boxes[index + 1 :])


def test_numbers_inside_neurons_fit_them(pane: NetworkPane) -> None:
    for moment in NETWORKS.values():
        pane.show_snapshot(moment)
        for item in parts(pane).columns:
            if isinstance(item, ColumnItem):
                for writing in item._values():
                    assert width_of(pane, writing) <= 2 * item.column.half


def width_of(pane: NetworkPane, writing: Writing) -> float:
    return QFontMetricsF(pane._theme.font(writing.size, writing.bold)).horizontalAdvance(writing.text)


def test_every_item_paints_inside_its_bounds(pane: NetworkPane) -> None:
    def all_writings(moment: Snapshot) -> None:
        pane.show_snapshot(moment)
        for item in parts(pane).gaps:
            assert isinstance(item, QGraphicsItem)
            for writing in item.labels:
                assert item.boundingRect().adjusted(-40, 0, 40, 0).contains(pane._marks.box(writing))

    for moment in NETWORKS.values():
        all_writings(moment)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("size", [(420, 300), (460, 210), (650, 480), (1000, 640)])
@pytest.mark.parametrize("factor", [1.0, 1.6])
@pytest.mark.parametrize("level", [-1, 0, 2])
def test_no_button_touches_another(
    pane: NetworkPane, theme: Theme, name: str, size: tuple[int, int], factor: float, level: int
) -> None:
    theme.use_factor(factor)
    pane.resize(*size)
    pane.show_snapshot(NETWORKS[name])
    pane.zoom.by(level)
    laid = parts(pane).plan
    always = [b for b in parts(pane).tools.buttons if not isinstance(b.handle, DropHit | KindsHit)]
    for index, button in enumerate(always):
        assert button.box.left() >= 0
        assert button.box.right() <= laid.width
        assert button.box.bottom() <= laid.height
        assert not any(button.box.adjusted(1, 1, -1, -1).intersects(other.box) for other in always[index + 1 :])


def test_a_layer_without_weights_is_joined_unit_by_unit_and_has_no_wire_to_touch(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([2, 4, 4, 1], 14)
    bare = replace(moment.layers[1], W=None, b=None, W_before=None, b_before=None, dW=None, db=None)
    layers = (moment.layers[0], bare, moment.layers[2])
    pane.show_snapshot(replace(moment, layers=layers))
    (strokes,) = gap(pane, 1).strokes
    assert [(line.y1(), line.y2()) for line in strokes.lines] == [(y, y) for y in column(pane, 0).column.ys]
    assert gap(pane, 1).hit(gap(pane, 1)._lines[5].pointAt(0.5)) is None
    assert gap(pane, 1).labels == []


def test_walking_with_the_keys_is_told_to_those_who_listen(
    pane: NetworkPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane.show_snapshot(toycar.snapshot(10))
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    pane.view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(pane.view, key)
    assert heard[0].startswith("Layer 1, Tyres: ReLU, 1 unit, 2 parameters")
    assert heard[1].startswith("Tyres; z 1.000; a 1.000; b1 0; ∂L/∂b not computed yet")
    assert heard[3] == "Battery; z 6.000; a 6.000; b3 5.600; ∂L/∂b not computed yet; η·∂L/∂b not computed yet; " + (
        "next b not computed yet; ∂L/∂z +5.000"
    )


def test_a_tiny_gradient_is_never_cut_in_its_power_of_ten(pane: NetworkPane) -> None:
    moment = editor_networks.snapshot([1] * 11, 60)
    tiny = tuple(replace(v, db=None if v.db is None else v.db * 0 + 1.84e-17) for v in moment.layers)
    pane.show_snapshot(replace(moment, layers=tiny))
    said = [text for text in captions(pane) if text.startswith("▼")]
    assert said
    assert all(text.endswith("e−17") for text in said)


def test_what_stands_still_is_not_painted_again_when_weights_move_but_when_it_is_pointed_at(
    pane: NetworkPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []

    def watch(kind: type[ToolsItem | GapItem]) -> None:
        paint = kind.paint

        def counted(
            item: ToolsItem | GapItem, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None
        ) -> None:
            painted.append(kind.__name__)
            paint(item, painter, option, widget)  # type: ignore[arg-type]

        monkeypatch.setattr(kind, "paint", counted)

    watch(ToolsItem)
    watch(GapItem)
    snapshot = toycar.snapshot(0)
    pane.show_snapshot(snapshot)
    pane.view.viewport().repaint()
    painted.clear()
    pane.show_snapshot(replace(snapshot, iteration=1))
    pane.view.viewport().repaint()
    assert set(painted) == {"GapItem"}
    parts(pane).tools.hover(parts(pane).tools.buttons[0].handle, None)
    pane.view.viewport().repaint()
    assert "ToolsItem" in painted


def test_a_layer_without_weights_tells_the_shape_it_takes_and_the_one_it_gives() -> None:
    pool = replace(toycar.snapshot(0).network.layers[0], takes=(8, 6, 6), inputs=288, shape=(8, 3, 3))
    assert [words.en for words in size_texts(1, pool, None)] == ["8×6×6 → 8×3×3", "8×3×3"]
