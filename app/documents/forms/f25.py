"""F25 单人保申请页 — somebody of a household that is over the line asks alone (domain.md §3.21).

Goes along with F01. Composed from the rule (a household up to one and a half times the standard
with somebody gravely disabled or ill; §2.5); no public template [NF]. A page for each person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, mixed, opinion, row, running, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer, money
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.money import Money
from app.domain.people import DisabilityKind, Member, Person
from app.domain.problem import Refused

FORM: Final = "F25"
VERSION: Final = "2"
TITLE: Final = "单人户申请最低生活保障申请页"
HOLDERS: Final = ("乡镇存", "县存")

_GRAVE: Final = (1, 2)
"""重度残疾: levels one and two."""
_THIRD: Final = 3
_OF_MIND: Final = frozenset({DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL})
_WISH: Final = (
    "　　本人所在家庭不符合整户低保条件，本人申请参照单人户纳入最低生活保障，授权民政部门核对全家"
    "的经济状况。所填内容真实，家庭情况有变化的及时报告。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class F25Person:
    """One person who asks alone."""

    name: str
    sex: str
    age: int | None
    id_number: str | None
    phone: str | None
    disability: str
    illness: str
    labour: str
    is_grave: bool
    is_of_mind: bool
    is_ill: bool
    signs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class F25Content:
    """What the pages say. Sums a head and month; None without a test."""

    unit: str
    head: str
    address: str
    filed_on: date
    people: int
    category: Category
    per_capita: Money | None
    standard: Money | None
    benefit: Money | None
    tested: str
    persons: tuple[F25Person, ...]


def asks_alone(tested: AssessmentRecord) -> tuple[str, ...]:
    """Whom the test suggests to take in alone; nobody where it suggests something else."""
    if tested.suggested is not Category.SINGLE_PERSON:
        return ()
    return tuple(StoredAnswer(tested).rung(Category.SINGLE_PERSON).get("members") or ())


def content_of(
    application: Application,
    household: Household,
    *,
    unit: str,
    assessment: AssessmentRecord | None = None,
) -> F25Content:
    """The pages. Raises Refused P-23 where the test suggests nobody."""
    asked = () if assessment is None else asks_alone(assessment)
    about = [one for one in household.members if one.person.id in asked]
    if assessment is None or not about:
        raise Refused("测算里没有可以单人保的人。", do="请先测算，再打这张表。", code="P-23")
    answer, head_member = StoredAnswer(assessment), household.head_member
    rung = answer.rung(Category.SINGLE_PERSON)
    said = "；".join(one.get("text", "") for one in rung.get("reasons") or ())
    return F25Content(
        unit=unit,
        head="" if head_member is None else head_member.person.name,
        address=household.whole_address,
        filed_on=application.filed_on,
        people=len(household.members),
        category=household.category,
        per_capita=answer.money("per_capita_month"),
        standard=answer.money("standard_month"),
        benefit=money(rung.get("benefit_month")),
        tested=said,
        persons=tuple(_person(one, household, application.filed_on) for one in about),
    )


def _person(member: Member, household: Household, on: date) -> F25Person:
    person = member.person
    return F25Person(
        name=person.name,
        sex=persons.sex(person),
        age=values.age(person.birth, on),
        id_number=person.id_number,
        phone=person.phone or household.phone,
        disability=persons.disability(person),
        illness=persons.illness(person),
        labour=person.labour.label,
        is_grave=person.disability_level in _GRAVE,
        is_of_mind=_is_of_mind(person),
        is_ill=bool(person.serious_illness),
        signs=persons.signs(member, on),
    )


def _is_of_mind(person: Person) -> bool:
    return person.disability_level == _THIRD and person.disability_kind in _OF_MIND


def render(content: F25Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F25Content, document_no: str) -> Paper:
    """A page for each person."""
    blocks = tuple(block for one in c.persons for block in _page(c, one, document_no))
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks)


def _page(c: F25Content, p: F25Person, document_no: str) -> Iterator[Block]:
    unit = (
        Words("申报单位："), Words(c.unit, Style.KAI),
        Words("　申请日期："), Words(values.day(c.filed_on), Style.KAI),
    )  # fmt: skip
    number = (Words("编号："), Words(document_no, Style.KAI))
    yield Title(TITLE, left=unit, right=number, begins_page=True)
    yield Grid(columns=(27, 68, 24, 71), rows=_facts(c, p))
    yield Grid(columns=(27, 163), rows=_grounds(c, p))
    guardian = "监护人签字\n（或按手印）：" if not p.signs else "代理人签字\n（或按手印）："
    yield Grid(columns=(1, 1), rows=(
        row(running(Words(_WISH), span=2), height=16 * MM),
        row(sign("申请人签字\n（或按手印）："), sign(guardian)),
    ))  # fmt: skip
    yield Grid(columns=(1, 1), rows=(
        row(opinion(Words("村（居）委会意见："), signers=("负责人",)),
            opinion(Words("乡镇（街道）意见："), signers=("负责人",))),
    ), together=True)  # fmt: skip
    yield Prose((Words("说明：随《申请（审批）表》一并提交，附残疾证、诊断书等证明。"),), size=9,
                before=1 * MM, clings=True)  # fmt: skip


def _facts(c: F25Content, p: F25Person) -> tuple[Row, ...]:
    sex = "，".join(filter(None, (p.sex, "" if p.age is None else f"{p.age} 周岁")))
    return (
        row("申请人", fill(p.name), "性别、年龄", fill(sex)),
        row("证件号码", fill(values.spaced(p.id_number)), "联系电话", fill(values.phone(p.phone))),
        row("户　主", fill(c.head), "家庭人口", fill(f"{c.people} 人")),
        row("住　址", fill(c.address, span=3, align=LEFT)),
        row("残疾等级", fill(p.disability), "重病病种", fill(p.illness)),
        row("劳动能力", fill(p.labour), "现有类别", fill(c.category.label)),
    )


def _grounds(c: F25Content, p: F25Person) -> tuple[Row, ...]:
    why = (
        Tick("重度残疾人（一、二级）", p.is_grave), Tick("三级智力、精神残疾人", p.is_of_mind),
        Tick("重病患者", p.is_ill), Tick("其他"), Blank(24),
    )  # fmt: skip
    sums: tuple[Part, ...] = (
        Words("家庭人均月收入 "), *_sum(c.per_capita), Words("　低保标准 "), *_sum(c.standard),
        Words("　初算月保障金 "), *_sum(c.benefit),
    )  # fmt: skip
    return (
        row("符合情形", mixed(*why), height=12 * MM),
        row("核算情况", mixed(*sums)),
        row("测算理由", story(values.grouped_in(c.tested)), height=16 * MM),
        row("申请理由", fill(None), height=24 * MM),
    )


def _sum(amount: Money | None) -> tuple[Part, ...]:
    return (Blank(22), Words("元")) if amount is None else (Words(values.yuan(amount), Style.KAI),)
