"""What a check found, as a person hears it."""

from __future__ import annotations

import pytest

from app.services.faults import trouble_of
from app.store.integrity import Finding

PAGES = Finding("V-03", "数据文件里有坏页。", "Tree 5 page 7 cell 2: out of order", 20)
ROWS = Finding("V-19", "有 2 条资料和操作记录对不上。", "household 0192", 2)
PHOTO = Finding("V-15", "有一张照片或附件坏了或缺了。", "0192")
OLD = Finding("V-09", "资料比记下的进度旧：保险箱文件被换成了以前的一份。")
HALF = Finding("V-11", "记进度的小文件坏了一半，另一半还在。")
DISK = Finding("D-02", "磁盘读写出错，这一次没有存上。")


@pytest.mark.parametrize("finding", [PAGES, ROWS, PHOTO, OLD, HALF, DISK], ids=lambda f: f.code)
def test_a_finding_says_what_is_safe_and_what_to_do_and_never_where(finding):
    trouble = trouble_of([finding])

    assert trouble.code == finding.code
    assert trouble.safe
    assert trouble.do.endswith("。")
    assert not finding.detail or finding.detail not in str(trouble)


def test_the_gravest_is_told_with_the_number_of_its_places():
    trouble = trouble_of([HALF, PHOTO, ROWS, PAGES, PAGES])

    assert trouble.code == "V-03"
    assert "40 处" in trouble.what


def test_nothing_found_is_no_trouble():
    assert trouble_of([]) is None
