"""A wheel holds the whole program: what a checkout finds, an installation finds too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from gradgui import __version__

CHECKOUT = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")

LOOK_AROUND = """
import json
import gradgui
from gradgui import resources
root = resources.root()
files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
print(json.dumps({"package": gradgui.__file__, "root": str(root), "files": files}))
"""

AT_MOST_S = 300
"""Building may have to fetch the build tool first."""


def run(*command: str, cwd: Path, **environment: str) -> str:
    """What a command prints; its errors are shown if it fails."""
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", "--no-deps", "-w", str(folder), str(CHECKOUT), cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    run(*PIP, "install", "--no-deps", "--target", str(target), str(wheel), cwd=target)
    return target


def committed_resources() -> set[str]:
    listed = run("git", "ls-files", "resources", cwd=CHECKOUT).splitlines()
    return {name.removeprefix("resources/") for name in listed if (CHECKOUT / name).exists()}


@pytest.mark.long
@pytest.mark.timeout(AT_MOST_S)
def test_an_installation_finds_every_resource_from_anywhere(installed: Path, tmp_path: Path) -> None:
    said = run(sys.executable, "-c", LOOK_AROUND, cwd=tmp_path, PYTHONPATH=str(installed))
    seen = json.loads(said)
    assert Path(seen["package"]).is_relative_to(installed)
    assert Path(seen["root"]) == installed / "gradgui" / "resources"
    assert committed_resources() <= set(seen["files"])
    assert {name.split("/")[0] for name in seen["files"]} >= {"icons", "fonts", "lessons"}


@pytest.mark.long
@pytest.mark.timeout(AT_MOST_S)
def test_a_wheel_knows_its_version_and_its_command(wheel: Path) -> None:
    assert wheel.name == f"gradgui-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        info = f"gradgui-{__version__}.dist-info"
        assert "gradgui = gradgui.__main__:main" in archive.read(f"{info}/entry_points.txt").decode()
        assert f"{info}/licenses/LICENSE" in archive.namelist()


@pytest.mark.long
@pytest.mark.timeout(AT_MOST_S)
def test_a_wheel_holds_the_program_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"gradgui", f"gradgui-{__version__}.dist-info"}


def test_every_dependency_is_pinned_for_tests() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    constraints = (CHECKOUT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in constraints.splitlines() if "==" in line}
    names = {bare(requirement) for requirement in wanted}
    assert names <= {bare(name) for name in pinned}


def bare(requirement: str) -> str:
    """The name alone, as indexes compare it."""
    name = requirement
    for mark in "<>=[;! ":
        name = name.split(mark)[0]
    return name.lower().replace("_", "-")
