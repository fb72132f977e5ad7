"""Polls: rounds, shares, and a book that survives a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui.lessons.poll import Poll
from gradgui.session.class_book import FILE, ClassBook


def test_counts_must_belong_to_the_answers() -> None:
    with pytest.raises(ValueError, match="expected 3 counts"):
        Poll(3).voted((1, 2))
    with pytest.raises(ValueError, match="from 0"):
        Poll(2).voted((1, -1))


def test_nobody_voting_is_no_share() -> None:
    poll = Poll(2).voted((0, 0))
    assert poll.share(0) == 0
    assert "No hands" in poll.advice(0).en


def test_a_miscount_can_be_corrected() -> None:
    poll = Poll(2).voted((3, 4)).voted((5, 5)).corrected((6, 4))
    assert poll.rounds == ((3, 4), (6, 4))


def test_polls_are_there_again_at_the_next_start(tmp_path: Path) -> None:
    ClassBook(tmp_path).keep("cat", "dir", Poll(3).voted((1, 2, 3)))
    again = ClassBook(tmp_path)
    assert again.poll("cat", "dir") == Poll(3, ((1, 2, 3),))
    assert again.poll("cat", "size") is None
    assert again.as_csv().decode().splitlines() == [
        "lesson,step,round,answer,hands", "cat,dir,1,A,1", "cat,dir,1,B,2", "cat,dir,1,C,3",
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["", "[]", '{"cat": {"dir": {"options": 1}}}', '{"cat": 3}'])
def test_a_broken_book_is_no_trouble(tmp_path: Path, broken: str) -> None:
    (tmp_path / FILE).write_text(broken)
    book = ClassBook(tmp_path)
    assert book.poll("cat", "dir") is None
    book.keep("cat", "dir", Poll(2).voted((1, 1)))
    assert ClassBook(tmp_path).poll("cat", "dir") == Poll(2, ((1, 1),))
