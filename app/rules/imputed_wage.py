"""有劳动能力未就业 — the minimum wage counted as income of who could work and does not.

Guangdong counts it for those of working age who are able to work and have no good reason not to;
students are excepted, and so are those who care for somebody (广东省最低生活保障制度实施办法,
2019). Elsewhere nothing is counted.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.households import IncomeKind
from app.domain.money import Money
from app.domain.people import Labour, Student
from app.rules.facts import HouseholdFacts, Member
from app.rules.family import STUDY_AGE, Family, age_of
from app.rules.grounds import Check, unsettled
from app.rules.layers import Treatment
from app.rules.lines import Doubt, Line, Rise
from app.rules.parameters import IMPUTED_WAGE_RULE, MINIMUM_WAGE
from app.rules.terms import Found, Terms
from app.rules.values import MONTHS, Rate

ITEM: Final = "imputed_wage"
_LABEL: Final = "没上班，按最低工资算"
_NO_WAGE: Final = "没上班的人要按最低工资算收入，最低工资县里还没给。"
_EXCUSE: Final = "没上班的人先按最低工资算了收入；在照料老人孩子、怀孕哺乳这些可以不算，请问清楚。"
_FROM: Final = 16
_TO: Final = 60
"""Working age: from 16 (劳动法 第十五条), and until 第五条 of the 特困 rules calls one old."""
_OWN: Final = frozenset(
    {IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE, IncomeKind.FARMING, IncomeKind.BUSINESS}
)
_SHARED: Final = frozenset({IncomeKind.FARMING, IncomeKind.BUSINESS})
"""Kinds a whole household may live on; who works for them is not written down."""


def imputed_wages(
    household: HouseholdFacts, family: Family, terms: Terms, on: date
) -> tuple[list[Line], list[Doubt], list[Rise]]:
    """The wages counted, those that may have to come off again, and those that may come on top."""
    lines: list[Line] = []
    doubts: list[Doubt] = []
    rises: list[Rise] = []
    rule = terms.find(IMPUTED_WAGE_RULE)
    if rule is not None and rule.value == "none":
        return lines, doubts, rises
    wage = terms.find(MINIMUM_WAGE)
    for member in family.counted:
        path = household.path(member)
        if not _may_be_idle(household, member, on):
            continue
        unknown = _unknown(member, path, on, rule, terms.basis_of(IMPUTED_WAGE_RULE))
        if unknown is not None or wage is None or rule is None:
            check = unknown or unsettled(_NO_WAGE, terms.basis_of(MINIMUM_WAGE), MINIMUM_WAGE.name)
            fen = None if wage is None else wage.value.year_fen
            rises.append(Rise(fen, check, check.reasons[0].text, member.id))
            continue
        lines.append(_line(member, wage.value, rule.basis))
        if member.excused_from_work is None:
            check = unsettled(_EXCUSE, rule.basis, f"{path}.excused_from_work")
            doubts.append(Doubt(wage.value.year_fen, check, _EXCUSE, member.id, ITEM))
    return lines, doubts, rises


def _may_be_idle(household: HouseholdFacts, member: Member, on: date) -> bool:
    """Whether nothing known says that `member` works, cannot work or need not."""
    age = age_of(member, on)
    unasked = household.incomes_unasked
    return (
        member.labour in {Labour.ABLE, Labour.UNKNOWN}
        and member.excused_from_work is not True
        and member.student in {None, Student.NONE}
        # what was not asked may be work, and keeps the sum open by itself
        and not (unasked and (member.id in unasked or None in unasked))
        and (age is None or _FROM <= age < _TO)
        and not any(
            income.amount.fen
            and (
                (income.member == member.id and income.kind in _OWN)
                or (income.member is None and income.kind in _SHARED)
            )
            for income in household.incomes or ()
        )
    )


def _unknown(
    member: Member, path: str, on: date, rule: Found[str] | None, left: str
) -> Check | None:
    """What keeps it open whether a wage is counted for `member` at all.

    `left` is the clause that leaves the rule to the county, where there is none.
    """
    if rule is None:
        text = "县里还没定没上班的人要不要按最低工资算收入。"
        return unsettled(text, left, IMPUTED_WAGE_RULE.name)
    age = age_of(member, on)
    lacking = {
        "birth": age is None,
        "labour": member.labour is Labour.UNKNOWN,
        "student": member.student is None and (age is None or age < STUDY_AGE),
    }
    facts = [f"{path}.{fact}" for fact, is_unknown in lacking.items() if is_unknown]
    text = "还不知道这个人多大、能不能干活、是不是学生，定不了要不要按最低工资算收入。"
    return unsettled(text, rule.basis, *facts) if facts else None


def _line(member: Member, wage: Rate, basis: str) -> Line:
    return Line(
        member=member.id,
        item=ITEM,
        treatment=Treatment.COUNTED,
        formula=f"{wage.amount} × {MONTHS}",
        amount_year=Money(wage.year_fen),
        basis=basis,
        label=_LABEL,
    )
