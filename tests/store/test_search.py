"""Everybody is found by every way a name is said or a number remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from app.services.household_records import write_household
from app.services.households import Households
from app.store.search import fold, name_tokens, number_tokens, readings
from tests.storefile import household_of


@pytest.fixture
def households(begin, clock):
    return Households(begin, clock)


@pytest.mark.parametrize(
    "typed",
    [
        "覃兰英",
        "兰英",
        "英",
        "qinlanying",
        "tanlanying",
        "lanying",
        "qly",
        "tly",
        "ly",
        "QLY",
        "q l y",
    ],
)
def test_a_name_is_found_by_any_part_in_writing_pinyin_or_initials(households, typed):
    household = household_of("覃兰英")
    households.add_all([household_of("李桂芳", door="1号"), household])

    assert [line.id for line in households.find(typed)] == [household.id]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "shan"), ("单雄信", "dan"), ("仇和", "qiu"), ("仇和", "chou"), ("曾国", "zeng"),
        ("解缙", "xie"), ("解缙", "jie"), ("查良", "zha"), ("查良", "cha"), ("区元", "ou"),
        ("区元", "qu"), ("朴正", "piao"), ("朴正", "pu"), ("侬智", "nong"), ("闵行", "min"),
        ("瞿秋", "qu"), ("盖文", "ge"), ("盖文", "gai"), ("任长", "ren"), ("任长", "rc"),
        ("仇和", "ch"), ("单雄信", "sxx"), ("单雄信", "dxx"), ("曾国", "ceng"), ("尉迟", "yuchi"),
        ("黑玉成", "he"), ("黑玉成", "hei"), ("费长房", "bi"), ("费长房", "fei"),
        ("难大山", "ning"), ("难大山", "nds"), ("厘小妹", "xi"), ("厘小妹", "lxm"),
        ("召存信", "zhao"), ("召存信", "shao"), ("吕布", "lü"), ("吕布", "lv"), ("吕布", "lu"),
        ("吕布", "lubu"), ("小女", "nu"),
        ("小女", "xiaonu"), ("小女", "nv"), ("谌龙", "shen"), ("谌龙", "chenlong"),
        ("覃和行", "tanhexing"), ("万俟和行", "moqi"), ("乐和行", "lehexing"), ("乐和行", "lhx"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_every_reading(households, name, typed):
    households.add_all([household_of(name)])

    assert [line.head_name for line in households.find(typed)] == [name]


@pytest.mark.parametrize("typed", ["买买提·艾力", "买买提艾力", "艾力", "mmtal", "maimaiti"])
def test_a_name_with_a_dot_is_found_with_and_without_it(households, typed):
    households.add_all([household_of("买买提·艾力")])

    assert len(households.find(typed)) == 1


def test_a_rare_character_is_found_as_typed(households):
    households.add_all([household_of("𠮷㐂")])

    assert [line.head_name for line in households.find("𠮷")] == ["𠮷㐂"]
    assert [line.head_name for line in households.find("㐂")] == ["𠮷㐂"]


@pytest.mark.parametrize(
    "typed", ["0021", "90021", "021", "459901", "45990119580309002", "００２１"]
)
def test_an_id_number_is_found_from_either_end(households, typed):
    households.add_all([household_of("覃兰英", id_number="459901195803090021")])

    assert len(households.find(typed)) == 1


def test_an_x_at_the_end_of_a_number_is_found_in_either_case(households):
    households.add_all([household_of("覃兰英", id_number="45990119580309001X")])

    assert len(households.find("01x")) == len(households.find("01X")) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "19900005512",
        "5512",
        "199-0000-5512",
        "00-5512",
        "三组12号",
        "3组12",
        "12号",
        "测试村三组12号",
    ],
)
def test_phone_and_door_are_found(households, typed):
    households.add_all([household_of("覃兰英", phone="19900005512")])

    assert len(households.find(typed)) == 1


@pytest.mark.parametrize("typed", ["练习县", "云溪", "青石坳", "青石坳村一组", "一组6", "6号"])
def test_an_address_is_found_from_any_of_its_levels(households, typed):
    home = replace(household_of("覃兰英", door=""), address="练习县云溪镇青石坳村一组6号")
    households.add_all([household_of("李桂芳", door="1号"), home])

    assert [line.id for line in households.find(typed)] == [home.id]


def test_another_member_is_named_when_it_was_that_member_who_matched(households):
    households.add_all([household_of("李桂芳", "覃小雨")])

    (line,) = households.find("xiaoyu")

    assert (line.head_name, line.matched) == ("李桂芳", "覃小雨")


def test_a_household_is_listed_once_however_many_of_it_match(households):
    households.add_all([household_of("李桂芳", "李建国", "李小雨")])

    assert len(households.find("李")) == 1


def test_nothing_typed_finds_nobody(households):
    households.add_all([household_of("李桂芳")])

    assert households.find("  ·") == []


def test_a_corrected_name_is_found_and_the_old_one_is_not(households, begin):
    household = household_of("李桂芳")
    households.add_all([household])
    with begin() as work:
        work.change(
            kind="person.corrected",
            entity="person",
            entity_id=household.members[0].person.id,
            subject=household.id,
            fields={"name": "黄有财"},
        )
        work.commit()

    assert households.find("桂芳") == []
    assert len(households.find("hyc")) == 1


def test_a_moved_household_is_found_at_its_new_door(households, begin):
    household = household_of("李桂芳")
    households.add_all([household])
    with begin() as work:
        work.change(
            kind="household.corrected",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"door": "88号"},
        )
        work.commit()

    assert households.find("12号") == []
    assert len(households.find("88号")) == 1


def test_a_removed_member_is_no_longer_found(households, begin):
    household = household_of("李桂芳", "李建国")
    households.add_all([household])
    with begin() as work:
        work.change(
            kind="member.removed",
            entity="household_member",
            entity_id=household.members[1].id,
            subject=household.id,
            fields={"is_removed": True},
        )
        work.commit()

    assert households.find("建国") == []


def test_a_rolled_back_change_leaves_no_trace_in_the_search(households, begin):
    with begin() as work:
        write_household(work, household_of("李桂芳"), kind="roster.imported")

    households.add_all([household_of("黄有财")])

    assert households.find("桂芳") == []


def test_folding_makes_full_width_and_case_one():
    assert fold("ＬＧＦ ·１２") == "lgf12"


def test_a_character_without_a_reading_stands_for_itself():
    assert ("𠮷",) in readings("𠮷")


SURNAMES = (
    "覃单仇曾解查区朴乐盖任尉员缪种令召冼长教宓翟万谌韦黄农李陆蒙吕岑莫祭折黑能繁牟车郇盛燕俞"
    "那哈华柏石洪沈贾"
)
GIVEN = "和行乐长重朝兰英桂芳盛参差单传弹调都发干更还好几降角教觉卷空了没蒙宁强"


def first_reading(characters):
    """As the whole is read, the likeliest reading of each."""
    return [fold(options[0]) for options in pinyin(characters, style=Style.NORMAL, heteronym=True)]


@given(st.sampled_from(SURNAMES), st.text(alphabet=GIVEN, min_size=1, max_size=3))
def test_every_reading_of_a_surname_is_kept_however_many_the_given_name_has(surname, given_name):
    name = surname + given_name
    alone = {fold(r) for r in pinyin(surname, style=Style.NORMAL, heteronym=True)[0]}
    rest = first_reading(name)[1:]

    tokens = name_tokens(name)

    for read in alone | {reading[0] for reading in readings(surname)}:
        assert "".join((read, *rest)) in tokens
        assert "".join(part[0] for part in (read, *rest)) in tokens


@given(st.text(alphabet=GIVEN, min_size=1, max_size=3))
def test_no_combined_reading_is_kept_twice(given_name):
    kept = readings("覃" + given_name)

    assert len(set(kept)) == len(kept) <= 8


def test_an_empty_number_has_no_tokens():
    assert number_tokens(None) == number_tokens("") == set()


def test_the_tokens_of_a_name_hold_its_suffixes():
    assert {"桂芳", "guifang", "gf"} <= name_tokens("李桂芳")
