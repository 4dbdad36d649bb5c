"""Column layouts: what a county's own file may say, and both ways it is used."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.column_layout import LayoutUse, in_our_words
from app.domain.exporting import ExportBook
from app.domain.masking import Mask
from app.domain.money import Money
from app.domain.problem import Refused
from app.services.column_layouts import SHIPPED, ColumnLayouts, fields_of, parse_layout
from app.services.fund import ReserveFunds
from app.services.rosters import Rosters, read_roster
from tests.architecture.source import ROOT
from tests.casework import TODAY as VISIT_DAY
from tests.casework import payment, visit
from tests.exporting import cells, order
from tests.fakes import StoppedClock
from tests.roster_files import HEADINGS, TODAY, person, workbook
from tests.storefile import household_of

OURS = frozenset(HEADINGS)
ROSTER = parse_layout("r.toml", (SHIPPED / "example-roster.toml").read_bytes())
THEIRS = [column.heading for column in ROSTER.columns]


def layout(text: str, *, use: str = "visits", head: str = "") -> bytes:
    return (
        f'[layout]\nid = "a"\ntitle = "甲"\nuse = "{use}"\nsource = "某县文件"\n{head}\n{text}'
    ).encode()


def in_their_words(**cells: str) -> dict[str, str]:
    """`person`, as the example's county writes it."""
    row = person(**cells)
    return {one.heading: one.theirs(row[one.field]) for one in ROSTER.columns if one.field in row}


def test_every_shipped_layout_can_be_used():
    found = ColumnLayouts().found()

    assert found.problems == ()
    assert {one.id for one in found.layouts} == {"example-roster", "example-visits"}


def test_a_roster_in_another_county_s_columns_is_read_as_if_it_had_ours(tmp_path: Path):
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    ours.write_bytes(workbook([person()]))
    theirs.write_bytes(workbook([in_their_words()], headings=THEIRS))

    expected = read_roster(ours, on=TODAY)
    report = read_roster(theirs, on=TODAY, layouts=[ROSTER])

    assert report.problems == ()
    (home,) = report.households
    (usual,) = expected.households
    assert home.household.category is usual.household.category
    assert home.household.benefit_month == usual.household.benefit_month
    assert [m.person.id_number for m in home.household.members] == [
        m.person.id_number for m in usual.household.members
    ]


def test_what_a_county_leaves_out_is_filled_with_what_its_layout_says(tmp_path: Path):
    left = [heading for heading in THEIRS if heading not in {"证件种类", "城乡类型"}]
    path = tmp_path / "theirs.xlsx"
    path.write_bytes(workbook([in_their_words()], headings=left))

    report = read_roster(path, on=TODAY, layouts=[ROSTER])

    assert report.problems == ()


def test_the_program_reads_rosters_by_the_layouts_there_are(tmp_path: Path):
    path = tmp_path / "theirs.xlsx"
    path.write_bytes(workbook([in_their_words()], headings=THEIRS))
    rosters = Rosters(lambda _households: None, StoppedClock())

    assert rosters.read(path).problems == ()


def test_a_roster_in_our_columns_is_never_taken_for_somebody_else_s():
    """Not even by a layout that has some of our headings and means something else by them."""
    rows = [(1, list(HEADINGS)), (2, ["1"] * len(HEADINGS))]
    turned = parse_layout(
        "x.toml",
        layout(
            "".join(
                f'[[column]]\nheading = "{theirs}"\nfield = "{ours}"\n'
                for theirs, ours in (("姓名", "民族"), ("民族", "性别"), ("性别", "姓名"))
            ),
            use="roster",
        ),
    )

    assert in_our_words(rows, [ROSTER, turned], OURS) == rows


def test_a_roster_nobody_knows_names_the_layout_that_is_wrong(tmp_path: Path):
    path, folder = tmp_path / "theirs.xlsx", tmp_path / "layouts"
    folder.mkdir()
    (folder / "甲县.toml").write_bytes(layout("", use="roster"))
    path.write_bytes(workbook([in_their_words()], headings=THEIRS))
    rosters = Rosters(lambda _households: None, StoppedClock(), ColumnLayouts((folder,)))

    with pytest.raises(Refused) as caught:
        rosters.read(path)

    assert caught.value.what.startswith("甲县.toml")


def test_a_county_s_own_folder_adds_layouts_without_a_line_of_code(tmp_path: Path):
    (tmp_path / "甲县.toml").write_bytes(layout('[[column]]\nheading = "户 主"\nfield = "head"\n'))
    layouts = ColumnLayouts((SHIPPED, tmp_path))

    one = layouts.get("a", LayoutUse.VISITS)

    assert [column.heading for column in one.columns] == ["户主"]


def test_a_number_nobody_can_read_is_a_broken_file_like_any_other(tmp_path: Path):
    (tmp_path / "坏.toml").write_bytes(b"id = " + b"9" * 5000)

    (problem,) = ColumnLayouts((tmp_path,)).found().problems

    assert problem.code == "E-11"


def test_a_broken_file_says_where_and_why_and_keeps_nobody_else_from_working(tmp_path: Path):
    (tmp_path / "坏.toml").write_bytes(layout('[[column]]\nheading = "户主"\nfield = "hade"\n'))
    (tmp_path / "好.toml").write_bytes(layout('[[column]]\nheading = "户主"\nfield = "head"\n'))

    found = ColumnLayouts((tmp_path,)).found()

    assert [one.id for one in found.layouts] == ["a"]
    (problem,) = found.problems
    assert problem.code == "E-11"
    assert problem.what.startswith("坏.toml: column[0].field：没有这一项")
    assert "head" in problem.what


