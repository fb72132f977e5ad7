"""What monkeys have broken once stays mended."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from gradgui.gui.data.point_plot import Reading
from gradgui.gui.editor.details import EdgeHit, NodeHit, details
from gradgui.gui.editor.maps import coloured, weight_table
from gradgui.gui.fonts import load_fonts
from gradgui.gui.theme import LIGHT
from gradgui.session.examples import example_path
from tests.hardening.monkey import replay
from tests.hardening.watching import listening
from tests.hardening.window import opened

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture(autouse=True)
def letters(qapp: QApplication) -> None:
    load_fonts(qapp)


def test_a_landscape_has_nothing_to_predict(qapp: QApplication, tmp_path: Path) -> None:
    script = [("key", ("Ctrl+Shift+K",)), ("key", ("F10",)), ("pause", (60,)), ("key", ("F10",)), ("pause", (60,))]
    assert replay(qapp, tmp_path, script, "surface-ravine") is None  # type: ignore[arg-type]


def test_a_card_closes_when_its_layer_goes(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path) as program:
        snapshot = program.session.snapshot
        assert snapshot is not None
        assert details(snapshot, NodeHit(2, 0)) is not None
        assert details(snapshot, NodeHit(3, 0)) is None
        assert details(snapshot, EdgeHit(3, 0, 0)) is None


def test_weights_after_a_blow_up_can_be_painted() -> None:
    pixels = coloured(np.array([[1e300, -1e300, 0.0]]), weight_table(LIGHT), 0.0, 1e-3)
    assert pixels[0, 0] != pixels[0, 1]


def test_a_pointer_over_a_curve_that_has_just_gone_reads_nothing(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path, "spiral") as program, listening() as heard:
        curves = program.desk.views.curves
        curves._plots.hovered.emit(10**6)
        assert not heard


def test_what_was_read_off_one_data_set_is_not_looked_for_in_the_next(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path, "spiral") as program, listening() as heard:
        program.desk.views.data._hear_pointed(Reading((0.0, 0.0), sample=53))
        program.documents.open(example_path("toy-car"))
        assert not heard
