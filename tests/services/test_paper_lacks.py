"""What a paper leaves to be written by hand is named before it is printed, and of whom it asks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.people import IdKind
from app.domain.procedure import FiledBy, Proxy
from app.services.applications import FileApplication
from app.services.care_agreements import CareAgreements, NewCare
from app.services.paper_lacks import in_words, lacking
from app.services.papers import KINDS
from tests import papers
from tests.casework import TODAY, refusal, visit
from tests.form_fields import blank_in, emptied
from tests.storefile import household_of

NAMED = frozenset({"name", "person", "payee", "applicant", "receiver", "head", "carer"})
CODES = [
    code
    for code in papers.USUAL
    if KINDS[code].is_of_household and not KINDS[code].is_blank and not code.endswith("A3")
]
WORDS = {
    r"证件号码$": "证件号码|身份证号",
    r"年龄$|出生年月$": "出生日期",
    r"^性别、年龄$": "性别",
    r"(住址|居住地)$": "住址|住在哪一组",
    r"联系电话$|^电话$|^乙方电话$": "电话",
    r"照料人电话$|^丙方电话$": "照料人",
    r"与本人关系$|^丙方与乙方关系$": "照料人",
    r"^受委托人·": "代办人",
    r"自理能力$": "自理能力",
    r"^约定$": "照料费",
    r"^服务内容和频次$": "服务内容",
    r"婚姻状况$": "婚姻状况",
    r"文化程度$": "文化程度",
    r"民族$": "民族",
    r"户籍类别$": "户籍类别",
    r"户籍(所在)?地(址)?$": "户籍地址",
    r"开户银行$": "开户银行",
    r"账号（一卡通）$|一卡通账户$": "银行卡号",
    r"致贫原因$": "致贫原因",
    r"人均月收入$": "测算|没算出来",
    r"有没有$": "有没有收入财产",
    r"^不同意的原因$": "不同意的原因",
    r"保障金（元）$": "给多少",
    r"^原保障金$": "原来每月多少",
    r"^来源$": "怎么发现的",
    r"^职务$": "职务",
    r"^补充说明$": "补充说明",
    r"^住房情况$": "家里看到的",
}
"""What a field is called on a form, and in the words of what is missing."""
UNTOLD = {"义务人·年龄", "赡养抚养扶养义务人·年龄"}


@pytest.fixture
def home(work):
    """Two people of whom nothing but their names is known."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def missing(work, home):
    """Form → what it leaves blank, of those that can be made."""
    return {one.form: one.missing for one in work.printing.offers(home.id) if one.ready}


@pytest.mark.parametrize("code", CODES)
def test_of_an_empty_record_every_blank_of_a_form_is_named(code):
    form, usual = papers.USUAL[code]()
    empty = emptied(usual, NAMED)

    said = lacking(code, empty)

    for blank in blank_in(form, empty):
        for field, word in WORDS.items():
            if re.search(field, blank) and blank not in UNTOLD:
                assert any(re.search(word, one) for one in said), (blank, word, said)


@pytest.mark.parametrize("code", [one for one in CODES if one not in {"F06", "F17b"}])
def test_a_form_given_everything_lacks_nothing_a_household_can_say(code):
    _form, usual = papers.USUAL[code]()

    named = [one for one in lacking(code, usual) if re.search("身份证号|住址", one)]

    assert named == []


def test_a_paper_about_one_person_asks_nothing_of_the_others(work, home):
    CareAgreements(work.begin, work.clock).draft(
        NewCare(
            household=home.id, name="覃兰英", carer="韦阿姐", starts_on=TODAY,
            ends_on=TODAY + timedelta(days=300),
        )
    )  # fmt: skip

    said = missing(work, home)

    assert "覃兰英的身份证号" in said["F13"]
    assert {"联系电话", "照料人电话", "照料人身份证号", "照料费"} <= {*said["F13"]}
    assert {"照料人电话", "自理能力（还没评估）", "服务内容"} <= {*said["F14"]}
    assert not any("覃小雨" in one for form in ("F13", "F14") for one in said[form])


def test_who_brings_an_application_is_asked_for_papers_too(work, home):
    filed = work.applications.file(FileApplication(household=home.id, assessment=None))
    work.signatures.set_proxy(filed.id, Proxy(filed_by=FiledBy.PROXY, name="覃小妹"))

    said = missing(work, home)

    assert said["F26"] == (
        "覃兰英的身份证号", "联系电话",
        "代办人的身份证号", "代办人和本人的关系", "代办人的电话",
    )  # fmt: skip
    assert "覃小妹的身份证号" in said["F01"]
    assert "收入财产（还没有测算）" in said["F01"]


def test_a_number_is_called_as_the_paper_it_stands_on_and_asked_of_nobody_without_one(work):
    kinds = {"覃兰英": IdKind.HUKOU_BOOK, "覃小雨": IdKind.NONE, "覃大山": IdKind.RESIDENT}
    made = household_of(*kinds, id_number=None)
    members = tuple(
        replace(one, person=replace(one.person, id_kind=kinds[one.person.name]))
        for one in made.members
    )
    made = replace(made, members=members)
    work.households.add_all([made])
    work.applications.file(FileApplication(household=made.id, assessment=None))

    said = missing(work, made)["F02"]

    assert [one for one in said if "号" in one] == ["覃兰英的证件号码", "覃大山的身份证号"]


def test_a_visit_names_the_telephone_nobody_knows(work, home):
    work.visits.record(visit(home))

    assert missing(work, home)["F15"] == ("联系电话",)


def test_a_paper_that_cannot_be_made_any_more_says_so_and_is_not_offered(work, home):
    filed = work.applications.file(FileApplication(household=home.id, assessment=None))
    died, left = home.members
    work.families.do(
        FamilyChange(
            household=home.id, kind=FamilyDeed.DEATH, on=TODAY, people=(died.person.id,),
            head=left.person.id,
        )
    )  # fmt: skip

    offers = {one.form: one for one in work.printing.offers(home.id)}

    for form in ("F01", "F02", "F03"):
        assert (offers[form].ready, offers[form].missing) == (False, ("申请人不在这一户了",))
        assert refusal(work.printing.make, form, home.id).code == "A-42"
    assert work.printing.choice(filed.id).papers == ()


def test_for_nobody_no_form_to_fill_in_is_offered(work):
    alone = household_of("覃兰英", id_number=None)
    work.households.add_all([alone])
    who = (alone.members[0].person.id,)
    work.families.do(FamilyChange(household=alone.id, kind=FamilyDeed.DEATH, on=TODAY, people=who))

    offers = {one.form: one for one in work.printing.offers(alone.id)}

    for form in ("F01B", "F02B", "F03B", "F15B", "F16", "F17aB"):
        assert (offers[form].ready, offers[form].missing) == (
            False, ("这一户没有人了，这张表没有人填",),
        )  # fmt: skip
        assert refusal(work.printing.make, form, alone.id).code == "P-29"
    assert offers["F28"].ready


def test_whose_things_are_missing_is_said_once():
    assert in_words(("覃兰英的性别", "联系电话", "覃兰英的身份证号", "怎么发现的")) == (
        "覃兰英的性别、身份证号、联系电话、怎么发现的"
    )
