"""F07 初审公示 — what hangs on the village board (domain.md §3.7).

After CAM's `applyNotice.fr3`. Masked as `app.domain.notice_body` masks: no number, no telephone of
the household, no illness, no name of a minor. The posted copy is the first page; the second is
the proof that it hung, for the file. F08 is the same sheet with another beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Sealed, Title
from app.documents.cells import Cell, Row, fill, head, label, mixed, row, sign, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.rungs import RUNGS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import WRITING, Blank, Part, Words
from app.domain.households import Category
from app.domain.money import Money
from app.domain.procedure import NoticeKind, NoticePlace

FORM: Final = "F07"
VERSION: Final = "2"
TITLE: Final = "社会救助初审公示"
HOLDERS: Final = ("张贴", "存档")
FILED: Final = True
PROOF: Final = "公示张贴记录"

_BODY: Final = 14.0
"""四号, to be read standing before a board."""
_TABLE: Final = 12.0
"""小四."""
_ROWS: Final = 6
"""Lines the table has at least."""
_NAME: Final = 6
_LONG_NAME: Final = 12 * MM
"""How high the line of a name of more than so many characters is."""
_PHOTO: Final = 60 * MM
_ACROSS: Final = 3
_WITNESSES: Final = 2
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One household: `app.domain.notice_body`, read back. Sums a month.

    `covered` None where no test says how many of them are.
    """

    head: str
    place: str
    people: int
    covered: int | None
    category: Category
    benefit: Money | None
    former: Money | None
    relative: bool | None
    support: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent:
    """What the notice says; the days are None until it hangs."""

    unit: str
    kind: NoticeKind
    lines: tuple[NoticeLine, ...]
    was_reviewed: bool
    contact: str
    first: date | None
    last: date | None
    places: tuple[NoticePlace, ...]
    posted_by: tuple[str, ...]
    witnesses: tuple[str, ...]


def line_of(body: Mapping[str, Any]) -> NoticeLine:
    """A line out of what a notice was posted with."""
    return NoticeLine(
        head=body["head"],
        place=body["place"],
        people=body["people"],
        covered=body["covered"],
        category=Category(body["category"]),
        benefit=_money(body["benefit_fen"]),
        former=_money(body["former_benefit_fen"]),
        relative=body["relative"],
        support=body["support"],
    )


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


def render(content: NoticeContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: NoticeContent, document_no: str) -> Paper:
    """The notice as it hangs, and for the file the proof that it did."""
    return notice(c, document_no, form=FORM, title=TITLE, words=_words(c), amount="建议")


def _words(c: NoticeContent) -> tuple[Part, ...]:
    steps = "本人申请、入户调查和民主评议" if c.was_reviewed else "本人申请和入户调查"
    return (
        Words(f"　　经{steps}，同意下列人员申报"),
        Words(_named(c.lines), Style.KAI),
        Words("，现将申报情况公布如下："),
    )


def notice(
    c: NoticeContent,
    document_no: str,
    *,
    form: str,
    title: str,
    words: Sequence[Part],
    amount: str,
) -> Paper:
    """The sheet of either kind; `amount` says whose sum it is: 建议 or nobody's any more."""
    number = (Words("编号："), Words(document_no, Style.KAI))
    columns, rows = table(c.lines, amount=amount)
    rows += [row(*(fill(None) for _ in columns))] * (_ROWS - len(rows))
    unit = (Words("单位："), Words(c.unit, Style.KAI))
    proof = Title(PROOF, left=unit, right=number, begins_page=True)
    blocks: tuple[Block, ...] = (
        Title(title),
        Prose(tuple(words), size=_BODY, before=2 * MM, after=4 * MM),
        Grid(
            columns=tuple(width for _name, width in columns),
            heads=(row(*(head(name, size=_TABLE) for name, _width in columns), height=14 * MM),),
            rows=tuple(rows),
        ),
        Prose(_foot(c), size=_BODY, before=5 * MM),
        Sealed(_signed(c), size=_BODY),
        proof,
        Grid(columns=(27, 163), rows=_proof(c)),
        Grid(columns=(1, 1, 1), rows=tuple(_who(c))),
        Grid(columns=(27, 163), rows=(row("照片粘贴处", fill(None), height=_PHOTO),)),
    )  # fmt: skip
    return Paper(
        form=form,
        version=VERSION,
        title=title,
        blocks=blocks,
        front=(HOLDERS[0], blocks.index(proof)),
    )


