"""先行救助 as it is asked for, for several test modules."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.services.relief_asked import PayRelief

TODAY = date(2026, 3, 2)


def asked(of=None, **changes):
    usual = {
        "household": None if of is None else of.id,
        "payee_name": "覃兰英",
        "payee": None if of is None else of.members[0].person.id,
        "event": EventKind.FIRE,
        "amount": Money.yuan(300),
        "way": ReliefWay.CASH,
    }
    return PayRelief(**(usual | changes))


def refusal(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    problem = caught.value
    assert problem.what.endswith("。")
    assert problem.do.endswith("。")
    return problem


def left(work):
    return work.relief.allowance().left
