"""From bytes to plain data: JSON and TOML, with the place of whatever is broken."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from gradgui.document.explain import ELSEWHERE, EXPECTED, NUMBER, inside, shown
from gradgui.errors import UserError
from gradgui.text import Text, same

EMPTY = Text(en="the file is empty", zh="文件是空的")
NOT_UTF8 = Text(en="byte {byte}: this is not UTF-8 text", zh="第 {byte} 字节：不是 UTF-8 文本")
NOT_JSON = Text(en="line {line}, column {column}: {why}", zh="第 {line} 行第 {column} 列：{why}")
NOT_TOML_HERE = Text(
    en="line {line}, column {column}: this is not TOML: {why}",
    zh="第 {line} 行第 {column} 列：这里不合 TOML 的写法（{why}）",
)
NOT_TOML = Text(en="this is not TOML: {why}", zh="不是合法的 TOML：{why}")
CUT_OFF = Text(en="the JSON ends too early", zh="JSON 没有写完")
BROKEN = Text(en="this is not JSON", zh="不是合法的 JSON")
EXTRA = Text(en="there is something after the end of the JSON", zh="JSON 结束之后还有内容")
BAD_TEXT = Text(en="a text contains half a character", zh="文字中含有不完整的字符")
TOO_DEEP = Text(en="lists and objects are nested too deeply", zh="列表和对象嵌套得太深")
TOO_LARGE_NUMBER = Text(en="a number is too large", zh="有一个数太大了")
TWICE = Text(en="this key stands here twice", zh="这个键出现了两次")
PLACE = "file"

TOO_MANY_KEYS = Text(
    en="there are more than {most} keys; no experiment has so many", zh="有 {most} 个以上的键；实验不会有这么多"
)
TOO_MANY_LISTS = Text(
    en="there are more than {most} lists; a table of so many rows belongs in a CSV file",
    zh="有 {most} 个以上的列表；这么多行的表格请放在 CSV 文件里",
)
TOO_MANY_VALUES = Text(
    en="there are more than {most} numbers; a table of so many belongs in a CSV file",
    zh="有 {most} 个以上的数；这么多的数请放在 CSV 文件里",
)

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
KEYS_AT_MOST, LISTS_AT_MOST, VALUES_AT_MOST = 100_000, 250_000, 2_500_000
KEY = re.compile(r'"\s*:')
ROW = re.compile(r"\[[\s\d.,eE+-]*\]")
"""A list of numbers; what stands in a text looks the same, which does no harm where it is used."""
LEVELS = 3
"""Rows within rows within rows, as in the weights of a layer."""
EXPONENT = re.compile(r"[eE]\+?\d{3,}")
NUMBER_BEFORE = re.compile(r"-?[\d.]+$")
LONG_NUMBER = re.compile(r"-?[\d.]{309,}")
BYTE = re.compile(r"\(byte (\d+)\)$")
PATIENCE = 20_000
"""Numbers looked at one by one before we give up on naming the place."""


class _Object(dict[str, object]):
    """A JSON object that remembers a key written twice."""

    repeated: str | None = None

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        if len(self) != len(pairs):
            self.repeated = _first_repeated([name for name, _ in pairs])


def from_json(content: bytes) -> object:
    """The data in JSON; raises UserError naming line or place. Of a key written twice the last one counts."""
    text = _text(content)
    _refuse_masses(text)
    try:
        raw: object = msgspec.json.decode(text)
    except RecursionError:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_DEEP) from None
    except (msgspec.DecodeError, UnicodeError, ValueError) as error:
        raise UserError(_why_not(text, str(error))) from None
    return raw


def refuse_repeated_keys(content: bytes) -> None:
    """Raise UserError with the place of the first key that is written twice; for JSON that is otherwise sound."""
    for place, value in _walk(_skeleton(_text(content))):
        if isinstance(value, _Object) and value.repeated is not None:
            raise UserError(ELSEWHERE, place=inside(place, value.repeated), why=TWICE)


def from_toml(content: bytes) -> object:
    """The data in TOML; raises UserError naming line or place."""
    try:
        raw = tomllib.loads(_text(content))
    except RecursionError:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_DEEP) from None
    except ValueError as error:
        place = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
        if place is None:
            raise UserError(NOT_TOML, why=same(str(error)[:120])) from None
        raise UserError(NOT_TOML_HERE, line=place[2], column=place[3], why=same(place[1][:120])) from None
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


def _refuse_masses(text: str) -> None:
    """Counting is quick: what is no experiment for its mere size is not read at all."""
    if text.count(":") > KEYS_AT_MOST and len(KEY.findall(text)) > KEYS_AT_MOST:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_MANY_KEYS.filled(most=f"{KEYS_AT_MOST:,}"))
    if text.count(",") > VALUES_AT_MOST:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_MANY_VALUES.filled(most=f"{VALUES_AT_MOST:,}"))
    if text.count("[") + text.count("{") > LISTS_AT_MOST + KEYS_AT_MOST:
        raise UserError(ELSEWHERE, place=PLACE, why=TOO_MANY_LISTS.filled(most=f"{LISTS_AT_MOST:,}"))


def _skeleton(text: str) -> object:
    """The same JSON with 0 in place of each list of numbers: quick to read with Python's own reader."""
    for _ in range(LEVELS):
        text, found = ROW.subn("0", text)
        if not found:
            break
    return json.loads(text, object_pairs_hook=_Object)


