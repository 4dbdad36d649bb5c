"""docs/packs.md and the catalogue name the same parameters."""

from __future__ import annotations

import re

from app.rules.parameters import CATALOGUE
from tests.cases import RESOURCES


def test_the_document_lists_every_parameter_and_no_other():
    text = (RESOURCES.parent / "docs" / "packs.md").read_text(encoding="utf-8")
    table = text[text.index("## Parameters") : text.index("## Working days")]

    listed = re.findall(r"`([a-z_]+)`", "\n".join(
        line for line in table.splitlines() if line.startswith("|")
    ))  # fmt: skip

    assert sorted(listed) == sorted(CATALOGUE)
