"""What a bundle holds and what it leaves out, and how it calls itself on Windows and macOS."""

from __future__ import annotations

import posixpath
import sys
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gradgui import __version__

IDENTIFIER = "org.gradgui.gradgui"
NAME, NAME_ZH = "Gradient Playground", "梯度游乐场"
ENDING, MIME = "gradgui", "application/x-gradgui"
ROOT = Path(__file__).resolve().parent.parent
COPYRIGHT = "the gradgui authors, BSD-3-Clause"

EXCLUDED = [
    "tkinter", "unittest", "lib2to3", "ensurepip", "idlelib", "turtledemo", "sqlite3", "_sqlite3", "readline",
    "curses", "distutils", "doctest", "pydoc_data", "setuptools", "pkg_resources", "pip", "pytest", "hypothesis",
    "autograd", "torch", "jax", "sklearn", "scipy", "matplotlib", "h5py", "cupy", "numba", "IPython", "jupyter_rfb",
    # Nothing here reaches a network.
    "PySide6.QtNetwork", "socket", "_socket", "ssl", "_ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib",
    "poplib", "xmlrpc", "asyncio", "socketserver", "multiprocessing", "pyqtgraph.multiprocess", "_hashlib",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtXml",
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools", "PySide6.QtConcurrent", "PySide6.QtDBus",
    "PySide6.QtPrintSupport", "PySide6.QtSvgWidgets",
    "numpy.f2py", "numpy.distutils", "numpy.testing.tests", "OpenGL.GLUT", "OpenGL.GLE", "OpenGL.Tk",
    "numpy.testing", "numpy.polynomial", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_codecs_hk",
    "pyqtgraph.flowchart", "pyqtgraph.dockarea", "pyqtgraph.canvas", "pyqtgraph.console",
    "pyqtgraph.examples", "pyqtgraph.jupyter", "PIL.ImageTk", "PIL.ImageQt", "PIL._tkinter_finder",
]  # fmt: skip
"""Modules that something mentions and the program never uses."""

Entry = tuple[str, str, str]
"""PyInstaller's: the place in the bundle, the file, the kind."""

LEFT_OUT = (
    # Qt modules that only plugins we do not ship, or nothing at all, would load.
    "*Qt6Network*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6Pdf*", "*Qt6VirtualKeyboard*", "*Qt6Sql*", "*Qt6Test*",
    "*Qt6PrintSupport*", "*Qt6EglFS*", "*Qt6WaylandCompositor*", "*Qt6WaylandEglCompositor*", "*QtNetwork*",
    "*opengl32sw.dll", "*d3dcompiler_*.dll",
    # Plugins: the window needs a platform, icons, its decoration; the rest is for devices and services.
    "*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*vnc*",
    "*/plugins/platforms/*minimal*", "*/plugins/platforms/*vkkhr*", "*/plugins/platformthemes/*gtk3*",
    "*/plugins/egldeviceintegrations/*", "*/plugins/generic/*", "*/plugins/networkinformation/*", "*/plugins/tls/*",
    "*/plugins/printsupport/*", "*/plugins/sqldrivers/*", "*/plugins/qml*/*", "*/plugins/vectorimageformats/*",
    "*/plugins/imageformats/*qpdf*", "*/plugins/imageformats/*qtiff*", "*/plugins/imageformats/*qwebp*",
    "*/plugins/imageformats/*qwbmp*", "*/plugins/imageformats/*qtga*", "*/plugins/imageformats/*qicns*",
    "*/plugins/platforminputcontexts/*virtualkeyboard*", "*/plugins/wayland-graphics-integration-server/*",
    "*/plugins/wayland-graphics-integration-client/*vulkan*", "*/plugins/wayland-shell-integration/*ivi*",
    "*/plugins/wayland-shell-integration/*fullscreen*",
    # System libraries that belong to the machine and must fit its drivers and its desktop.
    "libgtk-*", "libgdk*", "libcups*", "libssl*", "libcrypto*",
    # What nobody reads while the program runs.
    "*/numpy/*/tests/*", "*.pyi", "*/pyqtgraph/examples/*", "pyqtgraph/icons/peegee/*", "*/PIL/_avif*", "PIL/_avif*",
    "*libavif*", "*/PIL/_webp*", "PIL/_webp*", "*libwebp*", "OpenGL/DLLS/*",
    "*/PIL/_imagingcms*",  # our pictures carry no colour profile
)  # fmt: skip
TRANSLATIONS = "translations/"
TRANSLATION = "qtbase_zh_CN.qm"
"""Qt's own words in Chinese; the English ones are in its code."""


