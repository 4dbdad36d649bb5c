"""F19 社会救助转介单 — somebody handed on, and the strip that comes back (domain.md §3.18).

Composed from S0:L27, S3:L19 and S2:L13; no public template [NF]. The lower part is torn off,
filled in by whoever receives it, and sent back. The need on record is one; the boxes for the
others stay, because a person may need more than was noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, head, opinion, row, sign, story, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.households import Category, Household
from app.domain.referral_words import LeadSource, ReferralNeed
from app.domain.visiting import Referral

FORM: Final = "F19"
VERSION: Final = "2"
TITLE: Final = "社会救助转介单"
RECEIPT: Final = "社会救助转介回执"
HOLDERS: Final = ("接收单位", "存档")

_NEEDS: Final = {
    ReferralNeed.MEDICAL: "医疗",
    ReferralNeed.EDUCATION: "教育",
    ReferralNeed.HOUSING: "住房",
    ReferralNeed.WORK: "就业",
    ReferralNeed.REHABILITATION: "残疾康复",
    ReferralNeed.CARE: "养老照料",
    ReferralNeed.LAW: "法律",
    ReferralNeed.MIND: "心理",
    ReferralNeed.PROTECTION: "未成年人保护",
    ReferralNeed.CHARITY: "慈善",
    ReferralNeed.OTHER: "其他",
}
"""The boxes of the form in its order, the rest last."""
_CALLED: Final = {
    LeadSource.VISIT: "走访发现",
    LeadSource.SELF: "自主申请",
    LeadSource.NEIGHBOUR: "群众反映",
    LeadSource.HOTLINE: "热线",
    LeadSource.PLATFORM: "平台",
    LeadSource.CHARITY: "社会组织",
}
"""What the form calls a source where that is not the village's word."""
_SOURCES: Final = {source: _CALLED.get(source, source.label) for source in LeadSource}
_CUT: Final = "—　—　—　—　—　—　—　沿此线撕下，由接收单位填写后退回转出单位　—　—　—　—　—　—　—"


@dataclass(frozen=True, slots=True, kw_only=True)
class F19Content:
    """What both parts say. `source` None where nobody noted how it became known."""

    unit: str
    to_org: str
    need: ReferralNeed
    source: LeadSource | None
    head: str
    id_number: str | None
    address: str
    phone: str | None
    people: int
    category: Category
    supports: tuple[str, ...]
    """What the household receives already."""
    summary: str
    has_agreed: bool
    made_on: date
    due_on: date | None
    handler: str


def content_of(
    referral: Referral,
    household: Household,
    *,
    unit: str,
    source: LeadSource | None = None,
    supports: Sequence[str] = (),
    has_agreed: bool = False,
) -> F19Content:
    """The form of one referral."""
    head = household.named_head
    return F19Content(
        unit=unit,
        to_org=referral.to_org,
        need=referral.need,
        source=source,
        head="" if head is None else head.name,
        id_number=None if head is None else head.id_number,
        address=household.whole_address,
        phone=household.phone,
        people=len(household.members),
        category=household.category,
        supports=tuple(supports),
        summary=referral.content,
        has_agreed=has_agreed,
        made_on=referral.made_on,
        due_on=referral.due_on,
        handler=referral.handler,
    )


def render(content: F19Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F19Content, document_no: str) -> Paper:
    """The referral, and its receipt under the line."""
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=(Words("转出单位："), Words(c.unit, Style.KAI)), right=number),
            Grid(columns=(27, 90, 23, 50), rows=_about(c)),
            Grid(columns=(1, 1), rows=_sent(c), together=True),
            Prose((Words(_CUT),), size=9, align=0.5, before=1 * MM, after=1 * MM, leads=True),
            Grid(columns=(27, 68, 24, 71), heads=(_receipt_head(document_no),), rows=_answered(c),
                 together=True),
        ),
    )  # fmt: skip


def _about(c: F19Content) -> tuple[Row, ...]:
    chosen = () if c.source is None else (_SOURCES[c.source],)
    supports = "、".join(c.supports)
    if not supports and c.category is not Category.NONE:
        supports = c.category.label
    return (
        row("接收单位", fill(c.to_org, align=LEFT), "要求回复日",
            fill(values.day(c.due_on))),
        row("来　源", ticks(_SOURCES.values(), chosen, span=3)),
        row("对象（户主）", fill(c.head), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", fill(c.address, align=LEFT), "联系电话", fill(values.phone(c.phone))),
        row("家庭人口", fill(f"{c.people} 人"), "救助类别", fill(c.category.label)),
        row("需　求", ticks(_NEEDS.values(), (_NEEDS[c.need],), span=3), height=11 * MM),
        row("情况摘要", story(c.summary, span=3), height=15 * MM),
        row("已享受政策", fill(supports, span=3, align=LEFT)),
        row("转出日期", fill(values.day(c.made_on)), "经办人", fill(c.handler)),
    )  # fmt: skip


def _sent(c: F19Content) -> tuple[Row, ...]:
    if c.need is ReferralNeed.PROTECTION:
        agreed = "未成年人保护，依法报告，不须本人同意。\n"
    else:
        agreed = f"{'本人已同意转介。' if c.has_agreed else '本人同意转介和提供以上情况。'}\n"
    return (
        row(
            sign(f"{agreed}本人签字（或按手印）："),
            opinion(Words("转出单位："), signers=("经办人",)),
        ),
    )


def _receipt_head(document_no: str) -> Row:
    return row(head(f"{RECEIPT}（转介单编号 {document_no}）", span=4))


def _answered(c: F19Content) -> tuple[Row, ...]:
    result: tuple[Part, ...] = (
        Tick("已帮扶，内容"), Blank(78), Words("\n"),
        Tick("不符合，原因"), Blank(78), Words("\n"),
        Tick("继续跟踪"),
    )  # fmt: skip
    return (
        row("转出单位", fill(c.unit), "对　象", fill(c.head)),
        row("收到日期", fill(None), "处理日期", fill(None)),
        row("处理结果\n和接收单位", opinion(*result, signers=("经办人",), span=3)),
    )
