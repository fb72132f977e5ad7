"""Reads command lines and explains them in the user's language."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

from gradgui.text import Language, Text

ARGUMENTS = Text(en="arguments", zh="参数")
OPTIONS = Text(en="options", zh="选项")
EXAMPLES = Text(en="examples", zh="例子")
USAGE = Text(en="usage: ", zh="用法：")
HELP = Text(en="show this page", zh="显示这一页")
LANGUAGE = Text(en="language of all messages", zh="所有信息的语言")
SEE_HELP = Text(en="{program}: {wrong} (see {program} --help)", zh="{program}：{wrong}（参见 {program} --help）")

COMPLAINTS = {
    r"the following arguments are required: (?P<names>.*)": Text(en="{names} is missing", zh="缺少 {names}"),
    r"unrecognized arguments: (?P<names>.*)": Text(en="there is no argument {names}", zh="没有 {names} 这个参数"),
    r"argument (?P<name>.*): expected one argument": Text(en="{name} needs a value", zh="{name} 需要一个值"),
    r"argument (?P<name>.*): expected (?P<count>\d+) arguments": Text(
        en="{name} needs {count} values", zh="{name} 需要 {count} 个值"
    ),
    r"argument (?P<name>.*): expected at least one argument": Text(en="{name} needs a value", zh="{name} 需要一个值"),
    r"argument (?P<name>.*): ignored explicit argument (?P<value>.*)": Text(
        en="{name} takes no value, got {value}", zh="{name} 不带值，实际为 {value}"
    ),
    r"argument (?P<name>.*): invalid choice: (?P<value>.*) \(choose from (?P<known>.*)\)": Text(
        en="{name}: expected one of {known}, got {value}", zh="{name}：应为 {known} 之一，实际为 {value}"
    ),
    r"argument (?P<name>.*): not allowed with argument (?P<other>.*)": Text(
        en="{name} and {other} exclude each other", zh="{name} 与 {other} 不能同时使用"
    ),
}
"""What argparse says, and how we say it."""

WHOLE = Text(
    en="expected a whole number from {low} to {high}, got {value}", zh="应为 {low} 到 {high} 的整数，实际为 {value}"
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks one of our languages and answers mistakes with one sentence."""

    def __init__(self, program: str, language: Language, description: Text, examples: Iterable[str] = ()) -> None:
        super().__init__(
            prog=program,
            description=description.in_language(language),
            formatter_class=_formatter(language),
            add_help=False,
            allow_abbrev=False,
        )
        self.language = language
        self.arguments = self.add_argument_group(ARGUMENTS.in_language(language))
        self.options = self.add_argument_group(OPTIONS.in_language(language))
        self._examples = tuple(examples)
        self._notes = ""

    def words(self, text: Text, **fields: object) -> str:
        """Help in the user's language; argparse reads % as its own sign."""
        return text.in_language(self.language, **fields).replace("%", "%%")

    def close(self, notes: Text | None = None) -> None:
        """Add what every command has, at the end of its page."""
        self.options.add_argument("--lang", choices=("en", "zh"), help=self.words(LANGUAGE))
        self.options.add_argument("-h", "--help", action="help", help=self.words(HELP))
        parts = []
        if self._examples:
            parts.append(
                EXAMPLES.in_language(self.language) + ":\n" + "\n".join(f"  {line}" for line in self._examples)
            )
        if notes is not None:
            parts.append(notes.in_language(self.language))
        self.epilog = "\n\n".join(parts) or None

    def error(self, message: str) -> NoReturn:
        """One sentence, exit code 2."""
        wrong = _said(message).in_language(self.language)
        sys.stderr.write(SEE_HELP.in_language(self.language, program=self.prog, wrong=wrong) + "\n")
        raise SystemExit(2)

    def whole(self, low: int, high: int = 10**9) -> Callable[[str], int]:
        """A type for whole numbers from low to high."""

        def number(value: str) -> int:
            if re.fullmatch(r"[+-]?\d{1,12}", value) and low <= int(value) <= high:
                return int(value)
            raise argparse.ArgumentTypeError(self.words(WHOLE, low=low, high=high, value=value))

        return number


def _said(message: str) -> Text:
    for pattern, text in COMPLAINTS.items():
        found = re.fullmatch(pattern, message)
        if found:
            return text.filled(**found.groupdict())
    plain = message.removeprefix("argument ")
    return Text(en=plain, zh=plain)


def _formatter(language: Language) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        """The usual page with our word for usage."""

        def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            super().add_usage(usage, actions, groups, USAGE.in_language(language) if prefix is None else prefix)

    return Formatter
