"""Builds the bundle for the system it runs on, tries it out and packs it: python packaging/bundle.py

Needs the packages of the extra `bundle`. Leaves dist/gradgui (or dist/gradgui.app) and beside it one archive,
gradgui-VERSION-SYSTEM-MACHINE.tar.xz (.zip on Windows and macOS). On Linux `sh packaging/linux.sh bundle` does it all.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import contents
import licences
import smoke
from make_icons import LINUX, make_icons

ROOT = contents.ROOT
DIST, BUILD = ROOT / "dist", ROOT / "build"
MOST_MB, MOST_PACKED_MB = 190, 60
"""On Linux; a bundle that outgrows this has caught something that nobody wanted."""
STRIPPED = (
    "libpython*.so*", "python3*/lib-dynload/*.so", "PySide6/Qt/lib/libicu*.so*", "PIL/*.so", "contourpy/*.so",
    "msgspec/*.so",
)  # fmt: skip


def main() -> int:
    """Draw, freeze, slim, document, try, pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-smoke", action="store_true", help="do not start what was built")
    parser.add_argument("--no-archive", action="store_true", help="leave the folder, pack nothing")
    options = parser.parse_args()
    make_icons(BUILD / "icons")
    freeze()
    folder = DIST / "gradgui"
    finish(folder)
    if sys.platform == "darwin":
        folder = DIST / "gradgui.app"
        finish_app(folder)
    print(f"{folder}: {megabytes(folder):.0f} MB", flush=True)
    if sys.platform.startswith("linux") and megabytes(folder) > MOST_MB:
        raise SystemExit(f"The bundle has more than {MOST_MB} MB.")
    if not options.no_smoke:
        smoke.try_out(folder)
    if not options.no_archive:
        archive = pack(folder)
        print(f"{archive}: {megabytes(archive):.1f} MB")
        if sys.platform.startswith("linux") and megabytes(archive) > MOST_PACKED_MB:
            raise SystemExit(f"The archive has more than {MOST_PACKED_MB} MB.")
    return 0


def freeze() -> None:
    """Let PyInstaller do its work."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(BUILD / "pyinstaller")]
    subprocess.run([*command, *places, str(ROOT / "packaging" / "gradgui.spec")], check=True, cwd=ROOT)


def finish(folder: Path) -> None:
    """What a folder needs besides the program: its licences, and how the desktop gets to know it."""
    licences.collect(folder)
    if sys.platform.startswith("linux"):
        strip(folder)
        desktop(folder)
    elif sys.platform == "win32":
        shutil.copy(ROOT / "packaging" / "windows" / "associate.cmd", folder)
        shutil.copy(BUILD / "icons" / "document.ico", folder)


def finish_app(app: Path) -> None:
    """The application of macOS carries the icon of its documents and the licences inside."""
    inside = app / "Contents" / "Resources"
    shutil.copy(BUILD / "icons" / "document.icns", inside)
    shutil.copytree(DIST / "gradgui" / "licences", inside / "licences", dirs_exist_ok=True)
    subprocess.run(["codesign", "--force", "--deep", "--sign", "-", str(app)], check=True)


def strip(folder: Path) -> None:
    """Notes for debuggers, where there are many; NumPy's libraries must be left alone, they break."""
    if shutil.which("strip") is None:
        print("strip is missing: the bundle stays larger (apt-get install binutils).")
        return
    for pattern in STRIPPED:
        for library in folder.glob(f"lib/{pattern}"):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def desktop(folder: Path) -> None:
    """Menu entry, file type, description and icons, with a script that puts them in place."""
    linux = ROOT / "packaging" / "linux"
    share = folder / "share"
    places = {
        f"{contents.IDENTIFIER}.desktop": "applications",
        f"{contents.IDENTIFIER}.xml": "mime/packages",
        f"{contents.IDENTIFIER}.metainfo.xml": "metainfo",
    }
    for name, place in places.items():
        (share / place).mkdir(parents=True, exist_ok=True)
        shutil.copy(linux / name, share / place)
    for side in LINUX:
        for name, kind, target in (
            ("gradgui", "apps", contents.IDENTIFIER),
            ("document", "mimetypes", contents.MIME.replace("/", "-")),
        ):
            place = share / "icons" / "hicolor" / f"{side}x{side}" / kind
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(BUILD / "icons" / f"{name}-{side}.png", place / f"{target}.png")
    shutil.copy(linux / "install.sh", folder)
    (folder / "install.sh").chmod(0o755)


def pack(folder: Path) -> Path:
    """One archive beside the folder."""
    system = {"linux": "linux", "darwin": "macos", "win32": "windows"}[sys.platform]
    stem = DIST / f"gradgui-{contents.__version__}-{system}-{platform.machine().lower()}"
    if sys.platform == "darwin":  # the system's own tool keeps links and rights as macOS wants them
        archive = stem.with_name(stem.name + ".zip")
        subprocess.run(["ditto", "-c", "-k", "--keepParent", str(folder), str(archive)], check=True)
        return archive
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(stem), "zip", DIST, folder.name))
    archive = stem.with_name(stem.name + ".tar.xz")
    with tarfile.open(archive, "w:xz", preset=6) as packed:
        packed.add(folder, folder.name, filter=without_owner)
    return archive


def without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nobody in particular."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def megabytes(place: Path) -> float:
    """Of a file, or of all files below a folder."""
    files = [place] if place.is_file() else [each for each in place.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files if not each.is_symlink()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
