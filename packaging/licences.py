"""Collects the licence of everything inside a bundle: python packaging/licences.py BUNDLE.

The Python packages that are in it, Python itself, Qt, and on Debian the system's libraries that were taken along.
Stops if anything has no licence text.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parent
PACKAGES = (
    "PySide6-Essentials", "shiboken6", "pyqtgraph", "numpy", "PyOpenGL", "msgspec", "ziamath", "ziafont",
    "latex2mathml", "contourpy", "pillow", "colorama", "PyInstaller",
)  # fmt: skip
"""Whose code is inside; PyInstaller gives the small program that starts all this."""
GNU = {"PySide6-Essentials", "shiboken6"}
"""Under the LGPL 3, whose text their packages do not carry."""
TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
SYSTEM = re.compile(r"\.so(\.|$)")


def collect(bundle: Path) -> Path:
    """Write the folder `licences` into the bundle; a list in README.txt says what belongs to what."""
    folder = bundle / "licences"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", folder / "gradgui.txt")
    lines = ["gradgui: BSD-3-Clause (gradgui.txt)", python(folder), *fonts(folder)]
    lines += [package(folder, distribution(name)) for name in PACKAGES]
    lines += system(folder, bundle)
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def python(folder: Path) -> str:
    """Python's own licence lies beside its library, on Debian among the documents."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    places = [
        *(Path(sys.base_prefix, *parts) for parts in (("LICENSE.txt",), ("lib", name, "LICENSE.txt"), ("LICENSE",))),
        Path("/usr/share/doc", name, "copyright"),
        Path("/usr/share/doc", f"lib{name}-stdlib", "copyright"),
        Path(sys.base_prefix, "share", "doc", name, "copyright"),
    ]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise SystemExit("Python's licence was not found.")
    shutil.copy(found, folder / "Python.txt")
    return f"Python {sys.version.split()[0]}: PSF-2.0 (Python.txt)"


def fonts(folder: Path) -> list[str]:
    """Those of the letters lie beside them."""
    lines = []
    for text in sorted((ROOT / "resources" / "fonts").glob("*.txt")):
        shutil.copy(text, folder / f"fonts-{text.name}")
        lines.append(f"letters of the window: fonts-{text.name}")
    shutil.copy(ROOT / "resources" / "datasets" / "SOURCES.md", folder / "data-sets.md")
    return [*lines, "data sets: data-sets.md"]


def package(folder: Path, found: Distribution) -> str:
    """One Python package."""
    name, version = found.metadata["Name"], found.version
    texts = [file for file in found.files or [] if TEXT.search(file.name) and file.name.endswith((".txt", "")) and
             file.suffix not in (".py", ".pyc", ".so")]  # fmt: skip
    texts = [file for file in texts if ".dist-info" in str(file)]
    wanted = [(Path(str(found.locate_file(file))), file.name) for file in texts]
    if name.replace("_", "-") in GNU:
        wanted += [(PACKAGING / "licences" / each, each) for each in ("LGPL-3.txt", "GPL-3.txt")]
    extra = PACKAGING / "licences" / f"{name}.txt"
    if extra.is_file():
        wanted.append((extra, extra.name))
    if not wanted:
        raise SystemExit(f"{name} {version} has no licence text: put it into packaging/licences/{name}.txt")
    place = folder / name
    place.mkdir()
    for number, (source, label) in enumerate(wanted):
        target = place / label
        shutil.copy(source, target if not target.exists() else place / f"{number}-{label}")
    said = found.metadata.get("License-Expression") or found.metadata.get("License") or "see its text"
    return f"{name} {version}: {said.splitlines()[0][:80]} ({name}/)"


def system(folder: Path, bundle: Path) -> list[str]:
    """Libraries of Debian, each with the copyright file of its package."""
    if shutil.which("dpkg-query") is None:
        return []
    names = {path.name for path in (bundle / "lib").glob("*.so*") if not path.is_symlink()}
    listed = subprocess.run(
        ["dpkg-query", "-S", *(f"*/{name}" for name in sorted(names))], capture_output=True, text=True, check=False
    ).stdout
    owners = {line.split(":")[0] for line in listed.splitlines() if line.rsplit("/", 1)[-1] in names}
    lines = []
    for owner in sorted(owners):
        text = Path("/usr/share/doc", owner, "copyright")
        if not text.is_file():
            raise SystemExit(f"the system's package {owner} has no copyright file")
        (folder / "system").mkdir(exist_ok=True)
        shutil.copy(text, folder / "system" / f"{owner}.txt")
        lines.append(f"{owner}: system/{owner}.txt")
    return lines


if __name__ == "__main__":
    print(collect(Path(sys.argv[1])))
