"""From bytes to plain data: JSON and TOML, with the place of whatever is broken."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping

import msgspec

from gradgui.document.explain import ELSEWHERE, EXPECTED, NUMBER, inside, shown
from gradgui.errors import UserError
from gradgui.text import Text, same

EMPTY = Text(en="the file is empty", zh="文件是空的")
NOT_UTF8 = Text(en="byte {byte}: this is not UTF-8 text", zh="第 {byte} 字节：不是 UTF-8 文本")
NOT_JSON = Text(en="line {line}, column {column}: {why}", zh="第 {line} 行第 {column} 列：{why}")
NOT_TOML = Text(en="this is not TOML: {why}", zh="不是合法的 TOML：{why}")
CUT_OFF = Text(en="the JSON ends too early", zh="JSON 没有写完")
BROKEN = Text(en="this is not JSON", zh="不是合法的 JSON")
EXTRA = Text(en="there is something after the end of the JSON", zh="JSON 结束之后还有内容")
BAD_TEXT = Text(en="a text contains half a character", zh="文字中含有不完整的字符")
TOO_DEEP = Text(en="lists and objects are nested too deeply", zh="列表和对象嵌套得太深")
TWICE = Text(en="this key stands here twice", zh="这个键出现了两次")
PLACE = "file"

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
DIGITS = 400
"""A longer whole number is no number that anybody means."""


class _Object(dict[str, object]):
    """A JSON object that remembers a key written twice."""

    repeated: str | None = None

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        if len(self) != len(pairs):
            names = [name for name, _ in pairs]
            self.repeated = next(name for place, name in enumerate(names) if name in names[:place])


def from_json(content: bytes) -> object:
    """The data in JSON; raises UserError naming line or place."""
    text = _text(content)
    try:
        raw: object = msgspec.json.decode(text)
    except RecursionError:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_DEEP) from None
    except (msgspec.DecodeError, UnicodeError, ValueError):
        raise UserError(_why_not(text) or ELSEWHERE.filled(place=PLACE, why=BROKEN)) from None
    trouble = _why_not(text) if _colons(text) != _keys(raw) else None
    if trouble is not None:
        raise UserError(trouble)
    return raw


def from_toml(content: bytes) -> object:
    """The data in TOML; raises UserError naming line or place."""
    try:
        raw = tomllib.loads(_text(content))
    except RecursionError:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_DEEP) from None
    except ValueError as error:
        raise UserError(NOT_TOML, why=same(str(error)[:120])) from None
    trouble = _trouble(raw)
    if trouble is not None:
        raise UserError(trouble)
    return raw


def _text(content: bytes) -> str:
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(NOT_UTF8, byte=error.start + 1) from None
    if not text.strip():
        raise UserError(ELSEWHERE, place=PLACE, why=EMPTY)
    return text


def _why_not(text: str) -> Text | None:
    """Read again, slowly, to find the place."""
    try:
        raw = json.loads(text, object_pairs_hook=_Object, parse_int=_whole, parse_float=float)
    except RecursionError:
        return ELSEWHERE.filled(place=PLACE, why=TOO_DEEP)
    except json.JSONDecodeError as error:
        why = CUT_OFF if error.pos >= len(text.rstrip()) else EXTRA if error.msg == "Extra data" else BROKEN
        return NOT_JSON.filled(line=error.lineno, column=error.colno, why=why)
    return _trouble(raw)


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= DIGITS else math.inf


def _trouble(raw: object) -> Text | None:
    """The first key written twice, number that is not finite, or text that cannot be written down."""
    for place, value in _walk(raw):
        if isinstance(value, _Object) and value.repeated is not None:
            return ELSEWHERE.filled(place=inside(place, value.repeated), why=TWICE)
        if isinstance(value, float) and not math.isfinite(value):
            return EXPECTED.filled(place=place or PLACE, wanted=NUMBER, got=shown(value))
        if isinstance(value, str) and not _is_whole(value):
            return ELSEWHERE.filled(place=place or PLACE, why=BAD_TEXT)
    return None


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _walk(raw: object) -> Iterator[tuple[str, object]]:
    """Every value with its place, in the order of the file."""
    waiting: list[tuple[str, object]] = [("", raw)]
    while waiting:
        place, value = waiting.pop()
        yield place, value
        if isinstance(value, Mapping):
            waiting += reversed([(inside(place, str(key)), item) for key, item in value.items()])
        elif isinstance(value, list) and not _are_finite(value):
            waiting += reversed([(inside(place, index), item) for index, item in enumerate(value)])


def _are_finite(row: list[object]) -> bool:
    """A quick look at long rows of numbers."""
    try:
        return math.isfinite(sum(msgspec.convert(row, list[float])))
    except (msgspec.ValidationError, OverflowError, UnicodeError):
        return False


def _colons(text: str) -> int:
    """How many keys are written down."""
    words: list[str] = STRING.findall(text)
    return text.count(":") - sum(word.count(":") for word in words)


def _keys(raw: object) -> int:
    """How many keys are left after reading; long rows of numbers are passed over."""
    count = 0
    waiting: list[object] = [raw]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            count += len(value)
            waiting += value.values()
        elif isinstance(value, list) and value and isinstance(value[0], dict | list):
            waiting += value
    return count
