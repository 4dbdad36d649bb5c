"""F02, F03, F11 and F12: who signs, what is declared, and what is left to be written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.documents.blocks import Title
from app.documents.forms import (
    f01,
    f02,
    f02_content,
    f03_content,
    f11,
    f11_content,
    f12,
    f12_content,
)
from app.documents.paper import paginate
from app.domain.households import Category, IncomeItem, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import PersonStatus, Relation
from app.domain.problem import Refused
from app.rules.care import CareLevel
from tests import pdfs, records, tested


def authorised(home=None, *requested, record=None):
    return f02_content.content_of(
        tested.application(*requested), home or tested.family(), unit="", assessment=record
    )


def declared(facts=None, home=None):
    household = tested.FACTS["household"] | (facts or {})
    record = tested.record(facts={"household": household})
    return f03_content.content_of(
        tested.application(), home or tested.family(), unit="", assessment=record
    )


def asked_for_tekun(record, home=None):
    return f11_content.content_of(
        tested.application(Category.TEKUN), home or tested.family(), unit="", assessment=record
    )


def with_person(number, **facts):
    home = tested.family()
    members = tuple(
        replace(one, person=replace(one.person, **facts)) if at == number else one
        for at, one in enumerate(home.members)
    )
    return replace(home, members=members)


def test_every_adult_has_a_page_and_the_young_stand_on_the_applicants():
    signers = authorised().signers

    assert [signer.person.name for signer in signers] == ["李桂芳", "李长福"]
    assert [ward.name for ward in signers[0].wards] == ["李小雨"]
    assert signers[1].wards == ()
    assert [signer.person.relation for signer in signers] == ["本人", "父亲"]


def test_each_page_begins_anew_and_names_the_form_once():
    pdf = f02.render(authorised(), records.stamp())

    lines = pdfs.lines_on(pdf)

    titles = [line.split(" ")[0] for line in lines if line.endswith(f02.TITLE)]
    assert titles == ["1", "2"]
    assert not any("（续）" in line for line in lines)


def test_a_title_that_begins_a_page_leaves_the_room_above_it_empty():
    first, second = (Title("甲").lay(500), Title("乙", begins_page=True).lay(500))

    assert [len(page) for page in paginate([first, second], 700)] == [1, 1]
    assert len(paginate([second], 700)) == 1


def test_whoever_cannot_act_is_signed_for():
    home = with_person(1, status=PersonStatus.NO_CIVIL_CAPACITY)

    signers = authorised(home).signers

    assert [signer.person.name for signer in signers] == ["李桂芳"]
    assert [ward.name for ward in signers[0].wards] == ["李长福", "李小雨"]


def test_whoever_was_not_counted_and_the_dead_sign_nothing():
    record = tested.record({"counted_members": ["p1", "p3"]})

    assert [one.person.name for one in authorised(record=record).signers] == ["李桂芳"]
    dead = with_person(1, status=PersonStatus.DEAD)
    assert [one.person.name for one in authorised(dead).signers] == ["李桂芳"]


def test_without_a_birth_date_the_paper_asks_for_a_signature():
    assert [one.person.name for one in authorised(with_person(2, birth=None)).signers] == [
        "李桂芳", "李长福", "李小雨",
    ]  # fmt: skip


def test_children_alone_get_one_page_for_their_guardian_to_write_on():
    child = tested.family().members[2]
    home = tested.home((replace(child, relation=Relation.HEAD),))
    application = tested.application(applicant=child.person.id)

    signers = f02_content.content_of(application, home, unit="").signers

    assert [signer.person.name for signer in signers] == [""]
    assert [ward.name for ward in signers[0].wards] == ["李小雨"]


def test_obligors_authorise_only_where_tekun_is_asked_for():
    for_tekun = authorised(None, Category.TEKUN).signers

    assert len(authorised().signers) == 2
    assert [one.person.name for one in for_tekun[2:]] == ["李建国", "李建设"]
    assert for_tekun[2].person.relation == "儿子（义务人）"


def test_the_authority_begins_with_the_application():
    assert authorised().valid_from == records.ON
    assert "2026年3月2日" in pdfs.text_of(f02.render(authorised(), records.stamp()))


def test_what_was_told_is_declared_with_a_years_sum():
    incomes = {one.name: one for one in declared().incomes}

    assert (incomes["务工、打零工"].has, incomes["务工、打零工"].said) == (True, "31,200.00")
    assert incomes["养老金"].note == "居保基础养老金"
    assert (incomes["其他收入"].said, incomes["其他收入"].note) == ("10,800.00", "房租")


def test_what_nobody_told_is_left_to_the_applicants_hand():
    said = declared()

    assert {one.name for one in said.incomes if one.has is None} == {
        "失业金等社会保险待遇", "种养、做买卖等经营",
    }  # fmt: skip
    assert said.land.has is None
    assert not any(one.has is False for one in said.incomes)


@pytest.mark.parametrize(("told", "has"), [([], False), (None, None)])
def test_none_is_ticked_only_where_somebody_asked_and_was_told_so(told, has):
    household = {"incomes": told, "assets": told, "obligors": told}
    facts = {
        name: value
        for name, value in (tested.FACTS["household"] | household).items()
        if value is not None
    }
    record = tested.record(facts={"household": facts})

    home = replace(tested.family(), obligors=())
    said = f03_content.content_of(tested.application(), home, unit="", assessment=record)

    assert {one.has for one in (*said.incomes, *said.assets, said.land)} == {has}


def test_property_is_declared_by_sum_and_number_and_one_told_none_is_none():
    assets = {one.name: (one.has, one.said) for one in declared().assets}

    assert assets["存款"] == (True, "¥12,000.00")
    assert assets["房屋"] == (True, "1 处")
    assert assets["机动车"] == (False, "")
    assert assets["现金"] == (None, "")


def test_shops_and_houses_are_told_apart():
    both = [{"kind": "house", "count": 1}, {"kind": "nonresidential", "count": 2}]

    assets = {one.name: one.said for one in declared({"assets": both}).assets}

    assert assets["房屋"] == "1 处，非居住 2 处"


def test_without_a_test_the_record_says_what_there_is_and_never_what_there_is_not():
    home = replace(
        tested.family(),
        incomes=(
            IncomeItem(
                id="i", person="p1", kind=IncomeKind.WAGE, amount=Money.yuan(900), per=Per.YEAR
            ),
        ),
    )

    said = f03_content.content_of(tested.application(), home, unit="")

    assert {one.name: one.said for one in said.incomes if one.has} == {
        "务工、打零工": "900.00",
        "赡养费、抚养费、扶养费": "2,400.00",
    }
    assert not any(one.has is False for one in (*said.incomes, *said.assets))
    assert all(one.has is None for one in said.assets)


def test_every_adult_who_counts_signs_the_promise():
    alone = tested.record({"counted_members": ["p1", "p3"]})

    of_one = f03_content.content_of(
        tested.application(), tested.family(), unit="", assessment=alone
    )

    assert declared().signers == ("李桂芳", "李长福")
    assert of_one.signers == ("李桂芳",)


def test_the_three_tests_are_ticked_as_far_as_they_are_sure():
    person = asked_for_tekun(tested.tekun_record()).people[0]

    assert (person.name, person.is_old, person.is_young, person.is_disabled) == (
        "李长福", True, False, True,
    )  # fmt: skip
    assert person.care is CareLevel.SEMI_CARE
    assert person.disability == "精神二级"


@pytest.mark.parametrize(
    ("birth", "young"), [(date(2010, 3, 3), True), (date(2010, 3, 2), False), (None, False)]
)
def test_a_minor_is_ticked_below_sixteen_only(birth, young):
    home = with_person(1, birth=birth)

    assert asked_for_tekun(tested.tekun_record(), home).people[0].is_young is young


def test_without_a_test_the_applicant_is_the_person_and_the_figures_are_blank():
    said = f11_content.content_of(
        tested.application(Category.TEKUN), tested.family(), unit="", assessment=None
    )

    assert [person.name for person in said.people] == ["李桂芳"]
    assert (said.income_year, said.standard_month, said.property, said.tested) == (
        None, None, "", "",
    )  # fmt: skip


def test_obligors_on_record_come_with_the_reason_that_is_sure():
    obligors = asked_for_tekun(tested.tekun_record()).obligors

    assert [(one.name, one.age, one.reason) for one in obligors] == [
        ("李建国", 38, ""),
        ("李建设", 40, "5"),
    ]


def test_no_obligor_is_said_only_where_it_was_asked():
    alone = replace(tested.family(), obligors=())
    household = {
        name: value for name, value in tested.FACTS["household"].items() if name != "obligors"
    }
    unasked = tested.record(facts={"household": household})

    asked = tested.record(facts={"household": household | {"obligors": []}})

    assert asked_for_tekun(asked).obligors == ()
    assert asked_for_tekun(asked, alone).obligors == ()
    assert asked_for_tekun(unasked, alone).obligors is None


def test_the_rung_is_printed_as_it_was_answered():
    assert (
        asked_for_tekun(tested.tekun_record()).tested
        == "符合（2026年3月2日，按练习县（示例） 2026-01-01 版）。"
    )
    assert "不符合" in asked_for_tekun(tested.record()).tested
    assert asked_for_tekun(tested.record({"rungs": []})).tested == ""


def test_what_tekun_pays_is_shown_with_its_steps_where_they_were_kept():
    rung = {"rung": "tekun", "outcome": "meets", "members": ["p2"], "benefit_month": "1701.00"}
    steps = [
        {"text": "基本生活标准", "amount_month": "1530.00"},
        {"text": "照料护理标准", "amount_month": "171.00"},
    ]
    whole = tested.record({"rungs": [rung | {"benefit_lines": steps}]})

    assert asked_for_tekun(whole).tested.startswith(
        "符合，合计每月 ¥1,701.00（基本生活标准 1530.00，照料护理标准 171.00）（"
    )
    assert asked_for_tekun(tested.record({"rungs": [rung]})).tested.startswith(
        "符合，合计每月 ¥1,701.00（2026年"
    )


def test_property_told_to_be_nothing_is_none():
    nothing = tested.record(facts={"household": tested.FACTS["household"] | {"assets": []}})

    assert asked_for_tekun(nothing).property == "无"
    assert asked_for_tekun(tested.record()).property == "存款 ¥12,000.00，住房 1 处"


def test_two_persons_have_two_pages_each():
    rungs = [{"rung": "tekun", "outcome": "meets", "members": ["p2", "p3"], "reasons": []}]
    both = asked_for_tekun(tested.record({"rungs": rungs}))

    pdf = f11.render(both, records.stamp())

    assert "第 4 页 共 4 页" in pdfs.text_of(pdf)


def test_the_six_acts_are_as_they_were_seen_and_the_level_as_it_was_answered():
    person = f12_content.content_of(tested.tekun_record(), tested.family(), unit="").people[0]

    assert person.acts == (True, True, True, False, True, False)
    assert (person.failed, person.level) == (2, CareLevel.SEMI_CARE)


def test_an_act_nobody_looked_at_stays_open_and_so_does_the_count():
    members = [
        one | {"self_care": {"eat": False}} if one["id"] == "p2" else one
        for one in tested.FACTS["household"]["members"]
    ]
    record = replace(
        tested.tekun_record(),
        facts=tested.record(
            facts={"household": tested.FACTS["household"] | {"members": members}}
        ).facts,
        answer=tested.tekun_record().answer.replace('"p2": "semi_care"', ""),
    )

    content = f12_content.content_of(record, tested.family(), unit="")

    assert content.people[0].acts == (False, None, None, None, None, None)
    assert (content.people[0].failed, content.people[0].level) == (None, None)
    assert "不能做到 　　　项" in pdfs.text_of(f12.render(content, records.stamp()))


def test_care_is_asked_of_whom_tekun_is_for_or_may_be():
    fails = tested.record()
    unknown = tested.record(
        {"rungs": [{"rung": "tekun", "outcome": "unknown", "members": ["p1", "p2"]}]}
    )

    people = f12_content.content_of(unknown, tested.family(), unit="").people
    assert [person.name for person in people] == ["李长福"]
    with pytest.raises(Refused, match="没有要评估自理能力的人") as refusal:
        f12_content.content_of(fails, tested.family(), unit="")
    assert refusal.value.code == "P-21"


def test_an_application_prints_although_the_test_knows_no_income():
    unknown = tested.record(
        {
            "income_year": None, "per_capita_month": None, "standard_month": None, "lines": [],
            "suggested": None, "benefit_month": None,
        }
    )  # fmt: skip
    content = f01.content_of(tested.application(), tested.family(), unit="", assessment=unknown)

    assert content.sums.income_year is None
    assert content.sums.wages is None
    assert content.sums.disregarded == ""
    assert "还定不了，要补问" in pdfs.text_of(f01.render(content, records.stamp()))


def test_a_certificate_nobody_has_is_none_where_that_was_asked():
    content = f01.content_of(tested.application(), tested.family(), unit="")

    assert [member.disability for member in content.members] == ["无", "精神二级", "无"]
    unasked = f01.content_of(tested.application(), with_person(0, disabled=None), unit="")
    assert unasked.members[0].disability == ""


def test_obligors_only_the_interview_knows_stand_there_without_their_names():
    told = [{"id": "o9", "relation": "daughter", "monthly_income": "2000.00"}]
    record = tested.record(facts={"household": tested.FACTS["household"] | {"obligors": told}})
    alone = replace(tested.family(), obligors=())

    on_f11 = asked_for_tekun(record, alone).obligors[0]
    on_f01 = f01.content_of(tested.application(), alone, unit="", assessment=record).obligors[0]
    on_f02 = authorised(alone, Category.TEKUN, record=record).signers[-1].person

    assert (on_f11.name, on_f11.relation, on_f11.monthly_income) == ("", "女儿", Money.yuan(2000))
    assert (on_f01.name, on_f01.relation) == ("", "女儿")
    assert (on_f02.name, on_f02.relation) == ("", "女儿（义务人）")


def test_relations_to_an_applicant_who_is_not_the_head_are_left_to_be_written():
    application = tested.application(applicant="p2")

    signers = f02_content.content_of(application, tested.family(), unit="").signers

    assert [(one.person.name, one.person.relation) for one in signers] == [
        ("李长福", "本人"),
        ("李桂芳", ""),
    ]
