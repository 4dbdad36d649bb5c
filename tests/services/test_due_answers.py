"""What the county answered, as a row of today's list says it: its decision, or what it wants."""

from __future__ import annotations

import pytest

from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.money import Money
from app.domain.today import WorkKind as W
from app.services.due_procedure import procedure_due
from tests.filing import Filing


@pytest.fixture
def filing(work):
    return Filing(work)


def why(filing, kind):
    with filing.work.begin() as unit:
        rows = procedure_due(unit, filing.work.rules, filing.household.id)
        return next(row.why for row in rows if row.kind is kind)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("同意", "县里同意低保，每月 1,106.00 元"),
        ("从12月起发", "县里同意低保，每月 1,106.00 元：从12月起发"),
        (None, "县里同意低保，每月 1,106.00 元"),
    ],
)
def test_a_grant_says_what_of_and_how_much(filing, note, told):
    filing.sent().county_says(
        S.CONFIRMED, decided_category=Category.DIBAO.value, decision_note=note,
        decided_benefit_month_fen=Money.yuan(1106).fen, decided_on=filing.today,
    )  # fmt: skip

    assert why(filing, W.DECIDED) == told


@pytest.mark.parametrize(
    ("many", "told"),
    [
        (0, "有地方要改"),
        (1, "有地方要改：银行卡号没有填，审批以后没法发钱"),
        (2, "有地方要改：银行卡号没有填，审批以后没法发钱，一共 2 处"),
    ],
)
def test_what_came_back_says_the_first_thing_to_mend_and_how_many_there_are(filing, many, told):
    said = {"entity": "household", "entity_id": filing.household.id}
    comments = [
        said | {"column": "bank_account", "text": "银行卡号没有填，审批以后没法发钱"},
        said | {"column": "phone", "text": "电话打不通"},
    ]
    filing.sent().county_says(
        S.RETURNED, decision_note="有地方要改", return_comments=comments[:many]
    )

    assert why(filing, W.RETURNED) == told
