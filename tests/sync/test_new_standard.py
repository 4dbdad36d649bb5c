"""A standard the county raises finds its people: published, synced, the village tested again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Hukou, Labour, Student
from app.domain.reassessment import Change
from app.rules import facts as case
from app.services.assessments import Assessments
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.reassessing import Reassessing
from app.sync.road import run_here
from tests.cases import RESOURCES, practice

NEWER = RESOURCES / "policies" / "practice" / "changes" / "2026-04-01_practice.toml"


def test_a_standard_the_county_raises_finds_its_people(laptop, office, road, clock):
    rules = GroundRules(Policies(), clock)
    assessments = Assessments(laptop.begin, clock, rules)
    reassessing = Reassessing(laptop.begin, clock, rules)
    office.packs.publish(practice().files)
    laptop.sync(road)
    known = {
        "hukou": Hukou.LOCAL, "labour": Labour.ABLE, "student": Student.NONE, "disabled": False,
        "serious_illness": False, "birth": date(1990, 1, 1),
    }  # fmt: skip
    household = laptop.add_household("覃兰英", "覃小雨", **known)
    facts = assessments.start(household.id)
    wage = case.Income(
        member=facts.household.members[0].id,
        kind=IncomeKind.WAGE,
        amount=Money.yuan(1080),
        per=Per.MONTH,
    )
    told = replace(facts.household, incomes=(wage,), expenses=(), assets=(), obligors=())
    kept = assessments.save(household.id, replace(facts, household=told))
    reassessing.run(run_in_store=run_here)
    before = assessments.get(kept)

    office.packs.publish([*practice().files, (NEWER.name, NEWER.read_bytes())])
    laptop.sync(road)

    assert reassessing.is_due()
    done = reassessing.run(run_in_store=run_here)
    (line,) = reassessing.found((Change.NEWLY_MEETS, Change.AMOUNT, Change.SAME))
    assert (before.suggested, line.after) == (Category.MARGINAL, Category.DIBAO)
    assert (done.pack_version, done.on) == ("2026.2", date(2026, 4, 1))
    assert assessments.recompute(kept).is_same
    laptop.sync(road)
    assert laptop.syncing.check() == []  # what was worked out is no record and goes nowhere
