"""Edits of the links beyond the chain."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gradgui.document.edits.edit import edit
from gradgui.document.experiment import Experiment, Link
from gradgui.document.rules import layer_name, layer_number
from gradgui.engine.network import INPUT
from gradgui.text import Text


@edit(Text(en="add link", zh="添加连线"))
def add_link(experiment: Experiment, source: int, target: int, how: str = "add") -> Experiment:
    """Let the output of layer `source` (−1 for the input) also feed the later layer `target`; how: add or concat."""
    link = Link(layer_name(source), layer_name(target), "concat" if how == "concat" else "add")
    return _with_links(experiment, (*experiment.network.links, link))


@edit(Text(en="delete link", zh="删除连线"))
def remove_link(experiment: Experiment, source: int, target: int) -> Experiment:
    """Take a link away; nothing happens if there is none."""
    ends = layer_name(source), layer_name(target)
    kept = tuple(link for link in experiment.network.links if (link.source, link.target) != ends)
    return _with_links(experiment, kept)


def renumbered(experiment: Experiment, place: Callable[[int], int | None]) -> Experiment:
    """Links follow their layers; `place` gives a layer's new number, None if it is gone.

    A link that no longer skips a layer, or would point backwards, is dropped.
    """
    links = (_moved(link, place) for link in experiment.network.links)
    return _with_links(experiment, tuple(link for link in links if link is not None))


def _moved(link: Link, place: Callable[[int], int | None]) -> Link | None:
    old_source, old_target = layer_number(link.source), layer_number(link.target)
    if old_source is None or old_target is None:
        return None
    source, target = INPUT if old_source == INPUT else place(old_source), place(old_target)
    if source is None or target is None or source >= target - 1:
        return None
    return Link(layer_name(source), layer_name(target), link.how)


def _with_links(experiment: Experiment, links: tuple[Link, ...]) -> Experiment:
    return experiment.with_(network=msgspec.structs.replace(experiment.network, links=links))
