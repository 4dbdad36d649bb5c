"""F01 as it looks, from the top of its first page to the list of papers on its last."""

from __future__ import annotations

from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import (
    LEFT,
    SMALL,
    Row,
    day_or_line,
    fill,
    head,
    label,
    opinion,
    row,
)
from app.documents.fonts import Style
from app.documents.forms import opinions
from app.documents.forms.beside import attached, proxy_row
from app.documents.forms.causes import cause_ticks
from app.documents.forms.f01_content import F01Content, F01Member, F01Sums
from app.documents.forms.obligor_table import obligor_table
from app.documents.forms.rungs import RUNGS, rung_ticks
from app.documents.ink import MM
from app.documents.typeset import Blank, Tick, Words

_PAPERS: Final = (
    "户口本", "身份证", "居住证", "残疾证", "诊断书和费用单", "学籍证明", "离婚或判决文书",
    "收入材料", "赡养协议", "委托书", "核对授权书", "诚信承诺书", "银行卡复印件", "其他",
)  # fmt: skip
_MEMBERS: Final = 6
"""Lines a table has at least, so that those who are missing can be written in."""

_DECLARATION: Final = (
    "　　本人及共同生活的家庭成员自愿申请社会救助，授权民政部门核对家庭经济状况。所填内容和所交材料"
    "都真实、完整；家庭人口、收入、财产有变化的，及时报告。如有虚报、隐瞒、伪造，愿意承担相应的法律责任。"
)


def blocks_of(c: F01Content, title: str, document_no: str) -> tuple[Block, ...]:
    """The form's blocks."""
    unit = (
        Words("申报单位："), Words(c.unit, Style.KAI),
        Words("　申请日期："), *day_or_line(c.filed_on),
    )  # fmt: skip
    number = (Words("编号："), Words(document_no, Style.KAI))
    return (
        Title(title, left=unit, right=number),
        Grid(columns=(32, 158), rows=(row("申请类别", rung_ticks(c.requested)),)),
        Grid(columns=(23, 36, 23, 36, 24, 40), rows=_applicant(c), side="申请人"),
        Grid(
            columns=_MEMBER_COLUMNS,
            heads=(_member_heads(),),
            rows=tuple(_padded([_member(m) for m in c.members], _MEMBERS, 12)),
            side="共同生活的家庭成员",
        ),
        Grid(columns=(22, 24, 22, 24, 22, 24, 22, 22), rows=_sums(c), side="家庭收入"),
        Grid(columns=(20, 26) * 4, rows=_assets(c), side="财产"),
        obligor_table(c.obligors),
        Grid(columns=(20, 34, 20, 44, 24, 48), rows=(_bank(c),)),
        Grid(columns=(1, 1), rows=opinions.declaration(_DECLARATION)),
        Grid(columns=(27, 163), rows=(opinions.village(),)),
        Grid(columns=(27, 163), rows=_decisions(c), together=True),
        Prose(
            (Words("说明：空着的格子由申请人或者经办人如实手写；没有的写“无”。"),),
            size=9,
            before=1 * MM,
        ),
    )


def _applicant(c: F01Content) -> tuple[Row, ...]:
    a = c.applicant
    return (
        row("姓　名", fill(a.name), "性　别", fill(a.sex), "出生年月", fill(values.month(a.birth))),
        row(
            "民　族",
            fill(a.ethnicity),
            "证件类型",
            fill(a.id_kind),
            "证件号码",
            fill(values.spaced(a.id_number)),
        ),
        row("户籍类别", fill(a.hukou), "婚姻状况", fill(a.marriage), "文化程度", fill(a.education)),
        row("户籍地址", fill(a.hukou_address, span=3, align=LEFT), "居住年限", fill(a.resided)),
        row(
            "现居住地", fill(a.address, span=3, align=LEFT), "联系电话", fill(values.phone(a.phone))
        ),
        row("居住证号", fill(a.permit_no), "健康状况", fill(a.health), "劳动能力", fill(a.labour)),
        row(
            "残疾等级",
            fill(a.disability),
            "残疾证号",
            fill(values.certificate(a.disability_no)),
            "重病病种",
            fill(a.illness),
        ),
        proxy_row(c.proxy),
        row("致贫原因", cause_ticks(a.causes, a.other_cause, span=5)),
    )


_MEMBER_COLUMNS: Final = (20, 15, 37, 9, 13, 15, 15, 17, 15, 18, 9, 9)


