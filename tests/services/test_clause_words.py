"""A clause as a person reads it: where it was read, since when, what it lays down."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Per
from app.domain.money import Money
from app.domain.people import DisabilityKind, Labour
from app.rules.values import GraceStep, JobCost, PersonGroup, Rate, Rounding, Tier
from app.services.clause_words import clause_cards
from app.services.value_words import value_words
from tests.cases import ON, practice, region
from tests.screens import strange_words

TIANJIN = "津民发〔2020〕19号 二(二)"
CLASSES = frozenset("ABC")
"""Documents name classes of households by these letters."""


def test_a_card_says_number_clause_evidence_source_days_and_pack():
    (card,) = clause_cards(region("tianjin"), [TIANJIN], ON)

    assert (card.document, card.clause) == ("津民发〔2020〕19号", "二(二)")
    assert card.checked == "文件原文"
    assert card.read == "文件原文第 38 行"
    assert card.in_force == "从2020年5月14日起，还在用"
    assert card.pack == "天津市 2020-05-14 版"
    assert "首次就业成本：600.00 元/月，最多 12 个月" in card.gives
    assert "渐退怎么给：3 个月给 100%、3 个月给 50%" in card.gives


def test_a_value_that_has_ended_says_until_when():
    old = "示例：练习县民政局公告〔2025〕1号（不是真文件） 二、农村"

    (card,) = clause_cards(practice(), [old], date(2025, 6, 1))

    assert card.in_force == "从2021年7月1日起，用到2025年12月31日"
    assert card.gives == ("低保标准（农村）：6,038.00 元/年",)
    assert card.read == "练习"


def test_several_grounds_give_a_card_each_and_none_twice():
    pack = practice()
    urban = "示例：练习县民政局公告〔2026〕1号（不是真文件） 一、城镇"
    rural = "示例：练习县民政局公告〔2026〕1号（不是真文件） 二、农村"

    cards = clause_cards(pack, [f"{urban}；{rural}", urban, "家庭成员"], ON)

    assert [card.clause for card in cards] == ["一、城镇", "二、农村"]


@pytest.mark.parametrize(
    "name", ["national", "practice", "tianjin", "mangshi", "guangdong", "dahua"]
)
def test_no_card_of_any_pack_says_a_word_a_clerk_does_not_know(name: str):
    pack = region(name)
    bases = {f"{c.document} {c.clause}".strip() for layer in pack.layers for c in layer.citations}

    said = [
        text
        for day in pack.turns
        if pack.is_in_force(day)
        for card in clause_cards(pack, bases, day)
        for text in (card.checked, card.read, card.in_force, card.pack, *card.gives)
    ]

    assert said
    assert [text for text in said if strange_words(text) - CLASSES] == []


@pytest.mark.parametrize(
    ("name", "value", "unit", "words"),
    [
        ("vehicle_rule", "review", "", "要人来看"),
        ("family_rule_set", ("tianjin",), "", ""),
        ("rigid_outlay_kinds", ("medical", "care"), "", "看病自付；护理"),
        ("grace_schedule", (GraceStep(3, 100),), "", "3 个月给 100%"),
        ("amount_rounding", Rounding("up", 100, "per_person"), "", "进到整 1 元"),
        (
            "job_cost_migrant",
            JobCost(Money.yuan(500), None),
            "元/月",
            "500.00 元/月",
        ),
        (
            "job_cost_migrant",
            JobCost(Money.yuan(500), None, back_at_work=True),
            "元/月",
            "500.00 元/月，返岗复工的也算",
        ),
        (
            "category_supplement",
            {"elderly": Rate(Money.yuan(80), Per.MONTH)},
            "元/月",
            "高龄 80.00 元/月",
        ),
        (
            "tekun_care_allowance",
            {"dispersed_semi_care": Rate(Money.yuan(80), Per.MONTH)},
            "元/月",
            "分散供养半护理 80.00 元/月",
        ),
        ("tier_amounts", {"一档": Rate(Money.yuan(9), Per.MONTH)}, "", "一档 9.00 元/月"),
        ("tier_rule", (Tier("一档", Labour.NONE),), "", "一档：不能干活"),
        (
            "single_person_groups",
            (
                PersonGroup("a", frozenset({DisabilityKind.MENTAL}), frozenset({3, 4}), False),
                PersonGroup("b", frozenset(), frozenset(), True),
                PersonGroup("c", frozenset(), frozenset({1}), False, True, True),
                PersonGroup("d", frozenset(), frozenset(), False, labour_loss=True),
            ),
            "",
            "精神残疾三级、四级；重病；成年没有工作的残疾一级；认定丧失劳动能力的",
        ),
        ("house_max", 2, "套", "2 套"),
    ],
)
def test_values_are_said_in_words(name: str, value: object, unit: str, words: str):
    assert value_words(name, value, unit) == words
