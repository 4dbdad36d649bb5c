"""`roster-records FILE.xlsx`: a roster as JSON lines, read for whoever asks; nothing is stored."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TextIO

from app.domain.clock import Clock
from app.domain.column_layout import LayoutUse


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("roster-records", help="把花名册读成一行一条的记录，不存")
    parser.add_argument("roster", type=Path, metavar="花名册.xlsx", help="县里的花名册")
    parser.add_argument("--skip-bad-rows", action="store_true", help="有错行的那几户不要")
    parser.set_defaults(run=_write)


def _write(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Read, judge, write. Bad rows go to stderr."""
    from app.services.column_layouts import ColumnLayouts
    from app.services.roster_records import roster_records
    from app.services.rosters import read_roster

    layouts = ColumnLayouts().found().of(LayoutUse.ROSTER)
    report = read_roster(args.roster, on=clock.today(), layouts=layouts)
    for problem in report.problems:
        err.write(f"第 {problem.row} 行 {problem.column}：{problem.text}\n")
    for record in roster_records(report, skip_bad_rows=args.skip_bad_rows):
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0
