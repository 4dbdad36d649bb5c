"""The worked example of docs/packs.md, taken from the page and run; and layers over layers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.pack import File, Pack
from app.rules.stacking import lacking, stacked
from app.services.policies import Policies
from tests.cases import ON, RESOURCES, practice, region

PAGE = (Path(__file__).parents[2] / "docs/packs.md").read_text(encoding="utf-8")
EXAMPLE = PAGE[PAGE.index("## A county's own file") :]


def block(language: str) -> bytes:
    """The first block of the example in one language."""
    found = re.search(rf"```{language}\n(.*?)```", EXAMPLE, re.DOTALL)
    return found[1].encode()


def county(text: bytes | None = None) -> Pack:
    files = [("459901.toml", block("toml") if text is None else text)]
    return Policies(RESOURCES).over_shipped(files)


def test_the_countys_file_answers_as_the_page_says():
    answer = assess(parse_case(block("json")), county(), ON)

    shown = answer.to_json()
    lines = [(line.formula, str(line.amount_year), line.basis) for line in answer.lines]
    assert lines[0][:2] == ("1800.00 × 6 × 12 ÷ 6", "21600.00")
    assert lines[1] == (
        "21600.00 × 20.00%（每月最多 300.00）", "-3600.00", "某民发〔2025〕8号 三"
    )  # fmt: skip
    assert (shown["per_capita_month"], shown["standard_month"]) == ("750.00", "800.00")
    assert (shown["suggested"], shown["benefit_month"]) == ("dibao", "100.00")
    assert (answer.pack_id, answer.pack_version) == ("459901", "2026.1")
    for figure in ("21600.00", "3600.00", "750.00", "800.00", "100.00"):
        assert figure in EXAMPLE[EXAMPLE.index("answers, with") :]


def test_without_the_deduction_the_county_is_asked_for_it():
    text = block("toml").decode()
    start, end = text.index("[[deduction]]"), text.rindex("[[value]]")

    answer = assess(parse_case(block("json")), county((text[:start] + text[end:]).encode()), ON)

    dibao = answer.rung(Category.DIBAO)
    assert (dibao.outcome, dibao.missing) == ("unknown", ("deduction.employment_cost",))


def test_next_years_standard_is_added_as_the_page_says():
    """The page's lines, put under the old entry as they stand there."""
    added = re.search(r"\*\*Change it\.\*\*.*?```\n(.*?)```", EXAMPLE, re.DOTALL)
    text = block("toml").decode()
    at = text.index("[[", text.index('name = "dibao_standard"'))
    changed = county(f"{text[:at].rstrip()}\n{added[1]}\n{text[at:]}".encode())
    case = parse_case(block("json"))

    days = (ON, date(2027, 3, 2))
    standards = [assess(case, changed, day).to_json()["standard_month"] for day in days]

    assert standards == ["800.00", "820.00"]


def test_what_the_county_has_yet_to_give_is_counted_on_the_page():
    left = lacking(county(), ON)

    assert len(left) == 19
    assert "nineteen values" in EXAMPLE
    assert "dibao_standard（城镇）" in left
    assert not {"minimum_wage", "deduction.employment_cost"} & set(left)


def test_what_is_lacking_is_asked_of_a_day_in_force():
    ended = block("toml").replace(
        b"valid_from = 2026-01-01\n", b"valid_from = 2026-01-01\nvalid_to = 2026-06-30\n", 1
    )
    future = lacking(county(), date(2025, 1, 1))
    past = lacking(county(ended), date(2027, 1, 1))

    assert future == lacking(county(), date(2026, 1, 1))
    assert past == lacking(county(ended), date(2026, 6, 30))


def test_a_folder_of_files_stands_on_the_shipped_ones_below():
    pack = county()

    names = [name for name, _ in pack.files]
    assert names[-1] == "459901.toml"
    assert [name for name in names if name.startswith("guangdong/")] == names[2:-1]
    assert names[:2] == [name for name, _ in region("national").files]


def test_what_is_given_already_is_not_fetched_again():
    def nothing(_pack_id: str) -> Sequence[File]:
        raise AssertionError("everything is there")

    assert stacked(practice().files, nothing) == list(practice().files)


def layer(name: str, over: str) -> File:
    head = f'[layer]\nid = "{name}"\nover = "{over}"\ntitle = "试"\nversion = "1"\n'
    return (f"{name}.toml", (head + "valid_from = 2026-01-01\n").encode())


def test_a_layer_over_a_pack_nobody_has_is_refused():
    with pytest.raises(Refused) as caught:
        Policies(RESOURCES).over_shipped([layer("459901", "atlantis")])

    assert (caught.value.code, caught.value.field) == ("C-07", "459901.toml: layer.over")


def test_packs_that_stand_on_each_other_are_refused():
    files = {"one": [layer("one", "two")], "two": [layer("two", "one")]}

    with pytest.raises(Refused) as caught:
        stacked(files["one"], lambda name: files[name])

    assert (caught.value.code, caught.value.field) == ("C-08", "two.toml: layer.over")


def test_a_layer_two_others_stand_on_comes_once():
    shared = [layer("base", "base")]
    files = {"left": [layer("left", "base")], "right": [layer("right", "base")], "base": shared}

    names = [name for name, _ in stacked(
        [layer("top", "left"), layer("top2", "right")], lambda name: files[name]
    )]  # fmt: skip

    assert names == ["base.toml", "left.toml", "right.toml", "top.toml", "top2.toml"]


def test_a_region_nobody_ships_is_refused_naming_those_there_are():
    with pytest.raises(Refused) as caught:
        Policies(RESOURCES).load("atlantis")

    assert caught.value.code == "C-07"
    assert "tianjin" in caught.value.do


def test_the_example_is_synthetic():
    record = json.loads(block("json"))

    assert all("name" not in each for each in record["household"]["members"])
    assert 'evidence = "seed"' not in block("toml").decode()
