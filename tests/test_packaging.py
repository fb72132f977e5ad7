"""A wheel holds the whole program: what a checkout finds, an installation finds too."""

from __future__ import annotations

import importlib
import json
import os
import plistlib
import shutil
import subprocess
import sys
import tomllib
import zipfile
from itertools import chain
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PIL import Image

from gradgui import __version__
from gradgui.gui.application import IDENTIFIER

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
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    constraints = (CHECKOUT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in constraints.splitlines() if "==" in line}
    names = {bare(requirement) for requirement in wanted}
    assert names <= {bare(name) for name in pinned}


# ── Bundles ──────────────────────────────────────────────────────────────────────────────────────


def packaging_module(name: str) -> ModuleType:
    """A script of packaging/, which is no package."""
    folder = str(CHECKOUT / "packaging")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)


CONTENTS = packaging_module("contents")
LINUX = CHECKOUT / "packaging" / "linux"


def entries_of(desktop_file: Path) -> dict[str, str]:
    pairs = [line.split("=", 1) for line in desktop_file.read_text(encoding="utf-8").splitlines() if "=" in line]
    return dict(pairs)


def test_the_desktop_the_file_type_and_the_window_speak_of_the_same_program() -> None:
    name = CONTENTS.IDENTIFIER
    assert name == IDENTIFIER
    entries = entries_of(LINUX / f"{name}.desktop")
    assert entries["Icon"] == name
    assert entries["MimeType"] == f"{CONTENTS.MIME};"
    assert (entries["Name"], entries["Name[zh_CN]"]) == (CONTENTS.NAME, CONTENTS.NAME_ZH)
    kind = ElementTree.parse(LINUX / f"{name}.xml").getroot()[0]
    assert kind.attrib["type"] == CONTENTS.MIME
    assert [each.attrib["pattern"] for each in kind if "pattern" in each.attrib] == [f"*.{CONTENTS.ENDING}"]
    described = ElementTree.parse(LINUX / f"{name}.metainfo.xml").getroot()
    assert described.findtext("id") == name
    assert described.findtext("launchable") == f"{name}.desktop"
    assert described.find("releases/release").attrib["version"] == __version__  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("tool", "file"), [("desktop-file-validate", "{}.desktop"), ("appstreamcli validate --no-net", "{}.metainfo.xml")]
)
def test_the_tools_of_the_desktop_agree(tool: str, file: str) -> None:
    program, *options = tool.split()
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    run(program, *options, str(LINUX / file.format(CONTENTS.IDENTIFIER)), cwd=LINUX)


def test_the_menu_entry_can_be_put_in_and_taken_out(tmp_path: Path) -> None:
    bundle, home = tmp_path / "a place with spaces", tmp_path / "home"
    (bundle / "share" / "applications").mkdir(parents=True)
    name = f"{CONTENTS.IDENTIFIER}.desktop"
    shutil.copy(LINUX / name, bundle / "share" / "applications" / name)
    shutil.copy(LINUX / "install.sh", bundle)
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    run("sh", str(bundle / "install.sh"), cwd=tmp_path, **places)
    entry = home / "data" / "applications" / name
    assert entries_of(entry)["Exec"] == f'"{bundle}/gradgui" %f'
    assert (home / ".local" / "bin" / "gradgui").is_symlink()
    run("sh", str(bundle / "install.sh"), "--remove", cwd=tmp_path, **places)
    assert not entry.exists()
    assert not (home / ".local" / "bin" / "gradgui").is_symlink()


def test_icons_come_in_every_size_and_none_is_empty(tmp_path: Path) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    run(sys.executable, str(CHECKOUT / "packaging" / "make_icons.py"), str(tmp_path), cwd=tmp_path, **environment)
    for name in ("gradgui", "document"):
        for side in (16, 24, 32, 48, 64, 128, 256, 512):
            with Image.open(tmp_path / f"{name}-{side}.png") as picture:
                assert picture.size == (side, side)
                assert len(picture.convert("RGBA").getcolors(side * side) or ()) > 8
        with Image.open(tmp_path / f"{name}.ico") as picture:
            assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= picture.info["sizes"]
        with Image.open(tmp_path / f"{name}.icns") as picture:
            assert picture.size == (1024, 1024)


def test_macos_opens_our_files_with_us() -> None:
    plist = CONTENTS.information_of_mac()
    (kind,) = plist["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["gradgui"]
    (document,) = plist["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    plistlib.dumps(plist)


def test_a_bundle_takes_the_chinese_words_of_qt_and_nothing_for_devices() -> None:
    wanted = CONTENTS.is_wanted
    assert wanted("PySide6/Qt/translations/qtbase_zh_CN.qm")
    assert not wanted("PySide6/Qt/translations/qtbase_de.qm")
    assert wanted("PySide6/Qt/plugins/platforms/libqxcb.so")
    assert wanted("PySide6\\plugins\\platforms\\qwindows.dll")
    assert not wanted("PySide6/Qt/plugins/platforms/libqvnc.so")


def test_every_package_in_a_bundle_has_its_licence(tmp_path: Path) -> None:
    licences = packaging_module("licences")
    for name in licences.PACKAGES:
        if name not in ("PyInstaller", "colorama"):  # present where bundles are built
            licences.package(tmp_path, licences.distribution(name))
            assert any((tmp_path / licences.distribution(name).metadata["Name"]).iterdir())
    assert licences.python(tmp_path)


def bare(requirement: str) -> str:
    """The name alone, as indexes compare it."""
    name = requirement
    for mark in "<>=[;! ":
        name = name.split(mark)[0]
    return name.lower().replace("_", "-")
