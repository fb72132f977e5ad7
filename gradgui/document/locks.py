"""What a teacher keeps from whoever opens a file."""

from __future__ import annotations

import msgspec


class LocksSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Nothing of this changes a run; a program that knows no window passes it over."""

    edit: bool = False
    """Nothing of the experiment can be changed, and the ball stays where the run puts it."""
    train: bool = False
    """The run goes step by step only."""
    predict: bool = False
    """No number is shown before it was predicted."""
    hide: tuple[str, ...] = ()
    """Further commands that the window does not offer, by their names; those that it does not know are passed over."""