GOOD = '[[column]]\nheading = "户主"\nfield = "head"\n'


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"\xff\xfe", "x.toml"),
        (b"[layout", "x.toml"),
        (b"#" * (64 * 1024 + 1), "x.toml"),
        (b"", "x.toml: layout"),
        (layout(""), "x.toml: column"),
        (layout(GOOD, use="persons"), "x.toml: layout.use"),
        (layout(GOOD, head='colour = "red"'), "x.toml: layout.colour"),
        (layout(GOOD + 'colour = "red"'), "x.toml: column[0].colour"),
        (layout(GOOD + "width = 1000"), "x.toml: column[0].width"),
        (layout('[[column]]\nfield = "head"\n'), "x.toml: column[0].heading"),
        (layout('[[column]]\nheading = "备注"\n'), "x.toml: column"),
        (layout(GOOD + GOOD), "x.toml: column[1].heading"),
        (layout(GOOD + GOOD.replace("户主", "姓名")), "x.toml: column[1].field"),
        (
            layout(GOOD + '[[column]]\nheading = "备注"\nwords = {a = "b"}'),
            "x.toml: column[1].words",
        ),
        (
            layout('[[column]]\nheading = "见面"\nfield = "met"\nwords = {"是" = "本人"}'),
            "x.toml: column[0].words",
        ),
        (layout('[[column]]\nheading = "户主"\nfield = "姓名"\n'), "x.toml: column[0].field"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_place(data: bytes, at: str):
    with pytest.raises(Refused) as caught:
        parse_layout("x.toml", data)

    assert caught.value.field == at


def test_two_files_with_one_id_are_told(tmp_path: Path):
    for name in ("1.toml", "2.toml"):
        (tmp_path / name).write_bytes(layout(GOOD))

    found = ColumnLayouts((tmp_path,)).found()

    assert len(found.layouts) == 1
    assert found.problems[0].what.startswith("2.toml: layout.id")


def test_an_export_in_a_county_s_columns_needs_no_typing_again(work, tmp_path: Path):
    made = household_of("覃兰英")
    work.households.add_all([made])
    work.visits.record(visit(made))
    path = tmp_path / "x.xlsx"

    work.exports.visits(
        VISIT_DAY, VISIT_DAY, Mask.MIDDLE_8, path, reason="月报", layout="example-visits"
    )

    heads, row, *rest = load_workbook(path).active.iter_rows(values_only=True)
    shipped = ColumnLayouts().get("example-visits", LayoutUse.VISITS)
    assert heads == tuple(column.heading for column in shipped.columns)
    assert rest == []
    said = dict(zip(heads, row, strict=True))
    assert said["是否见面"] == "是"
    assert said["走访方式"] == "入户"
    assert said["填表单位"] == "村委会"
    assert said["备注"] is None


FUND = """
[layout]
id = "fund"
title = "县备用金表"
use = "fund"
source = "示例"

[[column]]
heading = "花了多少"
field = "went"

[[column]]
heading = "手续"
field = "papers"
fixed = "不用补"
words = { "还差" = "待补手续" }

[[column]]
heading = "哪天"
field = "day"

[[column]]
heading = "来了多少"
field = "came"
words = { "一千" = "¥1,000.00" }
"""


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_county_s_table_of_the_fund_has_its_rows_and_nothing_else(work, tmp_path, ending):
    (tmp_path / "fund.toml").write_text(FUND, "utf-8")
    home = household_of("覃兰英")
    work.households.add_all([home])
    ReserveFunds(work.begin, work.clock).put_in(Money.yuan(1000), VISIT_DAY)
    work.relief.pay(payment(home, amount=Money.yuan(300)))
    exports = replace(work.exports, column_layouts=ColumnLayouts((tmp_path,)))
    path = tmp_path / f"x{ending}"

    exports.write(order(path, ExportBook.FUND, layout="fund"))

    data = path.read_bytes()
    heads = ["花了多少", "手续", "哪天", "来了多少"]
    if ending == ".csv":
        found = list(csv.reader(data.decode("utf-8-sig").splitlines()))
        rows = [["", "不用补", "3月2日", "一千"], ["300.00", "还差", "3月2日", ""]]
    else:
        found = cells(data)
        rows = [[None, "不用补", "3月2日", "一千"], [300, "还差", "3月2日", None]]
    assert found == [heads, *rows]


def test_a_column_that_may_not_be_seen_is_there_and_empty(work, tmp_path: Path):
    made = household_of("覃兰英")
    work.households.add_all([made])
    work.visits.record(visit(made))
    path = tmp_path / "x.xlsx"

    work.exports.visits(VISIT_DAY, VISIT_DAY, Mask.NONE, path, layout="example-visits")

    sheet = load_workbook(path).active
    assert sheet["C1"].value == "身份证号码"
    assert sheet["C2"].value is None


def test_a_layout_that_is_gone_is_said_before_anything_is_written(work, tmp_path: Path):
    made = household_of("覃兰英")
    work.households.add_all([made])
    work.visits.record(visit(made))

    with pytest.raises(Refused) as caught:
        work.exports.visits(VISIT_DAY, VISIT_DAY, Mask.NONE, tmp_path / "x.csv", layout="没有")

    assert caught.value.code == "E-12"
    assert not (tmp_path / "x.csv").exists()


def test_the_worked_example_of_the_docs_is_a_layout_and_every_field_is_listed():
    page = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.S)

    assert parse_layout("docs", example.encode()).use is LayoutUse.VISITS
    for use in (LayoutUse.VISITS, LayoutUse.FUND, LayoutUse.WATCHED):
        assert all(f"`{field}`" in page for field in fields_of(use))
