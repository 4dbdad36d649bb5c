"""扣减 — what comes off the counted income, by the pack's rules and in the pack's order.

A person's rules come before the household's. Rules of one group do not stack: the largest counts.
What is not yet known is not taken off but kept as a doubt, at most as large as what is left then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.domain.households import IncomeKind
from app.domain.money import Money
from app.rules.claims import Claim, Claimant, claim_of
from app.rules.deductions import JOB_COST, Granted, Whose
from app.rules.facts import Expense, Facts
from app.rules.family import Family
from app.rules.grounds import FAILS, MEETS, UNKNOWN, Check, Outcome, all_of, unsettled
from app.rules.income_pool import Earned, IncomePool, take
from app.rules.job_costs import WAGES, job_costs
from app.rules.layers import Treatment
from app.rules.lines import Doubt, Line
from app.rules.once import once
from app.rules.parameters import JOB_COST_STACKING
from app.rules.records import record
from app.rules.terms import Terms

_Groups = dict[Whose, list[list[Granted]]]


@record(frozen=True, slots=True)
class _Open:
    """What may still come off: at most `fen` of these incomes of `who` (None: of everybody)."""

    who: str | None
    incomes: frozenset[IncomeKind]
    fen: int
    check: Check


def deduction_lines(
    facts: Facts, family: Family, terms: Terms, on: date, earned: Iterable[Earned]
) -> tuple[list[Line], list[Doubt]]:
    """The deductions from what was `earned` as lines, and those that stay open."""
    lines: list[Line] = []
    doubts: list[Doubt] = []
    groups = _rules(terms)
    if not any(groups.values()):
        return lines, doubts
    pool = IncomePool(earned)
    for claimant in _claimants(facts, family, pool, groups):
        whose = Whose.HOUSEHOLD if claimant.member is None else Whose.PERSON
        who = None if claimant.member is None else claimant.member.id
        still_open: list[_Open] = []
        for group in groups[whose]:
            claims = list(_claims(group, claimant, pool, terms, on))
            settled, open_points = _chosen(who, claims, terms)
            lines += [_line(who, claim) for claim in settled]
            still_open += open_points
        if still_open:
            doubts += _doubts(still_open, pool.copy())
    return lines, doubts


@once
def _rules(terms: Terms) -> _Groups:
    """The pack's rules by whose income they come off, those that do not stack together."""
    rules = (*job_costs(terms), *terms.deductions)
    return {
        whose: list(_groups(granted for granted in rules if granted.rule.whose is whose))
        for whose in Whose
    }


def _claimants(
    facts: Facts, family: Family, pool: IncomePool, groups: _Groups
) -> Iterable[Claimant]:
    """Everybody who counts and earned something, then the household; those there are rules for."""
    household = facts.household
    earners = pool.earners() if groups[Whose.PERSON] else ()
    asked = household.expenses
    for member in family.counted:
        if member.id in earners:
            own = None
            if asked is not None and member.id not in household.expenses_unasked:
                own = tuple(e for e in asked if e.member == member.id)
            yield Claimant(
                member=member, path=household.path(member), area=household.area, expenses=own
            )
    if groups[Whose.HOUSEHOLD]:
        everybody = None
        if asked is not None and family.left_out.keys() >= {*household.expenses_unasked}:
            everybody = tuple(_of_family(asked, family))
        yield Claimant(member=None, path="household", area=household.area, expenses=everybody)


def _of_family(expenses: tuple[Expense, ...], family: Family) -> Iterable[Expense]:
    """The outlay of those who count, and the household's."""
    return (one for one in expenses if one.member not in family.left_out)


def _claims(
    rules: Iterable[Granted], claimant: Claimant, pool: IncomePool, terms: Terms, on: date
) -> Iterable[Claim]:
    """Every rule that fits the claimant, against what is left."""
    who = None if claimant.member is None else claimant.member.id
    for granted in rules:
        sources = pool.sources(who, granted.rule.incomes)
        claim = claim_of(granted, claimant, sources, terms, on)
        if claim is not None:
            yield claim


def _groups(rules: Iterable[Granted]) -> Iterable[list[Granted]]:
    """Rules that do not stack, together; one without a group stands alone."""
    grouped: dict[tuple[bool, str], list[Granted]] = {}
    for granted in rules:
        group = granted.rule.group
        grouped.setdefault((group is None, group or granted.code), []).append(granted)
    return grouped.values()


def _chosen(who: str | None, group: list[Claim], terms: Terms) -> tuple[list[Claim], list[_Open]]:
    """What of one group comes off now, and what may come off beyond it."""
    settled = [claim for claim in group if claim.open_point is None]
    stacking = _stacking(group, terms)
    if stacking is MEETS:
        return settled, [_open(who, claim) for claim in group if claim.open_point]
    best = max(settled, key=lambda claim: claim.fen, default=None)
    taken = [] if best is None else [best]
    others = [claim for claim in group if claim is not best]
    if stacking is UNKNOWN:
        return taken, [_open(who, claim, _ask_stacking(claim)) for claim in others]
    return taken, _larger(who, others, 0 if best is None else best.fen)


def _stacking(group: list[Claim], terms: Terms) -> Outcome:
    """Whether the claims of one group come off side by side."""
    if len(group) <= 1:
        return MEETS
    if group[0].granted.rule.group != JOB_COST:
        return FAILS
    found = terms.find(JOB_COST_STACKING)
    if found is None:
        return UNKNOWN
    return MEETS if found.value == "stack" else FAILS


def _larger(who: str | None, others: list[Claim], taken: int) -> list[_Open]:
    """The largest open claim, as far as it goes beyond what is `taken` off."""
    largest = max((one for one in others if one.open_point), key=lambda one: one.fen, default=None)
    if largest is None or largest.fen <= taken:
        return []
    return [replace(_open(who, largest), fen=largest.fen - taken)]


def _open(who: str | None, claim: Claim, *more: Check) -> _Open:
    checks = [claim.open_point] if claim.open_point else []
    return _Open(who, claim.granted.rule.incomes, claim.fen, all_of(*checks, *more))


def _ask_stacking(claim: Claim) -> Check:
    text = "几项就业成本能不能一起扣县里还没定，先只扣了最多的一项。"
    return unsettled(text, str(claim.granted.ground), JOB_COST_STACKING.name)


def _line(who: str | None, claim: Claim) -> Line:
    """The claim taken off, never more than what is left."""
    incomes = claim.granted.rule.incomes
    fen = sum(take(part, [source]) for source, part in claim.parts)
    what = "工资" if incomes and incomes <= WAGES else "收入"
    return Line(
        member=who,
        item=claim.granted.code,
        treatment=Treatment.DEDUCTED,
        formula=claim.formula + (f"（不超过{what}）" if fen < claim.wanted else ""),
        amount_year=Money(-fen),
        basis=str(claim.granted.ground),
        label=claim.granted.text,
    )


def _doubts(still_open: list[_Open], pool: IncomePool) -> Iterable[Doubt]:
    """What stays open of one claimant, at most what is left to that claimant.

    `pool` is a copy: what may come off is not kept from the household's rules.
    """
    for one in still_open:
        fen = take(one.fen, pool.sources(one.who, one.incomes))
        if fen:
            yield Doubt(fen, one.check, one.check.reasons[0].text, one.who)
