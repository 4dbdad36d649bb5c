"""The county's word on a benefit that runs: another sum, or no more of it (停发、减发、增发).

A 复核 finds a household over the line, its people move away or die: the village tells, the county
decides, and the benefit ends with a month. 渐退 is the other road (`county_server.graces`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.workdays import month_start
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.benefit_book import HOUSEHOLD, keep, state_of, undo
from county_server.benefits import grant, running, stop
from county_server.clock import Time
from county_server.database import Database
from county_server.exits import let_go
from county_server.graces import cancel_graces, require_exits_open
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import document

_PRINT: Final = "print_record"
_MONTHS_AHEAD: Final = 1
"""What is said takes hold of the household at once, so it is said no earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBenefit:
    """What becomes of a household's benefit from the month `begins` on: a new sum, or nothing.

    The household is named by its id, or by the number of any paper printed about it.
    """

    household_id: str | None = None
    document_no: str | None = None
    month_sum: Money | None
    begins: date
    by: str
    paper_no: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoBenefit:
    """The newest word on a household's benefit was a slip: all is as it was before it."""

    household_id: str | None = None
    document_no: str | None = None
    by: str
    paper_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class BenefitChanges:
    """Enters the county's words and sends them down."""

    database: Database
    clock: Time

    def say(self, request: ChangeBenefit) -> str:
        """Enter it; return the household's id.

        Raises Refused K-96 for an unknown household, K-97 for a word that is not whole or a month
        that cannot be, K-98 where the county pays nothing that could change, G-11 for an end while
        the published pack suspends them and people still live there.
        """
        with self.database.write() as connection:
            return self.enter(connection, request, COUNTY_HAND)

    def enter(self, connection: Connection, request: ChangeBenefit, who: str) -> str:
        """Enter it within the caller's transaction; `who` is whose deed the audit says.

        Raises Refused as `say` does.
        """
        ledger, household = self._checked(connection, request)
        before = state_of(ledger, household)
        if request.month_sum is None:
            self._end(ledger, household, request)
        else:
            _change(ledger, household, request, request.month_sum)
        ledger.flush()
        keep(ledger, household, who, _said(request), before, state_of(ledger, household))
        note(connection, self.clock, who, "benefit", household.entity_id)
        return household.entity_id

    def check(self, connection: Connection, request: ChangeBenefit) -> None:
        """Whether it could be entered now; nothing is changed. Raises Refused as `say` does."""
        self._checked(connection, request)

    def _checked(self, connection: Connection, request: ChangeBenefit) -> tuple[Ledger, Document]:
        """The household, of which the word may be said. Raises Refused as `say` does."""
        today = self.clock.today()
        _require_whole(request, today)
        ledger, household = self._open(connection, request)
        _require_begun(ledger, household, request.begins, today)
        if request.month_sum is not None:
            _require_other_sum(ledger, household, request.month_sum)
        elif Category(household.body.get("category") or Category.NONE) is Category.NONE:
            raise nothing_runs()
        elif not household.body.get("ended_on"):
            require_exits_open(connection, today)
        return ledger, household

    def undo(self, request: UndoBenefit) -> str:
        """Take the newest word back; return the household's id.

        Raises Refused K-96 for an unknown household, K-97 for a word that is not whole, K-99 where
        nothing may be taken back.
        """
        with self.database.write() as connection:
            return self.enter_undo(connection, request, COUNTY_HAND)

    def enter_undo(self, connection: Connection, request: UndoBenefit, who: str) -> str:
        """Take it back within the caller's transaction. Raises Refused as `undo` does."""
        _require_signed(request)
        ledger, household = self._open(connection, request)
        why = f"县里撤回：{_why(request)}"
        undo(ledger, household, who, why, self.clock.today())
        ledger.flush()
        note(connection, self.clock, who, "benefit-undo", household.entity_id)
        return household.entity_id

    def _open(
        self, connection: Connection, request: ChangeBenefit | UndoBenefit
    ) -> tuple[Ledger, Document]:
        """The household, its village held until the end of the transaction. Raises K-96."""
        household_id, village = _find(connection, request)
        ledger = Ledger(connection, self.clock.now())
        ledger.lock([village or COUNTY_SCOPE])
        household = ledger.get(HOUSEHOLD, household_id)
        if household is None:
            raise unknown_household()
        return ledger, household

    def _end(self, ledger: Ledger, household: Document, request: ChangeBenefit) -> None:
        """The household is on no list any more, and the month before is the last that is paid."""
        stop(ledger, household, month_start(request.begins, -1), _why(request))
        let_go(ledger, household.entity_id)
        cancel_graces(ledger, household, self.clock.today(), _why(request))


