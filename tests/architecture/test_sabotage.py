"""The list of guards is true of the code, and its page of the list; `make sabotage` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.sabotage import ALL, page

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("guard", ALL, ids=lambda guard: guard.what)
def test_every_guard_stands_where_the_list_says(guard):
    assert (ROOT / guard.file).read_text("utf-8").count(guard.text) == 1
    assert (ROOT / guard.test.split("::")[0]).is_file()


def test_the_page_says_what_the_list_says():
    assert (ROOT / "docs" / "sabotage.md").read_text("utf-8") == page()
