"""Formulas are typeset once, drawn sharp in any colour and size, and never in the way of a paint."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gradgui.gui.theme import Theme
from gradgui.gui.widgets.formula import FormulaLabel, Typesetter, parts

INK = QColor(10, 120, 200).name()


class Counting(Typesetter):
    """Counts how often it is asked for something new."""

    def __init__(self) -> None:
        super().__init__(keep=3)
        self.new: list[str] = []

    def typeset(self, latex: str):  # noqa: ANN201
        if not self.remembers(latex):
            self.new.append(latex)
        return super().typeset(latex)


@pytest.fixture
def typesetter() -> Counting:
    return Counting()


@pytest.fixture
def label(qtbot: QtBot, theme: Theme, typesetter: Counting) -> FormulaLabel:
    made = FormulaLabel(typesetter, theme)
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    return made


def drawn(label: FormulaLabel) -> QImage:
    return label.grab().toImage()


def pixels(label: FormulaLabel, colour: str) -> int:
    picture, wanted = drawn(label), QColor(colour).rgb()
    return sum(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def test_a_new_formula_is_drawn_after_the_event_not_during_it(
    qtbot: QtBot, label: FormulaLabel, typesetter: Counting
) -> None:
    label.show_formula(r"\frac{a}{b}", INK, "a/b")
    assert typesetter.new == []
    assert not label.is_drawn
    qtbot.waitUntil(lambda: label.is_drawn)
    assert pixels(label, INK) > 20


def test_a_remembered_formula_is_drawn_at_once(qtbot: QtBot, label: FormulaLabel, typesetter: Counting) -> None:
    typesetter.typeset("x+1")
    label.show_formula("x+1", INK, "x+1")
    assert label.is_drawn


def test_of_many_formulas_in_one_breath_only_the_last_is_typeset(
    qtbot: QtBot, label: FormulaLabel, typesetter: Counting
) -> None:
    for n in range(5):
        label.show_formula(f"x_{n}", INK, f"x{n}")
    qtbot.waitUntil(lambda: label.is_drawn)
    assert typesetter.new == ["x_4"]


def test_another_colour_needs_no_new_typesetting(qtbot: QtBot, label: FormulaLabel, typesetter: Counting) -> None:
    label.show_formula("x+1", INK, "x+1")
    qtbot.waitUntil(lambda: label.is_drawn)
    other = QColor(200, 30, 30).name()
    label.show_formula("x+1", other, "x+1")
    assert pixels(label, other) > 10
    assert pixels(label, INK) == 0
    assert typesetter.new == ["x+1"]


def test_old_formulas_are_forgotten(typesetter: Counting) -> None:
    for n in range(5):
        typesetter.typeset(f"x_{n}")
    assert [typesetter.remembers(f"x_{n}") for n in range(5)] == [False, False, True, True, True]


def test_nothing_to_show_takes_no_room(label: FormulaLabel) -> None:
    label.show_formula("", INK, "")
    assert label.sizeHint().height() == 0


def test_the_presenter_factor_enlarges_it(qtbot: QtBot, label: FormulaLabel, theme: Theme) -> None:
    label.show_formula("x+1", INK, "x+1")
    qtbot.waitUntil(lambda: label.is_drawn)
    before = label.sizeHint()
    theme.use_factor(1.6)
    assert label.sizeHint().width() == pytest.approx(1.6 * before.width(), abs=2)


def test_a_narrow_place_shrinks_it_instead_of_cutting_it(qtbot: QtBot, label: FormulaLabel) -> None:
    label.show_formula("a+b+c+d+e+f+g+h+i+j", INK, "a+…")
    qtbot.waitUntil(lambda: label.is_drawn)
    label.resize(label.minimumSizeHint())
    picture, wanted = drawn(label), QColor(INK).rgb()
    edge = [picture.pixel(x, y) for x in (0, picture.width() - 1) for y in range(picture.height())]
    assert wanted not in edge
    assert pixels(label, INK) > 20


def test_what_cannot_be_typeset_is_said_in_plain_words(qtbot: QtBot, label: FormulaLabel) -> None:
    label.show_formula(r"\frac{", INK, "broken")
    qtbot.waitUntil(lambda: not label._later.isActive())
    assert pixels(label, INK) > 5


def test_screen_readers_hear_the_plain_formula(label: FormulaLabel) -> None:
    label.show_formula("x_1", INK, "x1")
    assert label.accessibleName() == "x1"


def test_what_does_not_fit_in_one_line_goes_on_in_the_next(qtbot: QtBot, label: FormulaLabel) -> None:
    long = r"m\leftarrow \beta_1 m+(1-\beta_1)\,g,\quad v\leftarrow \beta_2 v+(1-\beta_2)\,g^2,\quad w\leftarrow w-\eta"
    label.resize(2000, 100)
    label.show_formula(long, INK, "adam")
    qtbot.waitUntil(lambda: label.is_drawn)
    assert label.lines == 1
    whole = label.sizeHint()
    label.resize(whole.width() // 2, 400)
    assert label.lines > 1
    assert label.sizeHint().width() <= label.width()
    assert label.sizeHint().height() > whole.height()
    assert label.minimumSizeHint().width() < whole.width() // 2
    picture, wanted = drawn(label), QColor(INK).rgb()
    edge = [picture.pixel(x, y) for x in (0, picture.width() - 1) for y in range(picture.height())]
    assert wanted not in edge


HARD = (
    r"\frac{1}{2\cdot 5}\left((0.263-0)^2+(0.54-0)^2+\dots\right)",
    r"v\leftarrow \beta_2 v+(1-\beta_2)\,\left(\frac{\partial L}{\partial W^{(1)}_{12}}\right)^2",
    r"\begin{cases}z&z>0\\ e^{z}-1&z\leq 0\end{cases}",
    r"\frac{e^{z_j}}{\sum_k e^{z_k}}\cdot\sqrt{\sigma^2+\epsilon}",
    r"\left(\frac{1}{1+\left(\frac{a}{b}\right)^2}-\left|\frac{x}{y}\right|\right)",
    r"0.51=\frac{1}{2\cdot 200}\left((-(-1))^2+(\frac{0.1}{2}-1)^{(2)}+\left(\sum_{(i)}(x)\right)^2\right)",
)


@pytest.mark.parametrize("latex", HARD)
def test_quick_typesetting_gives_the_very_same_picture(latex: str, tmp_path: Path) -> None:
    """Beside a program that typesets without any of our help."""
    alone = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from ziamath.config import config; from ziamath.zmath import Latex\n"
        "config.svg2 = False\n"
        f"print(Latex({latex!r}, size=26.0, color='the-ink').svg())"
    )
    wanted = subprocess.run([sys.executable, "-c", alone], capture_output=True, text=True, check=True).stdout
    found = Typesetter().typeset(latex)
    assert found is not None
    assert found.svg == wanted.rstrip("\n")


def test_a_sum_may_be_broken_between_its_terms_but_not_inside_brackets() -> None:
    apart = [part.latex for part in parts(r"x=1\allowbreak +2\allowbreak -3,\quad y=4")]
    assert apart == ["x=1", r"+\,2", r"-\,3,", "y=4"]
    whole = [part.latex for part in parts(r"L=\frac{1}{2}\left(1\allowbreak +2\right)")]
    assert whole == [r"L=\frac{1}{2}\left(1+2\right)"]
