"""The roster that leaves: whole it is read back as it was, masked it says little."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import cycle

import pytest

from app.documents.visit_log import LogOptions
from app.domain import roster_columns as headings
from app.domain.column_layout import LayoutUse
from app.domain.exporting import ExportBook, Recipient
from app.domain.households import Household
from app.domain.masking import Mask
from app.domain.people import Education, Marriage
from app.practice.registry import AGES_ON
from app.practice.village import practice_village
from app.services.rosters import read_roster
from tests.casework import refusal
from tests.exporting import NUMBER, last_deed, order, village_of
from tests.locked_workbooks import opened


@pytest.fixture
def village(work):
    return village_of(work)


def persons_of(homes) -> dict[str | None, tuple[object, ...]]:
    return {
        one.person.id_number or one.person.name: (
            one.person.name,
            one.relation,
            one.person.birth,
            one.person.labour,
            one.person.phone,
            one.person.marriage,
            one.person.education,
            one.person.hukou_address,
            one.person.permit_no,
            one.person.resident_since,
            one.person.employer,
            one.person.disability_no,
            home.category,
            home.group_name,
            home.bank_account,
        )
        for home in homes
        for one in home.members
    }


REGISTERED = {
    "hukou_address": "练习县白石镇老街8号",
    "permit_no": "459902195803090042",
    "resident_since": 2019,
    "employer": "青石坳茶厂",
    "disability_no": "45990219580309004242B1",
}


def schooled(home: Household) -> Household:
    """With a marriage and a school told of everybody, all of them in turn."""
    members = tuple(
        replace(one, person=replace(one.person, marriage=married, education=school, **REGISTERED))
        for one, married, school in zip(
            home.members, cycle(Marriage), cycle(Education), strict=False
        )
    )
    return replace(home, members=members)


@pytest.mark.parametrize("layout", ["", "example-roster"])
def test_a_roster_handed_over_whole_is_read_back_without_a_word_typed(work, tmp_path, layout):
    village = practice_village(3, 12)
    homes = [schooled(each.household) for each in village.members]
    work.households.add_all(homes)
    path, opened_path = tmp_path / "x.xlsx", tmp_path / "open.xlsx"
    whole = LogOptions(mask=Mask.FULL, phone=True, health=True)

    report = work.exports.write(
        order(path, ExportBook.ROSTER, options=whole, layout=layout, recipient=Recipient.COUNTY)
    )
    opened_path.write_bytes(opened(path.read_bytes(), report.password))
    read = read_roster(opened_path, on=AGES_ON, layouts=work.exports.layouts().of(LayoutUse.ROSTER))

    assert report.persons == village.people
    assert read.problems == ()
    told = persons_of(one.household for one in read.households)
    kept = persons_of(homes)
    if layout:  # the county of the example does not ask for a card, for work or for an account
        assert {name: one[:3] for name, one in told.items()} == {
            name: one[:3] for name, one in kept.items()
        }
    else:
        assert told == kept


def test_a_masked_roster_says_who_lives_in_which_group_and_little_more(village, tmp_path):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.ROSTER))

    text = path.read_text("utf-8-sig")
    heads = text.splitlines()[0]
    assert "覃兰英" in text
    assert NUMBER not in text
    for hidden in (
        "出生日期",
        "门牌",
        "银行账号",
        "联系电话",
        "健康状况",
        "家庭财产",
        "婚姻状况",
        "文化程度",
        "人员状态",
        "户籍地址",
        "居住证号",
        "来本地居住年份",
        "残疾证号",
        "工作单位",
    ):
        assert hidden not in heads, hidden
    assert last_deed(village)[0] == "roster.exported"


@pytest.mark.parametrize(
    ("options", "number", "remark"),
    [
        (LogOptions(mask=Mask.NONE), False, True),
        (LogOptions(mask=Mask.ONLY_LAST_4, note=False), True, False),
    ],
)
def test_a_roster_leaves_out_what_was_not_asked_for(village, tmp_path, options, number, remark):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.ROSTER, options=options))

    heads = next(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert (headings.ID_NUMBER.heading in heads, headings.REMARK.heading in heads) == (
        number, remark,
    )  # fmt: skip


def test_a_masked_roster_without_a_place_names_no_group(village, tmp_path):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.ROSTER, options=LogOptions(place=False)))

    assert headings.GROUP.heading not in path.read_text("utf-8-sig").splitlines()[0]


def test_a_roster_has_no_form_and_hangs_on_no_board(village, tmp_path):
    pdf = order(tmp_path / "x.pdf", ExportBook.ROSTER)
    board = order(tmp_path / "x.csv", ExportBook.ROSTER, recipient=Recipient.NOTICE_BOARD)

    assert refusal(village.exports.write, pdf).code == "E-09"
    assert refusal(village.exports.write, board).code == "E-21"


def test_an_empty_village_has_no_roster(work, tmp_path):
    assert refusal(work.exports.write, order(tmp_path / "x.csv", ExportBook.ROSTER)).code == "E-08"
