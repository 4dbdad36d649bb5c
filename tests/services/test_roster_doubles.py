"""Who of a roster may be on record twice: told row by row, and nobody's number is there twice."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.ids import new_id
from app.domain.problem import Refused
from app.domain.roster_judging import judge_roster
from app.domain.roster_table import table_of
from app.services.roster_reading import read_rows
from app.services.rosters import ImportRoster, Rosters
from tests.fakes import NOON
from tests.roster_files import TODAY, id_number, person, workbook
from tests.storefile import household_of

BIRTH = TODAY.replace(year=TODAY.year - 40)


@pytest.fixture
def take(work, tmp_path):
    """Takes rows in as a file would be; what came of it."""
    numbers = count()

    def taken(*people):
        path = tmp_path / f"roster{next(numbers)}.xlsx"
        path.write_bytes(workbook(people))
        report = judge_roster(table_of(read_rows(path)), on=TODAY, fresh=lambda: new_id(NOON))
        assert report.problems == ()
        rosters = Rosters(work.households.add_roster, work.clock)
        return rosters.import_(ImportRoster(report=report))

    return taken


def lines(imported):
    return [str(one) for one in imported.warnings]


def test_a_roster_without_doubles_says_nothing(take):
    done = take(
        person(), person(户编号="2", 证件号码=id_number(serial=3), 姓名="韦大", 户主姓名="韦大")
    )

    assert (done.households, done.people, lines(done)) == (2, 2, [])


def test_a_household_whose_number_is_here_is_left_out_and_the_others_go_in(work, take):
    take(person())

    done = take(
        person(),
        person(户编号="2", 证件号码=id_number(serial=3), 姓名="韦大", 户主姓名="韦大"),
    )

    (line,) = lines(done)
    assert line.startswith("第 3 行 何有田：本机一组1号的何有田也是这个身份证号，这一户没有进来")
    assert (done.households, done.people) == (1, 1)
    assert len(work.households.lines()) == 2


def test_one_known_member_keeps_the_whole_household_out(work, take):
    take(person())

    head = person(户编号="2", 证件号码=id_number(serial=3), 姓名="韦大", 户主姓名="韦大")
    member = person(户编号="2", 与户主关系="其他", 户主姓名="韦大")
    last = person(户编号="3", 证件号码=id_number(serial=5), 姓名="陆三", 户主姓名="陆三")
    done = take(head, member, last)

    assert [one.row for one in done.warnings] == [4]
    assert sorted(one.head_name for one in work.households.lines()) == ["何有田", "陆三"]


def test_a_roster_that_is_all_here_is_refused(take, work):
    take(person())

    with pytest.raises(Refused) as caught:
        take(person())

    assert caught.value.code == "R-30"
    assert len(work.households.lines()) == 1


NUMBERLESS = {"证件类型": "没有证件", "证件号码": "", "出生日期": ""}


def test_a_household_without_any_number_does_not_go_in_twice(take, work):
    take(person(**NUMBERLESS))

    done = take(person(**NUMBERLESS), person(**NUMBERLESS, 户编号="2", 门牌="2号"))

    (line,) = lines(done)
    assert "同一个门牌已经有这个户主" in line
    assert (done.households, len(work.households.lines())) == (1, 2)


def test_a_number_where_there_was_none_is_another_matter(take, work):
    take(person(**NUMBERLESS))

    assert take(person(出生日期="")).households == 1


def test_a_number_of_somebody_who_left_the_village_is_told_as_that(work, take):
    take(person())
    (home,) = work.households.lines()
    (member,) = work.households.get(home.id).members
    gone = FamilyChange(
        household=home.id,
        kind=FamilyDeed.MOVE_OUT,
        on=date(2026, 3, 1),
        people=(member.person.id,),
        to_place="省城",
    )
    work.families.do(gone)

    done = take(
        person(), person(户编号="2", 证件号码=id_number(serial=3), 姓名="陆三", 户主姓名="陆三")
    )

    assert "现在不在村里一户的人也是这个身份证号" in lines(done)[0]


@pytest.mark.parametrize(
    ("name", "birth", "told"),
    [
        ("何有田", BIRTH, True),
        ("何有甜", BIRTH, True),
        ("何大田", BIRTH, False),
        ("何有田", date(1980, 1, 2), False),
    ],
)
def test_the_same_birthday_under_a_name_read_alike_goes_in_and_is_told(
    work, take, name, birth, told
):
    work.households.add_all([household_of(name, birth=birth, group="二组", door="7号")])

    done = take(person())

    assert (done.households, len(work.households.lines())) == (1, 2)
    assert [name in line and "二组7号" in line for line in lines(done)] == [True] * told


def test_a_double_within_the_roster_is_told_at_the_later_row(take):
    first = person()
    second = person(户编号="2", 证件号码=id_number(serial=3))

    done = take(first, second)

    (line,) = lines(done)
    assert line.startswith("第 4 行 何有田：和名册第 3 行的何有田同一天生")


def test_a_shared_telephone_is_told_once_for_a_household_and_never_within_it(work, take):
    home = household_of("陆大", group="二组", door="7号", phone="13900000001")
    work.households.add_all([home])
    shared = {"联系电话": "13900000001", "户编号": "2", "户主姓名": "韦大"}
    head = person(**shared, 姓名="韦大")
    member = person(**shared, 姓名="韦二", 证件号码=id_number(serial=3), 与户主关系="其他")

    done = take(head, member)

    (line,) = lines(done)
    assert line.startswith("第 3 行 韦大：本机二组7号的陆大家也是这个电话")


def test_neither_the_warnings_nor_their_holder_show_a_name_in_a_log(take):
    done = take(person(), person(户编号="2", 证件号码=id_number(serial=3)))

    assert "何有田" not in repr(done)
