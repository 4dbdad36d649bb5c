"""The export page's words. No Qt."""

from __future__ import annotations

from typing import Final

from app.domain.masking import Mask
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
        return "这段时间没有走访记录。"
    first = "；前几条会是这样：" if shown else "。"
    return f"一共 {sample.count} 条，{sample.households} 户{first}"