def _change(ledger: Ledger, household: Document, request: ChangeBenefit, month_sum: Money) -> None:
    """The same benefit goes on with another sum."""
    category = Category(str(household.body["category"]))
    whose = [one.body.get("person_ids") or [] for one in running(ledger, household)]
    household.amend({"benefit_month_fen": month_sum.fen}, COUNTY_HAND, ledger.at)
    ledger.put(household)
    grant(
        ledger, household, category, month_sum.fen, request.begins, _why(request),
        persons=whose[-1],
    )  # fmt: skip


def _require_other_sum(ledger: Ledger, household: Document, month_sum: Money) -> None:
    """Raises Refused K-97, K-98."""
    held = list(running(ledger, household))
    if not held:
        raise nothing_runs()
    if held[-1].body.get("amount_fen") == month_sum.fen:
        raise _not_whole("现在发的就是这个数。", "请核对每月的金额。")


def _require_begun(ledger: Ledger, household: Document, begins: date, today: date) -> None:
    """A month that was paid stays as it was paid. Raises Refused K-97."""
    for found in running(ledger, household):
        first = date.fromisoformat(str(found.body["from_month"]))
        if begins < first or begins == first <= today:
            raise _not_whole(
                f"这一项是从 {first.year}年{first.month}月开始发的，第一个月不能改。",
                "请核对从几月起。",
            )


def _said(request: ChangeBenefit) -> dict[str, Any]:
    """As the book keeps it."""
    return {
        "month_sum_fen": None if request.month_sum is None else request.month_sum.fen,
        "begins": request.begins.isoformat(),
        "by": request.by.strip(),
        "paper_no": request.paper_no.strip(),
        "reason": request.reason.strip(),
    }


def _why(request: ChangeBenefit | UndoBenefit) -> str:
    """As the household's record says it."""
    return f"{request.reason.strip()}（{request.paper_no.strip()}，{request.by.strip()}）"


def _require_whole(request: ChangeBenefit, today: date) -> None:
    """Raises Refused K-97."""
    _require_signed(request)
    if request.begins > month_start(today, _MONTHS_AHEAD):
        raise _not_whole("最早下个月的事才能现在记。", "请到那个月的前一个月再记。")
    if request.month_sum is not None and request.month_sum <= Money(0):
        raise _not_whole("每月的金额要大于零。", "不再发的请用 --stop。")


def _require_signed(request: ChangeBenefit | UndoBenefit) -> None:
    """Raises Refused K-97."""
    if not all(one.strip() for one in (request.by, request.paper_no, request.reason)):
        raise _not_whole(
            "停发、改发、撤回要写谁定的、文书几号、为什么。", "请加上 --by、--paper 和 --why。"
        )


def _not_whole(what: str, do: str) -> Refused:
    return Refused(what, do=do, code="K-97")


def nothing_runs() -> Refused:
    """K-98."""
    return Refused(
        "县里没有在给这一户发待遇。", do="请核对编号；村里自己记的待遇由村里改。", code="K-98"
    )


def _find(connection: Connection, request: ChangeBenefit | UndoBenefit) -> tuple[str, str | None]:
    """The household's id and village. Raises Refused K-96."""
    wanted = request.household_id
    if wanted is None:
        number = document.c.body["document_no"].as_string()
        query = select(document.c.body["household_id"].as_string()).where(
            document.c.entity == _PRINT, number == request.document_no
        )
        wanted = connection.execute(query).scalars().first()
    row = connection.execute(
        select(document.c.entity_id, document.c.village_code).where(
            document.c.entity == HOUSEHOLD, document.c.entity_id == wanted
        )
    ).first()
    if row is None:
        raise unknown_household()
    return row.entity_id, row.village_code


def unknown_household() -> Refused:
    """K-96."""
    return Refused("县里没有这一户。", do="请核对纸上的编号；村里可能还没有上传。", code="K-96")
