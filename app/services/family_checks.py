"""What a family deed takes before it can stand. Each refusal is one guard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION
from app.domain.casework import Application
from app.domain.family import COMING, LEAVING, FamilyChange, FamilyDeed, head_must_follow
from app.domain.households import Household
from app.domain.identity import parse_id_number
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import PersonStatus, Relation
from app.domain.problem import Refused
from app.domain.roster_cells import read_certificate_number
from app.services.missing import no_household

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_ONE: Final = frozenset({FamilyDeed.DEATH, FamilyDeed.MOVE})
"""Deeds of one person at a time."""
_ELSEWHERE: Final = frozenset({FamilyDeed.MOVE, FamilyDeed.MERGE})
_PHONE: Final = re.compile(r"\+?\d{3,15}", re.ASCII)
"""From the short number of a village's telephones to the longest there is (ITU-T E.164: 15)."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The households of a deed as they stand, and who comes back where it is no newcomer."""

    home: Household
    other: Household | None
    known: PersonId | None
    losing: tuple[Application, ...]
    """Applications under way that lose their applicant with this deed."""
    was_dead: bool = False
    """Whether who comes back is on record as dead: that was a mistake then."""


def checked(work: UnitOfWork, change: FamilyChange, today: date) -> Checked:
    """The households a deed is about. Raises Refused F-01, H-10 … H-22, I-01 … I-05."""
    home = work.households.get(change.household)
    if home is None:
        raise no_household()
    if home.ended_on is not None:
        raise _refused("这一户已经没有人了，不能再变动。", "请到人去的那一户里办。", "H-10")
    _check_day(home, change, today)
    known = None
    if change.kind in COMING:
        known = _comer(work, change, today)
    _check_leavers(home, change)
    _check_heads(home, change)
    other = _other(work, change) if change.kind in _ELSEWHERE else None
    if change.kind is FamilyDeed.MOVE_OUT and not change.to_place.strip():
        raise _refused("还没写迁到哪里去了。", "请写地方，不知道就写“不知道”。", "H-21", "to_place")
    goes_on_elsewhere = change.kind is FamilyDeed.MOVE and len(change.people) == len(home.members)
    if change.kind is FamilyDeed.MERGE or goes_on_elsewhere:
        _check_open_applications(work, home)
    came = None if known is None else work.people.get(known)
    was_dead = came is not None and came.status is PersonStatus.DEAD
    return Checked(home, other, known, _losing(work, change, home), was_dead)


def _check_day(home: Household, change: FamilyChange, today: date) -> None:
    if change.on > today:
        raise _refused("日期晚于今天。", "请填这件事发生的那一天。", "H-11", "on")
    births = [
        one.person.birth
        for one in home.members
        if one.person.id in change.people and one.person.birth is not None
    ]
    if births and change.on < max(births):
        raise _refused("日期早于这个人的出生日期。", "请核对日期和人。", "H-12", "on")


def _check_leavers(home: Household, change: FamilyChange) -> None:
    here = {one.person.id for one in home.members}
    if change.kind not in LEAVING:
        return
    if not change.people or not here.issuperset(change.people):
        raise _refused("还没选是家里哪一个人。", "请按数字选。", "H-13", "people")
    if change.kind in _ONE and len(change.people) > 1:
        raise _refused("一次只记一个人。", "请一个一个记。", "H-13", "people")
    if change.kind is FamilyDeed.SPLIT and here == set(change.people):
        raise _refused("全家都分出去，就不是分户了。", "请只选分出去的人。", "H-14", "people")


def _check_heads(home: Household, change: FamilyChange) -> None:
    staying = {one.person.id for one in home.members} - (
        set(change.people) if change.kind in LEAVING else set()
    )
    stays = change.head is not None and change.head in staying
    if change.kind is FamilyDeed.HEAD and (not stays or change.head == home.head):
        raise _refused("还没选换成谁当户主。", "请选家里另一个人。", "H-15", "head")
    follows = change.kind in LEAVING and head_must_follow(home, change.people)
    if follows and not stays:
        raise _refused("户主不在这一户了，要有人接着当户主。", "请选一个人。", "H-15", "head")
    if change.kind is FamilyDeed.SPLIT and change.leads not in change.people:
        raise _refused("还没选新户由谁当户主。", "请在分出去的人里选一个。", "H-16", "leads")


