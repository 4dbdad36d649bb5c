"""No sentence somebody reads has a day in it as a machine writes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_DAY: Final = re.compile(r"(_on|^valid_to|^valid_from)$")
"""What a day is called in this house; a name of any other kind may hold words already."""
_SENTENCES: Final = sorted(
    path
    for part in ("app", "county_server")
    for path in (ROOT / part).rglob("*.py")
    if "migrations" not in path.parts
)


def machine_days(tree: ast.AST) -> list[int]:
    """Lines of Chinese sentences with a day spelled by itself or by `isoformat`."""
    return [
        part.lineno
        for said in ast.walk(tree)
        if isinstance(said, ast.JoinedStr) and _is_read(said)
        for part in said.values
        if isinstance(part, ast.FormattedValue) and part.format_spec is None and _is_day(part.value)
    ]


def _is_read(said: ast.JoinedStr) -> bool:
    words = (part.value for part in said.values if isinstance(part, ast.Constant))
    return any(_CHINESE.search(str(word)) for word in words)


def _is_day(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Attribute) and value.func.attr == "isoformat"
    name = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return bool(_DAY.search(name))


def test_days_are_said_in_words():
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in _SENTENCES
        for line in machine_days(ast.parse(path.read_text("utf-8")))
    }

    assert found == set()


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ('f"贴到 {notice.due_on}"', [1]),
        ('f"到 {valid_to} 为止"', [1]),
        ('f"从 {since.isoformat()} 起"', [1]),
        ('f"贴到{day_words(notice.due_on)}"', []),
        ('f"{path}-{due_on}"', []),
    ],
)
def test_the_rule_knows_a_day_when_it_sees_one(said, lines):
    assert machine_days(ast.parse(said)) == lines
