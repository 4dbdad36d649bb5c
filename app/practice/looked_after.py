"""Who is looked after, kept in view or a case, complaints and the report: the practice village."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.care_states import CareEvent
from app.domain.caring import ComplaintChannel, Have, WatchCause
from app.domain.case_plan_states import CaseEvent
from app.domain.casework import Met
from app.domain.households import Category
from app.domain.ids import CareId, CasePlanId, ComplaintId, WatchId
from app.domain.money import Money
from app.domain.reports import Quarter
from app.domain.watch_states import WatchEvent
from app.practice.backdating import EarlierClock, Story, on_days
from app.practice.homes import Home, Homes
from app.practice.office import CLERK, OFFICE, paper
from app.practice.village import PracticeHousehold
from app.services.care_agreements import CareFacts, NewCare
from app.services.caring_steps import CaringFacts
from app.services.case_plans import CaseFacts, NewCasePlan
from app.services.complaints import NewComplaint
from app.services.reports import NewReport
from app.services.visits import RecordVisit
from app.services.watchlist import NewWatch

if TYPE_CHECKING:
    from app.services.desk import Desk

_DAY: Final = timedelta(days=1)
_SINCE: Final = timedelta(days=80)
"""How long ago the agreement was drafted."""
_LASTS: Final = timedelta(days=100)
"""So it ends soon, and somebody asks about the next."""


@dataclass(slots=True)
class LookedAfter:
    """The records as they came to be, to be found again."""

    desk: Desk = field(repr=False)
    clock: EarlierClock = field(repr=False)
    cared: Home = field(repr=False)
    watched: Home = field(repr=False)
    noticed: Home = field(repr=False)
    care: CareId | None = None
    entry: WatchId | None = None
    case: CasePlanId | None = None
    answered: ComplaintId | None = None
    waiting: ComplaintId | None = None

    def stories(self, on: date) -> Iterator[Story]:
        """What happened until `on`."""
        begun = on - _SINCE
        yield on_days(
            [
                (begun, self._draft),
                (begun + 3 * _DAY, partial(self._care, CareEvent.SIGN)),
                (begun + 5 * _DAY, partial(self._care, CareEvent.BEGIN)),
                (begun + 9 * _DAY, self._see),
                (begun + 20 * _DAY, partial(self._care, CareEvent.CHECK)),
            ]
        )
        yield on_days(
            [
                (on - 75 * _DAY, self._keep_in_view),
                (on - 70 * _DAY, partial(self._watch, WatchEvent.VERIFY)),
                (on - 60 * _DAY, partial(self._watch, WatchEvent.LIST)),
                (on - 32 * _DAY, partial(self._watch, WatchEvent.COMPARE)),
            ]
        )
        yield on_days([(on - 4 * _DAY, self._notice)])
        yield on_days(
            [
                (on - 18 * _DAY, self._open_case),
                (on - 15 * _DAY, partial(self._case, CaseEvent.DONE, "本人说难，愿意要人帮")),
                (on - 11 * _DAY, partial(self._case, CaseEvent.DONE, "要人陪着复查，要借轮椅")),
                (on - 6 * _DAY, partial(self._case, CaseEvent.DONE, "跟社工站说好分头去办")),
            ]
        )
        yield on_days([(on - 25 * _DAY, self._complained), (on - 19 * _DAY, self._answer)])
        yield on_days([(on - 2 * _DAY, self._waits)])
        yield on_days([(Quarter.of(on).first - _DAY, self._report)])

    def _draft(self) -> None:
        today = self.clock.today()
        self.care = self.desk.care_agreements.draft(
            NewCare(
                household=self.cared.id,
                name=self.cared.head.person.name,
                carer="邻居盘三妹",
                carer_phone="",
                carer_relation="邻居",
                fee=Money.yuan(260),
                services="一天两餐、洗衣、陪着看病",
                starts_on=today,
                ends_on=today + _LASTS,
            )
        )

    def _care(self, event: CareEvent) -> None:
        if self.care is None:
            raise LookupError("the agreement is drafted first")
        facts = CareFacts(happened_on=self.clock.today())
        if event is CareEvent.CHECK:
            facts = replace(facts, has_standard=Have.YES, has_plan=Have.NO)
        self.desk.care_agreements.step(self.care, event, facts)

    def _see(self) -> None:
        today = self.clock.today()
        self.desk.visits.record(
            RecordVisit(
                household=self.cared.id, visited_on=today, met=Met.SELF, note="照料人在，饭菜热的"
            )
        )

    def _keep_in_view(self) -> None:
        self.entry = self.desk.watchlist.notice(
            NewWatch(
                household=self.watched.id,
                cause=WatchCause.SUDDEN_DIFFICULTY,
                note="家里有人住院动手术，借了钱",
                noticed_on=self.clock.today(),
            )
        )

    def _watch(self, event: WatchEvent) -> None:
        if self.entry is None:
            raise LookupError("the household is noticed first")
        today, told = self.clock.today(), event is WatchEvent.LIST
        said = {
            WatchEvent.VERIFY: "上门看了，单据对得上",
            WatchEvent.COMPARE: "还在吃药，收入没有变",
        }
        self.desk.watchlist.step(
            self.entry,
            event,
            CaringFacts(
                happened_on=today,
                told_by=CLERK if told else "",
                paper_no=paper("备", today.year, 6) if told else "",
                note=said.get(event, ""),
            ),
        )

    def _open_case(self) -> None:
        today = self.clock.today()
        self.case = self.desk.case_plans.open(
            NewCasePlan(
                household=self.watched.id,
                need="动了手术下不了地，家里没人陪着复查",
                opened_on=today,
                due_on=today + 3 * _DAY,
            )
        )

    def _case(self, event: CaseEvent, note: str) -> None:
        if self.case is None:
            raise LookupError("the case is opened first")
        today = self.clock.today()
        facts = CaseFacts(happened_on=today, note=note, due_on=today + 8 * _DAY)
        self.desk.case_plans.step(self.case, event, facts)

    def _notice(self) -> None:
        self.desk.watchlist.notice(
            NewWatch(
                household=self.noticed.id,
                cause=WatchCause.BETWEEN_LINES,
                note="测算比低保标准高一点，孩子明年上大学",
                noticed_on=self.clock.today(),
            )
        )

    def _complained(self) -> None:
        self.answered = self.desk.complaints.receive(
            NewComplaint(
                channel=ComplaintChannel.PHONE,
                content="问低保公示贴在哪里，说没看到",
                received_on=self.clock.today(),
            )
        )

    def _answer(self) -> None:
        if self.answered is None:
            raise LookupError("the complaint comes first")
        answer = "贴在村部公开栏，拍了照发给本人看，说明白了"
        self.desk.complaints.answer(self.answered, self.clock.today(), answer)

    def _waits(self) -> None:
        self.waiting = self.desk.complaints.receive(
            NewComplaint(
                channel=ComplaintChannel.HANDED_DOWN,
                content="镇里转来：有人说隔壁买了车还在吃低保",
                received_on=self.clock.today(),
            )
        )

    def _report(self) -> None:
        """The report of the quarter before, on its last day."""
        today = self.clock.today()
        quarter = Quarter.of(today)
        self.desk.reports.tell(
            NewReport(
                quarter=quarter,
                first=quarter.first,
                last=today,
                told_on=today,
                told_to=OFFICE,
                progress="走访、申请、先行救助照台账上报",
                problems="外出打工的户不好约，晚上才在家",
            )
        )


def looked_after_of(desk: Desk, clock: EarlierClock, homes: Homes) -> LookedAfter:
    """The households these stories are about."""
    return LookedAfter(
        desk, clock, homes.take(_is_tekun), homes.take(_is_other), homes.take(_is_other)
    )


def _is_tekun(made: PracticeHousehold) -> bool:
    return made.household.category is Category.TEKUN


def _is_other(made: PracticeHousehold) -> bool:
    return made.household.category is Category.NONE
