"""The relief form as a value: four answers, a word more if there is one, and its draft. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from app.domain.casework import EventKind, ReliefWay
from app.domain.ids import HouseholdId, PersonId, ReliefId
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import ApprovalWay, FundSource, ReportedBy
from app.services.relief_asked import NOBODY_KNOWS, Approval, PayRelief

MORE: Final = ("place", "reported", "parts", "source", "approver", "approved_how")
"""What most relief needs no word about."""
ORDER: Final = ("payee", "event", "amount", "way", "goods", "note", *MORE)
"""Talk order, which is the tab order."""

_UNKNOWN: Final = frozenset({"不知道", "不知道姓名", "不知道名字", "不详", "无名", NOBODY_KNOWS})
"""What is typed for somebody whose name nobody knows."""
_APART: Final = re.compile(r"[、，,；;+\s]+")
DRAFT_PREFIX: Final = "relief:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Whom the money is for: somebody of a household here, or a name alone."""

    name: str = ""
    household: HouseholdId | None = None
    person: PersonId | None = None
    id_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefForm:
    """The answers so far."""

    payee: Payee = Payee()
    event: EventKind | None = None
    amount: Money | None = None
    way: ReliefWay | None = None
    goods: str = ""
    note: str = ""
    place: str = ""
    """Where it happened, where that is not the village."""
    reported: ReportedBy | None = None
    parts: str = ""
    """The sums of staged relief as typed: "500、300、200"."""
    source: FundSource | None = None
    approver: str = ""
    approved_how: ApprovalWay | None = None
    parent: ReliefId | None = None
    """What this follows on."""

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows the name."""
        return self.payee.household is None and self.payee.name.strip() in _UNKNOWN

    @property
    def has_more(self) -> bool:
        """Whether something was said beyond the four answers."""
        return any(getattr(self, name) for name in (*MORE, "parent"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return self == ReliefForm()

    @property
    def is_goods(self) -> bool:
        """Whether it has to be said what was given."""
        return self.way is ReliefWay.GOODS

    def answered(self, field: str, value: object) -> ReliefForm:
        """The form with one field changed."""
        return replace(self, **{field: value})  # type: ignore[arg-type]  # the view knows the types

    def request(self, draft_key: str) -> PayRelief:
        """What is asked of the service. Raises Refused for what a payment cannot do without."""
        if not self.payee.name:
            raise Refused(
                "还没填给谁。", do="请找到这个人，或者先写个名字。", code="F-45", field="payee"
            )
        if self.event is None:
            raise Refused("还没选是什么事。", do="请按数字选一个。", code="F-46", field="event")
        if self.amount is None or self.amount.fen <= 0:
            raise Refused("还没填给多少。", do="请填金额，单位是元。", code="F-47", field="amount")
        if self.way is None:
            raise Refused("还没选怎么给。", do="请按数字选一个。", code="F-48", field="way")
        return PayRelief(
            household=self.payee.household,
            payee_name=NOBODY_KNOWS if self.is_unknown else self.payee.name,
            is_unknown=self.is_unknown,
            payee=self.payee.person,
            payee_id_number=self.payee.id_number,
            event=self.event,
            amount=self.amount,
            way=self.way,
            goods=self.goods if self.is_goods else "",
            event_note=self.note,
            event_place=self.place,
            reported_by=self.reported,
            parts=read_parts(self.parts),
            source=self.source,
            parent=self.parent,
            approval=self._approval(),
            draft_key=draft_key,
        )

    def _approval(self) -> Approval | None:
        """Who agreed before the money was given, where somebody did. Raises Refused F-49."""
        if not self.approver.strip():
            return None
        if self.approved_how is None:
            raise Refused(
                "还没选怎么同意的。", do="请按数字选一个。", code="F-49", field="approved_how"
            )
        return Approval(self.approver.strip(), self.approved_how)

    def as_draft(self, at: str) -> dict[str, Any]:
        """As stored; ID numbers are looked up again, not kept twice. `at`: committed last."""
        return {
            "household": self.payee.household,
            "person": self.payee.person,
            "name": self.payee.name,
            "event": self.event,
            "amount_fen": None if self.amount is None else self.amount.fen,
            "way": self.way,
            "goods": self.goods,
            "note": self.note,
            "place": self.place,
            "reported": self.reported,
            "parts": self.parts,
            "source": self.source,
            "approver": self.approver,
            "approved_how": self.approved_how,
            "parent": self.parent,
            "at": at,
        }

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any], payee: Payee) -> Self:
        """The form as it was left; `payee` as looked up again."""
        fen = draft.get("amount_fen")
        return cls(
            payee=payee,
            event=EventKind(draft["event"]) if draft.get("event") else None,
            amount=None if fen is None else Money(fen),
            way=ReliefWay(draft["way"]) if draft.get("way") else None,
            goods=str(draft.get("goods", "")),
            note=str(draft.get("note", "")),
            place=str(draft.get("place", "")),
            reported=ReportedBy(draft["reported"]) if draft.get("reported") else None,
            parts=str(draft.get("parts", "")),
            source=FundSource(draft["source"]) if draft.get("source") else None,
            approver=str(draft.get("approver", "")),
            approved_how=ApprovalWay(draft["approved_how"]) if draft.get("approved_how") else None,
            parent=ReliefId(draft["parent"]) if draft.get("parent") else None,
        )


def draft_key(household: HouseholdId | None) -> str:
    """Under which key the form about a household is kept."""
    return f"{DRAFT_PREFIX}{household or 'new'}"


def next_field(form: ReliefForm, after: str) -> str:
    """The field the cursor belongs in when `after` has been committed."""
    usual = ORDER[: -len(MORE)] if after not in MORE else ORDER
    shown = [name for name in usual if name != "goods" or form.is_goods]
    at = shown.index(after) if after in shown else -1
    return shown[min(at + 1, len(shown) - 1)]


def read_parts(text: str) -> tuple[Money, ...]:
    """The sums of staged relief, in order. Raises Refused M-01 for what is no sum."""
    return tuple(
        Money.parse(part.removesuffix("元"), field="parts")
        for part in _APART.split(text.strip())
        if part
    )
