"""先行救助 and the reserve fund of the practice village: paid, owed, overdue, in parts, sent up.

The fund has the entries of two months, the earlier one closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.fund import month_of
from app.domain.households import Category
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import Afterwards, ApprovalWay, FundSource, ReportedBy
from app.domain.workdays import month_start
from app.practice.backdating import EarlierClock, Story, on_days
from app.practice.homes import Home, Homes
from app.practice.office import CLERK
from app.practice.village import PracticeHousehold
from app.services.relief_asked import NOBODY_KNOWS, Approval, MakeUp, PayRelief

if TYPE_CHECKING:
    from app.services.desk import Desk

PUT_IN: Final = Money.yuan(3000)
PUT_IN_AGAIN: Final = Money.yuan(1000)
WARNED_BELOW: Final = Money.yuan(500)
"""What the practice township calls low."""
PARTS: Final = (Money.yuan(300), Money.yuan(300), Money.yuan(200))
_BEYOND: Final = Money.yuan(20_000)
"""More than a township may grant by itself."""
_PUT_IN_ON, _PAID_ON, _MADE_UP_ON, _LATE_ON, _CLOSED_ON = 5, 12, 16, 18, 20
"""Days of the last month."""
_CLOSE_AFTER: Final = 2
"""Days into this month."""
_OWED_FOR: Final = 2
_STAGED_FOR: Final = 22
"""Days ago: the next part is due in a week or so."""
_MADE_UP_AFTER: Final = 4
_NEEDY: Final = frozenset({Category.MARGINAL, Category.WATCHLIST, Category.RIGID_EXPENDITURE})


@dataclass(slots=True)
class Emergency:
    """What somebody was given, and the record of it once there is one."""

    desk: Desk
    clock: EarlierClock
    asked: PayRelief
    relief: Relief | None = field(default=None, repr=False)

    @property
    def id(self) -> ReliefId:
        """The record. Raises LookupError before it is made."""
        if self.relief is None:
            raise LookupError("nothing has been given yet")
        return self.relief.id

    def pay(self) -> None:
        """Given today; the township agrees on the telephone."""
        agreed = Approval(by=CLERK, how=ApprovalWay.PHONE)
        self.relief = self.desk.relief.pay(self._request(approval=agreed))

    def report(self) -> None:
        """Somebody told of it; nobody has looked yet."""
        self.relief = self.desk.relief.report(self._request())

    def refer(self) -> None:
        """More than the village may give goes up."""
        self.relief = self.desk.relief.refer(self._request(), "超过村里能先给的数")

    def make_up(self) -> None:
        """All papers are there."""
        seen = self.clock.today() - timedelta(days=1)
        made = MakeUp(
            items=LATE_PAPERS,
            checked="到户看过，被褥、口粮都用在了家里",
            home_visited_on=seen,
            afterwards=Afterwards.TO_DIBAO,
        )
        self.desk.relief.steps.make_up(self.id, made)

    def close(self) -> None:
        """Nothing is left to be done."""
        self.desk.relief.steps.close(self.id)

    def _request(self, *, approval: Approval | None = None) -> PayRelief:
        return replace(self.asked, found_at=self.clock.now(), approval=approval)


@dataclass(slots=True)
class Purse:
    """The emergencies and the fund they are paid from."""

    desk: Desk
    clock: EarlierClock
    burnt: Emergency
    """Paid, made up, closed in the last month."""
    overdue: Emergency
    owed: Emergency
    staged: Emergency
    reported: Emergency
    referred: Emergency

    def stories(self, on: date) -> Iterator[Story]:
        """How it all came to stand as it does on `on`."""
        last, this = month_start(on, -1), month_start(on)
        counted = min(this + timedelta(days=_CLOSE_AFTER), on)
        yield on_days([(last.replace(day=_PUT_IN_ON), self._put_in)])
        yield on_days(
            [
                (last.replace(day=_PAID_ON), self.burnt.pay),
                (last.replace(day=_MADE_UP_ON), self.burnt.make_up),
                (last.replace(day=_CLOSED_ON), self.burnt.close),
            ]
        )
        yield on_days([(last.replace(day=_LATE_ON), self.overdue.pay)])
        yield on_days([(this, self._put_in_again), (counted, self._close_month)])
        yield on_days([(max(on - timedelta(days=_OWED_FOR), this), self.owed.pay)])
        begun = on - timedelta(days=_STAGED_FOR)
        made_up = begun + timedelta(days=_MADE_UP_AFTER)
        yield on_days([(begun, self.staged.pay), (made_up, self.staged.make_up)])
        yield on_days([(on - timedelta(days=4), self.referred.refer)])
        yield on_days([(on, self.reported.report)])

    def _put_in(self) -> None:
        self.desk.fund.put_in(PUT_IN, self.clock.today(), voucher_no="云民拨 7")
        self.desk.fund.warn_below(WARNED_BELOW)

    def _put_in_again(self) -> None:
        self.desk.fund.put_in(
            PUT_IN_AGAIN, self.clock.today(), summary="乡镇补拨", voucher_no="云民拨 11"
        )

    def _close_month(self) -> None:
        self.desk.fund.close_month(month_of(month_start(self.clock.today(), -1)))


def purse_of(desk: Desk, clock: EarlierClock, homes: Homes, known: Home) -> Purse:
    """The emergencies of the village; the first is that of a household `known` already."""
    passer_by = PayRelief(
        household=None,
        payee_name=NOBODY_KNOWS,
        is_unknown=True,
        event=EventKind.OTHER,
        event_note="过路人发烧走不动，说不清名字",
        event_place="村口候车亭",
        amount=Money.yuan(200),
        way=ReliefWay.CASH,
        persons=1,
        reported_by=ReportedBy.OTHER,
        reporter="小卖部老板",
    )
    burnt = _of(known, EventKind.FIRE, "柴房起火，烧了被褥和半年口粮", Money.yuan(600))
    ill = _of(
        homes.take(_is_needy), EventKind.SUDDEN_ILLNESS, "半夜急病送镇上，押金不够", Money.yuan(500)
    )
    hungry = _of(homes.take(_is_needy), EventKind.NO_FOOD, "断粮两天，先给钱买米", Money.yuan(300))
    hurt = _of(
        homes.take(_is_needy),
        EventKind.TRAFFIC,
        "骑车摔断腿，三个月不能干活",
        sum(PARTS, Money(0)),
    )
    operated = _of(
        homes.take(_is_needy), EventKind.SUDDEN_ILLNESS, "要到州里做手术，钱差得多", _BEYOND
    )
    return Purse(
        desk,
        clock,
        burnt=Emergency(desk, clock, burnt),
        overdue=Emergency(desk, clock, ill),
        owed=Emergency(desk, clock, hungry),
        staged=Emergency(desk, clock, replace(hurt, parts=PARTS, source=FundSource.BUDGET)),
        reported=Emergency(desk, clock, passer_by),
        referred=Emergency(desk, clock, operated),
    )


def _of(home: Home, event: EventKind, note: str, amount: Money) -> PayRelief:
    """The head of a household is given cash."""
    head = home.head.person
    return PayRelief(
        household=home.id,
        payee=head.id,
        payee_name=head.name,
        payee_id_number=head.id_number,
        event=event,
        event_note=note,
        amount=amount,
        way=ReliefWay.CASH,
        reported_by=ReportedBy.VISIT,
    )


def _is_needy(made: PracticeHousehold) -> bool:
    return made.household.category in _NEEDY and len(made.household.members) > 1
