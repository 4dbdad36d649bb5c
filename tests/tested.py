"""Households with a stored means test, for the papers that are printed from one.

The answers are written down here as an old and a new program kept them; nothing computes them, so a
paper that did not print what is stored would show.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from app.documents.forms import (
    f02,
    f02_content,
    f03,
    f03_content,
    f05,
    f05_reading,
    f11,
    f11_content,
    f12,
    f12_content,
)
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.households import Area, Category, Household
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Living,
    Member,
    Obligor,
    Person,
    PersonStatus,
    Relation,
    Sex,
    Student,
)
from tests.records import (
    AT,
    NUMBER,
    ON,
    UNIT,
)

CARE = {"eat": True, "dress": True, "bed": True, "toilet": False, "walk": True, "bath": False}
NATION = "民发〔2021〕57号 第七条"
MANGSHI = "芒巩固振兴组办〔2021〕6号 三(一)"
TIANJIN = "津民发〔2020〕19号 二(二)"


def person(number: int, name: str, birth: date | None, **facts: object) -> Person:
    """Somebody with an ID number that fits their birth, or with none."""
    born = "" if birth is None else f"{birth:%Y%m%d}"
    usual = {
        "id_number": f"459901{born}{number:03d}X" if born else None,
        "hukou": Hukou.LOCAL,
        "hukou_address": "云溪镇青石坳村三组12号",
    }
    return Person(id=f"p{number}", name=name, birth=birth, **(usual | facts))


def family() -> Household:
    """The household of the worked example: a daughter-in-law who works, an old man, a pupil."""
    people = (
        (Relation.HEAD, Living.TOGETHER, person(1, "李桂芳", date(1979, 5, 3), sex=Sex.FEMALE,
            ethnicity="壮", labour=Labour.ABLE, student=Student.NONE, disabled=False,
            serious_illness=False, phone="19900004410")),
        (Relation.PARENT, Living.TOGETHER, person(2, "李长福", date(1950, 1, 20), sex=Sex.MALE,
            ethnicity="壮", labour=Labour.NONE, disability_kind=DisabilityKind.MENTAL,
            disability_level=2, disability_no="45990119500120002X62", self_care=CARE)),
        (Relation.CHILD, Living.TOGETHER, person(3, "李小雨", date(2012, 9, 1), sex=Sex.MALE,
            ethnicity="壮", labour=Labour.NONE, student=Student.COMPULSORY, disabled=False)),
    )  # fmt: skip
    return home(
        tuple(
            Member(id=f"m{who.id}", household="h", person=who, relation=relation, living=living)
            for relation, living, who in people
        ),
        obligors=(
            Obligor(
                id="o1",
                household="h",
                name="李建国",
                relation="儿子",
                birth=date(1988, 1, 1),
                monthly_income=Money.yuan(3000),
                maintenance_month=Money.yuan(200),
            ),
            Obligor(
                id="o2",
                household="h",
                name="李建设",
                relation="儿子",
                birth=date(1985, 6, 1),
                status=PersonStatus.SERVING_SENTENCE,
            ),
        ),
    )


def home(members: tuple[Member, ...], **facts: object) -> Household:
    """A household of `members`, the first its head."""
    usual = Household(
        id="h",
        area=Area.RURAL,
        village_code="459901103207",
        group_name="三组",
        door="12号",
        address="云溪镇青石坳村三组12号",
        phone="19900006621",
        category=Category.NONE,
        monitoring_tag=None,
        benefit_month=None,
        poverty_cause="疾病",
        knock_note=None,
        bank_name="练习县农村信用合作联社",
        bank_account="9994599010000000142",
        head=members[0].person.id,
        members=members,
    )
    return replace(usual, **facts)


def application(*requested: Category, **changes: object) -> Application:
    """An application of the head for these rungs."""
    usual = Application(
        id="ap",
        document_no=NUMBER,
        household="h",
        applicant="p1",
        requested=requested or (Category.DIBAO,),
        status=ApplicationStatus.DRAFT,
        filed_on=ON,
        assessment="a",
    )
    return replace(usual, **changes)


FACTS = {
    "format": "xieli-case/1", "id": "h",
    "household": {
        "area": "rural",
        "members": [
            {"id": "p1", "relation": "head", "birth": "1979-05-03", "sex": "female",
             "name": "李桂芳", "hukou": "local", "labour": "able", "student": "none",
             "first_employed_on": "2025-12-01", "self_declared_on": "2025-12-05",
             "disability": None, "serious_illness": False},
            {"id": "p2", "relation": "parent", "birth": "1950-01-20", "sex": "male",
             "name": "李长福", "hukou": "local", "labour": "none",
             "disability": {"kind": "mental", "level": 2}, "self_care": CARE},
            {"id": "p3", "relation": "child", "birth": "2012-09-01", "sex": "male",
             "name": "李小雨", "hukou": "local", "student": "compulsory", "labour": "none",
             "disability": None},
        ],
        "incomes": [
            {"member": "p1", "kind": "wage", "amount": "2600.00", "per": "month", "months": 12},
            {"member": "p2", "kind": "resident_pension_basic", "amount": "103.00", "per": "month"},
            {"member": "p2", "kind": "rent", "amount": "900.00", "per": "month", "months": 12},
        ],
        "expenses": [{"member": "p2", "kind": "medical", "amount": "4800.00", "per": "year"}],
        "assets": [{"kind": "deposit", "amount": "12000.00"}, {"kind": "house", "count": 1},
                   {"kind": "vehicle", "count": 0}],
        "obligors": [
            {"id": "o1", "relation": "son", "birth": "1988-01-01", "monthly_income": "3000.00",
             "maintenance_month": "200.00"},
            {"id": "o2", "relation": "son", "birth": "1985-06-01", "status": "serving_sentence"},
        ],
    },
    "requested": ["ladder"],
}  # fmt: skip
"""The case as it was told."""

ANSWER = {
    "format": "xieli-assessment/1", "case": "h", "on": "2026-03-02",
    "pack": {"id": "practice", "version": "2026-01-01", "sha256": "5f0c" * 16}, "overrides": [],
    "counted_members": ["p1", "p2", "p3"],
    "income_year": "34800.00", "per_capita_month": "966.67", "standard_month": "1045.00",
    "rungs": [
        {"rung": "tekun", "outcome": "fails", "members": ["p2"], "benefit_month": None,
         "reasons": [{"text": "儿子有赡养能力。", "basis": "民发〔2021〕43号 第八条"}]},
        {"rung": "dibao", "outcome": "meets", "members": ["p1", "p2", "p3"],
         "benefit_month": "235.00", "reasons": []},
        {"rung": "marginal", "outcome": "fails", "members": ["p1", "p2", "p3"],
         "benefit_month": None,
         "reasons": [{"text": "人均收入低于低保标准，应当先按低保办。", "basis": NATION}]},
        {"rung": "single_person", "outcome": "fails", "members": [], "benefit_month": None,
         "reasons": [{"text": "整户已经符合低保，不用再按单人保办。", "basis": NATION}]},
        {"rung": "rigid_expenditure", "outcome": "unknown", "members": ["p1", "p2", "p3"],
         "benefit_month": None,
         "reasons": [{"text": "还没有刚性支出占收入的比例。", "basis": "民发〔2024〕57号"}]},
        {"rung": "watchlist", "outcome": "unknown", "members": ["p1", "p2", "p3"],
         "benefit_month": None, "reasons": []},
    ],
    "suggested": "dibao", "benefit_month": "235.00", "care_levels": {"p2": "semi_care"},
    "lines": [
        {"member": "p1", "item": "wage", "treatment": "counted", "formula": "2600.00 × 12",
         "amount_year": "31200.00", "basis": NATION},
        {"member": "p1", "item": "first_employment_cost", "treatment": "deducted",
         "formula": "600.00 × 12", "amount_year": "-7200.00", "basis": TIANJIN},
        {"member": "p2", "item": "resident_pension_basic", "treatment": "disregarded",
         "formula": "103.00 × 12", "amount_year": "0.00", "basis": MANGSHI},
        {"member": "p2", "item": "rent", "treatment": "counted", "formula": "900.00 × 12",
         "amount_year": "10800.00", "basis": NATION},
    ],
    "missing": ["rigid_ratio_min"], "warnings": [],
}  # fmt: skip
"""The answer as the first version of the program kept it."""


def record(
    answer: dict[str, object] | None = None, facts: dict[str, object] | None = None
) -> AssessmentRecord:
    """The stored test of `family`, with parts of its answer or of its facts replaced."""
    said = ANSWER | (answer or {})
    suggested = said["suggested"]
    return AssessmentRecord(
        id="a",
        household="h",
        on=ON,
        pack_id="practice",
        pack_version="2026-01-01",
        pack_title="练习县（示例）",
        pack_sha256="5f0c" * 16,
        facts=json.dumps(FACTS | (facts or {}), ensure_ascii=False),
        answer=json.dumps(said, ensure_ascii=False),
        suggested=None if suggested is None else Category(suggested),
        benefit_month=None
        if said["benefit_month"] is None
        else Money.parse(str(said["benefit_month"])),
        made_at=AT,
    )


def tekun_record() -> AssessmentRecord:
    """The same test, had nobody been able to support the old man."""
    rungs = [
        rung
        if rung["rung"] != "tekun"
        else {"rung": "tekun", "outcome": "meets", "members": ["p2"], "benefit_month": None,
              "reasons": []}
        for rung in ANSWER["rungs"]
    ]  # fmt: skip
    return record({"rungs": rungs, "suggested": "tekun", "benefit_month": None})


WHOLE: dict[str, object] = {
    "lines": [
        line | {"label": {"wage": "工资", "rent": "房租"}.get(line["item"], "首次就业劳动成本")}
        if line["item"] != "resident_pension_basic"
        else line | {"label": "居保基础养老金"}
        for line in ANSWER["lines"]
    ],
    "limits": [
        {"text": "低保标准", "unit": "month", "held": "966.67", "limit": "1045.00",
         "basis": "津民规〔2025〕6号"},
        {"text": "低保边缘线", "unit": "month", "held": "966.67", "limit": "1567.50",
         "basis": NATION},
        {"text": "存款等货币财产", "unit": "each", "held": "4000.00", "limit": None,
         "basis": "货币财产上限"},
        {"text": "刚性支出占收入的比例", "unit": "percent", "held": None, "limit": "60.00",
         "basis": "民发〔2024〕57号"},
    ],
    "working": {
        "outlay": [
            {"member": "p2", "item": "medical", "treatment": "counted", "formula": "4800.00",
             "amount_year": "4800.00", "basis": "民发〔2024〕57号", "label": "看病自付"},
        ],
        "benefit": [],
    },
    "near": [
        {"rung": "dibao", "text": "人均月收入只比低保标准 1045.00 元低 78.33 元，请核实收入依据。",
         "limit_month": "1045.00", "distance_month": "78.33", "basis": "津民规〔2025〕6号"},
    ],
    "hints": [
        {"code": "disability_care", "member": "p2",
         "text": "可能能领重度残疾人护理补贴；先问有没有在领。", "basis": "国发〔2015〕52号"},
    ],
    "grace": None,
    "warnings": ["household.members[1].id_number：身份证号最后一位对不上。"],
    "rungs": [
        rung
        if rung["rung"] != "dibao"
        else rung | {
            "benefit_missing": [],
            "benefit_lines": [
                {"member": None, "text": "低保标准", "formula": "1045.00 × 3",
                 "amount_month": "3135.00", "basis": "津民规〔2025〕6号"},
                {"member": None, "text": "减去家庭收入", "formula": "34800.00 ÷ 12",
                 "amount_month": "-2900.00", "basis": "社会救助暂行办法 第九条"},
            ],
        }
        for rung in ANSWER["rungs"]
    ],
}  # fmt: skip
"""What the program keeps today besides."""

USUAL = {
    "F02": lambda: (
        f02,
        f02_content.content_of(application(), family(), unit=UNIT, assessment=record()),
    ),
    "F03": lambda: (
        f03,
        f03_content.content_of(application(), family(), unit=UNIT, assessment=record()),
    ),
    "F05": lambda: (f05, f05_reading.content_of(record(WHOLE), family(), unit=UNIT)),
    "F11": lambda: (
        f11,
        f11_content.content_of(
            application(Category.TEKUN), family(), unit=UNIT, assessment=tekun_record()
        ),
    ),
    "F12": lambda: (f12, f12_content.content_of(tekun_record(), family(), unit=UNIT)),
}
"""One ordinary content for each of these forms, with its module."""
