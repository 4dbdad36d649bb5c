"""What the sync page shows: how each thing stands, what differs, what waits. Words and shapes only.

A word about the county only ever says what a receipt of the county says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from app.domain.operations import OperationState
from app.domain.words import Word

if TYPE_CHECKING:
    from app.store.link_notes import Raised
    from app.store.queries.sync import ConflictLine, OperationLine

ANSWERED: Final = frozenset(
    {OperationState.RECEIVED, OperationState.MERGED, OperationState.HANDED_OVER}
)
"""The county has the record."""

TITLES: Final = {
    "household": "家庭资料",
    "person": "人员资料",
    "household_member": "家庭成员",
    "family_event": "家里变动",
    "support_obligor": "赡养人",
    "income_item": "收入",
    "expense_item": "支出",
    "asset_item": "财产",
    "visit": "走访记录",
    "emergency_relief": "先行救助",
    "relief_step": "先行救助的进展",
    "relief_instalment": "分期的先行救助",
    "late_supplement": "先行救助补的手续",
    "reserve_fund": "备用金",
    "reserve_entry": "备用金的一笔",
    "reserve_month": "备用金月结",
    "assessment": "测算",
    "application": "申请",
    "print_record": "打印记录",
    "attachment": "附件",
    "application_step": "申请的一步",
    "application_material": "申请材料",
    "check_authorization": "授权和承诺",
    "community_review": "民主评议",
    "public_notice": "公示",
    "notice_objection": "公示异议",
    "staff_relative_filing": "近亲属备案",
    "visit_file": "走访的照片或签字",
    "visit_plan": "约好的走访",
    "lead": "线索",
    "lead_step": "线索的一步",
    "referral": "转介",
    "referral_step": "转介的一步",
    "investigation": "入户调查",
    "grace_period": "渐退",
    "grace_step": "渐退的一步",
    "periodic_review": "定期复核",
    "composition_change": "增减员",
    "benefit": "享受的待遇",
    "certificate": "证件期限",
    "care_agreement": "照料协议",
    "care_step": "照料协议的一步",
    "watch_entry": "备案监测",
    "watch_step": "备案监测的一步",
    "case_plan": "个案",
    "case_step": "个案的一步",
    "complaint": "投诉",
    "self_care_assessment": "自理能力评估",
}
"""What an item is called on the page."""


class Side(Word):
    """Whose value holds."""

    MINE = "mine", "用我填的"
    THEIRS = "theirs", "用县里的"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SyncItem:
    """One thing that was sent or waits; `note` says what to mend, `field` where."""

    n: int
    title: str
    who: str
    entity: str
    entity_id: str
    household_id: str
    state: OperationState
    note: str
    field: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Conflict:
    """A field on which the county and this laptop differ; the county's holds until decided."""

    id: str
    title: str
    who: str
    entity: str
    entity_id: str
    household_id: str
    field: str
    mine: Any
    theirs: Any
    base: Any
    theirs_by: str
    theirs_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """Everything the page shows.

    `waiting` counts operations the county has not answered, `waiting_by_title` what they are;
    `exported` those on a stick whose receipt has not come; `waiting_bytes` is about how much all
    of it is, photos included; `files_waiting` photos and signatures the county has not signed for,
    `files_arrived` those it has; `last_success` the end of the last sync that got through, or
    None; `leaving` households being handed over; `silent_days` for how long the county has said
    nothing; `alarm` why money is read-only.
    """

    is_enrolled: bool
    waiting: int
    waiting_by_title: tuple[tuple[str, int], ...]
    exported: int
    waiting_bytes: int
    files_waiting: int
    files_arrived: int
    last_success: datetime | None
    silent_days: int | None
    clock_offset_ms: int | None
    alarm: Raised | None
    items: tuple[SyncItem, ...]
    conflicts: tuple[Conflict, ...]
    notices: tuple[str, ...]
    leaving: int


def item_of(line: OperationLine, arrived: frozenset[str]) -> SyncItem:
    """A stored line as the page shows it. Of a photo the record may be there and the picture not
    yet: that is said."""
    is_on_its_way = line.entity == "attachment" and line.entity_id not in arrived
    note = "照片还没传完" if is_on_its_way and line.state in ANSWERED else line.reason or ""
    return SyncItem(
        n=line.n,
        title=TITLES.get(line.entity, line.entity),
        who=line.who,
        entity=line.entity,
        entity_id=line.entity_id,
        household_id=line.subject,
        state=line.state,
        note=note,
        field=line.field,
        at=line.at,
    )


def conflict_of(line: ConflictLine) -> Conflict:
    """A stored difference as the page shows it."""
    return Conflict(
        id=line.id,
        title=TITLES.get(line.entity, line.entity),
        who=line.who,
        entity=line.entity,
        entity_id=line.entity_id,
        household_id=line.subject,
        field=line.field,
        mine=line.mine,
        theirs=line.theirs,
        base=line.base,
        theirs_by=line.theirs_by,
        theirs_at=line.theirs_at,
    )
