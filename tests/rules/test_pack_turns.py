"""The few days on which a pack says something else, and what hangs on them."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.households import Area
from app.domain.money import Money
from app.rules import parameters, terms
from tests.cases import layered, practice, value_toml


def test_a_file_of_cases_from_every_day_reads_the_pack_a_handful_of_times(monkeypatch):
    """What a pack says changes on few days; reading it for each day would double the time."""
    read = []
    whole = terms._values
    monkeypatch.setattr(terms, "_values", lambda pack, on: (read.append(on), whole(pack, on))[1])
    terms._in_force.cache_clear()

    for day in range(365):
        terms.terms_of(practice(), date(2025, 7, 1) + timedelta(day))

    assert len(read) <= len(practice().turns) <= 12
    found = [terms_on(day).value.amount for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert found == [Money.yuan(728), Money.yuan(760)]


def terms_on(day):
    return terms.terms_of(practice(), day).find(parameters.DIBAO_STANDARD, Area.URBAN)


def test_a_value_ends_with_its_last_day_also_where_nothing_follows():
    last = date(2026, 5, 31)
    pack = layered(
        value_toml(
            "followup_after_days",
            f'value = 30\nunit = "天"\nvalid_from = 2026-05-01\nvalid_to = {last}',
        )
    )

    def said(day):
        return terms.terms_of(pack, day).find(parameters.FOLLOW_UP)

    assert said(last).value == 30
    assert said(last + timedelta(1)) is None
    assert said(date(2026, 4, 30)) is None
    assert {date(2026, 5, 1), last + timedelta(1)} <= set(pack.turns)


def test_a_pack_without_end_may_say_so():
    pack = layered(
        value_toml(
            "followup_after_days",
            'value = 30\nunit = "天"\nvalid_from = 2026-05-01\nvalid_to = 9999-12-31',
        )
    )

    assert terms.terms_of(pack, date.max).find(parameters.FOLLOW_UP).value == 30
