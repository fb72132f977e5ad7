"""Lesson files are read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui.errors import UserError
from gradgui.lessons import lesson as module
from gradgui.lessons.lesson import Do, Predict, all_lessons, decode, read
from tests.lessons.small import SMALL, small


def test_everything_in_the_file_is_kept() -> None:
    lesson = small()
    ask, do = lesson.steps
    assert isinstance(ask, Predict)
    assert isinstance(do, Do)
    assert (lesson.id, lesson.order, lesson.minutes, lesson.input_names[0].zh) == ("small", 1, 1, "一")
    assert lesson.ui.surface.range == ((-1.0, 1.0), (-1.0, 1.0))
    assert ask.highlight.network[0] == "node:L1[0]"
    assert (ask.reveal, ask.steps) == (("forward",), 0)
    assert [option.right for option in ask.options] == [None, False]
    assert lesson.experiment_of("other").data.points == 10
    assert lesson.experiment_of(None) is lesson.experiment
    assert small('["forward"]', '["forward", "update"]').steps[0].steps == 1


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("order = 1", "order = 0", "order: expected"),
        ("order = 1", 'order = "1"', "order: expected a whole number, got"),
        ("minutes = 1", "", "minutes: is missing"),
        ("minutes = 1", "minutes = 1\ncolour = 3", "colour: there is no such key"),
        ('"Small", zh = "小" }\ngoal', '"Small" }\ngoal', "title.zh: is missing"),
        ("units = 1", "units = 0", "experiment.network.layers[0].units: expected"),
        ('activation = "identity"', 'activation = "hot"', "hot"),
        ('reveal = ["forward"]', 'reveal = ["sideways"]', "step[0].reveal[0]: expected one of backward, forward"),
        ('kind = "do"', 'kind = "dance"', "step[1].kind: there is no kind called"),
        ("run = 1", "run = -1", "expect[0].run: expected a whole number from 0"),
        ("run = 1", 'run = 1\nscene = "nowhere"', "there is no scene nowhere"),
        ("[scene.other]", "scene = 3\n[other]", "scene: there is no such key"),
        ("points = 10", "points = 1", "scene.other.data.points: expected a whole number from 10"),
        ("format = 1", "format = 2", "format: expected one of 1"),
        ("format = 1", "format = = 1", "TOML"),
    ],
)
def test_what_does_not_belong_is_refused_with_its_place(old: str, new: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        small(old, new)
    assert why in str(caught.value)


def test_scenes_must_be_tables() -> None:
    start, end = SMALL.index("[scene.other]"), SMALL.index("[ui]")
    with pytest.raises(UserError):
        decode(("scene = 3\n" + SMALL[:start] + SMALL[end:]).encode())
    with pytest.raises(UserError, match="scene"):
        decode(("scene = { other = 3 }\n" + SMALL[:start] + SMALL[end:]).encode())
    with pytest.raises(UserError, match="experiment"):
        decode(("experiment = 3\n" + SMALL[: SMALL.index("[experiment]")] + SMALL[end:]).encode())


def test_a_lesson_is_a_table_with_something_in_it() -> None:
    with pytest.raises(UserError, match="empty"):
        decode(b"")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nothing\.toml"):
        read(tmp_path / "nothing.toml")
    (tmp_path / "bad.toml").write_text("format = 1", encoding="utf-8")
    with pytest.raises(UserError, match=r"bad\.toml"):
        read(tmp_path / "bad.toml")


def test_two_lessons_with_one_id_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(module, "resource", lambda *_: tmp_path)
    with pytest.raises(UserError, match="two lessons called small"):
        all_lessons.__wrapped__()
