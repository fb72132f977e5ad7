"""The machine of a lesson for paper: its settings and examples in words, its formulas, and its first training step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.export.chart import number
from gradgui.export.sheet import Formulas
from gradgui.lessons.facts import Array, Facts, Play
from gradgui.lessons.lesson import Lesson
from gradgui.text import Text, same

MOST_BLANKS = 18
"""By hand, more than that is drudgery."""
MOST_EXAMPLES, MOST_INPUTS = 8, 4
"""More than that are not listed."""

SETTINGS = Text(
    en="Loss: {loss}. Optimizer: {optimizer}, learning rate {rate}.",
    zh="损失：{loss}。优化器：{optimizer}，学习率 {rate}。",
)
ONE_SAMPLE = Text(en="The only example: {example}.", zh="唯一的样本：{example}。")
SAMPLES = Text(en="Training examples: {count}.", zh="训练样本：{count} 个。")
LISTED = Text(en="Training examples: {examples}.", zh="训练样本：{examples}。")
EXAMPLE = Text(en="{name}{x} → {y}", zh="{name}{x} → {y}")
INPUTS = Text(en="Inputs: {names}.", zh="输入：{names}。")
WANTED = Text(en="x = {x}, wanted y = {y}", zh="x = {x}，目标 y = {y}")
FORWARD, ACTIVATION = Text(en="neuron", zh="神经元"), Text(en="activation", zh="激活")
LOSS, BACK = Text(en="loss", zh="损失"), Text(en="back", zh="往回")
ON = Text(en="to the layer before", zh="传给前一层")
WEIGHTS, UPDATE = Text(en="weights", zh="权重"), Text(en="update", zh="更新")
SLOPE = Text(en="slope", zh="斜率")


def machine_told(lesson: Lesson, play: Play) -> Iterator[Text]:
    """How it learns, and from what; the examples in full where there are few of them."""
    experiment, facts = play.compiled.experiment, play.facts()
    loss = next(kind for kind in loss_kinds().values() if kind.spec is type(experiment.loss))
    optimizer = next(kind for kind in optimizer_kinds().values() if kind.spec is type(experiment.optimizer))
    yield SETTINGS.filled(loss=loss.name, optimizer=optimizer.name, rate=number(facts.lr))
    if lesson.input_names:
        names = [(f"x{i + 1}", name) for i, name in enumerate(lesson.input_names)]
        yield INPUTS.filled(names=_listed([Text(en=f"{x} {n.en}", zh=f"{x} {n.zh}") for x, n in names]))
    if lesson.ui.bitmap:
        return
    few = facts.x.shape[1] <= MOST_INPUTS and facts.y.shape[1] <= MOST_INPUTS
    if few and len(facts.x) == 1:
        yield ONE_SAMPLE.filled(example=WANTED.filled(x=_numbers(facts.x[0]), y=_numbers(facts.y[0])))
    elif few and len(facts.x) <= MOST_EXAMPLES:
        names_of = lesson.sample_names or (same(""),) * len(facts.x)
        yield LISTED.filled(examples=_listed([
            EXAMPLE.filled(name=_before(name), x=_numbers(x), y=_numbers(y))
            for name, x, y in zip(names_of, facts.x, facts.y, strict=True)
        ]))  # fmt: skip
    else:
        yield SAMPLES.filled(count=len(facts.x))


def formulas_of(play: Play) -> Formulas:
    """What is needed to work the first step out, with a word of what each is for."""
    experiment = play.compiled.experiment
    names = dict.fromkeys(getattr(spec, "activation", None) for spec in experiment.network.layers)
    activations = [kind for name, kind in activation_kinds().items() if name in names and name != "identity"]
    loss = next(kind for kind in loss_kinds().values() if kind.spec is type(experiment.loss))
    rows = [(FORWARD, r"z=\sum_i w_ix_i+b,\quad a=f(z)"), (LOSS, f"L={loss.latex}")]
    for kind in activations[:2]:
        rows += [(ACTIVATION, f"f(z)={kind.latex}"), (SLOPE, f"f'(z)={kind.slope_latex}")]
    rows += [
        (BACK, r"\frac{\partial L}{\partial z}=\frac{\partial L}{\partial a}\,f'(z)"),
        (WEIGHTS, r"\frac{\partial L}{\partial w_i}=\frac{\partial L}{\partial z}\,x_i,\quad "
                  r"\frac{\partial L}{\partial b}=\frac{\partial L}{\partial z}"),
    ]  # fmt: skip
    if len(experiment.network.layers) > 1:
        rows.append((ON, r"\frac{\partial L}{\partial x_i}=\sum_j w_{ji}\frac{\partial L}{\partial z_j}"))
    rows.append((UPDATE, experiment.optimizer.build().latex))
    return Formulas(tuple(rows))


def first_step(play: Play) -> list[tuple[str, str]]:
    """What can be worked out by hand in the first step, with its value; empty where there is too much.

    Layer by layer from the front, so that their order does not tell in which order they can be found.
    """
    before = play.facts()
    if len(before.x) != 1:
        return []
    learns = [_learns(play, index) for index in range(len(before.layers))]
    found = [pair for index in range(len(before.layers)) for pair in _layer(before, index, learns[index])]
    found.append(("L=", number(before.loss)))
    if len(found) > MOST_BLANKS:
        return []
    play.run(1)
    after = [pair for index in range(len(before.layers)) for pair in _after(play.facts(), index, learns[index])]
    return found + after if len(found) + len(after) <= MOST_BLANKS else found


def _learns(play: Play, index: int) -> tuple[bool, bool]:
    """Whether the weights of a layer are trained, and its biases."""
    network = play.compiled.network
    free = network.matrix(index, network.trainable.astype(np.float64))
    return (False, False) if free is None else (bool(free[:, :-1].any()), bool(free[:, -1].any()))


def _layer(facts: Facts, index: int, learns: tuple[bool, bool]) -> Iterator[tuple[str, str]]:
    layer, above = facts.layers[index], f"^{{({index + 1})}}"
    for unit, value in enumerate(layer.a[0]):
        yield f"a{above}{_place((unit,), layer.a.shape[1])}=", number(float(value))
    for unit, value in enumerate(layer.dz[0]):
        yield _slope(f"z{above}{_place((unit,), layer.dz.shape[1])}"), number(float(value))
    if learns[0]:
        for place, value in np.ndenumerate(layer.dW):
            yield _slope(f"W{above}{_place(place, layer.dW.size)}"), number(float(value))


def _after(facts: Facts, index: int, learns: tuple[bool, bool]) -> Iterator[tuple[str, str]]:
    """The parameters after the update; what is frozen stays as it is."""
    layer, above = facts.layers[index], f"^{{({index + 1})}}"
    for letter, values, learnt in zip("Wb", (layer.W, layer.b), learns, strict=True):
        if learnt:
            for place, value in np.ndenumerate(values):
                yield rf"{letter}{above}{_place(place, values.size)}\,\leftarrow\,", number(float(value))


def _slope(of: str) -> str:
    return rf"\frac{{\partial L}}{{\partial {of}}}="


def _place(place: tuple[int, ...], count: int) -> str:
    """Counted from 0 as in the window, W1[0,1]; nothing where there is only one."""
    return "" if count == 1 else "_{" + ",".join(map(str, place)) + "}"


def _numbers(values: Array) -> str:
    words = [number(float(value)) for value in values]
    return words[0] if len(words) == 1 else f"({', '.join(words)})"


def _before(name: Text) -> Text:
    return Text(en=f"{name.en} ", zh=f"{name.zh} ") if name.en else name


def _listed(texts: list[Text]) -> Text:
    return Text(en=", ".join(each.en for each in texts), zh="，".join(each.zh for each in texts))
