"""What stands behind a printed basis: entries of the pack, by clause and day."""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.clauses import clauses_of
from app.rules.layers import Evidence, IncomeEntry, RungEntry, ValueEntry
from tests.cases import ON, layered, national, region

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
