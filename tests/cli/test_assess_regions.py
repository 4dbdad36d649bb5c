"""The verb `assess` with the shipped regions and with a county's own layer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import build_parser
from app.domain.problem import Refused
from app.rules.bundle import bundle_of, parse_bundle
from app.services.policies import Policies
from tests.cases import WORKED_EXAMPLE, case_of

HOME = Path(__file__).parents[2]
COUNTY = re.search(
    r"```toml\n(# 459901.toml.*?)```", (HOME / "docs/packs.md").read_text("utf-8"), re.DOTALL
)[1]


def said(case: object, folder: Path, *options: str) -> dict[str, object]:
    """What the program answers, started as a person would."""
    file = folder / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "app", "assess", str(file), *options],
        capture_output=True,
        cwd=HOME,
        check=True,
    )
    return json.loads(ended.stdout)


def test_the_example_of_the_contract_is_answered_to_the_fen(tmp_path):
    case = json.loads(json.dumps(WORKED_EXAMPLE)) | {"pack": "tianjin"}
    head = case["household"]["members"][0]
    head |= {"name": "王秀英", "id_number": "459901197905030028", "self_care": None}
    shipped = Policies().load("tianjin")

    answer = said(case, tmp_path)

    assert {key: answer[key] for key in (
        "format", "case", "on", "overrides", "counted_members", "income_year",
        "per_capita_month", "standard_month", "suggested", "benefit_month", "care_levels",
        "missing", "warnings",
    )} == {
        "format": "xieli-assessment/1", "case": "case-1", "on": "2026-03-02",
        "overrides": ["dibao_standard_month"], "counted_members": ["p1", "p2", "p3"],
        "income_year": "34800.00", "per_capita_month": "966.67", "standard_month": "1045.00",
        "suggested": "dibao", "benefit_month": "235.00", "care_levels": {"p2": "semi_care"},
        "missing": [], "warnings": [],
    }  # fmt: skip
    assert answer["pack"] == {
        "id": "tianjin", "version": "2025-09-01", "sha256": shipped.sha256
    }  # fmt: skip
    keys = ("member", "item", "treatment", "formula", "amount_year")
    assert [tuple(line[key] for key in keys) for line in answer["lines"]] == [
        ("p1", "wage", "counted", "2600.00 × 12", "31200.00"),
        ("p1", "first_employment_cost", "deducted", "600.00 × 12", "-7200.00"),
        ("p2", "rent", "counted", "900.00 × 12", "10800.00"),
    ]
    assert answer["lines"][1]["basis"] == "津民发〔2020〕19号 二(二)"
    assert all(line["basis"] for line in answer["lines"])
    rungs = {each["rung"]: each for each in answer["rungs"]}
    assert list(rungs) == [
        "tekun", "dibao", "marginal", "single_person", "rigid_expenditure", "watchlist",
    ]  # fmt: skip
    assert (rungs["tekun"]["outcome"], rungs["tekun"]["members"]) == ("fails", ["p2"])
    assert rungs["tekun"]["benefit_month"] is None
    assert rungs["dibao"]["outcome"] == "meets"
    assert rungs["dibao"]["members"] == ["p1", "p2", "p3"]
    assert (rungs["dibao"]["benefit_month"], rungs["dibao"]["reasons"]) == ("235.00", [])


def test_the_citys_own_standard_needs_no_override(tmp_path):
    case = WORKED_EXAMPLE | {"pack": "tianjin", "parameters": {}}

    answer = said(case, tmp_path)

    assert (answer["overrides"], answer["benefit_month"]) == ([], "235.00")


@pytest.fixture
def verb(clock, tmp_path, capsys):
    """Answers a rural case under `--pack`, in this process."""

    def run(pack: Path | str) -> dict[str, object]:
        file = tmp_path / "rural.json"
        file.write_text(json.dumps(case_of(area="rural", parameters={})), encoding="utf-8")
        args = build_parser().parse_args(["assess", str(file), "--pack", str(pack)])
        args.run(args, sys.stdout, sys.stderr, clock)
        return json.loads(capsys.readouterr().out)

    return run


def test_a_countys_layer_is_tried_over_the_region_it_names(verb, tmp_path):
    layer = tmp_path / "459901.toml"
    layer.write_text(COUNTY, encoding="utf-8")

    answer = verb(layer)

    assert (answer["pack"]["id"], answer["standard_month"]) == ("459901", "800.00")


def test_a_folder_of_layers_is_read_in_the_order_of_its_names(verb, tmp_path):
    folder = tmp_path / "459901"
    folder.mkdir()
    later = COUNTY[: COUNTY.index("[[value]]")].replace('"2026.1"', '"2026.2"') + (
        '[[value]]\nname = "dibao_standard"\narea = "rural"\nvalue = 9840\nunit = "元/年"\n'
        'document = "某民发〔2026〕1号"\nclause = "一"\nsource = "县里发文"\n'
        'evidence = "sample"\nvalid_from = 2026-03-01\n'
    )
    (folder / "2026-03-01.toml").write_text(later, encoding="utf-8")
    (folder / "2026-01-01.toml").write_text(COUNTY, encoding="utf-8")

    answer = verb(folder)

    assert (answer["pack"]["version"], answer["standard_month"]) == ("2026.2", "820.00")


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("x = ", "C-01", "bad.toml"),
        (COUNTY.replace('"guangdong"', '"atlantis"'), "C-07", "bad.toml: layer.over"),
        (COUNTY.replace('unit = "元/年"', 'unit = "元/天"'), "C-04",
         "bad.toml: value[0](dibao_standard).unit"),
    ],
)  # fmt: skip
def test_a_layer_that_cannot_stand_is_refused_by_file_and_key(verb, tmp_path, text, code, field):
    layer = tmp_path / "bad.toml"
    layer.write_text(text, encoding="utf-8")

    with pytest.raises(Refused) as caught:
        verb(layer)

    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("place", ["nothing.toml", "empty"])
def test_no_layer_at_all_is_refused(verb, tmp_path, place):
    (tmp_path / "empty").mkdir()

    with pytest.raises(Refused):
        verb(tmp_path / place)


def test_a_published_bundle_carries_region_and_county(verb, tmp_path):
    pack = Policies().over_shipped([("459901.toml", COUNTY.encode())])
    bundle = tmp_path / "county.json"
    bundle.write_bytes(bundle_of(pack))

    answer = verb(bundle)

    assert answer["pack"]["sha256"] == pack.sha256 == parse_bundle(bundle.read_bytes()).sha256
