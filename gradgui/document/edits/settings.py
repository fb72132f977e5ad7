"""Edits of data, loss, optimiser and training."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gradgui.catalog.registry import loss_kinds, optimizer_kinds
from gradgui.document.edits.edit import S, built, changed, edit
from gradgui.document.experiment import Experiment
from gradgui.document.explain import EXPECTED, ONE_OF, shown
from gradgui.errors import UserError
from gradgui.text import Text


@edit(Text(en="change title", zh="修改标题"))
def set_title(experiment: Experiment, title: Text | None) -> Experiment:
    """Give the experiment a title, or none."""
    return experiment.with_(title=title)


@edit(Text(en="change features", zh="修改特征"))
def set_features(experiment: Experiment, features: tuple[str, ...] | None) -> Experiment:
    """Show the network these features of each example; None for all raw inputs."""
    return experiment.with_(features=None if features is None else tuple(features))


@edit(Text(en="change loss", zh="修改损失"))
def set_loss(experiment: Experiment, /, kind: str, **options: object) -> Experiment:
    """Measure by another loss, or by the same one with other options."""
    specs = {name: each.spec for name, each in loss_kinds().items()}
    return experiment.with_(loss=_replaced(experiment.loss, kind, specs, options, "loss"))


@edit(Text(en="change optimizer", zh="修改优化器"))
def set_optimizer(experiment: Experiment, /, kind: str, **options: object) -> Experiment:
    """Learn by another rule, or by the same one with other options; the learning rate is kept unless given."""
    specs = {name: each.spec for name, each in optimizer_kinds().items()}
    return experiment.with_(optimizer=_replaced(experiment.optimizer, kind, specs, options, "optimizer"))


@edit(Text(en="change learning rate", zh="修改学习率"))
def set_learning_rate(experiment: Experiment, rate: float) -> Experiment:
    """Take larger or smaller steps."""
    return experiment.with_(optimizer=changed(experiment.optimizer, "optimizer", {"learning_rate": rate}))


@edit(Text(en="change training", zh="修改训练设置"))
def set_training(experiment: Experiment, /, **options: object) -> Experiment:
    """Change batch_size, shuffle, l1, l2, clip_norm or clip_value."""
    return experiment.with_(training=changed(experiment.training, "training", options))


@edit(Text(en="change learning-rate schedule", zh="修改学习率计划"))
def set_schedule(experiment: Experiment, /, **options: object) -> Experiment:
    """Change kind, every or factor of the schedule."""
    schedule = changed(experiment.training.schedule, "training.schedule", options)
    return experiment.with_(training=msgspec.structs.replace(experiment.training, schedule=schedule))


@edit(Text(en="change seed", zh="修改随机种子"))
def set_seed(experiment: Experiment, seed: int) -> Experiment:
    """Draw everything anew that is left to chance."""
    return experiment.with_(training=changed(experiment.training, "training", {"seed": seed}))


def _replaced(old: S, kind: str, specs: Mapping[str, type[S]], options: dict[str, object], place: str) -> S:
    """Another kind with what both know and what is given."""
    if kind not in specs:
        known = ONE_OF.filled(known=", ".join(specs))
        raise UserError(EXPECTED, place=f"{place}.kind", wanted=known, got=shown(kind))
    spec = specs[kind]
    kept = {name: value for name, value in msgspec.to_builtins(old).items() if name in spec.__struct_fields__}
    return built(spec, place, kept | options)
