"""F16 临时救助申请审批表 — the ordinary road, and what follows a 先行救助 (domain.md §3.15).

After 大石桥's form. Two pages, two copies: township and county. Made for a household, or about one
先行救助 of it, whose event and words it then carries; the sum is never filled in, it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import (
    LEFT,
    SMALL,
    Row,
    fill,
    head,
    mixed,
    opinion,
    row,
    running,
    sign,
    story,
    ticks,
)
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import persons, told
from app.documents.forms.f17a import EVENTS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.casework import AssessmentRecord, EventKind, Relief
from app.domain.clock import china_date
from app.domain.households import Category, Household, MonitoringTag
from app.domain.money import Money
from app.domain.people import Member
from app.domain.relief_case import LateSupplement

FORM: Final = "F16"
VERSION: Final = "2"
TITLE: Final = "临时救助申请审批表"
HOLDERS: Final = ("乡镇存", "县存")

_CATEGORIES: Final = {
    Category.DIBAO: "低保",
    Category.SINGLE_PERSON: "低保",
    Category.TEKUN: "特困",
    Category.MARGINAL: "低保边缘",
    Category.RIGID_EXPENDITURE: "刚性支出困难",
}
_TAGS: Final = {
    MonitoringTag.UNSTABLE_LIFTED_OUT: "脱贫不稳定",
    MonitoringTag.AT_RISK_MARGINAL: "边缘易致贫",
    MonitoringTag.SUDDEN_DIFFICULTY: "突发严重困难",
}
_KINDS: Final = (
    "低保", "特困", "低保边缘", "刚性支出困难", "脱贫不稳定", "边缘易致贫", "突发严重困难",
    "孤儿（事实无人抚养儿童）", "其他",
)  # fmt: skip
_TROUBLES: Final = ("疾病", "教育", "意外", "灾害", "其他")
_TROUBLE_OF: Final = {
    EventKind.FIRE: "意外",
    EventKind.TRAFFIC: "意外",
    EventKind.SUDDEN_ILLNESS: "疾病",
    EventKind.DROWNING: "意外",
    EventKind.FLOOD: "灾害",
    EventKind.NO_FOOD: "其他",
    EventKind.OTHER: "其他",
}
_MEMBERS: Final = 4
_PAPERS: Final = (
    "身份证、户口本复印件", "核对授权书", "急难事由证明（病历、费用单、事故认定等）",
    "入户调查表", "公示照片", "一卡通（银行卡）复印件", "其他",
)  # fmt: skip
_DECLARATION: Final = (
    "　　本人申请临时救助，所填内容和所交材料真实、完整，同意核对家庭经济状况；如有虚报、隐瞒，"
    "愿意退回所领救助款物，并承担相应责任。\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class F16Member:
    """One line of the household."""

    name: str
    sex: str
    relation: str
    id_number: str | None
    employer: str
    income_year: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F16Content:
    """What the form says. `relief_no` is the 先行救助 it follows, "" for none."""

    unit: str
    head: str
    sex: str
    id_number: str | None
    hukou_address: str
    address: str
    phone: str | None
    event_place: str
    people: int
    category: Category
    tag: MonitoringTag | None
    members: tuple[F16Member, ...]
    last_on: date | None
    last_amount: Money | None
    times: int
    """Payments this calendar year, and their sum."""
    sum_year: Money
    supports: tuple[str, ...]
    event: EventKind | None
    reason: str
    relief_no: str
    relief_amount: Money | None
    bank_name: str
    bank_account: str
    notice: tuple[date | None, date | None]
    """From when to when it hung, as the papers brought later say."""


def content_of(
    household: Household,
    *,
    unit: str,
    on: date,
    relief: Relief | None = None,
    paid: Sequence[Relief] = (),
    supports: Sequence[str] = (),
    event_place: str = "",
    tested: AssessmentRecord | None = None,
    made: LateSupplement | None = None,
) -> F16Content:
    """The form of a household; `paid` are its earlier payments, the newest first, without this.

    `tested` is its newest means test, which knows more of what its people earn; `made` are the
    papers brought later.
    """
    facts = told.facts_of(tested)
    day = on if tested is None else tested.on
    head_member = household.head_member
    person = None if head_member is None else head_member.person
    this_year = [one for one in paid if _day(one).year == on.year]
    last = next(iter(paid), None)
    return F16Content(
        unit=unit,
        head="" if person is None else person.name,
        sex="" if person is None else persons.sex(person),
        id_number=None if person is None else person.id_number,
        hukou_address="" if person is None else person.hukou_address or "",
        address=household.whole_address,
        phone=household.phone or (None if person is None else person.phone),
        event_place="" if relief is None else relief.event_place or event_place,
        people=len(household.members),
        category=household.category,
        tag=household.monitoring_tag,
        members=tuple(
            _member(one, told.income_of(one.person.id, household, facts, day))
            for one in household.members
        ),
        last_on=None if last is None else _day(last),
        last_amount=None if last is None else last.amount,
        times=len(this_year),
        sum_year=sum((one.amount for one in this_year), Money(0)),
        supports=tuple(supports),
        event=None if relief is None else relief.event,
        reason="" if relief is None else relief.event_note,
        relief_no="" if relief is None else relief.document_no,
        relief_amount=None if relief is None else relief.amount,
        bank_name=household.bank_name or "",
        bank_account=household.bank_account or "",
        notice=(None, None) if made is None else (made.notice_from, made.notice_to),
    )


def _day(relief: Relief) -> date:
    return china_date(relief.moment)


def _member(member: Member, income: Money | None) -> F16Member:
    return F16Member(
        name=member.person.name,
        sex=persons.sex(member.person),
        relation=persons.relation_to_head(member),
        id_number=member.person.id_number,
        employer=member.person.employer or "",
        income_year=income,
    )


def render(content: F16Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F16Content, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (Words("申报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 68, 24, 71), rows=(*_household(c), *_before(c))),
            Grid(
                columns=(32, 14, 22, 52, 40, 30),
                heads=(_member_heads(),),
                rows=tuple(_members(c)),
                side="家庭成员",
                breaks=True,
            ),
            Grid(columns=(27, 163), rows=_trouble(c)),
            Grid(columns=(27, 98, 65), rows=_declared(), together=True),
            Grid(columns=(27, 163), rows=_decisions(c), breaks=True),
            Grid(columns=(27, 163), rows=(row("随附材料", ticks(_PAPERS), height=14 * MM),)),
            Prose(
                (
                    Words(
                        "说明：空着的格子如实手写；先行救助后补办的，附《先行救助审批表》和收条。"
                    ),
                ),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _household(c: F16Content) -> tuple[Row, ...]:
    kinds = [*filter(None, (_CATEGORIES.get(c.category), _TAGS.get(c.tag) if c.tag else None))]
    account = " ".join(filter(None, (c.bank_name, c.bank_account)))
    return (
        row("户主（申请人）", fill(c.head), "性别、人口", fill(_counted(c))),
        row("证件号码", fill(values.spaced(c.id_number)), "联系电话", fill(values.phone(c.phone))),
        row("户籍所在地", fill(c.hukou_address, span=3, align=LEFT)),
        row("现居住地", fill(c.address, span=3, align=LEFT)),
        row("急难发生地", fill(c.event_place, span=3, align=LEFT)),
        row("家庭类别", running(*(Tick(one, one in kinds) for one in _KINDS), span=3)),
        row("一卡通账户", fill(account, span=3, align=LEFT)),
    )


def _counted(c: F16Content) -> str:
    return "，".join(filter(None, (c.sex, f"{c.people} 人")))


def _before(c: F16Content) -> tuple[Row, ...]:
    """What was given before, as far as this record knows.

    Nothing on record is not 无: the township may have paid without this village, so it is asked.
    """
    last = f"{values.day(c.last_on)} {values.yuan(c.last_amount)}" if c.last_on else ""
    year = f"{c.times} 次，{values.yuan(c.sum_year)}" if c.times else ""
    first = f"已先行救助 {values.yuan(c.relief_amount)}，编号 {c.relief_no}" if c.relief_no else ""
    return (
        row("上次救助", fill(last), "本年累计", fill(year)),
        row("先行救助", fill(first, span=3, align=LEFT)),
        row("其他救助", fill("、".join(c.supports), span=3, align=LEFT)),
    )


def _member_heads() -> Row:
    names = ("姓名", "性别", "与户主关系", "证件号码", "工作（就学）单位", "年收入（元）")
    return row(*(head(name, size=SMALL) for name in names))


def _members(c: F16Content) -> Iterator[Row]:
    for one in c.members:
        income = one.income_year
        earned = "" if income is None else income.grouped() if income.fen else "无"
        said = (one.name, one.sex, one.relation, values.spaced(one.id_number), one.employer, earned)
        yield row(*(fill(text, size=SMALL) for text in said))
    for _ in range(len(c.members), _MEMBERS):
        yield row(*(fill(None) for _ in range(6)))


def _trouble(c: F16Content) -> tuple[Row, ...]:
    chosen = () if c.event is None else (_TROUBLE_OF[c.event],)
    kind = "" if c.event is None else EVENTS[c.event]
    ill = (
        Words("医院"),
        Blank(38),
        Words("　诊断"),
        Blank(38),
        Words("　自付"),
        Blank(20),
        Words("元"),
    )
    school = (
        Words("阶段"),
        Blank(30),
        Words("　学制"),
        Blank(20),
        Words("　费用"),
        Blank(26),
        Words("元"),
    )
    harm = (Words("类型"), *_known(kind, 30), Words("　损失"), Blank(60))
    return (
        row("困难类型", ticks(_TROUBLES, chosen)),
        row("疾　病", mixed(*ill)),
        row("教　育", mixed(*school)),
        row("意外、灾害", mixed(*harm)),
        row("申请原因", story(c.reason), height=20 * MM),
    )  # fmt: skip


def _declared() -> tuple[Row, ...]:
    written = Tick("由他人代写，已念给本人听，本人确认")
    return (
        row(
            "申请人声明",
            running(Words(_DECLARATION), written),
            sign("申请人签字\n（或按手印）："),
        ),
    )


def _known(text: str, blank: float) -> tuple[Part, ...]:
    return (Words(f"　{text}", Style.KAI),) if text else (Blank(blank),)


def _day_or(value: date | None) -> tuple[Part, ...]:
    return _known(values.day(value), 30)


def _decisions(c: F16Content) -> tuple[Row, ...]:
    first, last = c.notice
    checked = (Words("核实情况："), Blank(90), Words("\n"), Blank(108))
    village = (Tick("情况属实"), Tick("情况不属实"), Words("\n评议（协助）意见："), Blank(70))
    township = (
        Words("公示　自"), *_day_or(first), Words("至"), *_day_or(last),
        Words("\n"), Tick("同意，建议救助"), Blank(30), Words("元\n"),
        Tick("不同意，理由"), Blank(70),
    )  # fmt: skip
    county = (Tick("同意，救助"), Blank(34), Words("元\n（大写"), Blank(78), Words("）\n"),
              Tick("不同意，理由"), Blank(70))  # fmt: skip
    offices = ("救助科（股）", "分管领导")
    return (
        row("乡镇核实", opinion(*checked, signers=("调查人（一）", "调查人（二）"), seal="")),
        row("村（居）委会\n意　见", opinion(*village, signers=("负责人",))),
        row("乡镇（街道）\n意　见", opinion(*township, signers=("经办人", "负责人"))),
        row("县级民政部门\n审　批", opinion(*county, signers=offices)),
        row("财　务", sign("财务签字：")),
    )
