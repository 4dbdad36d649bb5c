"""A file of cases, one a line: read line by line, and what is said about it while that goes on.

Lines come from many programs: a byte order mark, blank lines, `\\r\\n` and a last line without an
end are all of them lines; one that is too long or broken costs only itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, TextIO

from app.domain.problem import Refused
from app.rules.casefile import LARGEST

PROGRESS_EVERY: Final = 1000
"""Cases between two words about how far it is."""
_BOM: Final = b"\xef\xbb\xbf"
_WIDE: Final = 2
"""Columns of one Chinese character on a terminal."""


def case_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, by number from 1; of an endless one what proves it too long.

    At most one line is held at a time.
    """
    number = 0
    while line := file.readline(LARGEST + 2):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(LARGEST)):
            pass
        if line.removeprefix(_BOM).strip():
            yield number, line.rstrip(b"\r\n")


@dataclass(slots=True)
class Narrator:
    """Says on stderr how far it is and which lines were refused; never what was in them.

    On a terminal progress overwrites itself; in a log each word is a line.
    """

    err: TextIO
    done: int = 0
    refused: int = 0
    _overlaid: int = 0
    """Columns the progress on a terminal takes up."""

    def answered(self) -> None:
        """One more case has its answer, or the reason why not."""
        self.done += 1
        if self.done % PROGRESS_EVERY == 0:
            self._say_progress(f"已测算 {self.done} 户")

    def refuse(self, number: int, problem: Refused) -> None:
        """Line `number` cannot be accepted: its field, the reason and the code."""
        self.refused += 1
        self._say(f"第 {number} 行 {problem.what}（{problem.code}）")

    def end(self) -> None:
        """The whole file was read."""
        self._say(f"共 {self.done} 户，其中 {self.refused} 行没有通过")

    def _say_progress(self, text: str) -> None:
        if not self.err.isatty():
            self._say(text)
            return
        self.err.write(f"\r{text}")
        self.err.flush()
        self._overlaid = len(text) * _WIDE

    def _say(self, text: str) -> None:
        """A line of its own; what was said of the progress is wiped away first."""
        wiped = f"\r{' ' * self._overlaid}\r" if self._overlaid else ""
        self._overlaid = 0
        self.err.write(f"{wiped}{text}\n")
        self.err.flush()
