"""A kept test comes out the same years later, from the very pack it used."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from app.domain.households import IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Hukou
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.local import KeptPackRow
from app.rules import facts as case
from app.rules.bundle import bundle_of
from app.rules.parameters import CATALOGUE
from app.services.ground_rules import GroundRules
from app.services.old_packs import OldPacks
from app.services.policies import Policies
from tests.cases import RESOURCES, national, practice
from tests.published import publish
from tests.storefile import household_of


class OtherPolicies(Policies):
    """A program that ships another pack under every name."""

    def load(self, pack_id: str):
        del pack_id
        files = [
            (name, data.replace(b"value = 6300", b"value = 6301"))
            for name, data in practice().files
        ]
        return self.parse(files)


@pytest.fixture
def household(work):
    made = household_of("覃兰英", "覃小雨", birth=date(1990, 1, 1), hukou=Hukou.LOCAL)
    work.households.add_all([made])
    return made


def interviewed(work, household, wage=300, **changes):
    """Facts after a whole interview, with parts of the household replaced."""
    facts = work.assessments.start(household.id)
    sums = (
        case.Income(
            member=facts.household.members[0].id,
            kind=IncomeKind.WAGE,
            amount=Money.yuan(wage),
            per=Per.MONTH,
        ),
    )
    known = {"incomes": sums, "expenses": (), "assets": (), "obligors": ()}
    return replace(facts, household=replace(facts.household, **known | changes))


def with_policies(work, policies):
    """The use cases of the next program on the same file."""
    return replace(work.assessments, rules=GroundRules(policies, work.clock))


def test_a_kept_test_recomputes_to_the_same_answer(work, household):
    kept = work.assessments.save(household.id, interviewed(work, household))
    work.clock.advance(days=400)

    again = work.assessments.recompute(kept)

    assert again.is_same, again.differing
    assert again.answer.on == date(2026, 3, 2)
    assert again.answer.benefit_month == again.record.benefit_month == Money.yuan(750)


def test_it_does_so_after_a_newer_standard_arrived(work, household):
    work.assessments = with_policies(work, Policies(RESOURCES))
    publish(work, practice())
    kept = work.assessments.save(household.id, interviewed(work, household))
    files = [(name, data.replace(b"6300", b"6600")) for name, data in practice().files]
    newer = Policies().parse([(n, d.replace(b'"2026.1"', b'"2026.2"')) for n, d in files])
    publish(work, newer)

    again = work.assessments.recompute(kept)

    assert again.is_same, again.differing
    assert again.answer.benefit_month == Money.yuan(750)
    later = work.assessments.save(household.id, interviewed(work, household))
    assert work.assessments.get(later).benefit_month == Money.yuan(800)
    with work.begin() as unit:  # what the county published needs no copy
        assert unit.local.kept_pack(practice().sha256) is None


def test_it_does_so_after_a_program_that_ships_another_pack(work, household):
    kept = work.assessments.save(household.id, interviewed(work, household))
    newer = with_policies(work, OtherPolicies())

    again = newer.recompute(kept)

    assert again.is_same, again.differing
    assert again.answer.pack_sha256 == practice().sha256
    with work.begin() as unit:
        assert GroundRules(OtherPolicies(), work.clock).pack(unit).sha256 != practice().sha256


def test_a_shipped_pack_is_kept_once_however_often_it_is_used(work, household):
    for wage in (300, 400, 500):
        work.assessments.save(household.id, interviewed(work, household, wage))

    with work.begin() as unit:
        kept = unit.connection.execute(
            select(func.count()).select_from(table_of(KeptPackRow))
        ).scalar_one()
    assert kept == 1


def test_without_its_pack_a_test_is_not_recomputed_from_another(work, household):
    kept = work.assessments.save(household.id, interviewed(work, household))
    with work.begin() as unit:
        unit.connection.exec_driver_sql("DELETE FROM kept_pack")
        unit.commit()

    with pytest.raises(Refused) as caught:
        with_policies(work, OtherPolicies()).recompute(kept)

    assert caught.value.code == "C-22"


def test_a_pack_still_shipped_needs_no_copy(work):
    shelf = OldPacks(Policies(RESOURCES))

    with work.begin() as unit:
        assert shelf.find(unit, national().sha256).sha256 == national().sha256
        assert shelf.find(unit, "0" * 64) is None


def test_what_a_program_says_otherwise_is_named(work, household):
    kept = work.assessments.save(household.id, interviewed(work, household))
    record = work.assessments.get(kept)
    answer = json.loads(record.answer)
    answer["benefit_month"] = "751.00"
    answer["rungs"][1]["reasons"] = [{"text": "以前这样写", "basis": "旧"}]
    tampered = {"answer": answer}
    with work.begin() as unit:
        unit.change(
            kind="assessment.made",
            entity="assessment",
            entity_id=kept,
            subject=household.id,
            fields=tampered,
        )
        unit.commit()

    again = work.assessments.recompute(kept)

    assert not again.is_same
    assert again.differing == ("rungs", "benefit_month")


def test_what_a_program_says_beyond_the_kept_answer_is_no_difference(work, household):
    kept = work.assessments.save(household.id, interviewed(work, household))
    answer = json.loads(work.assessments.get(kept).answer)
    del answer["near"]
    for rung in answer["rungs"]:
        del rung["benefit_lines"]
    with work.begin() as unit:
        unit.change(
            kind="assessment.made",
            entity="assessment",
            entity_id=kept,
            subject=household.id,
            fields={"answer": answer},
        )
        unit.commit()

    assert work.assessments.recompute(kept).is_same


def test_a_pack_from_before_a_parameter_existed_is_completed_from_the_shipped_one():
    """Its hash stays that of its own files, so that tests still find it."""
    files = [(name, _without(data, "near_line_percent")) for name, data in national().files]
    text = {
        "format": "xieli-pack/1",
        "id": "national",
        "version": national().version,
        "valid_from": national().valid_from.isoformat(),
        "layers": [{"name": name, "toml": data.decode()} for name, data in files],
    }
    bundle = json.dumps(text).encode()
    policies = Policies(RESOURCES)

    with pytest.raises(Refused, match="near_line_percent"):
        policies.from_bundle(bundle)
    pack = policies.received(bundle)

    assert pack.sha256 != national().sha256
    assert dict(pack.files) == dict(files)
    names = {entry.name for layer in pack.layers for entry in layer.values}
    assert names == CATALOGUE.keys()


def _without(data: bytes, name: str) -> bytes:
    """A layer but for one value."""
    entries = re.split(r"(?m)^(?=\[\[)", data.decode())
    return "".join(entry for entry in entries if f'name = "{name}"' not in entry).encode()


def test_a_pack_for_a_later_program_leaves_the_one_before_in_force(work, household):
    del household
    bundle = bundle_of(practice()).decode()
    later = bundle.replace("near_line_percent", "never_heard_of_it")
    rules = GroundRules(Policies(RESOURCES), work.clock)

    publish(work, practice())
    publish(work, practice(), bundle=later, pack_version="2027.1", sha256="f" * 64)

    with work.begin() as unit:
        assert rules.pack(unit).sha256 == practice().sha256
        assert "升级程序" in rules.pack_notice(unit)
