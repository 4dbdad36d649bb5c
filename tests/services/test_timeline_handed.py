"""What was handed in, declared and agreed stands in everything that happened to a household."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus, Met
from app.domain.households import Category
from app.domain.procedure import EvidenceMode, MaterialCode, MaterialState
from app.services.application_materials import SettleMaterial
from app.services.application_signatures import DeclareRelatives
from tests.filing import Filing
from tests.visiting import asked


@pytest.fixture
def filing(work):
    return Filing(work)


def told(filing):
    return [
        (one.on, one.title, one.detail)
        for one in filing.work.households.history(filing.household.id)
    ]


def settle(filing, code, state, **said):
    request = SettleMaterial(
        application=filing.id, code=code, name="", person=None, state=state, day=filing.today,
        **said,
    )  # fmt: skip
    filing.work.materials.settle(request)


def test_a_material_received_or_promised_is_told_and_one_still_missing_is_not(filing):
    settle(filing, MaterialCode.SCHOOL, MaterialState.RECEIVED, mode=EvidenceMode.COPY)
    settle(filing, MaterialCode.INCOME, MaterialState.PROMISED, replaces="收入证明")
    settle(filing, MaterialCode.BANK_CARD, MaterialState.NEEDED)

    titles = ("交来材料", "以承诺代替证明")
    assert sorted(one for one in told(filing) if one[1] in titles) == [
        (filing.today, "交来材料", "学籍证明，复印件"),
        (filing.today, "以承诺代替证明", "收入材料，代替收入证明"),
    ]
    assert not any("银行卡" in detail for _on, _title, detail in told(filing))


def test_what_another_application_carries_on_is_told_once(work):
    filing = Filing(work)
    settle(filing, MaterialCode.SCHOOL, MaterialState.RECEIVED, mode=EvidenceMode.COPY)
    filing.posted()
    work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(
        ApplicationStatus.CONFIRMED, decided_on=filing.today, decided_category="marginal"
    )

    filing.recognised(Category.MARGINAL)
    made = work.applications.convert(filing.id, Category.DIBAO, filing.today)

    with work.begin() as unit:
        assert len(unit.procedure.materials(made.id)) == 1
    assert [title for _on, title, _detail in told(filing)].count("交来材料") == 1


def test_every_declaration_of_relatives_is_told(filing):
    declare = filing.work.signatures.declare
    none = DeclareRelatives(application=filing.id, declared_on=filing.today, has_relative=False)
    cousin = DeclareRelatives(
        application=filing.id, declared_on=filing.today, has_relative=True, staff_name="覃主任",
        staff_unit="镇民政办", staff_post="主任", relation="堂兄",
    )  # fmt: skip
    declare(none)
    declare(cousin)

    details = {detail for _on, title, detail in told(filing) if title == "近亲属备案"}
    assert len(details) == 2
    assert any("没有近亲属" in one for one in details)
    assert any("堂兄覃主任（镇民政办主任）" in one for one in details)


def test_a_visit_agreed_is_told_and_one_that_found_nobody_again(filing):
    work, home, today = filing.work, filing.household, filing.today
    agreed = today + timedelta(days=3)
    work.visits.record(asked(home, visited_on=today, met=Met.NOBODY, again_on=agreed))
    assert (agreed, "约好这天去走访", "") in told(filing)

    work.clock.advance(days=3)
    again = agreed + timedelta(days=2)
    work.visits.record(asked(home, visited_on=agreed, met=Met.NOBODY, again_on=again))

    plans = [one for one in told(filing) if one[1].startswith("约好")]
    assert plans == [(again, "约好这天去走访", ""), (agreed, "约好的走访没见到人", "没人在家")]
    work.clock.advance(days=2)
    work.visits.record(asked(home, visited_on=again))
    assert [one[1] for one in told(filing) if one[1].startswith("约好")] == ["约好的走访没见到人"]


def test_a_step_is_told_as_what_was_done_and_the_county_is_named_once(work):
    filing = Filing(work)
    filing.posted()
    work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(
        ApplicationStatus.CONFIRMED, decided_on=filing.today, decided_category="marginal"
    )

    titles = {title for _on, title, _detail in told(filing)}
    assert titles >= {"申请：入户调查过了", "申请：公示满了，报了县里", "县里同意"}
    assert not any("：记" in one or "县里：县里" in one for one in titles)
