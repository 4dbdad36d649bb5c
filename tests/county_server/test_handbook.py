"""docs/county.md: every verb has an example, and every example can be typed as it stands."""

from __future__ import annotations

import re
import shlex
from argparse import _SubParsersAction
from pathlib import Path

import pytest

from county_server.__main__ import build_parser

DOCS = Path(__file__).parents[2] / "docs"


def examples(page: str) -> list[str]:
    """What stands there to be typed, each in one line, without what is said about it."""
    fences = re.findall(r"```\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    return [
        line.split("   #")[0].strip()
        for fence in fences
        for line in fence.replace("\\\n", " ").splitlines()
        if line.startswith("python -m county_server")
    ]


TYPED, CONSOLE = examples("county.md"), examples("console.md")


def verbs() -> set[str]:
    (choices,) = [a for a in build_parser()._actions if isinstance(a, _SubParsersAction)]
    return set(choices.choices)


def test_every_verb_has_an_example():
    assert verbs() - {line.split()[3] for line in TYPED} == set()


@pytest.mark.parametrize("line", TYPED)
def test_an_example_can_be_typed(line):
    args = build_parser().parse_args(shlex.split(line)[3:])

    assert args.verb == line.split()[3]
    assert callable(args.run)
