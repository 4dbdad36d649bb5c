"""The blocks of F04 入户调查表 that are asked in words (domain.md §3.4), in the form's order."""

from __future__ import annotations

from typing import Final

BLOCKS: Final[tuple[tuple[str, str, str], ...]] = (
    ("people", "家里几口人", "谁在家住，谁在外面"),
    ("housing", "住房", "自建、租住、危房；多大、什么结构"),
    ("vehicles", "交通工具", "汽车、农机、摩托，没有就写没有"),
    ("farming", "种养", "地几亩，养什么、多少"),
    ("belongings", "生活用品", "电视、冰箱、空调这些"),
    ("utilities", "水电话费", "一个月大概多少"),
    ("obligors", "子女亲属", "谁该赡养，给不给、给多少"),
    ("neighbours", "邻里怎么说", "问了谁，怎么说"),
    ("reasons", "为什么申请", "照他本人的话写"),
    ("found", "看到的情况", "现场看到什么"),
)
"""(name, what it is called, what to write): the names are the keys of the stored answers."""