def _member_heads() -> Row:
    names = (
        "姓名", "与申请\n人关系", "证件号码", "年龄", "健康\n状况", "残疾",
        "就业\n状况", "工作单位", "就学", "年收入\n（元）", "计入", "保障",
    )  # fmt: skip
    return row(*(head(name, size=SMALL) for name in names), height=10 * MM)


def _member(m: F01Member) -> Row:
    income = "" if m.income_year is None else m.income_year.grouped() if m.income_year.fen else "无"
    said = (
        m.name, m.relation, m.id_number, _number(m.age), m.health, m.disability,
        m.employment, m.employer, m.student, income, values.yes_no(m.counted),
        values.yes_no(m.covered),
    )  # fmt: skip
    return row(*(fill(text, size=SMALL) for text in said))


_SUMS: Final = (
    "工资性收入", "经营净收入", "财产净收入", "转移净收入",
    "赡养抚养费", "土地和补贴", "已核定收入", "扣减合计",
    "家庭年收入", "人均月收入", "月保障标准", "人均月差额",
)  # fmt: skip


def _sums(c: F01Content) -> tuple[Row, ...]:
    s = c.sums
    amounts = (None,) * len(_SUMS) if s is None else (
        s.wages, s.business, s.property, s.transfers,
        s.maintenance, s.land_and_allowances, s.assessed, s.deducted,
        s.income_year, s.per_capita_month, s.standard_month, s.gap_month,
    )  # fmt: skip
    cells = [
        cell
        for name, amount in zip(_SUMS, amounts, strict=True)
        for cell in (label(name, size=SMALL), fill(values.yuan(amount), size=SMALL))
    ]
    return (
        *(row(*cells[start : start + 8]) for start in range(0, len(cells), 8)),
        row(
            label("不计入项目", size=SMALL),
            fill(s.disregarded if s else None, span=3, align=LEFT, size=SMALL),
            label("初步测算", size=SMALL),
            fill(_suggestion(s) if s else None, span=3, align=LEFT, size=SMALL),
        ),
    )


def _suggestion(s: F01Sums) -> str:
    """What the means test says, and under which pack and day it says so."""
    rung = RUNGS.get(s.suggested, s.suggested.label) if s.suggested else None
    said = (
        f"{rung}，户月保障金 {values.yuan(s.benefit_month)}" if rung and s.benefit_month else rung
    )
    nothing = "还定不了，要补问" if s.unsettled else "暂无符合的类别"
    return f"{said or nothing}；{values.day(s.on)}，按{s.pack}"


def _assets(c: F01Content) -> tuple[Row, ...]:
    cells = [
        cell
        for asset in c.assets
        for cell in (label(asset.kind, size=SMALL), fill(asset.said, size=SMALL))
    ]
    cells += [label("", size=SMALL), fill(None, size=SMALL)] * (-len(c.assets) % 4)
    return tuple(row(*cells[start : start + 8]) for start in range(0, len(cells), 8))


def _bank(c: F01Content) -> Row:
    account = fill(c.bank_account)
    return row(
        "户　名", fill(c.account_name), "开户银行", fill(c.bank_name), "账号\n（一卡通）", account
    )


def _decisions(c: F01Content) -> tuple[Row, ...]:
    """What township and county write, on one page with the list of papers they check."""
    group = (Tick("同意"), Tick("不同意"), Words("　意见："), Blank(100))
    decision = (
        Words("保障类别"), Blank(40), Words("　保障人口"), Blank(20),
        Words("\n保障标准"), Blank(30), Words("　人均差额"), Blank(30),
        Words("\n户月保障金"), Blank(27), Words("　起始月份"), Blank(30),
        Words("\n"), Tick("同意"), Tick("不同意，理由"), Blank(60),
    )  # fmt: skip
    return (
        opinions.township(*c.notice),
        row("审核确认\n领导小组意见", opinion(*group, signers=("组长",), seal="")),
        row("县级民政部门\n确认意见", opinion(*decision, signers=("经办人", "负责人"))),
        row("随附材料", attached(_PAPERS, c.attached), height=18 * MM),
    )


def _padded(rows: list[Row], least: int, columns: int) -> list[Row]:
    """`rows`, and empty ones up to `least`."""
    empty = row(*(fill(None) for _ in range(columns)))
    return rows + [empty] * (least - len(rows))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
