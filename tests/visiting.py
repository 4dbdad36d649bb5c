"""Deeds around visits that several test modules do."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import Met
from app.domain.problem import Refused
from app.domain.referral_words import ReferralNeed
from app.domain.today import WorkKind
from app.services.visit_following import NewReferral
from app.services.visits import RecordVisit

TODAY = date(2026, 3, 2)


def asked(home, **changes):
    said = {"household": home.id, "visited_on": TODAY, "met": Met.SELF}
    return RecordVisit(**(said | changes))


def refusal(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return caught.value


def ask(work, question):
    with work.begin() as unit:
        return question(unit)


def rows_of(work, home, kinds=(WorkKind.VISIT,)):
    return [
        item
        for _source, item in ask(work, lambda unit: unit.due.about([home.id]))
        if item.kind in kinds
    ]


def new_referral(home, **changes):
    said = {
        "household": home.id,
        "need": ReferralNeed.MEDICAL,
        "to_org": "镇卫生院",
        "content": "腿疼",
        "made_on": TODAY,
    }
    return NewReferral(**(said | changes))
