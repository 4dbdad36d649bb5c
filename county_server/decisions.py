"""The county decides an application; the village only ever reads the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION, county_may_decide
from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.procedure import ReturnComment
from app.domain.workdays import month_start
from app.rules import parameters
from app.rules.terms import terms_of
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.benefits import ANEW, PAYING, covered_by, grant, running
from county_server.clock import Time
from county_server.database import Database
from county_server.graces import cancel_graces
from county_server.ledger import Document, Ledger
from county_server.packs import pack_in_force
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import document

_APPLICATION: Final = "application"
_AFTERWARDS: Final = {
    ApplicationStatus.PUBLISHED: ApplicationEvent.PUBLISH,
    ApplicationStatus.WATCHLISTED: ApplicationEvent.REGISTER,
}
"""What is said once it was decided; the decision stands."""
_ORDER: Final = {
    ApplicationStatus.PUBLISHED: "先同意，再公布。",
    ApplicationStatus.WATCHLISTED: "不同意了的才转备案关注；享受待遇的户本来就在册。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What was decided about one application, named by id or by document number."""

    application_id: str | None = None
    document_no: str | None = None
    status: ApplicationStatus
    category: Category | None = None
    benefit_month: Money | None = None
    note: str = ""
    comments: tuple[ReturnComment, ...] = ()
    """What is to be mended, field by field; only with a return."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Enters decisions and sends them down."""

    database: Database
    clock: Time

    def decide(self, request: Decide) -> str:
        """Enter a decision; return the application's id.

        Raises Refused K-12 for an unknown application, K-13 for an answer that is not whole,
        K-14 when it was decided before, K-18 for a comment on what is not of this household, K-19
        for an application that was not handed in or is over.
        """
        with self.database.write() as connection:
            return self.enter(connection, request, COUNTY_HAND)

    def enter(self, connection: Connection, request: Decide, who: str) -> str:
        """Enter a decision within the caller's transaction; `who` is whose deed the audit says.

        Raises Refused as `decide` does.
        """
        _check(request)
        found = _find(connection, request)
        ledger = Ledger(connection, self.clock.now())
        ledger.lock([found.village_code or COUNTY_SCOPE])
        application = ledger.get(_APPLICATION, found.entity_id)
        if application is None:
            raise _unknown()
        follows = request.status in _AFTERWARDS
        if application.body.get("decided_on") is not None and not follows:
            raise Refused("这份申请已经作过决定。", do="要更改请走复核。", code="K-14")
        _check_state(application, request.status)
        for comment in request.comments:
            _check_place(ledger, application, comment)
        application.amend(self._fields(request), COUNTY_HAND, ledger.at)
        ledger.put(application)
        if request.status is ApplicationStatus.CONFIRMED:
            begins = _first_month(connection, application, self.clock.today())
            self._grant(ledger, application, request, begins)
        ledger.flush()
        note(connection, self.clock, who, "decide", application.entity_id)
        return application.entity_id

    def comments_of(
        self, texts: Sequence[str], *, application_id: str | None, document_no: str | None
    ) -> tuple[ReturnComment, ...]:
        """Comments as they are typed: "household.bank_account=…", "person@id.id_number=…".

        Without an id the household itself is meant. Raises Refused K-12, K-18.
        """
        if not texts:
            return ()
        with self.database.read() as connection:
            wanted = Decide(
                application_id=application_id,
                document_no=document_no,
                status=ApplicationStatus.RETURNED,
            )
            household = str(_find(connection, wanted).body.get("household_id"))
        return tuple(_comment(text, household) for text in texts)

    def _grant(self, ledger: Ledger, application: Document, request: Decide, begins: date) -> None:
        """The household takes the category and, from the month `begins` on, the benefit."""
        household = ledger.get("household", str(application.body.get("household_id")))
        if household is None:
            raise _unknown()
        month = _fen(request.benefit_month)
        if month is None and request.category in PAYING and any(running(ledger, household)):
            raise Refused(
                "这一户现在就在领钱，再认定要写每月多少。", do="请加上 --benefit。", code="K-13"
            )
        fields = {"category": request.category, "benefit_month_fen": month}
        household.amend(fields, COUNTY_HAND, ledger.at)
        ledger.put(household)
        whose = covered_by(ledger, application, request.category)
        grant(ledger, household, request.category, month, begins, persons=whose)
        cancel_graces(ledger, household, self.clock.today(), ANEW)

    def _fields(self, request: Decide) -> dict[str, Any]:
        """The decision as the application records it. A return leaves it undecided."""
        if request.status in _AFTERWARDS:
            return {"status": request.status.value}
        fields: dict[str, Any] = {"status": request.status.value, "decision_note": request.note}
        fields["return_comments"] = [asdict(one) for one in request.comments] or None
        if request.status is not ApplicationStatus.RETURNED:
            fields["decided_on"] = self.clock.today().isoformat()
        if request.status is ApplicationStatus.CONFIRMED:
            fields["decided_category"] = request.category
            fields["decided_benefit_month_fen"] = _fen(request.benefit_month)
        return fields


