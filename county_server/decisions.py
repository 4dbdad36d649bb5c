"""The county decides an application; the village only ever reads the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.clock import Time
from county_server.database import Database
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import document

_APPLICATION: Final = "application"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What was decided about one application, named by id or by document number."""

    application_id: str | None = None
    document_no: str | None = None
    status: ApplicationStatus
    category: Category | None = None
    benefit_month: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Enters decisions and sends them down."""

    database: Database
    clock: Time

    def decide(self, request: Decide) -> str:
        """Enter a decision; return the application's id.

        Raises Refused K-12 for an unknown application, K-13 for an answer that is not whole,
        K-14 when it was decided before.
        """
        _check(request)
        with self.database.write() as connection:
            found = _find(connection, request)
            ledger = Ledger(connection, self.clock.now())
            ledger.lock([found.village_code or COUNTY_SCOPE])
            application = ledger.get(_APPLICATION, found.entity_id)
            if application is None:
                raise _unknown()
            if application.body.get("decided_on") is not None:
                raise Refused("这份申请已经作过决定。", do="要更改请走复核。", code="K-14")
            application.amend(self._fields(request), COUNTY_HAND, ledger.at)
            ledger.put(application)
            if request.status is ApplicationStatus.CONFIRMED:
                _grant(ledger, application, request)
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "decide", application.entity_id)
        return application.entity_id

    def _fields(self, request: Decide) -> dict[str, Any]:
        """The decision as the application records it. A return leaves it undecided."""
        fields: dict[str, Any] = {"status": request.status.value, "decision_note": request.note}
        if request.status is not ApplicationStatus.RETURNED:
            fields["decided_on"] = self.clock.today().isoformat()
        if request.status is ApplicationStatus.CONFIRMED:
            fields["decided_category"] = request.category
            fields["decided_benefit_month_fen"] = _fen(request.benefit_month)
        return fields


def _check(request: Decide) -> None:
    """Raises Refused K-13."""
    confirms = request.status is ApplicationStatus.CONFIRMED
    if confirms and request.category in {None, Category.NONE}:
        raise Refused("同意的话要写明类别。", do="请加上 --category。", code="K-13")
    if not confirms and not request.note.strip():
        raise Refused("不同意或退回要写明理由。", do="请加上 --note。", code="K-13")
    if request.benefit_month is not None and request.benefit_month < Money(0):
        raise Refused("保障金额不能是负数。", do="请改好 --benefit。", code="K-13")


def _grant(ledger: Ledger, application: Document, request: Decide) -> None:
    """The household takes the category and the benefit it was given."""
    household = ledger.get("household", str(application.body.get("household_id")))
    if household is None:
        raise _unknown()
    fields = {"category": request.category, "benefit_month_fen": _fen(request.benefit_month)}
    household.amend(fields, COUNTY_HAND, ledger.at)
    ledger.put(household)


def _find(connection: Connection, request: Decide) -> Any:  # noqa: ANN401  # a row
    """The application's key and village. Raises Refused K-12."""
    query = select(document.c.entity_id, document.c.village_code, document.c.body).where(
        document.c.entity == _APPLICATION
    )
    if request.application_id is not None:
        found = connection.execute(query.where(document.c.entity_id == request.application_id))
        row = found.first()
    else:
        number = document.c.body["document_no"].as_string()
        row = connection.execute(query.where(number == request.document_no)).first()
    if row is None:
        raise _unknown()
    return row


def _fen(money: Money | None) -> int | None:
    """Whole fen, or nothing."""
    return None if money is None else money.fen


def _unknown() -> Refused:
    """No such application here."""
    return Refused("县里没有这份申请。", do="请核对编号；村里可能还没有上传。", code="K-12")
