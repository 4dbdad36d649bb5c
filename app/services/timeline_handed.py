"""What a household handed in and declared for its applications, as lines of its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.domain.happening import Happening
from app.domain.ids import HouseholdId
from app.domain.procedure import Material, MaterialState, RelativeFiling

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_PAGE: Final = "applications"
_TITLES: Final = {
    MaterialState.RECEIVED: "交来材料",
    MaterialState.PROMISED: "以承诺代替证明",
}


def handed(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Each material received or promised, once however many applications carry it on, and every
    declaration of relatives among the staff."""
    told: set[tuple[object, ...]] = set()
    for application in reversed(work.casework.applications_of(household)):
        for one in work.procedure.materials(application.id):
            same = (one.code, one.person, one.name, one.state, one.settled_on)
            if same not in told:
                told.add(same)
                yield from _material(one)
    for declared in work.procedure.declared(household):
        yield Happening(
            on=declared.declared_on, kind="signature", title="近亲属备案",
            detail=_said(declared), entity_id=declared.id,
        )  # fmt: skip


def _material(one: Material) -> Iterator[Happening]:
    title = _TITLES.get(one.state)
    if title is None or one.settled_on is None:
        return
    replaced = f"代替{one.replaces}" if one.state is MaterialState.PROMISED else ""
    mode = "" if one.mode is None else one.mode.label
    yield Happening(
        on=one.settled_on, kind="application", title=title,
        detail="，".join(filter(None, (one.name, replaced, mode, one.note))),
        entity_id=one.id, page=_PAGE, target=one.application,
    )  # fmt: skip


def _said(declared: RelativeFiling) -> str:
    signed = "签了字" if declared.is_signed else "还没签字"
    if not declared.has_relative:
        return f"没有近亲属在经办救助，{signed}"
    who = f"{declared.relation}{declared.staff_name}（{declared.staff_unit}{declared.staff_post}）"
    return f"{who}，{signed}"
