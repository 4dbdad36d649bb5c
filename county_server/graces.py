"""The county's word about a 渐退: approved, let go, taken back, cancelled. The village reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.grace_shares import ToldStep, read_steps
from app.domain.grace_states import DECIDED_ABOVE, GRACE, UNDER_WAY, GraceEvent, GraceStatus
from app.domain.ids import new_id
from app.domain.problem import Refused
from app.domain.standing import LET_GO
from app.domain.workdays import month_start
from app.rules.standing import freeze_of
from app.rules.terms import terms_of
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.benefits import stop
from county_server.clock import Time
from county_server.database import Database
from county_server.exits import last_paid, let_go, unknown_grace
from county_server.ledger import Document, Ledger
from county_server.packs import pack_in_force
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.standing import GRACE as PERIOD
from county_server.tables import document

WORDS: Final = tuple(event for event in GraceEvent if event in DECIDED_ABOVE | {GraceEvent.CANCEL})
"""What the county says, in the order of the machine's words."""
THE_COUNTY: Final = "县里"
_PRINT: Final = "print_record"
_STEP: Final = "grace_step"
_FULL: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """The word about one 渐退, named by its id or by the number printed on its F20.

    `shares` is what each month pays ("3个月100%，3个月50%=118"), where the village left it open.
    """

    grace_id: str | None = None
    document_no: str | None = None
    event: GraceEvent
    by: str
    paper_no: str
    note: str = ""
    shares: str = ""


@dataclass(frozen=True, slots=True)
class CountyGraces:
    """Enters the county's words and sends them down."""

    database: Database
    clock: Time

    def say(self, request: Say) -> str:
        """Enter it; return the id of the 渐退.

        Raises Refused K-21 for an unknown one, K-22 for a word that is not whole, G-01 for one
        that does not follow, G-11 for an exit while the published pack suspends them, G-14 for
        shares that cannot be read, G-16 for more or fewer months than it allows.
        """
        with self.database.write() as connection:
            return self.enter(connection, request, COUNTY_HAND)

    def enter(self, connection: Connection, request: Say, who: str) -> str:
        """Enter it within the caller's transaction; `who` is whose deed the audit says.

        Raises Refused as `say` does.
        """
        if not request.by.strip() or not request.paper_no.strip():
            raise Refused(
                "渐退的批复要写谁定的、文书几号。", do="请加上 --by 和 --paper。", code="K-22"
            )
        steps = read_steps(request.shares) if request.shares.strip() else ()
        found = _find(connection, request)
        ledger = Ledger(connection, self.clock.now())
        ledger.lock([found.village_code or COUNTY_SCOPE])
        grace = ledger.get(PERIOD, found.entity_id)
        if grace is None:
            raise unknown_grace()
        before = GraceStatus(str(grace.body["status"]))
        after = GRACE.after(before, request.event)
        if request.event is GraceEvent.EXIT:
            require_exits_open(connection, self.clock.today())
        fields = self._fields(grace, request, steps)
        grace.amend({"status": after.value, **fields}, COUNTY_HAND, ledger.at)
        ledger.put(grace)
        ledger.put(_step(grace, request, (before, after), ledger, self.clock.today()))
        if request.event is GraceEvent.EXIT:
            household = let_go(ledger, str(grace.body["household_id"]))
            stop(ledger, household, last_paid(grace, self.clock.today()), LET_GO)
        ledger.flush()
        note(connection, self.clock, who, "grace", grace.entity_id)
        return grace.entity_id

    def _fields(self, grace: Document, request: Say, steps: tuple[ToldStep, ...]) -> dict[str, Any]:
        """What an approval sets: the months from the first of the next month on."""
        if request.event is not GraceEvent.APPROVE:
            return {}
        today = self.clock.today()
        proposed = date.fromisoformat(str(grace.body["start_month"]))
        start = max(proposed, month_start(today, 1))
        shares = _told(steps, grace.body.get("former_fen")) or list(grace.body["shares"])
        _require_in_span(grace, len(shares))
        return {
            "start_month": start.isoformat(),
            "shares": [
                {**share, "month": f"{month_start(start, n):%Y-%m}"}
                for n, share in enumerate(shares)
            ],
            "approved_on": today.isoformat(),
            "approved_by": request.by.strip(),
            "paper_no": request.paper_no.strip(),
        }