def _why_not(text: str, error: str) -> Text:
    """From what the reader says to the place: looks closer only where JSON itself has no word for what is wrong."""
    if "out of range" in error:
        return _strange_value(_with_infinity(text)) or ELSEWHERE.filled(place=PLACE, why=TOO_LARGE_NUMBER)
    at = _byte(text, error)
    strange = text[max(at - 1, 0) : at + 3] if at < len(text) else ""
    if "NaN" in strange or "Inf" in text[at : at + 3] or ("\\ud" in text or "\\uD" in text):
        found = _strange_value(text)
        if found is not None:
            return found
    return _broken(text, error, at)


def _strange_value(text: str) -> Text | None:
    """The place of a number that is not finite, or of a text that cannot be written down."""
    try:
        return _trouble(_skeleton(text))
    except RecursionError:
        return ELSEWHERE.filled(place=PLACE, why=TOO_DEEP)
    except ValueError:
        return None


def _with_infinity(text: str) -> str:
    """The same with Infinity in place of the first number that is too large."""
    for exponent in islice(EXPONENT.finditer(text), PATIENCE):
        before = NUMBER_BEFORE.search(text, max(exponent.start() - 400, 0), exponent.start())
        if before is not None and _overflows(before[0] + exponent[0]):
            sign = "-" if before[0].startswith("-") else ""
            return f"{text[: before.start()]}{sign}Infinity{text[exponent.end() :]}"
    long = next((part for part in text.split(",") if len(part) > 308 and LONG_NUMBER.search(part)), None)
    return text if long is None else text.replace(long, LONG_NUMBER.sub("Infinity", long, count=1), 1)


def _overflows(number: str) -> bool:
    try:
        return not math.isfinite(float(number))
    except ValueError:
        return False


def _byte(text: str, error: str) -> int:
    """Where in the text the reader stumbled; its end if it does not say."""
    found = BYTE.search(error)
    if found is None:
        return len(text)
    return int(found[1]) if text.isascii() else len(text.encode()[: int(found[1])].decode(errors="replace"))


def _broken(text: str, error: str, at: int) -> Text:
    """Where the JSON stops making sense."""
    why = EXTRA if "trailing characters" in error else CUT_OFF if at >= len(text.rstrip()) else BROKEN
    line = text.count("\n", 0, at) + 1
    return NOT_JSON.filled(line=line, column=at - text.rfind("\n", 0, at), why=why)


def _trouble(raw: object) -> Text | None:
    """The first number that is not finite, or text that cannot be written down."""
    for place, value in _walk(raw):
        if isinstance(value, float) and not math.isfinite(value):
            return EXPECTED.filled(place=place or PLACE, wanted=NUMBER, got=shown(value))
        if isinstance(value, str) and not _is_whole(value):
            return ELSEWHERE.filled(place=place or PLACE, why=BAD_TEXT)
    return None


def _first_repeated(names: list[str]) -> str:
    seen = set()
    for name in names:
        if name in seen:
            break
        seen.add(name)
    return name


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
    """A quick look at long rows of numbers, or of words."""
    try:
        kinds = set(map(type, row))
        if kinds == {str}:
            return _is_whole("".join(map(str, row)))
        return kinds <= {int, float} and math.isfinite(sum(msgspec.convert(row, list[float])))
    except (msgspec.ValidationError, OverflowError, UnicodeError):
        return False
