"""The words of the page of reports. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.reports import ReportFigures, VillageReport
from app.services.reports import ReportFile, ReportLine
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text

LIST: Final = (Column("哪一期"), Column("最晚"), Column("现在怎样", stretch=True))
FIGURES: Final = (Column("项目", stretch=True), Column("数"))
NOT_GIVEN: Final = "县里还没给报送的日子"
_HEADS: Final = (
    ("工作情况", "progress"),
    ("存在问题", "problems"),
    ("经验做法", "experience"),
    ("意见建议", "suggestions"),
)


def line_rows(lines: Sequence[ReportLine]) -> list[Row]:
    """The list; the key is the quarter's."""
    found = []
    for line in lines:
        due = NOT_GIVEN if line.due_on is None else date_text(line.due_on)
        state = state_of(line)
        tone = Tone.BAD if line.late else Tone.SOFT if line.told else Tone.PRIMARY
        cells = (
            Cell(line.quarter.label, "table", tone),
            Cell(due, tone=Tone.BAD if line.late else Tone.INFO),
            Cell(state),
        )
        label = f"{line.quarter.label}，最晚{due}，{state}"
        found.append(Row(line.quarter.key, cells, label))
    return found


def state_of(line: ReportLine) -> str:
    """Whether it was reported, when and to whom."""
    if line.told is not None:
        said = f"{date_text(line.told.told_on)} 报给{line.told.told_to}"
        over = (line.told.told_on - line.due_on).days if line.due_on else 0
        return f"{said}，晚了 {over} 天" if over > 0 else said
    return "过了日子还没报" if line.late else "还没报"


def figure_rows(figures: ReportFigures) -> list[Row]:
    """The rows of F24."""
    said = (
        ("走访户次", f"{figures.visits}"),
        ("线索", f"{figures.leads} 条"),
        ("申请", f"{figures.applications} 份"),
        ("先行救助", f"{figures.relief} 笔 {figures.relief_sum.grouped()} 元"),
        ("补手续超期", f"{figures.overdue_papers} 笔"),
        ("转介发出", f"{figures.referred} 件"),
        ("转介有回复", f"{figures.answered} 件"),
        ("开始渐退", f"{figures.graces} 户"),
        ("列入备案", f"{figures.listed} 户"),
    )
    return [Row(name, (Cell(name), Cell(value)), f"{name} {value}") for name, value in said]


def figures_text(figures: ReportFigures) -> str:
    """The figures on one line, beside the questions."""
    return "　".join(row.spoken for row in figure_rows(figures))


def told_text(file: ReportFile) -> str:
    """Every report of the quarter, the newest first."""
    if not file.reports:
        due = file.line.due_on
        until = NOT_GIVEN if due is None else f"最晚 {date_text(due)}。依据：{file.line.rule}"
        return f"还没报。{until}"
    return "\n\n".join(_report(one) for one in file.reports)


def _report(one: VillageReport) -> str:
    again = "（更正前一次）" if one.corrects else ""
    head = (
        f"{date_text(one.told_on)} {one.handler}报给{one.told_to}{again}，"
        f"数字从 {date_text(one.first)} 到 {date_text(one.last)}：{figures_text(one.figures)}"
    )
    said = [f"{name}：{getattr(one, field)}" for name, field in _HEADS if getattr(one, field)]
    return "\n".join((head, *said))


def quarter_text(file: ReportFile) -> str:
    """What the figures beside are about."""
    return f"{date_text(file.first)} 到 {date_text(file.last)} 的数字，照电脑里记的算："
