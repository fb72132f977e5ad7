"""Tries a bundle as a stranger would: moved into an empty folder, with nothing of Python around it.

    python packaging/smoke.py dist/gradgui [offscreen xcb_glx xcb_egl wayland]

Without platforms: every one that this machine can start. On Linux that is in memory, an X screen with OpenGL through
GLX and through EGL (needs Xvfb), and Wayland (needs weston).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AWKWARD = "moved here 移动"
"""The bundle must not mind spaces or Chinese in its path."""
PATIENCE_S = 180
KEPT_ON_WINDOWS = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA")


def try_out(bundle: Path, platforms: tuple[str, ...] = ()) -> None:
    """Everything, in a copy elsewhere; stops with a sentence at the first thing that does not work."""
    with tempfile.TemporaryDirectory(prefix="gradgui-smoke-") as folder:
        room = Path(folder, AWKWARD)
        room.mkdir()
        copy = room / bundle.name
        shutil.copytree(bundle, copy, symlinks=True)
        program = door(copy)
        bare = bare_environment(room)
        say("--version", run(program, ["--version"], bare, room))
        example = next(copy.rglob("toy-car.gradgui"))
        say("train", run(program, ["train", str(example), "--epochs", "20"], bare, room).splitlines()[-1])
        for platform in platforms or available():
            with screen(platform, room) as place:
                environment = bare | place
                started = time.monotonic()
                said = run(program, ["selftest"], environment, room)
                check(said.count("✓") >= 7 and "✗" not in said, f"selftest on {platform}: {said}")
                say(f"selftest on {platform}", f"everything works ({time.monotonic() - started:.1f} s)")
                say(
                    f"opening a file on {platform}",
                    run(program, ["selftest", "--start", str(example)], environment, room),
                )


def door(bundle: Path) -> Path:
    """The program that speaks on the terminal."""
    places = ("gradgui", "gradgui-console.exe", "Contents/MacOS/gradgui")
    return next(bundle / place for place in places if (bundle / place).is_file())


def bare_environment(home: Path) -> dict[str, str]:
    """`env -i`: no PATH, nothing of Python, a home of its own."""
    bare = {"HOME": str(home), "LC_ALL": "C.UTF-8"}
    if sys.platform == "win32":
        bare |= {name: os.environ[name] for name in KEPT_ON_WINDOWS if name in os.environ}
    return bare


def available() -> tuple[str, ...]:
    """The ways to show a window that can be tried here."""
    if not sys.platform.startswith("linux"):
        return ("native",)
    found = ["offscreen"]
    if shutil.which("Xvfb"):
        found += ["xcb_glx", "xcb_egl"]
    if shutil.which("weston"):
        found.append("wayland")
    return tuple(found)


@contextmanager
def screen(platform: str, room: Path) -> Iterator[dict[str, str]]:
    """A screen to open windows on, and what a program must be told to find it."""
    runtime = room / f"runtime-{platform}"
    runtime.mkdir(mode=0o700)
    common = {"XDG_RUNTIME_DIR": str(runtime), "LIBGL_ALWAYS_SOFTWARE": "1"}
    if platform == "native":
        yield {}
    elif platform == "offscreen":
        yield {"QT_QPA_PLATFORM": "offscreen"}
    elif platform == "wayland":
        with weston(runtime) as name:
            yield common | {"QT_QPA_PLATFORM": "wayland", "WAYLAND_DISPLAY": name}
    else:
        with xvfb() as display:
            yield common | {"QT_QPA_PLATFORM": "xcb", "QT_XCB_GL_INTEGRATION": platform, "DISPLAY": display}


@contextmanager
def xvfb() -> Iterator[str]:
    """A virtual X screen of its own number."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def weston(runtime: Path) -> Iterator[str]:
    """A Wayland screen that nobody sees."""
    name = "gradgui-smoke"
    command = ["weston", "--backend=headless-backend.so", f"--socket={name}", "--width=1600", "--height=1000"]
    environment = os.environ | {"XDG_RUNTIME_DIR": str(runtime)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not (runtime / name).exists():
            check(time.monotonic() < end and server.poll() is None, "weston does not start")
            time.sleep(0.05)
        yield name
    finally:
        server.terminate()
        server.wait()


def run(program: Path, arguments: list[str], environment: dict[str, str], folder: Path) -> str:
    """What the program says; it must end well, and complain of nothing."""
    done = subprocess.run(
        [program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    check(
        done.returncode == 0, f"gradgui {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}"
    )
    check("Traceback" not in done.stderr, done.stderr)
    return done.stdout.strip()


def check(fine: bool, otherwise: str) -> None:
    """Stop if it is not so."""
    if not fine:
        raise SystemExit(f"smoke test: {otherwise}")


def say(what: str, how: str) -> None:
    """One line for one thing that works."""
    print(f"✓ {what}: {how}", flush=True)


if __name__ == "__main__":
    try_out(Path(sys.argv[1]).resolve(), tuple(sys.argv[2:]))
