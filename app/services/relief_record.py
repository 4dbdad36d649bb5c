"""What a record of 先行救助 says when it is made: the form, the rules it is under, its clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.goods import check_worth, read_goods
from app.domain.relief_area import area_code
from app.services.ground_rules import GroundRules
from app.services.relief_asked import PayRelief
from app.services.relief_checks import Helped, ReliefChecks
from app.services.stamps import next_document_no

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReliefRecord:
    """The columns of a new record. Call inside a unit of work."""

    clock: Clock
    rules: GroundRules
    checks: ReliefChecks

    def fields(self, work: UnitOfWork, request: PayRelief, helped: Helped) -> dict[str, object]:
        """Everything but its status. Raises Refused M-25 or M-26 for goods that do not add up."""
        return self._about(work, request, helped) | self._under(work, helped)

    def _about(self, work: UnitOfWork, request: PayRelief, helped: Helped) -> dict[str, object]:
        """What the form says."""
        now = self.clock.now()
        return said(request) | {
            "document_no": next_document_no(work, now),
            "household_id": request.household,
            "payee_person_id": request.payee,
            "payee_name": request.payee_name.strip(),
            "payee_id_number": request.payee_id_number,
            "is_unknown": request.is_unknown,
            "event": request.event,
            "event_area_code": request.event_area_code
            or area_code(request.event_area, work.identity.village_code),
            "reported_by": request.reported_by,
            "reporter": request.reporter.strip(),
            "persons": helped.persons or 1,
            "source": self.checks.source(work, request.source),
            "is_staged": bool(request.parts),
            "parent_id": request.parent,
            "found_at": request.found_at or now,
            "handler": work.identity.officer_name,
            "paperwork_rule": "",
        }

    def _under(self, work: UnitOfWork, helped: Helped) -> dict[str, object]:
        """The rules it is made by: its papers say the same after a new standard has come; and until
        when somebody above decides: hours from 受理 (S4:L44), which is its being recorded. What
        was found weeks ago and is told today is not late today."""
        pack = self.rules.pack(work)
        self.rules.old_packs.keep(work, pack)
        cap = self.checks.cap(work, helped)
        deadline = self.rules.emergency_decision(work, self.clock.now())
        return {
            "cap_fen": cap.amount,
            "cap_rule": cap.rule,
            "pack_sha256": pack.sha256,
            "decision_due_at": deadline.due_at,
            "decision_rule": deadline.explanation,
        }


def said(request: PayRelief) -> dict[str, object]:
    """What a record that was noted before is told of the money before it leaves.

    Raises Refused M-25 or M-26 for goods that do not add up.
    """
    goods = read_goods(request.goods)
    check_worth(goods, request.amount)
    return {
        "event_note": request.event_note.strip(),
        "event_place": request.event_place.strip(),
        "amount_fen": request.amount,
        "way": request.way,
        "goods": request.goods.strip(),
        "goods_items": [one.as_fields() for one in goods],
        "source": request.source,
    }
