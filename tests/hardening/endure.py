"""The long run: monkeys, races, kills, a soak, thousands of resets, leaks and every kind of screen.

    sh packaging/linux.sh endure            all of it, each in a process of its own: about two hours
    python -m tests.hardening.endure monkey --seed 3 --events 40000
    python -m tests.hardening.endure replay FILE        the last events of a monkey whose process died
    python -m tests.hardening.endure races | kills | soak | resets | leaks | modes

Needs no screen; with one (xvfb-run) it also draws in three dimensions. `modes` starts its own screens.
"""

from __future__ import annotations

import argparse
import ast
import faulthandler
import os
import random
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

EVENTS, SEEDS = 200_000, 5
RACES, RACES_IN_A_PROCESS, MOST_S = 500, 25, 1.0
SOAK_MIN, WARM_UP_MIN, MOST_MB = 30.0, 3.0, 20.0
RESETS, WARM_UP_RESETS = 10_000, 500
HANGS_AFTER_S = 300
KILLS = 200
LEAK_ROUNDS, LEAK_EVENTS = 6, 3000


ALL = ("races", "kills", "resets", "leaks", "modes", "soak")
"""Beside the monkeys."""


def main() -> int:
    """One of them, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    warnings.simplefilter("error")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "what", choices=("all", *ALL, "monkey", "replay", "some-races", "one-mode"), nargs="?", default="all"
    )
    parser.add_argument("file", type=Path, nargs="?", help="of events to replay; the name of one mode")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=EVENTS // SEEDS)
    parser.add_argument("--races", type=int, default=RACES)
    parser.add_argument("--minutes", type=float, default=SOAK_MIN)
    parser.add_argument("--resets", type=int, default=RESETS)
    parser.add_argument("--kills", type=int, default=KILLS)
    options = parser.parse_args()
    if options.what == "all":
        return everything()
    with tempfile.TemporaryDirectory() as folder:
        return globals()[options.what.replace("-", "_")](Path(folder), options)  # type: ignore[no-any-return]


def everything() -> int:
    """Each in a fresh process; 0 if all of them came through."""
    jobs = [["monkey", "--seed", str(seed)] for seed in range(1, SEEDS + 1)] + [[what] for what in ALL]
    codes = [
        subprocess.run([sys.executable, "-m", "tests.hardening.endure", *job], check=False).returncode for job in jobs
    ]
    for job, code in zip(jobs, codes, strict=True):
        say(f"{'✓' if code == 0 else '✗'} {' '.join(job)}")
    return int(any(codes))


def monkey(folder: Path, options: argparse.Namespace) -> int:
    """Random events from one seed; what came last is kept in a file, for the case that the process dies or hangs."""
    from gradgui.app import make_application
    from tests.hardening import monkey

    started, kept = time.monotonic(), Path(tempfile.gettempdir()) / f"gradgui-monkey-{options.seed}.txt"
    with kept.open("w+", encoding="utf-8") as script:

        def note(event: monkey.Event) -> None:
            faulthandler.dump_traceback_later(HANGS_AFTER_S, exit=True)
            if event[0] == "open":
                script.seek(0)
                script.truncate()
            script.write(f"{event!r}\n")
            script.flush()

        try:
            sent = monkey.play(make_application(), folder, options.seed, options.events, say, note)
        except monkey.Trouble as trouble:
            say(f"monkey: TROUBLE {trouble}")
            return 1
        finally:
            faulthandler.cancel_dump_traceback_later()
    kept.unlink()
    say(f"monkey: seed {options.seed}: {sent} events in {time.monotonic() - started:.0f} s, nothing went wrong")
    return 0


def replay(folder: Path, options: argparse.Namespace) -> int:
    """What a monkey did last."""
    from gradgui.app import make_application
    from tests.hardening import monkey

    (_, (example,)), *events = map(ast.literal_eval, options.file.read_text(encoding="utf-8").splitlines())
    trouble = monkey.replay(make_application(), folder, events, example)
    say(f"replay: {len(events)} events on {example}: {trouble or 'nothing went wrong'}")
    return int(trouble is not None)


def races(_folder: Path, options: argparse.Namespace) -> int:
    """Windows that are closed while they start and train, many in one process, many processes."""
    worst = 0.0
    for first in range(0, options.races, RACES_IN_A_PROCESS):
        count = min(RACES_IN_A_PROCESS, options.races - first)
        command = [
            sys.executable,
            "-m",
            "tests.hardening.endure",
            "some-races",
            "--races",
            str(count),
            "--seed",
            str(first),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or done.stderr:
            say(f"races: ended with {done.returncode}: {done.stdout}{done.stderr}")
            return 1
        worst = max(worst, float(done.stdout.split()[-1]))
    say(f"races: {options.races} windows closed while they trained, the slowest in {worst:.2f} s, no process died")
    return int(worst > MOST_S)


def some_races(folder: Path, options: argparse.Namespace) -> int:
    """The races of one process; prints the longest time that a window took to close."""
    from gradgui.app import make_application
    from tests.hardening.races import race
    from tests.hardening.watching import listening

    application, chance = make_application(), random.Random(options.seed)
    application.setQuitOnLastWindowClosed(False)
    with listening() as heard:
        worst = max(race(application, folder / str(number), chance) for number in range(options.races))
    sys.stderr.write("\n".join(heard))
    say(str(worst))
    return 0


def soak(folder: Path, options: argparse.Namespace) -> int:
    """Training for a long time with all views; memory must not grow once everything has been used."""
    from gradgui.app import make_application
    from tests.hardening.soak import train_for

    warm_up = min(WARM_UP_MIN, options.minutes / 3)
    growth = train_for(make_application(), folder, options.minutes, warm_up, say)
    say(f"soak: {growth:+.1f} MB in {options.minutes:g} minutes of training after {warm_up:g} minutes of warming up")
    return int(growth >= MOST_MB)


def resets(folder: Path, options: argparse.Namespace) -> int:
    """Thousands of resets and other examples; memory must not grow."""
    from gradgui.app import make_application
    from tests.hardening.soak import reset_often

    growth = reset_often(make_application(), folder, options.resets, min(WARM_UP_RESETS, options.resets // 4), say)
    say(f"resets: {growth:+.1f} MB in {options.resets} resets and other examples")
    return int(growth >= MOST_MB)


def kills(folder: Path, options: argparse.Namespace) -> int:
    """A window killed while it trains, edits, saves and autosaves leaves a whole file and its latest work."""
    command = [sys.executable, "-m", "tests.stories.killed", str(folder), str(options.kills), str(options.seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    say(f"kills: {done.stdout.strip()}{done.stderr}")
    return done.returncode


def leaks(folder: Path, options: argparse.Namespace) -> int:
    """What there is more of after every round of random events and a reset."""
    from gradgui.app import make_application
    from tests.hardening.leaks import leaks

    found = leaks(make_application(), folder, options.seed, LEAK_ROUNDS, LEAK_EVENTS, say)
    for kind, counts in found.items():
        say(f"leaks: {kind}: {counts}")
    say(f"leaks: {len(found) or 'nothing'} grew in each of {LEAK_ROUNDS} rounds of {LEAK_EVENTS} events")
    return int(bool(found))


def modes(_folder: Path, _options: argparse.Namespace) -> int:
    """The window on every kind of screen."""
    from tests.hardening.modes import modes, try_mode

    wrong = 0
    for name, platform in modes():
        trouble = try_mode(name, platform)
        wrong += bool(trouble)
        say(f"modes: {name}: {trouble or 'nothing went wrong'}")
    return int(wrong > 0)


def one_mode(folder: Path, options: argparse.Namespace) -> int:
    """One kind of screen, in the process that `modes` started on it."""
    from gradgui.app import make_application
    from tests.hardening.modes import walk

    heard = walk(make_application(), folder, str(options.file))
    sys.stderr.write("\n".join(heard))
    return int(bool(heard))


def say(words: str) -> None:
    """At once, also into a file."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
