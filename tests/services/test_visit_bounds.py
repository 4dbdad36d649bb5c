"""What a visit and what follows from it may be at the most: that much is taken, one more is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.casework import Channel, Met
from app.domain.ids import VisitId
from app.domain.referral_words import ReferralNeed
from app.domain.visit_states import PlanStatus
from app.domain.visit_words import FollowUp
from app.domain.visiting import FilePurpose, KeptFile
from app.services.visit_following import LONGEST_CONTENT, Following
from app.services.visits import LONGEST_NOTE, MOST_FILES
from tests.storefile import household_of
from tests.visiting import TODAY, ask, asked, refusal


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def handed_on(to_org: str = "镇卫生院", content: str = "腿疼") -> Following:
    return Following(
        how=FollowUp.REFERRAL, need=ReferralNeed.MEDICAL, to_org=to_org, content=content
    )


def photos(count: int) -> tuple[KeptFile, ...]:
    return tuple(
        KeptFile(
            blob_id=f"b-{number}",
            wrapped_key="…",
            size=1,
            sha256="0" * 64,
            media_type="image/jpeg",
            purpose=FilePurpose.PHOTO,
        )
        for number in range(count)
    )


def the_visit(work, home, **said):
    return lambda: work.visits.record(asked(home, **said))


WORDS = "字"


@pytest.mark.parametrize(
    ("most", "code", "field", "said"),
    [
        (LONGEST_NOTE, "F-03", "note", lambda text: {"note": text}),
        (
            LONGEST_CONTENT,
            "F-77",
            "lead_text",
            lambda text: {"following": Following(how=FollowUp.LEAD, content=text)},
        ),
        (LONGEST_CONTENT, "F-65", "to_org", lambda text: {"following": handed_on(to_org=text)}),
        (LONGEST_CONTENT, "F-65", "content", lambda text: {"following": handed_on(content=text)}),
    ],
    ids=["note", "lead", "place", "reason"],
)
def test_so_many_words_are_taken_and_not_one_more(work, home, most, code, field, said):
    too_much = refusal(the_visit(work, home, **said(WORDS * (most + 1))))
    nothing = work.visits.last(home.id)
    the_visit(work, home, **said(WORDS * most))()

    assert (too_much.code, too_much.field) == (code, field)
    assert "没写" not in too_much.what
    assert nothing is None
    assert work.visits.last(home.id) is not None


def test_so_many_pictures_are_taken_and_not_one_more(work, home):
    too_many = refusal(the_visit(work, home, files=photos(MOST_FILES + 1)))
    the_visit(work, home, files=photos(MOST_FILES))()

    assert (too_many.code, too_many.field) == ("F-63", "photos")
    assert len(work.visits.between(TODAY, TODAY)) == 1


def test_an_addendum_and_a_reason_may_be_as_long_and_no_longer(work, home):
    visit = work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))

    assert work.visits.add(visit, WORDS * LONGEST_NOTE).visit == visit
    too_long = refusal(work.visits.cancel_plan, home.id, WORDS * (LONGEST_CONTENT + 1))
    none = refusal(work.visits.cancel_plan, home.id, "  ")
    still = work.visits.plan_of(home.id)
    work.visits.cancel_plan(home.id, WORDS * LONGEST_CONTENT)

    assert (too_long.code, none.code, still.status) == ("F-66", "F-66", PlanStatus.PLANNED)
    assert work.visits.plan_of(home.id) is None
    assert refusal(work.visits.cancel_plan, home.id, "不去了").code == "F-70"


def test_a_visit_that_is_not_there_is_not_shown(work):
    assert refusal(work.visits.get, VisitId("nobody")).code == "F-04"


# which contact ends a day to go again


@pytest.mark.parametrize(
    ("road", "met", "left"),
    [
        (Channel.REMOTE, Met.SELF, PlanStatus.PLANNED),
        (Channel.HOME, Met.SELF, None),
        (Channel.PHONE, Met.PHONE, None),
        (Channel.REMOTE, Met.NOBODY, None),
    ],
)
def test_a_road_that_does_not_count_leaves_the_day_to_go_again(work, home, road, met, left):
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))
    accepted = work.visits.roads().accepted

    work.visits.record(asked(home, met=met, channel=road))

    plan = work.visits.plan_of(home.id)
    assert (Channel.PHONE in accepted, Channel.REMOTE in accepted) == (True, False)
    assert (None if plan is None else plan.status) == left


def test_somebody_seen_on_the_first_of_the_month_was_seen_this_month(work, home):
    work.visits.record(asked(home, visited_on=TODAY.replace(day=1)))

    assert work.visits.month_progress().seen == 1


def test_only_nobody_at_home_makes_a_day_to_go_again(work, home):
    work.visits.record(asked(home, again_on=TODAY + timedelta(days=3)))

    assert ask(work, lambda unit: unit.visiting.plans_of(home.id)) == []
