"""From which day to which an authorisation to check somebody's means holds (F02)."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ids import HouseholdId
from app.domain.procedure import Authorization, CheckScope, SignedKind

BEGUN, LAST = date(2026, 3, 2), date(2026, 6, 1)


def signed(**said):
    usual = {
        "id": "a-1",
        "household": HouseholdId("h-1"),
        "person": None,
        "obligor": "o-1",
        "signer": "覃大山",
        "kind": SignedKind.AUTHORISATION,
        "scope": (CheckScope.DEPOSIT,),
        "valid_from": BEGUN,
        "valid_to": LAST,
        "signed_on": BEGUN,
        "paper_ref": "",
    }
    return Authorization(**usual | said)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2026, 3, 1), False),
        (BEGUN, True),
        (LAST, True),
        (date(2026, 6, 2), False),
    ],
)
def test_it_holds_from_its_first_day_through_its_last(on, holds):
    assert signed().holds(on) is holds


def test_without_an_end_it_holds_until_it_is_taken_back():
    assert signed(valid_to=None).holds(date(2036, 3, 2))


@pytest.mark.parametrize(
    ("on", "holds"), [(date(2026, 4, 9), True), (date(2026, 4, 10), False), (LAST, False)]
)
def test_it_ends_the_day_it_is_taken_back(on, holds):
    assert signed(revoked_on=date(2026, 4, 10)).holds(on) is holds
