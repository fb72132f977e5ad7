"""In which line of a lesson file something stands, so that a teacher finds a mistake at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
KEY = re.compile(r"\s*([\w\"'.-]+)\s*=")
IDENTITY = re.compile(r"\s*id\s*=\s*[\"']([^\"']+)[\"']")
PLACE = re.compile(r"^([\w.\[\]-]+)[:：]")
ENTRY = re.compile(r"[\w-]+(?:\[\d+\])*|\[\d+\]")


def line_of(source: str, place: str) -> int | None:
    """The line, from 1, of a place such as minutes, step[2].option[1].feedback or step.hand; None if unknown."""
    found, best = None, 0
    wanted = _parts(place)
    for line, parts in _places(source):
        common = _common(wanted, parts)
        if common > best:
            found, best = line, common
    return found


def named_place(words: str) -> str | None:
    """The place that an error begins with: step[0].ask: is missing → step[0].ask."""
    match = PLACE.match(words)
    return match[1] if match else None


def _places(source: str) -> Iterator[tuple[int, list[str]]]:
    """Every header and key with the way to it; a step can be named by its number or its id."""
    counts: dict[str, int] = {}
    table: list[str] = []
    for number, line in enumerate(source.splitlines(), 1):
        header, key, identity = HEADER.fullmatch(line.partition("#")[0].rstrip()), KEY.match(line), IDENTITY.match(line)
        if header is not None:
            table = _table(header[1] == "[[", header[2], counts)
            yield number, table
        elif key is not None:
            yield number, [*table, *key[1].strip("\"'").split(".")]
            if identity is not None and table and table[0].startswith("step") and len(table) == 1:
                yield number, ["step", identity[1]]


def _table(is_list: bool, name: str, counts: dict[str, int]) -> list[str]:
    """The way to a table; entries of lists are counted, anew below every new parent."""
    parts, way = name.split("."), list[str]()
    for depth, part in enumerate(parts):
        path = ".".join((*way, part))
        if is_list and depth == len(parts) - 1:
            for deeper in [key for key in counts if key.startswith(f"{path}[")]:
                counts.pop(deeper, None)
            counts[path] = counts.get(path, -1) + 1
        way.append(f"{part}[{counts[path]}]" if path in counts else part)
    return way


def _parts(place: str) -> list[str]:
    return ENTRY.findall(place)


def _common(wanted: list[str], parts: list[str]) -> int:
    """How many entries of the way agree from the start; 0 where the place goes elsewhere."""
    if len(parts) > len(wanted):
        return 0
    return len(parts) if all(a == b for a, b in zip(wanted, parts, strict=False)) else 0
