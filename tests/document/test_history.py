"""Undo and redo are exact, named and bounded."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gradgui.document import edits
from gradgui.document.compile import compile_experiment
from gradgui.document.edits import Edit
from gradgui.document.edits.layers import new_layer
from gradgui.document.experiment import Experiment
from gradgui.document.file import encode
from gradgui.document.fitting import fitted
from gradgui.document.history import History
from gradgui.errors import UserError
from gradgui.text import Text
from tests.document.samples import spiral

NAME = Text(en="edit", zh="编辑")


def rates(*values: float) -> list[Experiment]:
    return [edits.set_learning_rate(spiral(), value) for value in values]


def test_undo_and_redo_walk_over_the_same_values() -> None:
    history = History(spiral())
    steps = [history.present]
    for number, experiment in enumerate(rates(0.1, 0.2, 0.3)):
        history.push(experiment, Text(en=f"step {number}", zh=f"第 {number} 步"))
        steps.append(experiment)
    assert [history.undo() for _ in range(3)] == steps[2::-1]
    assert not history.can_undo
    assert history.undo() is steps[0]
    assert [history.redo() for _ in range(3)] == steps[1:]
    assert not history.can_redo


def test_commands_say_what_they_would_take_back() -> None:
    history = History(spiral())
    assert history.undo_text == Text(en="Undo", zh="撤销")
    history.push(edits.set_units(spiral(), 0, 5), edits.set_units.name)
    assert history.undo_text == Text(en="Undo change units", zh="撤销修改神经元数")
    history.undo()
    assert history.redo_text == Text(en="Redo change units", zh="重做修改神经元数")


def test_a_new_edit_forgets_what_was_taken_back() -> None:
    history = History(spiral())
    one, two = rates(0.1, 0.2)
    history.push(one, NAME)
    history.undo()
    history.push(two, NAME)
    assert not history.can_redo


def test_a_drag_is_one_edit() -> None:
    history = History(spiral())
    for experiment in rates(0.1, 0.2, 0.3):
        history.push(experiment, NAME, "rate")
    assert len(history.names) == 1
    history.seal()
    for experiment in rates(0.4, 0.5):
        history.push(experiment, NAME, "rate")
    assert len(history.names) == 2
    history.push(edits.set_seed(history.present, 9), NAME, "seed")
    assert len(history.names) == 3
    history.undo()
    assert history.undo().optimizer.learning_rate == 0.3
    assert history.undo() == spiral()


def test_a_drag_back_to_its_start_is_no_edit() -> None:
    history = History(spiral())
    for experiment in rates(0.1, 0.2, 0.02):
        history.push(experiment, NAME, "rate")
    assert not history.can_undo
    assert not history.modified


def test_an_edit_that_changes_nothing_is_not_kept() -> None:
    history = History(spiral())
    assert not history.push(spiral(), NAME)
    assert not history.can_undo


def test_modified_means_different_from_the_file() -> None:
    history = History(spiral())
    (one,) = rates(0.1)
    assert not history.modified
    history.push(one, NAME)
    assert history.modified
    history.mark_saved()
    assert not history.modified
    assert history.undo()
    assert history.modified
    history.redo()
    assert not history.modified
    history.mark_unsaved()
    assert history.modified


def test_saving_ends_a_drag() -> None:
    history = History(spiral())
    one, two = rates(0.1, 0.2)
    history.push(one, NAME, "rate")
    history.mark_saved()
    history.push(two, NAME, "rate")
    assert history.undo() is one
    assert not history.modified


def test_memory_is_shown_and_bounded_and_the_oldest_edits_go_first() -> None:
    network = compile_experiment(spiral()).network
    history = History(edits.with_parameters(spiral(), network), limit=40_000)
    for step in range(30):
        network.theta += 1
        history.push(edits.with_parameters(history.present, network), Text(en=f"{step}", zh=f"{step}"))
    assert 0 < history.nbytes <= history.limit
    assert history.forgotten > 0
    assert len(history.names) + history.forgotten == 30
    assert history.names[-1].en == "29"


def test_what_experiments_share_is_not_counted_twice() -> None:
    network = compile_experiment(spiral()).network
    start = edits.with_parameters(spiral(), network)
    history = History(start)
    history.push(edits.set_learning_rate(start, 0.5), NAME)
    assert history.nbytes < 4000


# ── Any edits in any order ───────────────────────────────────────────────────────────────────────


def _kinds() -> st.SearchStrategy[str]:
    return st.sampled_from(["dense", "dropout", "layer_norm", "batch_norm", "conv2d", "concat"])


class Editing(RuleBasedStateMachine):
    """Somebody who edits, undoes and redoes; whatever happens, undo-all and redo-all give the same bytes."""

    layer = st.integers(0, 4)

    def __init__(self) -> None:
        super().__init__()
        network = compile_experiment(spiral()).network
        self.start = edits.with_parameters(spiral(), network)
        self.history = History(self.start)
        self.bytes_at_start = encode(self.start)
        self.keys = itertools.count()

    def apply(self, edit: Edit[...], *args: object, key: object = None, **options: object) -> None:
        """As the session does it: edit, fit, remember."""
        old = self.history.present
        try:
            new = fitted(edit(old, *args, **options), (2,), (old, (2,)))
        except UserError:
            return
        self.history.push(new, edit.name, key)

    @rule(index=layer, units=st.integers(0, 65), drag=st.booleans())
    def set_units(self, index: int, units: int, drag: bool) -> None:
        self.apply(edits.set_units, index, units, key=("units", index) if drag else None)

    @rule(index=layer, kind=_kinds())
    def insert(self, index: int, kind: str) -> None:
        self.apply(edits.insert_layer, index, new_layer(kind))

    @rule(index=layer)
    def remove(self, index: int) -> None:
        self.apply(edits.remove_layer, index)

    @rule(index=layer)
    def duplicate(self, index: int) -> None:
        self.apply(edits.duplicate_layer, index)

    @rule(index=layer, to=layer)
    def move(self, index: int, to: int) -> None:
        self.apply(edits.move_layer, index, to)

    @rule(index=layer, kind=_kinds())
    def set_kind(self, index: int, kind: str) -> None:
        self.apply(edits.set_kind, index, kind)

    @rule(index=layer, row=st.integers(0, 5), column=st.integers(0, 5), value=st.floats(-9, 9), drag=st.booleans())
    def set_weight(self, index: int, row: int, column: int, value: float, drag: bool) -> None:
        key = ("weight", index, row, column) if drag else None
        self.apply(edits.set_weight, index, row, column, value, key=key)

    @rule(source=st.integers(-1, 3), to=layer, how=st.sampled_from(["add", "concat"]))
    def link(self, source: int, to: int, how: str) -> None:
        self.apply(edits.add_link, source, to, how)

    @rule(source=st.integers(-1, 3), to=layer)
    def unlink(self, source: int, to: int) -> None:
        self.apply(edits.remove_link, source, to)

    @rule(index=layer, name=st.sampled_from(["W", "b", "W[0,1]", "b[3]", "W[5,5]"]))
    def freeze(self, index: int, name: str) -> None:
        self.apply(edits.freeze, index, name)

    @rule(rate=st.floats(0, 1), drag=st.booleans())
    def set_rate(self, rate: float, drag: bool) -> None:
        self.apply(edits.set_learning_rate, rate, key="rate" if drag else None)

    @rule(kind=st.sampled_from(["sgd", "adam", "lion"]))
    def set_optimizer(self, kind: str) -> None:
        self.apply(edits.set_optimizer, kind)

    @rule()
    def let_go(self) -> None:
        self.history.seal()

    @rule()
    def undo(self) -> None:
        self.history.undo()

    @rule()
    def redo(self) -> None:
        self.history.redo()

    @rule()
    def save(self) -> None:
        self.history.mark_saved()
        assert not self.history.modified

    @invariant()
    def weights_written_down_fit(self) -> None:
        """Whatever runs after the edits finds the shapes it needs."""
        complaint = ""
        try:
            compile_experiment(self.history.present)
        except UserError as refused:
            complaint = refused.text.en
        assert not any(place in complaint for place in (".W:", ".b:", ".frozen"))

    def teardown(self) -> None:
        """Back to the start, and forward to the end."""
        while self.history.can_redo:
            self.history.redo()
        end = encode(self.history.present)
        while self.history.can_undo:
            self.history.undo()
        assert encode(self.history.present) == self.bytes_at_start
        while self.history.can_redo:
            self.history.redo()
        assert encode(self.history.present) == end


CHECKS = list(HealthCheck)


def test_undoing_everything_gives_the_first_bytes_and_redoing_everything_the_last() -> None:
    run_state_machine_as_test(
        Editing, settings=settings(max_examples=30, stateful_step_count=30, suppress_health_check=CHECKS)
    )


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_two_thousand_times_fifty_edits_can_be_undone_and_redone() -> None:
    run_state_machine_as_test(
        Editing, settings=settings(max_examples=2000, stateful_step_count=50, suppress_health_check=CHECKS)
    )
