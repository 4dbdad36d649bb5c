"""Rules no pack changes name the document they stand in, never this program's own marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import app
from app.services import written_rules

_MARK = re.compile(r"S\d+:L\d+")
RULES = [name for name in vars(written_rules) if name.isupper() and not name.startswith("_")]


@pytest.mark.parametrize("name", RULES)
def test_a_fixed_rule_names_a_document_and_a_clause(name):
    rule = getattr(written_rules, name)

    assert re.search(r"〔\d{4}〕\d+号 |》（\d{4}年） ", rule)
    assert re.search(r"二\([一二三四五六]\)[一二三四2]?", rule)
    assert not _MARK.search(rule)


def test_no_text_of_the_program_says_a_source_mark():
    packages = ("services", "domain", "ui", "documents", "cli", "bootstrap", "sync", "store")
    for package in packages:
        for path in Path(app.__file__).parent.joinpath(package).rglob("*.py"):
            lines = path.read_text(encoding="utf-8").splitlines()
            said = [line for line in lines if re.search(r"\"[^\"]*S\d+:L\d+[^\"]*\"[,)\s]*$", line)]
            assert [line for line in said if '"""' not in line] == [], path.name
