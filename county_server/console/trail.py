"""What was done: the county's audit as lines, with names for the ids of those who did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, select

from county_server.benefit_book import HOUSEHOLD
from county_server.console.cases import APPLICATION, RELIEF
from county_server.console.records import read_records
from county_server.console.roles import Level, Role, Staff
from county_server.console.tables import staff
from county_server.console.wording import moment
from county_server.quotas import COUNTY_HAND
from county_server.standing import GRACE
from county_server.tables import audit, device, officer

PAGE: Final = 100
_UNNUMBERED: Final = {GRACE: "渐退", HOUSEHOLD: "待遇"}
"""What has no printed number of its own."""
_WORDS: Final = {
    "init": "建县平台",
    "invite": "做绑定文件",
    "enrol": "绑定电脑",
    "fork": "两份不同的历史，暂停收件",
    "sign-in": "登录",
    "sign-in-refused": "登录没成功",
    "sign-out": "退出",
    "staff-add": "加工作人员",
    "staff-reset": "重置密码和动态码",
    "staff-lock": "停用账号",
    "staff-password": "改密码",
    "propose": "提出意见",
    "endorse": "同意上报",
    "approve": "审批",
    "reject": "打回意见",
    "decide": "作决定",
    "relief": "答复先行救助",
    "reveal": "看了完整号码",
    "grace": "批复渐退",
    "benefit": "停发、改发待遇",
    "benefit-undo": "撤回停发、改发",
    "recovery-key": "做恢复密钥",
    "recovery-release": "放行一个保险箱的钥匙",
    "recovery-refused": "要放行保险箱，没有放",
    "assign": "分配村",
    "handover": "移交村",
    "revoke": "取消绑定",
    "grant": "发额度",
    "publish-pack": "发布政策包",
    "publish-calendar": "发布日历",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit."""

    n: int
    at: str
    who: str = field(repr=False)
    what: str
    about: str
    path: str
    """Where what it is about is opened; "" for what has no page."""


def deeds(connection: Connection, who: Staff, before: int | None = None) -> list[Deed]:
    """The newest deeds, or those before a number; a township sees its own people's only."""
    people = {
        row.id: (f"{Role(row.role).label} {row.name}", row.township)
        for row in connection.execute(select(staff))
    }
    query = select(audit).order_by(audit.c.n.desc()).limit(PAGE)
    if before is not None:
        query = query.where(audit.c.n < before)
    if who.role.level is Level.TOWNSHIP:
        mine = [key for key, (_, township) in people.items() if township == who.township]
        query = query.where(audit.c.who.in_(mine))
    people |= _machines(connection)
    rows = connection.execute(query).all()
    cases = _cases(connection, [row.about.split(" ")[0] for row in rows])
    return [
        Deed(
            n=row.n,
            at=moment(row.at),
            who="管理员" if row.who == COUNTY_HAND else people.get(row.who, (row.who, ""))[0],
            what=_WORDS.get(row.what, row.what),
            about=_about(row.about, cases, people),
            path=cases.get(row.about.split(" ")[0], ("", ""))[1],
        )
        for row in rows
    ]


def _machines(connection: Connection) -> dict[str, tuple[str, str]]:
    """Laptops and the officers who carry them, as the trail names them."""
    rows = connection.execute(
        select(device.c.id, device.c.device_no, officer.c.id.label("officer_id"), officer.c.name)
        .select_from(officer)
        .outerjoin(device, device.c.officer_id == officer.c.id)
    )
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        found[row.officer_id] = (f"协理员 {row.name}", "")
        if row.id is not None:
            found[row.id] = (f"{row.device_no} 号电脑 {row.name}", "")
    return found


def _about(
    about: str, cases: Mapping[str, tuple[str, str]], people: Mapping[str, tuple[str, str]]
) -> str:
    """The printed number of a case, the name of a colleague, or the ids as they stand there."""
    first = about.split(" ", maxsplit=1)[0]
    return cases.get(first, people.get(first, (about, "")))[0]


def _cases(connection: Connection, ids: list[str]) -> dict[str, tuple[str, str]]:
    """Id of a case → (its number, its path)."""
    roads = (
        (APPLICATION, "applications"),
        (RELIEF, "relief"),
        (GRACE, "graces"),
        (HOUSEHOLD, "benefits"),
    )
    return {
        one.id: (one.text("document_no") or _UNNUMBERED.get(entity, one.id), f"{road}/{one.id}")
        for entity, road in roads
        for one in read_records(connection, entity, "entity_id", ids)
    }
