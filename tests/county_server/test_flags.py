"""What the county looks at before and after an answer: R50 and R51, from its own list."""

from __future__ import annotations

import io
import json
from argparse import Namespace

import pytest

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from county_server import verbs
from county_server.__main__ import build_parser
from county_server.decisions import Decide
from county_server.flags import FlagKind, Flags
from county_server.packs import SHIPPED, read_layers
from tests.cases import value_toml

SILENT = {FlagKind.NO_FILING}


@pytest.fixture
def device(office):
    """A laptop with one household that applied and was sent up."""
    made = office.device()
    made.home = made.household()
    made.operation("person", "p-1", {"name": "覃兰英"}, subject=made.home)
    file_application(made, "a-1", "N-1")
    return made


def file_application(device, entity_id, number, **more):
    fields = {"household_id": device.home, "document_no": number, "status": "draft"} | more
    device.operation("application", entity_id, fields, subject=device.home)
    step(device, entity_id, "notice_clean", 1)
    old = {"status": "draft"}
    for status in ("submitted", "accepted", "investigating", "assessed", "notice_posted",
                   "sent_for_confirmation"):  # fmt: skip
        patch = {"status": status}
        device.operation("application", entity_id, patch, subject=device.home, old=old)
        old = patch


def step(device, application, event, number):
    fields = {"application_id": application, "event": event, "number": number}
    device.operation("application_step", f"s-{application}-{number}", fields, subject=device.home)


def declare(device, key="f-1", **more):
    fields = {"has_relative": False, "is_signed": True, "declared_on": "2026-03-01"} | more
    device.operation("staff_relative_filing", key, fields, subject=device.home)


def flagged(office):
    """Kinds by number."""
    return {one.document_no: set(one.kinds) for one in Flags(office.database, office.clock).list()}


def confirm(office):
    office.clock.advance(minutes=1)
    office.decisions.decide(
        Decide(
            application_id="a-1",
            status=ApplicationStatus.CONFIRMED,
            category=Category.DIBAO,
            benefit_month=Money.yuan(300),
        )
    )
    office.clock.advance(minutes=1)


def changed(device, name="覃小英"):
    patch, old = {"name": name}, {"name": "覃兰英"}
    device.operation("person", "p-1", patch, subject=device.home, old=old, base=1)


def test_a_household_nobody_asked_about_relatives_is_flagged(office, device):
    office.push(device)

    assert flagged(office) == {"N-1": SILENT}


@pytest.mark.parametrize(
    ("filing", "kinds"),
    [
        ({}, None),
        ({"is_signed": False}, {FlagKind.NO_FILING}),
        ({"has_relative": True}, {FlagKind.RELATIVE}),
        ({"has_relative": True, "is_signed": False}, {FlagKind.RELATIVE, FlagKind.NO_FILING}),
    ],
)
def test_the_declaration_has_to_be_signed_and_a_relative_is_named_to_the_county(
    office, device, filing, kinds
):
    declare(device, **filing)
    office.push(device)

    assert flagged(office).get("N-1") == kinds


def test_the_newest_declaration_counts(office, device):
    declare(device, is_signed=False, declared_on="2026-03-02")
    declare(device, key="f-0", declared_on="2026-02-01")
    office.push(device)

    assert flagged(office) == {"N-1": {FlagKind.NO_FILING}}


def test_a_declaration_of_another_household_is_none(office, device):
    first, device.home = device.home, device.household()
    declare(device)
    device.home = first
    office.push(device)

    assert flagged(office) == {"N-1": SILENT}


def test_a_draft_and_an_application_that_is_over_are_not_looked_at(office):
    device = office.device()
    device.home = device.household()
    fields = {"household_id": device.home, "document_no": "N-1", "status": "draft"}
    device.operation("application", "a-1", fields, subject=device.home)
    fields = {"household_id": device.home, "document_no": "N-2", "status": "draft"}
    device.operation("application", "a-2", fields, subject=device.home)
    left = {"status": "withdrawn"}
    device.operation("application", "a-2", left, subject=device.home, old={"status": "draft"})
    office.push(device)

    assert flagged(office) == {}


def test_a_county_whose_pack_does_not_ask_misses_nothing(office, device, tmp_path):
    office.push(device)
    text = (SHIPPED / "practice" / "2026-01-01_practice.toml").read_text("utf-8")
    path = tmp_path / "2026-01-01_practice.toml"
    path.write_text(text + value_toml("relative_filing_required", "value = false"), "utf-8")

    office.packs.publish(read_layers([path]))

    assert flagged(office) == {}


def test_a_fact_changed_after_it_was_sent_up_is_told_before_the_answer(office, device):
    declare(device)
    office.push(device)
    assert flagged(office) == {}

    changed(device)
    office.push(device)

    assert flagged(office) == {"N-1": {FlagKind.CHANGED}}


def test_the_same_batch_may_bring_the_sending_and_the_change(office, device):
    declare(device)
    changed(device)
    office.push(device)

    assert flagged(office) == {"N-1": {FlagKind.CHANGED}}


def test_what_was_sent_again_is_what_stands_there(office, device):
    declare(device)
    changed(device)
    step(device, "a-1", "resend", 2)
    office.push(device)

    assert flagged(office) == {}


def test_a_visit_or_a_telephone_of_the_house_is_no_fact_the_answer_rests_on(office, device):
    declare(device)
    device.visit(device.home)
    old = {"door": "12号"}
    device.operation("household", device.home, {"door": "13号"}, old=old, base=1)
    office.push(device)

    assert flagged(office) == {}


def test_a_change_that_comes_in_after_the_answer_asks_for_another(office, device):
    declare(device)
    office.push(device)
    confirm(office)
    assert flagged(office) == {}

    changed(device)
    office.push(device)

    assert flagged(office) == {"N-1": {FlagKind.OUTDATED}}


def test_what_came_before_the_answer_was_seen_by_who_gave_it(office, device):
    declare(device)
    changed(device)
    office.push(device)
    confirm(office)

    assert flagged(office) == {}


def test_another_laptop_s_change_after_the_sending_is_told_too(office, device):
    declare(device)
    office.push(device)
    office.clock.advance(minutes=1)
    other = office.device()
    other.home = device.home
    other.operation("income_item", "i-1", {"kind": "wage"}, subject=device.home)
    office.push(other)

    assert flagged(office) == {"N-1": {FlagKind.CHANGED}}


def test_a_change_the_county_did_not_take_changes_nothing(office, device):
    declare(device)
    office.push(device)
    device.operation("person", "p-1", {"id_number": "1"}, subject=device.home, base=1)
    receipt = office.push(device)
    assert [one.outcome for one in receipt.verdicts] == ["returned"]

    assert flagged(office) == {}


def test_the_list_names_numbers_and_no_people(office, device, monkeypatch):
    office.push(device)
    opened = (office.county, office.database, office.clock)
    monkeypatch.setattr(verbs, "open_county", lambda _args: opened)
    told = []
    for more in ([], ["--json"]):
        args: Namespace = build_parser().parse_args(["flags", "--data", "x", *more])
        out = io.StringIO()
        args.run(args, out)
        told.append(out.getvalue())

    assert told[0].splitlines()[1].startswith("  N-1（459901001001，报县确认）：没有近亲属备案")
    assert json.loads(told[1])[0]["kinds"] == ["no_filing"]
    assert "覃兰英" not in "".join(told)
