"""The export page's words. No Qt."""

from __future__ import annotations

from typing import Final

from app.domain.exporting import ExportBook
from app.domain.masking import Mask
from app.services.exports import ExportReport
from app.ui.exports.desk import Sample
from app.ui.widgets.cells import Cell, Column, Row

COLUMNS: Final = (
    Column("户主"),
    Column("身份证号"),
    Column("住址"),
    Column("哪天"),
    Column("见到谁", stretch=True),
)


def sample_rows(sample: Sample, mask: Mask) -> list[Row]:
    """The first lines as they will stand in the file."""
    hidden = "（不要）" if mask is Mask.NONE else "（没有号码）"
    return [
        Row(
            at,
            (
                Cell(line.name),
                Cell(line.number or hidden),
                Cell(line.place),
                Cell(line.day),
                Cell(line.met),
            ),
        )
        for at, line in enumerate(sample.rows)
    ]


def count_text(sample: Sample, *, shown: bool) -> str:
    """How much it will be; `shown`: the first lines stand below."""
    if not sample.count:
        return sample.why
    first = "；前几条会是这样：" if shown else "。"
    if sample.book is ExportBook.REPORT:
        return f"一共 {sample.count} 项{first}"
    unit = "户" if sample.book is ExportBook.VISITS else "人"
    return f"一共 {sample.count} 条，{sample.persons} {unit}{first}"


def done_texts(report: ExportReport) -> tuple[str, str]:
    """What was done, and what to do with it."""
    headline = f"导出好了：{report.rows} 条，{report.path.name}"
    detail = f"放在 {report.path.parent}，已记入导出记录。"
    if report.unprintable:
        detail += (
            f"“{'”“'.join(report.unprintable)}”字库里没有，表上留了空格，请打出来以后手写补上。"
        )
    if report.password:
        detail += (
            f"打开口令 {report.password} ，只在这里显示一次：请打电话告诉对方，不要和文件一起发。"
        )
    return headline, detail
