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
    parser = verbs.add_parser("export", help="write a log to a file")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    visits = what.add_parser("visits", help="the visit log")
    add_vault_options(visits)
    visits.add_argument("--from", dest="first", type=date.fromisoformat, required=True)
    visits.add_argument("--to", dest="last", type=date.fromisoformat, required=True)
    visits.add_argument(
        "--mask",
        choices=[mask.value for mask in Mask],
        default=Mask.MIDDLE_8.value,
        help="how ID numbers are shown (default: %(default)s)",
    )
    visits.add_argument("--reason", help="what it is for; needed above 20 households")
    visits.add_argument("-o", dest="path", type=Path, required=True, metavar="FILE")
    visits.set_defaults(run=_visits)


def _visits(args: argparse.Namespace, out: TextIO, _err: TextIO, clock: Clock) -> int:
    """Write the file and say how much is in it."""
    with opened_desk(args, clock) as desk:
        report = desk.exports.visits(
            args.first, args.last, Mask(args.mask), args.path, reason=args.reason
        )
    out.write(f"{report.path}: {report.rows}\n")
    return 0