def cancel_graces(ledger: Ledger, household: Document, on: date, why: str) -> None:
    """What was under way ends with a newer word of the county: a household that was granted anew
    is not let go by a 渐退 of before."""
    query = select(document.c.entity_id).where(
        document.c.entity == PERIOD, document.c.subject == household.subject
    )
    for grace_id in ledger.connection.execute(query).scalars().all():
        grace = ledger.get(PERIOD, grace_id)
        if grace is None or GraceStatus(str(grace.body["status"])) not in UNDER_WAY:
            continue
        before = GraceStatus(str(grace.body["status"]))
        after = GRACE.after(before, GraceEvent.CANCEL)
        grace.amend({"status": after.value}, COUNTY_HAND, ledger.at)
        ledger.put(grace)
        said = Say(event=GraceEvent.CANCEL, by=THE_COUNTY, paper_no="", note=why)
        ledger.put(_step(grace, said, (before, after), ledger, on))


def _step(
    grace: Document,
    request: Say,
    moved: tuple[GraceStatus, GraceStatus],
    ledger: Ledger,
    on: date,
) -> Document:
    """The county's step in the household's record."""
    before, after = moved
    made = Document(_STEP, new_id(ledger.now), grace.subject, grace.village, 0, {}, {})
    fields = {
        "household_id": grace.body["household_id"],
        "grace_id": grace.entity_id,
        "number": grace.version,
        "event": request.event.value,
        "before": before.value,
        "after": after.value,
        "happened_on": on.isoformat(),
        "handler": request.by.strip(),
        "told_by": request.by.strip(),
        "paper_no": request.paper_no.strip(),
        "note": f"{request.shares} {request.note}".strip(),
        "recorded_at": ledger.at,
    }
    made.amend(fields, COUNTY_HAND, ledger.at)
    return made


def _told(steps: tuple[ToldStep, ...], former: int | None) -> list[dict[str, Any]]:
    """Months as they were said. A share whose sum was not said is left for the village's pack."""
    return [
        {"percent": step.percent, "fen": _fen(step, former)}
        for step in steps
        for _ in range(step.months)
    ]


def _fen(step: ToldStep, former: int | None) -> int | None:
    if step.amount is not None:
        return step.amount.fen
    return former if step.percent == _FULL else None


def require_exits_open(connection: Connection, today: date) -> None:
    """Raises Refused G-11. Where no pack says anything, it is the county's word that counts."""
    pack = pack_in_force(connection, today)
    freeze = None if pack is None else freeze_of(terms_of(pack, today))
    if freeze is not None and freeze.frozen:
        raise Refused(
            f"现在暂停退出低保（{freeze.basis}）。",
            do="等恢复了再办；已经恢复了的，请先发布新的政策包。",
            code="G-11",
        )


def _require_in_span(grace: Document, months: int) -> None:
    """Raises Refused G-16. The village wrote down what the pack of its day allows."""
    least, most = grace.body.get("least_months"), grace.body.get("most_months")
    if least is None or most is None or least <= months <= most:
        return
    raise Refused(
        f"一共 {months} 个月，规定是 {least} 到 {most} 个月（{grace.body.get('basis')}）。",
        do="请核对每段几个月。",
        code="G-16",
    )


def _find(connection: Connection, request: Say) -> Any:  # noqa: ANN401  # a row
    """The key and village of the 渐退. Raises Refused K-21."""
    wanted = request.grace_id
    if wanted is None:
        number = document.c.body["document_no"].as_string()
        query = select(document.c.body["entity_id"].as_string()).where(
            document.c.entity == _PRINT, number == request.document_no
        )
        wanted = connection.execute(query).scalars().first()
    row = connection.execute(
        select(document.c.entity_id, document.c.village_code).where(
            document.c.entity == PERIOD, document.c.entity_id == wanted
        )
    ).first()
    if row is None:
        raise unknown_grace()
    return row
