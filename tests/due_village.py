"""Four households and everything that may happen to them, in whatever order hypothesis likes."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from app.domain.application_events import ApplicationEvent
from app.domain.care_states import CareEvent
from app.domain.caring import CareEnd, ComplaintChannel, Have, WatchCause
from app.domain.case_plan_states import CaseEvent
from app.domain.casework import (
    ApplicationStatus,
    EventKind,
    Health,
    Met,
    ReliefWay,
    Supplies,
)
from app.domain.family import LEAVING, FamilyChange, FamilyDeed, Newcomer
from app.domain.households import Category
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.people import IdKind, Living
from app.domain.problem import Refused
from app.domain.relief_words import ApprovalWay
from app.domain.reports import Quarter
from app.domain.watch_states import WatchEvent
from app.services.application_signatures import ApplicationSignatures, Sign
from app.services.application_steps import ApplicationSteps, TakeStep
from app.services.applications import Applications, FileApplication
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.caring_steps import CaringFacts
from app.services.case_plans import CaseFacts, CasePlans, NewCasePlan
from app.services.complaints import Complaints, NewComplaint
from app.services.due_keeping import DueKeeping
from app.services.family_changes import FamilyChanges
from app.services.fund import ReserveFunds
from app.services.ground_rules import GroundRules
from app.services.households import Households
from app.services.relief import ReliefCases
from app.services.relief_asked import Approval, PayRelief
from app.services.reports import NewReport, Reports
from app.services.visits import RecordVisit, Visits
from app.services.watchlist import NewWatch, Watchlist
from app.services.worklist import Worklist
from app.store import feed
from tests.fakes import NOON, StoppedClock
from tests.news import Entry
from tests.policies import PracticePolicies
from tests.storefile import bare_engine, beginner, household_of

PEOPLE = 4
STEPS = (
    ApplicationEvent.SUBMIT,
    ApplicationEvent.TELL,
    ApplicationEvent.NEED_MATERIAL,
    ApplicationEvent.MATERIAL_IN,
    ApplicationEvent.ACCEPT,
    ApplicationEvent.EXTEND,
    ApplicationEvent.SEND_CHECK,
    ApplicationEvent.CHECK_REPORT,
    ApplicationEvent.NOT_ACCEPT,
    ApplicationEvent.WITHDRAW,
)
DEEDS = st.sampled_from(
    (
        "visit",
        "relief",
        "stranger",
        "settle",
        "file",
        "county",
        "home",
        "member",
        "days",
        "given_up",
        "leaves",
        "comes",
        "undone",
        "applicant",
        "care",
        "watch",
        "case",
        "complaint",
        "report",
        "step",
        "purse",
        "agreed",
    )
)
STEP = st.tuples(DEEDS, st.integers(0, PEOPLE - 1), st.integers(0, 1000))


@dataclass
class Village:
    """Four households and everything that may happen to them."""

    work: SimpleNamespace
    homes: list
    version: itertools.count = field(default_factory=lambda: itertools.count(1))

    def do(self, deed: str, who: int, number: int) -> None:
        """One deed; one that may not be done leaves everything as it was."""
        with contextlib.suppress(Refused):
            getattr(self, deed)(self.homes[who], number)

    def visit(self, home, number):
        on = self.work.clock.today() - timedelta(days=number % 40)
        met, supplies = list(Met)[number % 4], list(Supplies)[number % 3]
        health = list(Health)[number % 5]
        answers = {} if met is Met.NOBODY else {"supplies": supplies, "health": health}
        self.work.visits.record(
            RecordVisit(household=home.id, visited_on=on, met=met, note="药够吃", **answers)
        )

    def relief(self, home, number, household=True):
        self.work.relief.pay(
            PayRelief(
                household=home.id if household else None,
                payee_name="覃兰英",
                event=EventKind.FIRE,
                event_note=str(number),
                amount=Money.yuan(10),
                way=ReliefWay.CASH,
            )
        )

    def stranger(self, home, number):
        self.relief(home, number, household=False)

    def settle(self, _home, number):
        with self.work.begin() as unit:
            owed = unit.casework.all_relief(50)
            if not owed:
                return
            paid = owed[number % len(owed)]
            unit.change(
                kind="relief.supplemented",
                entity="emergency_relief",
                entity_id=paid.id,
                subject=paid.household or paid.id,
                fields={"status": "supplemented", "paperwork_done_on": self.work.clock.today()},
            )
            unit.commit()

    def file(self, home, _number):
        self.work.applications.file(FileApplication(household=home.id, assessment=None))

    def county(self, home, number):
        """The county's word on an application nobody here has written."""
        body = {
            "document_no": f"县-{home.id}",
            "household_id": home.id,
            "applicant_person_id": home.head,
            "requested": ["dibao"],
            "status": list(ApplicationStatus)[number % len(ApplicationStatus)],
            "filed_on": "2026-02-01",
            "decided_on": "2026-02-20" if number % 2 else None,
        }
        entry = Entry("upsert", "application", f"a-{home.id}", home.id, next(self.version), body)
        self.news(entry)

    def news(self, entry):
        """One entry of a page of the feed."""
        with self.work.begin() as unit:
            feed.apply_news(unit.connection, [entry], self.work.clock.now())
            unit.commit()

    def home(self, home, number):
        fields = {
            "category": list(Category)[number % len(Category)],
            "door": f"{number}号",
            "is_removed": number % 7 == 0,
        }
        self._change("household", home.id, home.id, fields)

    def member(self, home, number):
        member = home.members[number % len(home.members)]
        living = list(Living)[number % len(Living)]
        self._change("household_member", member.id, home.id, {"living": living})
        birth = date(1940 + number % 80, 1 + number % 12, 1 + number % 28)
        self._change("person", member.person.id, home.id, {"birth_on": birth})

    def leaves(self, home, number):
        """One deed of the family after which somebody is not there any more."""
        people = [one.person.id for one in self._now(home).members]
        if people:
            gone = people[number % len(people)]
            staying = [one for one in people if one != gone]
            self.work.families.do(
                FamilyChange(
                    household=home.id,
                    kind=LEAVING[number % len(LEAVING)],
                    on=self.work.clock.today(),
                    people=(gone,),
                    head=staying[0] if staying else None,
                    leads=gone,
                    other=self.homes[(self.homes.index(home) + 1) % PEOPLE].id,
                    group_name="五组",
                    door=f"{number}号",
                    to_place="省城",
                )
            )

    def comes(self, home, number):
        """Somebody is born or joins, or another one heads the household; or it goes elsewhere."""
        people = [one.person.id for one in self._now(home).members]
        kinds = (FamilyDeed.BIRTH, FamilyDeed.HEAD, FamilyDeed.MERGE)
        self.work.families.do(
            FamilyChange(
                household=home.id,
                kind=kinds[number % len(kinds)],
                on=self.work.clock.today(),
                newcomer=Newcomer(name="覃新人"),
                head=people[-1] if people else None,
                other=self.homes[(self.homes.index(home) + 1) % PEOPLE].id,
            )
        )

    def undone(self, home, _number):
        self.work.families.undo(home.id)

    def applicant(self, home, number):
        """Somebody else applies, of this household or not."""
        known = self.work.applications.of(home.id)
        among = home if number % 3 else self.homes[number % PEOPLE]
        people = [one.person.id for one in among.members]
        if known:
            self.work.signatures.set_applicant(known[0].id, people[number % len(people)])

    def care(self, home, number):
        """An agreement is written, or the newest goes a step on."""
        today, people = self.work.clock.today(), self._now(home).members
        with self.work.begin() as unit:
            known = unit.caring.agreements_of(home.id)
        if known and number % 4:
            event = list(CareEvent)[number % len(CareEvent)]
            facts = CareFacts(
                happened_on=today,
                note="看过了",
                carer="黄",
                has_plan=Have.YES,
                has_standard=Have.YES,
                ended_by=CareEnd.MOVED,
                ends_on=today + timedelta(days=number),
            )
            self.work.agreements.step(known[0].id, event, facts)
        elif people:
            name = people[number % len(people)].person.name
            end = today + timedelta(days=number)
            self.work.agreements.draft(
                NewCare(household=home.id, name=name, carer="韦", starts_on=today, ends_on=end)
            )

    def watch(self, home, number):
        """The household is noticed, or its newest entry goes a step on."""
        today = self.work.clock.today()
        with self.work.begin() as unit:
            known = unit.caring.entries_of(home.id)
        if known and number % 4:
            event = list(WatchEvent)[number % len(WatchEvent)]
            facts = CaringFacts(happened_on=today, note="看过", told_by="县里", paper_no="8号")
            self.work.watchlist.step(known[0].id, event, facts)
        else:
            cause = list(WatchCause)[number % len(WatchCause)]
            self.work.watchlist.notice(
                NewWatch(household=home.id, cause=cause, note="欠账", noticed_on=today)
            )

    def case(self, home, number):
        """The household's case is opened, or goes a step on."""
        today = self.work.clock.today()
        with self.work.begin() as unit:
            known = unit.caring.case_plans_of(home.id)
        due_on = today + timedelta(days=number) if number % 3 else None
        if known and number % 4:
            event = list(CaseEvent)[number % len(CaseEvent)]
            facts = CaseFacts(happened_on=today, note="问过", due_on=due_on)
            self.work.case_plans.step(known[0].id, event, facts)
        else:
            self.work.case_plans.open(
                NewCasePlan(household=home.id, need="没人陪", opened_on=today, due_on=due_on)
            )

    def complaint(self, home, number):
        """Somebody complains, about this household or not, or is answered."""
        today = self.work.clock.today()
        with self.work.begin() as unit:
            known = unit.caring.complaints()
        if known and number % 2:
            self.work.complaints.answer(known[number % len(known)].id, today, "补贴了")
        else:
            self.work.complaints.receive(
                NewComplaint(
                    household=home.id if number % 3 else None,
                    channel=ComplaintChannel.PHONE,
                    content=f"没有公示{number}",
                    received_on=today,
                )
            )

    def report(self, _home, number):
        """The village reports this quarter, or the one before."""
        today = self.work.clock.today()
        quarter = Quarter.of(today)
        if number % 2:
            quarter = Quarter.of(quarter.first - timedelta(days=1))
        new = NewReport(
            quarter=quarter, first=quarter.first, last=min(quarter.last, today),
            told_on=today, told_to="镇民政办",
        )  # fmt: skip
        self.work.reports.tell(new)

    def step(self, home, number):
        """An application of the household goes a step on, signed by all of them."""
        today = self.work.clock.today()
        for one in self.work.applications.of(home.id)[:1]:
            self.work.signatures.sign(Sign(application=one.id, signed_on=today))
            self.work.steps.take(
                TakeStep(
                    application=one.id,
                    event=STEPS[number % len(STEPS)],
                    happened_on=today,
                    told_by="镇民政办",
                    paper_no="8号",
                    note="问过了",
                    materials=("离婚证",),
                )
            )

    def purse(self, _home, number):
        """Money comes into the fund, or somebody says what is low."""
        if number % 2:
            self.work.fund.put_in(Money.yuan(number % 50 + 1), self.work.clock.today())
        else:
            self.work.fund.warn_below(Money.yuan(number % 90))

    def agreed(self, _home, number):
        """Somebody above agrees to relief that was given, or it is ended."""
        known = self.work.relief.all()
        if known and number % 3:
            one = known[number % len(known)]
            self.work.relief.steps.approve(one.id, Approval("黄镇长", ApprovalWay.PHONE))
        elif known:
            self.work.relief.steps.close(known[number % len(known)].id)

    def _now(self, home):
        return self.work.households.get(home.id)

    def days(self, _home, number):
        self.work.clock.advance(days=number % 45)

    def given_up(self, home, number):
        """A transaction nobody committed."""
        with self.work.begin() as unit:
            unit.change(
                kind="household.updated",
                entity="household",
                entity_id=home.id,
                subject=home.id,
                fields={"door": f"没存的{number}"},
            )

    def _change(self, entity, entity_id, subject, fields):
        with self.work.begin() as unit:
            unit.change(
                kind=f"{entity}.updated",
                entity=entity,
                entity_id=entity_id,
                subject=subject,
                fields=fields,
            )
            unit.commit()


