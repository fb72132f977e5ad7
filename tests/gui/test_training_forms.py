"""The forms of the training sheet: made from what the catalog declares, in both languages, and exact."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gradgui.catalog.registry import loss_kinds, optimizer_kinds
from gradgui.document.experiment import TrainingSpec
from gradgui.gui.icons import Icons
from gradgui.gui.training.words import RATE
from gradgui.gui.widgets.log_slider import LogSlider
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.gui.widgets.spec_form import SpecForm
from gradgui.text import Language
from tests.gui.frame import Frame


@pytest.fixture
def form(qtbot: QtBot, frame: Frame) -> SpecForm:
    made = SpecForm(frame.speech, frame.theme, Icons(frame.theme), ("learning_rate", "schedule"))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("kind", [*optimizer_kinds().values(), *loss_kinds().values()], ids=lambda kind: kind.id)
def test_every_declared_option_of_every_kind_has_a_named_row(form: SpecForm, frame: Frame, kind: object) -> None:
    spec = kind.spec()  # type: ignore[attr-defined]
    form.show_spec(spec)
    declared = [name for name in spec.__struct_fields__ if name != "learning_rate"]
    assert list(form.names) == declared
    for language in Language:
        frame.speech.speak(language)
        assert all(form.field(name).accessibleName() for name in declared)
        assert all(label.text() for label in form.findChildren(SaidLabel) if label.isVisibleTo(form))


def test_values_of_another_spec_of_the_same_kind_only_change_the_fields(form: SpecForm) -> None:
    form.show_spec(TrainingSpec())
    field = form.field("l2")
    form.show_spec(TrainingSpec(l2=0.25))
    assert form.field("l2") is field
    assert isinstance(field, NumberField)
    assert field.value == 0.25


def test_a_pass_over_the_data_is_called_epoch_in_chinese_too_as_a_round_is_one_step(
    form: SpecForm, frame: Frame
) -> None:
    frame.speech.speak(Language.CHINESE)
    form.show_spec(TrainingSpec())
    assert form.field("shuffle").accessibleName() == "每个 epoch 打乱"


def test_whole_numbers_are_told_as_whole_numbers(qtbot: QtBot, form: SpecForm) -> None:
    form.show_spec(TrainingSpec())
    field = form.field("batch_size")
    assert isinstance(field, NumberField)
    with qtbot.waitSignal(form.option_changed) as heard:
        field.setText("16")
        field.commit()
    assert heard.args == ["batch_size", 16]
    assert isinstance(heard.args[1], int)


def test_a_slider_over_powers_of_ten_has_both_ends_and_the_middle(qtbot: QtBot, frame: Frame) -> None:
    slider = LogSlider(RATE, 1e-5, 10.0, frame.speech)
    qtbot.addWidget(slider)
    heard: list[object] = []
    slider.value_chosen.connect(heard.append)
    for notch in (1, 0, 200, 400):
        slider.setValue(notch)
    assert heard[1:] == [1e-5, 0.01, 10.0]
    slider.show_value(0.1)
    assert len(heard) == 4
    slider.setValue(slider.value() + 1)
    assert heard[-1] == pytest.approx(0.1, rel=0.05)
