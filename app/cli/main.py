"""The second front door: one verb, one thing, no window (design §3)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.cli import assess, demo, export, print_forms, roster, roster_records, sync, vault, verify
from app.cli.parsing import VerbParser
from app.domain.clock import Clock
from app.domain.problem import Problem
from app.store.atomic import disk_problem

Screenshots = Callable[[Path, str, Path, Mapping[str, str]], list[Path]]
"""(vault, passphrase, directory, ids of what is shown) → the pictures; the window lends it."""

EXIT_REFUSED = 2


def run(arguments: Sequence[str], *, clock: Clock, screenshots: Screenshots) -> int:
    """Run one verb and return its exit status: 0, or 2 with one sentence on stderr."""
    try:
        args = build_parser().parse_args(arguments)
        if args.verb == "demo":
            args.screenshots = screenshots
        return int(args.run(args, sys.stdout, sys.stderr, clock))
    except Problem as problem:
        return _refuse(problem)
    except BrokenPipeError:
        return 1  # the reader went away; there is nobody left to tell
    except OSError as error:
        return _refuse(disk_problem(error))  # its own message is English and names a path


def _refuse(problem: Problem) -> int:
    """The one sentence a person reads."""
    print(problem, file=sys.stderr)  # noqa: T201
    return EXIT_REFUSED


def build_parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    parser = VerbParser(prog="python -m app", description="协理。不写命令就打开窗口。")
    verbs = parser.add_subparsers(dest="verb", required=True, title="命令", metavar="命令")
    modules = (assess, demo, roster, roster_records, export, print_forms, verify, sync, vault)
    for module in modules:
        module.add_parser(verbs)
    return parser
