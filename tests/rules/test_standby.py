"""A pack written before a parameter existed: another pack speaks for what nobody asked then."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.domain.households import Area, IncomeKind
from app.domain.problem import Refused
from app.rules.pack import parse_pack
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from tests.cases import national

ON = date(2026, 3, 2)
ENTRY = re.compile(rb"(?ms)^\[\[(\w+)\]\]\n.*?(?=^\[|\Z)")
LATER = b"valid_from = 2026-06-01\n"
AN_INCOME = IncomeKind.ORPHAN_ALLOWANCE


def without(*names, kind=None):
    """The national files as if nobody had ever asked for these parameters, or this income."""

    def _kept(found):
        entry = found[0]
        if any(b'name = "%s"\n' % name.encode() in entry for name in names):
            return b""
        return entry if kind is None else re.sub(rb'"%s",? ?' % kind.encode(), b"", entry)

    return tuple((name, ENTRY.sub(_kept, data)) for name, data in national().files)


def test_what_an_old_pack_is_silent_about_is_as_in_the_one_standing_by():
    old = without("single_person_more_groups", "near_line_percent")

    pack = parse_pack(old, national)

    found = terms_of(pack, ON).find(CATALOGUE["near_line_percent"])
    assert found.value == terms_of(national(), ON).find(CATALOGUE["near_line_percent"]).value
    assert pack.files == old
    assert pack.sha256 != national().sha256


def test_so_is_an_income_it_does_not_treat():
    pack = parse_pack(without(kind=AN_INCOME.value), national)

    treated = terms_of(pack, ON).incomes[AN_INCOME]
    assert treated[0] is terms_of(national(), ON).incomes[AN_INCOME][0]


def test_what_it_does_say_stands():
    files = without("near_line_percent")
    said = [(name, data.replace(b"value = 1.5\n", b"value = 1.6\n")) for name, data in files]

    pack = parse_pack(said, national)

    multiple = CATALOGUE["marginal_multiple"]
    assert float(terms_of(pack, ON).find(multiple, Area.RURAL).value) == 1.6


def test_a_day_it_says_nothing_about_is_not_filled_in():
    files = [
        (name, data.replace(b'name = "near_line_percent"', LATER + b'name = "near_line_percent"'))
        for name, data in without("single_person_more_groups")
    ]

    pack = parse_pack(files, national)

    assert terms_of(pack, ON).find(CATALOGUE["near_line_percent"]) is None


def test_nor_is_a_day_on_which_it_forgot_an_income():
    beside = b'"disability_subsidy"'

    def _begins_later(found):
        entry = found[0]
        return entry.replace(b"2018-12-31", b"2019-03-01") if beside in entry else entry

    files = [(name, ENTRY.sub(_begins_later, data)) for name, data in without(kind=AN_INCOME.value)]

    with pytest.raises(Refused) as caught:
        parse_pack(files, national)

    assert "income(disability_subsidy)" in str(caught.value)


def test_a_whole_pack_leaves_the_one_standing_by_alone():
    def nobody():
        raise AssertionError("asked for nothing")

    pack = parse_pack(national().files, nobody)

    assert (pack.layers, pack.sha256) == (national().layers, national().sha256)


def test_without_one_standing_by_an_old_pack_is_refused():
    with pytest.raises(Refused) as caught:
        parse_pack(without("near_line_percent"))

    assert "near_line_percent" in str(caught.value)


def test_a_deduction_is_said_once_for_any_day():
    rule = (
        '[[deduction]]\ncode = "a"\ntext = "扣"\napplies_to = "person"\nkind = "flat"\n'
        'value = 1\ndocument = "d"\nclause = "c"\nsource = "s"\nevidence = "sample"\n'
    )
    head = (
        '[layer]\nid = "t"\nover = "national"\ntitle = "试"\nversion = "1"\n'
        "valid_from = 2022-01-01\n"
    )

    with pytest.raises(Refused) as caught:
        parse_pack((*national().files, ("t/1.toml", (head + rule + rule).encode())))

    assert "deduction(a)" in str(caught.value)
