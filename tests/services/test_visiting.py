"""What stands beside visits: addenda, plans, leads, referrals, investigations, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.casework import Met, WorkKind
from app.domain.households import Category
from app.domain.ids import ApplicationId, HouseholdId, LeadId, ReferralId, VisitId
from app.domain.problem import Refused, Unavailable
from app.domain.referral_states import LeadEvent, LeadStatus, ReferralEvent, ReferralStatus
from app.domain.referral_words import LeadSource, ReferralNeed
from app.domain.visit_states import PlanStatus
from app.domain.visit_words import FilePurpose, FireSafety, FollowUp, VisitKind
from app.services.applications import FileApplication
from app.services.due_keeping import DueKeeping
from app.services.investigations import Investigations, RecordInvestigation
from app.services.papers import KINDS, VISIT, content_of, subject_of
from app.services.referrals import Referrals
from app.services.visit_files import LARGEST_PHOTO, VisitFiles
from app.services.visit_following import Following, NewLead, NewReferral
from app.services.visits import LONGEST_NOTE, MOST_FILES, RecordVisit
from app.store.blobs import BlobStore
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
SIGNED = (((10, 20), (300, 120)), ((400, 50), (420, 90)))
JPEG = b"\xff\xd8\xff\xe0 only pixels \xff\xd9"


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def referrals(work):
    return Referrals(work.begin, work.clock)


@pytest.fixture
def files(work, tmp_path):
    return VisitFiles(work.begin, work.clock, BlobStore(tmp_path / "blobs", bytes(32)))


def asked(home, **changes):
    said = {"household": home.id, "visited_on": TODAY, "met": Met.SELF}
    return RecordVisit(**(said | changes))


def refusal(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return caught.value


def ask(work, question):
    with work.begin() as unit:
        return question(unit)


def rows_of(work, home, kinds=(WorkKind.VISIT,)):
    return [
        item
        for _source, item in ask(work, lambda unit: unit.due.about([home.id]))
        if item.kind in kinds
    ]


# addenda


def test_an_addendum_stands_beside_the_visit_and_changes_nothing_of_it(work, home):
    visit = work.visits.record(asked(home, note="都好"))
    before = work.visits.get(visit)
    work.clock.advance(days=1)

    added = work.visits.add(visit, " 药费单子后来找到了 ")

    assert work.visits.get(visit) == before
    assert [one.text for one in work.visits.addenda(visit)] == ["药费单子后来找到了"]
    assert (added.by, added.recorded_at) == ("测试协理员", work.clock.now())


def test_an_addendum_is_no_visit_to_any_count_or_list(work, home):
    visit = work.visits.record(asked(home, visited_on=TODAY - timedelta(days=40), note="都好"))
    due = rows_of(work, home)
    work.clock.advance(minutes=5)

    work.visits.add(visit, "补一句")

    assert len(work.visits.between(TODAY - timedelta(days=60), TODAY)) == 1
    assert work.visits.last(home.id).note == "都好"
    assert rows_of(work, home) == due


@pytest.mark.parametrize("text", ["", "  ", "字" * (LONGEST_NOTE + 1)])
def test_an_addendum_says_something_and_not_too_much(work, home, text):
    visit = work.visits.record(asked(home))

    assert refusal(work.visits.add, visit, text).code == "F-64"
    assert work.visits.addenda(visit) == []


def test_nothing_is_added_to_a_visit_that_is_not_there(work):
    assert refusal(work.visits.add, VisitId("nobody"), "补一句").code == "F-04"


# nobody at home


def plans_of(work, home):
    return ask(work, lambda unit: unit.visiting.plans_of(home.id))


def test_nobody_at_home_makes_a_plan_and_the_list_waits_for_its_day(work, home):
    again = TODAY + timedelta(days=3)

    work.visits.record(asked(home, met=Met.NOBODY, again_on=again))

    (plan,) = plans_of(work, home)
    (row,) = rows_of(work, home)
    assert (plan.status, plan.planned_on) == (PlanStatus.PLANNED, again)
    assert row.appears_on == again
    assert "约好 3月5日再去" in row.why


def test_the_visit_that_is_made_ends_the_plan(work, home):
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))
    work.clock.advance(days=3)

    visit = work.visits.record(asked(home, visited_on=work.clock.today()))

    (plan,) = plans_of(work, home)
    assert (plan.status, plan.visit) == (PlanStatus.COMPLETED, visit)
    assert "约好" not in rows_of(work, home)[0].why


def test_nobody_at_home_again_is_missed_and_planned_anew(work, home):
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))
    work.clock.advance(days=3)
    today = work.clock.today()

    work.visits.record(
        asked(home, visited_on=today, met=Met.NOBODY, again_on=today + timedelta(days=2))
    )

    newest, first = plans_of(work, home)
    assert (first.status, first.reason) == (PlanStatus.MISSED, "没人在家")
    assert (newest.status, newest.planned_on) == (PlanStatus.PLANNED, today + timedelta(days=2))


def test_a_day_that_is_over_cannot_be_planned(work, home):
    request = asked(home, met=Met.NOBODY, again_on=TODAY - timedelta(days=1))

    assert refusal(work.visits.record, request).field == "again_on"
    assert work.visits.last(home.id) is None


def test_a_household_nobody_need_visit_still_comes_back_on_its_day(work):
    other = household_of("赵大山", id_number=None)
    other = replace(other, category=Category.NONE)
    work.households.add_all([other])
    work.visits.record(asked(other, met=Met.NOBODY, again_on=TODAY + timedelta(days=2)))

    due = rows_of(work, other, (WorkKind.VISIT, WorkKind.SWEEP))

    assert [(row.appears_on, row.page) for row in due] == [(TODAY + timedelta(days=2), "visits")]


# what a visit brings about


def test_a_lead_made_in_place_is_written_with_the_visit(work, home):
    visit = work.visits.record(
        asked(home, following=Following(how=FollowUp.LEAD, content="隔壁老人断了药"))
    )

    (lead,) = ask(work, lambda unit: unit.visiting.leads_of(home.id))
    (row,) = rows_of(work, home, (WorkKind.LEAD,))
    assert (lead.visit, lead.source, lead.status) == (visit, LeadSource.VISIT, LeadStatus.OPEN)
    assert (lead.who, row.why, row.action) == ("覃兰英", "隔壁老人断了药", "去核实")


@pytest.mark.parametrize(
    ("consented", "status", "steps"),
    [(True, ReferralStatus.CONSENTED, 1), (False, ReferralStatus.DRAFT, 0)],
)
def test_a_referral_made_in_place_knows_whether_the_person_agreed(
    work, home, consented, status, steps
):
    following = Following(
        how=FollowUp.REFERRAL, to_org="镇卫生院", need=ReferralNeed.MEDICAL, consented=consented
    )

    work.visits.record(asked(home, following=following))

    (referral,) = ask(work, lambda unit: unit.visiting.referrals_of(home.id))
    made = ask(work, lambda unit: unit.visiting.referral_steps(referral.id))
    assert (referral.status, referral.need, len(made)) == (status, ReferralNeed.MEDICAL, steps)


@pytest.mark.parametrize(
    ("following", "code"),
    [
        (Following(how=FollowUp.LEAD), "F-77"),
        (Following(how=FollowUp.LEAD, content="字" * 501), "F-77"),
        (Following(how=FollowUp.REFERRAL, content="腿疼"), "F-65"),
    ],
)
def test_what_cannot_follow_keeps_the_visit_from_being_saved_half(work, home, following, code):
    assert refusal(work.visits.record, asked(home, following=following)).code == code
    assert work.visits.last(home.id) is None


def test_relief_and_application_are_gone_on_with_elsewhere(work, home):
    work.visits.record(asked(home, following=Following(how=FollowUp.RELIEF)))

    assert ask(work, lambda unit: (unit.visiting.leads(), unit.visiting.referrals())) == ([], [])


def test_the_officers_own_short_words_come_back_by_field(work, home):
    for note in ("都好", "都好", "腿疼"):
        work.visits.record(
            asked(
                home,
                note=note,
                following=Following(how=FollowUp.REFERRAL, to_org="镇卫生院", content=note),
            )
        )
    work.visits.record(
        asked(home, note="长" * 31, following=Following(how=FollowUp.LEAD, content="断药"))
    )

    assert work.visits.said(TODAY) == {
        "note": ("都好", "腿疼"),
        "lead_text": ("断药",),
        "to_org": ("镇卫生院",),
    }


def test_what_kind_of_visit_is_due_follows_from_the_list(work, home):
    other = household_of("黄阿公", id_number=None)
    alone = replace(other, category=Category.TEKUN)
    work.households.add_all([alone])

    assert work.visits.kind_due(home.id) is VisitKind.ROUTINE
    assert work.visits.kind_due(alone.id) is VisitKind.WELFARE


def test_the_answers_of_a_welfare_check_are_kept(work, home):
    visit = work.visits.record(asked(home, kind=VisitKind.WELFARE, fire_safety=FireSafety.HAZARD))

    found = work.visits.get(visit)
    assert (found.kind, found.fire_safety) == (VisitKind.WELFARE, FireSafety.HAZARD)


# leads and referrals


def test_a_lead_about_a_stranger_has_no_household_and_stands_in_the_list(work, referrals):
    lead = referrals.note_lead(
        NewLead(content="桥洞下有人", found_on=TODAY, source=LeadSource.HOTLINE, who="不知道姓名")
    )

    about = ask(work, lambda unit: unit.due.about([lead]))
    assert [(item.kind, item.who, item.household) for _source, item in about] == [
        (WorkKind.LEAD, "不知道姓名", None)
    ]


def test_a_lead_goes_its_way_and_leaves_the_list(work, home, referrals):
    lead = referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=home.id)
    )
    referrals.move_lead(lead, LeadEvent.VERIFY, "去看过")

    file = referrals.move_lead(lead, LeadEvent.HAND_ON)

    assert [(step.event, step.note) for step in file.steps] == [
        ("verify", "去看过"),
        ("hand_on", ""),
    ]
    assert (file.events, file.line.is_over) == ((), True)
    assert rows_of(work, home, (WorkKind.LEAD,)) == []


def new_referral(home, **changes):
    said = {
        "household": home.id,
        "need": ReferralNeed.MEDICAL,
        "to_org": "镇卫生院",
        "content": "腿疼",
        "made_on": TODAY,
    }
    return NewReferral(**(said | changes))


def test_a_referral_goes_the_whole_way_and_leaves_the_list(work, home, referrals):
    referral = referrals.refer(new_referral(home))
    way = (
        ReferralEvent.CONSENT, ReferralEvent.SEND, ReferralEvent.RECEIVE, ReferralEvent.ACCEPT,
        ReferralEvent.BEGIN, ReferralEvent.RESOLVE, ReferralEvent.FEED_BACK,
    )  # fmt: skip
    for event in way:
        referrals.move(referral, event)
    told = rows_of(work, home, (WorkKind.REFERRAL,))

    file = referrals.move(referral, ReferralEvent.CLOSE)

    assert [row.action for row in told] == ["办结"]
    assert rows_of(work, home, (WorkKind.REFERRAL,)) == []
    assert [step.event for step in file.steps] == [*way, ReferralEvent.CLOSE]


def test_a_referral_that_was_sent_shows_up_before_its_answer_is_due(work, home, referrals):
    referral = referrals.refer(new_referral(home, consented=True))
    referrals.move(referral, ReferralEvent.SEND)

    referrals.ask_until(referral, TODAY + timedelta(days=10))

    (row,) = rows_of(work, home, (WorkKind.REFERRAL,))
    assert (row.due_on, row.appears_on) == (TODAY + timedelta(days=10), TODAY + timedelta(days=7))


@pytest.mark.parametrize("event", [ReferralEvent.WITHDRAW, ReferralEvent.DECLINE])
def test_why_is_said_where_nothing_came_of_it(work, home, referrals, event):
    referral = referrals.refer(new_referral(home, consented=True))

    assert refusal(referrals.move, referral, event, " ").code == "F-66"


def test_why_is_said_of_a_lead_that_is_dropped(work, home, referrals):
    lead = referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=home.id)
    )

    assert refusal(referrals.move_lead, lead, LeadEvent.DISMISS).code == "F-66"


def test_a_step_that_is_not_legal_leaves_no_trace(work, home, referrals):
    referral = referrals.refer(new_referral(home))

    assert refusal(referrals.move, referral, ReferralEvent.SEND).code == "F-71"
    assert referrals.open(referral).steps == ()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda r, h: r.move(ReferralId("x"), ReferralEvent.SEND), "F-67"),
        (lambda r, h: r.move_lead(LeadId("x"), LeadEvent.VERIFY), "F-67"),
        (lambda r, h: r.ask_until(ReferralId("x"), TODAY), "F-67"),
        (lambda r, h: r.open("x"), "F-67"),
        (lambda r, h: r.refer(new_referral(h, made_on=TODAY + timedelta(days=1))), "F-78"),
        (lambda r, h: r.refer(new_referral(h, household=HouseholdId("x"))), "F-01"),
        (lambda r, h: r.refer(new_referral(h, to_org=" ")), "F-65"),
        (lambda r, h: r.ask_until(r.refer(new_referral(h)), TODAY - timedelta(days=1)), "F-79"),
    ],
)
def test_what_cannot_be_about_a_lead_or_referral_is_refused(home, referrals, call, code):
    assert refusal(call, referrals, home).code == code


def test_open_ones_are_listed_before_those_that_are_over(work, home, referrals):
    first = referrals.refer(new_referral(home))
    second = referrals.refer(new_referral(home))
    referrals.move(second, ReferralEvent.WITHDRAW, "本人不愿意")

    assert [line.case.id for line in referrals.lines()] == [first, second]
    assert {line.case.id for line in referrals.of(home.id) if line.is_over} == {second}


# 入户调查


@pytest.fixture
def investigations(work):
    return Investigations(work.begin, work.clock)


def investigation(home, **changes):
    said = {
        "household": home.id,
        "investigated_on": TODAY,
        "investigators": ("王秀英", "韦志强"),
        "respondent": "覃兰英",
        "answers": {"housing": "自建砖房", "vehicles": " "},
        "fits": True,
        "conclusion": "",
    }
    return RecordInvestigation(**(said | changes))


def test_an_investigation_by_two_is_kept_and_is_a_home_visit(work, home, investigations):
    made = investigations.record(investigation(home))

    (found,) = investigations.of(home.id)
    assert (found.id, found.investigators) == (made, ("王秀英", "韦志强"))
    assert (dict(found.answers), found.fits) == ({"housing": "自建砖房"}, True)
    assert work.visits.last(home.id).kind is VisitKind.INVESTIGATION


@pytest.mark.parametrize("names", [(), ("王秀英",), ("王秀英", " 王秀英 "), ("王秀英", "")])
def test_one_person_alone_is_no_investigation(work, home, investigations, names):
    request = investigation(home, investigators=names)

    assert refusal(investigations.record, request).code == "F-73"
    assert investigations.of(home.id) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"respondent": " "}, "F-74"),
        ({"fits": None}, "F-74"),
        ({"fits": False}, "F-74"),
        ({"investigated_on": TODAY + timedelta(days=1)}, "F-75"),
        ({"application": ApplicationId("nobody")}, "F-76"),
        ({"household": HouseholdId("nobody")}, "F-01"),
    ],
)
def test_an_investigation_that_cannot_stand_is_refused(work, home, investigations, changes, code):
    assert refusal(investigations.record, investigation(home, **changes)).code == code
    assert work.visits.last(home.id) is None


def test_an_application_finds_its_investigation(work, home, investigations):
    application = work.applications.file(
        FileApplication(household=home.id, requested=(Category.DIBAO,), assessment=None)
    ).id
    assert investigations.of_application(application) is None

    made = investigations.record(investigation(home, application=application))

    assert investigations.of_application(application).id == made
    assert investigations.of_application(ApplicationId("nobody")) is None


# photos and signatures


def test_a_photo_is_encrypted_first_and_then_named(work, home, files, tmp_path):
    kept = files.keep_photo(JPEG)
    visit = work.visits.record(asked(home, files=(kept,)))

    (file,) = files.files(visit)
    on_disk = b"".join(
        path.read_bytes() for path in (tmp_path / "blobs").rglob("*") if path.is_file()
    )
    assert (file.kept, files.read(file.kept)) == (kept, JPEG)
    assert b"only pixels" not in on_disk


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a", "F-60"),
        (b"", "F-60"),
        (b"\xff\xd8" + bytes(LARGEST_PHOTO), "F-61"),
        (b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM", "F-62"),
        (b"\xff\xd8\xff\xe1http://ns.adobe.com/xap/1.0/", "F-62"),
    ],
)
def test_what_is_no_clean_picture_is_refused_and_writes_nothing(files, tmp_path, content, code):
    assert refusal(files.keep_photo, content).code == code
    assert not (tmp_path / "blobs").exists()


def test_a_visit_has_at_most_so_many_pictures(work, home, files):
    kept = files.keep_photo(JPEG)

    too_many = asked(home, files=(kept,) * (MOST_FILES + 1))

    assert refusal(work.visits.record, too_many).code == "F-63"


def test_taking_a_picture_away_hides_it_and_it_can_come_back(work, home, files):
    visit = work.visits.record(asked(home, files=(files.keep_photo(JPEG),)))
    (file,) = files.files(visit)

    files.hide(file.id)
    files.hide(file.id)
    hidden = files.files(visit)
    kept = ask(work, lambda unit: unit.visiting.files(visit, hidden=True))
    files.bring_back(file.id)
    files.bring_back(file.id)
    files.hide("nobody")

    assert (hidden, len(kept), files.read(file.kept)) == ([], 1, JPEG)
    assert [one.id for one in files.files(visit)] == [file.id]


def test_a_damaged_picture_says_so(work, home, files, tmp_path):
    kept = files.keep_photo(JPEG)
    (path,) = [one for one in (tmp_path / "blobs").rglob("*") if one.is_file()]
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(Unavailable) as caught:
        files.read(kept)

    assert caught.value.code == "V-15"


def paper_of(work, visit, blobs=None):
    with work.begin() as unit:
        subject = subject_of(unit, KINDS[VISIT], visit)
        return content_of(unit, work.rules, KINDS[VISIT], subject, blobs)


def test_f15_carries_signature_addenda_and_the_count_of_photos(work, home, files):
    kept = (files.keep_photo(JPEG), files.keep_signature(SIGNED))
    visit = work.visits.record(asked(home, files=kept))
    work.visits.add(visit, "药费单子找到了")

    content = paper_of(work, visit, files.blobs)

    assert (content.signature, content.photos) == (SIGNED, 1)
    assert [(one.by, one.text) for one in content.addenda] == [("测试协理员", "药费单子找到了")]


def test_f15_names_the_day_that_was_planned(work, home, files):
    again = TODAY + timedelta(days=3)
    visit = work.visits.record(asked(home, met=Met.NOBODY, again_on=again))

    content = paper_of(work, visit, files.blobs)

    assert (content.next_visit_on, content.signature) == (again, ())


def test_a_hidden_signature_is_not_printed(work, home, files):
    visit = work.visits.record(asked(home, files=(files.keep_signature(SIGNED),)))
    (file,) = files.files(visit)

    files.hide(file.id)

    assert file.kept.purpose is FilePurpose.SIGNATURE
    assert paper_of(work, visit, files.blobs).signature == ()


def test_the_list_is_the_same_when_it_is_made_anew(work, home, referrals):
    referrals.refer(new_referral(home))
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))

    with work.begin() as unit:
        found = DueKeeping(work.clock, work.rules).differences(unit, [home.id])

    assert found == []
