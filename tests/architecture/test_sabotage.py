"""The list of guards is true of the code, and its page of the list; `make sabotage` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.sabotage import ALL, FAILED, HUNG, page, run_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("guard", ALL, ids=lambda guard: guard.what)
def test_every_guard_stands_where_the_list_says(guard):
    assert (ROOT / guard.file).read_text("utf-8").count(guard.text) == 1
    assert (ROOT / guard.test.split("::")[0]).is_file()


def test_the_page_says_what_the_list_says():
    assert (ROOT / "docs" / "sabotage.md").read_text("utf-8") == page()


def test_a_test_that_waits_for_ever_fails_by_its_own_limit(tmp_path):
    waiting = "import threading\n\ndef test_it():\n    threading.Event().wait()\n"
    (tmp_path / "test_it.py").write_text(waiting, "utf-8")

    assert run_of(tmp_path, "test_it.py", test_seconds=0.2) == FAILED


def test_a_run_no_limit_ends_is_stopped_and_not_called_missed(tmp_path):
    (tmp_path / "test_it.py").write_text("import threading\nthreading.Event().wait()\n", "utf-8")

    assert run_of(tmp_path, "test_it.py", seconds=1, goodbye_seconds=1) == HUNG
