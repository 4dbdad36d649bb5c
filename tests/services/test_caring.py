"""Care agreements, the watch list and complaints: what each step takes, sets and refuses."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.domain.care_states import CareEvent, CareStatus
from app.domain.caring import CareEnd, ComplaintChannel, FourCare, Have, WatchCause
from app.domain.casework import Met
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.problem import Refused
from app.domain.watch_states import WatchEvent, WatchStatus
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.caring_book import CaringBook
from app.services.caring_steps import CaringFacts
from app.services.complaints import Complaints, NewComplaint
from app.services.timeline import timeline_of
from app.services.visits import RecordVisit
from app.services.watchlist import NewWatch, Watchlist
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
END = date(2026, 12, 31)
PAPER = {"told_by": "县乡村振兴局", "paper_no": "练振〔2026〕8号"}


@pytest.fixture
def village(work):
    home = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([home])
    begin, clock = work.begin, work.clock
    return SimpleNamespace(
        work=work,
        home=home,
        care=CareAgreements(begin, clock),
        watch=Watchlist(begin, clock),
        complaints=Complaints(begin, clock),
        book=CaringBook(begin, clock, work.rules),
    )


OF_CARER = ("carer_phone", "carer_relation", "carer_id_number", "carer_address")
TOLD_OF_CARER = ("13800000000", "邻居", "459901197203090026", "三组5号")


def draft(village, **told):
    usual = {"name": "覃兰英", "carer": "韦阿姐", "starts_on": TODAY, "ends_on": END}
    told = usual | dict(zip(OF_CARER, TOLD_OF_CARER, strict=True)) | told
    return village.care.draft(NewCare(household=village.home.id, **told))


def step(village, care, event, on=TODAY, **told):
    return village.care.step(care, event, CareFacts(happened_on=on, **told))


def agreement(village, care):
    with village.work.begin() as unit:
        return unit.caring.agreement(care)


@pytest.fixture
def active(village):
    care = draft(village)
    step(village, care, CareEvent.SIGN)
    step(village, care, CareEvent.BEGIN)
    return care


def watch(village, **told):
    told = {"cause": WatchCause.AT_RISK_MARGINAL, "note": "欠账看病", "noticed_on": TODAY} | told
    return village.watch.notice(NewWatch(household=village.home.id, **told))


def look(village, entry, event, on=TODAY, **told):
    return village.watch.step(entry, event, CaringFacts(happened_on=on, **told))


def complaint(village, household=None, **told):
    told = {"content": "低保没有公示", "received_on": TODAY} | told
    new = NewComplaint(household=household, channel=ComplaintChannel.PHONE, **told)
    return village.complaints.receive(new)


def refused(code, field, deed, *args, **told):
    with pytest.raises(Refused) as problem:
        deed(*args, **told)

    assert (problem.value.code, problem.value.field) == (code, field)


def test_the_four_requirements_come_one_by_one(village, active):
    assert agreement(village, active).lacks == (
        FourCare.STANDARD, FourCare.VISITS, FourCare.PLAN,
    )  # fmt: skip

    step(village, active, CareEvent.CHECK, has_standard=Have.YES)
    step(village, active, CareEvent.CHECK, has_plan=Have.YES)
    village.work.visits.record(
        RecordVisit(household=village.home.id, visited_on=TODAY, met=Met.NOBODY)
    )
    assert agreement(village, active).lacks == (FourCare.VISITS,)
    village.work.visits.record(
        RecordVisit(household=village.home.id, visited_on=TODAY, met=Met.SELF)
    )

    assert agreement(village, active).lacks == ()
    step(village, active, CareEvent.CHECK, has_plan=Have.NO)
    assert agreement(village, active).lacks == (FourCare.PLAN,)


def test_nobody_signs_for_who_was_not_born_yet(village):
    home = household_of("韦小年", id_number=None, birth=date(1950, 5, 5))
    village.work.households.add_all([home])
    new = NewCare(household=home.id, carer="韦阿姐", starts_on=TODAY, ends_on=END)
    care = village.care.draft(new)

    refused("L-03", "happened_on", step, village, care, CareEvent.SIGN, date(1950, 5, 4))

    step(village, care, CareEvent.SIGN, date(1950, 5, 5))


def test_an_agreement_that_is_renewed_goes_on_where_it_ended(village, active):
    later = step(village, active, CareEvent.RENEW, ends_on=date(2027, 12, 31))

    before, after = agreement(village, active), agreement(village, later)
    assert (before.status, before.ended_by) == (CareStatus.RENEWED, None)
    assert (after.status, after.follows, after.starts_on) == (
        CareStatus.DRAFTED, active, END + timedelta(days=1),
    )  # fmt: skip
    assert (after.carer, after.person) == (before.carer, before.person)
    assert (before.carer_relation, before.carer_address) == ("邻居", "三组5号")
    assert [getattr(after, one) for one in OF_CARER] == [getattr(before, one) for one in OF_CARER]


def test_another_carer_is_another_agreement_in_the_same_transaction(village, active):
    refused("L-04", "carer", step, village, active, CareEvent.REPLACE, note="总不来", ends_on=END)
    assert agreement(village, active).status is CareStatus.ACTIVE

    now = step(village, active, CareEvent.REPLACE, note="总不来", carer="黄大哥", ends_on=END)

    before, after = agreement(village, active), agreement(village, now)
    assert (before.status, before.ended_by) == (CareStatus.TERMINATED, CareEnd.CARER_UNFIT)
    assert (after.carer, after.follows, after.starts_on) == ("黄大哥", active, TODAY)
    assert [getattr(after, one) for one in OF_CARER] == [""] * len(OF_CARER)


def test_a_death_ends_how_somebody_was_looked_after(village, active):
    home = village.home
    village.work.families.do(
        FamilyChange(
            household=home.id,
            kind=FamilyDeed.DEATH,
            on=TODAY,
            people=(home.members[0].person.id,),
            head=home.members[1].person.id,
        )
    )

    found = agreement(village, active)
    assert (found.status, found.ended_by) == (CareStatus.TERMINATED, CareEnd.DIED)
    step(village, active, CareEvent.CLOSE)
    assert agreement(village, active).status is CareStatus.CLOSED


def test_a_death_drops_what_nobody_had_signed_and_leaves_others_alone(village):
    unsigned, other = draft(village), draft(village, name="覃小雨")
    home = village.home
    village.work.families.do(
        FamilyChange(
            household=home.id,
            kind=FamilyDeed.DEATH,
            on=TODAY,
            people=(home.members[0].person.id,),
            head=home.members[1].person.id,
        )
    )

    assert agreement(village, unsigned).status is CareStatus.CLOSED
    assert agreement(village, other).status is CareStatus.DRAFTED


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"name": "没有这个人"}, "L-06", "name"),
        ({"name": ""}, "L-06", "name"),
        ({"carer": " "}, "L-04", "carer"),
        ({"carer_id_number": "459901197203090020"}, "I-05", "carer_id_number"),
        ({"ends_on": None}, "L-07", "ends_on"),
        ({"ends_on": date(2026, 3, 1)}, "L-08", "ends_on"),
    ],
)
def test_an_agreement_that_is_not_whole_is_not_drafted(village, told, code, field):
    refused(code, field, draft, village, **told)


def test_nobody_has_two_agreements_at_once(village, active):
    refused("L-09", "name", draft, village)

    step(village, active, CareEvent.TERMINATE, ended_by=CareEnd.MOVED)
    step(village, active, CareEvent.CLOSE)

    assert agreement(village, draft(village)).status is CareStatus.DRAFTED


@pytest.mark.parametrize(
    ("event", "on", "code", "field"),
    [
        (CareEvent.TERMINATE, TODAY, "L-10", "ended_by"),
        (CareEvent.CHECK, TODAY, "L-10", "has_standard"),
        (CareEvent.CHECK, TODAY + timedelta(days=1), "L-03", "happened_on"),
        (CareEvent.CHECK, TODAY - timedelta(days=1), "L-03", "happened_on"),
        (CareEvent.SIGN, TODAY, "L-01", None),
        (CareEvent.REPLACE, TODAY, "L-04", "note"),
    ],
)
def test_a_step_that_is_not_whole_changes_nothing(village, active, event, on, code, field):
    refused(code, field, step, village, active, event, on)

    assert agreement(village, active).status is CareStatus.ACTIVE


def test_a_household_is_watched_from_the_first_word_to_the_last(village):
    entry = watch(village)
    look(village, entry, WatchEvent.VERIFY, note="确实欠账")
    look(village, entry, WatchEvent.LIST, **PAPER)
    village.work.clock.advance(days=30)
    april = village.work.clock.today()
    look(village, entry, WatchEvent.COMPARE, april, note="没进低保，收入没变")
    look(village, entry, WatchEvent.OBSERVE, april, **PAPER)
    look(village, entry, WatchEvent.REOPEN, april, note="又住院")
    look(village, entry, WatchEvent.OBSERVE, april, **PAPER)
    off = look(village, entry, WatchEvent.REMOVE, april, **PAPER)

    assert (off.status, off.listed_on, off.compared_on) == (WatchStatus.OFF, TODAY, april)
    assert watch(village, noticed_on=april) != entry


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"cause": None}, "L-11", "cause"),
        ({"note": ""}, "L-04", "note"),
        ({"noticed_on": TODAY + timedelta(days=1)}, "L-03", "happened_on"),
    ],
)
def test_an_entry_that_is_not_whole_is_not_noted(village, told, code, field):
    refused(code, field, watch, village, **told)


def test_a_household_is_on_the_list_once(village):
    watch(village)

    refused("L-12", "cause", watch, village)


@pytest.mark.parametrize(
    ("event", "told", "code", "field"),
    [
        (WatchEvent.LIST, {}, "L-13", "told_by"),
        (WatchEvent.LIST, {"told_by": "县里"}, "L-13", "paper_no"),
        (WatchEvent.PROMOTE, {}, "L-04", "note"),
        (WatchEvent.COMPARE, {"note": "好"}, "L-02", None),
    ],
)
def test_a_word_of_others_needs_whose_it_is(village, event, told, code, field):
    entry = watch(village)
    look(village, entry, WatchEvent.VERIFY, note="确实")

    refused(code, field, look, village, entry, event, **told)


def test_a_complaint_is_answered_once(village):
    found = complaint(village, village.home.id)

    answered = village.complaints.answer(found, TODAY, "补贴了公示")

    assert (answered.answered_on, answered.answer) == (TODAY, "补贴了公示")
    refused("L-14", "answer", village.complaints.answer, found, TODAY, "再说一次")


@pytest.mark.parametrize(
    ("on", "words", "code", "field"),
    [
        (TODAY, "", "L-04", "answer"),
        (TODAY - timedelta(days=1), "好", "L-15", "happened_on"),
        (TODAY + timedelta(days=1), "好", "L-15", "happened_on"),
    ],
)
def test_an_answer_has_words_and_a_day_that_can_be(village, on, words, code, field):
    refused(code, field, village.complaints.answer, complaint(village), on, words)


def test_a_complaint_says_something_and_is_not_of_tomorrow(village):
    refused("L-04", "content", complaint, village, content=" ")
    refused("L-03", "happened_on", complaint, village, received_on=TODAY + timedelta(days=1))


def test_what_is_not_there_is_said_to_be_so(village):
    for deed in (
        lambda: village.book.file("nobody"),
        lambda: step(village, "nobody", CareEvent.SIGN),
        lambda: look(village, "nobody", WatchEvent.VERIFY),
        lambda: village.complaints.answer("nobody", TODAY, "好"),
    ):
        refused("L-05", None, deed)


def test_nothing_is_recorded_about_a_household_nobody_knows(village):
    for deed in (
        lambda: village.care.draft(
            NewCare(household="nobody", carer="韦", starts_on=TODAY, ends_on=END)
        ),
        lambda: village.watch.notice(
            NewWatch(household="nobody", cause=None, note="", noticed_on=TODAY)
        ),
        lambda: complaint(village, "nobody"),
    ):
        refused("F-01", None, deed)


def test_the_book_opens_a_household_at_what_is_in_hand(village, active):
    stranger = complaint(village, who="过路的人")
    entry = watch(village)

    assert village.book.file(village.home.id).at.id == active
    assert village.book.file(entry).at.id == entry
    alone = village.book.file(stranger)
    assert (alone.household, alone.who, len(alone.records)) == (None, "过路的人", 1)
    assert [one.record.id for one in village.book.lines()][-1] == entry
    assert {one.record.id for one in village.book.lines()} == {active, entry, stranger}


def test_all_of_it_stands_in_the_record_of_the_household(village, active):
    entry = watch(village)
    look(village, entry, WatchEvent.VERIFY, note="确实欠账")
    found = complaint(village, village.home.id)
    village.complaints.answer(found, TODAY, "补贴了公示")

    with village.work.begin() as unit:
        titles = {one.title for one in timeline_of(unit, village.home.id)}

    assert titles >= {
        "照料协议", "照料协议：记三方签字", "照料协议：开始照料", "备案监测", "备案监测：记核实",
        "投诉", "投诉答复",
    }  # fmt: skip
