"""Facts written back as a case file (design §4): the inverse of `app.rules.casefile`."""

from __future__ import annotations

from app.rules.casefile import FORMAT, REQUESTED
from app.rules.facts import (
    Asset,
    Disability,
    Expense,
    Facts,
    HouseholdFacts,
    Income,
    Member,
    Obligor,
)

Json = dict[str, object]


def case_of(facts: Facts) -> Json:
    """The case file of `facts`; what is unknown is left out, what was asked and is empty is []."""
    case: Json = {
        "format": FORMAT,
        "id": facts.id,
        "household": _household(facts.household),
        "requested": list(REQUESTED),
    }
    if facts.on is not None:
        case["on"] = facts.on.isoformat()
    if facts.pack is not None:
        case["pack"] = facts.pack
    if facts.parameters:
        case["parameters"] = dict(facts.parameters)
    return case


def _household(household: HouseholdFacts) -> Json:
    """The household and its lists."""
    written: Json = {
        "area": household.area.value,
        "members": [_member(member) for member in household.members],
    }
    if household.incomes is not None:
        written["incomes"] = [_income(item) for item in household.incomes]
    if household.incomes_unasked:
        written["incomes_unasked"] = list(household.incomes_unasked)
    if household.expenses is not None:
        written["expenses"] = [_expense(item) for item in household.expenses]
    if household.expenses_unasked:
        written["expenses_unasked"] = list(household.expenses_unasked)
    if household.assets is not None:
        written["assets"] = [_asset(item) for item in household.assets]
    if household.obligors is not None:
        written["obligors"] = [_obligor(obligor) for obligor in household.obligors]
    return written


def _member(member: Member) -> Json:
    """One member, with only what is known."""
    written = _known(
        id=member.id,
        relation=member.relation.value,
        birth=member.birth and member.birth.isoformat(),
        sex=member.sex and member.sex.value,
        name=member.name,
        id_number=member.id_number,
        hukou=member.hukou and member.hukou.value,
        living=member.living and member.living.value,
        status=member.status and member.status.value,
        student=member.student and member.student.value,
        labour=member.labour.value,
        excused_from_work=member.excused_from_work,
        first_job=member.first_job,
        first_employed_on=member.first_employed_on and member.first_employed_on.isoformat(),
        self_declared_on=member.self_declared_on and member.self_declared_on.isoformat(),
        back_at_work=member.back_at_work,
        labour_loss=member.labour_loss,
        serious_illness=member.serious_illness,
        monitored=member.monitored,
    )
    written |= _certificate(member)
    if member.self_care is not None:
        written["self_care"] = {item.value: can for item, can in member.self_care.items()}
    if member.receives is not None:
        written["receives"] = list(member.receives)
    return written


def _certificate(person: Member | Obligor) -> Json:
    """What is known of a certificate: null where there is none, nothing where nobody asked."""
    if person.disability is None and person.disabled is False:
        return {"disability": None}
    if person.disability is None and person.disabled is None:
        return {}
    return {"disability": _disability(person.disability or Disability())}


def _disability(disability: Disability) -> Json:
    """A certificate as far as it was looked at."""
    return _known(
        kind=disability.kind and disability.kind.value,
        level=disability.level,
        parts={kind.value: level for kind, level in disability.parts} or None,
    )


def _income(item: Income) -> Json:
    """One source of income."""
    written: Json = {
        "member": item.member,
        "kind": item.kind.value,
        "amount": str(item.amount),
        "per": item.per.value,
    }
    if item.months_in:
        written["months_in"] = {str(window): months for window, months in item.months_in}
    else:
        written["months"] = item.months
    if item.received_on is not None:
        written["received_on"] = item.received_on.isoformat()
    return written


def _expense(item: Expense) -> Json:
    """One outlay."""
    return {
        "member": item.member,
        "kind": item.kind.value,
        "amount": str(item.amount),
        "per": item.per.value,
    }


def _asset(item: Asset) -> Json:
    """One asset."""
    return _known(
        kind=item.kind.value,
        amount=None if item.amount is None else str(item.amount),
        count=item.count,
    )


def _obligor(obligor: Obligor) -> Json:
    """One obligor."""
    written = _known(
        id=obligor.id,
        relation=obligor.relation,
        birth=obligor.birth and obligor.birth.isoformat(),
        monthly_income=None if obligor.monthly_income is None else str(obligor.monthly_income),
        maintenance_month=None
        if obligor.maintenance_month is None
        else str(obligor.maintenance_month),
        status=obligor.status and obligor.status.value,
        receives=None if obligor.receives is None else list(obligor.receives),
        within_property_limits=obligor.within_property_limits,
        supports=None if obligor.supports is None else list(obligor.supports),
    )
    return written | _certificate(obligor)


def _known(**fields: object) -> Json:
    """Only the fields that say something."""
    return {name: value for name, value in fields.items() if value is not None}
