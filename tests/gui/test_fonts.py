"""Letters: no character the program can show is ever a box."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication

from gradgui import resources
from gradgui.gui import fonts
from tests.gui.frame import Frame

PACKAGE = Path(fonts.__file__).parents[1]
NEVER_SHOWN = {"\n", "\t", "\r", "\u9fff"}
"""White space, and the end of the Chinese characters as patterns name it."""
SIGNS = "▲▼●○◐✓✗∂∇∑∏√∞≈≠≤≥±×÷·−→←↑↓⊙⋅η₀₁₂ᵀ′ŷ‖…—“”⟨⟩□■°%"


def shipped(style: str) -> set[int]:
    """Every character of the bundled fonts of one weight."""
    files = resources.path("fonts").glob(f"*-{style}.*")
    found: set[int] = set()
    for file in files:
        with TTFont(file) as font:
            found.update(font.getBestCmap())
    return found


def words_of_the_program() -> Iterator[str]:
    """Every string in the code that is not a docstring."""
    for module in PACKAGE.rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        alone = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        docstrings = {id(value) for value in alone if isinstance(value, ast.Constant)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node.value


def words_of_the_resources() -> Iterator[str]:
    """Every string of every lesson and other TOML file."""
    for file in resources.root().rglob("*.toml"):
        yield str(tomllib.loads(file.read_text(encoding="utf-8")))
        yield file.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_every_character_the_program_can_say_is_in_our_fonts(style: str) -> None:
    said = {*SIGNS, *(c for words in (*words_of_the_program(), *words_of_the_resources()) for c in words)}
    there = shipped(style)
    missing = sorted(c for c in said - NEVER_SHOWN if c.isprintable() and ord(c) not in there)
    assert not missing, "Add these to a range in packaging/make_fonts.py and run it."


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_a_pupil_can_write_her_name(style: str) -> None:
    hanzi = {bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)}
    characters = {code.decode("gb2312") for code in hanzi if row_is_full(code)}
    assert len(characters) == 6763
    assert {ord(character) for character in characters} <= shipped(style)


def row_is_full(code: bytes) -> bool:
    """The last five places of row 0xD7 are empty."""
    return not (code[0] == 0xD7 and code[1] > 0xF9)


def test_our_fonts_alone_draw_a_sentence(frame: Frame) -> None:
    words = f"Step 步进 {SIGNS} 鑫淼"
    font = QFont(list(fonts.BUNDLED))
    layout = QTextLayout(words, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    for run in layout.glyphRuns():
        assert run.rawFont().familyName() in fonts.BUNDLED
        assert 0 not in run.glyphIndexes()


def test_a_stand_in_of_the_system_is_passed_over_for_ours(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fonts.chain("Sans Serif") == fonts.BUNDLED
    assert fonts.chain("No Such Font") == fonts.BUNDLED
    monkeypatch.setattr(fonts.QFontDatabase, "families", lambda: ["Segoe UI"])
    assert fonts.chain("Segoe UI") == ("Segoe UI", *fonts.BUNDLED)


def test_the_window_uses_the_chain(frame: Frame, qapp: QApplication) -> None:
    assert tuple(qapp.font().families()[-3:]) == fonts.BUNDLED


def test_switching_the_language_does_not_move_a_line() -> None:
    heights = set()
    for file in resources.path("fonts").glob("*-Regular.*"):
        with TTFont(file) as font:
            heights.add(round((font["hhea"].ascent - font["hhea"].descent) / font["head"].unitsPerEm, 2))
    assert heights == {1.21}


def test_the_fonts_are_small_and_their_licences_lie_beside_them() -> None:
    folder = resources.path("fonts")
    files = [*folder.glob("*.otf"), *folder.glob("*.ttf")]
    assert len(files) == 6
    assert max(file.stat().st_size for file in files) < 1.6 * 1024 * 1024
    assert re.search("SIL OPEN FONT LICENSE", (folder / "OFL.txt").read_text(encoding="utf-8"))
    assert "Bitstream" in (folder / "DejaVu-LICENSE.txt").read_text(encoding="utf-8")
