"""The command line's own words, in Chinese, and a wrong one refused like any other input."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from app.domain.problem import Refused

_WRONG: Final = (
    (re.compile(r"the following arguments are required: (?P<a>.+)", re.DOTALL), "还缺 {a}。"),
    (
        re.compile(r"argument (?P<a>\S+): not allowed with argument (?P<b>\S+)", re.DOTALL),
        "{a} 和 {b} 只能写一个。",
    ),
    (re.compile(r"argument (?P<a>\S+): expected .*", re.DOTALL), "{a} 后面还要写上内容。"),
    (re.compile(r"argument (?P<a>\S+): .*", re.DOTALL), "{a} 写得不对。"),
)
"""What argparse says, and what a person is told: the names of options, never what was typed."""


class VerbParser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and raises Refused X-02 instead of leaving."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # argparse's own, passed on
        super().__init__(**{"formatter_class": _Formatter, **options, "add_help": False})
        self._positionals.title = "要写的"
        self._optionals.title = "可以加的"
        self.add_argument("-h", "--help", action="help", help="看这段说明")

    def error(self, message: str) -> NoReturn:
        """Refuse the command line. Raises Refused X-02."""
        said = "命令里有认不出的词。"
        for pattern, words in _WRONG:
            found = pattern.fullmatch(message)
            if found is not None:
                said = words.format(**found.groupdict())
                break
        raise Refused(f"命令没有写对：{said}", do=f"请照 {self.prog} --help 写。", code="X-02")


class _Formatter(argparse.HelpFormatter):
    """Help that begins with 用法."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """As argparse has it, but for the word it begins with."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)
