"""The facts of F21 (domain.md §3.20): who came and went, and the year's figures of the household.

The figures are those of the newest means test; "" and None are written in by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.forms import holdings, persons, told
from app.documents.forms.obligor_table import BoundLine, bound_lines
from app.documents.forms.stored_answer import StoredAnswer, money, summed
from app.domain.casework import AssessmentRecord
from app.domain.households import AssetKind, Category, Household
from app.domain.ids import PersonId
from app.domain.money import Money
from app.domain.people import Member
from app.domain.procedure import RelativeFiling
from app.domain.standing import ChangeKind, CompositionChange, PeriodicReview
from app.rules.facts import Asset, Facts
from app.rules.job_costs import FIRST, MIGRANT
from app.rules.layers import Treatment

_MONEY: Final = frozenset(
    {AssetKind.CASH, AssetKind.DEPOSIT, AssetKind.SECURITY, AssetKind.FUND, AssetKind.INSURANCE}
)
_HOUSES: Final = (AssetKind.HOUSE, AssetKind.NONRESIDENTIAL)
_MONEY_LINE: Final = "存款等货币财产"
"""What the means test calls its line of money a head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class F21Person:
    """Who comes or goes, and why."""

    name: str
    sex: str
    id_number: str | None
    employer: str
    relation: str
    health: str
    income_year: Money | None
    happened_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F21Figures:
    """A year's sums as a means test has them; `per_capita` and `standard` a month."""

    on: date | None = None
    gross: Money | None = None
    outlay: Money | None = None
    job_costs: Money | None = None
    net: Money | None = None
    per_capita: Money | None = None
    standard: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class F21Content:
    """What the form says. `reviewed_on` is the last 定期复核."""

    unit: str
    head: str
    id_number: str | None
    address: str
    phone: str | None
    category: Category
    amount: Money | None
    heads: int
    added: tuple[F21Person, ...]
    removed: tuple[F21Person, ...]
    figures: F21Figures
    money: Money | None
    money_each: str
    houses: str
    vehicles: str
    machines: str
    obligors: tuple[BoundLine, ...] | None
    relative: str
    reviewed_on: date | None
    review: str
    handler: str


def content_of(
    changes: Sequence[CompositionChange],
    household: Household,
    *,
    unit: str,
    handler: str = "",
    tested: AssessmentRecord | None = None,
    review: PeriodicReview | None = None,
    former: Sequence[Member] = (),
    relative: RelativeFiling | None = None,
) -> F21Content:
    """The form of all of a household's changes that belong together.

    `former` are those who left, as they stood in the household; `relative` is what was declared of
    relatives among the staff, None where nothing was.
    """
    known = {one.person.id: one for one in (*reversed(former), *household.members)}
    head = household.named_head
    facts = told.facts_of(tested)
    owned = told.assets(household, facts)
    on = changes[0].happened_on if tested is None else tested.on
    people = _People(household, facts, known)
    return F21Content(
        unit=unit,
        head="" if head is None else head.name,
        id_number=None if head is None else head.id_number,
        address=household.whole_address,
        phone=household.phone,
        category=household.category,
        amount=household.benefit_month,
        heads=len(household.members),
        added=people.of(changes, ChangeKind.ADD),
        removed=people.of(changes, ChangeKind.REMOVE),
        figures=F21Figures() if tested is None else _figures(StoredAnswer(tested)),
        money=_money(owned),
        money_each="" if tested is None else _money_each(StoredAnswer(tested)),
        houses=holdings.of_kinds(owned, _HOUSES),
        vehicles=holdings.of_kinds(owned, (AssetKind.VEHICLE,)),
        machines=holdings.of_kinds(owned, (AssetKind.FARM_MACHINE,)),
        obligors=bound_lines(household, facts, on),
        relative="" if relative is None else _relative(relative),
        reviewed_on=None if review is None else review.reviewed_on,
        review="" if review is None else review.result.label,
        handler=handler,
    )


@dataclass(frozen=True, slots=True)
class _People:
    """Whom the changes are about, with what is known of them."""

    household: Household
    facts: Facts | None
    known: Mapping[PersonId, Member]

    def of(self, changes: Iterable[CompositionChange], kind: ChangeKind) -> tuple[F21Person, ...]:
        """Everybody who came, or everybody who went."""
        return tuple(self._person(one) for one in changes if one.kind is kind)

    def _person(self, change: CompositionChange) -> F21Person:
        member = None if change.person is None else self.known.get(change.person)
        person = None if member is None else member.person
        income = (
            None
            if person is None
            else told.income_of(person.id, self.household, self.facts, change.happened_on)
        )
        return F21Person(
            name=change.person_name,
            sex="" if person is None else persons.sex(person),
            id_number=None if person is None else person.id_number,
            employer="" if person is None else person.employer or "",
            relation="" if member is None else persons.relation_to_head(member),
            health="" if person is None else persons.health(person),
            income_year=income,
            happened_on=change.happened_on,
            reason=change.reason,
        )


def _figures(answer: StoredAnswer) -> F21Figures:
    """Income before and after what comes off it; None for what the test could not know."""
    year = answer.money("income_year")
    counted = [one for one in answer.lines if one["treatment"] == Treatment.COUNTED.value]
    costs = [one for one in answer.lines if one["item"] in {FIRST, MIGRANT}]
    return F21Figures(
        on=answer.record.on,
        gross=None if year is None else _sum(counted),
        outlay=_sum(answer.outlay) if answer.said.get("working") else None,
        job_costs=None if year is None else -_sum(costs),
        net=year,
        per_capita=answer.money("per_capita_month"),
        standard=answer.money("standard_month"),
    )


def _sum(lines: Iterable[Mapping[str, str]]) -> Money:
    return summed(money(one["amount_year"]) for one in lines)


def _money(owned: tuple[Asset, ...] | None) -> Money | None:
    """All money together; None where somebody did not say how much one of it is."""
    if owned is None:
        return None
    amounts = [one.amount for one in owned if one.kind in _MONEY]
    return None if None in amounts else summed(amounts)


def _money_each(answer: StoredAnswer) -> str:
    line = next((one for one in answer.rows("limits") if one.get("text") == _MONEY_LINE), {})
    return values.yuan(money(line.get("held")))


def _relative(relative: RelativeFiling) -> str:
    """Who of the staff is whose; 无 where it was asked."""
    if not relative.has_relative:
        return "无"
    said = (relative.staff_name, relative.staff_unit, relative.staff_post, relative.relation)
    return "，".join(filter(None, said))
