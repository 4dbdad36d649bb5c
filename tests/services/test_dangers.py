"""A danger stands until the same question is answered otherwise, by a road the pack accepts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.casework import Channel, Health, Housing, Met, Supplies
from app.domain.households import Category
from app.domain.people import SelfCare
from app.domain.referral_words import ReferralNeed
from app.domain.today import WorkKind
from app.domain.visit_words import CarerDuty
from app.services.investigations import Investigations, RecordInvestigation
from app.services.referrals import Referrals
from tests.services.test_due_keeping import dahua_entry, sent
from tests.storefile import household_of
from tests.visiting import TODAY, asked, new_referral, rows_of

DANGERS = [
    ({"supplies": Supplies.SHORT}, {"supplies": Supplies.ENOUGH}, "上次米面不够"),
    ({"housing": Housing.DANGEROUS}, {"housing": Housing.SAFE}, "上次房子危险"),
    ({"health": Health.HOSPITAL}, {"health": Health.GOOD}, "上次在住院"),
]


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def alone(work):
    """One 分散供养特困 household."""
    made = replace(household_of("黄阿公", id_number=None), category=Category.TEKUN)
    work.households.add_all([made])
    return made


def saw(work, home, days_ago, **answers):
    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=days_ago), **answers))


def investigated(work, home, days_ago):
    Investigations(work.begin, work.clock).record(
        RecordInvestigation(
            household=home.id,
            investigated_on=TODAY - timedelta(days=days_ago),
            investigators=("王秀英", "韦志强"),
            respondent="覃兰英",
            answers={},
            fits=True,
            conclusion="",
        )
    )


def why(work, home):
    assert work.worklist.check() == []
    return " ".join(row.why for row in rows_of(work, home, (WorkKind.VISIT, WorkKind.CARE_CHECK)))


def placing(work, home):
    assert work.worklist.check() == []
    return [row.why for row in rows_of(work, home, (WorkKind.MUST_PLACE,))]


@pytest.mark.parametrize(("danger", "_over", "words"), DANGERS)
def test_a_contact_at_which_nothing_was_asked_clears_no_danger(work, home, danger, _over, words):
    saw(work, home, 3, **danger)

    saw(work, home, 2, met=Met.PHONE)
    investigated(work, home, 1)

    assert words in why(work, home)


@pytest.mark.parametrize(("danger", "over", "words"), DANGERS)
def test_the_same_question_answered_otherwise_clears_it(work, home, danger, over, words):
    saw(work, home, 3, **danger)
    assert words in why(work, home)

    saw(work, home, 2, met=Met.PHONE, **over)

    assert words not in why(work, home)


@pytest.mark.parametrize(("danger", "over", "words"), DANGERS)
def test_a_call_clears_nothing_where_the_pack_accepts_none(work, home, danger, over, words):
    sent(work, dahua_entry())
    saw(work, home, 4, **danger)

    saw(work, home, 3, met=Met.PHONE, **over)
    assert words in why(work, home)

    saw(work, home, 2, **over)
    assert words not in why(work, home)


@pytest.mark.parametrize(("danger", "over", "words"), DANGERS)
def test_a_call_that_does_not_count_still_warns_and_takes_its_own_word_back(
    work, home, danger, over, words
):
    sent(work, dahua_entry())
    saw(work, home, 5, **over)

    saw(work, home, 4, met=Met.PHONE, **danger)
    assert words in why(work, home)

    saw(work, home, 3, met=Met.PHONE, **over)
    assert words not in why(work, home)


def test_one_answer_of_another_question_leaves_a_danger_standing(work, home):
    saw(work, home, 3, housing=Housing.DANGEROUS, supplies=Supplies.ENOUGH)

    saw(work, home, 2, supplies=Supplies.ENOUGH, health=Health.GOOD)

    assert "上次房子危险" in why(work, home)


def test_a_call_at_which_nothing_was_asked_leaves_an_institution_to_be_spoken_of(work, alone):
    saw(work, alone, 4, carer=CarerDuty.POOR, housing=Housing.DANGEROUS)
    saw(work, alone, 3, met=Met.PHONE)
    investigated(work, alone, 2)
    assert placing(work, alone) == ["走访看到照料人不尽责，居住有安全隐患"]

    saw(work, alone, 1, carer=CarerDuty.GOOD)
    assert placing(work, alone) == ["走访看到居住有安全隐患"]

    saw(work, alone, 0, housing=Housing.SAFE)
    assert placing(work, alone) == []


def test_a_call_settles_no_institution_where_the_pack_accepts_none(work, alone):
    sent(work, dahua_entry())
    saw(work, alone, 3, carer=CarerDuty.POOR)

    saw(work, alone, 2, channel=Channel.VIDEO, carer=CarerDuty.GOOD)
    assert placing(work, alone) == ["走访看到照料人不尽责"]

    saw(work, alone, 1, carer=CarerDuty.GOOD)
    assert placing(work, alone) == []


def cannot(work, home, *acts):
    """What the newest assessment of the first member found they cannot do alone."""
    with work.begin() as unit:
        unit.change(
            kind="household.corrected",
            entity="person",
            entity_id=home.members[0].person.id,
            subject=home.id,
            fields={"self_care": {act.value: act not in acts for act in SelfCare}},
        )
        unit.commit()


def test_who_cannot_look_after_themselves_at_home_is_to_be_placed(work, alone):
    cannot(work, alone, SelfCare.BATH, SelfCare.WALK, SelfCare.TOILET)
    assert placing(work, alone) == []

    cannot(work, alone, SelfCare.BATH, SelfCare.WALK, SelfCare.TOILET, SelfCare.BED)

    assert placing(work, alone) == ["黄阿公生活不能自理，住在家里"]
    Referrals(work.begin, work.clock).refer(new_referral(alone, need=ReferralNeed.CARE))
    assert placing(work, alone) == []


def test_whoever_is_not_of_tekun_is_not_placed(work, home):
    cannot(work, home, *SelfCare)

    assert placing(work, home) == []
