"""`assess FILE [--pack P] [--on DATE]`: the means test of one case file, or of a .jsonl of them.

The answer is JSON on stdout. A case that cannot be accepted ends with status 2 and one sentence; in
a .jsonl it becomes an error object in its place, the rest go on, and the status is 2 at the end.
Lines are read, answered and forgotten one by one, so memory does not grow with the file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from app.domain.clock import Clock
from app.domain.problem import Refused
from app.rules import assess, strict
from app.rules.bundle import LARGEST as LARGEST_BUNDLE
from app.rules.casefile import LARGEST, facts_of
from app.rules.facts import Facts
from app.rules.pack import Pack
from app.rules.strict import Record
from app.services.policies import Policies

_OK: Final = 0
_SOME_REFUSED: Final = 2
_DEFAULT_PACK: Final = "national"
_PROGRESS_EVERY: Final = 1000


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "assess",
        help="means test of one case file, or of a .jsonl of them",
        description="Means test of a case file (.json) or of many (.jsonl); the answer is JSON.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="xieli-case/1, .json or .jsonl")
    parser.add_argument(
        "--pack", metavar="P", help="a shipped pack, or a published one as a .json bundle"
    )
    parser.add_argument("--on", metavar="DATE", help="the day of the test, e.g. 2026-03-02")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Answer the case or cases of `args.file`. Raises Refused for a single one that cannot be."""
    desk = _Desk(
        policies=Policies(),
        pack=_chosen_pack(args.pack),
        on=None if args.on is None else strict.as_day(args.on, "--on"),
        today=clock.today(),
    )
    with _opened(args.file) as file:
        if args.file.suffix.lower() == ".jsonl":
            return _many(desk, file, out, err)
        answer = desk.answer(facts_of(_case(file.read(LARGEST + 1))))
    _write(answer, out, indent=2)
    return _OK


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where cases are answered: what the command line chose stands before what a case says."""

    policies: Policies
    pack: Pack | None
    on: date | None
    today: date

    def answer(self, facts: Facts) -> Record:
        """The answer to one case, in its JSON form."""
        pack = self.pack or self.policies.load(facts.pack or _DEFAULT_PACK)
        return assess(facts, pack, self.on or facts.on or self.today).to_json()


def _many(desk: _Desk, file: BinaryIO, out: TextIO, err: TextIO) -> int:
    """Answer every line; a refused one is answered by its error."""
    refused = 0
    done = 0
    for number, line in _lines(file):
        record: Record = {}
        try:
            record = _case(line)
            answer = desk.answer(facts_of(record))
        except Refused as problem:
            refused += 1
            answer = _error(record, number, problem)
        _write(answer, out)
        done += 1
        if done % _PROGRESS_EVERY == 0:
            _say(f"已测算 {done} 户", err)
    _say(f"共 {done} 户，其中 {refused} 行没有通过", err)
    return _SOME_REFUSED if refused else _OK


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, by number; of an endless one only what proves it too long."""
    number = 0
    while line := file.readline(LARGEST + 2):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(LARGEST)):
            pass
        if line.strip():
            yield number, line.rstrip(b"\r\n")


def _case(data: bytes) -> Record:
    return strict.read_json(data, limit=LARGEST, name="case")


def _error(record: Record, number: int, problem: Refused) -> Record:
    """What stands in the place of an answer."""
    return {
        "case": _id_of(record),
        "line": number,
        "error": {"code": problem.code, "field": problem.field, "text": problem.what},
    }


def _id_of(record: Record) -> str | None:
    """The case's id where it has a proper one."""
    try:
        return strict.as_name(record.get("id"), "id")
    except Refused:
        return None


def _chosen_pack(name: str | None) -> Pack | None:
    """The pack of `--pack`, or None to let each case choose."""
    if name is None:
        return None
    if not name.endswith(".json"):
        return Policies().load(name)
    with _opened(Path(name)) as file:
        return Policies().from_bundle(file.read(LARGEST_BUNDLE + 1))


def _opened(path: Path) -> BinaryIO:
    """`path` for reading. Raises Refused (C-11) when it cannot be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise Refused(
            f"打不开文件“{path.name}”。",
            do="请核对文件在不在、能不能读。",
            code="C-11",
            field="FILE",
        ) from error


def _write(answer: Record, out: TextIO, *, indent: int | None = None) -> None:
    """One JSON text on `out`, in plain ASCII where `out` cannot carry Chinese."""
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "")
    out.write(json.dumps(answer, ensure_ascii=encoding != "utf8", indent=indent) + "\n")


def _say(text: str, err: TextIO) -> None:
    """Progress, over itself on a terminal and line by line in a log."""
    err.write(f"\r{text}" if err.isatty() and not text.startswith("共") else f"{text}\n")
    err.flush()
