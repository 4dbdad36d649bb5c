"""Kinds of household in the practice village, each a recipe: who lives there and on what.

Sums are whole yuan, chosen so that a means test against the practice county's standard comes out
on every rung and on none.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from app.domain.households import AssetKind, ExpenseKind, IncomeKind, MonitoringTag, Per
from app.domain.people import (
    DisabilityKind,
    Hukou,
    IdKind,
    Labour,
    Living,
    Person,
    PersonStatus,
    Relation,
    Sex,
    Student,
)
from app.practice.draft import GREAT_AGE, Draft


class FamilyKind(StrEnum):
    """What a household was made to show."""

    COUPLE = "couple"
    WITH_CHILDREN = "with_children"
    THREE_GENERATIONS = "three_generations"
    LEFT_BEHIND = "left_behind"
    ELDER_COUPLE = "elder_couple"
    ELDER_ALONE = "elder_alone"
    TEKUN_ALONE = "tekun_alone"
    SINGLE = "single"
    DISABLED_CHILD = "disabled_child"
    DISABLED_HEAD = "disabled_head"
    SERIOUSLY_ILL = "seriously_ill"
    STUDENTS = "students"
    WIDOWED = "widowed"
    ORPHANS = "orphans"
    ABSENT_PARENT = "absent_parent"
    WELL_OFF = "well_off"
    INCOMERS = "incomers"
    CONSCRIPT = "conscript"
    TWELVE = "twelve"


def farm(draft: Draft, low: int, high: int) -> None:
    """A year's farming for the whole household, and the house they live in."""
    draft.earn(None, IncomeKind.FARMING, draft.years(low // 100, high // 100) * 100)
    draft.own(AssetKind.HOUSE, count=1)


def work_here(draft: Draft, person: Person, low: int, high: int) -> None:
    """Odd jobs in the township for part of the year."""
    monthly = draft.years(low // 100, high // 100) * 100
    draft.earn(person, IncomeKind.WAGE, monthly, Per.MONTH, draft.years(4, 11))


def save_up(draft: Draft, low: int, high: int) -> None:
    """Money in the credit co-operative."""
    draft.own(AssetKind.DEPOSIT, yuan=draft.years(low // 100, high // 100) * 100)


def visit_the_clinic(draft: Draft) -> None:
    """Small outlays most households have; the few that do not were never asked."""
    if not draft.expenses and draft.happens(94):
        draft.spend(draft.members[0].person, ExpenseKind.MEDICAL, draft.years(1, 14) * 100)


def _couple(draft: Draft) -> None:
    head, spouse = draft.add_couple(draft.years(45, 63))
    work_here(draft, head, 1400, 3400)
    if draft.happens(50):
        work_here(draft, spouse, 800, 2000)
    farm(draft, 2000, 7000)
    save_up(draft, 500, 30000)


def _with_children(draft: Draft) -> None:
    age = draft.years(29, 46)
    head, spouse = draft.add_couple(age)
    for _ in range(draft.years(1, 3)):
        draft.add(Relation.CHILD, draft.years(1, min(15, age - 21)), draft.sex())
    work_here(draft, head, 1800, 4600)
    if draft.happens(60):
        work_here(draft, spouse, 1200, 2600)
    farm(draft, 2000, 8000)
    save_up(draft, 300, 25000)


def _three_generations(draft: Draft) -> None:
    _with_children(draft)
    for sex in draft.chance.sample((Sex.MALE, Sex.FEMALE), draft.years(1, 2)):
        frail = draft.disability(level=draft.years(2, 4)) if draft.happens(40) else {}
        draft.add(Relation.PARENT, draft.years(66, 84), sex, **frail)


def _left_behind(draft: Draft) -> None:
    draft.add_couple(draft.years(58, 72))
    father = draft.add(Relation.CHILD, draft.years(30, 42), Sex.MALE, living=Living.AWAY_FOR_WORK)
    draft.earn(father, IncomeKind.WAGE, draft.years(28, 52) * 100, Per.MONTH, draft.years(7, 11))
    if draft.happens(70):
        mother = draft.add(
            Relation.CHILD_IN_LAW,
            draft.years(27, 40),
            Sex.FEMALE,
            living=Living.AWAY_FOR_WORK,
            by_marriage=True,
        )
        draft.earn(
            mother, IncomeKind.WAGE, draft.years(24, 42) * 100, Per.MONTH, draft.years(6, 11)
        )
    for _ in range(draft.years(1, 2)):
        draft.add(Relation.GRANDCHILD, draft.years(2, 14), draft.sex())
    farm(draft, 1500, 5000)


def _elder_couple(draft: Draft) -> None:
    draft.add_couple(draft.years(63, 79))
    farm(draft, 1500, 9000)
    draft.bind("儿子", draft.years(38, 50), earns=draft.years(20, 52) * 100, gives=200)
    draft.bind("女儿", draft.years(36, 48), earns=draft.years(10, 30) * 100)
    save_up(draft, 200, 12000)


def _elder_alone(draft: Draft) -> None:
    head = draft.add(
        Relation.HEAD,
        draft.years(GREAT_AGE, 96),
        draft.sex(),
        self_care=draft.self_care(draft.years(0, 5)),
    )
    draft.own(AssetKind.HOUSE, count=1)
    draft.bind("儿子", draft.years(52, 60), earns=draft.years(8, 40) * 100)
    if draft.happens(60):
        draft.earn(head, IncomeKind.MAINTENANCE, draft.years(2, 10) * 100, Per.MONTH)
    draft.poverty_cause = "缺乏劳动力"


def _tekun_alone(draft: Draft) -> None:
    age = draft.years(61, 78)
    head = draft.add(
        Relation.HEAD,
        age,
        Sex.MALE,
        labour=Labour.NONE,
        self_care=draft.self_care(draft.years(0, 5)),
    )
    draft.own(AssetKind.HOUSE, count=1)
    draft.earn(head, IncomeKind.LAND_TRANSFER, draft.years(3, 12) * 100)
    draft.bind("儿子", draft.years(30, 40), earns=None, status=PersonStatus.DEAD)
    draft.is_tekun = True
    draft.poverty_cause = "缺乏劳动力"


def _single(draft: Draft) -> None:
    head = draft.add(Relation.HEAD, draft.years(38, 59), draft.sex())
    work_here(draft, head, 800, 2800)
    farm(draft, 500, 3000)


def _disabled_child(draft: Draft) -> None:
    draft.add_couple(draft.years(55, 70))
    kinds = (DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL, DisabilityKind.MULTIPLE)
    grown = draft.add(
        Relation.CHILD,
        draft.years(20, 40),
        draft.sex(),
        **draft.disability(*kinds, level=draft.years(1, 4)),
    )
    draft.spend(grown, ExpenseKind.DISABILITY_REHAB, draft.years(4, 40) * 100)
    farm(draft, 4000, 30000)
    draft.poverty_cause = "残疾"


def _disabled_head(draft: Draft) -> None:
    age = draft.years(36, 58)
    head = draft.add(Relation.HEAD, age, Sex.MALE, **draft.disability(level=draft.years(1, 4)))
    spouse = draft.add(Relation.SPOUSE, age - 3, Sex.FEMALE, by_marriage=True)
    draft.add(Relation.CHILD, draft.years(5, 15), draft.sex())
    draft.earn(spouse, IncomeKind.PUBLIC_POST_WAGE, draft.years(8, 16) * 100, Per.MONTH)
    farm(draft, 2500, 9000)
    draft.spend(head, ExpenseKind.MEDICAL, draft.years(10, 60) * 100)
    draft.poverty_cause = "残疾"


_ILLNESSES: Final = ("尿毒症", "肺癌", "白血病", "脑梗后遗症", "肝硬化", "重型再生障碍性贫血")


def _seriously_ill(draft: Draft) -> None:
    head, spouse = draft.add_couple(draft.years(38, 66))
    ill = draft.chance.choice((head, spouse))
    sick = draft.add(
        Relation.PARENT if draft.happens(30) else Relation.SIBLING,
        draft.years(67, 82),
        draft.sex(),
        serious_illness=True,
        illness=draft.chance.choice(_ILLNESSES),
        labour=Labour.NONE,
    )
    work_here(draft, head, 3000, 5600)
    draft.spend(sick, ExpenseKind.MEDICAL, draft.years(120, 620) * 100)
    draft.spend(ill, ExpenseKind.MEDICAL, draft.years(5, 30) * 100)
    farm(draft, 1500, 6000)
    draft.monitoring = MonitoringTag.SUDDEN_DIFFICULTY if draft.happens(50) else None
    draft.poverty_cause = "疾病"


def _students(draft: Draft) -> None:
    head, _ = draft.add_couple(draft.years(44, 52))
    stage = Student.UNDERGRADUATE if draft.happens(75) else Student.POSTGRADUATE
    elder = draft.add(
        Relation.CHILD,
        draft.years(19, 22) if stage is Student.UNDERGRADUATE else draft.years(23, 25),
        draft.sex(),
        living=Living.AWAY_FOR_STUDY,
        student=stage,
    )
    younger = draft.add(Relation.CHILD, draft.years(16, 18), draft.sex())
    draft.spend(elder, ExpenseKind.EDUCATION, draft.years(80, 160) * 100)
    draft.spend(younger, ExpenseKind.EDUCATION, draft.years(10, 40) * 100)
    work_here(draft, head, 1500, 3600)
    farm(draft, 2000, 8000)
    draft.monitoring = MonitoringTag.AT_RISK_MARGINAL if draft.happens(30) else None


def _widowed(draft: Draft) -> None:
    head = draft.add(Relation.HEAD, draft.years(33, 48), Sex.FEMALE)
    for _ in range(draft.years(1, 2)):
        draft.add(Relation.CHILD, draft.years(4, 15), draft.sex())
    work_here(draft, head, 900, 2200)
    farm(draft, 1000, 4000)
    draft.poverty_cause = "缺乏劳动力"
    draft.monitoring = MonitoringTag.UNSTABLE_LIFTED_OUT if draft.happens(40) else None


def _orphans(draft: Draft) -> None:
    draft.add(Relation.HEAD, draft.years(68, 79), Sex.FEMALE)
    for _ in range(draft.years(1, 2)):
        child = draft.add(Relation.GRANDCHILD, draft.years(6, 14), draft.sex())
        draft.earn(child, IncomeKind.ORPHAN_ALLOWANCE, 1250, Per.MONTH)
    farm(draft, 500, 2000)
    draft.poverty_cause = "缺乏劳动力"


def _absent_parent(draft: Draft) -> None:
    draft.add_couple(draft.years(59, 70))
    status = draft.chance.choice(
        (
            PersonStatus.SERVING_SENTENCE,
            PersonStatus.COMPULSORY_REHAB,
            PersonStatus.DECLARED_MISSING,
        )
    )
    draft.add(Relation.CHILD, draft.years(30, 42), Sex.MALE, living=Living.SEPARATE, status=status)
    draft.add(Relation.GRANDCHILD, draft.years(6, 14), draft.sex())
    farm(draft, 1500, 5000)
    draft.bind("母亲", draft.years(30, 38), earns=None)


def _well_off(draft: Draft) -> None:
    head, spouse = draft.add_couple(draft.years(35, 55))
    draft.add(Relation.CHILD, draft.years(7, 14), draft.sex())
    draft.earn(head, IncomeKind.BUSINESS, draft.years(400, 1200) * 100)
    draft.earn(spouse, IncomeKind.WAGE, draft.years(28, 46) * 100, Per.MONTH)
    farm(draft, 3000, 9000)
    draft.own(AssetKind.VEHICLE, count=1)
    draft.own(AssetKind.BUSINESS, count=1)
    save_up(draft, 40000, 160000)


def _incomers(draft: Draft) -> None:
    """A spouse and a newborn whose papers are not the ordinary ones."""
    head = draft.add(Relation.HEAD, draft.years(30, 40), Sex.MALE)
    papers = draft.chance.choice((Hukou.NONLOCAL, Hukou.RESIDENCE_PERMIT, Hukou.NONE))
    kind = IdKind.NONE if papers is Hukou.NONE else IdKind.RESIDENT
    draft.add(
        Relation.SPOUSE,
        draft.years(24, 30),
        Sex.FEMALE,
        by_marriage=True,
        hukou=papers,
        id_kind=kind,
    )
    draft.add(Relation.CHILD, 0, draft.sex(), hukou=Hukou.NONE, id_kind=IdKind.NONE)
    draft.add(Relation.CHILD, draft.years(2, 5), draft.sex(), id_kind=IdKind.HUKOU_BOOK)
    work_here(draft, head, 1000, 3000)
    farm(draft, 1500, 5000)


def _conscript(draft: Draft) -> None:
    head, _ = draft.add_couple(draft.years(44, 52))
    draft.add(
        Relation.CHILD,
        draft.years(19, 21),
        Sex.MALE,
        living=Living.SEPARATE,
        status=PersonStatus.CONSCRIPT,
    )
    work_here(draft, head, 1200, 2800)
    farm(draft, 2000, 6000)
    draft.earn(head, IncomeKind.VETERAN_BENEFIT, 6000)


def _twelve(draft: Draft) -> None:
    """Twelve under one roof: more than one page of any form holds."""
    head, _ = draft.add_couple(68)
    draft.add(Relation.PARENT, 91, Sex.FEMALE, self_care=draft.self_care(2))
    for age in (44, 40):
        son = draft.add(Relation.CHILD, age, Sex.MALE)
        draft.add(Relation.CHILD_IN_LAW, age - 2, Sex.FEMALE, by_marriage=True)
        work_here(draft, son, 1200, 2400)
    for age in (3, 7, 10, 13, 17):
        draft.add(Relation.GRANDCHILD, age, draft.sex())
    draft.earn(head, IncomeKind.LAND_TRANSFER, 1800)
    farm(draft, 6000, 12000)


RECIPES: Final[dict[FamilyKind, tuple[Callable[[Draft], None], int]]] = {
    FamilyKind.COUPLE: (_couple, 44),
    FamilyKind.WITH_CHILDREN: (_with_children, 58),
    FamilyKind.THREE_GENERATIONS: (_three_generations, 28),
    FamilyKind.LEFT_BEHIND: (_left_behind, 24),
    FamilyKind.ELDER_COUPLE: (_elder_couple, 32),
    FamilyKind.ELDER_ALONE: (_elder_alone, 22),
    FamilyKind.TEKUN_ALONE: (_tekun_alone, 16),
    FamilyKind.SINGLE: (_single, 22),
    FamilyKind.DISABLED_CHILD: (_disabled_child, 18),
    FamilyKind.DISABLED_HEAD: (_disabled_head, 12),
    FamilyKind.SERIOUSLY_ILL: (_seriously_ill, 18),
    FamilyKind.STUDENTS: (_students, 12),
    FamilyKind.WIDOWED: (_widowed, 10),
    FamilyKind.ORPHANS: (_orphans, 3),
    FamilyKind.ABSENT_PARENT: (_absent_parent, 3),
    FamilyKind.WELL_OFF: (_well_off, 10),
    FamilyKind.INCOMERS: (_incomers, 4),
    FamilyKind.CONSCRIPT: (_conscript, 2),
    FamilyKind.TWELVE: (_twelve, 1),
}
"""Each kind's recipe and its share: so many in about three hundred households."""
