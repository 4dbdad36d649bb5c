"""Hints: what the answer points out beside the rungs, and when it keeps quiet."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import CITED, HEAD, assessed, case_of, income, layered, member, value_toml, wage
from tests.hinting import GRAVE, LIGHT, QUIET, hinted, text_of, whole


def test_an_ordinary_household_gets_no_hint():
    assert hinted(HEAD) == []


def test_a_disabled_member_of_a_dibao_household_is_told_of_both_subsidies():
    found = whole(HEAD | GRAVE | QUIET)

    assert [hint.code.value for hint in found] == ["disability_living", "disability_care"]
    assert all(hint.member == "p1" and hint.basis for hint in found)
    assert all("可以申请" in hint.text for hint in found)


def test_the_care_subsidy_asks_for_grade_and_not_for_income():
    assert hinted(HEAD | GRAVE | QUIET, pay="9000") == [("disability_care", "p1")]
    assert hinted(HEAD | LIGHT | QUIET, pay="9000") == []
    assert hinted(HEAD | LIGHT | QUIET) == [("disability_living", "p1")]


def test_the_pack_may_open_the_living_subsidy_to_marginal_households():
    wider = layered(value_toml("disability_living_rungs", 'value = ["dibao", "marginal"]'))

    assert hinted(HEAD | LIGHT | QUIET, pay="1200") == []
    assert hinted(HEAD | LIGHT | QUIET, pay="1200", pack=wider) == [("disability_living", "p1")]


def test_single_person_cover_is_dibao_for_the_one_who_has_it():
    grave, light = HEAD | GRAVE | QUIET, member("p2", "spouse", **LIGHT, **QUIET)

    found = hinted(grave, light, pay="2400")

    assert found == [("disability_living", "p1"), ("disability_care", "p1")]


def test_a_household_paid_dibao_already_is_on_that_rung():
    paid = member("p2", "spouse", receives=["dibao"])

    assert ("disability_living", "p1") in hinted(HEAD | LIGHT | QUIET, paid, pay="9000")


@pytest.mark.parametrize(
    "receives",
    [["disability_subsidy"], ["disability_living", "disability_care"]],
)
def test_who_has_them_is_not_told_again(receives):
    assert hinted(HEAD | GRAVE | {"receives": receives}) == []


def test_money_among_the_incomes_says_so_too():
    subsidy = income("disability_subsidy", "100")

    assert hinted(HEAD | GRAVE | {"receives": None}, incomes=[subsidy]) == []


def test_what_nobody_asked_about_is_asked_first():
    assert "先问有没有在领" in text_of("disability_care", HEAD | GRAVE | {"receives": None})
    assert "先看清证" in text_of("disability_care", HEAD | QUIET | {"disability": {}})


@pytest.mark.parametrize(
    "name", ["disability_care_groups", "disability_living_groups", "disability_living_rungs"]
)
def test_groups_left_to_the_county_give_no_hint(name):
    pack = layered(value_toml(name, "county_must_supply = true"))

    codes = [code for code, _ in hinted(HEAD | GRAVE | QUIET, pack=pack)]

    assert len(codes) == 1
    assert ("care" in codes[0]) is ("living" in name)


CHILD = "2015-01-01"


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([member("p2", "child", CHILD)], None),
        ([member("p2", "grandchild", CHILD)], "child_without_parents"),
        ([member("p2", "other", CHILD)], "child_without_parents"),
        ([member("p2", "grandchild", CHILD, status="dead")], None),
        ([member("p2", "grandchild", "2008-03-02")], None),
        ([member("p2", "grandchild", CHILD, receives=["orphan"])], None),
        ([member("p2", "grandchild", CHILD), member("p3", "child")], None),
        (
            [member("p2", "grandchild", CHILD), member("p3", "child", status="dead")],
            "child_without_parents",
        ),
        (
            [
                member("p2", "grandchild", CHILD),
                member("p3", "child", status="dead"),
                member("p4", "child_in_law", status="declared_missing"),
            ],
            "orphan",
        ),
        (
            [
                member("p2", "grandchild", CHILD),
                member("p3", "child", status="dead"),
                member("p4", "child_in_law", status="serving_sentence"),
            ],
            "de_facto_orphan",
        ),
        (
            [
                member("p2", "grandchild", CHILD),
                member("p3", "child", status="compulsory_rehab"),
                member("p4", "child_in_law", serious_illness=True, receives=["dibao"]),
            ],
            "de_facto_orphan",
        ),
        (
            [
                member("p2", "grandchild", CHILD),
                member("p3", "child", status="dead"),
                member("p4", "child_in_law", disability={"kind": "mental"}),
            ],
            "de_facto_orphan",
        ),
        (
            [
                member("p2", "grandchild", CHILD),
                member("p3", "child", status="dead"),
                member("p4", "child_in_law", disability={"kind": "visual", "level": 3}),
            ],
            None,
        ),
        (
            [
                member("p2", "grandchild", CHILD),
                member("p3", "child", status="dead"),
                member("p4", "child_in_law", disability={"kind": "visual"}),
            ],
            None,
        ),
    ],
)
def test_children_nobody_listed_can_bring_up(people, code):
    grandmother = HEAD | {"birth": "1955-01-01"}
    about = {"orphan", "de_facto_orphan", "child_without_parents"}

    found = [one for one in hinted(grandmother, *people) if one[0] in about]

    assert found == ([] if code is None else [(code, "p2")])


def test_a_newborn_is_nobodys_parent():
    """The baby is of the parents' generation and cannot bring anybody up."""
    grandmother = HEAD | {"birth": "1955-01-01"}
    people = [member("p2", "grandchild", CHILD), member("p3", "child", "2026-01-01")]

    assert ("child_without_parents", "p2") in hinted(grandmother, *people)


