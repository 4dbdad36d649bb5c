"""The verb by which an officer settles a payment two laptops told of."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, TextIO

from county_server.opening import open_county, say
from county_server.settling import Outcome, Settle, Settling

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Verbs = _SubParsersAction[ArgumentParser]


def add_settling_verb(verb: Verbs, common: ArgumentParser) -> None:
    """Add it to the command line."""
    settle = verb.add_parser("settle", parents=[common], help="核定两台电脑都记了的一笔先行救助")
    settle.add_argument("relief", help="后记的那一笔的内部编号（conflicts 列得出来）")
    settle.add_argument(
        "--result",
        choices=[one.value for one in Outcome],
        required=True,
        help="；".join(f"{one.value} {one.label}" for one in Outcome),
    )
    settle.add_argument("--by", required=True, help="谁定的")
    settle.add_argument("--paper", required=True, help="文书编号")
    settle.add_argument("--why", required=True, help="怎么核对的")
    settle.set_defaults(run=_settle)


def _settle(args: Namespace, out: TextIO) -> None:
    """Enter the word; both laptops learn it at their next synchronisation."""
    _, database, clock = open_county(args)
    outcome = Outcome(args.result)
    settled = Settling(database, clock).settle(
        Settle(
            relief_id=args.relief,
            outcome=outcome,
            by=args.by,
            paper_no=args.paper,
            why=args.why,
        )
    )
    say(out, f"已核定：{outcome.label}（{settled}）。")