def _named(lines: Sequence[NoticeLine]) -> str:
    """What the households ask for, each once."""
    words = dict.fromkeys(RUNGS.get(line.category, "社会救助") for line in lines)
    return "、".join(words) + "待遇"


def table(lines: Sequence[NoticeLine], *, amount: str) -> tuple[list[tuple[str, float]], list[Row]]:
    """Heads with their widths, and a row for each household."""
    tekun = any(line.category is Category.TEKUN for line in lines)
    changed = any(line.former is not None for line in lines)
    rows = [
        row(*_cells(n, line, tekun=tekun, changed=changed), height=_tall(line))
        for n, line in enumerate(lines, start=1)
    ]
    return _columns(lines, amount), rows


def _tall(line: NoticeLine) -> float:
    """High enough that a long name on two lines is read from as far as a short one."""
    return WRITING if len(line.head) <= _NAME else _LONG_NAME


def _columns(lines: Sequence[NoticeLine], amount: str) -> list[tuple[str, float]]:
    """Heads and widths: what a 特困 or a change adds stands only where there is one."""
    columns = [("序号", 12.0), ("户主姓名", 34.0), ("家庭住址", 24.0), ("家庭\n人口", 14.0),
               ("保障\n人口", 14.0), ("类　别", 26.0)]  # fmt: skip
    if any(line.category is Category.TEKUN for line in lines):
        columns.append((f"{amount}\n供养方式".strip(), 24.0))
    if any(line.former is not None for line in lines):
        columns.append(("原户月保障金\n（元）", 28.0))
    columns.append((f"{amount}户月保障金\n（元）", 30.0))
    columns.append(("近亲属\n备案", 18.0))
    return columns


def _cells(number: int, line: NoticeLine, *, tekun: bool, changed: bool) -> list[Cell]:
    filed = "" if line.relative is None else "是" if line.relative else "否"
    covered = "" if line.covered is None else str(line.covered)
    said = [str(number), line.head, line.place, str(line.people), covered, line.category.label]
    if tekun:
        said.append(line.support)
    if changed:
        said.append(line.former.grouped() if line.former is not None else "")
    said.append(line.benefit.grouped() if line.benefit is not None else "")
    return [fill(text, size=_TABLE) for text in (*said, filed)]


def _foot(c: NoticeContent) -> tuple[Part, ...]:
    """Where to object, and until when; F08 hangs until its list changes."""
    contact = (Words(values.phone(c.contact), Style.KAI),) if c.contact else (Blank(40),)
    if c.kind is NoticeKind.F08:
        span: tuple[Part, ...] = (Words("\n　　本公示长期张贴，名单有变动的及时更换。"),)
    else:
        span = (Words("\n　　公示期：自"), *_day(c.first), Words("至"), *_day(c.last),
                Words("止。"))  # fmt: skip
    return (
        Words("　　如有异议，请向"), Words(values.committee(c.unit), Style.KAI),
        Words("反映。联系（投诉）电话："), *contact, Words("。"), *span,
    )  # fmt: skip


def _day(value: date | None) -> tuple[Part, ...]:
    return (Words(values.day(value), Style.KAI),) if value else (Blank(40),)


def _signed(c: NoticeContent) -> tuple[Part, ...]:
    """Who puts it up; the seal goes over it."""
    day = _day(c.first) if c.first else (Words("　　　　年　　月　　日"),)
    return (Words(values.committee(c.unit), Style.KAI), Words("（盖章）\n"), *day)


def _proof(c: NoticeContent) -> tuple[Row, ...]:
    span = (*_day(c.first), Words(" 至 "), *_day(c.last))
    if c.kind is NoticeKind.F08:
        span = (*_day(c.first), Words(" 起"))
    return (
        row("公示对象", fill("、".join(f"{line.head}（{line.place}）" for line in c.lines))),
        row("公示时间", mixed(*span)),
        row("张贴地点", ticks((one.label for one in NoticePlace), (p.label for p in c.places))),
    )


def _who(c: NoticeContent) -> Iterator[Row]:
    """Who posted it and everybody who saw it hang, three to a row; places for two at least."""
    saw = [*c.witnesses, *[""] * (_WITNESSES - len(c.witnesses))]
    places = [sign(f"张贴人\n{'、'.join(c.posted_by)}\n签字：")]
    places += [sign(f"见证人（{_counted(n)}）\n{name}\n签字：") for n, name in enumerate(saw, 1)]
    left = iter(places)
    while some := list(islice(left, _ACROSS)):
        yield row(*some, *[label("")] * (_ACROSS - len(some)))


def _counted(number: int) -> str:
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)