def test_a_child_of_unknown_age_is_not_guessed_about():
    nobody = {"id": "p2", "relation": "grandchild", "hukou": "local", "student": "none"}

    assert hinted(HEAD, nobody) == []


def test_orphan_money_among_the_incomes_keeps_quiet():
    paid = income("orphan_allowance", "900", "p2")

    assert hinted(HEAD, member("p2", "grandchild", CHILD), incomes=[paid]) == []


def test_the_tag_stays_beside_the_category():
    found = whole(HEAD | {"monitored": True})

    assert [hint.code.value for hint in found] == ["monitoring_tag"]
    assert "低保" in found[0].text
    assert found[0].basis.startswith("国办发〔2023〕39号")


@pytest.mark.parametrize(
    ("pay", "toml"),
    [
        ("9000", ""),
        ("500", value_toml("monitoring_tag_retained", "value = false")),
        ("500", value_toml("monitoring_tag_retained", "county_must_supply = true")),
    ],
)
def test_there_is_no_tag_to_keep_without_a_category_or_a_rule(pay, toml):
    assert hinted(HEAD | {"monitored": True}, pay=pay, pack=layered(toml)) == []


OLD = HEAD | {"birth": "1950-01-01", "labour": "none"}


@pytest.mark.parametrize(
    ("receives", "suggested"),
    [(["tekun"], "single_person"), (["dibao"], "tekun"), (["orphan_allowance"], "tekun")],
)
def test_what_does_not_go_with_the_suggestion_is_pointed_out(receives, suggested):
    if suggested == "tekun":
        case = case_of(OLD | {"receives": receives})
    else:
        case = case_of(HEAD | GRAVE | {"receives": receives}, incomes=[wage("1200")])

    answer = assessed(case)

    assert answer.suggested == suggested
    conflict = next(hint for hint in answer.hints if hint.code == "conflict")
    assert conflict.member == "p1"
    assert Category(suggested).label in conflict.text
    assert "先问清楚" in conflict.text


