"""Today's list about care, the watch list, complaints, birthdays, first jobs and institutions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.care_states import CareEvent
from app.domain.caring import CareEnd, ComplaintChannel, Have, WatchCause
from app.domain.casework import Housing, Met
from app.domain.households import Category
from app.domain.people import Living
from app.domain.referral_words import ReferralNeed
from app.domain.today import WorkKind
from app.domain.visit_words import CarerDuty, VisitKind
from app.domain.watch_states import WatchEvent
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.caring_steps import CaringFacts
from app.services.complaints import Complaints, NewComplaint
from app.services.due_alarms import first_jobs_ending
from app.services.due_caring import period_after
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.referrals import Referrals
from app.services.visit_following import NewReferral
from app.services.visits import RecordVisit
from app.services.watchlist import NewWatch, Watchlist
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
END = date(2026, 12, 31)


@pytest.fixture
def home(work):
    home = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([home])
    set_of(work, home, "household", home.id, category=Category.TEKUN)
    return home


def set_of(work, home, entity, entity_id, **fields):
    with work.begin() as unit:
        unit.change(kind="test", entity=entity, entity_id=entity_id, subject=home.id, fields=fields)
        unit.commit()


def rows(work, kind):
    assert work.worklist.check() == []
    return [one for one in work.worklist.everything() if one.kind is kind]


def whys(work, kind):
    return [(one.why, one.action) for one in rows(work, kind)]


@pytest.fixture
def care(work, home):
    service = CareAgreements(work.begin, work.clock)
    new = NewCare(household=home.id, name="覃兰英", carer="韦阿姐", starts_on=TODAY, ends_on=END)
    made = service.draft(new)

    def step(event, **told):
        on = work.clock.today()
        return service.step(made, event, CareFacts(happened_on=on, **told))

    return step


def test_an_agreement_asks_for_its_next_step_and_for_what_is_missing(work, care):
    kind = WorkKind.CARE_AGREEMENT
    assert whys(work, kind) == [("覃兰英的照料协议写好了没签", "三方签字，记下来")]
    care(CareEvent.SIGN)
    assert [(one.action, one.due_on) for one in rows(work, kind)] == [("开始照料", TODAY)]
    care(CareEvent.BEGIN)
    assert whys(work, kind) == [
        ("覃兰英的照料还缺服务标准和标识、定期探访记录、应急预案", "补齐，记四有")
    ]
    care(CareEvent.CHECK, has_standard=Have.YES, has_plan=Have.YES)
    assert whys(work, kind) == [("覃兰英的照料还缺定期探访记录", "补齐，记四有")]


def test_a_visit_settles_the_fourth_requirement(work, home, care):
    care(CareEvent.SIGN)
    care(CareEvent.BEGIN)
    care(CareEvent.CHECK, has_standard=Have.YES, has_plan=Have.YES)

    work.visits.record(RecordVisit(household=home.id, visited_on=TODAY, met=Met.SELF))

    assert rows(work, WorkKind.CARE_AGREEMENT) == []


def test_the_end_of_an_agreement_shows_thirty_days_before(work, care):
    care(CareEvent.SIGN)
    care(CareEvent.BEGIN)
    work.clock.advance(days=(END - TODAY).days - 31)
    assert len(rows(work, WorkKind.CARE_AGREEMENT)) == 1
    work.clock.advance(days=1)

    last = rows(work, WorkKind.CARE_AGREEMENT)[0]

    assert (last.due_on, last.action) == (END, "问本人和照料人，续签或换人")
    care(CareEvent.TERMINATE, ended_by=CareEnd.MOVED)
    assert whys(work, WorkKind.CARE_AGREEMENT) == [("覃兰英的照料停了", "结清护理费，记结清")]
    care(CareEvent.CLOSE)
    assert rows(work, WorkKind.CARE_AGREEMENT) == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"living": Living.INSTITUTION}, "覃兰英住进机构了"),
        ({"is_removed": True}, "覃兰英已经不在这户"),
    ],
)
def test_an_agreement_about_somebody_who_is_gone_is_to_be_ended(work, home, care, fields, why):
    care(CareEvent.SIGN)
    care(CareEvent.BEGIN)

    set_of(work, home, "household_member", home.members[0].id, **fields)

    assert whys(work, WorkKind.CARE_AGREEMENT) == [(why, "停止照料，记下来")]


@pytest.mark.parametrize(
    ("day", "period", "last"),
    [
        (date(2026, 3, 2), "monthly", date(2026, 4, 30)),
        (date(2025, 12, 31), "monthly", date(2026, 1, 31)),
        (date(2026, 3, 31), "quarterly", date(2026, 6, 30)),
        (date(2026, 3, 31), "half_yearly", date(2026, 12, 31)),
        (date(2026, 3, 31), "yearly", date(2027, 12, 31)),
        (date(2026, 3, 2), "weekly", date(2026, 3, 15)),
        (date(2026, 3, 8), "weekly", date(2026, 3, 15)),
    ],
)
def test_the_next_period_is_counted_as_everybody_does(day, period, last):
    assert period_after(day, period) == last


def test_a_watched_household_is_verified_listed_and_compared_by_the_month(work, home):
    watchlist = Watchlist(work.begin, work.clock)
    new = NewWatch(household=home.id, cause=WatchCause.DIFFICULTIES, note="欠账", noticed_on=TODAY)
    entry = watchlist.notice(new)

    def step(event, **told):
        on = work.clock.today()
        watchlist.step(entry, event, CaringFacts(happened_on=on, note="看过了", **told))

    assert [action for _, action in whys(work, WorkKind.WATCH)] == ["去核实，记下来"]
    step(WatchEvent.VERIFY)
    assert [action for _, action in whys(work, WorkKind.WATCH)] == ["报上去，问列入没有"]
    step(WatchEvent.LIST, told_by="县里", paper_no="8号")
    assert rows(work, WorkKind.WATCH) == []
    work.clock.advance(days=(date(2026, 4, 23) - TODAY).days)
    compared = rows(work, WorkKind.WATCH)
    assert [(one.due_on, one.action) for one in compared] == [
        (date(2026, 4, 30), "上门看，记本月比对")
    ]
    assert "比对" in compared[0].rule
    step(WatchEvent.COMPARE)
    assert rows(work, WorkKind.WATCH) == []


@pytest.mark.parametrize("is_known", [True, False])
def test_a_complaint_waits_with_the_clock_of_the_pack_until_it_is_answered(work, home, is_known):
    complaints = Complaints(work.begin, work.clock)
    made = complaints.receive(
        NewComplaint(
            household=home.id if is_known else None,
            who="过路的人",
            channel=ComplaintChannel.PHONE,
            content="没有公示",
            received_on=TODAY,
        )
    )

    found = rows(work, WorkKind.COMPLAINT)[0]

    assert (found.why, found.page, found.target) == ("电话：没有公示", "caring", made)
    assert found.who == ("覃兰英" if is_known else "过路的人")
    assert found.due_on is not None
    assert found.due_on > TODAY
    assert "答复" in found.rule
    complaints.answer(made, TODAY, "补贴了")
    assert rows(work, WorkKind.COMPLAINT) == []


def test_a_minor_of_a_tekun_household_grows_up(work, home):
    child = home.members[1].person
    set_of(work, home, "person", child.id, birth_on=date(2010, 4, 2))
    assert rows(work, WorkKind.GROWN_UP) == []
    work.clock.advance(days=1)

    found = rows(work, WorkKind.GROWN_UP)

    assert [(one.due_on, one.target) for one in found] == [(date(2026, 4, 2), home.id)]
    assert "覃小雨" in found[0].why
    assert "满 16 周岁" in found[0].why
    work.clock.advance(days=60)
    assert rows(work, WorkKind.GROWN_UP)[0].overdue
    kept_test(work, home, work.clock.today())
    assert rows(work, WorkKind.GROWN_UP) == []


@pytest.mark.parametrize(
    ("category", "birth"),
    [(Category.DIBAO, date(2010, 3, 20)), (Category.TEKUN, date(1950, 3, 20))],
)
def test_nobody_else_grows_up(work, home, category, birth):
    set_of(work, home, "person", home.members[1].person.id, birth_on=birth)
    set_of(work, home, "household", home.id, category=category)

    assert rows(work, WorkKind.GROWN_UP) == []


def kept_test(work, home, on, *items):
    """A means test of a day whose answer has these lines."""
    with work.begin() as unit:
        unit.change(
            kind="test",
            entity="assessment",
            entity_id=f"t-{on}",
            subject=home.id,
            new=True,
            fields={
                "household_id": home.id,
                "assessed_on": on,
                "pack_id": "practice",
                "pack_version": "1",
                "pack_sha256": "0" * 64,
                "facts": {},
                "answer": {"lines": [{"item": one} for one in items]},
                "made_at": work.clock.now(),
            },
        )
        unit.commit()


class TianjinPolicies(Policies):
    """Tianjin's pack, which names the months of a first job's cost, stands for the shipped one."""

    def load(self, pack_id: str, *, at: str = "pack"):
        del pack_id
        return super().load("tianjin", at=at)


def ending(work, home):
    rules = GroundRules(TianjinPolicies(), work.clock)
    with work.begin() as unit:
        return list(first_jobs_ending(unit, rules, [home.id]))


def test_the_cost_of_a_first_job_ends_after_its_months_where_it_was_taken_off(work, home):
    fields = {"first_employed_on": date(2025, 3, 20)}
    set_of(work, home, "person", home.members[1].person.id, **fields)
    assert ending(work, home) == []
    kept_test(work, home, TODAY, "first_employment_cost")

    found = ending(work, home)

    end = date(2026, 3, 20)
    assert [(one.due_on, one.appears_on) for one in found] == [(end, end - timedelta(days=30))]
    assert "满 12 个月" in found[0].why
    assert rows(work, WorkKind.JOB_COST_ENDS) == []
    work.clock.advance(days=20)
    kept_test(work, home, work.clock.today(), "first_employment_cost")
    assert ending(work, home) == []


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"carer": CarerDuty.POOR}, "走访看到照料人不尽责"),
        ({"carer": CarerDuty.NOBODY}, "走访看到没有照料人"),
        ({"housing": Housing.DANGEROUS}, "走访看到居住有安全隐患"),
        (
            {"housing": Housing.HAZARD, "carer": CarerDuty.POOR},
            "走访看到照料人不尽责，居住有安全隐患",
        ),
        ({"housing": Housing.SAFE, "carer": CarerDuty.FAIR}, None),
    ],
)
def test_what_a_visit_saw_speaks_for_an_institution(work, home, answers, why):
    see(work, home, TODAY, **answers)

    found = [one.why for one in rows(work, WorkKind.MUST_PLACE)]

    assert found == ([] if why is None else [why])


def see(work, home, on, **answers):
    work.visits.record(
        RecordVisit(
            household=home.id, visited_on=on, met=Met.SELF, kind=VisitKind.WELFARE, **answers
        )
    )


def test_a_later_visit_a_referral_or_an_institution_settles_it(work, home):
    see(work, home, TODAY - timedelta(days=2), carer=CarerDuty.POOR)
    see(work, home, TODAY - timedelta(days=1), carer=CarerDuty.GOOD)
    assert rows(work, WorkKind.MUST_PLACE) == []

    see(work, home, TODAY, carer=CarerDuty.POOR)
    assert len(rows(work, WorkKind.MUST_PLACE)) == 1
    Referrals(work.begin, work.clock).refer(
        NewReferral(
            household=home.id,
            need=ReferralNeed.CARE,
            to_org="镇敬老院",
            content="集中供养",
            made_on=TODAY,
        )
    )
    assert rows(work, WorkKind.MUST_PLACE) == []


def test_nobody_is_to_be_placed_who_lives_there_already_or_is_not_tekun(work, home):
    see(work, home, TODAY, carer=CarerDuty.POOR)
    for member in home.members:
        set_of(work, home, "household_member", member.id, living=Living.INSTITUTION)
    assert rows(work, WorkKind.MUST_PLACE) == []

    set_of(work, home, "household_member", home.members[0].id, living=Living.TOGETHER)
    assert len(rows(work, WorkKind.MUST_PLACE)) == 1
    set_of(work, home, "household", home.id, category=Category.DIBAO)
    assert rows(work, WorkKind.MUST_PLACE) == []
