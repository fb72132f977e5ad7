"""What expressions are made of: values, sums, comparisons and functions, all of them limited."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from gradgui.text import Text

Value = bool | int | float | str | NDArray[np.generic] | tuple["Value", ...] | Mapping[str, "Value"]
Function = Callable[..., Value]
Names = Mapping[str, "Value | Function"]

MOST_WORK = 100_000
"""Pieces computed in one evaluation; a list of lists costs its length, a column one for every thousand."""
LONGEST_RANGE = 1_000
LARGEST = 1_000_000
"""Numbers in one list."""

ARITHMETIC: dict[type[ast.operator], Function] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.true_divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.remainder,
    ast.Pow: np.power,
}
COMPARISONS: dict[type[ast.cmpop], Function] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}


class PieceError(Exception):
    """Why a piece cannot be computed; the place is added by whoever knows it."""

    def __init__(self, en: str, zh: str, **fields: object) -> None:
        self.text = Text(en=en, zh=zh).filled(**fields)
        super().__init__(self.text.en)


def is_list(value: Value) -> TypeGuard[NDArray[np.generic]]:
    """Whether arithmetic goes entry by entry."""
    return isinstance(value, np.ndarray) and value.ndim > 0


def numbers(value: Value) -> NDArray[np.float64] | np.float64:
    """For arithmetic; raises PieceError for texts and lists of lists."""
    if isinstance(value, str | tuple | Mapping):
        raise PieceError("a number is needed here", "这里需要一个数")
    return np.float64(value) if np.ndim(value) == 0 else np.asarray(value, np.float64)


def whole(value: Value) -> int:
    """An index or a count."""
    number = float("nan") if isinstance(value, tuple) or is_list(value) else float(numbers(value))
    if not number.is_integer():
        raise PieceError("a whole number is needed here", "这里需要一个整数")
    return int(number)


def pairwise(function: Function, left: Value, right: Value) -> Value:
    """Entry by entry, where the shapes fit and the result stays small."""
    a, b = numbers(left), numbers(right)
    try:
        shape = np.broadcast_shapes(np.shape(a), np.shape(b))
    except ValueError:
        raise PieceError("these lists have different lengths", "这两个列表长度不同") from None
    if int(np.prod(shape, dtype=np.int64)) > LARGEST:
        raise PieceError("a list of more than {most} numbers", "列表超过 {most} 个数", most=LARGEST)
    return function(a, b)


def compared(operator: ast.cmpop, left: Value, right: Value) -> Value:
    """Numbers entry by entry; texts and tuples as a whole."""
    if isinstance(left, str | tuple) or isinstance(right, str | tuple):
        if isinstance(operator, ast.Eq | ast.NotEq):
            return (plain(left) == plain(right)) is isinstance(operator, ast.Eq)
        raise PieceError("only numbers can be larger or smaller", "只有数才能比大小")
    return pairwise(COMPARISONS[type(operator)], left, right)


def plain(value: Value) -> object:
    """Arrays as tuples, so that lists can be compared."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    return tuple(map(plain, value)) if isinstance(value, tuple | list) else value


def _norm(values: Value) -> float:
    with np.errstate(all="ignore"):
        return float(np.sqrt(np.square(np.asarray(values, np.float64)).sum()))


def _near(value: Value, target: Value, tolerance: float = 1e-6) -> bool:
    gap = np.abs(np.asarray(value, np.float64) - np.asarray(target, np.float64))
    return bool((gap <= tolerance).all())


def _range(*ends: float) -> Value:
    numbers = range(*(whole(end) for end in ends))
    if len(numbers) > LONGEST_RANGE:
        raise PieceError("range is limited to {most} numbers", "range 最多 {most} 个数", most=LONGEST_RANGE)
    return tuple(numbers)


def _extreme(single: Function, pair: Function) -> Function:
    def extreme(*values: Value) -> Value:
        if len(values) == 1:
            return single(np.asarray(values[0], np.float64))
        result = values[0]
        for value in values[1:]:
            result = pairwise(pair, result, value)
        return result

    return extreme


def _elementwise(ufunc: np.ufunc) -> Function:
    return lambda value: ufunc(numbers(value))


FUNCTIONS: dict[str, Function] = {
    **{
        name: _elementwise(getattr(np, name))
        for name in ("abs", "sqrt", "exp", "log", "sin", "cos", "tan", "tanh", "sign", "floor")
    },
    "min": _extreme(np.min, np.minimum),
    "max": _extreme(np.max, np.maximum),
    "sum": lambda values: float(np.sum(np.asarray(values, np.float64))),
    "all": lambda values: bool(np.all(np.asarray(values, bool))),
    "any": lambda values: bool(np.any(np.asarray(values, bool))),
    "len": lambda values: len(values),
    "list": lambda values: tuple(values),
    "range": _range,
    "norm": _norm,
    "near": _near,
}
CONSTANTS: dict[str, float] = {"pi": np.pi, "π": np.pi, "e": np.e}
