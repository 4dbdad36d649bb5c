"""`import-roster FILE.xlsx`: a county's roster into the vault, all of it or none."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.domain.clock import Clock
from app.domain.problem import Refused
from app.services.rosters import ImportRoster


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("import-roster", help="导入花名册，要么全进要么不进")
    parser.add_argument("roster", type=Path, metavar="花名册.xlsx", help="县里发的花名册")
    add_vault_options(parser)
    parser.add_argument(
        "--skip-bad-rows", action="store_true", help="有错行的那几户不要，别的照样进"
    )
    parser.add_argument(
        "--errors", type=Path, metavar="错误表.xlsx", help="错误表写到这里，不能是花名册自己"
    )
    parser.set_defaults(run=_import)


def _import(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Read, judge, store. Bad rows (when asked, in a sheet, too) and doubles go to stderr."""
    _require_apart(args.roster, args.errors)
    with opened_desk(args, clock) as desk:
        report = desk.rosters.read(args.roster)
        for problem in report.problems:
            err.write(f"第 {problem.row} 行 {problem.column}：{problem.text}\n")
        if report.problems and args.errors is not None:
            desk.rosters.write_error_sheet(args.errors, report)
        done = desk.rosters.import_(ImportRoster(report=report, skip_bad_rows=args.skip_bad_rows))
    for warning in done.warnings:
        err.write(f"{warning}\n")
    out.write(f"{done.households} 户 {done.people} 人\n")
    return 0


def _require_apart(roster: Path, sheet: Path | None) -> None:
    """Raises Refused R-24 when the error sheet would take the roster's own place."""
    if sheet is None:
        return
    if sheet.resolve() == roster.resolve() or _is_one_file(roster, sheet):
        raise Refused(
            "错误表不能写在花名册自己上，那样花名册就没有了。",
            do="请给错误表换一个名字。",
            code="R-24",
            field="errors",
        )


def _is_one_file(one: Path, other: Path) -> bool:
    """The same file under two names: links, and names a disk does not tell apart."""
    return one.exists() and other.exists() and one.samefile(other)
