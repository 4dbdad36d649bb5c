"""A pack from before a parameter or a kind of income existed still answers, by its own hash."""

from __future__ import annotations

import re

import pytest

from app.domain.households import IncomeKind
from app.domain.problem import Refused
from app.rules.bundle import bundle_of, parse_bundle
from app.rules.pack import pack_hash, parse_pack
from app.rules.parameters import CATALOGUE
from tests.cases import assessed, case_of, income, national, wage


def older(name: str, kind: str):
    """The files of the national pack as if nobody had ever heard of this value and this income."""
    found = []
    for file, data in national().files:
        entries = re.split(r"(?m)^(?=\[\[)", data.decode())
        text = "".join(entry for entry in entries if f'name = "{name}"' not in entry)
        found.append((file, re.sub(rf'\s*"{kind}",', "", text).encode()))
    return found


def test_it_is_completed_from_the_one_that_stands_by():
    files = older("near_line_percent", "charity")

    pack = parse_pack(files, national)

    assert pack.sha256 == pack_hash(files) != national().sha256
    assert pack.files == tuple(files)
    assert {entry.name for layer in pack.layers for entry in layer.values} == CATALOGUE.keys()
    treated = {kind for layer in pack.layers for one in layer.incomes for kind in one.kinds}
    assert treated == set(IncomeKind)


def test_its_answers_are_the_same_as_ever():
    case = case_of(incomes=[wage("990"), income("charity", "500")])
    pack = parse_pack(older("near_line_percent", "charity"), national)

    ours, theirs = assessed(case, pack), assessed(case)

    assert [(one.rung, one.outcome, one.benefit_month) for one in ours.rungs] == [
        (one.rung, one.outcome, one.benefit_month) for one in theirs.rungs
    ]
    assert ours.near == theirs.near


def test_alone_it_is_refused():
    with pytest.raises(Refused) as caught:
        parse_pack(older("near_line_percent", "charity"))

    assert caught.value.code == "C-08"


def test_a_whole_pack_asks_nobody_to_stand_by():
    def nobody():
        raise AssertionError("a whole pack needs no other")

    pack = parse_bundle(bundle_of(national()), nobody)

    assert pack.layers == national().layers