def _first_month(connection: Connection, application: Document, today: date) -> date:
    """The first month that is paid: that of the application where the pack says so, else the one
    after the confirmation."""
    pack, filed = pack_in_force(connection, today), application.body.get("filed_on")
    found = None if pack is None else terms_of(pack, today).find(parameters.BENEFIT_START)
    if found is not None and found.value == parameters.FROM_APPLICATION and filed is not None:
        return month_start(date.fromisoformat(str(filed)))
    return month_start(today, 1)


def _check(request: Decide) -> None:
    """Raises Refused K-13."""
    if request.status in _AFTERWARDS:
        return
    confirms = request.status is ApplicationStatus.CONFIRMED
    if confirms and request.category in {None, Category.NONE}:
        raise Refused("同意的话要写明类别。", do="请加上 --category。", code="K-13")
    if not confirms and not request.note.strip():
        raise Refused("不同意或退回要写明理由。", do="请加上 --note。", code="K-13")
    if request.comments and request.status is not ApplicationStatus.RETURNED:
        raise Refused("逐项的意见只在退回时写。", do="请改成退回，或去掉 --comment。", code="K-13")
    if request.benefit_month is not None and request.benefit_month < Money(0):
        raise Refused("保障金额不能是负数。", do="请改好 --benefit。", code="K-13")


def _comment(text: str, household: str) -> ReturnComment:
    """One typed comment. Raises Refused K-18."""
    place, _, said = text.partition("=")
    record, _, column = place.partition(".")
    entity, _, entity_id = record.partition("@")
    if not entity_id and entity != "household":
        raise _no_place()
    return ReturnComment(
        entity=entity,
        entity_id=entity_id or household,
        column=column.strip(),
        text=said.strip(),
    )


def _no_place() -> Refused:
    return Refused(
        "意见对不上这一户的资料。",
        do="请照“资料.栏目=意见”写，如 household.bank_account=卡号少一位。",
        code="K-18",
    )


def may_follow(state: ApplicationStatus, wanted: ApplicationStatus) -> bool:
    """Whether what follows on a decision may be said now: what was agreed to is published, a
    refused household is kept in view. One that was granted something is on a list already."""
    if wanted is ApplicationStatus.WATCHLISTED and state is not ApplicationStatus.REFUSED:
        return False
    return APPLICATION.may(state, _AFTERWARDS[wanted])


def _check_state(application: Document, wanted: ApplicationStatus) -> None:
    """Raises Refused K-19."""
    state = ApplicationStatus(str(application.body.get("status")))
    follows = wanted in _AFTERWARDS
    if not (may_follow(state, wanted) if follows else county_may_decide(state)):
        raise Refused(
            f"这份申请现在是“{state.label}”，不能作决定。",
            do=_ORDER.get(wanted, "草稿等村里提交；已经终止的不用再办。"),
            code="K-19",
        )


def _check_place(ledger: Ledger, application: Document, comment: ReturnComment) -> None:
    """Raises Refused K-18: a comment stands at a field of this household's records."""
    found = ledger.get(comment.entity, comment.entity_id)
    is_theirs = found is not None and found.subject == application.subject
    if not is_theirs or not comment.column.isidentifier() or not comment.text.strip():
        raise _no_place()


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
