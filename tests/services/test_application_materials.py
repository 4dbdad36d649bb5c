"""The checklist of an application: what the records suggest, and how it stands with each piece."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.households import IncomeItem, IncomeKind, Per
from app.domain.ids import ItemId
from app.domain.money import Money
from app.domain.people import DisabilityKind, Hukou, IdKind, Student
from app.domain.procedure import (
    EvidenceMode,
    FiledBy,
    MaterialCode,
    MaterialState,
    Proxy,
)
from app.services.application_materials import SettleMaterial, suggested
from app.store import projection
from tests.filing import Filing, refused


@pytest.fixture
def filing(work):
    return Filing(work)


def settle(filing, code=MaterialCode.HUKOU_BOOK, **said):
    request = {
        "application": filing.id, "code": code, "person": None, "name": code.label,
        "state": MaterialState.RECEIVED, "day": filing.today, "mode": EvidenceMode.COPY,
    }  # fmt: skip
    filing.work.materials.settle(SettleMaterial(**(request | said)))


def codes(application, household):
    return [code for code, _person, _name in suggested(application, household)]


def test_what_the_records_know_of_is_on_the_list(filing):
    bare = codes(filing.now, filing.household)
    first, second = filing.household.members
    sick = replace(
        first.person,
        id_kind=IdKind.RESIDENT,
        id_number="459901197001010013",
        hukou=Hukou.RESIDENCE_PERMIT,
        disability_kind=DisabilityKind.MENTAL,
        serious_illness=True,
    )
    pupil = replace(second.person, student=Student.SECONDARY)
    wage = IncomeItem(
        id=ItemId("i"), person=None, kind=IncomeKind.WAGE, amount=Money.yuan(1), per=Per.MONTH
    )
    full = replace(
        filing.household,
        members=(replace(first, person=sick), replace(second, person=pupil)),
        incomes=(wage,),
    )
    by_proxy = replace(filing.now, proxy=Proxy(filed_by=FiledBy.PROXY))

    assert bare == [MaterialCode.HUKOU_BOOK, MaterialCode.BANK_CARD]
    assert codes(by_proxy, full) == [
        MaterialCode.HUKOU_BOOK, MaterialCode.ID_CARD, MaterialCode.RESIDENCE_PERMIT,
        MaterialCode.DISABILITY, MaterialCode.DIAGNOSIS, MaterialCode.SCHOOL,
        MaterialCode.INCOME, MaterialCode.POWER_OF_ATTORNEY, MaterialCode.BANK_CARD,
    ]  # fmt: skip


def test_only_what_is_settled_is_stored_and_once(filing):
    assert all(one.id == "" for one in filing.whole.materials)

    settle(filing)
    settle(filing, state=MaterialState.NOT_NEEDED)

    stored = [one for one in filing.whole.materials if one.id]
    assert [(one.code, one.state, one.mode) for one in stored] == [
        (MaterialCode.HUKOU_BOOK, MaterialState.NOT_NEEDED, None)
    ]
    assert len(filing.whole.materials) == 2
    with filing.work.begin() as unit:
        assert projection.differences(unit.connection) == []


def test_a_promise_says_what_it_replaces_and_when_it_was_signed(filing):
    settle(filing, state=MaterialState.PROMISED, replaces="户口本原件")

    kept = filing.whole.materials[0]
    assert (kept.replaces, kept.settled_on) == ("户口本原件", filing.today)
    assert refused(settle, filing, state=MaterialState.PROMISED, replaces=" ").code == "A-25"


def test_nothing_came_in_tomorrow(filing):
    tomorrow = filing.today + timedelta(days=1)

    assert refused(settle, filing, day=tomorrow).code == "A-26"
    assert refused(settle, filing, application="nothing").code == "F-31"


def test_what_was_taken_back_is_missing_again_and_keeps_no_day(filing):
    settle(filing)

    settle(filing, state=MaterialState.NEEDED)

    kept = filing.whole.materials[0]
    assert (kept.state, kept.settled_on, kept.mode) == (MaterialState.NEEDED, None, None)
