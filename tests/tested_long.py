"""A stored means test at its longest: eight people, rare characters, everything open."""

from __future__ import annotations

from datetime import date

from app.documents.forms import f02_content, f03_content, f05_reading, f11_content, f12_content
from app.domain.casework import AssessmentRecord
from app.domain.households import Area, AssetKind, Category, Household, IncomeKind
from app.domain.people import IdKind, Labour, Member, PersonStatus, Relation, Sex
from tests.records import LARGEST, LONG_ADDRESS, LONG_NAME, NOBODYS, RARE, certified
from tests.tested import ANSWER, CARE, USUAL, application, home, person, record


def crowd() -> Household:
    """Eight people of four generations: long names, rare characters, facts nobody knows."""
    people = (
        (Relation.HEAD, person(1, LONG_NAME, date(1968, 3, 9), sex=Sex.MALE, ethnicity="维吾尔")),
        (Relation.SPOUSE, person(2, "古丽巴哈尔·阿卜杜热西提", date(1970, 12, 31), sex=Sex.FEMALE)),
        (Relation.PARENT, person(3, f"韦{RARE}", date(1940, 1, 1), sex=Sex.FEMALE,
            self_care=dict.fromkeys(CARE, False), labour=Labour.NONE)),
        (Relation.PARENT, person(4, "买合木提", None, id_kind=IdKind.NONE,
            self_care={"eat": True, "dress": False})),
        (Relation.CHILD, person(5, "麦麦提艾力", date(1994, 7, 7), sex=Sex.MALE)),
        (Relation.CHILD_IN_LAW, person(6, f"侬{NOBODYS}", date(1995, 2, 2), sex=Sex.FEMALE,
            status=PersonStatus.NO_CIVIL_CAPACITY)),
        (Relation.GRANDCHILD, person(7, "阿依古丽", date(2019, 8, 8), sex=Sex.FEMALE)),
        (Relation.OTHER, person(8, "吐尔逊", None, sex=Sex.UNKNOWN, hukou=None)),
    )  # fmt: skip
    members = tuple(
        Member(id=f"m{who.id}", household="h", person=who, relation=relation)
        for relation, who in people
    )
    return certified(
        home(members, address=LONG_ADDRESS, area=Area.URBAN, phone=None, bank_account=None)
    )


def longest(code: str, text: str) -> tuple[object, object]:
    """The form with the longest realistic values (and `text` in them)."""
    home_of_eight, tested = crowd(), crowded_record(text)
    asked = application(Category.TEKUN, Category.DIBAO, Category.MARGINAL)
    unit = LONG_ADDRESS[:20]
    match code:
        case "F02":
            content = f02_content.content_of(asked, home_of_eight, unit=unit, assessment=tested)
        case "F03":
            content = f03_content.content_of(asked, home_of_eight, unit=unit, assessment=tested)
        case "F05":
            content = f05_reading.content_of(tested, home_of_eight, unit=unit)
        case "F11":
            content = f11_content.content_of(asked, home_of_eight, unit=unit, assessment=tested)
        case "F12":
            content = f12_content.content_of(tested, home_of_eight, unit=unit)
    return USUAL[code]()[0], content


def crowded_record(text: str) -> AssessmentRecord:
    """A test of `crowd` with forty lines, long clauses, the largest sums and everything open."""
    people = [f"p{number}" for number in range(1, 9)]
    members = [
        {"id": who.person.id, "relation": who.relation.value, "name": who.person.name,
         "self_care": who.person.self_care or CARE}
        for who in crowd().members
    ]  # fmt: skip
    basis, largest = f"示例文件{text * 30} 第一条", str(LARGEST)
    line = {"treatment": "counted", "formula": f"{largest} × 12 × 12 ÷ 6", "basis": basis,
            "label": text * 16, "amount_year": largest, "amount_month": largest,
            "text": text * 16}  # fmt: skip
    lines = [
        line | {"member": people[number % 8], "item": kind.value}
        for number, kind in enumerate(IncomeKind)
    ] + [line | {"member": None, "item": "rent", "treatment": "disregarded"}] * 15
    reasons = [{"text": text * 60 + "。", "basis": basis}] * 5
    answer = {
        "counted_members": people, "income_year": largest, "per_capita_month": "104166.66",
        "standard_month": largest, "suggested": "tekun", "benefit_month": largest,
        "care_levels": {"p3": "full_care"}, "overrides": ["dibao_standard_month"] * 6,
        "lines": lines, "working": {"outlay": lines[:9]},
        "limits": [{"text": text * 20, "unit": "month", "held": largest, "limit": largest,
                    "basis": basis}] * 5,
        "hints": [{"member": "p1", "text": text * 200, "basis": basis}] * 6,
        "grace": {"text": text * 100, "basis": basis},
        "rungs": [
            {"rung": rung["rung"], "outcome": "unknown", "members": people,
             "benefit_month": largest, "reasons": reasons, "benefit_lines": [line] * 4}
            for rung in ANSWER["rungs"]
        ],
    }  # fmt: skip
    assets = [{"kind": kind.value, "amount": largest, "count": 99} for kind in AssetKind]
    incomes = [
        {"member": None, "kind": kind.value, "amount": largest, "per": "year"}
        for kind in IncomeKind
    ]
    household = {"area": "urban", "members": members, "assets": assets, "incomes": incomes}
    return record(answer, {"household": household})
