"""What stops a request before anything is changed, with what the laptop needs to go on."""

from __future__ import annotations

from typing import Final

from app.domain.problem import Refused, Unavailable
from app.sync.protocol import refusal

HTTP_STATUS: Final = {
    "B-01": 400,
    "B-02": 413,
    refusal.UPGRADE: 426,
    "B-04": 400,
    "B-05": 401,
    "B-06": 400,
    "B-08": 400,
    "B-09": 400,
    refusal.NEED: 409,
    refusal.FORK: 409,
    refusal.QUARANTINED: 403,
    refusal.REVOKED: 403,
    refusal.UNKNOWN_DEVICE: 401,
    refusal.REPLAYED: 401,
    refusal.SLOW_DOWN: 429,
    refusal.ENROLMENT: 403,
    refusal.NAMELESS: 409,
    refusal.NO_ORDER: 403,
}
"""Code → HTTP status. The signed body says the rest."""


class Declined(Refused):
    """A refusal of the protocol, with the fields its signed answer carries."""

    def __init__(
        self,
        what: str,
        *,
        do: str,
        code: str,
        need: tuple[int, int] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(what, do=do, code=code)
        self.need = need
        self.retry_after = retry_after


def need(epoch: int, seq: int) -> Declined:
    """A batch before this one has not arrived."""
    return Declined(
        "前面还有一批没有收到，这一批先不收。", do="请先上传前面那一批。", code=refusal.NEED,
        need=(epoch, seq),
    )  # fmt: skip


def fork() -> Declined:
    """The device's history split: a copied or rolled-back vault."""
    return Declined(
        "同一个位置先后收到了两份不同的资料，这台电脑的资料可能被复制过或退回过。",
        do="请带电脑到县里核对，在这之前不要发钱。",
        code=refusal.FORK,
    )


def quarantined() -> Declined:
    """Set aside until a person has looked."""
    return Declined(
        "这台电脑已被县里暂停收件，资料已另存待查。", do="请联系县里。", code=refusal.QUARANTINED
    )


def revoked() -> Declined:
    """The certificate was withdrawn."""
    return Declined(
        "这台电脑的绑定已被县里取消，资料已另存待查。", do="请联系县里。", code=refusal.REVOKED
    )


def unknown_device() -> Declined:
    """Not one of ours, or not any more."""
    return Declined(
        "县里不认识这台电脑，或者绑定已经到期。", do="请联系县里重新绑定。",
        code=refusal.UNKNOWN_DEVICE,
    )  # fmt: skip


def replayed() -> Declined:
    """A nonce seen before."""
    return Declined("这个请求已经用过一次了。", do="请重新同步。", code=refusal.REPLAYED)


def slow_down(seconds: int) -> Declined:
    """Too many requests in a minute."""
    return Declined(
        "请求太密，县里一时接不过来。", do=f"请过 {seconds} 秒再试。", code=refusal.SLOW_DOWN,
        retry_after=seconds,
    )  # fmt: skip


def not_enrolled(what: str) -> Declined:
    """The ticket does not open the door (any more)."""
    return Declined(what, do="请向县里要一份新的绑定文件。", code=refusal.ENROLMENT)


def nameless() -> Declined:
    """An attachment before its text."""
    return Declined(
        "还没有哪条记录说到这张照片，先不收。", do="请先把记录传上来，再传照片。",
        code=refusal.NAMELESS,
    )  # fmt: skip


def no_order() -> Declined:
    """Nobody ordered anything."""
    return Declined("县里没有给这台电脑下命令。", do="请再同步一次。", code=refusal.NO_ORDER)


def no_database() -> Unavailable:
    """There is no database, or no longer one."""
    return Unavailable("连不上县里的数据库。", do="请检查数据库是否在运行，再试一次。", code="K-01")


def only_read() -> Unavailable:
    """A replica, or a database that was told to take nothing."""
    return Unavailable(
        "这台数据库只能看，不能写。",
        do="请在主库上做；主库坏了，请照部署说明先把这台升为主库。",
        code="K-11",
    )
