"""A roster file read into rows of text, without ever opening it in this process (ADR 0009).

The bytes are read once, looked at from outside, and handed to a child that has nothing to lose.
On Linux the child limits its own memory and processor time; elsewhere only the wall clock binds.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.problem import Refused, Unavailable
from app.services.roster_archive import LARGEST_FILE, check_archive
from app.services.roster_child import MOST_ROWS, OUT_OF_MEMORY

RawRow = tuple[int, list[str]]
"""Row number as Excel shows it, and the text of its cells from column A on."""

CHILD_VERB: Final = "roster-child"
"""What a packaged program is called with to become the child (`app.__main__` dispatches it)."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What the child may use: bytes of address space, seconds of processor, seconds of waiting."""

    memory: int = 1 << 30
    cpu: int = 30
    wall: float = 60


LIMITS: Final = ChildLimits()

_MEND: Final = "请用 Excel 或 WPS 打开它，改好存盘再导入。"
_REFUSALS: Final = {
    "R-08": (
        "这个表格带着宏、外部链接或者夹着别的文件，没有打开它。",
        "请用 Excel 或 WPS 把花名册那张表另存成新的 .xlsx 再导入。",
    ),
    "R-09": (
        "这个表格里有不该有的东西，可能是坏人做的，没有打开它。",
        "请不要用它，告诉县里这个文件有问题。",
    ),
    "R-12": (
        "{place}是公式，花名册里只能是填好的字和数。",
        "请把整张表复制、选择性粘贴成“数值”，存盘再导入。",
    ),
    "R-13": (f"花名册太长了，一次最多{MOST_ROWS}人。", "请分成几个文件，一个一个导入。"),
    "R-14": (
        "这个文件里有好几张工作表都填了东西，不知道该读哪一张。",
        "请只留花名册那一张，别的先删掉，存盘再导入。",
    ),
    "R-15": ("{place}的字太多了，花名册里不会有这么长的一格。", _MEND),
    "R-17": ("花名册里一个人也没有。", "请看看是不是选错了文件或工作表。"),
    "R-23": ("从{place}起，行和格子的次序是乱的，照着读会漏掉人，没有导入。", _MEND),
    "R-18": ("{place}的列太多了，花名册不会有这么宽。", _MEND),
}


def read_rows(path: Path, *, limits: ChildLimits = LIMITS) -> list[RawRow]:
    """Every filled row of the roster at `path`, in order.

    Raises Refused (R-01…R-18) for a file that cannot be accepted, Unavailable (R-19) when the
    machine cannot start the child.
    """
    data = _read_bytes(path)
    check_archive(data)
    return _rows_of(_ask_child(data, limits))


def child_command() -> list[str]:
    """How to start the child: this Python on one file, or the packaged program with a verb.

    `-I` keeps the working directory and the environment out of what it imports.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_VERB]
    return [sys.executable, "-I", str(Path(__file__).with_name("roster_child.py"))]


def _read_bytes(path: Path) -> bytes:
    """The file, read once, so that nobody can change it between the look and the reading."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError:
        raise Refused(
            "打不开这个文件。",
            do="请看看文件还在不在、U盘有没有拔掉、是不是正在 Excel 里开着。",
            code="R-01",
            field="path",
        ) from None


def _ask_child(data: bytes, limits: ChildLimits) -> bytes:
    """What the child says of `data`."""
    command: Sequence[str] = [*child_command(), str(limits.memory), str(limits.cpu)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the file goes in by pipe
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # openpyxl's messages quote cells
            timeout=limits.wall,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy() from None
    except OSError:
        raise Unavailable(
            "电脑这会儿腾不出手来读表格。", do="请关掉别的程序，再试一次。", code="R-19"
        ) from None
    if done.returncode in _EXHAUSTED:
        raise _too_heavy()
    if done.returncode:
        raise _broken()
    return done.stdout


def _rows_of(answer: bytes) -> list[RawRow]:
    """The child's rows, or its refusal in words. Its answer is checked like any stranger's."""
    try:
        message = json.loads(answer)
        if "refused" in message:
            raise _refusal(message)
        return [_row(*row) for row in message["rows"]]
    except (ValueError, TypeError, KeyError):
        raise _broken() from None


def _row(number: object, cells: object) -> RawRow:
    if not isinstance(number, int) or not isinstance(cells, list):
        raise TypeError("a row is a number and a list")
    if not all(isinstance(cell, str) for cell in cells):
        raise TypeError("a cell is text")
    return number, cells


def _refusal(message: dict[str, object]) -> Refused:
    """The sentence for a code the child gave. Raises KeyError or TypeError for an unknown one."""
    code, row, column = str(message["refused"]), message["row"], message["column"]
    what, do = _REFUSALS[code]
    place = f"第{row}行第{column}列" if column else f"第{row}行"
    return Refused(what.format(place=place), do=do, code=code, field="path")


def _too_heavy() -> Refused:
    return Refused(
        "这个表格太费电脑，读到一半停下了。",
        do="请把花名册那张表复制到新的空白表格里，存盘再导入。",
        code="R-11",
        field="path",
    )


def _broken() -> Refused:
    return Refused(
        "这个表格坏了，读不出来。",
        do="请用 Excel 或 WPS 打开它另存一份再导入；打不开就请县里再发一次。",
        code="R-10",
        field="path",
    )


_KILLED: Final = ("SIGXCPU", "SIGKILL")
_EXHAUSTED: Final = frozenset(
    {OUT_OF_MEMORY, *(-getattr(signal, name) for name in _KILLED if hasattr(signal, name))}
)
