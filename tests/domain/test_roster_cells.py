"""Single cells of a roster: what is read, and what is refused with which code."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ethnic_groups import ETHNIC_GROUPS, ethnic_group
from app.domain.households import AssetKind, Category, ExpenseKind, IncomeKind
from app.domain.money import Money
from app.domain.people import DisabilityKind, Education, Marriage, PersonStatus, Relation, SelfCare
from app.domain.problem import Refused
from app.domain.roster_cells import (
    CATEGORY_WORDS,
    EDUCATION_WORDS,
    MARRIAGE_WORDS,
    RELATION_WORDS,
    passes_luhn,
    read_account,
    read_amount,
    read_birth,
    read_certificate_number,
    read_date,
    read_disability,
    read_ethnicity,
    read_level,
    read_name,
    read_other_number,
    read_phone,
    read_self_care,
    read_village_code,
    read_year,
    read_yes_no,
    word_of,
)
from app.domain.roster_items import (
    NamedObligor,
    read_assets,
    read_expenses,
    read_incomes,
    read_obligors,
)


def test_there_are_fifty_six_peoples_in_the_order_of_the_standard():
    assert len(set(ETHNIC_GROUPS)) == 56
    assert [ETHNIC_GROUPS[code - 1] for code in (1, 8, 13, 18, 28, 39, 46, 56)] == [
        *("汉", "壮", "瑶", "傣", "景颇", "阿昌", "德昂", "基诺")
    ]
    assert ethnic_group("维吾尔族") == "维吾尔"
    assert ethnic_group("族") is None


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_date, "1979-05-03", date(1979, 5, 3)),
        (read_date, "1979/5/3", date(1979, 5, 3)),
        (read_date, "1979年5月3日", date(1979, 5, 3)),
        (read_date, "19790503", date(1979, 5, 3)),
        (read_date, "１９７９－０５－０３", date(1979, 5, 3)),
        (read_amount, "395", Money(39500)),
        (read_amount, "395.5", Money(39550)),
        (read_level, "二级", 2),
        (read_level, "3", 3),
        (read_disability, "视力残疾", DisabilityKind.VISUAL),
        (read_disability, "精神", DisabilityKind.MENTAL),
        (read_yes_no, "是", True),
        (read_yes_no, "无", False),
        (read_ethnicity, "壮族", "壮"),
        (read_name, "𠮷㐂䶮", "𠮷㐂䶮"),
        (read_name, "阿依古丽•买买提", "阿依古丽·买买提"),
        (read_name, "CHAN Tai Man", "CHAN Tai Man"),
        (read_phone, "１９９０００００００１", "19900000001"),
        (read_phone, "0692-2121212", "0692-2121212"),
        (read_account, "9994599010000000010", "9994599010000000010"),
        (read_other_number, "h 12345678", "H12345678"),
        (read_village_code, "459901101201", "459901101201"),
        (word_of(Relation, RELATION_WORDS), "儿媳", Relation.CHILD_IN_LAW),
        (word_of(Relation, RELATION_WORDS), "head", Relation.HEAD),
        (word_of(Marriage, MARRIAGE_WORDS), "丧偶", Marriage.WIDOWED),
        (word_of(Marriage, MARRIAGE_WORDS), "再婚", Marriage.MARRIED),
        (word_of(Marriage, MARRIAGE_WORDS), "离异", Marriage.DIVORCED),
        (word_of(Education, EDUCATION_WORDS), "小学", Education.PRIMARY),
        (word_of(Education, EDUCATION_WORDS), "大专", Education.COLLEGE),
        (word_of(Education, EDUCATION_WORDS), "文盲", Education.NONE),
        (word_of(Category, CATEGORY_WORDS), "低保A类", Category.DIBAO),
        (word_of(Category, CATEGORY_WORDS), "低保边缘", Category.MARGINAL),
    ],
)
def test_cells_are_read_as_people_type_them(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_date, "1979-02-30", "R-32"),
        (read_date, "去年", "R-32"),
        (read_date, "28930", "R-32"),
        (read_birth(date(2026, 3, 2)), "2026-03-03", "R-32"),
        (read_amount, "1,000", "M-01"),
        (read_amount, "12.345", "M-01"),
        (read_amount, "-5", "R-33"),
        (read_level, "五级", "R-31"),
        (read_disability, "残疾", "R-31"),
        (read_yes_no, "可能", "R-31"),
        (read_ethnicity, "火星族", "R-31"),
        (read_name, "何？田", "R-34"),
        (read_name, "何田1", "R-34"),
        (read_name, "\ue000有田", "R-34"),
        (read_name, "·何", "R-34"),
        (read_name, "何" * 41, "R-34"),
        (read_phone, "1.99E+10", "R-35"),
        (read_phone, "1990000001", "R-35"),
        (read_account, "6.2E+18", "R-38"),
        (read_account, "62-2202", "R-36"),
        (read_account, "6200000000000000", "R-36"),
        (read_other_number, "??", "R-37"),
        (read_certificate_number, "第0号", "R-37"),
        (read_year(date(2026, 3, 2)), "2027", "R-32"),
        (read_year(date(2026, 3, 2)), "7年", "R-32"),
        (read_village_code, "4599011012", "R-37"),
        (read_self_care, "飞", "R-31"),
    ],
)
def test_cells_that_cannot_stand_are_refused_with_their_code(read, text, code):
    with pytest.raises(Refused) as refused:
        read(text)

    assert refused.value.code == code
    assert text not in str(refused.value)


def test_self_care_names_what_cannot_be_done():
    assert all(read_self_care("都能做").values())
    cannot = read_self_care("洗澡、上厕所")
    assert [thing for thing, can in cannot.items() if not can] == ["toilet", "bath"]
    assert set(cannot) == {thing.value for thing in SelfCare}


@pytest.mark.parametrize("digits", ["4111111111111111", "79927398713", "6200000000000005"])
def test_a_card_number_that_checks_passes_and_its_neighbour_fails(digits):
    neighbour = digits[:-1] + str((int(digits[-1]) + 1) % 10)

    assert passes_luhn(digits)
    assert not passes_luhn(neighbour)


def test_incomes_outlays_and_belongings_stand_between_semicolons():
    assert read_incomes("工资18000.00；种养 3600元;") == (
        (IncomeKind.WAGE, Money.yuan(18000)),
        (IncomeKind.FARMING, Money.yuan(3600)),
    )
    assert read_expenses("看病自付：4800") == ((ExpenseKind.MEDICAL, Money.yuan(4800)),)
    assert read_assets("存款12000.00；住房1套；机动车2辆") == (
        (AssetKind.DEPOSIT, Money.yuan(12000)),
        (AssetKind.HOUSE, 1),
        (AssetKind.VEHICLE, 2),
    )


def test_an_obligor_brings_what_is_known():
    assert read_obligors(
        "何有田（儿子，1988-01-01，月收入3000.00，月给200.00，服刑）；何小妹(女儿)"
    ) == (
        NamedObligor(
            *("何有田", "儿子", date(1988, 1, 1), Money.yuan(3000), Money.yuan(200)),
            PersonStatus.SERVING_SENTENCE,
        ),
        NamedObligor("何小妹", "女儿"),
    )


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_incomes, "打工很多", "R-39"),
        (read_incomes, "中彩票500", "R-31"),
        (read_incomes, "工资1.2.3", "M-01"),
        (read_assets, "住房1.5", "R-51"),
        (read_assets, "住房100", "R-51"),
        (read_obligors, "何有田", "R-39"),
        (read_obligors, "何有田（儿子，月收入很多）", "M-01"),
        (read_obligors, "何有田（儿子，出国）", "R-31"),
    ],
)
def test_lists_that_cannot_be_read_are_refused(read, text, code):
    with pytest.raises(Refused) as refused:
        read(text)

    assert refused.value.code == code
