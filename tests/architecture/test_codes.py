"""A number read out on the telephone means one thing: the register and the source agree."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.architecture.source import ROOT, modules

REGISTER = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
CODE = re.compile(r"[A-Z]-\d\d")
ROW = re.compile(r"^\| (?P<code>[A-Z]-\d\d) \| (?P<meaning>[^|]+) \| (?P<where>[^|]+) \|$", re.M)


@cache
def _named() -> dict[str, set[str]]:
    """Code → modules that name it; what only a docstring names does not count."""
    found: dict[str, set[str]] = {}
    for path, tree in modules():
        spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in spoken
                and CODE.fullmatch(node.value)
            ):
                found.setdefault(node.value, set()).add(path)
    return found


def _registered() -> dict[str, set[str]]:
    """Code → modules, as the register says."""
    return {
        row["code"]: set(re.findall(r"`([^`]+)`", row["where"])) for row in ROW.finditer(REGISTER)
    }


def test_every_code_is_in_the_register_with_the_modules_that_name_it():
    """A code turning up in another module is either the same meaning — then the register says so
    — or a number that was not free."""
    registered = _registered()

    wrong = {
        code: f"| {code} | … | {' '.join(f'`{path}`' for path in sorted(paths))} |"
        for code, paths in _named().items()
        if registered.get(code) != paths
    }

    assert wrong == {}


def test_no_row_is_about_a_code_nobody_names():
    assert set(_registered()) - set(_named()) == set()


def test_every_code_has_one_row_and_every_meaning_is_one_code_s():
    rows = list(ROW.finditer(REGISTER))
    codes = [row["code"] for row in rows]
    meanings = [row["meaning"].strip() for row in rows]

    assert len(set(codes)) == len(codes)
    assert [one for one in meanings if meanings.count(one) > 1] == []
    assert all(meanings)
