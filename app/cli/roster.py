"""`import-roster FILE.xlsx`: a county's roster into the vault, all of it or none."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.domain.clock import Clock
from app.services.rosters import ImportRoster


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("import-roster", help="take in a roster, all or nothing")
    parser.add_argument("roster", type=Path, metavar="FILE.xlsx")
    add_vault_options(parser)
    parser.add_argument(
        "--skip-bad-rows", action="store_true", help="leave out households with a bad row"
    )
    parser.add_argument(
        "--errors", type=Path, metavar="FILE.xlsx", help="where the error sheet goes"
    )
    parser.set_defaults(run=_import)


def _import(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Read, judge, store. Bad rows are listed on stderr and, when asked, in an error sheet."""
    with opened_desk(args, clock) as desk:
        report = desk.rosters.read(args.roster)
        for problem in report.problems:
            err.write(f"第 {problem.row} 行 {problem.column}：{problem.text}\n")
        if report.problems and args.errors is not None:
            desk.rosters.write_error_sheet(args.errors, report)
        done = desk.rosters.import_(ImportRoster(report=report, skip_bad_rows=args.skip_bad_rows))
    out.write(f"{done.households} 户 {done.people} 人\n")
    return 0
