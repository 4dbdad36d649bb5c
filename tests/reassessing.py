"""A village and the standards it is held against, for several test modules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Hukou, Labour, Living, PersonStatus, Student
from app.rules import facts as case
from app.services.policies import Policies
from tests.cases import RESOURCES, practice
from tests.storefile import household_of

NEWER = RESOURCES / "policies" / "practice" / "changes" / "2026-04-01_practice.toml"


def raised():
    """The practice county's change: 6,300 becomes 6,600 yuan a year on the first of April."""
    return Policies(RESOURCES).parse([*practice().files, (NEWER.name, NEWER.read_bytes())])


def lowered():
    """An invented change the other way, at once."""
    files = [
        (name, data.replace(b"value = 6300", b"value = 5000")) for name, data in raised().files
    ]
    files[-1] = (
        files[-1][0],
        files[-1][1].replace(b"value = 6600", b"value = 5000").replace(b"2026.2", b"2026.3"),
    )
    return Policies(RESOURCES).parse(files)


def settle(work, name, *, recorded=Category.NONE, door="1号"):
    """A household of two of whom nothing is known but that they are here."""
    household = replace(
        household_of(name, f"{name}儿", door=door, birth=date(1990, 1, 1)), category=recorded
    )
    work.households.add_all([household])
    return household


def interviewed(work, name, wage, *, recorded=Category.NONE, door="1号", assets=()):
    """The same after a whole interview: so many yuan a month for the two of them."""
    household = settle(work, name, recorded=recorded, door=door)
    interview(work, household.id, wage, assets=assets)
    return household


def interview(work, household_id, wage, *, assets=()):
    """A whole interview: so many yuan a month for all of them; the test that was kept."""
    facts = work.assessments.start(household_id)
    members = tuple(
        replace(
            member,
            hukou=Hukou.LOCAL,
            living=Living.TOGETHER,
            status=PersonStatus.NORMAL,
            student=Student.NONE,
            labour=Labour.ABLE,
            disabled=False,
            serious_illness=False,
            receives=(),
        )
        for member in facts.household.members
    )
    sums = (
        case.Income(
            member=members[0].id, kind=IncomeKind.WAGE, amount=Money.yuan(wage), per=Per.MONTH
        ),
    )
    known = replace(
        facts.household, members=members, incomes=sums, expenses=(), assets=assets, obligors=()
    )
    return work.assessments.save(household_id, replace(facts, household=known))
