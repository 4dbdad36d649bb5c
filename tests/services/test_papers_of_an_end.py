"""F20 is there for every decision it is named after: 渐退, 停发 and 减发, each with its F27."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.documents.forms import f20
from app.domain.money import Money
from app.domain.standing import BenefitKind
from app.services.printing import draw
from app.services.standing import NewBenefit, Standing
from tests.pdfs import lines_on
from tests.storefile import household_of


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def standing(work):
    return Standing(work.begin, work.clock, work.rules)


def given(standing, home, amount, since):
    """低保金 of so much a month."""
    return standing.receive(
        NewBenefit(
            household=home.id, kind=BenefitKind.DIBAO, amount=Money.yuan(amount), since=since
        )
    )


def said(work, home, form, entity_id=None):
    drawn = draw(work.printing.sketch(form, home.id, entity_id)).pdf
    return "".join(line.split(" ", 2)[2] for line in lines_on(drawn))


def missing(work, home):
    return {one.form: one.missing for one in work.printing.offers(home.id) if not one.ready}


def test_a_benefit_that_stopped_has_its_notice_and_its_receipt(work, home, standing):
    benefit = given(standing, home, 470, date(2026, 1, 1))
    assert missing(work, home)["F20"] == ("还没有渐退、停发、减发",)
    assert "F27" in missing(work, home)

    standing.stop(benefit, date(2026, 3, 2), "全家搬到县城，收入高了")

    notice = said(work, home, "F20")
    assert "你家的低保金，从2026年4月起停发。" in notice
    assert "全家搬到县城，收入高了" in notice
    assert "¥470.00" in notice
    assert "审批表" not in notice.replace(f20.TITLE, "")
    assert f20.NO_REMEDY in notice
    assert "停发（减发、渐退）告知书" in said(work, home, "F27")
    made = work.printing.make("F20", home.id)
    assert made.leaves == (1, 1, 1)


def test_a_benefit_that_became_less_says_from_what_to_what(work, home, standing):
    benefit = given(standing, home, 470, date(2026, 1, 1))
    standing.stop(benefit, date(2026, 2, 2), "少了一口人")
    given(standing, home, 235, date(2026, 3, 1))

    notice = said(work, home, "F20")

    assert "从2026年3月起减为每月¥235.00。" in notice
    assert "少了一口人" in notice


def test_a_benefit_that_became_more_has_no_such_notice(work, home, standing):
    benefit = given(standing, home, 470, date(2026, 1, 1))
    standing.stop(benefit, date(2026, 2, 2), "标准提高")
    given(standing, home, 500, date(2026, 3, 1))

    assert "F20" in missing(work, home)


def test_a_benefit_that_still_runs_has_no_such_notice(work, home, standing):
    running = given(standing, home, 470, date(2026, 1, 1))
    with work.begin() as unit:
        benefit = unit.standing.benefit(running)

    with pytest.raises(ValueError, match="still runs"):
        f20.content_of_end(benefit, home, unit="")

    ended = replace(benefit, to_month=date(2026, 12, 1))
    assert f20.content_of_end(ended, home, unit="").start_month == date(2027, 1, 1)
