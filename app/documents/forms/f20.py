"""F20 停发（减发、渐退）告知书 · 渐退期审批表 (domain.md §3.19).

Composed from the fields of a running system's 渐退期审批表; no public template [NF]. The first page
is handed to the household; of a 渐退 a second is kept. What may be done against it is said by the
pack or left to be written in: the program makes up no remedy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import LEFT, Cell, Row, fill, head, mixed, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.stored_answer import StoredAnswer
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Words
from app.domain.casework import AssessmentRecord
from app.domain.households import Household
from app.domain.money import Money
from app.domain.standing import Benefit, BenefitKind, GracePeriod, PaidMonth, paid_by_month
from app.domain.workdays import month_start

FORM: Final = "F20"
VERSION: Final = "2"
TITLE: Final = "停发（减发、渐退）告知书"
SECOND: Final = "渐退期审批表"
HOLDERS: Final = ("本人存", "乡镇存", "县存")
FILED: Final = True
NO_REMEDY: Final = "（由县里填写）"
_ACROSS: Final = 2
"""Months stand in two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class F20Month:
    """One month of the schedule."""

    month: date
    percent: int
    amount: Money | None
    so_far: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F20Content:
    """What both pages say. `remedy` is the pack's own text, "" where it gives none."""

    unit: str
    head: str
    id_number: str | None
    address: str
    heads_before: int | None
    heads_now: int
    income_before: str
    income_now: str
    standard: str
    """A month, in yuan, as the test shows them."""
    amount_before: Money | None
    start_month: date
    ends_on: date | None
    months: tuple[F20Month, ...]
    least_months: int | None
    most_months: int | None
    reason: str
    rule: str
    basis: str
    approved_on: date | None
    approved_by: str
    paper_no: str
    handler: str
    remedy: str = ""
    ended: BenefitKind | None = None
    """What stopped or became less; None of a 渐退."""
    amount_now: Money | None = None
    """What it became; None where it stopped, and of a 渐退."""


def content_of_end(
    ended: Benefit,
    household: Household,
    *,
    unit: str,
    less: Benefit | None = None,
    tested: AssessmentRecord | None = None,
    before: AssessmentRecord | None = None,
    remedy: str = "",
    handler: str = "",
) -> F20Content:
    """The notice of a benefit that stopped, or goes on with `less`. Raises ValueError for one that
    still runs."""
    if ended.to_month is None:
        raise ValueError("a benefit that still runs has no such notice")
    start = month_start(ended.to_month, 1)
    return replace(
        _of_household(household, start, tested, before),
        unit=unit,
        amount_before=ended.amount,
        reason=ended.stop_reason,
        handler=handler,
        remedy=remedy,
        ended=ended.kind,
        amount_now=None if less is None else less.amount,
    )


def content_of(
    grace: GracePeriod,
    household: Household,
    *,
    unit: str,
    tested: AssessmentRecord | None = None,
    before: AssessmentRecord | None = None,
    remedy: str = "",
) -> F20Content:
    """The paper of one 渐退: the test it comes from, and the one `before` it where there is one."""
    return replace(
        _of_household(household, grace.start_month, tested, before),
        unit=unit,
        amount_before=grace.former,
        ends_on=grace.ends_on,
        months=tuple(_month(one) for one in paid_by_month(grace.shares)),
        least_months=grace.least_months,
        most_months=grace.most_months,
        reason=grace.reason,
        rule=grace.rule,
        basis=grace.basis,
        approved_on=grace.approved_on,
        approved_by=grace.approved_by,
        paper_no=grace.paper_no,
        handler=grace.handler,
        remedy=remedy,
    )


