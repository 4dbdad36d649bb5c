"""Step 1 — who they are: one page for each person, five digits, most of them known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.households import Category
from app.domain.people import Hukou, Labour, Living, Student
from app.rules.facts import HouseholdFacts, Member
from app.ui.assessment.ask_care import care_fields, care_known, with_care
from app.ui.assessment.ask_certificate import (
    certificate_fields,
    certificate_known,
    certificate_told,
)
from app.ui.assessment.blocks import (
    YES_NO,
    Answers,
    Block,
    Field,
    Step,
    Value,
    of_words,
    said,
    text_of,
    truth_of,
)

SCHOOL_FROM: Final = 6
SCHOOL_TO: Final = 30
WORKS_FROM: Final = 16
"""Ages between which schooling and labour are asked about; the rules decide by themselves."""


def key_of(member: Member) -> str:
    """The block about `member`."""
    return f"{Step.PEOPLE}:{member.id}"


def people_blocks(
    household: HouseholdFacts, answers: Answers, on: date, wanted: Iterable[str]
) -> list[Block]:
    """One block for each person; `wanted` are the paths of facts an answer waits for."""
    paths = tuple(wanted)
    return [
        _block(member, answers.get(key_of(member), {}), on, _of(household.path(member), paths))
        for member in household.members
    ]


def people_answers(
    household: HouseholdFacts, category: Category | None = None
) -> dict[str, dict[str, Value]]:
    """What is known of them from the record; `category` is what the county has recognised."""
    return {
        key_of(member): _known(member) | care_known(member, category)
        for member in household.members
    }


def with_people(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with what has been said about its people."""
    members = tuple(_told(member, answers.get(key_of(member), {})) for member in household.members)
    return replace(household, members=members)


def called(member: Member, on: date) -> str:
    """李建国（41 岁，子女）."""
    name = member.name or member.relation.label
    age = age_of(member, on)
    return (
        f"{name}（{member.relation.label}）"
        if age is None
        else (f"{name}（{age} 岁，{member.relation.label}）")
    )


def age_of(member: Member, on: date) -> int | None:
    """Whole years, or None where the birth is not known."""
    if member.birth is None:
        return None
    early = (on.month, on.day) < (member.birth.month, member.birth.day)
    return on.year - member.birth.year - early


def _of(path: str, wanted: Iterable[str]) -> frozenset[str]:
    """The facts of one member among the paths."""
    return frozenset(one.removeprefix(f"{path}.") for one in wanted if one.startswith(f"{path}."))


def _block(member: Member, given: Mapping[str, Value], on: date, wanted: frozenset[str]) -> Block:
    age = age_of(member, on)
    grown = age is None or age >= WORKS_FROM
    young = age is None or SCHOOL_FROM <= age <= SCHOOL_TO
    return Block(
        key=key_of(member),
        step=Step.PEOPLE,
        title=f"{called(member, on)}是什么情况？",
        who=member.name or member.relation.label,
        fields=(
            Field(key="hukou", label="户口", options=of_words(Hukou)),
            Field(key="living", label="住在哪里", options=of_words(Living)),
            Field(key="student", label="上学", options=of_words(Student), shown=young),
            Field(key="labour", label="能不能干活", options=of_words(Labour), shown=grown),
            Field(key="illness", label="有没有重病", options=YES_NO),
            *certificate_fields(given),
            *care_fields(member, given, age, wanted),
        ),
    )


def _known(member: Member) -> dict[str, Value]:
    labour = None if member.labour is Labour.UNKNOWN else member.labour.value
    return {
        "hukou": member.hukou and member.hukou.value,
        "living": member.living and member.living.value,
        "student": member.student and member.student.value,
        "labour": labour,
        "illness": said(member.serious_illness),
        **certificate_known(member),
    }


def _told(member: Member, given: Mapping[str, Value]) -> Member:
    return replace(
        with_care(member, given),
        hukou=Hukou(text_of(given, "hukou")) if text_of(given, "hukou") else None,
        living=Living(text_of(given, "living")) if text_of(given, "living") else None,
        student=Student(text_of(given, "student")) if text_of(given, "student") else None,
        labour=Labour(text_of(given, "labour")) if text_of(given, "labour") else Labour.UNKNOWN,
        serious_illness=truth_of(given, "illness"),
        disabled=truth_of(given, "disabled"),
        disability=certificate_told(member, given),
    )
