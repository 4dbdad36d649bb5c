"""A [[deduction]] that cannot stand is refused by file, key and reason."""

from __future__ import annotations

import pytest

from app.domain.problem import Refused
from tests.cases import CITED, layered

RULE = {
    "code": '"rule"', "text": '"扣减"', "applies_to": '"person"', "kind": '"flat"', "value": "300",
}  # fmt: skip


def refused(**changes):
    """The refusal of the rule with these keys put in, or (None) taken out."""
    keys = {key: said for key, said in (RULE | changes).items() if said is not None}
    toml = "[[deduction]]\n" + "\n".join(f"{key} = {said}" for key, said in keys.items())
    with pytest.raises(Refused) as caught:
        layered(f"{toml}\n{CITED}")
    return caught.value


@pytest.mark.parametrize(
    ("changes", "code", "field", "why"),
    [
        ({"worth": "1"}, "C-02", "worth", "没有这一项"),
        ({"text": None}, "C-03", "text", "必须填"),
        ({"applies_to": None}, "C-03", "applies_to", "必须填"),
        ({"applies_to": '"village"'}, "C-04", "applies_to", "person、household"),
        ({"kind": '"all"'}, "C-04", "kind", "flat"),
        ({"value": None}, "C-03", None, "只写一样"),
        ({"none": "true"}, "C-03", None, "只写一样"),
        ({"value": None, "none": "false"}, "C-04", "none", "true"),
        ({"value": None, "county_must_supply": "1"}, "C-04", "county_must_supply", "true"),
        ({"value": "-1"}, "C-04", "value", "不小于零"),
        ({"value": "1.005"}, "C-04", "value", "两位小数"),
        ({"kind": '"percent_of_income"', "value": "120"}, "C-04", "value", "0 到 100"),
        ({"kind": '"percent_of_std"', "value": "301"}, "C-04", "value", "0 到 300"),
        ({"unit": '"元/年"'}, "C-04", "unit", "元/月"),
        ({"kind": '"percent_of_std"', "unit": '"元/月"'}, "C-04", "unit", "%"),
        ({"kind": '"actual_outlay"'}, "C-03", "expense_kinds", "要写"),
        ({"expense_kinds": '["medical"]'}, "C-03", "expense_kinds", "不写"),
        ({"income_kinds": '["pocket"]'}, "C-04", "income_kinds[0]", "wage"),
        ({"income_kinds": "[]"}, "C-04", "income_kinds", "空"),
        ({"cap": '"many"'}, "C-04", "cap", "不小于零"),
        ({"max_months": "0"}, "C-04", "max_months", "1 到 60"),
        ({"start_event": '"birth"'}, "C-04", "start_event", "first_employed_on"),
        ({"condition": '["poor"]'}, "C-04", "condition[0]", "disabled"),
        (
            {"applies_to": '"household"', "condition": '["disabled"]'},
            "C-04",
            "condition",
            "没有这个条件",
        ),
        (
            {"applies_to": '"household"', "start_event": '"first_employed_on"'},
            "C-04",
            "start_event",
            "没有这个条件",
        ),
    ],
)
def test_a_rule_that_cannot_stand_is_refused(changes, code, field, why):
    problem = refused(**changes)

    at = "test/1.toml: deduction[0](rule)" + (f".{field}" if field else "")
    assert (problem.code, problem.field) == (code, at)
    assert why in problem.what


@pytest.mark.parametrize(("code", "ended"), [(None, "C-03"), ('""', "C-04"), ("7", "C-04")])
def test_a_rule_without_a_name_is_refused(code, ended):
    problem = refused(code=code)

    assert (problem.code, problem.field) == (ended, "test/1.toml: deduction[0].code")


def test_a_rule_with_its_unit_stands():
    keys = RULE | {"unit": '"元/月"'}
    toml = "[[deduction]]\n" + "\n".join(f"{key} = {said}" for key, said in keys.items())

    assert layered(f"{toml}\n{CITED}").layers[-1].deductions[0].rule.value == 30000


def test_a_rule_said_twice_for_one_day_is_refused():
    toml = "[[deduction]]\n" + "\n".join(f"{key} = {said}" for key, said in RULE.items())

    with pytest.raises(Refused) as caught:
        layered(f"{toml}\n{CITED}\n{toml}\n{CITED}")

    assert caught.value.field == "test/1.toml: deduction(rule).valid_from"
    assert "日期重叠" in caught.value.what


def test_the_same_code_on_other_days_stands():
    toml = "[[deduction]]\n" + "\n".join(f"{key} = {said}" for key, said in RULE.items())
    early = "valid_from = 2025-01-01\nvalid_to = 2025-12-31\n"
    late = "valid_from = 2026-01-01\n"

    pack = layered(f"{toml}\n{CITED}{early}\n{toml}\n{CITED}{late}")

    assert len(pack.layers[-1].deductions) == 2
