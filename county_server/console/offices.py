"""Devices and their silence, what they fail in, what is disputed, and what the funds hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from app.domain.fund import fund_of
from app.domain.money import Money
from county_server.clock import Time
from county_server.console.records import village_names
from county_server.console.roles import Staff
from county_server.console.wording import NOTHING, moment, plain, yuan
from county_server.status import Status
from county_server.tables import (
    assignment,
    conflict,
    device,
    document,
    fund_entry,
    officer,
    operation,
    payment,
    quarantine,
    quota,
)

SILENT_DAYS: Final = 7
"""From so many days of silence on somebody should ring up."""
_STATES: Final = {"active": "正常", "quarantined": "暂停收件", "revoked": "已取消"}
_NUMBERS: Final = frozenset({"id_number", "bank_account", "phone", "permit_no", "disability_no"})
"""Fields whose values a list does not show."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device and how it stands with it."""

    id: str
    no: str
    officer: str = field(repr=False)
    villages: str
    state: str
    is_wrong: bool
    last_seen: str
    silent_days: int
    is_silent: bool
    failing_days: int | None
    """Days in which it came and nothing was accepted; None: all is well."""
    failing: str
    """How often, and the number to look up."""
    operations: int
    returned: int
    disputes: int
    aside: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device belongs; `is_former` once all of it went to others."""

    villages: tuple[str, ...] = ()
    is_former: bool = False


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class FundLine:
    """One device's money: what it may spend, has spent, and what is in its reserve fund."""

    officer: str = field(repr=False)
    villages: str
    quota: str
    spent: str
    left: str
    not_after: str
    payments: int
    paid: str
    reserve: str
    is_low: bool


@dataclass(frozen=True, slots=True)
class FundTotals:
    """The lines and their sums."""

    lines: tuple[FundLine, ...]
    quota: str
    spent: str
    left: str
    payments: int
    paid: str
    reserve: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """One field both sides changed; numbers are not shown in a list."""

    village: str
    what: str
    mine: str = field(repr=False)
    theirs: str = field(repr=False)
    raised_at: str
    device_no: str


@dataclass(frozen=True, slots=True)
class Aside:
    """One delivery that was set aside until a person has looked."""

    device_no: str
    officer: str = field(repr=False)
    reason: str
    received_at: str
    sha256: str


def device_lines(connection: Connection, status: Status, who: Staff) -> list[DeviceLine]:
    """The devices of the scope: set aside first, then failing, then the longest silent."""
    known = {one["id"]: one for one in status.report()["devices"]}
    places, officers = _places(connection), _officers(connection)
    returned = _count(connection, operation.c.device_id, operation.c.outcome == "returned")
    disputes = _count(connection, conflict.c.device_id, conflict.c.resolved_at.is_(None))
    aside = _count(connection, quarantine.c.device_id)
    names = village_names(connection)
    lines = [
        DeviceLine(
            id=key,
            no=one["no"],
            officer=officers.get(key, ""),
            villages=_named(places.get(key, NOWHERE), names),
            state=_STATES.get(one["state"], one["state"]),
            is_wrong=one["state"] != "active" or aside.get(key, 0) > 0,
            last_seen=moment(one["last_seen"]),
            silent_days=one["silent_days"],
            is_silent=one["silent_days"] >= SILENT_DAYS and one["state"] == "active",
            failing_days=one["failing_days"],
            failing=f"{one['failing_times']} 次，编号 {one['failing_code']}",
            operations=one["operations"],
            returned=returned.get(key, 0),
            disputes=disputes.get(key, 0),
            aside=aside.get(key, 0),
        )
        for key, one in known.items()
        if _in_scope(who, places.get(key, NOWHERE))
    ]
    return sorted(lines, key=_urgency)


def _urgency(line: DeviceLine) -> tuple[bool, int, int, str]:
    """What is to be looked at first comes first; failing since today counts before not at all."""
    failing = -1 if line.failing_days is None else line.failing_days
    return not line.is_wrong, -failing, -line.silent_days, line.no


def fund_totals(connection: Connection, clock: Time, who: Staff) -> FundTotals:
    """Quota, payments and reserve of every device of the scope, and together."""
    places, officers = _places(connection), _officers(connection)
    names, today = village_names(connection), clock.today().isoformat()
    quotas, paid, reserves = _quotas(connection, today), _paid(connection), _reserves(connection)
    lines, sums = [], [0, 0, 0, 0, 0]
    for key in sorted(officers, key=lambda one: _named(places.get(one, NOWHERE), names)):
        if not _in_scope(who, places.get(key, NOWHERE)):
            continue
        amount, spent, until = quotas.get(key, (0, 0, ""))
        count, given = paid.get(key, (0, 0))
        reserve = reserves.get(fund_of(key))
        lines.append(
            FundLine(
                officer=officers[key],
                villages=_named(places.get(key, NOWHERE), names),
                quota=yuan(amount),
                spent=yuan(spent),
                left=yuan(amount - spent),
                not_after=until or NOTHING,
                payments=count,
                paid=yuan(given),
                reserve=yuan(reserve),
                is_low=amount > 0 and (amount - spent) * 5 < amount,
            )
        )
        own = (amount, spent, given, reserve or 0, count)
        sums = [a + b for a, b in zip(sums, own, strict=True)]
    return FundTotals(
        tuple(lines), yuan(sums[0]), yuan(sums[1]), yuan(sums[0] - sums[1]), sums[4],
        yuan(sums[2]), Money(sums[3]).grouped() + " 元",
    )  # fmt: skip


