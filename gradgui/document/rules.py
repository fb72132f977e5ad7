"""What a network may be: known names, links that go forward, shapes that fit, a bearable size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gradgui.catalog.features import MAPS
from gradgui.catalog.layers._base import WeightedSpec
from gradgui.catalog.registry import activation_kinds, formula_kinds, initializer_kinds
from gradgui.document.experiment import Experiment, Link
from gradgui.document.explain import ELSEWHERE, EXPECTED, ONE_OF, shown
from gradgui.document.notes import check_notes
from gradgui.engine.network import INPUT, How, joined_shape
from gradgui.engine.parts import Layer
from gradgui.engine.tape import Shape
from gradgui.errors import UserError
from gradgui.text import Text

LAYERS_AT_MOST = 256
HIDDEN_LAYERS_IN_WINDOW = 12
PARAMETERS_AT_MOST = 1_000_000
LINKS_AT_MOST, FEATURES_AT_MOST, FROZEN_AT_MOST = 1_000, 1_000, 20_000

LAYER_ID = re.compile(r"L([1-9]\d{0,3})")

NO_LAYER = Text(en="there is no layer", zh="一层也没有")
TOO_MANY_LAYERS = Text(en="expected at most {limit} layers, got {count}", zh="最多 {limit} 层，实际为 {count} 层")
TOO_MANY = Text(en="expected at most {limit} entries, got {count}", zh="最多 {limit} 项，实际为 {count} 项")
TOO_MANY_PARAMETERS = Text(
    en="with this layer there are {count} parameters; {limit} is the most",
    zh="到这一层已有 {count} 个参数；最多 {limit} 个",
)
NO_FEATURE = Text(
    en="there is no feature; leave the key out to use all inputs", zh="没有特征；去掉这个键就会使用全部输入"
)
FEW = 20
"""Longer lists of names are cut."""

NO_SUCH_LAYER = Text(
    en="there is no layer {got}; expected {low} to {high}", zh="没有 {got} 这一层；应为 {low} 到 {high}"
)
NO_SUCH_SOURCE = Text(
    en="{source} cannot feed {target}; a link starts at x or at a layer before L{before}",
    zh="{source} 不能连到 {target}；连线要从 x 或 L{before} 之前的层开始",
)
TWICE = Text(en="{source} already feeds {target}", zh="{source} 已经连到 {target}")
NOT_ALIKE = Text(
    en="what comes in cannot be joined: {shapes}; to add, shapes must be equal",
    zh="进来的数据不能合在一起：{shapes}；相加要求形状相同",
)
NOT_BESIDE = Text(
    en="what comes in cannot be joined: {shapes}; to put side by side, pictures must have the same size",
    zh="进来的数据不能合在一起：{shapes}；拼接要求图像大小相同",
)


def check(experiment: Experiment) -> None:
    """Everything that can be said without the data; raises UserError naming place and reason."""
    count = len(experiment.network.layers)
    if count == 0:
        raise UserError(ELSEWHERE, place="network.layers", why=NO_LAYER)
    if count > LAYERS_AT_MOST:
        raise UserError(
            ELSEWHERE, place="network.layers", why=TOO_MANY_LAYERS.filled(limit=LAYERS_AT_MOST, count=count)
        )
    for index, spec in enumerate(experiment.network.layers):
        _check_name(getattr(spec, "activation", None), activation_kinds(), f"network.layers[{index}].activation")
        _check_name(getattr(spec, "function", None), formula_kinds(), f"network.layers[{index}].function")
        if isinstance(spec, WeightedSpec):
            _check_count(spec.frozen, FROZEN_AT_MOST, f"network.layers[{index}].frozen")
            _check_name(spec.init, initializer_kinds(), f"network.layers[{index}].init")
    _check_count(experiment.features or (), FEATURES_AT_MOST, "features")
    _check_count(experiment.network.links, LINKS_AT_MOST, "network.links")
    for index, link in enumerate(experiment.network.links):
        _check_link(link, experiment.network.links[:index], count, f"network.links[{index}]")
    check_notes(count, experiment.breakpoints, experiment.watches, experiment.bookmarks)


def layer_number(name: str) -> int | None:
    """0 for L1, INPUT for x; None for what is no such name."""
    if name == "x":
        return INPUT
    found = LAYER_ID.fullmatch(name)
    return int(found[1]) - 1 if found else None


def layer_name(number: int) -> str:
    """L1 for 0, x for the network's input."""
    return "x" if number == INPUT else f"L{number + 1}"


