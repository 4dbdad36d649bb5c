"""Visits, payments and tests as they are asked for, for several test modules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.casework import EventKind, Met, ReliefWay
from app.domain.households import IncomeKind, Per
from app.domain.money import Money
from app.domain.problem import Refused
from app.rules import facts as case
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit

TODAY = date(2026, 3, 2)


def visit(of, **changes):
    asked = {"household": of.id, "visited_on": TODAY, "met": Met.SELF}
    return RecordVisit(**(asked | changes))


def payment(of, **changes):
    asked = {
        "household": of.id,
        "payee_name": "覃兰英",
        "payee": of.members[0].person.id,
        "event": EventKind.FIRE,
        "amount": Money.yuan(300),
        "way": ReliefWay.CASH,
    }
    return PayRelief(**(asked | changes))


def refusal(call, *arguments):
    with pytest.raises(Refused) as caught:
        call(*arguments)
    return caught.value


def head_of(work):
    with work.begin() as unit:
        return unit.head.n


def interviewed(work, household):
    facts = work.assessments.start(household.id)
    earner = facts.household.members[0]
    wage = case.Income(
        member=earner.id, kind=IncomeKind.WAGE, amount=Money.yuan(300), per=Per.MONTH
    )
    known = replace(facts.household, incomes=(wage,), expenses=(), assets=(), obligors=())
    return replace(facts, household=known)
