"""Brings experiments of older formats up to date, one version at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gradgui.document.experiment import VERSION
from gradgui.document.explain import EXPECTED, shown
from gradgui.errors import UserError
from gradgui.text import Text

Raw = dict[str, object]
Migration = Callable[[Raw], Raw]

MIGRATIONS: dict[int, Migration] = {}
"""From that version to the next one; a step that has been released is never changed."""

WHICH = Text(en="a format version from {oldest} to {newest}", zh=" {oldest} 到 {newest} 之间的格式版本")
TOO_NEW = Text(
    en="version: this experiment was made by a newer gradgui (format {version}; this one reads up to {newest});"
    " please update gradgui to open it",
    zh="version：这个实验由更新版本的 gradgui 保存（格式 {version}；当前最高支持 {newest}）；请更新 gradgui 后再打开",
)


def migrated(raw: Raw, migrations: Mapping[int, Migration] = MIGRATIONS, newest: int = VERSION) -> Raw:
    """The same experiment in the newest format; raises UserError for a version that cannot be read."""
    version = raw.get("version", newest)
    oldest = min(migrations, default=newest)
    if isinstance(version, bool) or not isinstance(version, int) or version < oldest:
        wanted = WHICH.filled(oldest=oldest, newest=newest)
        raise UserError(EXPECTED, place="version", wanted=wanted, got=shown(version))
    if version > newest:
        raise UserError(TOO_NEW, version=shown(version), newest=newest)
    for step in range(version, newest):
        raw = migrations[step](raw) | {"version": step + 1}
    return raw
