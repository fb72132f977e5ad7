"""What the texts for people say is true: links lead somewhere, keys and options exist, examples run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QKeySequence

from gradgui import cli
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment, TrainingSpec
from gradgui.document.file import decode
from gradgui.errors import UserError
from gradgui.gui.actions import ARROWS, COMMANDS

CHECKOUT = Path(__file__).resolve().parent.parent
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", ".github/CONTRIBUTING.md", ".github/CHANGELOG.md", "resources/lessons/AUTHORING.md")
LINK = re.compile(r"\]\(([^)\s]+)\)")
KEY = re.compile(r"(?:Ctrl\+|Shift\+|Alt\+)+(?:F\d+|[A-Z0-9=−→←↑↓])|\bF\d+\b")
ELSEWHERE = {"Alt+1", "Alt+9"}
"""Keys that belong to no command; README names the first and the last bookmark."""


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (CHECKOUT / page).read_text(encoding="utf-8")
    for target in LINK.findall(text):
        path, _, anchor = target.partition("#")
        file = (CHECKOUT / page).parent / path if path else CHECKOUT / page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target
        if file.suffix == ".png":
            with Image.open(file) as picture:
                assert picture.width >= 1280, target


def anchors(text: str) -> set[str]:
    """As GitHub makes them: small letters, hyphens, nothing else."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_picture_is_shown() -> None:
    pictures = {path.name for path in (CHECKOUT / "packaging" / "pictures").iterdir()}
    assert {name for name in pictures if name not in README} == set()


def test_every_key_in_the_readme_is_a_key_of_a_command() -> None:
    signs = {sign: name for name, sign in ARROWS.items() if name.isascii()} | {"−": "-"}
    known = {QKeySequence(keys).toString() for command in COMMANDS for keys in command.shortcuts} | ELSEWHERE
    named = set(KEY.findall(README))
    assert len(named) > 30
    for keys in named:
        head, plus, last = keys.rpartition("+")
        assert QKeySequence(head + plus + signs.get(last, last)).toString() in known, keys


def test_every_command_and_option_of_gradgui_in_the_readme_exists(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)).splitlines()
    said = [line.partition("#")[0] for line in blocks] + re.findall(r"`((?:gradgui|--)[^`]*)`", README)
    lines = [words.split()[1:] for words in said if words.startswith("gradgui ")]
    assert len(lines) > 12
    for words in lines:
        name = words[0] if words[0].isalpha() else ""
        assert name in ("", *cli.COMMANDS), words
        page = help_of(name, capsys)
        assert [word for word in words if word.startswith("--") and word not in page] == []
    everything = "".join(help_of(name, capsys) for name in ("", *cli.COMMANDS))
    assert [words for words in said if words.startswith("--") and words.split()[0] not in everything] == []


def help_of(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The page that `gradgui NAME --help` prints."""
    with pytest.raises(SystemExit):
        cli.run([*name.split(), "--help", "--lang", "en"])
    return capsys.readouterr().out


def test_the_example_of_a_file_is_one_and_its_mistake_is_told_as_written() -> None:
    found = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert found is not None
    assert compile_experiment(decode(found[1].encode())).network.size == 6
    third = found[1].rindex('"units": 1')
    wrong = found[1][:third] + '"units": 0' + found[1][third + len('"units": 1') :]
    with pytest.raises(UserError) as refused:
        decode(wrong.encode())
    assert f"`{refused.value.text.en}`" in README


def test_every_part_of_a_file_is_named() -> None:
    parts = {*Experiment.__struct_fields__, "schedule", "clip_norm", "clip_value"}
    assert {part for part in parts if not re.search(rf'[`."]{part}["`]', README)} <= {"training"}
    assert {"schedule", "clip_norm", "clip_value"} <= set(TrainingSpec.__struct_fields__)


def test_every_dependency_has_its_row() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    rows = "\n".join(line.partition(" | ")[0] for line in README.splitlines() if line.startswith("| ")).lower()
    names = [re.split(r"[><=]", each)[0] for each in wanted]
    assert [name for name in names if name.lower() not in rows] == []
