"""`export visits`: the visit log as .xlsx, .csv or .pdf, masked."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.domain.clock import Clock
from app.domain.masking import Mask


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("export", help="把台账写成文件")
    what = parser.add_subparsers(dest="what", required=True, title="哪一本", metavar="哪一本")
    visits = what.add_parser("visits", help="走访台账")
    add_vault_options(visits)
    for option, field, text in (
        ("--from", "first", "从哪一天起，比如 2026-03-01"),
        ("--to", "last", "到哪一天为止"),
    ):
        visits.add_argument(
            option, dest=field, type=date.fromisoformat, required=True, metavar="日期", help=text
        )
    visits.add_argument(
        "--mask",
        choices=[mask.value for mask in Mask],
        default=Mask.MIDDLE_8.value,
        help="身份证号怎么露（不写就是 %(default)s）",
    )
    visits.add_argument(
        "--reason", metavar="用途", help="给谁、做什么用；超过 20 户或不藏号码时要写"
    )
    visits.add_argument(
        "-o", dest="path", type=Path, required=True, metavar="文件", help="写到哪里"
    )
    visits.set_defaults(run=_visits)


def _visits(args: argparse.Namespace, out: TextIO, _err: TextIO, clock: Clock) -> int:
    """Write the file and say how much is in it."""
    with opened_desk(args, clock) as desk:
        report = desk.exports.visits(
            args.first, args.last, Mask(args.mask), args.path, reason=args.reason
        )
    out.write(f"{report.path}: {report.rows}\n")
    return 0
