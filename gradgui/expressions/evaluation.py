"""One walk over a parsed expression: every piece comes to a value, or says why it cannot."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np

from gradgui.errors import UserError
from gradgui.expressions.pieces import (
    ARITHMETIC,
    CONSTANTS,
    FUNCTIONS,
    MOST_WORK,
    Function,
    Names,
    PieceError,
    Value,
    compared,
    is_list,
    numbers,
    pairwise,
    whole,
)
from gradgui.text import Text


class Evaluation:
    """One walk over the pieces of an expression."""

    def __init__(self, source: str, names: Names) -> None:
        self._source = source
        self._names = names
        self._inner: dict[str, Value] = {}
        self._work = 0

    def value(self, node: ast.expr) -> Value:
        """What a piece comes to."""
        try:
            value = self._how[type(node)](self, node)
            self._spend(value)
        except PieceError as refused:
            raise located(self._source, node, refused) from None
        return value

    def truth(self, node: ast.expr, value: Value) -> bool:
        """Yes or no."""
        if isinstance(value, str | tuple | Mapping) or np.size(value) != 1:
            refused = PieceError("a condition needs one number or yes/no", "条件需要一个数或是/否")
            raise located(self._source, node, refused)
        return bool(value)

    def _spend(self, value: Value) -> None:
        items = len(value) if isinstance(value, tuple) else np.size(value) // 1000 if is_list(value) else 0
        self._work += 1 + items
        if self._work > MOST_WORK:
            raise PieceError("this takes too long", "计算量太大")

    def _constant(self, node: ast.Constant) -> Value:
        value = node.value
        assert isinstance(value, bool | int | float | str)
        return float(value) if isinstance(value, int) and abs(value) > 2**53 else value

    def _name(self, node: ast.Name) -> Value:
        value = self._lookup(node.id)
        if callable(value):
            raise PieceError("{name} is a function: write {name}(…)", "{name} 是函数：请写 {name}(…)", name=node.id)
        return value

    def _lookup(self, name: str) -> Value | Function:
        for names in (self._inner, self._names, FUNCTIONS, CONSTANTS):
            if name in names:
                return names[name]
        raise unknown(name, self._names.keys())

    def _unary(self, node: ast.UnaryOp) -> Value:
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return np.logical_not(value) if is_list(value) else not self.truth(node.operand, value)
        return -numbers(value) if isinstance(node.op, ast.USub) else numbers(value)

    def _binary(self, node: ast.BinOp) -> Value:
        return pairwise(ARITHMETIC[type(node.op)], self.value(node.left), self.value(node.right))

    def _bool(self, node: ast.BoolOp) -> Value:
        stop = isinstance(node.op, ast.Or)
        join = np.logical_or if stop else np.logical_and
        result: Value = not stop
        for part in node.values:
            value = self.value(part)
            if is_list(value) or is_list(result):
                result = pairwise(join, result, value)
                continue
            result = self.truth(part, value)
            if result is stop:
                return result
        return result

    def _compare(self, node: ast.Compare) -> Value:
        left = self.value(node.left)
        result: Value = True
        for operator, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            answer = compared(operator, left, right)
            if is_list(answer) or is_list(result):
                result = pairwise(np.logical_and, result, answer)
            else:
                result = bool(result) and bool(answer)
            left = right
        return result

    def _call(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Name)
        function = self._lookup(node.func.id)
        if not callable(function):
            raise PieceError("{name} is no function", "{name} 不是函数", name=node.func.id)
        given = [self.value(part) for part in node.args]
        named = {str(part.arg): self.value(part.value) for part in node.keywords}
        try:
            return function(*given, **named)
        except UserError as error:
            raise PieceError("{why}", "{why}", why=error.text) from None
        except (TypeError, ValueError, LookupError, ArithmeticError):
            raise PieceError("{name} cannot take these values", "{name} 不能用于这些值", name=node.func.id) from None

    def _subscript(self, node: ast.Subscript) -> Value:
        value, index = self.value(node.value), self.value(node.slice)
        try:
            if isinstance(value, Mapping) and isinstance(index, str):
                return value[index]
            if isinstance(value, tuple | np.ndarray) and not isinstance(index, str | tuple | Mapping):
                return value[whole(index)]
        except LookupError:
            raise PieceError("there is no [{index}]", "没有 [{index}]", index=index) from None
        raise PieceError("[ ] takes one whole number out of a list", "[ ] 只能用整数从列表里取一个") from None

    def _sequence(self, node: ast.Tuple | ast.List) -> Value:
        return tuple(self.value(part) for part in node.elts)

    def _choice(self, node: ast.IfExp) -> Value:
        condition = self.value(node.test)
        if is_list(condition):
            return np.where(condition, numbers(self.value(node.body)), numbers(self.value(node.orelse)))
        return self.value(node.body if self.truth(node.test, condition) else node.orelse)

    def _comprehension(self, node: ast.GeneratorExp | ast.ListComp) -> Value:
        outside = dict(self._inner)
        try:
            return tuple(self.value(node.elt) for _ in self._turns(node.generators))
        finally:
            self._inner = outside

    def _turns(self, loops: list[ast.comprehension]) -> Iterator[None]:
        if not loops:
            yield
            return
        loop = loops[0]
        assert isinstance(loop.target, ast.Name)
        values = self.value(loop.iter)
        if not isinstance(values, tuple) and not is_list(values):
            raise PieceError("after “in” stands a list", "in 后面要是列表")
        for value in values:
            self._inner[loop.target.id] = value
            if all(self.truth(test, self.value(test)) for test in loop.ifs):
                yield from self._turns(loops[1:])

    _how: Mapping[type[ast.expr], Callable[[Evaluation, ast.expr], Value]] = {
        ast.Constant: _constant,  # type: ignore[dict-item]
        ast.Name: _name,  # type: ignore[dict-item]
        ast.UnaryOp: _unary,  # type: ignore[dict-item]
        ast.BinOp: _binary,  # type: ignore[dict-item]
        ast.BoolOp: _bool,  # type: ignore[dict-item]
        ast.Compare: _compare,  # type: ignore[dict-item]
        ast.Call: _call,  # type: ignore[dict-item]
        ast.Subscript: _subscript,  # type: ignore[dict-item]
        ast.Tuple: _sequence,  # type: ignore[dict-item]
        ast.List: _sequence,  # type: ignore[dict-item]
        ast.IfExp: _choice,  # type: ignore[dict-item]
        ast.GeneratorExp: _comprehension,  # type: ignore[dict-item]
        ast.ListComp: _comprehension,  # type: ignore[dict-item]
    }


def unknown(name: str, known: Collection[str]) -> PieceError:
    """There is no such name; perhaps one like it."""
    close = difflib.get_close_matches(name, [*known, *FUNCTIONS, *CONSTANTS], 1)
    if close:
        return PieceError(
            "there is no {name}; perhaps {close} is meant", "没有 {name}；是不是 {close}？", name=name, close=close[0]
        )
    return PieceError("there is no {name}", "没有 {name}", name=name)


def located(source: str, node: ast.AST | None, refused: PieceError) -> UserError:
    """The same with its place."""
    offset = getattr(node, "col_offset", 0)
    return at_column(source, len(source.encode()[:offset].decode()) + 1, refused.text)


def at_column(source: str, column: int, why: Text) -> UserError:
    """What is wrong at a column, the first being 1."""
    return UserError(
        Text(en="“{source}”, column {column}: {why}.", zh="“{source}”第 {column} 列：{why}。"),
        source=source,
        column=column,
        why=why,
    )
