"""What the county stopped or made less is told to whom it is about, on paper."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.family import FamilyDeed
from app.domain.ids import new_id
from app.domain.standing import LET_GO, BenefitKind
from app.domain.today import WorkKind
from app.store import feed
from tests.families import deed
from tests.news import Entry
from tests.storefile import household_of


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def from_the_county(work, home, **said):
    """A benefit as the feed brings it; its id."""
    made = new_id(work.clock.now())
    body = {
        "household_id": home.id, "kind": BenefitKind.DIBAO.value, "person_ids": [],
        "amount_fen": 23_500, "from_month": "2026-01-01", "to_month": None, "ends_on": None,
        "ends_by": None, "stop_reason": "", "by_county": True,
        "recorded_at": "2026-03-02T04:00:00.000Z",
    } | said  # fmt: skip
    with work.begin() as unit:
        news = [Entry("upsert", "benefit", made, home.id, 1, body)]
        feed.apply_news(unit.connection, news, work.clock.now())
        unit.commit()
    return made


def rows(work):
    return [one for one in work.worklist.everything() if one.kind is WorkKind.BENEFIT_TOLD]


def ends(work):
    return [one for one in work.worklist.everything() if one.kind is WorkKind.BENEFIT_ENDS]


def test_a_benefit_the_county_stopped_is_told_on_paper(work, home):
    made = from_the_county(work, home)
    assert rows(work) == []
    stopped = {"to_month": "2026-03-01", "stop_reason": "复核超了（9号）"}
    made = from_the_county(work, home, **stopped)

    (row,) = rows(work)

    assert (row.entity_id, row.household) == (made, home.id)
    assert row.why == "县里从2026年4月起停发或减发低保金"
    work.printing.record(work.printing.prepare("F20", home.id, made))
    assert rows(work) == []
    assert work.worklist.check() == []


@pytest.mark.parametrize(
    "said",
    [
        {"stop_reason": LET_GO},
        {"by_county": False, "stop_reason": "村里自己记的"},
        {"amount_fen": 0, "stop_reason": "县里撤回：金额打错了（9号）"},
    ],
)
def test_what_has_its_own_paper_or_is_the_village_s_is_not_told_again(work, home, said):
    from_the_county(work, home, to_month="2026-03-01", **said)

    assert rows(work) == []


def test_a_sum_taken_back_is_not_what_the_benefit_went_on_with(work, home):
    """A raise that was mistyped and said anew: nothing stopped, nothing became less."""
    from_the_county(work, home, to_month="2026-03-01", stop_reason="复核")
    taken = {"from_month": "2026-04-01", "to_month": "2026-04-01", "amount_fen": 0}
    from_the_county(work, home, **taken, stop_reason="县里撤回：金额打错了（9号）")
    from_the_county(work, home, from_month="2026-04-01", amount_fen=26_500)

    assert rows(work) == []


def test_what_was_one_person_s_and_goes_on_for_the_household_did_not_stop(work, home):
    """单人保 before, 低保 of everybody since."""
    one = [home.members[1].person.id]
    from_the_county(work, home, person_ids=one, to_month="2026-03-01", stop_reason="重新认定")
    from_the_county(work, home, from_month="2026-04-01", amount_fen=47_000)

    assert rows(work) == []


def test_who_a_benefit_of_the_county_was_for_has_died_and_the_others_live_on(work, home):
    """特困 or 单人保 of one of two."""
    made = from_the_county(work, home, person_ids=[home.members[1].person.id])
    work.families.do(deed(home, FamilyDeed.DEATH, 1, on=work.clock.today()))

    (row,) = ends(work)

    assert (row.entity_id, row.action) == (made, "告诉县里停发")
    assert row.why == "覃小雨去世了，低保金还记着在发"
    assert work.worklist.check() == []


def test_a_household_nobody_is_left_in_is_told_of_once(work, home):
    """By the row of the family, which asks to report it."""
    from_the_county(work, home, person_ids=[home.members[1].person.id])
    for at in (1, 0):
        work.families.do(deed(home, FamilyDeed.DEATH, at, on=work.clock.today()))

    assert ends(work) == []
    asked = [one.action for one in work.worklist.everything() if one.household == home.id]
    assert asked == ["打增减员表，报给乡镇停发"]
    assert work.worklist.check() == []


def test_after_three_months_it_is_no_news(work, home):
    from_the_county(work, home, to_month="2026-03-01", stop_reason="复核超了")
    work.clock.advance(days=(date(2026, 7, 1) - work.clock.today()).days)
    assert len(rows(work)) == 1

    work.clock.advance(days=1)

    assert rows(work) == []
