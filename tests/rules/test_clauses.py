"""What stands behind a printed basis: entries of the pack, by clause and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.households import Area
from app.domain.money import Money
from app.rules.clauses import clauses_of
from app.rules.layers import Evidence, IncomeEntry, RungEntry, ValueEntry
from app.rules.pack import Pack
from app.rules.parameters import CATALOGUE
from app.rules.relief_route import relief_route
from app.rules.terms import terms_of
from tests.cases import HEAD, ON, Json, assessed, case_of, income, layered, national, region, wage
from tests.random_cases import random_cases

LAW = "国务院令第649号《社会救助暂行办法》 第九条"
TIANJIN = "津民发〔2020〕19号 二(二)"
STANDARD = "甲县公告〔2026〕1号 一"
TOML = """
[[value]]
name = "dibao_standard"
area = "{area}"
value = {value}
unit = "元/月"
document = "甲县公告〔2026〕1号"
clause = "一"
source = "{source}"
evidence = "sample"
"""


def county(*standards: tuple[str, int, str]):
    return layered("".join(TOML.format(area=a, value=v, source=s) for a, v, s in standards))


def test_a_clause_carries_everything_its_layer_takes_from_it():
    (clause,) = clauses_of(region("tianjin"), TIANJIN, ON)

    assert (clause.document, clause.clause) == ("津民发〔2020〕19号", "二(二)")
    assert clause.evidence is Evidence.SEED
    assert {type(entry) for entry in clause.entries} >= {RungEntry, ValueEntry}


def test_the_same_clause_is_one_however_often_it_is_cited():
    (clause,) = clauses_of(county(("rural", 600, "甲"), ("urban", 700, "乙")), STANDARD, ON)

    assert clause.sources == ("甲", "乙")
    assert [entry.value.amount.fen for entry in clause.entries] == [60_000, 70_000]


def test_a_source_is_named_once():
    (clause,) = clauses_of(county(("rural", 600, "甲"), ("urban", 700, "甲")), STANDARD, ON)

    assert clause.sources == ("甲",)


def test_a_clause_is_found_on_the_days_it_is_in_force():
    pack = region("tianjin")
    (clause,) = clauses_of(pack, TIANJIN, ON)

    assert clauses_of(pack, TIANJIN, clause.valid_from)
    assert clauses_of(pack, TIANJIN, date(2019, 1, 1)) == ()


def test_the_layer_on_top_comes_first():
    pack = layered(TOML.format(area="rural", value=600, source="甲") + NATIONAL_AGAIN)

    titles = [clause.title for clause in clauses_of(pack, LAW, ON)]

    assert len(titles) > 1
    assert titles[0] == pack.title


NATIONAL_AGAIN = """
[[value]]
name = "house_max"
value = 1
unit = "套"
document = "国务院令第649号《社会救助暂行办法》"
clause = "第九条"
source = "甲"
evidence = "A"
"""


def test_kinds_of_income_are_entries_of_a_clause_too():
    pack = national()
    incomes = (entry for layer in pack.layers for entry in layer.incomes)
    cited = next(entry.cited for entry in incomes if entry.cited.covers(ON))

    (clause, *_rest) = clauses_of(pack, f"{cited.document} {cited.clause}", ON)

    assert any(isinstance(entry, IncomeEntry) for entry in clause.entries)


@pytest.mark.parametrize(
    "basis", ["", "家庭成员", "防漏保排查（本程序缺省提示）", "津民发〔2020〕19号"]
)
def test_a_ground_no_document_has_gives_nothing(basis: str):
    assert clauses_of(region("tianjin"), basis, ON) == ()


def test_every_basis_of_an_answer_that_a_pack_vouches_for_can_be_opened():
    pack = region("tianjin")
    vouched = {
        f"{cited.document} {cited.clause}".strip()
        for layer in pack.layers
        for cited in layer.citations
        if cited.covers(ON)
    }

    assert [basis for basis in vouched if not clauses_of(pack, basis, ON)] == []


EVERY = ("national", "tianjin", "mangshi", "guangdong", "dahua")
DAYS = (ON, date(2024, 12, 31), date(2022, 6, 1), date(2020, 6, 1))
GIVEN = {
    "dibao_standard_month": "900.00",
    "minimum_wage": "1500",
    "rigid_income_ceiling": {"value": "30000", "unit": "元/年"},
}
WORKING = case_of(
    HEAD | {"first_job": True, "first_employed_on": "2019-01-01", "receives": ["dibao"]},
    incomes=[wage("2600"), wage("10", per="once")],
)
"""On 低保 and above the line by work; somebody who declared nothing yet."""
PAID = case_of(HEAD | {"receives": ["dibao"]}, incomes=[wage("2600"), income("dibao", "235.00")])


NO_JOB = {"first_employed_on": None, "self_declared_on": None}


def printed(pack: Pack, on: date) -> set[str]:
    """Every clause of the pack's files in force on a day."""
    return {
        f"{cited.document} {cited.clause}".strip()
        for layer in pack.layers
        for cited in layer.citations
        if cited.covers(on)
    }


