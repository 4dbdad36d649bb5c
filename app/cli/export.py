"""`export visits|fund|watched|report`: a book as .xlsx, .csv or .pdf, masked."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.documents.visit_log import LogOptions
from app.domain.clock import Clock
from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import Mask
from app.domain.reports import Quarter
from app.domain.workdays import month_start
from app.services.export_books import ExportOrder

Days = tuple[date, date]
_DAY: Final = timedelta(days=1)


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("export", help="把台账写成文件")
    what = parser.add_subparsers(dest="what", required=True, title="哪一本", metavar="哪一本")
    visits = _book(what, ExportBook.VISITS, _from_to)
    for option, field, text in (
        ("--from", "first", "从哪一天起，比如 2026-03-01"),
        ("--to", "last", "到哪一天为止"),
    ):
        visits.add_argument(
            option, dest=field, type=date.fromisoformat, required=True, metavar="日期", help=text
        )
    for parser in (visits, _book(what, ExportBook.ROSTER, _now)):
        parser.add_argument("--phone", action="store_true", help="写上电话")
        parser.add_argument("--health", action="store_true", help="写上身体情况")
    fund = _book(what, ExportBook.FUND, _month)
    report = _book(what, ExportBook.REPORT, _month)
    for parser, month in (
        (fund, "哪个月，比如 2026-03"),
        (report, "哪个月或哪季，2026-03、2026Q1"),
    ):
        read = _span if parser is report else _month_of
        parser.add_argument("--month", type=read, required=True, metavar="月份", help=month)
    _book(what, ExportBook.WATCHED, _now)


def _book(
    what: argparse._SubParsersAction[argparse.ArgumentParser],
    book: ExportBook,
    days: Callable[[argparse.Namespace, Clock], Days],
) -> argparse.ArgumentParser:
    """The verb of one book, with what every book is asked."""
    parser = what.add_parser(book.value, help=book.label)
    add_vault_options(parser)
    parser.add_argument(
        "--for",
        dest="recipient",
        choices=[one.value for one in Recipient],
        default=Recipient.OTHER.value,
        help="给谁（不写就是 %(default)s）",
    )
    parser.add_argument(
        "--mask",
        choices=[mask.value for mask in Mask],
        help=f"身份证号怎么露（不写就是 {Mask.MIDDLE_8.value}，公示栏是 {Mask.NONE.value}）",
    )
    parser.add_argument(
        "--layout", default="", metavar="列样", help="按哪个列样排（docs/layouts.md）"
    )
    parser.add_argument(
        "--reason", metavar="用途", help="给谁、做什么用；超过 20 人或不藏号码时要写"
    )
    parser.add_argument(
        "-o", dest="path", type=Path, required=True, metavar="文件", help="写到哪里"
    )
    parser.set_defaults(run=partial(_export, book, days))
    return parser


def _from_to(args: argparse.Namespace, _clock: Clock) -> Days:
    return args.first, args.last


def _month(args: argparse.Namespace, _clock: Clock) -> Days:
    first, last = args.month
    return first, last


def _now(_args: argparse.Namespace, clock: Clock) -> Days:
    return clock.today(), clock.today()


def _month_of(text: str) -> Days:
    """First and last day of 2026-03. Raises ValueError."""
    first = date.fromisoformat(f"{text}-01")
    return first, month_start(first, 1) - _DAY


def _span(text: str) -> Days:
    """The same, or those of 2026Q1. Raises ValueError."""
    if "Q" not in text:
        return _month_of(text)
    quarter = Quarter.parse(text)
    return quarter.first, quarter.last


def _options(args: argparse.Namespace) -> LogOptions:
    """What the recipient gets to see: for the board what may hang there, unless more is asked."""
    board = args.recipient == Recipient.NOTICE_BOARD
    options = LogOptions.for_board() if board else LogOptions()
    if args.mask is not None:
        options = replace(options, mask=Mask(args.mask))
    return replace(
        options,
        phone=getattr(args, "phone", False),
        health=getattr(args, "health", False),
    )


def _export(
    book: ExportBook,
    days: Callable[[argparse.Namespace, Clock], Days],
    args: argparse.Namespace,
    out: TextIO,
    err: TextIO,
    clock: Clock,
) -> int:
    """Write the file and say how much is in it; a password goes to stderr, beside no file name."""
    first, last = days(args, clock)
    order = ExportOrder(
        book=book,
        first=first,
        last=last,
        recipient=Recipient(args.recipient),
        options=_options(args),
        path=args.path,
        reason=args.reason or "",
        layout=args.layout,
    )
    with opened_desk(args, clock) as desk:
        # the passphrase was given with this very command
        report = replace(desk.exports, knows=None).write(order)
    out.write(f"{report.path}: {report.rows}\n")
    if report.unprintable:
        out.write(f"有 {len(report.unprintable)} 个字没有字体，请手写。\n")
    if report.password:
        err.write(f"打开口令 {report.password} ，请打电话告诉对方，不要和文件一起发。\n")
    return 0
