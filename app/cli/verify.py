"""`verify`: does a printed paper agree with its record? By its code, or by the whole file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.domain.clock import CHINA, Clock
from app.domain.problem import Refused
from app.services.paper_checks import PaperAnswer, PaperCheck
from app.services.printing import laid_pdf

EXIT_DIFFERS = 4
"""Something does not agree with its record."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("verify", help="核对一张打印出来的表和记录是不是一致")
    parser.add_argument(
        "paper", metavar="校验码或PDF", help="纸上的十二位校验码，或者一个 PDF 文件"
    )
    add_vault_options(parser)
    parser.add_argument(
        "-o", dest="path", type=Path, metavar="文件", help="把记录里的这张表再写成 PDF，好对着看"
    )
    parser.set_defaults(run=_verify)


def _verify(args: argparse.Namespace, out: TextIO, _err: TextIO, clock: Clock) -> int:
    """Say of each paper what it is and whether it agrees; 0 only when all of them do."""
    file = Path(args.paper)
    is_file = file.is_file()
    if is_file and args.path is not None:
        raise Refused("核对文件的时候不另写 PDF。", do="请用校验码和 -o 再来一次。", code="P-25")
    with opened_desk(args, clock) as desk:
        if is_file:
            checks = desk.paper_checks.of_file(file.read_bytes())
        else:
            checks = [desk.paper_checks.of_code(args.paper)]
        if args.path is not None:
            with laid_pdf(desk.paper_checks.again(args.paper), args.path):
                pass  # looked at beside the paper; nothing leaves, so nothing is recorded
    for check in checks:
        _say(check, out)
    agreed = bool(checks) and all(one.answer is PaperAnswer.AGREES for one in checks)
    return 0 if agreed else EXIT_DIFFERS


def _say(check: PaperCheck, out: TextIO) -> None:
    where = f"第 {check.pages.start + 1}–{check.pages.stop} 页：" if check.pages else ""
    printed = check.printed
    if printed is None:
        out.write(f"{where}{check.answer.label}\n")
        return
    at = printed.printed_at.astimezone(CHINA)
    out.write(
        f"{where}{printed.form} {check.title} {printed.document_no}，"
        f"{at.year}年{at.month}月{at.day}日打印，{printed.copies} 份：{check.answer.label}\n"
    )
    for theirs, ours in check.differing:
        out.write(f"  纸上：{theirs or '（没有）'}\n  记录：{ours or '（没有）'}\n")
