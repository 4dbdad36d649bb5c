"""Whatever happens in a family stands, however far its application has come (X-01)."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.application_states import APPLICATION, OVER
from app.domain.casework import ApplicationStatus as S
from app.domain.casework import Met
from app.domain.family import FamilyChange, FamilyDeed, Newcomer
from app.domain.people import IdKind
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from app.services.visits import RecordVisit
from tests.filing import Filing, refused
from tests.storefile import household_of

DEEDS = [one for one in FamilyDeed if one is not FamilyDeed.UNDO]


@pytest.fixture
def filing(work):
    return Filing(work)


@pytest.fixture
def homes(work):
    """For each state one household of two whose application stands there, and next door one."""
    kept = {"id_kind": IdKind.HUKOU_BOOK, "birth": date(1970, 1, 1)}
    made = {
        one: household_of("覃兰英", "覃小雨", door=f"{at}号", **kept) for at, one in enumerate(S)
    }
    next_door = household_of("韦大山", group="一组", **kept)
    work.households.add_all([*made.values(), next_door])
    for status, home in made.items():
        filed = work.applications.file(FileApplication(household=home.id, assessment=None))
        forced(work, filed, status)
    return made, next_door


def forced(work, filed, status):
    """The application in a state, whatever led there."""
    with work.begin() as unit:
        unit.change(
            kind="application.forced",
            entity="application",
            entity_id=filed.id,
            subject=filed.household,
            fields={"status": status},
        )
        unit.commit()


def change_of(kind, home, next_door, who=0):
    """The deed done to one of a household; the other one heads it afterwards."""
    people = [one.person.id for one in home.members]
    coming = kind in {FamilyDeed.BIRTH, FamilyDeed.MARRIAGE, FamilyDeed.JOIN}
    leaving = kind in {
        FamilyDeed.DEATH, FamilyDeed.MOVE, FamilyDeed.MOVE_OUT, FamilyDeed.SPLIT,
    }  # fmt: skip
    return FamilyChange(
        household=home.id,
        kind=kind,
        on=date(2026, 3, 1),
        people=(people[who],) if leaving else (),
        newcomer=Newcomer(name="覃新人") if coming else None,
        head=people[1] if len(people) > 1 and (leaving or kind is FamilyDeed.HEAD) else None,
        leads=people[who] if kind is FamilyDeed.SPLIT else None,
        other=next_door.id if kind in {FamilyDeed.MOVE, FamilyDeed.MERGE} else None,
        group_name="二组",
        door="9号",
        to_place="省城",
    )


@pytest.mark.parametrize("kind", DEEDS)
def test_a_deed_stands_whatever_state_the_application_is_in(work, homes, kind):
    made, next_door = homes

    for status, home in made.items():
        change = change_of(kind, home, next_door)
        if kind is FamilyDeed.MERGE and APPLICATION.may(status, E.WITHDRAW):
            assert refused(work.families.do, change).code == "H-22"
            continue
        work.families.do(change)
        shown = work.files.newest_of(home.id)
        work.files.get(shown.id)
        work.visits.record(RecordVisit(household=home.id, visited_on=change.on, met=Met.SELF))
    everything = work.worklist.everything()

    assert work.worklist.check() == []
    gone = {FamilyDeed.MOVE, FamilyDeed.MOVE_OUT, FamilyDeed.SPLIT}
    told = [one for one in everything if one.why.endswith("申请人不在这户了")]
    assert len(told) == (len(S) - len(OVER) if kind in gone else 0)


@pytest.mark.parametrize("kind", [FamilyDeed.MOVE_OUT, FamilyDeed.DEATH])
def test_the_only_one_of_a_household_may_leave_it_too(work, kind):
    alone = household_of("侬三", id_kind=IdKind.HUKOU_BOOK, door="99号")
    next_door = household_of("韦大山", group="一组")
    work.households.add_all([alone, next_door])
    filed = work.applications.file(FileApplication(household=alone.id, assessment=None))

    work.families.do(change_of(kind, alone, next_door))

    assert work.worklist.check() == []
    assert work.files.get(filed.id).who == ""
    refusal = refused(work.applications.file, FileApplication(household=alone.id, assessment=None))
    assert refusal.code == "F-30"


def left(filing):
    """Who applies leaves the village; the second heads the household."""
    filing.work.families.do(change_of(FamilyDeed.MOVE_OUT, filing.household, filing.household))
    return filing


def rows(filing):
    items = filing.work.worklist.everything()
    return {one.why: one for one in items if one.kind is WorkKind.APPLICATION}


def test_who_applied_and_left_is_told_with_what_to_do_about_it(filing):
    filing.submitted()
    left(filing)

    row = rows(filing)["申请人不在这户了"]

    assert (row.action, row.page, row.target) == (
        "换一个申请人，或者记撤回",
        "applications",
        filing.id,
    )


def test_at_the_county_the_county_is_asked(filing):
    filing.sent()
    left(filing)

    assert rows(filing)["申请人不在这户了"].action == "记撤回，或请县里退回来换人"


def test_nothing_is_handed_in_posted_or_printed_in_the_name_of_who_left(filing):
    filing.assessed()
    left(filing)

    assert refused(filing.post).code == "A-42"
    assert (
        refused(filing.work.printing.sketch, "F01", filing.household.id, filing.id).code == "A-42"
    )
    assert any(one.section == "applicant" and one.blocks for one in filing.whole.lacks)


def test_somebody_else_of_the_household_applies_and_it_goes_on(filing):
    filing.submitted()
    left(filing)
    other = filing.household.members[1].person.id

    filing.work.signatures.set_applicant(filing.id, other)

    assert (filing.now.applicant, filing.whole.who) == (other, "覃小雨")
    assert "申请人不在这户了" not in rows(filing)
    assert filing.work.worklist.check() == []
    assert not any(one.section == "applicant" for one in filing.whole.lacks)


def test_who_left_is_not_taken_nor_anybody_once_it_is_with_the_county(filing):
    people = [one.person.id for one in filing.household.members]
    filing.sent()
    away = refused(filing.work.signatures.set_applicant, filing.id, people[1])
    filing.county_says(S.RETURNED)
    left(filing)

    assert away.code == "A-35"
    assert refused(filing.work.signatures.set_applicant, filing.id, people[0]).code == "A-43"
    assert refused(filing.work.signatures.set_applicant, filing.id, None).code == "A-43"


def test_a_newer_test_leaves_the_one_who_applies_now(work, filing):
    other = filing.household.members[1].person.id
    filing.work.signatures.set_applicant(filing.id, other)
    tested = work.assessments.save(filing.household.id, work.assessments.start(filing.household.id))

    draft = work.applications.from_assessment(tested).application

    assert (draft.id, draft.applicant) == (filing.id, other)


def test_a_newer_test_takes_the_head_where_who_applied_has_left(work, filing):
    left(filing)
    tested = work.assessments.save(filing.household.id, work.assessments.start(filing.household.id))

    draft = work.applications.from_assessment(tested).application

    assert draft.applicant == filing.household.members[1].person.id
