"""The shipped regions: everything they cite is reachable, and every seed figure is the seed's."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.households import Area
from app.domain.people import Hukou, Living, PersonStatus, Relation, Student
from app.rules import family
from app.rules.facts import Member
from app.rules.layers import Evidence, FamilyEntry, Layer, Supply, ValueEntry
from app.rules.pack import Pack
from app.rules.parameters import CATALOGUE
from app.rules.terms import Terms, terms_of
from app.services.policies import Policies
from tests.cases import RESOURCES, region
from tools import region_table

REGIONS = ("tianjin", "mangshi", "guangdong", "dahua")
EVERY = ("national", *REGIONS)
ON = date(2026, 3, 2)
DAY = timedelta(days=1)


def days(pack: Pack) -> list[date]:
    """Every day on which the pack begins to say something else."""
    starts = {pack.valid_from}
    for layer in pack.layers:
        for one in entries(layer):
            starts.add(one.cited.valid_from)
            if one.cited.valid_to is not None:
                starts.add(one.cited.valid_to + DAY)
    return sorted(day for day in starts if pack.is_in_force(day))


def entries(layer: Layer) -> Iterator[object]:
    return itertools.chain(
        layer.values, layer.incomes, layer.deductions, layer.families, layer.rungs
    )


def own(pack_id: str) -> list[Layer]:
    return [layer for layer in region(pack_id).layers if layer.id == pack_id]


def key(entry: object) -> str:
    """What an entry is about, for a message."""
    name = getattr(entry, "name", None) or getattr(entry, "code", None)
    return f"{type(entry).__name__} {name or entry} {entry.cited.valid_from}"


def standing(pack: Pack, name: str, area: Area | None, on: date) -> ValueEntry | None:
    """The last word about a parameter, read off the layers one by one."""
    said = [
        entry
        for layer in pack.layers
        for entry in layer.values
        if entry.name == name and entry.area in {None, area} and entry.cited.covers(on)
    ]
    return said[-1] if said else None


def reached(pack: Pack, entry: object, on: date) -> bool:
    """Whether somebody who asks the terms of the day is answered by this entry."""
    terms = terms_of(pack, on)
    ground = f"{entry.cited.document} {entry.cited.clause}"
    if isinstance(entry, ValueEntry):
        parameter = CATALOGUE[entry.name]
        for area in Area if parameter.by_area else (None,):
            if standing(pack, entry.name, area, on) is entry:
                found = terms.find(parameter, area)
                if entry.supply is Supply.COUNTY:
                    return found is None
                return (found.value, str(found.ground)) == (entry.value, ground)
        return False
    if isinstance(entry, FamilyEntry):
        return decides(terms, entry, on)
    if hasattr(entry, "rung"):
        return str(terms.rungs[entry.rung]) == ground
    if hasattr(entry, "treatment"):
        said = [terms.incomes[kind] for kind in entry.kinds]
        return (entry.treatment, ground) in [(treatment, str(by)) for treatment, by in said]
    granted = {each.code: str(each.ground) for each in terms.deductions}
    return granted.get(entry.code) == ground


def answers(pack: Pack, on: date) -> dict[object, tuple[object, str]]:
    """What every parameter is on a day, and by which clause."""
    values = terms_of(pack, on).values
    return {at: (found.value, str(found.ground)) for at, found in values.items()}


def decides(terms: Terms, entry: FamilyEntry, on: date) -> bool:
    """Whether the chosen rule sets place somebody by this very rule."""
    placed = (
        family._first_fit(
            family._rules_for(terms, one.status, one.relation, one.living), one, on, "p"
        )
        for one in people(entry, on)
    )
    return any(fit is not None and fit[0] is entry for fit, _ in placed)


def people(entry: FamilyEntry, on: date) -> Iterator[Member]:
    """People about whom everything the rule asks is known and fits."""
    for relation, status, living, student, hukou in itertools.product(
        entry.relations or Relation,
        entry.statuses or PersonStatus,
        entry.livings or Living,
        entry.students or Student,
        entry.hukous or Hukou,
    ):
        age = 10 if entry.adult is False else 40
        yield Member(
            id="p", relation=relation, status=status, living=living, student=student, hukou=hukou,
            birth=date(on.year - age, 1, 1), monitored=bool(entry.monitored),
        )  # fmt: skip


@pytest.mark.parametrize("pack_id", EVERY)
def test_every_clause_of_a_pack_is_reached_on_some_day(pack_id):
    pack = region(pack_id)

    dead = [
        key(entry)
        for layer in own(pack_id)
        for entry in entries(layer)
        if not any(reached(pack, entry, day) for day in days(pack) if entry.cited.covers(day))
    ]

    assert dead == []


@pytest.mark.parametrize("pack_id", EVERY)
def test_no_two_entries_of_a_pack_say_the_same_on_the_same_day(pack_id):
    layers = own(pack_id)
    said = [entry for layer in layers for entry in layer.values]

    doubled = [
        key(one)
        for one, two in itertools.combinations(said, 2)
        if one.name == two.name
        and (one.area is None or two.area is None or one.area is two.area)
        and one.cited.meets(two.cited)
    ]

    assert doubled == []


@pytest.mark.parametrize("pack_id", EVERY)
def test_every_parameter_is_spoken_for_on_every_day(pack_id):
    pack = region(pack_id)
    since = date(2024, 12, 31)  # the youngest national document with a day

    silent = [
        (name, day)
        for name, parameter in CATALOGUE.items()
        for area in (Area if parameter.by_area else (None,))
        for day in (max(each, since) for each in days(pack))
        if standing(pack, name, area, day) is None
    ]

    assert silent == []


@pytest.mark.parametrize("pack_id", EVERY)
def test_an_old_day_is_answered_as_it_was_whatever_came_later(pack_id):
    pack = region(pack_id)
    file, data = pack.files[-1]
    later = data.decode() + (
        '\n[[value]]\nname = "house_max"\nvalue = 9\nunit = "套"\ndocument = "后来的文件"\n'
        'clause = "一"\nsource = "示例"\nevidence = "sample"\nvalid_from = 2031-01-01\n'
    )
    newer = Policies(RESOURCES).parse([*pack.files[:-1], (file, later.encode())])

    for day in (each for each in days(pack) if each.year < 2031):
        assert answers(newer, day) == answers(pack, day)
    assert newer.sha256 != pack.sha256


@pytest.mark.parametrize("pack_id", EVERY)
def test_every_citation_names_its_seed_line_or_its_evidence(pack_id):
    for layer in own(pack_id):
        for entry in entries(layer):
            cited = entry.cited
            lines = re.fullmatch(r"S[0-4]:L[0-9]+(、S[0-4]:L[0-9]+)*", cited.source)
            assert cited.evidence is not Evidence.SAMPLE
            if pack_id in REGIONS:
                assert (cited.evidence is Evidence.SEED) == (lines is not None), key(entry)


FIGURES = {
    ("tianjin", "job_cost_first_employment"): "600元/月 一年",
    ("tianjin", "job_cost_migrant"): "500元",
    ("tianjin", "grace_schedule"): "前三个月100% 后三个月50%",
    ("tianjin", "emergency_decide_hours"): "24小时",
    ("tianjin", "rigid_window_months"): "年度",
    ("tianjin", "single_person_groups"): "重度",
    ("tianjin", "quarterly_report_due"): "月底",
    ("mangshi", "single_person_groups"): "一级、二级 三级、四级",
    ("mangshi", "tekun_minor_age"): "16周岁 18周岁",
    ("mangshi", "grace_months_least"): "半年",
    ("mangshi", "grace_months_most"): "一年",
    ("guangdong", "single_person_groups"): "重度 三级、四级",
    ("guangdong", "quarterly_report_due"): "20日",
    ("dahua", "accept_clock_workdays"): "15个工作日",
    ("dahua", "full_sweep_per_year"): "一次",
    ("dahua", "townships"): "16个",
}
"""Each number that rests on one of the five documents, in the figures the document prints."""
SPELT = {
    "一": {1}, "二": {2}, "三": {3}, "四": {4}, "半年": {6}, "一年": {12}, "年度": {12},
    "重度": {1, 2}, "月底": {31},
}  # fmt: skip


def numbers(value: object) -> set[Decimal]:
    """Every number inside a TOML value."""
    if isinstance(value, bool):
        return set()
    if isinstance(value, int | Decimal):
        return {Decimal(value)}
    if isinstance(value, dict):
        return set().union(*map(numbers, value.values()))
    return set().union(*map(numbers, value)) if isinstance(value, list) else set()


def printed(figures: str) -> set[Decimal]:
    """The numbers a document's figures say."""
    said = {Decimal(digits) for digits in re.findall(r"[0-9]+", figures)}
    return said.union(*(map(Decimal, each) for spelt, each in SPELT.items() if spelt in figures))


