"""F15 走访（巡访）记录表 — one visit on one page (domain.md §3.14).

Sources: S4:L40 and the five cares of 探访 (health, spirits, safety, hygiene, housing). What the
visit did not record stays empty, to be written on the spot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Title
from app.documents.cells import LEFT, SMALL, Cell, Row, fill, mixed, row, sign, story, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.casework import Channel, Health, Housing, IncomeChange, Met, Need, Supplies, Visit
from app.domain.clock import china_date
from app.domain.households import Category, Household
from app.domain.visit_words import CarerDuty, Cleanliness, Explained, FireSafety
from app.domain.visiting import Strokes
from app.domain.words import Word

FORM: Final = "F15"
VERSION: Final = "2"
TITLE: Final = "走访（巡访）记录表"
HOLDERS: Final = ("村（居）存",)

_CHANNELS: Final = {
    Channel.HOME: "上门",
    Channel.PHONE: "电话",
    Channel.VIDEO: "视频",
    Channel.WECHAT: "微信",
    Channel.REMOTE: "远程监测",
}
_GOODS: Final[tuple[Part, ...]] = (
    Words("　物资 "), Tick("没变化"), Tick("变了"), Words("　说明"), Blank(42),
)  # fmt: skip
REFERRED: Final = "转介"
APPLIED: Final = "协助申请"
_HANDLING: Final = ("当场解决", REFERRED, APPLIED, "上报乡镇", "无需处置")


@dataclass(frozen=True, slots=True)
class Added:
    """What was added to the visit afterwards."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F15Content:
    """What the form says. None is what the visit did not record."""

    unit: str
    head: str
    category: Category
    address: str
    phone: str | None
    persons: int
    visited_on: date | None
    met: Met | None
    channel: Channel | None
    health: Health | None
    supplies: Supplies | None
    housing: Housing | None
    income_change: IncomeChange | None
    need: Need | None
    note: str
    visitor: str
    next_visit_on: date | None
    cleanliness: Cleanliness | None
    dwelling: Cleanliness | None
    fire_safety: FireSafety | None
    carer: CarerDuty | None
    explained: Explained | None
    addenda: tuple[Added, ...]
    signature: Strokes
    photos: int
    handled: tuple[str, ...] = ()
    """What came of it, as far as that has a record of its own."""


def content_of(
    visit: Visit,
    household: Household,
    *,
    unit: str,
    next_visit_on: date | None = None,
    addenda: tuple[Added, ...] = (),
    signature: Strokes = (),
    photos: int = 0,
    handled: tuple[str, ...] = (),
) -> F15Content:
    """The form's content for one completed visit."""
    head = household.named_head
    return F15Content(
        unit=unit,
        head=head.name if head else "",
        category=household.category,
        address=household.whole_address,
        phone=household.phone,
        persons=len(household.members),
        visited_on=visit.visited_on,
        met=visit.met,
        channel=visit.channel,
        health=visit.health,
        supplies=visit.supplies,
        housing=visit.housing,
        income_change=visit.income_change,
        need=visit.need,
        note=visit.note,
        visitor=visit.visitor,
        next_visit_on=next_visit_on,
        cleanliness=visit.cleanliness,
        dwelling=visit.dwelling,
        fire_safety=visit.fire_safety,
        carer=visit.carer,
        explained=visit.explained,
        addenda=addenda,
        signature=signature,
        photos=photos,
        handled=handled,
    )


def render(content: F15Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F15Content, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (Words("单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 92, 22, 49), rows=(*_household(c), *_findings(c), *_handling(c))),
            Grid(columns=(1, 1, 1), rows=_signatures(c.signature), clings=True),
        ),
    )


def _household(c: F15Content) -> tuple[Row, ...]:
    return (
        row("户　主", fill(c.head), "救助类别", fill(c.category.label)),
        row("住　址", fill(c.address, align=LEFT), "联系电话", fill(values.phone(c.phone))),
        row("走访时间", _when(c.visited_on), "家庭人口", fill(f"{c.persons} 人")),
        row("走访方式", ticks([*_CHANNELS.values()], _came(c.channel), span=3)),
        row("见到谁", ticks(*_asked(Met, c.met)), "照　片", _photos(c.photos)),
    )


def _when(on: date | None) -> Cell:
    """The day as it was recorded, and the hour to write in: nobody is asked to type it."""
    day: tuple[Part, ...] = (Words(values.day(on), Style.KAI),) if on else (Blank(38),)
    return mixed(*day, Words("　"), Blank(10), Words("时"), Blank(10), Words("分"))


def _photos(kept: int) -> Cell:
    if kept:
        return fill(f"{kept} 张，存在电脑里")
    return mixed(Blank(14), Words("张，附后"))


def _came(channel: Channel | None) -> tuple[str, ...]:
    return () if channel is None else (_CHANNELS[channel],)


def _findings(c: F15Content) -> tuple[Row, ...]:
    hazard: tuple[Part, ...] = (
        Tick(FireSafety.SAFE.label, c.fire_safety is FireSafety.SAFE),
        Tick(f"{FireSafety.HAZARD.label}：", c.fire_safety is FireSafety.HAZARD),
        Blank(76),
    )
    change: list[Part] = [Words("收入 ")]
    change += [Tick(word.label, word is c.income_change) for word in IncomeChange]
    return (
        row("身体状况", ticks(*_asked(Health, c.health), span=3)),
        row(
            "衣食状况",
            ticks(*_asked(Supplies, c.supplies)),
            "个人清洁",
            ticks(*_asked(Cleanliness, c.cleanliness)),
        ),
        row(
            "住房安全",
            ticks(*_asked(Housing, c.housing)),
            "居所卫生",
            ticks(*_asked(Cleanliness, c.dwelling)),
        ),
        row("用火用电\n用气安全", mixed(*hazard, span=3), height=12 * MM),
        row("照料人履职", ticks(*_asked(CarerDuty, c.carer), span=3)),
        row("收入变化\n物资变化", mixed(*change, *_GOODS, span=3), height=12 * MM),
        row("需　求", ticks(*_asked(Need, c.need), span=3)),
    )


def _handling(c: F15Content) -> tuple[Row, ...]:
    return (
        row("走访情况", story(c.note, span=3), height=40 * MM),
        *(row("补　记", story(_added(one), span=3)) for one in c.addenda),
        row("处　置", ticks(_HANDLING, c.handled, span=3)),
        row("宣传内容", ticks(*_asked(Explained, c.explained), span=3)),
        row("走访人", fill(c.visitor), "下次走访", fill(values.day(c.next_visit_on))),
    )


def _asked(words: type[Word], answer: Word | None) -> tuple[list[str], set[str]]:
    """Every answer the question has, and the one that was given."""
    return [word.label for word in words], {answer.label} if answer else set()


def _added(one: Added) -> str:
    return f"{values.day(china_date(one.at))} {one.by}：{one.text}"


def _signatures(signature: Strokes) -> tuple[Row, ...]:
    read_out = Words("由他人代写的，应当念给本人听，由本人签字或者按手印确认。")
    return (
        row(mixed(read_out, span=3, size=SMALL)),
        row(
            sign("走访人签字："),
            sign("被访人签字\n（或按手印）：", drawn=signature),
            sign("照料人签字\n（或按手印）："),
        ),
    )
