"""Bad packs and cases: refused whole, in one sentence, by file, field and reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.problem import Refused
from app.rules import assess
from app.rules.casefile import parse_case
from app.services.policies import Policies
from tests.cases import (
    CITED,
    HEAD,
    ON,
    assessed,
    case_of,
    data_of,
    layered,
    member,
    national,
    value_toml,
    wage,
)

UNIT = value_toml("house_max", 'value = 2\nunit = "间"')
TWICE = value_toml("house_max", 'value = 2\nunit = "套"') * 2
STRAY = value_toml("house_max", 'value = 2\nunit = "套"\nnote = "x"')
UNCLAIMED = value_toml("no_such_rule", "value = 2")
NO_CLAUSE = value_toml("house_max", 'value = 2\nunit = "套"').replace('clause = "一"\n', "")
NO_CLAUSE_INCOME = '[[income]]\nkinds = ["wage"]\ntreatment = "counted"\n' + CITED.replace(
    'clause = "一"\n', ""
)


@pytest.mark.parametrize(
    ("toml", "field", "why"),
    [
        (UNIT, "test/1.toml: value[0](house_max).unit", "单位不对，应是：套"),
        (TWICE, "test/1.toml: value(house_max).valid_from", "日期重叠"),
        (STRAY, "test/1.toml: value[0](house_max).note", "没有这一项"),
        (UNCLAIMED, "test/1.toml: value[0](no_such_rule).name", "没有"),
        (NO_CLAUSE, "test/1.toml: value[0](house_max).clause", "必须填"),
        (NO_CLAUSE_INCOME, "test/1.toml: income[0].clause", "必须填"),
    ],
)
def test_a_pack_that_cannot_stand_is_refused_by_file_key_and_reason(toml, field, why):
    with pytest.raises(Refused) as caught:
        layered(toml)

    assert caught.value.field == field
    assert caught.value.what.startswith(f"{field}：")
    assert why in caught.value.what
    assert one_sentence(caught.value.what)


def before_its_birth():
    return assessed(case_of(HEAD | {"birth": "2026-03-03"}))


def born_before_anybody():
    return assessed(case_of(HEAD | {"birth": "1895-12-31"}))


def obligor_before_its_birth():
    return assessed(case_of(obligors=[{"id": "o", "relation": "son", "birth": "2026-03-03"}]))


def no_pack_in_force():
    return assess(parse_case(data_of(case_of(HEAD | {"birth": "1970-01-01"}))), national(),
                  date(2010, 1, 1))  # fmt: skip


@pytest.mark.parametrize(
    ("what", "field", "why"),
    [
        (lambda: read(incomes=[wage("-1.00")]), "household.incomes[0].amount", "不能是负数"),
        (lambda: read(expenses=[spent("-0.01")]), "household.expenses[0].amount", "不能是负数"),
        (lambda: read(assets=[{"kind": "cash", "amount": "-5"}]), "household.assets[0].amount",
         "不能是负数"),
        (lambda: read(obligors=[{"id": "o", "relation": "son", "monthly_income": "-5"}]),
         "household.obligors[0].monthly_income", "不能是负数"),
        (lambda: read(incomes=[wage("1", "p9")]), "household.incomes[0].member", "没有这个编号"),
        (lambda: read(expenses=[spent("1", "p9")]), "household.expenses[0].member", "没有这个编号"),
        (lambda: read(members=[HEAD, member("p1", "child")]), "household.members[1].id",
         "已经用过"),
        (lambda: read(members=[]), "household.members", "至少要有一个人"),
        (before_its_birth, "household.members[0].birth", "2026年3月2日之后"),
        (born_before_anybody, "household.members[0].birth", "130 岁"),
        (obligor_before_its_birth, "household.obligors[0].birth", "2026年3月2日之后"),
        (no_pack_in_force, "on", "2010年1月1日这一天"),
        (lambda: parse_case(data_of(case_of(on="1800-01-01"))), "on", "1949 年到 2199 年"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_stand_is_refused_by_field_and_reason(
    what: Callable[[], object], field, why
):
    with pytest.raises(Refused) as caught:
        what()

    assert caught.value.field == field
    assert why in caught.value.what
    assert one_sentence(caught.value.what)


def test_of_a_refused_pack_nothing_stays_behind(tmp_path):
    """The pack that could not be read may be mended and read again."""
    folder = tmp_path / "policies" / "national"
    folder.mkdir(parents=True)
    for name, data in national().files:
        (folder / name.rpartition("/")[2]).write_bytes(data)
    mended = (folder / national().files[-1][0].rpartition("/")[2]).read_bytes()
    last = sorted(folder.iterdir())[-1]
    last.write_bytes(mended.replace('unit = "周岁"'.encode(), 'unit = "岁"'.encode()))
    policies = Policies(tmp_path)

    with pytest.raises(Refused):
        policies.load("national")
    assert not policies._loaded
    last.write_bytes(mended)

    assert policies.load("national").is_in_force(ON)


def read(members=None, **parts):
    case = case_of(**parts)
    if members is not None:
        case["household"]["members"] = members
    return parse_case(data_of(case))


def spent(amount, who="p1"):
    return {"member": who, "kind": "medical", "amount": amount, "per": "year"}


def one_sentence(text):
    return text.endswith("。") and text.count("。") == 1
