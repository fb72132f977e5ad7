"""Files of every kind, made by lot: what is written is read again, and nothing else gets through."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gradgui.catalog.datasets._csv_columns import MISSING, NumberColumn, TextColumn
from gradgui.catalog.datasets._csv_layout import Layout, number
from gradgui.catalog.datasets._csv_reader import preview, read_table
from gradgui.catalog.datasets.csv import CsvSpec, Standardise, TargetType
from gradgui.errors import UserError
from gradgui.text import Text

Done = TypeVar("Done")

FINITE = st.floats(-1e100, 1e100, allow_nan=False)
LETTERS = st.characters(codec="gb18030", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufeff")
WORDS = st.text(LETTERS | st.sampled_from(' ,;\t|"\n'), min_size=1, max_size=8).filter(
    lambda word: word == word.strip() and word.casefold() not in MISSING and number(word) is None
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
HOSTILE = st.text(st.sampled_from("01.,;\t|\"' \n\r-+eEna_∞−x:=\ufeff\u2028\x00"), max_size=60)


def written(rows: list[list[str]], delimiter: str, quoting: int) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def file_with(content: bytes, folder: str) -> Path:
    path = Path(folder) / "t.csv"
    path.write_bytes(content)
    return path


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(FINITE, FINITE, WORDS), min_size=1, max_size=12),
    st.sampled_from(",;\t|"),
    st.sampled_from(ENCODINGS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_is_read_bit_for_bit(
    rows: list[tuple[float, float, str]], delimiter: str, encoding: str, quoting: int
) -> None:
    text = written([["甲", "b", "词"], *[[repr(a), repr(b), c] for a, b, c in rows]], delimiter, quoting)
    layout = Layout("gb18030" if encoding == "gb18030" else "auto", delimiter, "yes", ".")  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        table = read_table(file_with(text.encode(encoding), folder), layout)
    first, second, words = table.columns
    assert isinstance(first, NumberColumn)
    assert isinstance(second, NumberColumn)
    assert isinstance(words, TextColumn)
    assert first.values.tolist() == [a for a, _, _ in rows]
    assert second.values.tolist() == [b for _, b, _ in rows]
    assert [words.words[code] for code in words.codes] == [c for _, _, c in rows]
    assert [column.name for column in table.columns] == ["甲", "b", "词"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(FINITE, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(ENCODINGS),
    st.booleans(),
)
def test_the_layout_of_numbers_is_guessed_right(
    rows: list[list[float]], delimiter: str, encoding: str, header: bool
) -> None:
    names = [["面积", "b", "c"]] if header else []
    text = written([*names, *[[repr(value) for value in row] for row in rows]], delimiter, csv.QUOTE_MINIMAL)
    with tempfile.TemporaryDirectory() as folder:
        file_with(text.encode(encoding), folder)
        examples = CsvSpec(path="t.csv").load(Path(folder))
    assert examples.y is not None
    assert np.hstack([examples.x, examples.y]).tolist() == rows
    assert examples.names == (("面积", "b") if header else ("x1", "x2"))


def done_or_refused(work: Callable[[], Done]) -> Done | Text:
    """What the work gives, or the sentence that refuses it; anything else is a failure."""
    try:
        return work()
    except UserError as refused:
        return refused.text


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=80) | HOSTILE.map(lambda text: text.encode()) | HOSTILE.map(lambda text: text.encode("utf-16")),
    st.sampled_from(["none", "both"]),
    st.sampled_from(["auto", "number", "class"]),
    st.sampled_from([0.0, 0.5]),
)
def test_whatever_a_file_holds_it_is_understood_or_refused_in_a_sentence(
    content: bytes, standardise: Standardise, target_type: TargetType, test_fraction: float
) -> None:
    spec = CsvSpec(path="t.csv", standardise=standardise, target_type=target_type, test_fraction=test_fraction)
    with tempfile.TemporaryDirectory() as folder:
        file_with(content, folder)
        examples = done_or_refused(lambda: spec.load(Path(folder)))
    if isinstance(examples, Text):
        assert examples.en.startswith("t.csv: ")
        assert examples.zh.startswith("t.csv：")
        return
    answers = examples.labels if examples.y is None else examples.y
    assert answers is not None
    assert np.isfinite(answers).all()
    assert np.isfinite(examples.x).all()
    assert examples.x.shape == (len(answers), len(examples.names))
    assert examples.test < len(examples.x)


@settings(max_examples=100, deadline=None)
@given(HOSTILE)
def test_a_preview_shows_whatever_can_be_shown(content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = file_with(content.encode(), folder)
        seen = done_or_refused(lambda: preview(path))
    if isinstance(seen, Text):
        assert seen.en.startswith("t.csv: ")
        return
    assert len(seen.names) == len(seen.numeric) == len(seen.rows[0])
    assert seen.count >= len(seen.rows)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_no_path_leads_out_of_the_folder(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "inside"
        inside.mkdir()
        assert isinstance(done_or_refused(lambda: CsvSpec(path=path).load(inside)), Text)
