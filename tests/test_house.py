"""The rules of the house, each telling in a sentence how to keep it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gradgui"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULE_LINES = 400
FUNCTION_LINES = 60
MAY_NAME_COLOURS = {"gui/theme.py", "gui/icons.py", "export/colours.py"}
RUNS_CODE = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "code", "codeop"}
REACHES_THE_NET = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib",
    "xmlrpc",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b")
FIELD = re.compile(r"(?<!\{)\{([a-z_]\w*)(?:[:!][^{}]*)?\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def parse(module: Path) -> ast.Module:
    return _parse(module, module.stat().st_mtime_ns)


@cache
def _parse(module: Path, _changed: int) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def everywhere(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Each node of these kinds with its place, such as gui/theme.py:12."""
    for module in MODULES:
        for node in ast.walk(parse(module)):
            if isinstance(node, kinds):
                yield f"{name_of(module)}:{getattr(node, 'lineno', 1)}", node


def imports() -> Iterator[tuple[str, str]]:
    """Each imported module or name, dotted, with its place."""
    for place, node in everywhere(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((place, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((place, f"{node.module}.{alias.name}") for alias in node.names)


def refuse(found: list[str], advice: str) -> None:
    """Fail with the advice and the places."""
    if found:
        pytest.fail(f"{advice}\n  " + "\n  ".join(found), pytrace=False)


# ── Sizes ────────────────────────────────────────────────────────────────────────────────────────


def test_a_module_stays_a_small_room() -> None:
    sizes = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    found = [f"{name_of(module)}: {size} lines" for module, size in sizes.items() if size > MODULE_LINES]
    refuse(found, f"A module has at most {MODULE_LINES} lines; split it by noun.")


def test_a_function_fits_a_glance() -> None:
    found = [
        f"{place} {node.name}: {lines_without_docstring(node)} lines"
        for place, node in everywhere(ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, Function) and lines_without_docstring(node) > FUNCTION_LINES
    ]
    refuse(found, f"A function has at most {FUNCTION_LINES} lines (about 10 is right); give its parts names.")


def lines_without_docstring(function: Function) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def test_a_module_opens_with_a_sentence() -> None:
    found = [name_of(module) for module in MODULES if not ast.get_docstring(parse(module))]
    refuse(found, "A module opens with a docstring: one sentence that a student understands.")


def test_every_text_has_both_languages() -> None:
    found = [
        f"{place}: {wrong}"
        for place, node in everywhere(ast.Call)
        if isinstance(node, ast.Call) and (wrong := what_is_wrong_with(node))
    ]
    refuse(found, "A Text says the same thing in English and in Chinese, with the same {fields}.")


def what_is_wrong_with(call: ast.Call) -> str | None:
    """What a literal `Text(en=…, zh=…)` lacks, if anything."""
    if last_name(call.func) != "Text":
        return None
    words = dict(zip(("en", "zh"), call.args, strict=False))
    words |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg in ("en", "zh")}
    if len(words) < 2:
        return f"{'zh' if 'en' in words else 'en'} is missing"
    said = {language: node.value for language, node in words.items() if isinstance(node, ast.Constant)}
    if len(said) < 2:
        return None  # made of other texts while the program runs
    return what_differs(str(said["en"]), str(said["zh"]))


def what_differs(en: str, zh: str) -> str | None:
    if not en.strip() or not zh.strip():
        return None if en == zh else f"one language is empty: {en!r}, {zh!r}"
    if set(FIELD.findall(en)) != set(FIELD.findall(zh)):
        return f"the {{fields}} differ: {en!r}, {zh!r}"
    if en != zh and WORD.search(FIELD.sub("", en)) and not CHINESE.search(zh):
        return f"zh is not Chinese: {zh!r}"
    return None


def last_name(node: ast.expr) -> str:
    """`Text` for both `Text` and `text.Text`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize(
    ("source", "is_fine"),
    [
        ('Text(en="Step", zh="单步")', True),
        ('Text(en="ReLU", zh="ReLU")', True),
        ('Text("{n} layers", "{n} 层")', True),
        ('Text(en="W", zh="w")', True),
        ('Text(en="Step")', False),
        ('Text(en="Step", zh="")', False),
        ('Text(en="Step", zh="Step!")', False),
        ('text.Text(en="{n} layers", zh="{m} 层")', False),
    ],
)
def test_the_guard_of_texts_knows_right_from_wrong(source: str, is_fine: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert (what_is_wrong_with(call) is None) is is_fine


def test_colours_are_named_in_the_theme_alone() -> None:
    found = [
        f"{place}: {node.value.strip()[:40]!r}"
        for place, node in everywhere(ast.Constant)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and COLOUR.search(node.value)
        and place.split(":")[0] not in MAY_NAME_COLOURS
    ]
    refuse(found, "A colour gets a name in gui/theme.py, so that dark, light and colour-blind palettes know it.")


# ── Names ────────────────────────────────────────────────────────────────────────────────────────


def test_camel_case_means_that_qt_calls_it() -> None:
    found = [
        f"{place} {node.name}"
        for place, node in everywhere(ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, Function) and is_camel(node.name) and node.name not in names_of_qt()
    ]
    refuse(found, "Functions are snake_case; camelCase only where one of Qt's or pyqtgraph's own is overridden.")


def is_camel(name: str) -> bool:
    """Not for short names such as dW, which are mathematics."""
    return name != name.lower() and name.lstrip("_")[:1].islower() and len(name) > 3


@cache
def names_of_qt() -> frozenset[str]:
    """Every name of every class that can be overridden."""
    import pyqtgraph
    from PySide6 import QtCore, QtGui, QtOpenGLWidgets, QtWidgets

    rooms = (QtCore, QtGui, QtOpenGLWidgets, QtWidgets, pyqtgraph)
    named = [getattr(room, name) for room in rooms for name in dir(room)]  # Qt's classes are made when asked for
    classes = [thing for thing in named if isinstance(thing, type)]
    opengl = {"initializeGL", "paintGL", "resizeGL", "viewMatrix", "projectionMatrix"}
    return frozenset(opengl.union(*(dir(kind) for kind in classes)))


def test_every_kind_of_the_catalog_says_what_it_is() -> None:
    found = [
        name_of(module)
        for module in MODULES
        if re.fullmatch(r"catalog/\w+/[a-z0-9]\w*\.py", name_of(module)) and "KIND" not in assigned(module)
    ]
    refuse(found, "A file in a family of the catalog is one kind and says so with a module-level KIND.")


def assigned(module: Path) -> set[str]:
    """The names that a module gives values to at its top level."""
    names: set[str] = set()
    for node in parse(module).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def test_nothing_is_of_any_type() -> None:
    found = [place for place, name in imports() if name in ("typing.Any", "typing_extensions.Any")]
    refuse(found, "Say what a thing is; `object` is the honest word for what is not known.")


# ── Safety ───────────────────────────────────────────────────────────────────────────────────────


def test_no_file_can_run_code() -> None:
    found = [f"{place} imports {name}" for place, name in imports() if name.split(".")[0] in RUNS_CODE]
    found += [f"{place} {wrong}" for place, node in everywhere(ast.Call) if (wrong := runs_code(node))]
    refuse(found, "What a user opens is data; it is read with msgspec or TOML and never executed.")


def runs_code(call: ast.AST) -> str | None:
    assert isinstance(call, ast.Call)
    if isinstance(call.func, ast.Name) and call.func.id in ("eval", "exec", "__import__"):
        return f"calls {call.func.id}"
    if any(keyword.arg == "allow_pickle" for keyword in call.keywords):
        return "allows pickle"
    return None


def test_nothing_leaves_the_machine() -> None:
    found = [
        f"{place} imports {name}"
        for place, name in imports()
        if name.split(".")[0] in REACHES_THE_NET or name.startswith("PySide6.QtNetwork")
    ]
    refuse(found, "The program works offline and sends nothing anywhere.")


def test_dialogs_open_and_never_block() -> None:
    found = [
        place
        for place, node in everywhere(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("exec", "exec_")
        and "drag" not in last_name(node.func.value).lower()
        and not place.startswith("app.py")
    ]
    refuse(found, "Dialogs open() and menus popup(); only the application itself, in app.py, may exec().")


# ── Tests ────────────────────────────────────────────────────────────────────────────────────────


def test_tests_mirror_the_tree() -> None:
    found = [
        f"gradgui/{folder.as_posix()}"
        for folder in folders_with_code()
        if folder.parts[:1] != ("catalog",) or len(folder.parts) == 1
        if not has_tests(folder)
    ]
    refuse(found, "What is in gradgui/x/y is tested in tests/x/y/test_*.py or tests/x/test_y*.py.")


def folders_with_code() -> list[Path]:
    """Packages below gradgui with at least one function or class of their own."""
    folders = {module.parent for module in MODULES if module.parent != PACKAGE and has_code(module)}
    return sorted(folder.relative_to(PACKAGE) for folder in folders)


def has_code(module: Path) -> bool:
    return any(isinstance(node, Function | ast.ClassDef) for node in parse(module).body)


def has_tests(folder: Path) -> bool:
    mirror = ROOT / "tests" / folder
    return any(mirror.rglob("test_*.py")) or any(mirror.parent.glob(f"test_{folder.name.rstrip('s')}*.py"))
