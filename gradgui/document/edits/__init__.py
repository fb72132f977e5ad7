"""Edits: pure functions from one experiment to the next, each with the name that undo shows."""

from __future__ import annotations

from gradgui.document.edits.data import choose_set, set_data, set_data_option, set_feature
from gradgui.document.edits.edit import Edit
from gradgui.document.edits.layers import (
    duplicate_layer,
    insert_layer,
    move_layer,
    remove_layer,
    set_activation,
    set_hidden_activations,
    set_kind,
    set_layer_name,
    set_options,
    set_units,
)
from gradgui.document.edits.links import add_link, remove_link
from gradgui.document.edits.parameters import (
    forget_parameters,
    freeze,
    set_bias,
    set_frozen,
    set_weight,
    unfreeze,
    with_averages,
    with_parameters,
)
from gradgui.document.edits.settings import (
    set_features,
    set_learning_rate,
    set_loss,
    set_optimizer,
    set_schedule,
    set_seed,
    set_title,
    set_training,
)
from gradgui.document.edits.units import remove_unit

__all__ = [
    "Edit",
    "add_link",
    "choose_set",
    "duplicate_layer",
    "forget_parameters",
    "freeze",
    "insert_layer",
    "move_layer",
    "remove_layer",
    "remove_link",
    "remove_unit",
    "set_activation",
    "set_bias",
    "set_data",
    "set_data_option",
    "set_feature",
    "set_features",
    "set_frozen",
    "set_hidden_activations",
    "set_kind",
    "set_layer_name",
    "set_learning_rate",
    "set_loss",
    "set_optimizer",
    "set_options",
    "set_schedule",
    "set_seed",
    "set_title",
    "set_training",
    "set_units",
    "set_weight",
    "unfreeze",
    "with_averages",
    "with_parameters",
]
