"""The practice village: always the same, nobody real, and one of every kind of person."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from app.domain.casework import Met
from app.domain.households import AssetKind, Category, ExpenseKind, IncomeKind, MonitoringTag, Per
from app.domain.identity import parse_id_number
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Education,
    Hukou,
    IdKind,
    Labour,
    Living,
    Marriage,
    Member,
    PersonStatus,
    Relation,
    Sex,
    Student,
)
from app.domain.roster_cells import passes_luhn, read_name
from app.practice.families import FamilyKind
from app.practice.names import LONGEST_NAME, RARE, TWO_READINGS
from app.practice.past_visits import PastVisit
from app.practice.registry import AGES_ON
from app.practice.village import GROUPS, PracticeVillage, practice_village


@pytest.fixture(scope="module")
def village() -> PracticeVillage:
    return practice_village()


@pytest.fixture(scope="module")
def members(village) -> list[Member]:
    return [member for household in village.households for member in household.members]


def _past_visits(village: PracticeVillage) -> list[PastVisit]:
    return [visit for each in village.members for visit in each.visits]


def _age(member: Member) -> int:
    birth = member.person.birth
    return AGES_ON.year - birth.year - ((AGES_ON.month, AGES_ON.day) < (birth.month, birth.day))


def test_the_same_seed_makes_the_same_village_and_another_seed_another():
    assert practice_village(7, 40) == practice_village(7, 40)
    assert practice_village(7, 40) != practice_village(8, 40)


def test_it_is_a_village_of_over_three_hundred_households_in_eight_groups(village):
    doors = {household.place for household in village.households}

    assert len(village.households) == 320
    assert 900 <= village.people <= 1050
    assert {household.group_name for household in village.households} == set(GROUPS)
    assert len(doors) == 320
    assert village.code.startswith("459901")
    assert len(village.code) == 12


def test_every_identity_number_is_valid_and_of_the_county_nobody_has(members):
    numbers = [m.person.id_number for m in members if m.person.id_number]
    parsed = [parse_id_number(number, on=AGES_ON) for number in numbers]

    assert len(set(numbers)) == len(numbers) > 900
    assert {number.area for number in parsed} == {"459901"}
    by_number = {m.person.id_number: m.person for m in members}
    assert all(by_number[n.text].birth == n.birth for n in parsed)
    assert all(by_number[n.text].sex is n.sex for n in parsed)


def test_telephones_and_accounts_are_visibly_made_up(village, members):
    telephones = {m.person.phone for m in members if m.person.phone}
    accounts = [h.bank_account for h in village.households if h.bank_account]

    assert all(phone.startswith("1990000") and len(phone) == 11 for phone in telephones)
    assert all(account.startswith("999") and passes_luhn(account) for account in accounts)
    assert len(set(accounts)) == len(accounts) > 100


def test_ids_are_unique_version_seven_and_ascending(village):
    ids = [household.id for household in village.households]

    assert ids == sorted(set(ids))
    assert all(each[14] == "7" and each[19] in "89ab" for each in ids)


def test_names_try_every_surface_a_name_reaches(members):
    names = [m.person.name for m in members]
    everything = "".join(names)

    assert all(rare in everything for rare in RARE)
    assert all(any(n.startswith(surname) for n in names) for surname in TWO_READINGS)
    assert LONGEST_NAME in names
    assert len(LONGEST_NAME) == 16
    assert {len(name) for name in names} >= {2, 3, 4, 5, 8, 16}
    assert sum("·" in name for name in names) >= 20
    assert [read_name(name) for name in names] == names


def test_thirteen_peoples_live_there(members):
    peoples = Counter(m.person.ethnicity for m in members)

    assert set(peoples) == {
        *("汉", "壮", "瑶", "苗", "侗", "彝", "傣", "景颇", "阿昌", "德昂"),
        *("维吾尔", "藏", "回"),
    }
    assert min(peoples.values()) >= 5


def test_every_kind_of_household_is_there(village):
    assert {each.kind for each in village.members} == set(FamilyKind)
    assert max(len(h.members) for h in village.households) == 12
    assert sum(len(h.members) == 1 for h in village.households) >= 30


def test_every_kind_of_person_is_there(members):
    people = [m.person for m in members]

    assert {p.disability_kind for p in people} == {None, *DisabilityKind}
    assert {p.disability_level for p in people} == {None, 1, 2, 3, 4}
    assert {p.student for p in people} == set(Student)
    assert {p.labour for p in people} >= {Labour.ABLE, Labour.PARTIAL, Labour.NONE}
    assert {p.id_kind for p in people} == {IdKind.RESIDENT, IdKind.HUKOU_BOOK, IdKind.NONE}
    assert {p.hukou for p in people} >= {Hukou.LOCAL, Hukou.NONE}
    assert {p.status for p in people} >= {PersonStatus.NORMAL, PersonStatus.CONSCRIPT}
    assert {m.relation for m in members} == set(Relation) - {
        Relation.GRANDPARENT,
        Relation.OTHER,
    }
    assert {m.living for m in members} >= {Living.AWAY_FOR_WORK, Living.AWAY_FOR_STUDY}
    assert sum(p.serious_illness is True for p in people) >= 10
    assert all(p.illness for p in people if p.serious_illness)
    assert len({sum(p.self_care.values()) for p in people if p.self_care}) >= 5


def test_elders_over_eighty_live_alone_and_children_with_grandparents(village):
    alone = [h for h in village.households if len(h.members) == 1]
    left = [each.household for each in village.members if each.kind is FamilyKind.LEFT_BEHIND]
    orphans = [each.household for each in village.members if each.kind is FamilyKind.ORPHANS]

    assert sum(_age(h.members[0]) >= 80 for h in alone) >= 10
    assert all(any(m.living is Living.AWAY_FOR_WORK for m in h.members) for h in left)
    assert all(any(m.relation is Relation.GRANDCHILD for m in h.members) for h in left)
    assert all(any(item.kind is IncomeKind.ORPHAN_ALLOWANCE for item in h.incomes) for h in orphans)


def test_parents_are_older_than_their_children(village):
    for household in village.households:
        head = _age(household.members[0])
        for member in household.members:
            if member.relation is Relation.CHILD:
                assert head - _age(member) >= 14
            if member.relation is Relation.PARENT:
                assert _age(member) - head >= 0


def test_the_county_has_recognised_some_of_every_category(village):
    categories = Counter(h.category for h in village.households)
    tiers = Counter(each.tier for each in village.members)

    assert set(categories) == set(Category)
    assert categories[Category.NONE] >= 60
    assert all(tiers[tier] >= 10 for tier in "ABC")
    assert all(
        (each.tier is not None) == (each.household.category is Category.DIBAO)
        for each in village.members
    )
    assert all(
        h.benefit_month and h.benefit_month.fen % 100 == 0
        for h in village.households
        if h.category in {Category.DIBAO, Category.TEKUN}
    )


def test_money_of_every_kind_is_there_to_be_tested(village):
    incomes = [item for h in village.households for item in h.incomes]

    assert {i.kind for i in incomes} >= {
        IncomeKind.WAGE,
        IncomeKind.PUBLIC_POST_WAGE,
        IncomeKind.FARMING,
        IncomeKind.RESIDENT_PENSION_BASIC,
        IncomeKind.MAINTENANCE,
        IncomeKind.DISABILITY_SUBSIDY,
        IncomeKind.ELDERLY_ALLOWANCE,
    }
    assert {i.per for i in incomes} == {Per.MONTH, Per.YEAR}
    assert all(i.amount > Money(0) for i in incomes)
    assert {i.kind for h in village.households for i in h.expenses} >= {
        ExpenseKind.MEDICAL,
        ExpenseKind.EDUCATION,
        ExpenseKind.DISABILITY_REHAB,
    }
    assert {a.kind for h in village.households for a in h.assets} >= {
        AssetKind.HOUSE,
        AssetKind.DEPOSIT,
        AssetKind.VEHICLE,
        AssetKind.BUSINESS,
    }
    assert sum(bool(h.obligors) for h in village.households) >= 40
    assert {h.monitoring_tag for h in village.households} == {None, *MonitoringTag}


def test_everybody_is_registered_married_or_not_and_schooled_as_their_age_allows(members):
    people = [member.person for member in members]

    assert {one.marriage for one in people} == set(Marriage)
    assert {Education.NONE, Education.PRIMARY, Education.MIDDLE, Education.HIGH} <= {
        one.education for one in people
    }
    assert all(one.hukou_address for one in people if one.hukou is Hukou.LOCAL)
    assert any(one.permit_no and one.resident_since for one in people)
    assert any(one.employer for one in people)
    for one in people:
        has_certificate = one.disability_kind is not None and one.id_number is not None
        assert (one.disability_no is not None) == has_certificate
        if has_certificate:
            assert one.disability_no.startswith(one.id_number)
        grown = one.birth is not None and AGES_ON.year - one.birth.year >= 20
        assert grown or one.marriage is Marriage.UNMARRIED, one.id


def test_somebody_warns_of_the_dog(village):
    notes = Counter(h.knock_note for h in village.households)

    assert notes["狗要拴，进门先喊一声"] >= 1
    assert notes[None] > 200


def test_every_head_has_a_number_and_the_head_comes_first(village):
    for household in village.households:
        assert household.head == household.members[0].person.id
        assert household.members[0].person.id_number
        assert all(member.household == household.id for member in household.members)


def test_households_have_waited_differently_long_for_a_visit(village):
    latest = {}
    for visit in _past_visits(village):
        latest.setdefault(visit.household, visit.days_before)
    day = date(2026, 3, 2)

    assert 30 <= len(village.households) - len(latest) <= 150
    assert min(latest.values()) < 7
    assert max(latest.values()) > 300
    assert all(visit.on(day) < day for visit in _past_visits(village))
    assert {visit.met for visit in _past_visits(village)} == set(Met)


def test_nobody_seen_answers_nothing(village):
    for visit in _past_visits(village):
        if visit.met is Met.NOBODY:
            assert (visit.health, visit.supplies, visit.need) == (None, None, None)


def test_it_grows_to_three_thousand_households_without_repeating_a_number():
    village = practice_village(1, 3000)
    numbers = [m.person.id_number for h in village.households for m in h.members]
    known = [number for number in numbers if number]

    assert len(village.households) == 3000
    assert len(known) == len(set(known))
    assert village.people > 8000
    assert {m.person.sex for h in village.households for m in h.members} == {Sex.MALE, Sex.FEMALE}


def test_no_repr_of_the_village_shows_a_person(village):
    text = repr(village) + repr(village.members[0])

    assert not any(m.person.name in text for m in village.households[0].members)
    assert "459901" + "19" not in text
