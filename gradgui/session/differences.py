"""In which settings runs differ, in a few words for each: "Adam, rate 0.01"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.document.experiment import Experiment
from gradgui.text import Text, same

RATE = Text(en="rate {rate:g}", zh="学习率 {rate:g}")
BATCH = Text(en="batch {size}", zh="批大小 {size}")
WHOLE = Text(en="whole set", zh="全批量")
SEED = Text(en="seed {seed}", zh="种子 {seed}")
CLIP = Text(en="clipping {norm:g}", zh="裁剪 {norm:g}")
SCHEDULES = {
    "constant": Text(en="constant rate", zh="固定学习率"),
    "step": Text(en="rate in steps", zh="逐级降学习率"),
    "exponential": Text(en="exponential rate", zh="指数降学习率"),
    "cosine": Text(en="cosine rate", zh="余弦学习率"),
    "warmup": Text(en="warm-up", zh="预热"),
}


def told_apart(runs: Sequence[tuple[Experiment, ...]]) -> list[Text]:
    """For each run its settings that not all share; the optimiser and its rate where they all are alike.

    A run has one experiment or, where its settings were changed on the way, several: "rate 0.5 → rate 0.1".
    """
    table = [[tuple(aspect(each) for each in run) for run in runs] for aspect in ASPECTS]
    differing = [row for row in table if len({said for way in row for said in way}) > 1]
    return [_joined([_way(row[place]) for row in differing or table[:2]]) for place in range(len(runs))]


def _way(said: tuple[Text, ...]) -> Text:
    """What one setting was, and what it became."""
    each = tuple(dict.fromkeys(said))
    return Text(en=" → ".join(part.en for part in each), zh=" → ".join(part.zh for part in each))


def _joined(parts: list[Text]) -> Text:
    return Text(en=", ".join(part.en for part in parts), zh="，".join(part.zh for part in parts))


def _optimizer(experiment: Experiment) -> Text:
    return optimizer_kinds()[_tag(experiment.optimizer)].name


def _rate(experiment: Experiment) -> Text:
    return RATE.filled(rate=experiment.optimizer.learning_rate)


def _schedule(experiment: Experiment) -> Text:
    return SCHEDULES[experiment.training.schedule.kind]


def _units(experiment: Experiment) -> Text:
    sizes = [getattr(layer, "units", None) or getattr(layer, "filters", None) for layer in experiment.network.layers]
    return same("-".join(str(size) for size in sizes if size))


def _activation(experiment: Experiment) -> Text:
    found = dict.fromkeys(str(getattr(layer, "activation", "")) for layer in experiment.network.layers[:-1])
    names = [activation_kinds()[name].name for name in found if name in activation_kinds()]
    return Text(en="/".join(name.en for name in names), zh="/".join(name.zh for name in names))


def _loss(experiment: Experiment) -> Text:
    return loss_kinds()[_tag(experiment.loss)].name


def _batch(experiment: Experiment) -> Text:
    size = experiment.training.batch_size
    return BATCH.filled(size=size) if size else WHOLE


def _penalty(experiment: Experiment) -> Text:
    one, two = f"L1 {experiment.training.l1:g}", f"L2 {experiment.training.l2:g}"
    return Text(en=f"{one}, {two}", zh=f"{one}，{two}")


def _clipping(experiment: Experiment) -> Text:
    return CLIP.filled(norm=experiment.training.clip_norm)


def _features(experiment: Experiment) -> Text:
    return same(" ".join(experiment.features or ("x",)))


def _seed(experiment: Experiment) -> Text:
    return SEED.filled(seed=experiment.training.seed)


def _tag(spec: object) -> str:
    return str(type(spec).__struct_config__.tag)  # type: ignore[attr-defined]


ASPECTS: tuple[Callable[[Experiment], Text], ...] = (
    _optimizer, _rate, _units, _activation, _loss, _schedule, _batch, _penalty, _clipping, _features, _seed,
)  # fmt: skip
