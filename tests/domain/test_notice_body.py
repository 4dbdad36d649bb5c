"""What a notice says of a household, and everything it keeps to itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from app.domain.households import Category
from app.domain.money import Money
from app.domain.notice_body import UNNAMED, is_minor, notice_body, require_harmless
from app.domain.people import Student
from app.domain.problem import Refused
from tests.storefile import household_of

ON = date(2026, 3, 2)
NUMBER = "459901197003090012"


@pytest.fixture
def household():
    made = household_of("覃兰英", "覃小雨", birth=date(1970, 3, 9))
    mother, girl = made.members
    mother = replace(
        mother,
        person=replace(
            mother.person, id_number=NUMBER, phone="13800005512", illness="尿毒症",
            serious_illness=True,
        ),
    )  # fmt: skip
    girl = replace(girl, person=replace(girl.person, birth=date(2012, 9, 1)))
    return replace(made, members=(mother, girl), phone="0776-5551234")


def body(household, applicant=0, *, minors_shown=False):
    return notice_body(
        household,
        household.members[applicant].person,
        category=Category.DIBAO,
        covered=2,
        benefit=Money.yuan(470),
        relative=False,
        support="",
        on=ON,
        minors_shown=minors_shown,
    )


def test_a_notice_says_who_where_how_many_and_how_much(household):
    said = body(household)

    assert (said["head"], said["place"]) == ("覃兰英", "三组")
    assert (said["people"], said["covered"]) == (2, 2)
    assert (said["category"], said["benefit_fen"]) == ("dibao", 47_000)
    assert said["relative"] is False


def test_no_number_no_telephone_no_illness_no_minor_and_no_door(household):
    said = json.dumps(body(household), ensure_ascii=False)

    for secret in (NUMBER, NUMBER[-6:], "13800005512", "0776", "尿毒症", "覃小雨", "12号"):
        assert secret not in said


def test_a_minor_who_applies_is_not_named_unless_the_pack_says_so(household):
    assert body(household, applicant=1)["head"] == UNNAMED
    assert body(household, applicant=1, minors_shown=True)["head"] == "覃小雨"


@pytest.mark.parametrize(
    ("birth", "minor"),
    [(date(2008, 3, 2), False), (date(2008, 3, 3), True), (None, False)],
)
def test_somebody_is_grown_on_the_eighteenth_birthday(household, birth, minor):
    person = replace(household.members[0].person, birth=birth)

    assert is_minor(person, ON) is minor


@pytest.mark.parametrize(
    "text",
    [
        f"找村委会，证号 {NUMBER}",
        "证号 459901 19700309 0012",
        "证号 459901********0012",
        "打 13800005512",
        "打 139 0000 1111",
        "打 0776-5551234",
        "因尿毒症",
        "覃小雨家",
        "覃 小 雨的妈妈",
        "证号 ４５９９０１１９７００３０９００１２",
        "尿 毒 症 患者",
        "得了糖尿病，请多关照",
        "透析费用见村委会",
        "打 +86 13900001234",
        "打 8613900001234",
        "打 199（0000）6621",
        "打 199\u200b0000\u200b6621",
        "证号 459901（19700309）0012",
        "尿\u200b毒症",
        "哮喘住院",
    ],
)
def test_what_is_typed_beside_the_columns_may_tell_on_nobody(household, text):
    with pytest.raises(Refused) as refused:
        require_harmless([text], household, ON)

    assert refused.value.code == "A-18"
    assert "覃" not in str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        "阿卜杜热合曼·买买提吐尔逊",
        "阿卜杜热合曼•买买提吐尔逊",
        "阿卜杜热合曼买买提吐尔逊",
        "阿卜杜热合曼 · 买买提吐尔逊",
    ],
)
def test_a_long_name_of_a_minor_is_known_however_its_dot_is_written(household, written):
    girl = household.members[1]
    girl = replace(girl, person=replace(girl.person, name="阿卜杜热合曼·买买提吐尔逊"))
    household = replace(household, members=(household.members[0], girl))

    with pytest.raises(Refused) as refused:
        require_harmless([f"{written}的家长"], household, ON)

    assert refused.value.code == "A-18"


@pytest.mark.parametrize("told", ["地中海贫血", "红斑狼疮"])
def test_one_illness_of_a_list_in_the_record_says_enough(household, told):
    ill = household.members[0]
    ill = replace(ill, person=replace(ill.person, illness="红斑狼疮、地中海贫血（重型）"))
    household = replace(household, members=(ill, household.members[1]))

    with pytest.raises(Refused):
        require_harmless([f"因{told}致贫"], household, ON)


@pytest.mark.parametrize(
    ("student", "minor"),
    [(Student.COMPULSORY, True), (Student.SECONDARY, True), (Student.UNDERGRADUATE, False)],
)
def test_a_pupil_without_a_birth_date_is_taken_for_a_minor(household, student, minor):
    person = replace(household.members[1].person, birth=None, student=student)

    assert is_minor(person, ON) is minor


def test_an_office_may_be_named_with_its_telephone(household):
    require_harmless(["青石村村委会 0776-5550000，镇民政办"], household, ON)
