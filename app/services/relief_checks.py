"""What is looked at before money leaves: caps, the township's sum, the same cause, quota, fund.

Everything the checks need is read inside the caller's transaction, which is the one that pays: what
was enough when it was looked at is enough when it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import EventKind, Relief
from app.domain.clock import CHINA, Clock, china_date
from app.domain.households import Area, Household
from app.domain.money import Money
from app.domain.people import PersonStatus
from app.domain.problem import Refused
from app.domain.relief_states import FOLLOWED, PAID_OUT
from app.domain.relief_words import FundSource
from app.rules.relief_route import Decider
from app.services.fund_books import FundBooks
from app.services.ground_rules import Cap, GroundRules
from app.services.relief_asked import PayRelief, payment_identity
from app.services.relief_payees import payee_of
from app.services.relief_windows import check_found, check_persons

if TYPE_CHECKING:
    from app.store.queries.casework import Quota
    from app.store.unit_of_work import UnitOfWork


TOLD_BEFORE: Final = "F-19"
"""Refusal of a request that went up before in the same words: it wants a word more."""
SAME_NIGHT: Final = "M-76"
"""Refusal of a payment beside another of that night: it wants to be told apart from it."""
_LATELY: Final = timedelta(days=366)
"""As long as that the same words about the same person are taken for the same request."""


@dataclass(frozen=True, slots=True)
class Helped:
    """How many people relief is for and whose standard applies, as far as is known."""

    household: Household | None
    persons: int | None
    area: Area | None


@dataclass(frozen=True, slots=True)
class ReliefChecks:
    """Looks before it is paid. Every check raises Refused with its own code."""

    rules: GroundRules
    clock: Clock
    books: FundBooks

    def helped(self, work: UnitOfWork, request: PayRelief) -> Helped:
        """Whom it is for."""
        found = None if request.household is None else work.households.get(request.household)
        if found is None:
            return Helped(None, request.persons, None)
        return Helped(found, request.persons or max(len(found.members), 1), found.area)

    def cap(self, work: UnitOfWork, helped: Helped) -> Cap:
        """The most one payment made first may be."""
        return self.rules.relief_cap(work, persons=helped.persons, area=helped.area)

    def limits(self, work: UnitOfWork, request: PayRelief, helped: Helped) -> None:
        """Raises Refused (one of `REFERABLE`) for what only somebody above may grant.

        The village's cap binds who gives before anybody above has agreed, what there is a head
        binds with their word, too.
        """
        what, cap = "村里能先给", self.cap(work, helped)
        if request.approval is not None:
            head_cap = self.rules.relief_head_cap
            what, cap = "每人能给", head_cap(work, persons=helped.persons, area=helped.area)
        if cap.amount is not None and request.amount > cap.amount:
            raise Refused(
                f"超过了{what}的上限 {cap.amount.grouped()} 元（{cap.rule}）。",
                do="请少给一些，或者转乡镇办理。",
                code="F-14",
                field="amount",
            )
        route = self.rules.relief_route(
            work, request.amount, persons=helped.persons, area=helped.area
        )
        if route.decider is Decider.COUNTY:
            raise Refused(
                f"超过了乡镇自己能批的数，要报县里。{route.why.text}",
                do="请少给一些，或者转上级办理。",
                code="M-20",
                field="amount",
            )
        if request.parent is None:
            self._same_cause(work, request)

    def entered(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused for what no new record may say: M-50, F-16, F-17, F-18."""
        self.followed(work, request)
        check_found(request, self.clock.now())
        found = None if request.household is None else work.households.get(request.household)
        check_persons(request, found)

    def followed(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused M-50 when nothing was given, and held, that it could follow on."""
        parent = None if request.parent is None else work.casework.relief(request.parent)
        if request.parent is not None and (parent is None or parent.status not in FOLLOWED):
            raise Refused(
                "找不到要跟进的那笔先行救助，或者那一笔要追回。",
                do="请从给过的那一笔里点“跟进救助”；是另一件事，请另记一笔。",
                code="M-50",
            )

    def follow_on(self, work: UnitOfWork, request: PayRelief, decided_by: str = "") -> None:
        """Raises Refused when relief that follows on another may not be given as asked: M-50, M-23.

        `decided_by`: who above agreed before.
        """
        if request.parent is None:
            return
        self.followed(work, request)
        said = "" if request.approval is None else request.approval.by
        if not (decided_by or said).strip():
            raise Refused(
                "跟进救助要先有人同意。",
                do="请写清谁同意的、怎么同意的。",
                code="M-23",
                field="approval",
            )

    def alive(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused M-67 where the payee has died, M-68 where the household is no more."""
        payee = payee_of(work, request)
        person = None if payee.person is None else work.people.get(payee.person)
        if person is not None and person.status is PersonStatus.DEAD:
            raise Refused(
                "领款人已经去世，钱不能记在这个人名下。",
                do="还要帮这一户，请换家里别的人领，另记一笔；不给了，就点“不给了”“下一次不给了”。",
                code="M-67",
                field="payee_name",
            )
        home = None if request.household is None else work.households.get(request.household)
        if home is not None and home.ended_on is not None:
            raise Refused(
                "这一户已经不在了，钱不能记在这一户名下。",
                do="请找到现在住的那一户，另记一笔；不给了，就点“不给了”。",
                code="M-68",
                field="payee_name",
            )

    def parts(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused M-56 for more parts than the pack lets one approval be given in."""
        most = self.rules.most_parts(work)
        if most is not None and len(request.parts) > most.value:
            raise Refused(
                f"分 {len(request.parts)} 次给太多了，最多分 {most.value} 次（{most.ground}）。",
                do="请少分几次；还要接着帮，期满后从这一笔里点“跟进救助”。",
                code="M-56",
                field="parts",
            )

    def once(self, work: UnitOfWork, request: PayRelief, now: datetime) -> str:
        """The identity of the payment. Raises Refused F-13 when it has been made already."""
        payee, on = payee_of(work, request), china_date(now)
        again = 0
        payment_id = payment_identity(request, payee, on)
        while (taken_back := work.relief.was_taken_back(payment_id)) is not None:
            if not taken_back:
                raise Refused(
                    "今天已经给这个人登记过同样的一笔。",
                    do="确实又给了一笔，请在“补一句”里写清楚再登记。",
                    code="F-13",
                    field="event_note",
                )
            again += 1
            payment_id = payment_identity(request, payee, on, again)
        return payment_id

    def told_before(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused F-19 when the same was told in the same words and still counts.

        To be sent up once more it wants a word that says what is new.
        """
        before = self._alike(work, request)
        if before:
            last = before[-1]
            day = china_date(last.moment)
            raise Refused(
                f"{day.month}月{day.day}日已经为这个人记过同样的事"
                f"（{last.document_no}，{last.status.label}）。",
                do="是另一回事、还要再给，就在“补一句”里写清楚再转；是同一件，接着那一笔办。",
                code=TOLD_BEFORE,
                field="event_note",
            )

    def not_noted_today(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused M-75 when the same emergency was noted already less than a day from it.

        Same household and same kind are taken for the same one until a word says what is another;
        midnight between them makes no other one of it.
        """
        if request.parent is not None or request.known is not None:
            return
        payee, at = payee_of(work, request), request.found_at or self.clock.now()
        note = request.event_note.strip()
        before = [
            one
            for one in work.relief.about_then(payee, request.event, at, whole_house=True)
            if not note or one.event_note.strip() == note
        ]
        if before:
            last = before[-1]
            day = china_date(last.found_at)
            raise Refused(
                f"{day.month}月{day.day}日已经给这一户记过{request.event.label}"
                f"（{last.document_no}，{last.status.label}）。",
                do="是同一件，接着那一笔办；确实是另一件，请在“补一句”里写清楚，再记。",
                code="M-75",
                field="event_note",
            )

    def not_given_in_other_words(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused M-62 when as much was given for the same kind less than a day from it.

        Two people who type one night's help find other words for it, and midnight gives the second
        another day: what is really more goes on from the first, where somebody above agrees to it.
        """
        if request.parent is not None:
            return
        payee, at = payee_of(work, request), request.found_at or self.clock.now()
        given = [
            one
            for one in work.relief.about_then(payee, request.event, at, whole_house=False)
            if one.status in PAID_OUT and (one.amount, one.way) == (request.amount, request.way)
        ]
        if given:
            raise _given_already(given[-1])

    def apart(self, work: UnitOfWork, request: PayRelief) -> dict[str, object]:
        """Why it is another matter than what the household was given less than a day from it, as
        columns of the record; empty where nothing was given. Raises Refused M-76 until it is said.

        One night's help typed by two people, under another kind and with another sum, is told from
        a second emergency by nobody but a person.
        """
        if request.parent is not None:
            return {}
        now, payee = self.clock.now(), payee_of(work, request)
        given = work.relief.given_then(payee, request.found_at or now, now)
        if not given:
            return {}
        last, why = given[-1], request.apart.strip()
        if not why:
            whom = "这个人" if payee.household is None else "这一户"
            raise Refused(
                f"{_hour(last.moment)}已经给过{whom} {last.amount.grouped()} 元"
                f"（{last.event.label}，{last.document_no}），这一笔先没有给。",
                do="是同一件事，就不用再给；不是同一件事，请在“不是同一件事”里写清楚再登记。",
                code=SAME_NIGHT,
                field="apart",
            )
        return {"apart_from_id": last.id, "apart_reason": why}

    def not_paid_before(self, work: UnitOfWork, request: PayRelief) -> None:
        """Raises Refused M-62 when the same request was sent up twice, and one of them was paid."""
        paid = [one for one in self._alike(work, request) if one.status in PAID_OUT]
        if paid:
            raise _given_already(paid[-1])

    def _alike(self, work: UnitOfWork, request: PayRelief) -> list[Relief]:
        """What was told of the same person in the same words not long ago."""
        if request.parent is not None:
            return []
        payee, note = payee_of(work, request), request.event_note.strip()
        since = (request.found_at or self.clock.now()) - _LATELY
        found = work.relief.told_in_the_same_words(payee, request.event, note, since)
        return [one for one in found if one.id != request.known]

    def quota(self, work: UnitOfWork, amount: Money) -> Quota:
        """The token a payment is made from. Raises Refused F-15 when none allows it."""
        valid = self.valid(work.casework.quotas())
        for quota in valid:
            if quota.left >= amount:
                return quota
        most = max((quota.left for quota in valid), default=Money(0))
        left = sum((quota.left for quota in valid), Money(0))
        split = f"（还有 {left.grouped()} 元分在几张里，一笔最多 {most.grouped()} 元）"
        raise Refused(
            f"县里给本机的先行救助额度不够这一笔{split if most != left else ''}。",
            do="请少给一些，或者联系县里追加额度。",
            code="F-15",
            field="amount",
        )

    def valid(self, quotas: list[Quota]) -> list[Quota]:
        """Tokens still in force today."""
        return [quota for quota in quotas if quota.not_after >= self.clock.today()]

    def source(self, work: UnitOfWork, wanted: FundSource | None) -> FundSource:
        """Which money it is: the reserve fund where one is open, unless said otherwise."""
        if wanted is not None:
            return wanted
        opened = self.books.balance(work) is not None
        return FundSource.RESERVE if opened else FundSource.BUDGET

    def _same_cause(self, work: UnitOfWork, request: PayRelief) -> None:
        found = self.rules.same_cause(work)
        if found is None:
            return
        payee, note = payee_of(work, request), request.event_note.strip()
        found_in = china_date(request.found_at or self.clock.now()).year
        for year in sorted({found_in, self.clock.today().year}):
            before = work.relief.same_cause(payee, request.event, note, year)
            if len(before) < found.value:
                continue
            last = china_date(before[-1].moment)
            when = "今年" if year == self.clock.today().year else f"{year} 年"
            told = f"“{note}”" if request.event is EventKind.OTHER and note else ""
            raise Refused(
                f"{when}因为{told or request.event.label}已经给过 {len(before)} 次"
                f"（{last.month}月{last.day}日），一年最多 {found.value} 次（{found.ground}）。",
                do="确有特殊困难，请转上级；是同一件事接着帮，请从那一笔里点“跟进救助”。",
                code="M-21",
                field="event",
            )


def _hour(moment: datetime) -> str:
    """A moment as it is said: day and hour."""
    at = moment.astimezone(CHINA)
    return f"{at.month}月{at.day}日 {at:%H:%M} "


def _given_already(before: Relief) -> Refused:
    day = china_date(before.moment)
    return Refused(
        f"同样的一件 {day.month}月{day.day}日已经给过了（{before.document_no}）。",
        do="这一条不给就点“不给了”；确实还要再给，从给过的那一笔里点“跟进救助”。",
        code="M-62",
    )
