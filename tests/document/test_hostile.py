"""No file, however broken, gets more than a sentence out of us."""

from __future__ import annotations

import copy
import random
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradgui.document.compile import compile_experiment
from gradgui.document.file import decode
from gradgui.errors import UserError
from tests.document.samples import Raw, everything, written

REFUSED_WITHIN_S = 0.2

HOSTILE: list[object] = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, -(10**20), 0.5, 1e308, -1e-320, "", "x", "L1", "L99999999999",
    "W[9,9]", "b[0]", "\0", "\ud83d\ude00", "a" * 10_000, "__import__('os')", [], [[]], {}, [{}], {"kind": "dense"},
    {"kind": None}, {"kind": []}, {"en": 1}, [1, 2], [[1, 2], [3]], "dense", "conv2d", "concat", "softmax", "bce",
]  # fmt: skip
TOKENS = [
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"1" * 5000, b"[" * 3000, b'{"a":' * 3000, b"\xff\xfe",
    b"\x00", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"\xed\xa0\x80", b'"\\ud800"', b"//", b"0x10",
]  # fmt: skip


def places(raw: object) -> list[tuple[object, str | int]]:
    """Every entry of every list and object, with what holds it."""
    found: list[tuple[object, str | int]] = []
    waiting = [raw]
    while waiting:
        holder = waiting.pop()
        keys: list[str | int] = list(holder) if isinstance(holder, dict) else []
        keys = list(range(len(holder))) if isinstance(holder, list) else keys
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])  # type: ignore[index]
    return found


def hostile(rng: random.Random) -> object:
    """A fresh one: shared lists would end up inside themselves."""
    return copy.deepcopy(rng.choice(HOSTILE))


def replace(raw: Raw, rng: random.Random) -> None:
    holder, key = rng.choice(places(raw))
    holder[key] = hostile(rng)  # type: ignore[index]


def drop(raw: Raw, rng: random.Random) -> None:
    holder, key = rng.choice(places(raw))
    del holder[key]  # type: ignore[attr-defined]


def swap(raw: Raw, rng: random.Random) -> None:
    (one, a), (two, b) = rng.choice(places(raw)), rng.choice(places(raw))
    one[a] = copy.deepcopy(two[b])  # type: ignore[index]


def add(raw: Raw, rng: random.Random) -> None:
    holders = [raw, *(holder[key] for holder, key in places(raw) if isinstance(holder[key], dict))]  # type: ignore[index]
    rng.choice(holders)[rng.choice(["W", "kind", "units", "x", "frozen", "rate", "extra"])] = hostile(rng)


CHANGES: list[Callable[[Raw, random.Random], None]] = [replace, replace, drop, swap, add]


def mutated(seed: int) -> bytes:
    """An experiment that was damaged in a few ways, as data and then as bytes."""
    rng = random.Random(seed)
    raw = everything()
    for _ in range(rng.choice([0, 1, 1, 1, 2, 5])):
        rng.choice(CHANGES)(raw, rng)
        if not places(raw):
            break
    content = written(raw)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 3])):
        content = damaged(content, rng)
    return content


def damaged(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    end = min(len(content), start + rng.choice([0, 0, 1, 3, 20, 10**6]))
    middle = rng.choice([b"", rng.choice(TOKENS), content[start:end] * 2, rng.randbytes(3)])
    return content[:start] + middle + content[end:]


def try_to_open(content: bytes) -> None:
    """Open and build it; a refusal is quick, names something and speaks both languages."""
    began = time.process_time()
    try:
        compile_experiment(decode(content))
    except UserError as refused:
        assert time.process_time() - began < REFUSED_WITHIN_S
        for sentence in (refused.text.en, refused.text.zh):
            assert 3 < len(sentence) < 1000
            assert not re.search(r"\{(place|why|got|known|wanted|low|high)\}", sentence)


EVERYDAY = settings(max_examples=300, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=10_000, suppress_health_check=list(HealthCheck))


@EVERYDAY
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_opened_or_refused_in_a_sentence(seed: int) -> None:
    try_to_open(mutated(seed))


@pytest.mark.long
@pytest.mark.timeout(1800)
@LONG
@given(st.integers(0, 2**32))
def test_ten_thousand_damaged_files_are_opened_or_refused_in_a_sentence(seed: int) -> None:
    try_to_open(mutated(seed))


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UserError):
        decode(content)


@settings(max_examples=100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    )
)
def test_any_json_is_refused_in_a_sentence(raw: object) -> None:
    with pytest.raises(UserError):
        decode(written(raw))
