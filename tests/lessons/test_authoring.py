"""The page for authors is true: its example is a sound lesson, and every control it names exists."""

from __future__ import annotations

import re
from pathlib import Path

from gradgui.lessons.check import check_lesson
from gradgui.lessons.facts import KNOWN
from gradgui.lessons.lesson import (
    Act,
    Do,
    Expect,
    Highlight,
    Lesson,
    Option,
    Part,
    Predict,
    SurfaceUi,
    Ui,
    all_lessons,
    decode,
)
from gradgui.lessons.own import read_own
from gradgui.lessons.rehearsal import STOPS
from gradgui.lessons.settings import CHANGES
from gradgui.resources import path as resource

PAGE = resource("lessons", "AUTHORING.md").read_text(encoding="utf-8")


def example() -> str:
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_a_sound_lesson_with_a_solution(tmp_path: Path) -> None:
    assert check_lesson(decode(example().encode())) == []
    file = tmp_path / "kettle.toml"
    file.write_text(example(), encoding="utf-8")
    assert read_own(file).id == "kettle"


def test_every_control_of_our_lessons_is_on_the_page() -> None:
    words = set(re.findall(r"`([a-z_]+:[\w.]+|[a-z_]+)`", PAGE))
    kinds = {word.partition(":")[0] for word in words}
    for lesson in all_lessons():
        for step in lesson.steps:
            for control in getattr(step, "unlock", None) or ():
                known = control in words or control.partition(":")[0] in kinds
                assert known, f"{lesson.id}: {control}"


def test_every_act_of_a_solution_and_every_breakpoint_is_on_the_page() -> None:
    assert [name for name in Act.__struct_fields__ if f"{{ {name} = " not in PAGE] == []
    assert [name for name in STOPS if f"`breakpoint:{name}`" not in PAGE] == []


def test_every_key_of_a_lesson_file_is_on_the_page() -> None:
    sheets = (Lesson, Ui, SurfaceUi, Predict, Do, Option, Part, Expect, Highlight)
    keys = {name for sheet in sheets for name in sheet.__struct_encode_fields__}
    assert [name for name in sorted(keys) if not re.search(rf"[`\[.]{name}\b", PAGE)] == []


def test_every_name_and_every_setting_that_conditions_may_use_is_on_the_page() -> None:
    assert [name for name in sorted(KNOWN) if not re.search(rf"`{name}\b", PAGE)] == []
    assert [name for name in CHANGES if f"`{name}`" not in PAGE] == []
