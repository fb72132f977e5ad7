"""An experiment as a Python script that runs by itself: data, parameters, network, loss and training in one file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui import __version__
from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.losses._base import LossKind
from gradgui.document.compile import Compiled
from gradgui.document.experiment import Schedule
from gradgui.engine.network import Place
from gradgui.engine.streams import EPOCHS_TOGETHER, NUMBERS_TOGETHER, Purpose
from gradgui.errors import UserError
from gradgui.text import Text

WIDTH = 118
DEFINES = re.compile(r"^(def|class) ", re.MULTILINE)
NOT_YET = Text(
    en="{place}: the kind {kind} cannot be exported as a script yet.", zh="{place}：种类 {kind} 还不能导出为脚本。"
)

DRAWS = f'''
def draws(*where):
    """Chance as gradgui draws it: the same place always gives the same numbers."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([SEED, *where])))


def batches(epoch):
    """The rows of each batch of one epoch, in gradgui's order."""
    order = np.arange(len(x))
    if SHUFFLE:
        together = max(1, min({EPOCHS_TOGETHER}, {NUMBERS_TOGETHER} // len(x)))
        orders = np.tile(order, (together, 1))
        order = draws({int(Purpose.SHUFFLE)}, epoch // together).permuted(orders, axis=1)[epoch % together]
    return [order[start : start + BATCH] for start in range(0, len(x), BATCH)]
'''
DROPOUT_STREAM = int(Purpose.DROPOUT)

FACTORS: dict[str, Callable[[Schedule], str]] = {
    "constant": lambda _: "1.0",
    "step": lambda s: f"{s.factor!r} ** (epoch // {s.every})",
    "exponential": lambda s: f"{s.factor!r} ** epoch",
    "cosine": lambda s: f"{s.factor!r} + {1 - s.factor!r} * 0.5 * (1 + np.cos(np.pi * min(epoch / {s.every}, 1.0)))",
    "warmup": lambda s: f"min(1.0, (epoch + 1e-3) / {s.every})",
}
"""The learning rate's factor; `epoch` is counted in fractions."""


@dataclass(frozen=True, slots=True)
class Part:
    """One layer as a script sees it."""

    number: int
    """1 for L1."""
    spec: LayerSpec
    place: Place
    compiled: Compiled

    @property
    def kind(self) -> str:
        """Its id in the catalog."""
        return kind_of(self.spec)

    @property
    def activation(self) -> str:
        """Its activation's id; identity where there is none."""
        activation = self.place.layer.activation
        return activation.id if isinstance(activation, ActivationKind) else "identity"

    @property
    def W(self) -> NDArray[np.floating] | None:  # noqa: N802 - the letter of the blackboard
        """(units, inputs)."""
        return self.compiled.network.weights(self.number - 1)

    @property
    def b(self) -> NDArray[np.floating] | None:
        """(units,)."""
        return self.compiled.network.biases(self.number - 1)


def parts(compiled: Compiled) -> list[Part]:
    """Every layer in order."""
    specs = compiled.experiment.network.layers
    return [
        Part(i + 1, spec, place, compiled)
        for i, (spec, place) in enumerate(zip(specs, compiled.network.places, strict=True))
    ]


def known(table: dict[str, str], kind: str, place: str) -> str:
    """The code for a kind; raises UserError where there is none yet."""
    if kind not in table:
        raise UserError(NOT_YET, place=place, kind=kind)
    return table[kind]


def loss_of(compiled: Compiled) -> LossKind:
    """The loss with its options."""
    assert isinstance(compiled.network.loss, LossKind)
    return compiled.network.loss


def kind_of(spec: msgspec.Struct) -> str:
    """The id of a kind in the catalog."""
    return str(spec.__struct_config__.tag)


def opening(compiled: Compiled, needs: str, imports: Sequence[str]) -> str:
    """What the script says about itself."""
    title = compiled.experiment.title
    name = "An experiment" if title is None else title.en.replace("\\", "").replace('"', "'").replace("\n", " ")
    words = f'"""{name}, exported from gradgui {__version__}. It needs {needs} and nothing else:'
    return "\n".join([words, "", "    python THIS_FILE [EPOCHS]", '"""', "", *imports])


def examples(compiled: Compiled, wrap: str) -> str:
    """The data, after feature maps and target coding; `wrap` makes an array, such as np.array({})."""
    rows = [("x", compiled.train.x), ("y", compiled.train.y)]
    if compiled.test is not None:
        rows += [("test_x", compiled.test.x), ("test_y", compiled.test.y)]
    return "\n".join(f"{name} = {wrap.format(literal(array))}" for name, array in rows)


def settings(compiled: Compiled, epochs: int) -> str:
    """The numbers that training needs."""
    trainer = compiled.trainer()
    training = compiled.experiment.training
    shuffle = training.shuffle and trainer.steps_per_epoch > 1
    return "\n".join(
        [
            f"EPOCHS = {epochs}",
            f"BATCH = {trainer.batch_size}",
            f"SHUFFLE = {shuffle}",
            f"SEED = {training.seed}",
            f"RATE = {compiled.experiment.optimizer.learning_rate!r}",
        ]
    )


def rate(compiled: Compiled) -> str:
    """The learning rate at `epoch`, counted in fractions."""
    schedule = compiled.experiment.training.schedule
    return "RATE" if schedule.kind == "constant" else f"RATE * ({FACTORS[schedule.kind](schedule)})"


def frozen(compiled: Compiled) -> dict[str, NDArray[np.bool_]]:
    """Which entries learn, for each parameter of which some do not."""
    network = compiled.network
    free = network.trainable.astype(np.float64)
    found = {}
    for index in range(len(network.places)):
        for letter, numbers in (("W", network.weights(index, free)), ("b", network.biases(index, free))):
            if numbers is not None and not numbers.all():
                found[f"L{index + 1}.{letter}"] = numbers.astype(bool)
    return found


def literal(array: NDArray[np.generic]) -> str:
    """Nested lists, exact to the last digit, on lines of bearable length."""
    words = repr(array.tolist())
    if len(words) <= WIDTH - 20:
        return words
    rows = [repr(row) for row in array.tolist()] if array.ndim > 1 else [words[1:-1]]
    lines = [textwrap.fill(row + ",", WIDTH, initial_indent="    ", subsequent_indent="    ") for row in rows]
    return "[\n" + "\n".join(lines) + "\n]"


def joined(sections: Sequence[str]) -> str:
    """Sections one below the other, with two empty lines around functions and classes."""
    text = ""
    for section in filter(None, (section.strip("\n") for section in sections)):
        loose = bool(DEFINES.search(section)) or bool(DEFINES.search(text[text.rfind("\n\n\n") + 1 :]))
        text += ("\n\n\n" if loose else "\n\n") * bool(text) + section
    return text + "\n"


def indented(code: str, depth: int = 1) -> str:
    """Code inside a function."""
    return textwrap.indent(textwrap.dedent(code).strip("\n"), "    " * depth)


def options_of(spec: msgspec.Struct) -> dict[str, object]:
    """A kind's options by name."""
    return {name: getattr(spec, name) for name in spec.__struct_fields__}
