"""Says what is wrong with data that is no experiment: where, what was expected, and what is there instead."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import cast

import msgspec
from msgspec import inspect

from gradgui.text import Text, same

EXPECTED = Text(en="{place}: expected {wanted}, got {got}", zh="{place}：应为{wanted}，实际为 {got}")
UNKNOWN_KEY = Text(
    en="{place}: there is no such key here; there are {known}", zh="{place}：这里没有这个键；可用的键有 {known}"
)
UNKNOWN_KIND = Text(
    en="{place}: there is no kind called {got}; there are {known}",
    zh="{place}：没有名为 {got} 的种类；可用的有 {known}",
)
MISSING = Text(en="{place}: is missing; expected {wanted}", zh="{place}：缺少；应为{wanted}")
ELSEWHERE = Text(en="{place}: {why}", zh="{place}：{why}")

WHOLE = Text(en="a whole number", zh="整数")
WHOLE_FROM_TO = Text(en="a whole number from {low} to {high}", zh=" {low} 到 {high} 的整数")
NUMBER = Text(en="a finite number", zh="有限的数")
NUMBER_FROM_TO = Text(en="a number from {low} to {high}", zh=" {low} 到 {high} 的数")
TRUTH = Text(en="true or false", zh=" true 或 false")
WORDS = Text(en="text", zh="文字")
LIST = Text(en="a list", zh="列表")
OBJECT = Text(en="an object", zh="对象")
ONE_OF = Text(en="one of {known}", zh="以下之一：{known}")
KIND_OF = Text(en="an object with a kind", zh="带有 kind 的对象")
SOMETHING_ELSE = Text(en="something else", zh="别的内容")

Parent = Mapping[str, object]
FEW = 8
"""Shorter lists are looked at one by one."""
FIRST_INDEX = re.compile(r"at `\$\[(\d+)\]")


def problem(raw: object, shape: inspect.Type, place: str = "") -> Text | None:
    """The first thing in `raw` that does not have this shape, in the order of the file; None if all is well.

    `raw` is what JSON or TOML gives: dicts, lists, strings, numbers, booleans and None.
    """
    shape = _bare(shape)
    if isinstance(shape, inspect.UnionType):
        return _in_union(raw, shape, place)
    if isinstance(shape, inspect.StructType):
        return _in_struct(raw, shape, place)
    if isinstance(shape, inspect.VarTupleType):
        return _in_list(raw, shape, place)
    if _matches(raw, shape):
        return None
    return EXPECTED.filled(place=place, wanted=wanted(shape), got=shown(raw))


def wanted(shape: inspect.Type) -> Text:
    """What a shape asks for, in words."""
    shape = _bare(shape)
    if isinstance(shape, inspect.IntType):
        return _range(shape.ge, shape.le, WHOLE, WHOLE_FROM_TO)
    if isinstance(shape, inspect.FloatType):
        return _range(shape.ge, shape.le, NUMBER, NUMBER_FROM_TO)
    if isinstance(shape, inspect.LiteralType):
        return ONE_OF.filled(known=", ".join(map(str, shape.values)))
    if isinstance(shape, inspect.UnionType):
        choices = _without_none(shape)
        return wanted(choices[0]) if len(choices) == 1 else KIND_OF
    return NAMES.get(type(shape), SOMETHING_ELSE)


NAMES: dict[type[inspect.Type], Text] = {
    inspect.BoolType: TRUTH,
    inspect.StrType: WORDS,
    inspect.VarTupleType: LIST,
    inspect.StructType: OBJECT,
}


def shown(raw: object) -> Text:
    """A value as it stands in a file, shortened."""
    if isinstance(raw, Mapping):
        return OBJECT
    if isinstance(raw, list | tuple):
        return LIST
    if isinstance(raw, float) and not math.isfinite(raw):
        return same("NaN" if math.isnan(raw) else "Infinity" if raw > 0 else "-Infinity")
    words = _literal(raw)
    return same(words if len(words) <= 40 else words[:37] + "…")


def inside(place: str, key: str | int) -> str:
    """The place of an entry: network.layers[2].units."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    plain = key if key.isprintable() and len(key) <= 60 else ascii(key[:60])
    return f"{place}.{plain}" if place else plain


def _literal(raw: object) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) >= 10**15:
        return f"{raw:.3e}" if abs(raw) < 10**300 else SOMETHING_ELSE.en
    if isinstance(raw, str | bool | int | float) or raw is None:
        return msgspec.json.encode(raw if not isinstance(raw, str) else raw[:60]).decode()
    return type(raw).__name__


def _bare(shape: inspect.Type) -> inspect.Type:
    """Without labels."""
    while isinstance(shape, inspect.Metadata):
        shape = shape.type
    return shape


