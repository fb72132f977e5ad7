"""A stranger's file is data: nothing in it runs, nothing leads out of its folder, and nothing leaves the machine."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from gradgui.document.disk import LARGEST
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.session.examples import example_path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gradgui"

LOADS_BY_NAME = {
    "catalog/registry.py",  # the files of the catalog's own folders
    "cli.py",  # the commands listed there
}
"""Everywhere else a module is named in an import statement; the bench also tries libraries that it lists itself."""


def contents_of_the_bundle() -> ModuleType:
    spec = spec_from_file_location("contents", ROOT / "packaging" / "contents.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def modules() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


def test_no_module_is_loaded_by_a_name_from_outside() -> None:
    found = []
    for name, tree in modules():
        for node in ast.walk(tree):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr in ("import_module", "run_path", "run_module", "load_module"):
                constant = bool(node.args) and isinstance(node.args[0], ast.Constant)
                if not constant and name not in LOADS_BY_NAME and not name.startswith("bench/"):
                    found.append(f"{name}:{node.lineno}")
    assert not found


def test_no_other_program_is_started() -> None:
    starters = {"subprocess", "multiprocessing", "webbrowser", "pty", "ctypes"}
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if each.split(".")[0] in starters and name != "bench/start.py"
    ]
    assert not found


WATCH = """
import os, sys, tempfile
from pathlib import Path
REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.spawn", "os.posix_spawn", "pickle.",
           "urllib.", "ftplib.", "smtplib.", "http.", "webbrowser.")
RUN = ("exec", "import")
happened, watching = [], [False]
def watch(event, arguments):
    if event.startswith(REFUSED) or watching[0] and event.startswith((*REFUSED, *RUN)):
        happened.append(f"{event} {arguments!r}"[:200])
sys.addaudithook(watch)
from gradgui.commands.proof_window import window
from gradgui.text import Language
problems = list(window(Language.ENGLISH))
from gradgui.document.compile import compile_experiment
from gradgui.document.file import decode, encode, read
from gradgui.catalog import registry
from gradgui.session.examples import example_path
files = sorted(example_path("toy-car").parent.glob("*.gradgui"))
def all_of_them():
    for path in files:
        experiment = read(path)
        decode(encode(experiment))
        compile_experiment(experiment, path.parent)
all_of_them()  # now everything is imported
watching[0] = True
all_of_them()
watching[0] = False
print(*problems, *happened, sep="\\n")
"""


def test_nothing_runs_and_nothing_leaves_the_machine_while_the_window_works() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", WATCH], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "expression",
    ["__import__('os').system('touch hacked')", "().__class__", "open('hacked', 'w')", "x1.__class__", "lambda: 1",
     "[i for i in (1,)]", "exec('1')"
     "(x1 := 2)", "f'{x1}'"],
)  # fmt: skip
def test_a_formula_in_a_file_is_mathematics_and_nothing_else(
    expression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    raw = json.loads(example_path("function").read_text(encoding="utf-8"))
    raw["data"]["expression"] = expression
    file = tmp_path / "stranger.gradgui"
    file.write_text(json.dumps(raw))
    with pytest.raises(UserError):
        read(file).data.load(tmp_path)
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "a/../../secret.csv", "..\\secret.csv", "C:\\x.csv"])
def test_a_data_file_outside_the_folder_is_not_read(path: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n3,4\n")
    folder = tmp_path / "folder"
    (folder / "a").mkdir(parents=True)
    raw = json.loads(example_path("house-prices").read_text(encoding="utf-8"))
    raw["data"]["path"] = path
    (folder / "stranger.gradgui").write_text(json.dumps(raw))
    with pytest.raises(UserError):
        read(folder / "stranger.gradgui").data.load(folder)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.gradgui"
    with file.open("wb") as stream:
        stream.truncate(50 * LARGEST)
    with pytest.raises(UserError, match="at most 10 MB"):
        read(file)


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b'{"a":' * 100_000, b'{"data": {"x": [' + b"1," * 10, b"9" * 1_000_000, b"\x1f\x8b" + b"0" * 99,
     b"PK\x03\x04"],
    ids=["deep lists", "deep objects", "cut off", "a long number", "gzip", "zip"],
)  # fmt: skip
def test_what_would_blow_up_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "bomb.gradgui"
    file.write_bytes(content)
    with pytest.raises(UserError):
        read(file)


def test_the_bundle_leaves_out_what_could_reach_a_network() -> None:
    contents = contents_of_the_bundle()
    assert {"PySide6.QtNetwork", "socket", "_socket", "ssl", "_ssl", "http", "urllib.request"} <= set(contents.EXCLUDED)
    for place in ("PySide6/Qt/lib/libQt6Network.so.6", "PySide6/Qt/plugins/tls/libqopensslbackend.so", "libssl.so.3"):
        assert not contents.is_wanted(place)
    assert contents.is_wanted("PySide6/Qt/lib/libQt6Core.so.6")
