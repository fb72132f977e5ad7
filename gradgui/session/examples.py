"""The experiments that come with the program, in the order of the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from gradgui import resources
from gradgui.text import Text, same

GALLERY = "gallery.toml"


class _Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    en: str
    zh: str


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    cards: tuple[_Card, ...]


class _Gallery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[_Group, ...]


class _Titled(msgspec.Struct, frozen=True):
    """All that a gallery needs of an experiment; reading the whole of each would delay the start."""

    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """One example as the gallery shows it."""

    id: str
    title: Text
    about: Text
    """One sentence."""


@dataclass(frozen=True, slots=True)
class TemplateGroup:
    """Examples that belong together."""

    title: Text
    templates: tuple[Template, ...]


@cache
def gallery() -> tuple[TemplateGroup, ...]:
    """Every example, in groups."""
    found = msgspec.toml.decode(resources.path("examples", GALLERY).read_bytes(), type=_Gallery)
    return tuple(TemplateGroup(group.title, tuple(_template(card) for card in group.cards)) for group in found.groups)


def examples() -> list[tuple[str, Text]]:
    """(id, title) of every example, in the order of the gallery."""
    return [(template.id, template.title) for group in gallery() for template in group.templates]


def example_path(name: str) -> Path:
    """The file of one example."""
    return resources.path("examples", f"{name}.gradgui")


def is_example(path: Path) -> bool:
    """Whether a file came with the program: it is a template, and is never saved over."""
    return path.absolute().parent == resources.path("examples").absolute()


def _template(card: _Card) -> Template:
    found = msgspec.json.decode(example_path(card.id).read_bytes(), type=_Titled)
    return Template(card.id, found.title or same(card.id), Text(en=card.en, zh=card.zh))