@pytest.mark.parametrize(
    ("receives", "count"),
    [
        (["tekun", "dibao"], 1),
        (["dibao", "tekun"], 1),
        (["dibao", "single_person", "tekun"], 3),
        (["de_facto_orphan", "tekun"], 1),
        (["dibao", "disability_subsidy"], 0),
        (["dibao", "orphan"], 0),
    ],
)
def test_what_is_held_twice_is_pointed_out(receives, count):
    found = hinted(HEAD | {"receives": receives}, pay="9000")

    assert [code for code, _ in found] == ["conflict"] * count


def test_dibao_again_for_those_on_dibao_is_no_conflict():
    assert hinted(HEAD | {"receives": ["dibao"]}) == []


def test_somebody_the_suggestion_is_not_about_has_no_conflict():
    """单人保 for p1 does not touch what p2 receives."""
    other = member("p2", "spouse", receives=["tekun"])
    case = case_of(HEAD | GRAVE | QUIET, other, incomes=[wage("2400")])

    answer = assessed(case)

    assert answer.suggested is Category.SINGLE_PERSON
    assert [hint for hint in answer.hints if hint.code == "conflict"] == []


@pytest.mark.parametrize(
    ("toml", "words"),
    [('value = "higher"', "就高不就低"), ("county_must_supply = true", "问县里")],
)
def test_the_pack_says_what_to_do_about_a_conflict(toml, words):
    pack = layered(value_toml("benefit_conflict_rule", toml))

    assert words in text_of("conflict", HEAD | {"receives": ["tekun", "dibao"]}, pack=pack)


@pytest.mark.parametrize(
    ("facts", "leak"),
    [
        ({"serious_illness": True}, True),
        (GRAVE, True),
        (LIGHT, False),
        ({"serious_illness": True, "receives": ["charity"]}, False),
        ({"serious_illness": True, "receives": None}, True),
    ],
)
def test_somebody_grave_without_any_benefit_is_a_leak(facts, leak):
    assert (("leak", "p1") in hinted(HEAD | facts, pay="9000")) is leak


def test_what_somebody_grave_receives_is_asked_where_nobody_did():
    ill = HEAD | {"serious_illness": True}

    assert "先问" in text_of("leak", ill | {"receives": None}, pay="9000")
    assert "先问" not in text_of("leak", ill | {"receives": []}, pay="9000")


@pytest.mark.parametrize("body", ["value = false", "county_must_supply = true"])
def test_a_county_may_have_leaks_not_looked_for(body):
    pack = layered(value_toml("leak_check", body))

    assert ("leak", "p1") not in hinted(HEAD | {"serious_illness": True}, pay="9000", pack=pack)


@pytest.mark.parametrize(
    "name", ["orphan_parent_status", "de_facto_orphan_status", "de_facto_orphan_groups"]
)
def test_who_cannot_bring_up_a_child_the_county_may_still_have_to_say(name):
    pack = layered(value_toml(name, "county_must_supply = true"))
    people = (
        HEAD, member("p2", "grandchild", CHILD), member("p3", "child", status="dead"),
        member("p4", "child_in_law", status="declared_missing"),
    )  # fmt: skip

    assert "orphan" in dict(hinted(*people))
    assert "orphan" not in dict(hinted(*people, pack=pack))


def test_the_county_may_name_others_who_cannot_bring_up_a_child():
    wider = 'value = ["serving_sentence", "conscript"]'
    pack = layered(value_toml("de_facto_orphan_status", wider))
    people = (
        HEAD, member("p2", "grandchild", CHILD), member("p3", "child", status="dead"),
        member("p4", "child_in_law", status="conscript"),
    )  # fmt: skip

    assert "de_facto_orphan" not in dict(hinted(*people))
    assert "de_facto_orphan" in dict(hinted(*people, pack=pack))


def test_where_the_household_has_dibao_nobody_leaks():
    paid = member("p2", "spouse", receives=["dibao"])

    assert "leak" not in dict(hinted(HEAD | {"serious_illness": True}, paid, pay="9000"))


