"""A small language for formulas and conditions that people type: numbers, lists, comparisons, and nothing else.

An expression is parsed once and looked at piece by piece; only the pieces below exist, and nothing is ever handed to
Python to run. Length, depth and work are limited, so that no expression can hang the program or eat its memory.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.expressions.evaluation import Evaluation, at_column, located, unknown
from gradgui.expressions.pieces import (
    ARITHMETIC,
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    Function,
    Names,
    PieceError,
    Value,
    numbers,
)

__all__ = ["Expression", "Function", "Names", "Value", "parse"]

LONGEST = 500
DEEPEST = 24
MOST_PIECES = 300

TYPED = str.maketrans("−×·÷（），：［］！＝＜＞＋　", "-**/(),:[]!=<>+ ")
"""What people and Chinese keyboards write."""

PIECES: tuple[type[ast.AST], ...] = (
    ast.Expression, ast.Load, ast.Store, ast.Constant, ast.Name, ast.UnaryOp, ast.unaryop, ast.BinOp, ast.BoolOp,
    ast.boolop, ast.Compare, ast.Call, ast.keyword, ast.Subscript, ast.Tuple, ast.List, ast.GeneratorExp, ast.ListComp,
    ast.comprehension, ast.IfExp, *ARITHMETIC, *COMPARISONS,
)  # fmt: skip
"""All that exists."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; evaluate it as often as needed."""

    source: str
    tree: ast.expr

    def evaluate(self, names: Names) -> Value:
        """What it comes to; overflow and division by zero give inf and NaN. Raises UserError naming the column."""
        with np.errstate(all="ignore"):
            return Evaluation(self.source, names).value(self.tree)

    def truth(self, names: Names) -> bool:
        """A condition's answer."""
        with np.errstate(all="ignore"):
            evaluation = Evaluation(self.source, names)
            return evaluation.truth(self.tree, evaluation.value(self.tree))

    def column(self, names: Names, count: int) -> NDArray[np.float64]:
        """`count` numbers: a function's values where the names are columns; a constant is repeated."""
        value = self.evaluate(names)
        try:
            return np.broadcast_to(np.asarray(numbers(value), np.float64), (count,)).copy()
        except (PieceError, ValueError):
            raise located(
                self.source, self.tree, PieceError("this gives no column of numbers", "结果不是一列数")
            ) from None

    def names(self) -> set[str]:
        """Names that must be given, functions of the language and inner variables left out."""
        inner = {n.id for n in ast.walk(self.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        used = {n.id for n in ast.walk(self.tree) if isinstance(n, ast.Name)}
        return used - inner - FUNCTIONS.keys() - CONSTANTS.keys()


def parse(source: str, known: Collection[str] | None = None) -> Expression:
    """Read an expression; raises UserError with column and reason. `known` names may stand in it, if given."""
    if len(source) > LONGEST:
        refused = PieceError("longer than {most} characters", "超过 {most} 个字符", most=LONGEST)
        raise located(source[:40] + "…", None, refused)
    typed = re.sub(r"\s", " ", source.translate(TYPED)).strip()
    tree = _read(typed)
    pieces = _check(typed, tree, 0)
    if pieces > MOST_PIECES:
        raise located(typed, None, PieceError("too many parts", "组成部分太多"))
    expression = Expression(typed, tree)
    if known is not None:
        _check_names(expression, known)
    return expression


def _read(source: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        column = getattr(error, "offset", 0) or len(source) + 1
        refused = PieceError("this cannot be read as a formula", "这里不像一个公式")
        raise at_column(source, max(1, min(column, len(source) + 1)), refused.text) from None


def _check(source: str, node: ast.AST, depth: int) -> int:
    """Refuse what does not exist here; the number of pieces."""
    refused = _what_is_wrong(node)
    if depth > DEEPEST:
        refused = PieceError("nested too deeply", "嵌套太深")
    if refused is not None:
        raise located(source, node, refused)
    return 1 + sum(_check(source, child, depth + 1) for child in ast.iter_child_nodes(node))


def _what_is_wrong(node: ast.AST) -> PieceError | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
        return PieceError("a power is written **", "乘方请写成 **")
    if not isinstance(node, PIECES) or isinstance(node, ast.Invert):
        return PieceError("{what} does not exist here", "这里不能用 {what}", what=type(node).__name__)
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool | int | float | str):
        return PieceError("only numbers and texts can stand here", "这里只能写数字或文字")
    if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
        return PieceError("only functions with a name can be called", "只能调用有名字的函数")
    if isinstance(node, ast.keyword) and node.arg is None:
        return PieceError("** cannot stand here", "这里不能用 **")
    if isinstance(node, ast.comprehension) and not isinstance(node.target, ast.Name):
        return PieceError("after “for” stands one name", "for 后面只能是一个名字")
    return None


def _check_names(expression: Expression, known: Collection[str]) -> None:
    for name in sorted(expression.names()):
        if name not in known:
            raise located(expression.source, _first(expression.tree, name), unknown(name, known))


def _first(tree: ast.expr, name: str) -> ast.AST:
    return next(node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name)
