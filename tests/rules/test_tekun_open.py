"""特困 while something about one of several people is open."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import case_of, income, member, rung

ELDER = member("p1", "head", "1955-01-01", labour="none")
GRAVE = {"disability": {"kind": "physical", "level": 1}}


def answered(*people, **parts):
    return rung(case_of(*people, **parts), Category.TEKUN)


def test_somebody_else_who_may_be_supported_keeps_the_amount_open():
    brother = member("p2", "sibling", "1957-01-01", labour="none", receives=None)
    child = member("p3", "grandchild", "2015-01-01", receives=None)

    answer = answered(ELDER, brother, child)

    assert (answer.outcome, answer.members) == ("meets", ("p1", "p2"))
    assert answer.benefit_open == ("household.members[2].receives",)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"birth": None, "receives": ["orphan"]}, ("household.members[0].birth",)),
        ({"birth": None, "receives": None}, ("household.members[0].birth",)),
        (
            {"receives": None, "paid": "disability_subsidy"},
            ("household.members[0].receives",),
        ),
    ],
)
def test_an_orphan_of_unknown_age_or_paid_nobody_knows_what_stays_open(facts, missing):
    """Money of one benefit among the incomes says nothing of another."""
    paid = facts.pop("paid", None)
    child = member("p1", "head", "2014-06-01", **GRAVE) | facts

    answer = answered(child, incomes=[income(paid, "100")] if paid else [])

    assert (answer.outcome, answer.missing) == ("unknown", missing)
