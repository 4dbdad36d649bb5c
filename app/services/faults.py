"""What a check of the vault found, in one sentence for the coordinator: never a page, never a row.

The findings themselves name tables and page numbers for whoever mends the program; a person needs
to know whether the data is safe and what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from app.domain.problem import Problem, Refused, Unavailable

if TYPE_CHECKING:
    from app.store.integrity import Finding

_ANCHOR_SAFE: Final = "现有的资料没有动过，备份也在。"


def trouble_of(findings: Sequence[Finding]) -> Problem | None:
    """The gravest of `findings` with its number of places; None when there is none."""
    if not findings:
        return None
    code = min((finding.code for finding in findings), key=_gravity)
    of_it = [finding for finding in findings if finding.code == code]
    say = _SAY.get(code, _as_it_says)
    return say(of_it[0], sum(finding.places for finding in of_it))


def _gravity(code: str) -> int:
    known = tuple(_SAY)
    return known.index(code) if code in known else len(known)


def _damaged(_: Finding, places: int) -> Problem:
    return Unavailable(
        f"保险箱里的数据文件坏了，查出 {places} 处。",
        safe="备份没有动过；上传过的，县里也有。",
        do="请用最近一次备份恢复。",
        code="V-03",
    )


def _unlike_the_log(_: Finding, places: int) -> Problem:
    return Unavailable(
        f"有 {places} 条资料和操作记录对不上。",
        safe="操作记录一条没少，备份也在。",
        do="请打电话告诉县里，念这个编号；查清以前不要照着它发钱。",
        code="V-19",
    )


def _not_the_newest(finding: Finding, _: int) -> Problem:
    return Unavailable(
        finding.what,
        safe=_ANCHOR_SAFE,
        do="请锁屏再打开一次，照打开那一页说的办。",
        code=finding.code,
    )


def _attachments(_: Finding, places: int) -> Problem:
    return Unavailable(
        f"有 {places} 张照片或附件坏了或缺了。",
        safe="别的资料都好。",
        do="请重新拍一张；U盘上有备份的，请县里懂电脑的人找回来。",
        code="V-15",
    )


def _half_an_anchor(finding: Finding, _: int) -> Problem:
    return Refused(
        finding.what,
        safe="资料都在。",
        do="程序会自己补好；常常这样，请换一块硬盘。",
        code="V-11",
    )


def _list_remade(_: Finding, places: int) -> Problem:
    return Refused(
        f"今天的活有 {places} 处和记录对不上。",
        safe="记录都在，没有动过。",
        do="已经照记录重排，现在不用做什么；再看到这一句，请告诉县里。",
        code="C-30",
    )


def _as_it_says(finding: Finding, _: int) -> Problem:
    return Unavailable(
        finding.what, safe="备份没有动过。", do="请检查磁盘，再查一次。", code=finding.code
    )


_SAY: Final[dict[str, Callable[[Finding, int], Problem]]] = {
    "V-03": _damaged,
    "V-19": _unlike_the_log,
    "V-09": _not_the_newest,
    "V-10": _not_the_newest,
    "V-15": _attachments,
    "V-11": _half_an_anchor,
    "C-30": _list_remade,
}
"""The gravest first."""
