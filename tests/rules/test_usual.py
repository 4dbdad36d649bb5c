"""What is taken as usual when nothing is said, and that the answer says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.households import Category
from app.rules.usual import USUAL
from tests.cases import (
    HEAD,
    WORKED_EXAMPLE,
    Json,
    assessed,
    case_of,
    income,
    layered,
    member,
    region,
    value_toml,
    wage,
)

SON: Json = {
    "id": "o1", "relation": "son", "birth": "1990-01-01", "status": "normal", "disability": None,
    "receives": [], "within_property_limits": True, "maintenance_month": "0.00",
    "supports": ["p1"],
}  # fmt: skip
ELDER = member("p1", "head", "1950-01-01", labour="none")
IMPUTED = layered(
    value_toml("imputed_wage_rule", 'value = "minimum_wage"')
    + value_toml("minimum_wage", 'value = 1500\nunit = "元/月"')
)


def bare(person: Json, *facts: str) -> Json:
    """The person without these facts."""
    return {name: said for name, said in person.items() if name not in facts}


def assumed(*people: Json, pack=None, **parts: object) -> tuple[str, ...]:
    return assessed(case_of(*people, **parts), pack).assumed


def test_a_case_that_says_everything_has_nothing_taken_as_usual():
    answer = assessed(case_of(ELDER, member("p2", "child"), obligors=[SON]))

    assert answer.assumed == ()
    assert not any(hint.code == "usual" for hint in answer.hints)


def test_the_contracts_example_leaves_them_out_and_the_answer_names_each():
    answer = assessed(WORKED_EXAMPLE, region("tianjin")).to_json()

    assert answer["suggested"] == "dibao"
    assert (answer["missing"], answer["warnings"]) == ([], [])
    assert answer["assumed"] == [
        "household.members[1].hukou",
        "household.members[1].living",
        "household.members[1].status",
        "household.members[1].receives",
        "household.members[1].monitored",
        "household.members[1].serious_illness",
        "household.members[2].hukou",
        "household.members[2].living",
        "household.members[2].status",
        "household.members[2].receives",
        "household.members[2].monitored",
        "household.members[2].disability",
        "household.members[2].serious_illness",
        "household.obligors[0].disability",
        "household.obligors[0].receives",
        "household.obligors[0].within_property_limits",
        "household.obligors[0].maintenance_month",
    ]
    said = {hint["member"]: hint["text"] for hint in answer["hints"] if hint["code"] == "usual"}
    assert list(said) == ["p2", "p3", None]
    assert "户口在本地、住在一起、没有特殊情况、没有在享受特困、低保这些救助" in said["p2"]
    assert "外面第 1 个赡养、抚养的人不给赡养费" in said[None]


def test_where_a_member_lives_is_asked_only_where_a_rule_asks_it():
    child = bare(member("p2", "child"), "living")

    assert assumed(bare(HEAD, "living"), child) == ("household.members[1].living",)


def test_where_somebody_supported_lives_says_how_much_it_is():
    assert assumed(bare(ELDER, "living")) == ("household.members[0].living",)


@pytest.mark.parametrize(("pack", "asked"), [("national", True), ("guangdong", False)])
def test_where_hukou_lies_is_asked_only_where_it_matters_who_counts(pack: str, asked: bool):
    found = assumed(HEAD, bare(member("p2", "child"), "hukou"), pack=region(pack))

    assert ("household.members[1].hukou" in found) is asked


def test_where_the_county_has_not_said_who_counts_hukou_matters():
    pack = layered(value_toml("nonlocal_member_counts", "county_must_supply = true"))

    assert assumed(HEAD, bare(member("p2", "child"), "hukou"), pack=pack) == (
        "household.members[1].hukou",
    )


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        ({"birth": "1985-01-01"}, True),
        ({"birth": "2000-01-01"}, False),
        ({"birth": None}, False),
        ({"birth": "1985-01-01", "living": "away_for_study"}, False),
        ({"birth": "1985-01-01", "relation": "parent"}, False),
    ],
)
def test_from_thirty_nobody_is_taken_to_be_at_school(person: Json, asked: bool):
    """Younger ones, and those who live away to study, are asked."""
    found = assumed(HEAD, bare(member("p2", "child"), "student") | person)

    assert ("household.members[1].student" in found) is asked


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        ({"birth": "1985-01-01"}, True),
        ({"birth": "1966-03-03"}, True),
        ({"birth": "1966-03-02"}, False),
        ({"birth": "1985-01-01", "labour": "none"}, False),
    ],
)
def test_nor_for_the_wage_counted_of_those_who_could_work(person: Json, asked: bool):
    idle = bare(HEAD, "student") | person

    assert ("household.members[0].student" in assumed(idle, pack=IMPUTED)) is asked


@pytest.mark.parametrize("who", [HEAD, ELDER])
def test_what_anybody_receives_matters_for_what_nobody_has_both_of(who: Json):
    """特困 of somebody else, a subsidy, 就高不就低: each hangs on what everybody receives."""
    other = bare(member("p2", "child"), "receives")

    assert "household.members[0].receives" in assumed(bare(who, "receives"))
    assert assumed(who, other) == ("household.members[1].receives",)


def test_a_benefit_that_goes_with_no_other_is_not_lost_where_nobody_asked():
    """就高不就低 (S3:L20): what is not asked is named, whatever the rungs say."""
    paid = assessed(case_of(HEAD | {"receives": ["tekun"]}, incomes=[wage("300")]))
    silent = assessed(case_of(bare(HEAD, "receives"), incomes=[wage("300")]))

    assert any(hint.code == "conflict" for hint in paid.hints)
    assert not any(hint.code == "conflict" for hint in silent.hints)
    assert silent.assumed == ("household.members[0].receives",)


def test_incomes_no_rung_waits_for_may_still_show_what_somebody_receives():
    """With so much saved nothing is met whatever the income is; the subsidy hint hangs on it."""
    rich = [{"kind": "deposit", "amount": "9000000"}]

    found = assessed(case_of(HEAD, incomes=None, assets=rich))
    waits = assessed(case_of(HEAD, incomes=None))

    assert ("household.incomes" in found.missing, found.assumed) == (False, ("household.incomes",))
    assert ("household.incomes" in waits.missing, waits.assumed) == (True, ())


@pytest.mark.parametrize(("pay", "asked"), [("300", True), ("90000", False)])
def test_the_mark_of_a_monitored_household_is_kept_beside_a_rung_that_is_met(pay: str, asked: bool):
    silent = bare(HEAD, "monitored")

    assert assumed(silent, incomes=[wage(pay)]) == (
        ("household.members[0].monitored",) if asked else ()
    )
    forgets = layered(value_toml("monitoring_tag_retained", "value = false"))
    assert assumed(silent, incomes=[wage(pay)], pack=forgets) == ()


def test_what_a_parent_receives_matters_where_a_child_was_not_asked_about_for_him():
    """A hale mother brings her child up, unless she is paid 特困 herself."""
    child = member("p2", "child", "2021-05-03", labour="none")
    paid = assessed(case_of(HEAD | {"receives": ["tekun"]}, child))
    silent = assessed(case_of(bare(HEAD, "receives"), child))

    assert paid.rung(Category.TEKUN).outcome != silent.rung(Category.TEKUN).outcome
    assert silent.assumed == ("household.members[0].receives",)


@pytest.mark.parametrize("fact", ["disability", "serious_illness"])
def test_what_only_a_hint_looks_at_is_named_where_nobody_asked(fact: str):
    found = assessed(case_of(bare(HEAD, fact), incomes=[wage("300")]))

    assert (f"household.members[0].{fact}" in found.assumed) is (
        f"household.members[0].{fact}" not in found.missing
    )
    assert assessed(case_of(HEAD, incomes=[wage("300")])).assumed == ()


def test_what_is_asked_for_anyway_is_not_taken_as_usual():
    answer = assessed(case_of(bare(member("p1", "head", labour="none"), "birth")))

    assert "household.members[0].birth" in answer.missing
    assert "household.members[0].birth" not in answer.assumed


@pytest.mark.parametrize(
    "fact",
    [
        "status", "disability", "receives", "within_property_limits", "maintenance_month",
        "supports",
    ],
)  # fmt: skip
def test_an_obligor_of_whom_nothing_is_said_is_well_and_pays_nothing(fact: str):
    assert assumed(ELDER, obligors=[bare(SON, fact)]) == (f"household.obligors[0].{fact}",)


def test_where_nobody_needs_support_only_what_is_paid_matters():
    silent = bare(SON, "status", "disability", "receives", "within_property_limits")

    assert assumed(HEAD, obligors=[silent]) == ()
    assert assumed(HEAD, obligors=[bare(silent, "maintenance_month")]) == (
        "household.obligors[0].maintenance_month",
    )


def test_where_nobody_asked_about_obligors_nothing_is_paid():
    """Unless nobody asked about the incomes either; one of them says nothing of the others."""
    paid = income("maintenance", "100")

    assert assumed(HEAD, obligors=None) == ("household.obligors",)
    assert assumed(HEAD, obligors=None, incomes=[paid]) == ("household.obligors",)
    assert assumed(HEAD, obligors=None, incomes=None) == ()
    assert assumed(HEAD, obligors=[bare(SON, "maintenance_month")], incomes=[paid]) == (
        "household.obligors[0].maintenance_month",
    )


@pytest.mark.parametrize(
    ("parts", "asked"),
    [
        ({}, True),
        ({"received_on": "2026-01-05"}, False),
        ({"amount": "0"}, False),
        ({"per": "month"}, False),
        ({"kind": "temporary_relief"}, False),
    ],
)
def test_a_single_sum_is_one_of_the_last_twelve_months(parts: Json, asked: bool):
    once = {"member": "p1", "kind": "dividend", "amount": "900", "per": "once"} | parts

    assert assumed(incomes=[once]) == (("household.incomes[0].received_on",) if asked else ())


def test_where_no_rung_looks_at_twelve_months_the_day_is_asked_for_instead():
    six = "".join(
        value_toml(name, 'value = 6\nunit = "月"')
        for name in ("income_window_months", "rigid_window_months")
    )
    once = {"member": "p1", "kind": "dividend", "amount": "9000", "per": "once"}

    answer = assessed(case_of(incomes=[once]), layered(six))

    assert answer.assumed == ()
    assert "household.incomes[0].received_on" in answer.missing


def test_one_hint_says_it_of_each_and_what_to_do():
    answer = assessed(case_of(HEAD, bare(member("p2", "child"), "living", "status")))

    (hint,) = [one for one in answer.hints if one.code == "usual"]
    assert (hint.member, bool(hint.basis)) == ("p2", True)
    assert hint.text == "没问的先按通常的算：住在一起、没有特殊情况。不是这样的，改了再算。"


def test_the_documents_say_the_same():
    page = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")

    assert [f"| `{fact}` | {text} |" for fact, text in USUAL.items()] == [
        line for line in page.splitlines() if line.startswith(("| `members.", "| `obligors",
                                                              "| `incomes", "| `assets."))
    ]  # fmt: skip


def test_the_suggestion_says_which_better_rung_is_open():
    """特困 waits for the obligors nobody asked about; 低保 is met without them."""
    answer = assessed(case_of(ELDER, obligors=None, incomes=[wage("500")]))

    assert (answer.suggested, answer.better_open) == (Category.DIBAO, (Category.TEKUN,))
    assert answer.to_json()["better_open"] == ["tekun"]
    (hint,) = [one for one in answer.hints if one.code == "better_open"]
    assert hint.text.startswith("“特困”比“低保”靠前，还定不了，先问清楚：")
    assert "外面有没有赡养、抚养的人" in hint.text
    assert "household.obligors" in answer.missing


def test_a_suggestion_nothing_stands_before_says_nothing_of_the_kind():
    answer = assessed(case_of(HEAD, incomes=[wage("500")]))

    assert (answer.suggested, answer.better_open) == (Category.DIBAO, ())
    assert not any(hint.code == "better_open" for hint in answer.hints)
