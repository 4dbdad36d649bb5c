"""`print FORM… [VAULT]`: papers of one household as one PDF file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.documents.registry import no_such_form
from app.domain.clock import Clock
from app.domain.ids import HouseholdId
from app.services.papers import KINDS, OF_A_HOUSEHOLD, require_of_household
from app.services.printing import bundle, laid_pdf


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("print", help="把一户的几张表印成一个 PDF")
    parser.add_argument(
        "forms",
        nargs="+",
        metavar="表号",
        help=f"{' '.join(OF_A_HOUSEHOLD)}；最后一个词可以是保险箱的文件夹",
    )
    add_vault_options(parser, place=False)
    parser.add_argument("--household", required=True, metavar="户", help="这一户的编号")
    parser.add_argument(
        "-o", dest="path", type=Path, required=True, metavar="文件", help="写到哪里"
    )
    parser.set_defaults(run=_print)


def _print(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Make the papers in the order named and write them as one file."""
    _take_place(args)
    with opened_desk(args, clock) as desk:
        for wrong in desk.printing.wrong_files():
            err.write(f"{wrong}\n")
        prepared = [desk.printing.prepare(form, HouseholdId(args.household)) for form in args.forms]
        with laid_pdf(bundle(prepared), args.path):
            desk.printing.record_all(prepared)
    for each in prepared:
        out.write(f"{each.kind.form.code} {each.stamp.document_no} {each.code}\n")
        if each.unprintable:
            err.write(f"{each.kind.form.code}：有 {len(each.unprintable)} 个字没有字体，请手写。\n")
    return 0


def _take_place(args: argparse.Namespace) -> None:
    """The last word is the vault when it is no form.

    Raises Refused P-03 for a strange form, P-22 for one that is not a household's.
    """
    *before, last = args.forms
    if before and last not in KINDS and args.vault is None:
        args.forms, args.place = before, Path(last)
    if any(form not in KINDS for form in args.forms):
        raise no_such_form(OF_A_HOUSEHOLD)
    for form in args.forms:
        require_of_household(form)
