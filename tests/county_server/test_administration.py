"""The administrator's verbs, each as typed, and the database under them."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from app.crypto.envelope import new_signing_pair, parse_document
from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.rules.bundle import bundle_of, bundled_calendars, parse_bundle
from app.rules.pack import parse_pack
from app.services.policies import Policies
from app.sync.protocol import stick
from county_server import packs
from county_server.__main__ import main
from county_server.database import Database, sqlite_url
from county_server.decisions import Decide
from county_server.ledger import Ledger
from county_server.packs import read_layers
from county_server.tables import METADATA
from county_server.upgrade import upgrade


@pytest.fixture
def county(tmp_path, capsys):
    """A county made by `init`."""
    assert main(["init", "--data", str(tmp_path / "c"), "--id", "459901", "--practice"]) == 0
    capsys.readouterr()
    return tmp_path / "c"


def test_a_county_is_made_once_and_its_folder_is_private(county, capsys):
    again = main(["init", "--data", str(county), "--id", "459901"])

    assert again == 2
    assert "K-05" in capsys.readouterr().err
    assert county.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in county.glob("*.json")} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in county.glob("*.key")} == {0o600}


def test_an_invitation_names_the_fingerprint_to_read_aloud(county, tmp_path, capsys):
    file = tmp_path / "ticket.json"
    arguments = ["--officer", "王秀英", "--village", "459901001001=测试村"]

    status = main(
        [
            "invite",
            "--data",
            str(county),
            *arguments,
            "--url",
            "https://127.0.0.1:1",
            "-o",
            str(file),
        ]
    )

    body = parse_document(file.read_bytes()).body
    assert status == 0
    assert body["officer_name"] == "王秀英"
    assert len(capsys.readouterr().out.strip().splitlines()[-1].split("：")[1].split()) == 8


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["invite", "--officer", "甲", "--village", "1=x", "--url", "https://a",
          "-o", "x"], "K-09"),
        (["invite", "--officer", "甲", "--village", "459901001001=x", "--url", "http://a",
          "-o", "x"], "B-04"),
        (["invite", "--officer", "甲", "--village", "459901001001=x", "--url", "https://a",
          "--quota", "x", "-o", "x"], "M-01"),
        (["decide", "nothing", "--category", "dibao"], "K-12"),
        (["decide", "nothing"], "K-13"),
        (["decide", "nothing", "--result", "refused"], "K-13"),
        (["decide", "nothing", "--result", "returned", "--note", "改",
          "--comment", "household.phone=改"], "K-12"),
        (["decide", "nothing", "--result", "published"], "K-12"),
        (["revoke", "nobody"], "B-24"),
        (["take-usb", "/nowhere"], "K-16"),
        (["publish-pack", "/nowhere.json"], "K-04"),
        (["status", "--database", "nonsense"], "K-02"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence_and_status_2(county, capsys, arguments, code):
    verb, *rest = arguments

    status = main([verb, "--data", str(county), *rest])

    said = capsys.readouterr()
    assert status == 2
    assert code in said.err
    assert said.err.count("\n") == 1


def test_a_forged_batch_on_a_stick_ends_with_status_2_and_the_good_ones_are_in(
    office, tmp_path, capsys
):
    good, forger = office.device(), office.device()
    good.household()
    forger.household()
    forger.sign = new_signing_pair()
    out = tmp_path / "usb" / stick.TO_COUNTY
    out.mkdir(parents=True)
    (out / stick.batch_name(good.id, 0, 1)).write_bytes(good.batch())
    (out / stick.batch_name(forger.id, 0, 1)).write_bytes(forger.batch())

    status = main(["take-usb", "--data", str(tmp_path / "county"), str(tmp_path / "usb")])

    said = capsys.readouterr()
    assert status == 2
    assert "收下 1 份，没收 1 份" in said.out
    assert "B-05" in said.out
    assert said.err.count("\n") == 1
    assert "K-17" in said.err
    assert office.status()["operations"] == {"household": 1}


def test_a_stick_with_nothing_wrong_ends_with_status_0(office, tmp_path, capsys):
    device = office.device()
    device.household()
    out = tmp_path / "usb" / stick.TO_COUNTY
    out.mkdir(parents=True)
    (out / stick.batch_name(device.id, 0, 1)).write_bytes(device.batch())

    status = main(["take-usb", "--data", str(tmp_path / "county"), str(tmp_path / "usb")])

    assert status == 0
    assert "收下 1 份，没收 0 份" in capsys.readouterr().out


def test_a_folder_without_a_county_is_said_plainly(tmp_path, capsys):
    assert main(["status", "--data", str(tmp_path)]) == 2
    assert "K-04" in capsys.readouterr().err


def test_status_counts_for_people_and_for_programs(county, capsys):
    main(["status", "--data", str(county)])
    people = capsys.readouterr().out
    main(["status", "--data", str(county), "--json"])
    programs = json.loads(capsys.readouterr().out)

    assert "记录 0 份" in people
    assert programs["operations"] == {}


def test_a_published_pack_reaches_every_device_and_is_never_overwritten(office, tmp_path):
    device = office.device()
    pack = Policies().load("practice")
    office.packs.publish(pack.files)
    office.packs.publish(pack.files)

    entries = [e for page in office.pull(device) for e in page.entries]
    (told,) = [e for e in entries if e.entity == "policy_pack"]
    changed = parse_bundle(
        bundle_of(pack).replace(pack.title.encode(), (pack.title + "二").encode())
    )
    with pytest.raises(Refused) as refused:
        office.packs.publish(changed.files)

    assert told.body["sha256"] == pack.sha256
    assert parse_bundle(told.body["bundle"].encode()).sha256 == pack.sha256
    assert refused.value.code == "K-10"


COUNTY = re.search(
    r"```toml\n(# 459901.toml.*?)```",
    (Path(__file__).parents[2] / "docs/packs.md").read_text(encoding="utf-8"),
    re.DOTALL,
)[1]


@pytest.mark.parametrize("form", ["file", "folder"])
def test_a_countys_own_layer_is_published_with_the_region_below_it(county, tmp_path, capsys, form):
    folder = tmp_path / "459901"
    folder.mkdir()
    layer = folder / "459901.toml"
    layer.write_text(COUNTY, encoding="utf-8")

    status = main(["publish-pack", "--data", str(county), str(layer if form == "file" else folder)])

    said = capsys.readouterr().out
    files = read_layers([layer])
    assert status == 0
    assert "已发布政策包 459901 2026.1。" in said
    assert "还有 19 项没有给出" in said
    assert "paperwork_due_workdays" in said
    assert [name for name, _ in files][-1] == "459901.toml"
    assert (
        parse_pack(files).sha256
        == Policies().over_shipped([("459901.toml", COUNTY.encode())]).sha256
    )


NEXT_YEAR = (
    'year = 2027\ndocument = "示例"\nstatutory_days = 1\nconfidence = "示例"\n'
    'holidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]\nmake_up_workdays = []\n'
)
YEAR_AFTER = NEXT_YEAR.replace("2027", "2028").replace("01-01", "01-03")
"""Monday 3 January off; 1 and 2 January are a weekend."""


def years_told(office, device):
    """The years of the calendars in every pack the device is sent, entry by entry."""
    entries = [e for page in office.pull(device) for e in page.entries]
    return [
        list(bundled_calendars(e.body["bundle"].encode()))
        for e in entries
        if e.entity == "policy_pack"
    ]


def test_calendars_travel_with_the_pack_and_more_may_follow_under_its_version(office):
    device = office.device()
    files = Policies().load("practice").files
    one, later = ("2027.toml", NEXT_YEAR.encode()), ("2028.toml", YEAR_AFTER.encode())
    corrected = ("new.toml", NEXT_YEAR.replace("元旦", "新年").encode())

    office.packs.publish(files, [one])
    first = years_told(office, device)
    office.packs.publish(files, [one])
    office.packs.publish(files)
    again = years_told(office, device)
    office.packs.publish(files, [corrected, later])
    more = years_told(office, device)

    assert (first, again, more) == ([[2027]], [], [[2027, 2028]])


def test_a_pack_with_a_wrong_calendar_is_not_published(office):
    device = office.device()
    wrong = NEXT_YEAR.replace("statutory_days = 1", "statutory_days = 2").encode()

    with pytest.raises(Refused) as refused:
        office.packs.publish(Policies().load("practice").files, [("2027.toml", wrong)])

    assert refused.value.code == "C-10"
    assert years_told(office, device) == []


@pytest.mark.parametrize("form", ["folder", "option", "bundle"])
def test_calendars_are_taken_from_the_folder_the_option_or_the_bundle(
    county, tmp_path, capsys, form
):
    folder, calendar = tmp_path / "459901", tmp_path / "2027.toml"
    folder.mkdir()
    (folder / "459901.toml").write_text(COUNTY, encoding="utf-8")
    calendar.write_text(NEXT_YEAR, encoding="utf-8")
    typed = [str(folder)]
    if form == "folder":
        (folder / "calendars").mkdir()
        calendar.rename(folder / "calendars" / "2027.toml")
    elif form == "option":
        typed += ["--calendar", str(calendar)]
    else:
        bundle = tmp_path / "pack.json"
        pack = parse_pack(read_layers([folder]))
        bundle.write_bytes(bundle_of(pack, [("2027.toml", NEXT_YEAR.encode())]))
        typed = [str(bundle)]

    status = main(["publish-pack", "--data", str(county), *typed])

    assert status == 0
    assert "带上了 2027 年的工作日日历。" in capsys.readouterr().out


def test_a_layer_over_a_region_nobody_ships_is_not_published(county, tmp_path, capsys):
    layer = tmp_path / "459902.toml"
    layer.write_text(
        COUNTY.replace('"459901"', '"459902"').replace('"guangdong"', '"nowhere"'),
        encoding="utf-8",
    )

    status = main(["publish-pack", "--data", str(county), str(layer)])

    assert status == 2
    assert "C-07" in capsys.readouterr().err


def test_without_shipped_packs_a_layer_over_one_is_refused(tmp_path, monkeypatch):
    layer = tmp_path / "459901.toml"
    layer.write_text(COUNTY, encoding="utf-8")
    monkeypatch.setattr(packs, "SHIPPED", tmp_path / "nowhere")

    with pytest.raises(Refused) as refused:
        read_layers([layer])

    assert refused.value.code == "C-07"


def application(device, home):
    fields = {"document_no": "N-1", "household_id": home, "status": "submitted"}
    device.operation("application", "a-1", fields, subject=home)


def test_a_decision_is_taken_once_and_gives_the_household_its_benefit(office):
    device = office.device()
    application(device, device.household())
    office.push(device)
    wish = Decide(
        document_no="N-1",
        status=ApplicationStatus.CONFIRMED,
        category=Category.DIBAO,
        benefit_month=Money.parse("235.00"),
    )

    assert office.decisions.decide(wish) == "a-1"
    with pytest.raises(Refused) as again:
        office.decisions.decide(wish)

    told = {e.entity: e.body for page in office.pull(device) for e in page.entries}
    assert again.value.code == "K-14"
    assert told["application"]["decided_benefit_month_fen"] == 23_500
    assert told["application"]["decided_on"] == "2026-03-02"
    assert told["household"]["category"] == "dibao"


def test_only_who_was_refused_is_kept_in_view_and_the_refusal_stands(office):
    device = office.device()
    application(device, device.household())
    office.push(device)
    kept = Decide(document_no="N-1", status=ApplicationStatus.WATCHLISTED)

    with pytest.raises(Refused) as early:
        office.decisions.decide(kept)
    refusal = Decide(document_no="N-1", status=ApplicationStatus.REFUSED, note="超了一点")
    office.decisions.decide(refusal)
    office.decisions.decide(kept)
    with pytest.raises(Refused) as again:
        office.decisions.decide(kept)

    told = {e.entity: e.body for page in office.pull(device) for e in page.entries}
    assert (early.value.code, again.value.code) == ("K-19", "K-19")
    assert told["application"]["status"] == "watchlisted"
    assert told["application"]["decision_note"] == "超了一点"
    assert told["application"]["decided_on"] == "2026-03-02"


def test_a_returned_application_may_be_decided_later(office):
    device = office.device()
    application(device, device.household())
    office.push(device)
    returned = Decide(application_id="a-1", status=ApplicationStatus.RETURNED, note="缺证明")
    refused = Decide(application_id="a-1", status=ApplicationStatus.REFUSED, note="超标准")

    office.decisions.decide(returned)
    office.decisions.decide(refused)

    with office.database.read() as connection:
        body = Ledger(connection, office.clock.now()).get("application", "a-1").body
    assert (body["status"], body["decision_note"]) == ("refused", "超标准")


def schema(file: Path) -> list[str]:
    marks = str.maketrans({",": " ", '"': None})
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        found = sorted(
            " ".join(sorted(row[0].translate(marks).split()))
            for row in rows
            if "alembic_version" not in row[0]
        )
    connection.close()
    return found


def test_the_tables_and_the_migrations_describe_one_schema(tmp_path):
    migrated, created = tmp_path / "migrated.db", tmp_path / "created.db"
    upgrade(Database(sqlite_url(migrated)))
    database = Database(sqlite_url(created))
    with database.write() as connection:
        METADATA.create_all(connection)
    database.close()

    assert schema(migrated) == schema(created)


def test_upgrading_twice_changes_nothing_and_a_newer_database_is_refused(tmp_path):
    database = Database(sqlite_url(tmp_path / "county.db"))
    upgrade(database)
    before = schema(tmp_path / "county.db")
    upgrade(database)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(Refused) as refused:
        upgrade(database)

    assert schema(tmp_path / "county.db") == before
    assert refused.value.code == "K-08"