def is_wanted(place: str) -> bool:
    """Whether a file belongs into the bundle, by its place there."""
    name = PurePosixPath(place.replace("\\", "/")).as_posix()
    if TRANSLATIONS in name and name.endswith(".qm"):
        return name.endswith(TRANSLATION)
    return not any(fnmatch(name, pattern) or fnmatch(f"/{name}", pattern) for pattern in LEFT_OUT)


def without_orphans(entries: list[Entry]) -> list[Entry]:
    """Only the libraries that something still loads, once the plugins that wanted the others are gone.

    Linux alone: elsewhere nothing of the system is taken along.
    """
    if not sys.platform.startswith("linux"):
        return entries
    from PyInstaller.depend.bindepend import get_imports

    by_name = {PurePosixPath(entry[0]).name: entry for entry in entries}
    waiting = [entry for entry in entries if not _is_library(entry)]
    kept = {entry[0] for entry in waiting}
    while waiting:
        for needed, _ in get_imports(waiting.pop()[1]):
            entry = by_name.get(PurePosixPath(needed).name)
            if entry is not None and entry[0] not in kept:
                kept.add(entry[0])
                waiting.append(entry)
    return [entry for entry in entries if entry[0] in kept]


def without_dangling(entries: list[Entry], files: list[Entry]) -> list[Entry]:
    """Links only to what is there."""
    there = {entry[0] for entry in files}
    return [
        entry
        for entry in entries
        if entry[2] != "SYMLINK" or _normal(PurePosixPath(entry[0]).parent / entry[1]) in there
    ]


def _normal(place: PurePosixPath) -> str:
    return posixpath.normpath(place.as_posix())


def _is_library(entry: Entry) -> bool:
    """Loaded by others rather than by Python or Qt itself."""
    place = entry[0]
    return entry[2] == "BINARY" and "/plugins/" not in place and "libpython" not in place


def information_of_mac() -> dict[str, object]:
    """What Info.plist says: the name in both languages' scripts, and that .gradgui files are ours."""
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": __version__,
        "CFBundleVersion": __version__,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": COPYRIGHT,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Gradient Playground experiment",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "document.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [f"{IDENTIFIER}.experiment"],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"{IDENTIFIER}.experiment",
                "UTTypeDescription": "Gradient Playground experiment",
                "UTTypeIconFile": "document.icns",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {"public.filename-extension": [ENDING], "public.mime-type": [MIME]},
            }
        ],
    }


def version_of_windows(program: str) -> object:
    """What the properties of the .exe say."""
    from PyInstaller.utils.win32 import versioninfo as win

    numbers = tuple(int(part) for part in __version__.split(".")[:3]) + (0,) * (4 - len(__version__.split(".")[:3]))
    words = {
        "CompanyName": "gradgui",
        "FileDescription": NAME,
        "FileVersion": __version__,
        "InternalName": program,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": f"{NAME} · {NAME_ZH}",
        "ProductVersion": __version__,
    }
    english_unicode = "040904B0"
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, OS=0x40004, fileType=0x1),
        kids=[
            win.StringFileInfo(
                [win.StringTable(english_unicode, [win.StringStruct(key, value) for key, value in words.items()])]
            ),
            win.VarFileInfo([win.VarStruct("Translation", [0x0409, 1200])]),
        ],
    )