def _range(low: float | None, high: float | None, any_number: Text, from_to: Text) -> Text:
    if low is None or high is None:
        return any_number
    return from_to.filled(low=f"{low:.10g}", high=f"{high:.10g}")


# ── Single values ────────────────────────────────────────────────────────────────────────────────


def _matches(raw: object, shape: inspect.Type) -> bool:
    if isinstance(shape, inspect.IntType):
        return isinstance(raw, int) and not isinstance(raw, bool) and _within(raw, shape.ge, shape.le)
    if isinstance(shape, inspect.FloatType):
        return _is_number(raw) and _within(cast("float", raw), shape.ge, shape.le)
    if isinstance(shape, inspect.LiteralType):
        return isinstance(raw, str | int) and raw in shape.values
    plain = {inspect.BoolType: bool, inspect.StrType: str, inspect.NoneType: type(None)}
    return isinstance(raw, plain.get(type(shape), object))


def _is_number(raw: object) -> bool:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return False
    try:
        return math.isfinite(raw)
    except OverflowError:
        return False


def _within(number: float, low: float | None, high: float | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


# ── Lists, objects and kinds ─────────────────────────────────────────────────────────────────────


def _in_list(raw: object, shape: inspect.VarTupleType, place: str) -> Text | None:
    if not isinstance(raw, list | tuple):
        return EXPECTED.filled(place=place, wanted=LIST, got=shown(raw))
    for index in range(_first_suspect(raw, shape.item_type), len(raw)):
        item = raw[index]
        found = problem(item, shape.item_type, inside(place, index))
        if found is not None:
            return found
    return None


def _first_suspect(raw: Sequence[object], item: inspect.Type) -> int:
    """A quick look at long lists: all entries before this one are sound. What is not finite has been refused before."""
    quick = _quick_type(item)
    if quick is None or len(raw) < FEW:
        return 0
    try:
        msgspec.convert(raw, quick)
    except (msgspec.ValidationError, OverflowError, UnicodeError) as error:
        found = FIRST_INDEX.search(str(error))
        return int(found[1]) if found else 0
    return len(raw)


def _quick_type(item: inspect.Type) -> type | None:
    """What such a list is for msgspec, for the lists that can be long."""
    item = _bare(item)
    if isinstance(item, inspect.FloatType) and item.ge is None and item.le is None:
        return list[float]
    if isinstance(item, inspect.StrType):
        return list[str]
    if isinstance(item, inspect.VarTupleType) and _quick_type(item.item_type) == list[float]:
        return list[list[float]]
    return None


def _in_struct(raw: object, shape: inspect.StructType, place: str) -> Text | None:
    if not isinstance(raw, Mapping):
        return EXPECTED.filled(place=place or "file", wanted=OBJECT, got=shown(raw))
    fields = {field.encode_name: field for field in shape.fields}
    known = [*([shape.tag_field] if shape.tag_field else []), *fields]
    for key, value in cast("Parent", raw).items():
        if key == shape.tag_field:
            continue
        if key not in fields:
            return UNKNOWN_KEY.filled(place=inside(place, key), known=", ".join(known))
        found = problem(value, fields[key].type, inside(place, key))
        if found is not None:
            return found
    absent = next((field for name, field in fields.items() if field.required and name not in raw), None)
    if absent is None:
        return None
    return MISSING.filled(place=inside(place, absent.encode_name), wanted=wanted(absent.type))


def _in_union(raw: object, shape: inspect.UnionType, place: str) -> Text | None:
    choices = _without_none(shape)
    if raw is None and len(choices) < len(shape.types):
        return None
    if len(choices) == 1:
        return problem(raw, choices[0], place)
    return _in_kinds(raw, [choice for choice in choices if isinstance(choice, inspect.StructType)], place)


def _in_kinds(raw: object, kinds: Sequence[inspect.StructType], place: str) -> Text | None:
    """One of several objects, told apart by their tag."""
    if not isinstance(raw, Mapping):
        return EXPECTED.filled(place=place, wanted=KIND_OF, got=shown(raw))
    field = kinds[0].tag_field or "kind"
    known = ", ".join(str(kind.tag) for kind in kinds)
    if field not in raw:
        return MISSING.filled(place=inside(place, field), wanted=ONE_OF.filled(known=known))
    chosen = next((kind for kind in kinds if kind.tag == raw[field]), None)
    if chosen is None:
        return UNKNOWN_KIND.filled(place=inside(place, field), got=shown(raw[field]), known=known)
    return problem(raw, chosen, place)


def _without_none(shape: inspect.UnionType) -> list[inspect.Type]:
    return [_bare(choice) for choice in shape.types if not isinstance(_bare(choice), inspect.NoneType)]
