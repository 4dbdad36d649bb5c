"""Between village and county besides cases: comparison lists come down, reports go up."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.problem import Refused
from app.domain.referral_states import LeadEvent
from app.domain.referral_words import LeadSource
from app.domain.reports import VILLAGE as VILLAGE_AS_ONE
from app.domain.reports import Quarter
from app.domain.today import WorkKind
from app.services.referrals import Referrals
from app.services.reports import NewReport, Reports
from county_server.__main__ import build_parser
from county_server.authority import Returned
from county_server.comparing import Comparing, Sent, read_hits
from county_server.ledger import Ledger
from county_server.visiting import check_visiting
from tests.counties import VILLAGE
from tests.laptops import open_laptop
from tests.sync.test_today import Listing

NUMBER = "459901196003090019"
HEAD = "姓名,身份证号,村代码,情况\n"
BATCH = "2026年3月比对"
DAY = timedelta(days=1)


@pytest.fixture
def laptop(kept, clock, office, tmp_path):
    made = Listing(open_laptop(kept, clock).vault, clock)
    made.join(office, tmp_path)
    yield made
    made.vault.close()


def listed(tmp_path: Path, *lines: str, coding: str = "utf-8") -> Path:
    file = tmp_path / "hits.csv"
    file.write_bytes((HEAD + "".join(f"{line}\n" for line in lines)).encode(coding))
    return file


def comparing(office) -> Comparing:
    return Comparing(office.database, office.clock)


def rows(laptop):
    assert laptop.worklist.check() == []
    return [one for one in laptop.worklist.everything() if one.kind is WorkKind.LEAD]


def test_a_line_is_asked_about_answered_with_a_finding_and_counted(laptop, office, road, tmp_path):
    home = laptop.add_household("覃桂英", id_number=NUMBER)
    laptop.sync(road)
    due = office.clock.today() + 10 * DAY
    file = listed(
        tmp_path, f"覃桂英,{NUMBER},,名下有车，没有登记", f"过路人,,{VILLAGE.code},外地社保"
    )

    sent = comparing(office).send(file, BATCH, due)
    again = comparing(office).send(file, BATCH, due)
    laptop.sync(road)

    assert (sent, again) == (Sent(2, 0, ()), Sent(0, 2, ()))
    asked, stranger = sorted(rows(laptop), key=lambda one: one.household or "~")
    assert (asked.household, asked.due_on, asked.why) == (home.id, due, "名下有车，没有登记")
    assert BATCH in asked.rule
    assert (stranger.household, stranger.who) == (None, "过路人")

    referrals = Referrals(laptop.begin, laptop.clock)
    with pytest.raises(Refused) as caught:
        referrals.move_lead(asked.entity_id, LeadEvent.VERIFY)
    assert caught.value.code == "F-85"
    found = referrals.move_lead(asked.entity_id, LeadEvent.VERIFY, "车是女婿的，行驶证看过")
    assert (found.line.case.batch, found.line.case.source) == (BATCH, LeadSource.COMPARISON)
    tally = laptop.sync(road)

    assert tally.returned == 0
    (progress,) = comparing(office).progress()
    assert (progress.lines, progress.open, progress.late) == (2, 1, 0)
    office.clock.advance(days=11)
    assert comparing(office).progress()[0].late == 1


def test_a_report_goes_up_as_it_was_told(laptop, office, road):
    laptop.sync(road)
    reports = Reports(laptop.begin, laptop.clock, laptop.rules)
    today = laptop.clock.today()
    quarter = Quarter.of(today)
    new = NewReport(
        quarter=quarter, first=quarter.first, last=today, told_on=today, told_to="镇民政办"
    )
    told = reports.tell(new)

    tally = laptop.sync(road)

    assert tally.returned == tally.differing == 0
    with office.database.read() as connection:
        kept = Ledger(connection, office.clock.now()).get("village_report", told.id)
    assert (kept.subject, kept.village) == (VILLAGE_AS_ONE, VILLAGE.code)
    assert kept.body["figures"] == told.figures.as_fields()
    assert laptop.syncing.check() == []


def test_what_cannot_be_sent_is_named_by_its_row_and_nothing_goes(laptop, office, tmp_path):
    due = office.clock.today() + DAY
    file = listed(
        tmp_path,
        "覃桂英,459901196003090000,,名下有车",  # 表格软件弄坏的
        f"韦大山,,{VILLAGE.code},",
        "蒙大才,,459901999999,没有这个村",
        f"盘桂香,,{VILLAGE.code},可以发",
    )

    with pytest.raises(Refused) as caught:
        comparing(office).send(file, BATCH, due)
    assert caught.value.code == "K-95"
    assert "第 2 行" in caught.value.what
    assert not any(name in str(caught.value) for name in ("覃桂英", "韦大山", "蒙大才"))
    assert comparing(office).progress() == []

    sent = comparing(office).send(file, BATCH, due, skip_bad_rows=True)

    assert (sent.made, [row for row, _why in sent.left_out]) == (1, [2, 3, 4])


@pytest.mark.parametrize(("name", "days"), [("", 1), ("  ", 1), (BATCH, -1)])
def test_a_list_has_a_name_and_a_day_to_come(office, tmp_path, name, days):
    with pytest.raises(Refused) as caught:
        comparing(office).send(listed(tmp_path), name, office.clock.today() + days * DAY)

    assert caught.value.code == "K-94"


def test_a_file_of_a_chinese_spreadsheet_is_read_and_another_is_refused():
    (hit,) = read_hits((HEAD + "覃桂英,,1,名下有车\n,,,\n").encode("gb18030"))

    assert (hit.row, hit.name, hit.what) == (2, "覃桂英", "名下有车")
    with pytest.raises(Refused) as caught:
        read_hits("姓名,情况\n".encode())
    assert caught.value.code == "K-93"
    assert "身份证号、村代码" in caught.value.what


def test_a_village_does_not_write_lists_of_its_own():
    with pytest.raises(Returned) as returned:
        check_visiting("lead", None, {"status": "open", "batch": BATCH})

    assert returned.value.field == "batch"
    check_visiting("lead", None, {"status": "open", "batch": None})


def test_the_verbs_say_what_was_sent_and_how_far_it_has_come(laptop, office, tmp_path):
    file = listed(tmp_path, f"盘桂香,,{VILLAGE.code},没有纳入低保")
    out = io.StringIO()
    for said in (
        ["compare", str(file), "--name", BATCH, "--due", "2099-01-01"],
        ["comparisons"],
        ["comparisons", "--json"],
    ):
        args = build_parser().parse_args([*said, "--data", str(tmp_path / "county")])
        args.database = office.database.url
        args.run(args, out)

    assert "下发 1 条，以前发过 0 条，没发 0 行。" in out.getvalue()
    assert f"{BATCH}：1 条，核实 0 条，过了日子还没核实 0 条。" in out.getvalue()
    assert '"lines": 1' in out.getvalue()
