"""Every parameter of a pack decides something: a county that writes it down is obeyed."""

from __future__ import annotations

import re

from app.rules import parameters
from app.rules.parameters import Parameter
from tests.architecture.source import ROOT

DECLARED = ROOT / "app" / "rules" / "parameters.py"


def unread(names: set[str], sources: str) -> set[str]:
    """Those of `names` that stand nowhere in `sources`."""
    return names - set(re.findall(r"\b[A-Z][A-Z0-9_]*\b", sources))


def test_no_parameter_is_only_declared():
    names = {name for name, value in vars(parameters).items() if isinstance(value, Parameter)}
    files = [path for part in ("app", "county_server") for path in (ROOT / part).rglob("*.py")]
    sources = "\n".join(one.read_text(encoding="utf-8") for one in files if one != DECLARED)

    assert len(names) > 50
    assert unread(names, sources) == set()


def test_one_that_nothing_reads_is_found():
    assert unread({"COMPLAINT_REPLY", "NOBODY_ASKS"}, "found = COMPLAINT_REPLY") == {"NOBODY_ASKS"}
