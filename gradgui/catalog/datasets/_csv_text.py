"""From bytes to text: which file may be read, how large it may be, and in which encoding its letters stand."""

from __future__ import annotations

import codecs
import errno
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from gradgui.errors import UserError
from gradgui.text import Text, same

Encoding = Literal["auto", "utf-8", "utf-16", "utf-32", "gb18030"]

LARGEST = 50 * 2**20
BOM = "\ufeff"

MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How files begin that say their encoding themselves; the longer ones first."""
GUESSES: tuple[Encoding, ...] = ("utf-8", "gb18030")

REASONS = {
    errno.ENOENT: Text(en="there is no such file", zh="没有这个文件"),
    errno.ENOTDIR: Text(en="there is no such file", zh="没有这个文件"),
    errno.EACCES: Text(en="you have no permission", zh="没有权限"),
    errno.ENAMETOOLONG: Text(en="the name is too long", zh="文件名太长"),
}
NOT_A_FILE = Text(en="it is no ordinary file", zh="不是普通文件")


def located(path: str, folder: Path | None, chosen: Collection[Path] = ()) -> Path:
    """Where `path` leads; raises UserError for one that leaves the experiment's folder.

    A file that came from elsewhere must not read whatever it likes; only `chosen` files, picked by hand, may lie
    anywhere.
    """
    try:
        found = _found(path.replace("\\", "/"), folder, chosen)
    except (OSError, ValueError, RuntimeError):  # a null character, links that go round in a circle
        found = None
    if found is None:
        raise UserError(_refusal(folder), path=path)
    return found


def _found(path: str, folder: Path | None, chosen: Collection[Path]) -> Path | None:
    by_hand = Path(path).resolve()
    if any(by_hand == file.resolve() for file in chosen):
        return by_hand
    if folder is None or not path.strip():
        return None
    beside = (folder / path).resolve()
    return beside if beside.is_relative_to(folder.resolve()) else None


def _refusal(folder: Path | None) -> Text:
    if folder is None:
        return Text(
            en="data.path: “{path}” is looked for beside the experiment, which has not been saved yet.",
            zh="data.path：要在实验文件旁边寻找“{path}”，但这个实验还没有保存。",
        )
    return Text(
        en="data.path: “{path}” is no file in the experiment's folder; only files there can be read.",
        zh="data.path：“{path}”不在实验所在的文件夹里；只能读取该文件夹中的文件。",
    )


def read_text(path: Path, encoding: Encoding = "auto") -> tuple[str, Encoding]:
    """(text, encoding found); raises UserError with the reason alone."""
    content = _bytes(path)
    text, found = _decoded(content, encoding)
    if "\0" in text:
        raise UserError(Text(en="this is no text: it contains null characters", zh="这不是文本：含有空字符"))
    return text.removeprefix(BOM), found


def _bytes(path: Path) -> bytes:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UserError(NOT_A_FILE)
        if state.st_size > LARGEST:
            raise UserError(
                Text(
                    en="it has {size:.1f} MB; at most {most} MB can be read", zh="有 {size:.1f} MB；最多能读 {most} MB"
                ),
                size=state.st_size / 2**20,
                most=LARGEST // 2**20,
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(REASONS.get(error.errno or 0, same(error.strerror or type(error).__name__))) from None


def _decoded(content: bytes, encoding: Encoding) -> tuple[str, Encoding]:
    marked = tuple(name for mark, name in MARKS if content.startswith(mark))[:1]
    candidates = (encoding,) if encoding != "auto" else marked or GUESSES
    for name in candidates:
        try:
            return content.decode(name), name
        except UnicodeDecodeError:
            continue
    raise UserError(
        Text(en="its letters cannot be read as {tried}", zh="无法按 {tried} 编码读取其中的文字"),
        tried=", ".join(candidates).upper(),
    )