def _other(work: UnitOfWork, change: FamilyChange) -> Household:
    found = None if change.other is None else work.households.get(change.other)
    if found is None or found.id == change.household:
        raise _refused("还没选是哪一户。", "请找到村里的另一户。", "H-17", "other")
    if found.ended_on is not None:
        raise _refused("那一户已经没有人了。", "请选现在有人住的一户。", "H-17", "other")
    if change.relation is Relation.HEAD:
        raise _refused("一户只有一个户主。", "请选和那一户户主的关系。", "H-18", "relation")
    return found


def _comer(work: UnitOfWork, change: FamilyChange, today: date) -> PersonId | None:
    """Who comes, where that person is on record and lives nowhere here now; None for a new one."""
    newcomer = change.newcomer
    if newcomer is None or not newcomer.name.strip():
        raise _refused("还没写名字。", "没起名就写“未取名”。", "H-19", "name")
    if newcomer.relation is Relation.HEAD:
        raise _refused("一户只有一个户主。", "先加进来，再换户主。", "H-18", "relation")
    if newcomer.birth is not None and newcomer.birth > today:
        raise _refused("出生日期晚于今天。", "请核对出生日期。", "H-11", "birth")
    check_phone(newcomer.phone)
    if newcomer.id_number is None:
        return None
    check_number(newcomer.id_number, today)
    if work.families.by_number(newcomer.id_number):
        raise _refused(
            "这个身份证号的人已经在村里一户。",
            "是从那一户过来的，请到那一户办“搬去村里另一户”。",
            "H-20",
            "id_number",
        )
    return work.families.holder(newcomer.id_number)


def check_number(number: str, today: date) -> None:
    """Raises Refused I-01 … I-05, at the field, for what is no resident number."""
    try:
        parse_id_number(number, on=today)
    except Refused as refused:
        raise _refused(refused.what, refused.do, refused.code, "id_number") from refused


def check_certificate(fields: Mapping[str, object], key: str) -> None:
    """Raises Refused R-37, at the field, for what stands on no document."""
    number = fields.get(key)
    if not number:
        return
    try:
        read_certificate_number(str(number))
    except Refused as refused:
        raise _refused(refused.what, refused.do, refused.code, key) from refused


def check_phone(phone: object) -> None:
    """Raises Refused H-30 for what nobody can dial. Spaces and hyphens between figures are fine."""
    said = re.sub(r"[\s-]", "", str(phone or ""))
    if said and not _PHONE.fullmatch(said):
        raise _refused(
            "这不像一个电话号码。", "请只写数字，手机是 11 位；没有电话就空着。", "H-30", "phone"
        )


def _check_open_applications(work: UnitOfWork, home: Household) -> None:
    """An application stands and falls with its household: it is ended first, by its own step."""
    if _under_way(work, home.id):
        raise _refused("这一户还有没办完的申请。", "请先办完或撤回申请，再搬、再并户。", "H-22")


def _losing(work: UnitOfWork, change: FamilyChange, home: Household) -> tuple[Application, ...]:
    """Who leaves applied for them; where nobody is left, whoever did."""
    if change.kind not in LEAVING:
        return ()
    nobody_left = {one.person.id for one in home.members} == set(change.people)
    under_way = _under_way(work, change.household)
    return tuple(one for one in under_way if nobody_left or one.applicant in change.people)


def _under_way(work: UnitOfWork, household: HouseholdId) -> list[Application]:
    """Applications that are neither decided nor over."""
    found = work.casework.applications_of(household)
    return [one for one in found if APPLICATION.may(one.status, ApplicationEvent.WITHDRAW)]


def _refused(what: str, do: str, code: str, field: str | None = None) -> Refused:
    return Refused(what, do=do, code=code, field=field)