def _check_count(entries: Sequence[object], limit: int, place: str) -> None:
    if len(entries) > limit:
        raise UserError(ELSEWHERE, place=place, why=TOO_MANY.filled(limit=f"{limit:,}", count=f"{len(entries):,}"))


def _check_name(name: str | None, kinds: Iterable[str], place: str) -> None:
    known = sorted(kinds)
    if name is not None and name not in known:
        raise UserError(EXPECTED, place=place, wanted=ONE_OF.filled(known=", ".join(known)), got=shown(name))


def _check_link(link: Link, others: Sequence[Link], count: int, place: str) -> None:
    target, source = layer_number(link.target), layer_number(link.source)
    if target is None or not 0 <= target < count:
        why = NO_SUCH_LAYER.filled(got=shown(link.target), low="L2", high=layer_name(count - 1))
        raise UserError(ELSEWHERE, place=f"{place}.to", why=why)
    if source is None or source >= target - 1:
        why = NO_SUCH_SOURCE.filled(source=shown(link.source), target=link.target, before=target)
        raise UserError(ELSEWHERE, place=f"{place}.from", why=why)
    if any((other.source, other.target) == (link.source, link.target) for other in others):
        raise UserError(ELSEWHERE, place=place, why=TWICE.filled(source=link.source, target=link.target))


# ── With the data ────────────────────────────────────────────────────────────────────────────────


def check_features(features: Sequence[str] | None, inputs: Sequence[str]) -> None:
    """Raises UserError for a feature that cannot be made from these raw inputs."""
    if features is None:
        return
    if not features:
        raise UserError(ELSEWHERE, place="features", why=NO_FEATURE)
    known = [*inputs, *(name for name in MAPS if "x1" in inputs and ("x2" in inputs or "x2" not in name))]
    for index, feature in enumerate(features):
        if feature not in known:
            few = known if len(known) <= FEW else [*known[:FEW], "…"]
            wanted = ONE_OF.filled(known=", ".join(few))
            raise UserError(EXPECTED, place=f"features[{index}]", wanted=wanted, got=shown(feature))


def check_shapes(shape: Shape, layers: Sequence[tuple[Layer, tuple[int, ...], How]]) -> None:
    """Walk through the network with one sample's shape; raises UserError at the first layer that cannot work."""
    outputs: list[Shape] = []
    parameters = 0
    for index, (layer, sources, how) in enumerate(layers):
        incoming = [shape if source == INPUT else outputs[source] for source in sources]
        try:
            _check_join(incoming, how)
            joined = joined_shape(incoming, how)
            rows, columns = layer.parameter_shape(joined) or (0, 0)
            parameters += rows * (columns + 1)
            if parameters > PARAMETERS_AT_MOST:
                raise UserError(TOO_MANY_PARAMETERS, count=f"{parameters:,}", limit=f"{PARAMETERS_AT_MOST:,}")
            outputs.append(layer.output_shape(joined))
        except UserError as error:
            raise UserError(ELSEWHERE, place=f"network.layers[{index}]", why=error.text) from None


def _check_join(shapes: Sequence[Shape], how: How) -> None:
    alike = {shape if how is How.ADD else shape[1:] for shape in shapes}
    if len(alike) > 1:
        raise UserError(
            NOT_ALIKE if how is How.ADD else NOT_BESIDE,
            shapes=", ".join(" × ".join(map(str, shape)) for shape in shapes),
        )