def _of_household(
    household: Household,
    start_month: date,
    tested: AssessmentRecord | None,
    before: AssessmentRecord | None,
) -> F20Content:
    """Who it is about and what the two tests say; everything else is still empty."""
    head = household.named_head
    now, then = _figures(tested), _figures(before)
    return F20Content(
        unit="",
        head="" if head is None else head.name,
        id_number=None if head is None else head.id_number,
        address=household.whole_address,
        heads_before=then.heads,
        heads_now=now.heads or len(household.members),
        income_before=then.income,
        income_now=now.income,
        standard=now.standard,
        amount_before=None,
        start_month=start_month,
        ends_on=None,
        months=(),
        least_months=None,
        most_months=None,
        reason="",
        rule="",
        basis="",
        approved_on=None,
        approved_by="",
        paper_no="",
        handler="",
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """What a test says of heads, income a head and the standard, a month."""

    heads: int | None = None
    income: str = ""
    standard: str = ""


def _figures(record: AssessmentRecord | None) -> _Figures:
    if record is None:
        return _Figures()
    said = StoredAnswer(record).said
    heads = len(StoredAnswer(record).counted) or None
    return _Figures(heads, _yuan(said.get("per_capita_month")), _yuan(said.get("standard_month")))


def _yuan(text: object) -> str:
    return f"{text} 元" if isinstance(text, str) else ""


def _month(paid: PaidMonth) -> F20Month:
    share = paid.share
    return F20Month(
        month=share.month, percent=share.percent, amount=share.amount, so_far=paid.so_far
    )


def render(content: F20Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F20Content, document_no: str) -> Paper:
    """The notice, and of a 渐退 its approval, which the household's own copy goes without."""
    unit = (Words("填报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Prose(_addressed(c), size=12, before=2 * MM, after=3 * MM),
            Grid(
                columns=(1, 1, 1, 1, 1, 1),
                rows=(*_changed(c), *(() if c.ended else _schedule(c))),
            ),
            Grid(columns=(27, 163), rows=(*(_reason(c) if c.ended else ()), *_grounds(c))),
            Grid(columns=(1, 1), rows=_served(), together=True),
            *(() if c.ended else _approval(c, unit, number)),
        ),
        front=None if c.ended else (HOLDERS[0], _OF_NOTICE),
    )


_OF_NOTICE: Final = 5
"""Blocks before the approval."""


def _approval(c: F20Content, unit: tuple[Part, ...], number: tuple[Part, ...]) -> tuple[Block, ...]:
    """The second page."""
    return (
        Title(SECOND, left=unit, right=number, begins_page=True),
        Grid(columns=(27, 68, 24, 71), rows=_proposed(c)),
        Grid(columns=(1, 1, 1, 1, 1, 1), rows=_schedule(c)),
        Grid(columns=(1, 1, 1), rows=_opinions(), clings=True, together=True),
    )


def _reason(c: F20Content) -> tuple[Row, ...]:
    return (
        row("住　址", fill(c.address, align=LEFT)),
        row("原　因", story(c.reason), height=22 * MM),
    )


def _told(c: F20Content) -> tuple[Part, ...]:
    """What stops or becomes less, and from when."""
    what = "" if c.ended is None else c.ended.label
    became: tuple[Part, ...] = (Words(" 起停发。"),)
    if c.amount_now is not None:
        became = (Words(" 起减为每月 "), Words(values.yuan(c.amount_now), Style.KAI), Words("。"))
    return (
        Words(c.head, Style.KAI), Words("：你家的"), Words(what, Style.KAI), Words("，从 "),
        Words(values.month(c.start_month), Style.KAI), *became,
    )  # fmt: skip


def _addressed(c: F20Content) -> tuple[Part, ...]:
    """The sentence the household reads."""
    if c.ended:
        return _told(c)
    last = Words(values.day(c.ends_on), Style.KAI) if c.ends_on else Blank(36)
    return (
        Words(c.head, Style.KAI),
        Words("：你家因为就业收入超过了低保标准，从 "),
        Words(values.month(c.start_month), Style.KAI),
        Words(" 起渐退，到 "),
        last,
        Words(" 止，每月发放金额见下表。期满以后的办法另行告知。"),
    )


def _changed(c: F20Content) -> tuple[Row, ...]:
    """原 and 新, side by side."""
    return (
        row(head("项　目"), head("家庭人口"), head("人均月收入"), head("低保标准"),
            head("月保障金"), head("起算月")),
        row("原来", fill(_count(c.heads_before)), fill(values.grouped_in(c.income_before)),
            fill(""), fill(values.yuan(c.amount_before)), fill("")),
        row("现在", fill(_count(c.heads_now)), fill(values.grouped_in(c.income_now)),
            fill(values.grouped_in(c.standard)), fill(_now(c)), fill(values.month(c.start_month))),
    )  # fmt: skip


def _now(c: F20Content) -> str:
    if not c.ended:
        return "见渐退明细"
    return "停发" if c.amount_now is None else values.yuan(c.amount_now)


def _count(heads: int | None) -> str:
    return "" if heads is None else f"{heads} 人"


def _schedule(c: F20Content) -> tuple[Row, ...]:
    """月份 → 比例 → 金额, two months to a line; empty lines to fill in where nothing is said."""
    names = ("月　份", "比　例", "金　额")
    cells = [_cells(one) for one in c.months] or [_empty()] * _open_rows(c)
    if len(cells) % _ACROSS:
        cells.append(_empty())
    half = len(cells) // _ACROSS
    rows = [row(*cells[at], *cells[at + half]) for at in range(half)]
    total = c.months[-1].so_far if c.months else None
    return (
        row(*(head(name) for name in (*names, *names))),
        *rows,
        row("合　计", fill(values.yuan(total), span=2), fill(values.capitals(total), span=3)),
    )


def _open_rows(c: F20Content) -> int:
    return c.most_months or 2 * _ACROSS


def _cells(one: F20Month) -> tuple[Cell, Cell, Cell]:
    amount = values.yuan(one.amount)
    return fill(values.month(one.month)), fill(f"{one.percent}%"), fill(amount)


def _empty() -> tuple[Cell, Cell, Cell]:
    return fill(""), fill(""), fill("")


def _grounds(c: F20Content) -> tuple[Row, ...]:
    remedy = (Words(c.remedy, Style.KAI),) if c.remedy else (Blank(110), Words(NO_REMEDY))
    said = f"{c.rule}（{c.basis}）" if c.basis else c.rule
    basis = story(said, top=False) if said else mixed(Blank(110), Words(NO_REMEDY))
    return (
        row("依　据", basis),
        row("救济途径", mixed(*remedy), height=14 * MM),
    )


def _served() -> tuple[Row, ...]:
    return (
        row(
            sign("收到人签字或按手印："),
            opinion(Words("告知单位："), signers=("送达人",)),
        ),
    )


def _proposed(c: F20Content) -> tuple[Row, ...]:
    span = "" if c.least_months is None else f"{c.least_months} 到 {c.most_months} 个月"
    length = f"{len(c.months)} 个月" if c.months else span
    return (
        row("户　主", fill(c.head), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", fill(c.address, span=3, align=LEFT)),
        row(
            "家庭人口",
            fill(_count(c.heads_now)),
            "人均月收入",
            fill(values.grouped_in(c.income_now)),
        ),
        row("原保障金", fill(values.yuan(c.amount_before)), "渐退期", fill(length)),
        row("起", fill(values.day(c.start_month)), "止", fill(values.day(c.ends_on))),
        row("变动情况", story(c.reason, span=3), height=22 * MM),
        row("依　据", story(f"{c.rule}（{c.basis}）" if c.basis else c.rule, span=3, top=False)),
        row("批准单位", fill(c.approved_by), "批准日期", fill(values.day(c.approved_on))),
        row("批准文书", fill(c.paper_no), "经办人", fill(c.handler)),
    )


def _opinions() -> tuple[Row, ...]:
    return (
        row(
            opinion(Words("村（居）委会意见："), signers=("负责人",)),
            opinion(Words("乡镇（街道）意见："), signers=("负责人",)),
            opinion(Words("县民政部门审核确认意见："), signers=("负责人",)),
        ),
    )
