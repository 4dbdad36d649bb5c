"""Policy packs: what a layer may say, and every way it is refused by file, key and reason."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.domain.households import Area
from app.domain.problem import Refused
from app.rules.bundle import LARGEST as LARGEST_BUNDLE
from app.rules.bundle import bundle_of, parse_bundle
from app.rules.layer_reading import LARGEST
from app.rules.layers import Supply
from app.rules.pack import parse_pack
from app.rules.parameters import CATALOGUE, DIBAO_STANDARD, PAPERWORK_DUE
from app.rules.terms import terms_of
from tests.cases import CITED, layered, national, practice, value_toml

HEAD = """[layer]
id = "test"
over = "national"
title = "试"
version = "1"
valid_from = 2021-07-01
"""
STANDARD = 'area = "urban"\nvalue = 1045\nunit = "元/月"'


def refusal(*files: str, base: bool = True) -> Refused:
    """What the pack of these layers, on the national one, is refused with."""
    below = national().files if base else ()
    named = [(f"test/{n}.toml", text.encode()) for n, text in enumerate(files)]
    with pytest.raises(Refused) as caught:
        parse_pack((*below, *named))
    return caught.value


def entry(name: str = "house_max", body: str = 'value = 2\nunit = "套"') -> str:
    return HEAD + value_toml(name, body)


def test_the_national_pack_speaks_for_every_parameter():
    said = {one.name for layer in national().layers for one in layer.values}

    assert said == set(CATALOGUE)


@pytest.mark.parametrize(
    "name", ["dibao_standard", "rigid_income_ceiling", "complaint_reply_workdays"]
)
def test_what_no_document_gives_the_county_must_supply(name):
    entries = [one for layer in national().layers for one in layer.values if one.name == name]

    assert [one.supply for one in entries] == [Supply.COUNTY]
    assert terms_of(national(), date(2026, 3, 2)).find(CATALOGUE[name], Area.URBAN) is None


def test_every_entry_of_the_shipped_packs_cites_its_document():
    for pack in (national(), practice()):
        for layer in pack.layers:
            for one in (*layer.values, *layer.incomes, *layer.families, *layer.rungs):
                assert all([one.cited.document, one.cited.clause, one.cited.source])


def test_a_value_keeps_the_unit_its_document_prints():
    found = terms_of(practice(), date(2026, 3, 2)).find(DIBAO_STANDARD, Area.RURAL)

    assert str(found.value.amount) == "6300.00"
    assert found.value.per == "year"
    assert found.value.year_fen == 630000
    assert found.ground.pack_id == "practice"


def test_the_upper_layers_word_stands():
    pack = layered(value_toml("paperwork_due_workdays", 'value = 20\nunit = "工作日"'))

    assert terms_of(pack, date(2026, 3, 2)).find(PAPERWORK_DUE).value == 20


def test_an_upper_layer_may_leave_to_the_county_what_a_lower_one_gave():
    pack = layered(
        value_toml("paperwork_due_workdays", 'county_must_supply = true\nunit = "工作日"')
    )

    assert terms_of(pack, date(2026, 3, 2)).find(PAPERWORK_DUE) is None


def test_outside_its_dates_an_upper_layers_word_does_not_stand():
    pack = layered(
        value_toml(
            "paperwork_due_workdays",
            'value = 20\nunit = "工作日"\nvalid_from = 2026-01-01\nvalid_to = 2026-01-31',
        )
    )
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]

    assert [terms_of(pack, day).find(PAPERWORK_DUE).value for day in days] == [10, 20, 20, 10]


def test_a_later_file_of_the_same_layer_replaces_the_earlier_one():
    first = HEAD + value_toml("dibao_standard", STANDARD)
    second = HEAD.replace('"1"', '"2"') + value_toml(
        "dibao_standard", STANDARD.replace("1045", "1100") + "\nvalid_from = 2026-04-01"
    )
    pack = parse_pack(
        (*national().files, ("test/1.toml", first.encode()), ("test/2.toml", second.encode()))
    )

    assert pack.version == "2"
    on = [date(2026, 3, 31), date(2026, 4, 1)]
    values = [terms_of(pack, day).find(DIBAO_STANDARD, Area.URBAN).value.amount for day in on]
    assert [str(value) for value in values] == ["1045.00", "1100.00"]


def test_the_hash_is_of_the_texts_not_of_line_endings():
    windows = [(name, data.replace(b"\n", b"\r\n")) for name, data in national().files]
    other = layered(value_toml("house_max", 'value = 2\nunit = "套"'))

    assert parse_pack(windows).sha256 == national().sha256
    assert other.sha256 != national().sha256
    assert len(national().sha256) == 64


def test_a_packs_repr_is_short():
    assert len(repr(practice())) < 300


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("x = ", "C-01", "test/0.toml"),
        ("a = " + "[" * 5000, "C-01", "test/0.toml"),
        ("a = " + "9" * 5000, "C-01", "test/0.toml"),
        (HEAD + "extra = 1", "C-02", "test/0.toml: layer.extra"),
        (HEAD + "[[values]]\nname = 1", "C-02", "test/0.toml: values"),
        ("[layers]", "C-02", "test/0.toml: layers"),
        ("", "C-03", "test/0.toml: layer"),
        (HEAD.replace('title = "试"\n', ""), "C-03", "test/0.toml: layer.title"),
        (HEAD.replace("2021-07-01", '"2021/07/01"'), "C-04", "test/0.toml: layer.valid_from"),
        (HEAD.replace("2021-07-01", '"2021-02-30"'), "C-04", "test/0.toml: layer.valid_from"),
        (HEAD.replace("2021-07-01", "2021-07-01T00:00:00"), "C-04",
         "test/0.toml: layer.valid_from"),
        (HEAD + "valid_to = 2020-01-01", "C-04", "test/0.toml: layer.valid_to"),
        (HEAD + "[value]\nname = 1", "C-04", "test/0.toml: value"),
        (entry("no_such_thing"), "C-02", "test/0.toml: value[0](no_such_thing).name"),
        (entry(body='value = 2\nunit = "套"\nnote = "x"'), "C-02",
         "test/0.toml: value[0](house_max).note"),
        (entry(body='value = 2\nunit = "间"'), "C-04", "test/0.toml: value[0](house_max).unit"),
        (entry(body="value = 2"), "C-04", "test/0.toml: value[0](house_max).unit"),
        (entry(body='value = "2"\nunit = "套"'), "C-04",
         "test/0.toml: value[0](house_max).value"),
        (entry(body='value = 2\nunit = "套"\narea = "urban"'), "C-04",
         "test/0.toml: value[0](house_max).area"),
        (entry(body='unit = "套"'), "C-03", "test/0.toml: value[0](house_max)"),
        (entry(body='value = 2\nnone = true\nunit = "套"'), "C-03",
         "test/0.toml: value[0](house_max)"),
        (entry(body='none = true\nunit = "套"'), "C-04", "test/0.toml: value[0](house_max).none"),
        (entry(body='county_must_supply = false\nunit = "套"'), "C-04",
         "test/0.toml: value[0](house_max).county_must_supply"),
        (entry(body='value = 2\nunit = "套"\nwindow_months = 12'), "C-04",
         "test/0.toml: value[0](house_max).window_months"),
        (entry("rigid_ratio_min", 'value = 0.6\nunit = "占收入的比例"\nwindow_months = 5'), "C-04",
         "test/0.toml: value[0](rigid_ratio_min).window_months"),
        (entry(body='value = 2\nunit = "套"\nvalid_to = 2021-06-30'), "C-04",
         "test/0.toml: value[0](house_max).valid_to"),
        (entry().replace('document = "示例文件"\n', ""), "C-03",
         "test/0.toml: value[0](house_max).document"),
        (entry().replace('clause = "一"\n', ""), "C-03", "test/0.toml: value[0](house_max).clause"),
        (entry().replace('source = "示例"\n', ""), "C-03",
         "test/0.toml: value[0](house_max).source"),
        (entry().replace('"sample"', '"sure"'), "C-04",
         "test/0.toml: value[0](house_max).evidence"),
        (entry() + value_toml("house_max", 'value = 3\nunit = "套"'), "C-08",
         "test/0.toml: value(house_max).valid_from"),
        (HEAD + value_toml("dibao_standard", STANDARD)
         + value_toml("dibao_standard", 'value = 900\nunit = "元/月"'), "C-08",
         "test/0.toml: value(dibao_standard).valid_from"),
        (HEAD + '[[income]]\nkinds = []\ntreatment = "counted"\n' + CITED, "C-04",
         "test/0.toml: income[0].kinds"),
        (HEAD + '[[income]]\nkinds = ["lottery"]\ntreatment = "counted"\n' + CITED, "C-04",
         "test/0.toml: income[0].kinds[0]"),
        (HEAD + '[[income]]\nkinds = ["wage"]\ntreatment = "deducted"\n' + CITED, "C-04",
         "test/0.toml: income[0].treatment"),
        (HEAD + ('[[income]]\nkinds = ["wage"]\ntreatment = "counted"\n' + CITED) * 2, "C-08",
         "test/0.toml: income(wage).valid_from"),
        (HEAD + '[[family]]\nset = "x"\ncode = "y"\ncounts = "no"\ntext = "z"\n' + CITED, "C-04",
         "test/0.toml: family[0].counts"),
        (HEAD + '[[family]]\nset = "x"\ncode = "y"\ncounts = true\ntext = "z"\n'
         'relation = ["aunt"]\n' + CITED, "C-04", "test/0.toml: family[0].relation[0]"),
        (HEAD + '[[family]]\nset = "x"\ncode = "y"\ncounts = true\ntext = "z"\n'
         'monitored = "yes"\n' + CITED, "C-04", "test/0.toml: family[0].monitored"),
        (HEAD + '[[family]]\nset = "x"\ncode = "y"\ncounts = true\ntext = "z"\n'
         'ask = ""\n' + CITED, "C-04", "test/0.toml: family[0].ask"),
        (HEAD + '[[rung]]\nrung = "none"\n' + CITED, "C-04", "test/0.toml: rung[0].rung"),
        (HEAD + ('[[rung]]\nrung = "dibao"\n' + CITED) * 2, "C-08",
         "test/0.toml: rung(dibao).valid_from"),
        (HEAD + ('[[family]]\nset = "x"\ncode = "y"\ncounts = true\ntext = "z"\n' + CITED) * 2,
         "C-08", "test/0.toml: family(y).valid_from"),
        (HEAD + value_toml("grace_months_least", 'value = 12\nunit = "月"')
         + value_toml("grace_months_most", 'value = 6\nunit = "月"'), "C-08",
         "test/0.toml: value(grace_months_least)"),
        (entry("family_rule_set", 'value = ["no_such_set"]'), "C-08",
         "test/0.toml: value(family_rule_set)"),
        (HEAD.replace('over = "national"', 'over = "yunnan"'), "C-08", "test/0.toml: layer.over"),
        (HEAD.replace('over = "national"\n', ""), "C-08", "test/0.toml: layer.over"),
    ],
)  # fmt: skip
def test_a_layer_that_cannot_stand_is_refused_by_file_and_key(text, code, field):
    problem = refusal(text)

    assert (problem.code, problem.field) == (code, field)
    assert problem.what.startswith(f"{field}：")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dibao_standard", 'value = -1\nunit = "元/月"'),
        ("dibao_standard", 'value = 1.234\nunit = "元/月"'),
        ("dibao_standard", 'value = "壹仟"\nunit = "元/月"'),
        ("dibao_standard", 'value = true\nunit = "元/月"'),
        ("dibao_standard", 'value = inf\nunit = "元/月"'),
        ("marginal_multiple", 'value = 0.5\nunit = "倍低保标准"'),
        ("income_window_months", 'value = 5\nunit = "月"'),
        ("income_window_months", 'value = 13\nunit = "月"'),
        ("house_max", 'value = true\nunit = "套"'),
        ("house_max", 'value = 11\nunit = "套"'),
        ("vehicle_rule", 'value = "sometimes"'),
        ("vehicle_rule", "value = 1"),
        ("exit_suspended", 'value = "no"'),
        ("family_rule_set", "value = []"),
        ("family_rule_set", 'value = [""]'),
        ("family_rule_set", 'value = "national"'),
        ("visit_channels_allowed", 'value = ["home", "pigeon"]'),
        ("visit_period_by_tier", 'value = { low_income = "sometimes" }'),
        ("visit_period_by_tier", 'value = ["monthly"]'),
        ("review_frequency", 'value = { stable = 0 }\nunit = "月"'),
        ("review_frequency", 'value = { stabel = 12 }\nunit = "月"'),
        ("visit_period_by_tier", 'value = { everybody = "monthly" }'),
        ("grace_schedule", "value = [{ months = 3 }]"),
        ("grace_schedule", "value = [{ months = 3, percent = 101 }]"),
        ("grace_schedule", "value = [{ months = 3, percent = 50, note = 1 }]"),
        ("grace_schedule", "value = [3]"),
        ("single_person_groups", 'value = [{ code = "x" }]'),
        ("single_person_groups", 'value = [{ code = "x", levels = [5] }]'),
        ("single_person_groups", 'value = [{ code = "x", kinds = ["soul"], levels = [1] }]'),
        ("single_person_groups", "value = [{ levels = [1] }]"),
        ("single_person_groups", 'value = [{ code = "x", labour_loss = "yes" }]'),
        ("tekun_disability_groups", 'value = [{ code = "x", labour_loss = true }]'),
        ("job_cost_migrant", 'value = { amount = 500, back_at_work = 1 }\nunit = "元/月"'),
        ("amount_rounding", 'value = { mode = "up", step = 0, on = "household_total" }'),
        ("amount_rounding", 'value = { mode = "near", step = 1, on = "household_total" }'),
        ("amount_rounding", 'value = { mode = "up", step = 1, on = "each" }'),
        ("job_cost_first_employment", 'value = { amount = 600, months = 0 }\nunit = "元/月"'),
        ("job_cost_first_employment", 'value = { months = 12 }\nunit = "元/月"'),
        ("basic_pension_excluded_until", 'value = "2025-13-01"'),
        ("basic_pension_excluded_until", "value = 2025"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_the_reason(name, value):
    problem = refusal(entry(name, value))

    assert problem.code == "C-04"
    assert problem.field == f"test/0.toml: value[0]({name}).value"


def test_a_layer_too_large_is_refused():
    assert refusal("#" * (LARGEST + 1)).code == "C-01"


def test_a_layer_that_is_not_utf_8_is_refused():
    with pytest.raises(Refused) as caught:
        parse_pack([("x", b"\xff\xfe")])

    assert caught.value.code == "C-01"


@pytest.mark.parametrize("files", [[], [("x", b"")] * 41])
def test_a_pack_has_some_layers_and_not_too_many(files):
    with pytest.raises(Refused) as caught:
        parse_pack(files)

    assert caught.value.field == "layers"


def test_a_file_may_not_come_twice():
    with pytest.raises(Refused) as caught:
        parse_pack((*national().files, *national().files))

    assert caught.value.code == "C-08"


def test_a_pack_must_speak_for_every_parameter():
    (name, data), *rest = national().files
    without = data.replace(b'name = "emergency_decide_hours"', b'name = "house_max"').replace(
        '72\nunit = "小时"'.encode(),
        '1\nunit = "套"\nvalid_from = 2010-01-01\nvalid_to = 2010-01-02'.encode(),
    )

    with pytest.raises(Refused) as caught:
        parse_pack([(name, without), *rest])

    assert (caught.value.code, caught.value.field) == ("C-08", "national: emergency_decide_hours")


@pytest.mark.parametrize(
    ("window", "covered"),
    [
        ("valid_from = 2021-07-01\nvalid_to = 2025-12-31", False),
        ("valid_from = 2022-01-01", False),
        ("valid_from = 2021-01-01", True),
    ],
)
def test_every_kind_of_income_has_a_treatment_on_every_day(window, covered):
    before, (name, data) = national().files
    dated = data.replace(b'  "assessed",\n]', b'  "assessed",\n]\n' + window.encode())

    if covered:
        assert parse_pack([before, (name, dated)])
    else:
        with pytest.raises(Refused) as caught:
            parse_pack([before, (name, dated)])
        assert caught.value.field == "national: income(assessed)"


@pytest.mark.parametrize(
    ("first", "second", "covered"),
    [("2025-12-31", "2026-01-01", True), ("2025-12-31", "2026-01-02", False)],
)
def test_treatments_may_follow_one_another_without_a_gap(first, second, covered):
    assessed = '[[income]]\nkinds = ["assessed"]\ntreatment = "{}"\n' + CITED
    body = (
        assessed.format("counted") + f"valid_from = 2021-07-01\nvalid_to = {first}\n"
        + assessed.format("disregarded") + f"valid_from = {second}\n"
    )  # fmt: skip
    before, (name, data) = national().files
    text = data.decode()
    start = text.index('[[income]]\nkinds = [\n  "assessed"')
    end = text.index("[[", start + 2)
    files = [before, (name, (text[:start] + body + text[end:]).encode())]

    if covered:
        assert parse_pack(files)
    else:
        with pytest.raises(Refused):
            parse_pack(files)


def test_a_pack_that_ends_needs_no_treatment_after_its_end():
    starts = (b"valid_from = 2018-12-31\n", b"valid_from = 2021-07-01\n")
    ended = [
        (name, data.replace(start, start + b"valid_to = 2025-12-31\n", 1))
        for (name, data), start in zip(national().files, starts, strict=True)
    ]

    assert parse_pack(ended).valid_to == date(2025, 12, 31)


def test_a_bundle_carries_every_layer_and_means_the_same():
    pack = parse_bundle(bundle_of(practice()))

    assert (pack.id, pack.version, pack.sha256) == (
        practice().id,
        practice().version,
        practice().sha256,
    )


def bundle(**changes) -> bytes:
    """The practice bundle with some keys changed."""
    return json.dumps(json.loads(bundle_of(practice())) | changes).encode()


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        (b"{", "C-01", "bundle"),
        (b" " * (LARGEST_BUNDLE + 1), "C-01", "bundle"),
        (bundle(extra=1), "C-02", "extra"),
        (bundle(format="xieli-pack/2"), "C-04", "format"),
        (bundle(format=None), "C-03", "format"),
        (bundle(layers={}), "C-04", "layers"),
        (bundle(layers=[]), "C-08", "layers"),
        (bundle(layers=[{"name": "x", "toml": "", "more": 1}]), "C-02", "layers[0].more"),
        (bundle(layers=[{"name": "x"}]), "C-03", "layers[0].toml"),
        (bundle(layers=[{"name": "x", "toml": 1}]), "C-04", "layers[0].toml"),
        (bundle(layers=[{"name": "x", "toml": "\ud800"}]), "C-04", "layers[0].toml"),
        (bundle(id="other"), "C-08", "id"),
        (bundle(version="9"), "C-08", "version"),
        (bundle(valid_from="2020-01-01"), "C-08", "valid_from"),
        (bundle(version=None), "C-03", "version"),
    ],
)
def test_a_bundle_that_cannot_stand_is_refused(data, code, field):
    with pytest.raises(Refused) as caught:
        parse_bundle(data)

    assert (caught.value.code, caught.value.field) == (code, field)
