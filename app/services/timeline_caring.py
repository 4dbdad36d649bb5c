"""Care agreements, the watch list, cases and complaints on a household's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.domain.caring import CareAgreement, Stepped
from app.domain.happening import Happening
from app.domain.ids import HouseholdId
from app.services.caring_steps import steps_of
from app.services.fact_words import ability_words

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_PAGE: Final = "caring"


def caring(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Every agreement, entry, case and complaint from its first day, and every step after it."""
    for agreement in work.caring.agreements_of(household):
        yield Happening(
            on=agreement.starts_on, kind="benefit", title="照料协议",
            detail=f"{agreement.carer}照料{agreement.person_name}，{agreement.status.label}",
            entity_id=agreement.id, page=_PAGE, target=agreement.id,
        )  # fmt: skip
        yield from _steps(work, agreement, "照料协议")
    for entry in work.caring.entries_of(household):
        yield Happening(
            on=entry.noticed_on, kind="lead", title="备案监测",
            detail=f"{entry.cause.label}，{entry.note}，{entry.status.label}",
            entity_id=entry.id, page=_PAGE, target=entry.id,
        )  # fmt: skip
        yield from _steps(work, entry, "备案监测")
    for plan in work.caring.case_plans_of(household):
        yield Happening(
            on=plan.opened_on, kind="lead", title="个案",
            detail=f"{plan.need}，{plan.status.label}",
            entity_id=plan.id, page=_PAGE, target=plan.id,
        )  # fmt: skip
        yield from _steps(work, plan, "个案")
    for found in work.caring.complaints_about(household):
        yield Happening(
            on=found.received_on, kind="lead", title="投诉", detail=found.content,
            entity_id=found.id, page=_PAGE, target=found.id,
        )  # fmt: skip
        if found.answered_on is not None:
            yield Happening(
                on=found.answered_on, kind="lead", title="投诉答复", detail=found.answer,
                entity_id=f"{found.id}-answer", page=_PAGE, target=found.id,
            )  # fmt: skip
    for seen in work.caring.abilities_of(household):
        yield Happening(
            on=seen.assessed_on, kind="benefit", title="自理能力评估",
            detail=f"{seen.person_name}，{seen.kind.label}，{ability_words(seen.acts)}",
            entity_id=seen.id, page=_PAGE, target=seen.id,
        )  # fmt: skip


def _steps(work: UnitOfWork, case: Stepped, title: str) -> Iterator[Happening]:
    for step in steps_of(work, case):
        yield Happening(
            on=step.happened_on, kind="benefit" if isinstance(case, CareAgreement) else "lead",
            title=f"{title}：{step.label}",
            detail="，".join(filter(None, (step.told_by, step.paper_no, step.note))),
            entity_id=step.id, page=_PAGE, target=case.id,
        )  # fmt: skip
