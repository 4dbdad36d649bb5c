"""Facts put right one by one, each with its operation; and who changed what, when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.households import Category
from app.domain.operations import AUDIT
from app.domain.people import Education, Living, Marriage, Relation, Sex
from app.domain.problem import Refused
from app.services.duplicates import Typed, sounds_alike
from app.services.household_corrections import Correction
from app.ui.syncing.words import field_name, value_text
from tests.storefile import household_of

NUMBER = "459901195803090020"


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "韦小军")
    work.households.add_all([made])
    return made


def put_right(work, home, at=None, **fields):
    person = None if at is None else home.members[at].person.id
    asked = Correction(household=home.id, person=person, fields=fields)
    return work.corrections.correct(asked)


def refusal(work, home, at=None, **fields):
    with pytest.raises(Refused) as caught:
        put_right(work, home, at, **fields)
    return caught.value


def told(work, home):
    return [(one.who, one.whose, one.column, one.old, one.new) for one in work.changes.of(home.id)]


def test_facts_of_the_household_are_put_right_and_logged(work, home):
    changed = put_right(work, home, phone="19900005512", door="12号")

    assert changed == 1
    assert work.households.get(home.id).phone == "19900005512"
    assert told(work, home)[0] == ("测试协理员", "", "phone", None, "19900005512")


def test_a_person_and_the_place_in_the_family_are_put_right_together(work, home):
    changed = put_right(
        work, home, 1, name="韦小君", sex=Sex.MALE, relation=Relation.CHILD, living=Living.TOGETHER
    )

    member = work.households.get(home.id).members[1]
    assert changed == 2
    assert (member.person.name, member.relation) == ("韦小君", Relation.CHILD)
    assert [line.id for line in work.households.find("韦小君")] == [home.id]
    assert ("测试协理员", "韦小君", "name", "韦小军", "韦小君") in told(work, home)


@pytest.mark.parametrize("phone", ["199 0000 5512", "0776-5812345", "66123", "", None])
def test_a_telephone_may_be_a_mobile_a_land_line_a_short_number_or_none(work, home, phone):
    put_right(work, home, phone=phone)
    put_right(work, home, 1, phone=phone)

    kept = work.households.get(home.id)
    assert (kept.phone or "", kept.members[1].person.phone or "") == (phone or "", phone or "")


def test_marriage_and_schooling_are_in_the_history_in_words(work, home):
    put_right(work, home, 0, marriage=Marriage.MARRIED, education=Education.MIDDLE)

    said = {
        field_name(column): value_text(column, new)
        for _, _, column, _, new in told(work, home)
        if column in {"marriage", "education"}
    }
    assert said == {"婚姻状况": "已婚", "文化程度": "初中"}


@pytest.mark.parametrize("key", ["permit_no", "disability_no"])
def test_the_number_of_a_certificate_is_letters_and_figures_and_hidden_in_the_history(
    work, home, key
):
    with pytest.raises(Refused) as refused:
        put_right(work, home, 0, **{key: "还没有办"})
    assert (refused.value.code, refused.value.field) == ("R-37", key)

    put_right(work, home, 0, **{key: "45990119580309002062"})

    (said,) = [value_text(column, new) for *_, column, _, new in told(work, home) if column == key]
    assert said == "459901**********2062"


@pytest.mark.parametrize("year", [1019, 2207, "那年", "二〇一九"])
def test_the_year_somebody_came_is_a_year_that_was(work, home, year):
    with pytest.raises(Refused) as refused:
        put_right(work, home, 0, resident_since=year)
    assert (refused.value.code, refused.value.field) == ("H-31", "resident_since")


def test_nothing_new_writes_nothing(work, home):
    assert put_right(work, home, door=home.door) == 0


@pytest.mark.parametrize(
    ("at", "fields", "code", "field"),
    [
        (1, {"name": " "}, "H-27", "name"),
        (1, {"id_number": "45990119580309002X"}, "I-05", None),
        (1, {"relation": Relation.HEAD}, "H-18", "relation"),
        (0, {"relation": Relation.CHILD}, "H-18", "relation"),
        (None, {"phone": "abc"}, "H-30", "phone"),
        (None, {"phone": "12"}, "H-30", "phone"),
        (1, {"phone": "138-0000-1111-2222-3333"}, "H-30", "phone"),
        (None, {"bank_account": "62284"}, "H-26", "bank_account"),
        (None, {"bank_account": "6228四八零0"}, "H-26", "bank_account"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(work, home, at, fields, code, field):
    problem = refusal(work, home, at, **fields)

    assert problem.code == code
    assert field in (None, problem.field)
    assert work.households.get(home.id) == home


def test_a_number_that_is_another_person_s_is_refused(work, home):
    work.households.add_all([household_of("黄有财", id_number=NUMBER, door="9号")])

    assert refusal(work, home, 1, id_number=NUMBER).code == "H-28"


def test_somebody_of_another_household_is_not_put_right_here(work, home):
    other = household_of("黄有财", door="9号")
    work.households.add_all([other])
    asked = Correction(household=home.id, person=other.members[0].person.id, fields={"name": "x"})

    with pytest.raises(Refused) as caught:
        work.corrections.correct(asked)

    assert caught.value.code == "H-25"


@pytest.mark.parametrize("field", ["category", "benefit_month_fen", "head_person_id", "ended_on"])
def test_what_is_the_county_s_or_a_deed_is_no_fact_to_put_right(work, home, field):
    with pytest.raises(KeyError):
        put_right(work, home, **{field: Category.DIBAO})


def test_a_new_record_is_one_line_of_the_history(work, home):
    lines = work.changes.of(home.id)

    assert [(one.entity, one.column) for one in lines] == [
        ("household_member", ""), ("person", ""), ("household_member", ""), ("person", ""),
        ("household", ""),
    ]  # fmt: skip


def test_a_number_shown_stands_in_the_history(work, home):
    work.households.note_reveal(home.id, home.members[0].person.id)

    newest = work.changes.of(home.id)[0]
    assert (newest.entity, newest.whose) == (AUDIT, "覃兰英")


def test_a_bank_card_shown_stands_in_the_history(work, home):
    work.households.note_card_shown(home.id)

    newest = work.changes.of(home.id)[0]
    assert (newest.entity, newest.column) == (AUDIT, "bank_account")


def test_the_history_calls_people_by_name(work, home):
    put_right(work, home, 1, relation=Relation.SPOUSE)

    newest = work.changes.of(home.id)[0]
    assert (newest.whose, newest.column, newest.new) == ("韦小军", "relation", "spouse")


def test_every_fact_that_can_be_put_right_has_a_name():
    from app.services.household_corrections import OF_HOUSEHOLD, OF_PERSON, OF_PLACE

    names = {field_name(one) for one in OF_HOUSEHOLD | OF_PERSON | OF_PLACE}

    assert "这一项" not in names


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (Typed(id_number=NUMBER), "一组3号的覃兰英也是这个身份证号"),
        (Typed(name="谭兰英", birth=date(1958, 3, 9)), "一组3号的覃兰英，同一天生，名字一样读"),
        (Typed(name="秦兰瑛", birth=date(1958, 3, 9)), "一组3号的覃兰英，同一天生，名字一样读"),
        (Typed(phone="19900005512"), "一组3号覃兰英家也是这个电话"),
    ],
)
def test_somebody_alike_is_named_with_the_place(work, typed, said):
    person = {"id_number": NUMBER, "birth": date(1958, 3, 9), "phone": "19900005512"}
    work.households.add_all([household_of("覃兰英", group="一组", door="3号", **person)])

    assert [one.text for one in work.duplicates.alike(typed)] == [said]


def test_nobody_is_like_themselves_and_another_birthday_is_another_person(work):
    made = household_of("覃兰英", birth=date(1958, 3, 9), phone="19900005512")
    work.households.add_all([made])
    own = Typed(
        name="覃兰英", birth=date(1958, 3, 9), phone="19900005512",
        person=made.members[0].person.id, household=made.id,
    )  # fmt: skip

    assert work.duplicates.alike(own) == []
    assert work.duplicates.alike(Typed(name="覃兰英", birth=date(1958, 3, 8))) == []


@pytest.mark.parametrize("birth", [None, date(1958, 3, 9)])
@pytest.mark.parametrize("name", ["覃兰英", "谭兰瑛"])
def test_a_name_that_sounds_alike_is_named_where_a_birthday_is_unknown(work, name, birth):
    made = household_of("覃兰英", group="一组", door="3号", id_number=None)
    person = replace(made.members[0].person, birth=None)
    made = replace(made, members=(replace(made.members[0], person=person),))
    others = [household_of(one, id_number=None) for one in ("韦兰英", "覃兰英妹", "韦谭兰英")]
    work.households.add_all([made, *others])

    assert [one.text for one in work.duplicates.alike(Typed(name=name, birth=birth))] == [
        "一组3号的覃兰英，名字一样读，生日没写，看看是不是同一个人"
    ]
    assert work.duplicates.alike(Typed(name=name, birth=birth, person=person.id)) == []


def test_a_name_that_sounds_alike_is_named_while_no_birthday_is_typed(work):
    made = household_of("覃兰英", group="一组", door="3号", birth=date(1958, 3, 9))
    work.households.add_all([made])

    assert len(work.duplicates.alike(Typed(name="覃兰英"))) == 1
    assert work.duplicates.alike(Typed(name="覃兰英", birth=date(1960, 1, 1))) == []


def test_names_sound_alike_by_any_reading():
    assert sounds_alike("单雄信", "善雄信")
    assert not sounds_alike("单雄信", "王雄信")