def disputes(
    connection: Connection, who: Staff, labels: Mapping[tuple[str, str], str]
) -> list[Dispute]:
    """Differences nobody has decided yet, the oldest first."""
    query = (
        select(conflict, document.c.village_code, device.c.device_no)
        .join(device, device.c.id == conflict.c.device_id)
        .outerjoin(
            document,
            (document.c.entity == conflict.c.entity)
            & (document.c.entity_id == conflict.c.entity_id),
        )
        .where(conflict.c.resolved_at.is_(None))
        .order_by(conflict.c.raised_at, conflict.c.op_id)
    )
    names = village_names(connection)
    return [
        Dispute(
            village=names.get(row.village_code or "", row.village_code or NOTHING),
            what=labels.get((row.entity, row.field), row.field),
            mine=_shown(row.field, row.sides.get("mine")),
            theirs=_shown(row.field, row.sides.get("theirs")),
            raised_at=moment(row.raised_at),
            device_no=row.device_no,
        )
        for row in connection.execute(query)
        if who.sees(row.village_code)
    ]


def set_aside(connection: Connection, who: Staff) -> list[Aside]:
    """Deliveries in quarantine, the newest first."""
    places, officers = _places(connection), _officers(connection)
    query = (
        select(quarantine.c.device_id, quarantine.c.sha256, quarantine.c.reason,
               quarantine.c.received_at, device.c.device_no)
        .join(device, device.c.id == quarantine.c.device_id)
        .order_by(quarantine.c.received_at.desc())
    )  # fmt: skip
    return [
        Aside(
            device_no=row.device_no,
            officer=officers.get(row.device_id, ""),
            reason=row.reason,
            received_at=moment(row.received_at),
            sha256=row.sha256[:16],
        )
        for row in connection.execute(query)
        if _in_scope(who, places.get(row.device_id, NOWHERE))
    ]


def _shown(name: str, value: object) -> str:
    if name in _NUMBERS and value:
        return "（号码不在这里显示）"
    return yuan(value) if name.endswith("_fen") else plain(value)


def _in_scope(who: Staff, place: Place) -> bool:
    return not who.township or any(who.sees(code) for code in place.villages)


def _named(place: Place, names: Mapping[str, str]) -> str:
    said = "、".join(names.get(code, code) for code in place.villages) or NOTHING
    return f"原{said}" if place.is_former else said


def _places(connection: Connection) -> dict[str, Place]:
    """Device → the villages it answers for, or where it has none any more, those it had: what was
    paid there stays in the sum."""
    query = select(assignment).order_by(assignment.c.village_code)
    now: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for row in connection.execute(query):
        found = now if row.ended_at is None else before
        found.setdefault(row.device_id, []).append(row.village_code)
    former = {key: Place(tuple(codes), is_former=True) for key, codes in before.items()}
    return former | {key: Place(tuple(codes)) for key, codes in now.items()}


def _officers(connection: Connection) -> dict[str, str]:
    """Device → whose it is."""
    query = select(device.c.id, officer.c.name).join(officer, officer.c.id == device.c.officer_id)
    return {row.id: row.name for row in connection.execute(query)}


def _count(connection: Connection, column: Any, *where: Any) -> dict[str, int]:  # noqa: ANN401  # SQL
    query = select(column, func.count()).where(*where).group_by(column)
    return {row[0]: row[1] for row in connection.execute(query)}


def _quotas(connection: Connection, today: str) -> dict[str, tuple[int, int, str]]:
    """Device → (granted, spent, until when) of the tokens in force."""
    query = (
        select(
            quota.c.device_id,
            func.sum(quota.c.amount_fen),
            func.sum(quota.c.spent_fen),
            func.max(quota.c.not_after),
        )
        .where(quota.c.not_after >= today)
        .group_by(quota.c.device_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), row[3]) for row in connection.execute(query)}


def _paid(connection: Connection) -> dict[str, tuple[int, int]]:
    """Device → (payments that stand, their sum less what was reversed)."""
    is_real = payment.c.reverses_id.is_(None)
    signed = case((is_real, payment.c.amount_fen), else_=-payment.c.amount_fen)
    counted = case((is_real, 1), else_=-1)
    query = select(payment.c.device_id, func.sum(counted), func.sum(signed)).group_by(
        payment.c.device_id
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}


def _reserves(connection: Connection) -> dict[str, int]:
    """Fund → what is in it."""
    query = select(fund_entry.c.fund_id, func.sum(fund_entry.c.delta_fen)).group_by(
        fund_entry.c.fund_id
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}
