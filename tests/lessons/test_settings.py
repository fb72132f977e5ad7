"""Short names change an experiment into a new one."""

from __future__ import annotations

import pytest

from gradgui.errors import UserError
from gradgui.lessons.lesson import Setting
from gradgui.lessons.settings import with_settings
from tests.lessons.small import small


def test_each_name_changes_its_own_part() -> None:
    before = small().experiment
    settings: dict[str, Setting] = {
        "kind": "adam",
        "weight_decay": 0.01,
        "lr": 2,
        "loss": "mse",
        "reduction": "sum",
        "act": "tanh",
        "x": ((3.0,), (4.0,)),
        "y": ((0.0,), (1.0,)),
        "batch": 1,
        "all.W": 7.0,
        "L1.b": (5.0,),
    }
    after = with_settings(before, settings)
    assert (after.optimizer.learning_rate, after.optimizer.weight_decay) == (2.0, 0.01)
    assert type(after.loss).__struct_config__.tag == "mse"
    assert after.loss.reduction == "sum"
    layer = after.network.layers[0]
    assert (layer.W, layer.b, layer.activation) == (((7.0,),), (5.0,), "tanh")
    assert after.network.layers[1] == before.network.layers[1]
    assert after.data.x == ((3.0,), (4.0,))
    assert after.training.batch_size == 1
    assert before == small().experiment


@pytest.mark.parametrize(
    ("name", "value"),
    [("colour", 1.0), ("L9.W", ((1.0,),)), ("L2.W", ((1.0,),)), ("lr", "fast"), ("loss", "anger"), ("kind", "dog"),
     ("weight_decay", 0.1), ("L1.W", 3.0), ("batch", 0.5)],
)  # fmt: skip
def test_what_cannot_be_set_is_named(name: str, value: Setting) -> None:
    with pytest.raises(UserError, match=name.replace(".", r"\.")):
        with_settings(small().experiment, {name: value})


def test_generated_data_have_no_rows_to_set() -> None:
    with pytest.raises(UserError, match="does not exist here"):
        with_settings(small().scenes["other"], {"x": ((1.0,),)})
