"""The second front door: one verb, one thing, no window (design §3)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.cli import assess, demo, export, print_forms, roster, sync, vault
from app.domain.clock import Clock
from app.domain.problem import Problem

Screenshots = Callable[[Path, str, Path, Mapping[str, str]], list[Path]]
"""(vault, passphrase, directory, ids of what is shown) → the pictures; the window lends it."""

EXIT_REFUSED = 2


def run(arguments: Sequence[str], *, clock: Clock, screenshots: Screenshots) -> int:
    """Run one verb and return its exit status: 0, or 2 with one sentence on stderr."""
    parser = build_parser()
    args = parser.parse_args(arguments)
    if args.verb == "demo":
        args.screenshots = screenshots
    try:
        return int(args.run(args, sys.stdout, sys.stderr, clock))
    except Problem as problem:
        print(problem, file=sys.stderr)  # noqa: T201  # the one sentence a person reads
        return EXIT_REFUSED
    except BrokenPipeError:
        return 1  # the reader went away; there is nobody left to tell


def build_parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    parser = argparse.ArgumentParser(
        prog="python -m app",
        description="协理. Without a verb the window opens.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for module in (assess, demo, roster, export, print_forms, sync, vault):
        module.add_parser(verbs)
    return parser
