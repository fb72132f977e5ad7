"""The language of formulas and conditions."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradgui.errors import UserError
from gradgui.expressions import Function, Value, parse
from gradgui.text import Text


def refuse(name: str) -> float:
    raise UserError(Text(en="No {name}.", zh="没有 {name}。"), name=name)


NAMES: dict[str, Value | Function] = {
    "x": 3.0,
    "column": np.array([1.0, 2.0, 3.0]),
    "table": np.array([[1.0, -2.0], [3.0, 4.0]]),
    "history": {"loss": np.array([2.0, 1.0])},
    "label": "sgd",
    "grad": lambda name: refuse(name) if name != "b" else np.array([5.0]),
    "big": np.zeros(60_000),
    "wide": np.zeros((1, 60_000)),
    "tall": np.zeros((60_000, 1)),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3 - 4 / 8", 6.5),
        ("7 // 2 + 7 % 4", 6.0),
        ("2 ** -1", 0.5),
        ("-x + +x", 0.0),
        ("table[1][0]", 3.0),
        ("history['loss'][1]", 1.0),
        ("range(4)[3]", 3),
        ("1 / 0", np.inf),
        ("pi - π", 0.0),
        ("min(x, 4) + max(1, 2, x) + max(column)", 9.0),
        ("sum(column) + len(column) + abs(-2)", 11.0),
        ("norm(column[0]) + floor(2.5) + sign(-x)", 2.0),
        ("5 if x > 2 else 6", 5),
        ("5 if x > 4 else 6", 6),
        ("−2 × （3）", -6.0),
        ("99999999999999999999 > 9", True),
        ("1 < x < 4", True),
        ("1 < x < 2 < 3", False),
        ("1 != 1", False),
        ("label == 'sgd' and label != 'adam'", True),
        ("list(table[0]) == [1, -2]", True),
        ("list(table[0]) != (1, -2)", False),
        ("not x", False),
        ("x > 5 or x > 2", True),
        ("x > 5 and 1 / 0", False),
        ("near(x, 3.0000001) and not near(x, 3.1) and near(x, 3.1, 0.2)", True),
        ("all(table[i][0] > 0 for i in range(2))", True),
        ("any(v < 0 for row in [table[0], table[1]] for v in row)", True),
        ("sum([i * j for i in range(3) for j in range(3) if j > i])", 2.0),
        ("sum(v for v in column)", 6.0),
        ("grad('b')[0]", 5.0),
        ("near(value=x, target=3)", True),
    ],
)
def test_an_expression_comes_to_its_value(source: str, expected: object) -> None:
    assert parse(source).evaluate(NAMES) == expected


def test_columns_are_computed_entry_by_entry() -> None:
    def column(source: str) -> list[float]:
        return parse(source).column(NAMES, 3).tolist()

    assert column("sin(column) ** 2 + cos(column) ** 2") == pytest.approx([1.0, 1.0, 1.0])
    assert column("2") == [2.0, 2.0, 2.0]
    assert column("(column > 1 and column < 3) * 7") == [0.0, 7.0, 0.0]
    assert column("1 < column <= 3 or column == 1") == [1.0, 1.0, 1.0]
    assert column("not column == 2") == [1.0, 0.0, 1.0]
    assert column("column if column > 1 else -column") == [-1.0, 2.0, 3.0]
    assert column("max(column, 2)") == [2.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("source", "column", "why"),
    [
        ("1 +", 4, "cannot be read"),
        ("", 1, "cannot be read"),
        ("a := 3", 3, "cannot be read"),
        ("x ^ 2", 1, "a power is written **"),
        ("1 + x.real", 5, "Attribute does not exist"),
        ("(lambda: 1)()", 1, "only functions with a name"),
        ("near(**x)", 6, "** cannot stand here"),
        ("near(*x)", 6, "Starred does not exist"),
        ("~x", 1, "Invert|UnaryOp"),
        ("{1}", 1, "Set does not exist"),
        ("f'{x}'", 1, "JoinedStr does not exist"),
        ("x is x", 1, "Is does not exist"),
        ("None", 1, "only numbers and texts"),
        ("2j + 1", 1, "only numbers and texts"),
        ("all(i for i, j in x)", 1, "one name"),
        ("all(i for i in x)", 4, "a list"),
        ("__import__('os')", 1, "there is no __import__"),
        ("1 + colum", 5, "perhaps column is meant"),
        ("zzzzzz", 1, "there is no zzzzzz"),
        ("'梯度' == label or y", 18, "there is no y"),
        ("len", 1, "is a function"),
        ("x(1)", 1, "is no function"),
        ("'a' * 10", 1, "a number is needed"),
        ("-'a'", 1, "a number is needed"),
        ("abs('a')", 1, "a number is needed"),
        ("1 < 'a'", 1, "only numbers can be larger"),
        ("column and x", 1, ""),
        ("x[0]", 1, "takes one whole number"),
        ("column['a']", 1, "takes one whole number"),
        ("table[0, 1]", 1, "takes one whole number"),
        ("column[0.5]", 1, "a whole number is needed"),
        ("column[column]", 1, "a whole number is needed"),
        ("column[9]", 1, "there is no [9.0]|there is no [9]"),
        ("history['z']", 1, "there is no [z]"),
        ("[1, 2] and x", 1, "a condition needs"),
        ("not [1, 2]", 5, "a condition needs"),
        ("5 if table[0] == (1, -2) and history else 6", 30, "a condition needs"),
        ("column + table", 1, "different lengths"),
        ("wide * tall", 1, "more than 1000000 numbers"),
        ("range(2000)", 1, "limited to 1000"),
        ("len(x)", 1, "cannot take these values"),
        ("near(1)", 1, "cannot take these values"),
        ("grad('c')", 1, "No c"),
    ],
)
def test_trouble_names_column_and_reason(source: str, column: int, why: str) -> None:
    if why == "":
        assert np.array_equal(np.asarray(parse(source).evaluate(NAMES)), [True, True, True])
        return
    with pytest.raises(UserError) as caught:
        parse(source).evaluate(NAMES)
    assert f"column {column}:" in str(caught.value)
    assert any(part in str(caught.value) for part in why.split("|"))
    assert f"第 {column} 列" in caught.value.text.zh


def test_a_condition_over_many_numbers_is_refused() -> None:
    assert parse("x > 1").truth(NAMES)
    with pytest.raises(UserError, match="a condition needs"):
        parse("column > 1").truth(NAMES)


def test_a_formula_must_give_a_column() -> None:
    for source in ("'a'", "table"):
        with pytest.raises(UserError, match="no column of numbers"):
            parse(source).column(NAMES, 3)


@pytest.mark.parametrize(
    "source",
    ["1" * 501, "+".join("1" * 200), "-" * 60 + "1", "1" + "**9" * 30, f"[{','.join('a' * 240)}]"],
)
def test_what_is_too_long_or_too_deep_is_refused(source: str) -> None:
    with pytest.raises(UserError):
        parse(source)


@pytest.mark.parametrize(
    "source",
    [
        "sum(i for i in range(1000) for j in range(1000))",
        "[range(1000) for i in range(1000) for j in range(1000)]",
        "[big * 2 for i in range(1000) for j in range(1000)]",
    ],
)
def test_no_expression_can_hang(source: str) -> None:
    with pytest.raises(UserError, match="too long"):
        parse(source).evaluate(NAMES)


def test_towers_of_powers_are_only_large_numbers() -> None:
    assert parse("9 ** 9 ** 9 ** 9").evaluate({}) == np.inf


def test_unknown_names_are_found_before_anything_runs() -> None:
    assert parse("norm(grad) + sum(i for i in range(3)) + e").names() == {"grad"}
    parse("grad + i", ["grad", "i"])
    with pytest.raises(UserError, match="column 8: there is no grda; perhaps grad is meant"):
        parse("norm(2*grda)", ["grad"])


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_a_kind_error(source: str) -> None:
    with suppress(UserError):
        parse(source).evaluate(NAMES)