def village_in(folder: str) -> tuple[Village, Any]:
    """A fresh file with the households in it."""
    clock = StoppedClock()
    engine = bare_engine(Path(folder))
    rules = GroundRules(PracticePolicies(), clock)
    begin = beginner(engine, clock, DueKeeping(clock, rules).keep)
    homes = [
        household_of("覃兰英", "覃小雨", id_kind=IdKind.HUKOU_BOOK, door=f"{n}号")
        for n in range(PEOPLE)
    ]
    work = SimpleNamespace(
        begin=begin,
        clock=clock,
        households=Households(begin, clock),
        families=FamilyChanges(begin, clock),
        signatures=ApplicationSignatures(begin, clock, rules),
        visits=Visits(begin, clock, rules),
        relief=ReliefCases(begin, clock, rules),
        applications=Applications(begin, clock, rules),
        agreements=CareAgreements(begin, clock),
        watchlist=Watchlist(begin, clock),
        case_plans=CasePlans(begin, clock),
        complaints=Complaints(begin, clock),
        reports=Reports(begin, clock, rules),
        steps=ApplicationSteps(begin, clock, rules),
        fund=ReserveFunds(begin, clock),
        worklist=Worklist(begin, clock, rules),
    )
    Households(begin, clock).add_all(homes)
    village = Village(work, homes)
    quota = {"amount_fen": 100_000, "not_after": "2030-06-01", "signed": "…"}
    issued = {"issued_at": instant_text(NOON)}
    village.news(Entry("upsert", "quota_token", "q-1", "q-1", 1, quota | issued))
    return village, engine
