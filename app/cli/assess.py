"""`assess FILE [--pack P] [--on DATE] [--out O]`: the means test of one case file, or of a .jsonl.

The answer is JSON on stdout or, whole or not at all, in a file. A case that cannot be accepted ends
with status 2 and one sentence; in a .jsonl it becomes an error object in its place and a line on
stderr, the rest go on, and the status is 2 at the end. Lines are read, answered and forgotten one
by one, so memory does not grow with the file.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from app.cli.case_lines import Narrator, case_lines
from app.domain.clock import Clock
from app.domain.problem import Refused
from app.rules import assess, strict
from app.rules.bundle import LARGEST as LARGEST_BUNDLE
from app.rules.casefile import LARGEST, day_of_test, facts_of
from app.rules.facts import Facts
from app.rules.layer_reading import LARGEST as LARGEST_LAYER
from app.rules.pack import Pack
from app.rules.strict import Record
from app.services.policies import Policies

_OK: Final = 0
_SOME_REFUSED: Final = 2
_DEFAULT_PACK: Final = "national"


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "assess",
        help="测算一个案例文件，或一个 .jsonl 里的许多个",
        description="测算一个案例文件（.json）或许多个（.jsonl），答案是 JSON。",
    )
    parser.add_argument("file", type=Path, metavar="文件", help="xieli-case/1，.json 或 .jsonl")
    parser.add_argument(
        "--pack",
        metavar="政策包",
        help="自带的名字、县里发布的 .json，或者县里自己的 .toml（也可以是装着几份的文件夹）",
    )
    parser.add_argument("--on", metavar="日期", help="按哪一天测算，比如 2026-03-02")
    parser.add_argument(
        "--out", type=Path, metavar="文件", help="答案写到这个文件里，不写就印在屏幕上"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Answer the case or cases of `args.file`. Raises Refused for a single one that cannot be."""
    desk = _Desk(
        policies=Policies(),
        pack=_chosen_pack(args.pack),
        on=None if args.on is None else day_of_test(args.on, "--on"),
        today=clock.today(),
    )
    with _opened(args.file) as file, _answers_to(args.out, out) as answers:
        if args.file.suffix.lower() == ".jsonl":
            return _many(desk, file, answers, err)
        answer = _single(desk, file, args.file.name)
        _is_read(answers, _encoder(answers, indent=2).encode(answer))
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


def _single(desk: _Desk, file: BinaryIO, name: str) -> Record:
    """The answer to the one case of `file`. Raises Refused naming the file (never its folder)."""
    try:
        return desk.answer(facts_of(_case(file.read(LARGEST + 1))))
    except Refused as problem:
        raise Refused(
            f"{name}: {problem.what}",
            do=problem.do,
            code=problem.code,
            field=problem.field,
        ) from problem


def _many(desk: _Desk, file: BinaryIO, out: TextIO, err: TextIO) -> int:
    """Answer every line; a refused one is answered by its error."""
    narrator, encoder = Narrator(err), _encoder(out)
    for number, line in case_lines(file):
        record: Record = {}
        try:
            record = _case(line)
            answer = desk.answer(facts_of(record))
        except Refused as problem:
            narrator.refuse(number, problem)
            answer = _error(record, number, problem)
        if not _is_read(out, encoder.encode(answer)):
            break
        narrator.answered()
    narrator.end()
    return _SOME_REFUSED if narrator.refused else _OK


def _is_read(out: TextIO, answer: str) -> bool:
    """Write a line at once; False when whoever reads along has read enough.

    A filter whose reader goes away has done what it was asked (`assess … | head -1`): nothing
    failed, and what is still in the buffer is nobody's any more.
    """
    try:
        out.write(f"{answer}\n")
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return False
    return True


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
    path, policies = Path(name), Policies()
    if name.endswith(".json"):
        return policies.from_bundle(_read(path, LARGEST_BUNDLE))
    if name.endswith(".toml") or (path.is_dir() and name not in policies.names()):
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        return policies.over_shipped([(each.name, _read(each, LARGEST_LAYER)) for each in files])
    return policies.load(name, at="--pack")


def _read(path: Path, most: int) -> bytes:
    """`path`, and of one larger than `most` bytes just what shows that it is."""
    with _opened(path) as file:
        return file.read(most + 1)


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


@contextmanager
def _answers_to(path: Path | None, out: TextIO) -> Iterator[TextIO]:
    """Where the answers go. Raises Refused (C-12) for no such folder, Unavailable D-01…D-03."""
    if path is None:
        yield out
        return
    if path.is_dir() or not path.parent.is_dir():
        raise Refused("答案存不到这个位置。", do="请换一个有的文件夹。", code="C-12", field="--out")
    from app.store.atomic import replacing  # with --out only

    with replacing(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


def _encoder(out: TextIO, *, indent: int | None = None) -> json.JSONEncoder:
    """Writes answers for `out`, in plain ASCII where it cannot carry Chinese.

    Made once for a file. An answer never holds itself, so nobody looks whether it does.
    """
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "")
    return json.JSONEncoder(ensure_ascii=encoding != "utf8", indent=indent, check_circular=False)
