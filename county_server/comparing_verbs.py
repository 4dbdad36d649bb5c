"""The verbs of the monthly comparison: a list goes down, and how far the lists have come."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from county_server.comparing import Comparing
from county_server.opening import open_county, say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Verbs = _SubParsersAction[ArgumentParser]


def add_comparing_verbs(verb: Verbs, common: ArgumentParser) -> None:
    """Add them to the command line."""
    send = verb.add_parser("compare", parents=[common], help="把一份比对名单发到村里核实")
    send.add_argument("file", type=Path, help="名单 .csv：姓名、身份证号、村代码、情况")
    send.add_argument("--name", required=True, help="哪一期，如 2026年11月比对")
    send.add_argument("--due", type=date.fromisoformat, required=True, help="最晚哪天，2026-12-10")
    send.add_argument("--skip-bad-rows", action="store_true", help="下发不了的行不要")
    send.set_defaults(run=_send)

    seen = verb.add_parser("comparisons", parents=[common], help="看各期比对名单核实到哪里")
    seen.add_argument("--json", action="store_true", help="给程序读")
    seen.set_defaults(run=_seen)


def _send(args: Namespace, out: TextIO) -> None:
    """Send a list down."""
    _, database, clock = open_county(args)
    sent = Comparing(database, clock).send(
        args.file, args.name, args.due, skip_bad_rows=args.skip_bad_rows
    )
    say(out, f"下发 {sent.made} 条，以前发过 {sent.known} 条，没发 {len(sent.left_out)} 行。")
    for row, why in sent.left_out:
        say(out, f"  第 {row} 行：{why}")


def _seen(args: Namespace, out: TextIO) -> None:
    """How far each list has come."""
    _, database, clock = open_county(args)
    found = Comparing(database, clock).progress()
    if args.json:
        say(out, json.dumps([asdict(one) for one in found], ensure_ascii=False, sort_keys=True))
        return
    for one in found:
        done = one.lines - one.open
        say(out, f"{one.batch}：{one.lines} 条，核实 {done} 条，过了日子还没核实 {one.late} 条。")
    if not found:
        say(out, "还没有发过比对名单。")
