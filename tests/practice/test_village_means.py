"""A means test over the practice village comes out on every rung, and on none."""

from __future__ import annotations

from collections import Counter

from app.domain.households import Category
from app.practice.registry import AGES_ON
from app.practice.standing import PRACTICE_DIBAO_MONTH
from app.practice.village import practice_village
from app.rules import assess
from app.services.case_facts import facts_of
from app.services.policies import Policies


def test_a_means_test_comes_out_on_every_rung_and_on_none():
    pack = Policies().load("practice")

    found = Counter(
        (each.household.category, assess(facts_of(each.household), pack, AGES_ON).suggested)
        for each in practice_village().members
    )

    suggested = Counter({category: 0 for _, category in found})
    for (_, category), times in found.items():
        suggested[category] += times
    assert set(suggested) == {
        *(None, Category.DIBAO, Category.TEKUN, Category.MARGINAL),
        *(Category.SINGLE_PERSON, Category.RIGID_EXPENDITURE),
    }
    assert min(suggested.values()) >= 3
    assert found[Category.DIBAO, Category.DIBAO] >= 60
    assert found[Category.NONE, Category.DIBAO] >= 10, "households the county has missed"
    assert found[Category.DIBAO, None] >= 3, "households that have earned their way out"


def test_the_village_and_the_practice_county_mean_the_same_standard():
    pack = Policies().load("practice")
    answer = assess(facts_of(practice_village(1, 20).households[0]), pack, AGES_ON)

    assert answer.standard_month == PRACTICE_DIBAO_MONTH.fen
