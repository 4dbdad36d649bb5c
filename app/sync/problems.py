"""The ways a sync can fail that are nobody's bug, in the coordinator's words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.domain.problem import Refused, Unavailable

NOT_REACHED: Final = "S-10"
CUT: Final = "S-11"
NOT_THE_COUNTY: Final = "S-12"
STOPPED: Final = "S-13"
NOT_FROM_COUNTY: Final = "S-21"
WITHDRAWN: Final = "B-23"
"""The county withdrew this laptop (`protocol.refusal.REVOKED`, without what that loads)."""


class NotReached(Unavailable):
    """No connection came about; nothing left this laptop."""


class LinkCut(Unavailable):
    """The connection broke; whether the county got it is not known."""


class Stopped(Unavailable):
    """The coordinator said stop."""


class CountyRefused(Refused):
    """The county said no, under its signature."""

    def __init__(
        self,
        what: str,
        *,
        do: str,
        code: str,
        safe: str | None = None,
        need: tuple[int, int] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(what, do=do, code=code, safe=safe)
        self.need = need
        self.retry_after = retry_after
        self.at: datetime | None = None
        """The county's time when it said so, where that is known."""


def not_reached() -> NotReached:
    """There is no road to the county now."""
    return NotReached(
        "没连上县平台。",
        do="请看看网络通不通，过一会儿再试；也可以存到U盘带到镇上。",
        code=NOT_REACHED,
    )


def not_the_county() -> NotReached:
    """Somebody answers, but it is not the county: a portal, a proxy, a stranger."""
    return NotReached(
        "没连上县平台：网络那头应答的不是县里。",
        do="如果是热点或公共网络，请先在浏览器里登录上网，再试一次。",
        code=NOT_THE_COUNTY,
    )


def link_cut() -> LinkCut:
    """It broke off; the same bytes can simply be sent again."""
    return LinkCut("传到一半断了。", do="请再点一次同步，会从断的地方接着传，不会传重。", code=CUT)


def stopped() -> Stopped:
    """As asked."""
    return Stopped("已经停下。", do="想接着传，再点一次同步。", code=STOPPED)


def not_from_county(files: int, *, taken: bool = False) -> Refused:
    """Something on the stick was forged, cut short or changed on the way; or everything was,
    unless something else was `taken`."""
    rest = "这些没有收，别的收好了" if taken else "一个也没有收"
    return Refused(
        f"U盘上有 {files} 个文件不是县里原样发来的，{rest}。",
        safe="" if taken else None,
        do="请县里重新拷一次；还是这样，就打电话告诉县里。",
        code=NOT_FROM_COUNTY,
    )


def not_taken(operations: int, said: CountyRefused) -> CountyRefused:
    """The county took nothing of a batch that a stick brought it; `said` is its word."""
    return CountyRefused(
        f"U盘带去的 {operations} 条县里没有收：{said.what}",
        safe="这些都还在这台电脑里，重新排在等着上传的里面。",
        do=said.do,
        code=said.code,
    )


def newer_county() -> Refused:
    """The county speaks of records this program does not know: all of it waits for an upgrade."""
    return Refused(
        "县里发来的资料比这个程序新，先不收。",
        safe="要上传的照常传；本机资料没有动过。",
        do="请先升级程序，再同步一次。",
        code="S-25",
    )


def village_differs() -> Refused:
    """The sums differ even after everything was sent again."""
    return Refused(
        "有一个村的资料和县里对不上，重新取了一遍还是不对。",
        safe="你记的都在，也都传了。",
        do="请把编号告诉县里。",
        code="S-28",
    )


def unreadable_answer() -> Refused:
    """The county's answer is signed but says something else than was asked."""
    return Refused(
        "县里的答复和这台电脑对不上。", do="请再同步一次；还不行就联系县里。", code="S-14"
    )
