"""Reads and writes files so that nothing is ever half there, and says in a sentence what went wrong."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from gradgui.errors import UserError
from gradgui.text import Text, same

LARGEST = 10 * 1024 * 1024

REASONS = {
    errno.ENOENT: Text(en="there is no such file or folder", zh="没有这个文件或文件夹"),
    errno.EACCES: Text(en="you have no permission", zh="没有权限"),
    errno.EPERM: Text(en="you have no permission", zh="没有权限"),
    errno.EROFS: Text(en="the disk is read-only", zh="磁盘是只读的"),
    errno.ENOSPC: Text(en="the disk is full", zh="磁盘已满"),
    errno.EDQUOT: Text(en="your share of the disk is full", zh="你的磁盘配额已满"),
    errno.EISDIR: Text(en="it is a folder", zh="这是一个文件夹"),
    errno.ENOTDIR: Text(en="a part of the path is no folder", zh="路径中有一部分不是文件夹"),
    errno.ELOOP: Text(en="its links go round in a circle", zh="符号链接绕成了圈"),
    errno.ENAMETOOLONG: Text(en="the name is too long", zh="文件名太长"),
}
NOT_A_FILE = Text(en="it is no ordinary file", zh="不是普通文件")
UNFINISHED = ".tmp"
"""Ends the name of a file that is being written beside the one that it will replace."""
TOO_LARGE = Text(
    en="it has {size} MB; an experiment has at most {limit} MB", zh="有 {size} MB；实验文件最多 {limit} MB"
)
NULL_IN_NAME = Text(en="the name contains a null character", zh="文件名含有空字符")


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """The content of an ordinary file of at most `largest` bytes; raises UserError with the reason alone."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise UserError(NOT_A_FILE)
            content = file.read(largest + 1)
            if len(content) > largest:
                size, limit = f"{max(state.st_size, len(content)) / 2**20:.1f}", f"{largest / 2**20:g}"
                raise UserError(TOO_LARGE, size=size, limit=limit)
            return content
    except OSError as error:
        raise UserError(reason(error)) from None
    except ValueError:
        raise UserError(NULL_IN_NAME) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` into a file as a whole: whoever looks, at any moment, sees the old file or the new one.

    Written beside the target, made sure of, then renamed over it. A link is followed, a file keeps its permissions.
    Raises UserError naming the file and the reason; the old file is then as it was.
    """
    try:
        _replace(Path(os.path.realpath(path)), content)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else NULL_IN_NAME
        raise UserError(
            Text(en="{path} cannot be written: {why}.", zh="无法写入 {path}：{why}。"), path=path, why=why
        ) from None


def reason(error: OSError) -> Text:
    """Why the system refused, in both languages where we know the case."""
    words = error.strerror or type(error).__name__
    return REASONS.get(error.errno or 0, same(words[:1].lower() + words[1:]))


def _replace(target: Path, content: bytes) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        _write_through(beside, content, _permissions(target))
        os.replace(beside, target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    _settle(target.parent)


def _write_through(path: Path, content: bytes, permissions: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if permissions is not None:
        path.chmod(permissions)


def _permissions(target: Path) -> int | None:
    """Those of the file that will be replaced; a file that may not be written stays as it is."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        read_only = getattr(os, "ST_RDONLY", 0) and os.statvfs(target).f_flag & os.ST_RDONLY
        raise OSError(errno.EROFS if read_only else errno.EACCES, "not to be written")
    return stat.S_IMODE(mode)


def _settle(folder: Path) -> None:
    """Let the new name reach the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _without_waiting(name: str, flags: int) -> int:
    """A pipe without a writer must not hold us up."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