def bases(answer: object) -> Iterator[str]:
    """Every basis of an answer in its JSON form.

    Those joined in one hint are looked at apart; what the program took as usual has no clause.
    """
    if isinstance(answer, dict):
        if answer.get("code") not in {"unchecked_source", "usual"}:
            yield from [answer["basis"]] if "basis" in answer else []
            yield from (one for value in answer.values() for one in bases(value))
    elif isinstance(answer, list):
        yield from (one for value in answer for one in bases(value))


def of_the_day(cases: list, on: date) -> Iterator[Json]:
    """Those whose people were born by then; a first job only where it had begun."""
    for case in cases:
        household = case["household"]
        people = (*household["members"], *household.get("obligors", ()))
        if all(person.get("birth", "") <= on.isoformat() for person in people):
            members = [
                one if one.get("first_employed_on", "") == "2019-01-01" else one | NO_JOB
                for one in household["members"]
            ]
            yield case | {"household": household | {"members": members}}


def unvouched(pack: Pack, on: date, cases: list, given: dict) -> set[str]:
    """Bases that are neither a clause of the pack, nor a value typed into the case, nor the pack
    itself (for a rung it has no rule for)."""
    typed = {f"个案录入 parameters.{name}" for name in given}
    known = printed(pack, on) | typed | {f"{pack.title}（{pack.version} 版）"}
    answers = (assessed(case | {"parameters": given}, pack, on) for case in of_the_day(cases, on))
    return {basis for answer in answers for basis in bases(answer.to_json())} - known


@pytest.mark.parametrize("given", [{}, GIVEN], ids=["as shipped", "as the county gives"])
@pytest.mark.parametrize("pack_id", EVERY)
def test_every_basis_an_answer_names_stands_in_the_packs(pack_id, given):
    pack = region(pack_id)
    cases = [*random_cases(120), WORKING, PAID]

    odd = {
        basis for on in DAYS if pack.is_in_force(on) for basis in unvouched(pack, on, cases, given)
    }

    assert odd <= set(CATALOGUE) - {entry.name for layer in pack.layers for entry in layer.values}


@pytest.mark.parametrize("pack_id", EVERY)
def test_every_unchecked_clause_a_hint_names_stands_in_the_packs(pack_id):
    pack = region(pack_id)
    doubtful = terms_of(pack, ON).doubtful

    hints = [
        hint
        for case in random_cases(60)
        for hint in assessed(case | {"parameters": GIVEN}, pack).hints
        if hint.code == "unchecked_source"
    ]

    assert hints
    for hint in hints:
        assert hint.basis == "；".join(basis for basis in doubtful if basis in hint.basis)
    assert set(doubtful) <= printed(pack, ON)


@pytest.mark.parametrize("pay_first", [True, False])
@pytest.mark.parametrize("pack_id", EVERY)
def test_every_basis_of_a_road_of_relief_stands_in_the_packs(pack_id, pay_first):
    pack = region(pack_id)
    terms = terms_of(pack, ON)

    road = relief_route(terms, Money.yuan(5000), persons=2, area=Area.RURAL, pay_first=pay_first)

    named = {road.why.basis, *(cap.basis for cap in road.caps)}
    named |= {reason.basis for cap in road.caps for reason in cap.check.reasons}
    assert named <= printed(pack, ON)
