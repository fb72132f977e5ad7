"""Reading and writing experiments: strict, so that what opens is sound, and polite where something is wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
from msgspec import inspect

from gradgui.document.disk import LARGEST, read_bytes, write_bytes
from gradgui.document.experiment import FORMAT, VERSION, Experiment
from gradgui.document.explain import ELSEWHERE, EXPECTED, OBJECT, problem, shown
from gradgui.document.migrate import migrated
from gradgui.document.reading import PLACE, from_json, from_toml, refuse_repeated_keys
from gradgui.document.rules import check
from gradgui.errors import UserError
from gradgui.text import Text, same

CANNOT_READ = Text(en="{path} cannot be opened: {why}.", zh="无法打开 {path}：{why}。")
IN_FILE = Text(en="{path}: {why}", zh="{path}：{why}")
TOO_LARGE = Text(
    en="The experiment would take {size} MB; {limit} MB is the most.", zh="这个实验有 {size} MB；最多 {limit} MB。"
)
ROW = re.compile(rb"\[\n\s*([-+0-9.eE,\s]+?)\s*\]")
NOT_OURS = Text(en="this is no gradgui experiment; expected {format}", zh="不是 gradgui 实验；应为 {format}")


def read(path: Path) -> Experiment:
    """The experiment in a file; raises UserError naming the file, the place and the reason."""
    try:
        content = read_bytes(path)
    except UserError as error:
        raise UserError(CANNOT_READ, path=path, why=error.text) from None
    try:
        return decode(content)
    except UserError as error:
        raise UserError(IN_FILE, path=path, why=error.text) from None


def write(path: Path, experiment: Experiment) -> None:
    """Save as a whole or not at all; raises UserError naming the file and the reason."""
    write_bytes(path, encode(experiment))


def decode(content: bytes) -> Experiment:
    """The experiment in JSON; raises UserError naming place and reason."""
    experiment = from_data(from_json(content), embedded=False)
    refuse_repeated_keys(content)
    return experiment


def decode_toml(content: bytes) -> Experiment:
    """The experiment in TOML, with the same keys."""
    return from_data(from_toml(content))


def from_data(raw: object, *, embedded: bool = True) -> Experiment:
    """The experiment in plain data; embedded in another file, such as a lesson, format and version may be left out.

    Raises UserError naming place and reason.
    """
    if not isinstance(raw, dict):
        raise UserError(EXPECTED, place=PLACE, wanted=OBJECT, got=shown(raw))
    if raw.get("format", FORMAT) != FORMAT:
        raise UserError(ELSEWHERE, place="format", why=NOT_OURS.filled(format=FORMAT))
    if embedded:
        raw = {"format": FORMAT, "version": VERSION} | raw
    raw = migrated(raw)
    try:
        experiment = msgspec.convert(raw, Experiment)
    except (msgspec.ValidationError, RecursionError, OverflowError) as error:
        found = problem(raw, _shape())
        raise UserError(found or same(str(error))) from None
    check(experiment)
    return experiment


def encode(experiment: Experiment) -> bytes:
    """JSON, two spaces deep, rows of numbers on one line each; raises UserError if nobody could open it again."""
    compact = msgspec.json.encode(experiment)
    content = ROW.sub(_on_one_line, msgspec.json.format(compact, indent=2)) + b"\n"
    if len(content) > LARGEST:
        raise UserError(TOO_LARGE, size=f"{len(content) / 2**20:.1f}", limit=LARGEST // 2**20)
    return content


def _on_one_line(row: re.Match[bytes]) -> bytes:
    return b"[" + b", ".join(number.strip() for number in row[1].split(b",")) + b"]"


@cache
def _shape() -> inspect.Type:
    return inspect.type_info(Experiment)