@pytest.mark.parametrize("pack_id", REGIONS)
def test_every_number_from_a_seed_is_one_the_seed_prints(pack_id):
    found = {}
    for file, data in region(pack_id).files:
        if file.startswith(f"{pack_id}/"):
            for row in tomllib.loads(data.decode(), parse_float=Decimal)["value"]:
                if row["evidence"] == "seed" and numbers(row.get("value")):
                    found.setdefault(row["name"], set()).update(numbers(row["value"]))

    assert found.keys() == {name for pack, name in FIGURES if pack == pack_id}
    for name, said in found.items():
        assert said <= printed(FIGURES[pack_id, name]), name


@pytest.mark.parametrize(
    ("number", "pack_id", "name", "on", "value"),
    [
        ("每月比对", "guangdong", "data_match_period", ON, "monthly"),
        ("季末月20日", "guangdong", "quarterly_report_due", ON, 20),
        ("季末月月底", "tianjin", "quarterly_report_due", ON, 31),
        ("18周岁", "mangshi", "tekun_minor_age", ON, 18),
        ("半年", "mangshi", "grace_months_least", ON, 6),
        ("一年", "mangshi", "grace_months_most", ON, 12),
        ("24小时", "tianjin", "emergency_decide_hours", ON, 24),
        ("15个工作日", "dahua", "accept_clock_workdays", ON, 15),
        ("每年一次", "dahua", "full_sweep_per_year", ON, 1),
        ("16个乡镇", "dahua", "townships", ON, 16),
        ("每月入户", "dahua", "home_visit_period", ON, "monthly"),
    ],
)
def test_the_clocks_of_the_five_documents_are_parameters(number, pack_id, name, on, value):
    assert terms_of(region(pack_id), on).find(CATALOGUE[name]).value == value, number


def test_the_page_of_the_regions_is_the_packs():
    assert region_table.PAGE.read_text(encoding="utf-8") == region_table.page()
