"""Until a day of the pack 建档立卡 households on 低保 are not looked at again; then they are."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Category, MonitoringTag
from app.domain.standing import CaseClass, ChangeKind, ReviewResult
from app.domain.today import WorkKind
from app.services.standing import NewChange, NewReview
from app.services.standing_book import StandingBook
from tests.cases import value_toml
from tests.standing import TIANJIN, TOWNSHIP, village_of
from tests.storefile import bare_engine

HALF_A_YEAR = value_toml("review_frequency", 'value = { stable = 12, other = 6 }\nunit = "月"')
REVIEWED = date(2026, 2, 28)
DUE = date(2026, 8, 28)
UNTIL = date(2026, 12, 31)


def pack(until):
    said = "none = true" if until is None else f"value = {until.isoformat()}"
    return TOWNSHIP + TIANJIN + HALF_A_YEAR + value_toml("recheck_exempt_until", said)


@pytest.fixture
def village_under(tmp_path, clock):
    engines = []

    def _made(until):
        engines.append(bare_engine(tmp_path))
        return village_of(engines[-1], clock, pack(until))

    yield _made
    for engine in engines:
        engine.dispose()


def on_file(village, *, tag=MonitoringTag.UNSTABLE_LIFTED_OUT, category=Category.DIBAO):
    """The household as a poverty office has it, reviewed once."""
    with village.begin() as work:
        work.change(
            kind="household.corrected", entity="household", entity_id=village.home.id,
            subject=village.home.id, fields={"monitoring_tag": tag, "category": category},
        )  # fmt: skip
        work.commit()
    village.standing.review(
        NewReview(
            household=village.home.id, reviewed_on=REVIEWED,
            result=ReviewResult.NO_CHANGE, case_class=CaseClass.OTHER,
        )
    )  # fmt: skip


def review(village):
    book = StandingBook(village.begin, village.clock, village.rules)
    return book.file(village.home.id).review


def test_a_household_on_file_is_due_on_that_day_and_the_rule_says_why(village_under):
    village = village_under(UNTIL)
    on_file(village)

    found = review(village)

    assert found.due_on == UNTIL
    assert "建档立卡户在保的，2026年12月31日以前不再核对" in found.rule
    assert village.listed(WorkKind.PERIODIC_REVIEW) == []


def test_on_its_last_days_it_stands_in_the_list(village_under):
    village = village_under(UNTIL)
    on_file(village)
    village.clock.advance(days=(UNTIL - village.clock.today()).days)

    (row,) = village.listed(WorkKind.PERIODIC_REVIEW)

    assert row.due_on == UNTIL


def test_a_person_whom_the_village_watches_makes_the_household_one(village_under):
    village = village_under(UNTIL)
    on_file(village, tag=None)
    assert review(village).due_on == DUE
    with village.begin() as work:
        work.change(
            kind="person.corrected", entity="person",
            entity_id=village.home.members[0].person.id, subject=village.home.id,
            fields={"is_monitored": True},
        )  # fmt: skip
        work.commit()

    assert review(village).due_on == UNTIL


@pytest.mark.parametrize(
    ("until", "tag", "category"),
    [
        (None, MonitoringTag.UNSTABLE_LIFTED_OUT, Category.DIBAO),
        (UNTIL, None, Category.DIBAO),
        (UNTIL, MonitoringTag.UNSTABLE_LIFTED_OUT, Category.MARGINAL),
        (date(2026, 8, 1), MonitoringTag.UNSTABLE_LIFTED_OUT, Category.DIBAO),
    ],
    ids=["no such day", "not on file", "not on 低保", "over before its clock"],
)
def test_anybody_else_is_looked_at_by_the_clock(village_under, until, tag, category):
    village = village_under(until)
    on_file(village, tag=tag, category=category)

    found = review(village)

    assert found.due_on == DUE
    assert "建档立卡" not in found.rule


def test_who_joins_or_leaves_is_looked_at_at_once_all_the_same(village_under):
    village = village_under(UNTIL)
    on_file(village)
    today = village.clock.today()
    village.standing.change(
        NewChange(
            household=village.home.id, kind=ChangeKind.ADD, name="覃小弟", reason="出生",
            happened_on=today,
        )
    )  # fmt: skip

    assert review(village).due_on == today


def test_who_was_never_reviewed_has_no_day(village_under):
    village = village_under(UNTIL)
    with village.begin() as work:
        work.change(
            kind="household.corrected", entity="household", entity_id=village.home.id,
            subject=village.home.id,
            fields={"monitoring_tag": MonitoringTag.UNSTABLE_LIFTED_OUT},
        )  # fmt: skip
        work.commit()

    assert review(village).due_on is None
