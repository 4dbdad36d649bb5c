"""A thousand changed copies of printed papers, each in one place: a thousand caught (R52)."""

from __future__ import annotations

import pytest

from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.printing import Prepared
from tests import forgeries
from tests.conftest import clock
from tests.services.conftest import begin, policies, rules, work
from tests.services.test_paper_checks import checks, home, papers

__all__ = ["begin", "checks", "clock", "home", "papers", "policies", "rules", "work"]


@pytest.mark.timeout(3600)
def test_a_thousand_of_a_thousand_are_caught(checks: PaperChecks, papers: list[Prepared]) -> None:
    """Sums, names, days and other texts; pages left out, doubled, moved, exchanged; drawn upon."""
    caught = [
        what
        for what, pdf in forgeries.forged(papers, 1_000, seed=52)
        if any(one.answer is not PaperAnswer.AGREES for one in checks.of_file(pdf))
    ]

    assert len(caught) == 1_000
    assert {what.split(" ")[1] for what in caught} == set(forgeries.KINDS)