def test_an_illness_is_grave_without_any_group_of_the_pack():
    pack = layered(value_toml("disability_care_groups", "county_must_supply = true"))

    assert ("leak", "p1") in hinted(HEAD | {"serious_illness": True}, pay="9000", pack=pack)
    assert ("leak", "p1") not in hinted(HEAD | GRAVE, pay="9000", pack=pack)


def test_a_validity_left_to_the_county_is_no_hint():
    pack = layered(value_toml("rigid_validity_months", 'county_must_supply = true\nunit = "月"'))
    case = case_of(
        incomes=[wage("2000")],
        expenses=[{"member": "p1", "kind": "medical", "amount": "20000", "per": "year"}],
        parameters={
            "dibao_standard_month": "1000",
            "rigid_income_ceiling": {"value": "36000", "unit": "元/年"},
        },
    )

    answer = assessed(case, pack)

    assert answer.suggested is Category.RIGID_EXPENDITURE
    assert [hint for hint in answer.hints if hint.code == "rigid_validity"] == []


def test_a_hint_is_written_with_its_words_and_basis():
    case = case_of(HEAD | {"monitored": True}, incomes=[wage("500")])

    written = assessed(case).to_json()["hints"][0]

    assert list(written) == ["code", "member", "text", "basis"]
    assert written["code"] == "monitoring_tag"


def test_hints_change_nothing_about_the_answer():
    plain = assessed(case_of(HEAD | QUIET, incomes=[wage("500")]))
    marked = assessed(case_of(HEAD | QUIET | {"monitored": True}, incomes=[wage("500")]))

    assert (plain.rungs, plain.lines) == (marked.rungs, marked.lines)


def test_clauses_nobody_checked_are_named_where_the_answer_leans_on_them():
    answer = assessed(case_of(incomes=[wage("500")]))

    found = [hint for hint in answer.hints if hint.code == "unchecked_source"]
    assert len(found) == 1
    assert answer.lines[0].basis in found[0].basis
    assert "核对" in found[0].text
    assert answer.warnings == ()


def test_sample_numbers_say_that_they_are():
    sample = layered(f'[[value]]\nname = "dibao_standard"\nvalue = 900\nunit = "元/月"\n{CITED}')

    answer = assessed(case_of(parameters={}), sample)

    found = [hint for hint in answer.hints if hint.code == "unchecked_source"]
    assert "示例" in found[-1].text
    assert "示例文件 一" in found[-1].basis


def test_tekun_and_money_of_a_lower_rung_do_not_go_together():
    old = member("p1", "head", "1950-01-01", labour="none")
    paying = layered(value_toml("marginal_allowance", 'value = 314\nunit = "元/月"'))

    assert "1 人够特困" in text_of("conflict", old, pack=paying, pay="0", incomes=PENSION)
    assert "conflict" not in dict(hinted(old, pay="0", incomes=PENSION))


@pytest.mark.parametrize("code", ["marginal", "rigid_expenditure"])
def test_who_is_on_a_lower_rung_is_not_on_tekun_too(code):
    old = member("p1", "head", "1950-01-01", labour="none", receives=[code])

    assert "又够特困" in text_of("conflict", old, pay="0", incomes=PENSION)


PENSION = [income("social_insurance", "1200")]


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ({"kind": "physical", "level": 1}, "什么救助都没有享受"),
        ({"kind": "physical"}, "还没看清类别和等级"),
        ({"kind": "physical", "level": 4}, None),
    ],
)
def test_a_certificate_nobody_looked_at_closely_is_no_reason_to_miss_somebody(certificate, said):
    found = assessed(case_of(HEAD | {"disability": certificate}, incomes=[wage("9000")]))

    texts = [hint.text for hint in found.hints if hint.code == "leak"]
    assert len(texts) == (said is not None)
    assert all(said in text for text in texts)
