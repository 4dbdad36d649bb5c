"""The relief form as a value: four answers, a word more if there is one, and its draft. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.ids import HouseholdId, PersonId, ReliefId
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_area import EventArea, event_area_of
from app.domain.relief_words import ApprovalWay, FundSource, ReportedBy
from app.services.relief_asked import NOBODY_KNOWS, Approval, PayRelief

MORE: Final = (
    "place", "area", "found", "persons", "reported", "parts", "source", "approver", "approved_how",
)  # fmt: skip
"""What most relief needs no word about."""
ORDER: Final = ("payee", "event", "amount", "way", "goods", "note", *MORE)
"""Talk order, which is the tab order."""
APART: Final = "apart"
"""The field of a question that is asked only after something was given that night."""
_WHAT_IT_IS: Final = frozenset({"payee", "event", "amount"})
"""What the answer to it was about: another payee, kind or sum is asked about anew."""

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
    """Where it happened, in words."""
    area: EventArea | None = None
    """Where that is; the village where nothing is said."""
    found: datetime | None = None
    """When it was found; now where nothing is said."""
    persons: int | None = None
    """For how many; the whole household where nothing is said."""
    reported: ReportedBy | None = None
    parts: str = ""
    """The sums of staged relief as typed: "500、300、200"."""
    source: FundSource | None = None
    approver: str = ""
    approved_how: ApprovalWay | None = None
    apart: str = ""
    """Why it is another matter than what was given that night; asked for only then."""
    parent: ReliefId | None = None
    """What this follows on."""
    known: ReliefId | None = None
    """What was noted before anybody had looked, and is gone on with."""

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
        apart = "" if field in _WHAT_IT_IS and getattr(self, field) != value else self.apart
        changed = {APART: apart, field: value}
        return replace(self, **changed)  # type: ignore[arg-type]  # the view knows the types

    def request(self, draft_key: str) -> PayRelief:
        """What is asked of the service. Raises Refused for what a payment cannot do without."""
        event = self._require_told()
        if self.amount is None or self.amount.fen <= 0:
            raise Refused("还没填给多少。", do="请填金额，单位是元。", code="F-47", field="amount")
        if self.way is None:
            raise Refused("还没选怎么给。", do="请按数字选一个。", code="F-48", field="way")
        return self._asked(event, self.amount, self.way, draft_key)

    def report(self, draft_key: str) -> PayRelief:
        """What is noted before anybody has looked: who and what is enough. Raises Refused."""
        event = self._require_told()
        return self._asked(event, self.amount or Money(0), self.way or ReliefWay.CASH, draft_key)

    def _require_told(self) -> EventKind:
        """Raises Refused F-45, F-46."""
        if not self.payee.name:
            raise Refused(
                "还没填给谁。", do="请找到这个人，或者先写个名字。", code="F-45", field="payee"
            )
        if self.event is None:
            raise Refused("还没选是什么事。", do="请按数字选一个。", code="F-46", field="event")
        return self.event

    def _asked(self, event: EventKind, amount: Money, way: ReliefWay, draft_key: str) -> PayRelief:
        """Raises Refused F-50 for a place elsewhere that nobody named, F-49, M-01."""
        elsewhere = self.area not in (None, EventArea.VILLAGE)
        if elsewhere and not self.place.strip():
            raise Refused(
                "出事不在本村，还没写在哪里。", do="请写一下地方。", code="F-50", field="place"
            )
        return PayRelief(
            household=self.payee.household,
            payee_name=NOBODY_KNOWS if self.is_unknown else self.payee.name,
            is_unknown=self.is_unknown,
            payee=self.payee.person,
            payee_id_number=self.payee.id_number,
            event=event,
            amount=amount,
            way=way,
            goods=self.goods if self.is_goods else "",
            event_note=self.note,
            event_place=self.place,
            event_area=self.area,
            found_at=self.found,
            persons=self.persons,
            reported_by=self.reported,
            parts=read_parts(self.parts),
            source=self.source,
            parent=self.parent,
            known=self.known,
            approval=self._approval(),
            apart=self.apart,
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
            "area": self.area,
            "found": None if self.found is None else self.found.isoformat(),
            "persons": self.persons,
            "reported": self.reported,
            "parts": self.parts,
            "source": self.source,
            "approver": self.approver,
            "approved_how": self.approved_how,
            "apart": self.apart,
            "parent": self.parent,
            "known": self.known,
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
            area=EventArea(draft["area"]) if draft.get("area") else None,
            found=datetime.fromisoformat(draft["found"]) if draft.get("found") else None,
            persons=draft.get("persons"),
            reported=ReportedBy(draft["reported"]) if draft.get("reported") else None,
            parts=str(draft.get("parts", "")),
            source=FundSource(draft["source"]) if draft.get("source") else None,
            approver=str(draft.get("approver", "")),
            approved_how=ApprovalWay(draft["approved_how"]) if draft.get("approved_how") else None,
            apart=str(draft.get("apart", "")),
            parent=ReliefId(draft["parent"]) if draft.get("parent") else None,
            known=ReliefId(draft["known"]) if draft.get("known") else None,
        )

    @classmethod
    def of_noted(cls, noted: Relief, payee: Payee) -> Self:
        """The form as it was noted, to be gone on with; how much and how is still to be said."""
        told = bool(noted.amount.fen)
        return cls(
            payee=payee,
            event=noted.event,
            amount=noted.amount if told else None,
            way=noted.way if told else None,
            goods=noted.goods,
            note=noted.event_note,
            place=noted.event_place,
            area=event_area_of(noted.event_area_code),
            found=noted.found_at,
            persons=noted.persons,
            reported=noted.reported_by,
            parent=noted.parent,
            known=noted.id,
        )


def draft_key(household: HouseholdId | None, known: ReliefId | None = None) -> str:
    """Under which key the form about a household, or about what was noted before, is kept.

    Ends in the household, so that it goes when the household is handed over.
    """
    about = f"{known}:" if known is not None else ""
    return f"{DRAFT_PREFIX}{about}{household or 'new'}"


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
