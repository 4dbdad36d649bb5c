"""The print centre's words. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.services.paper_lacks import in_words
from app.services.paper_offers import PaperOffer
from app.services.printing import Paper
from app.services.spool_keeping import DAY, NOTHING, UNKNOWN

COPIES: Final = tuple((number, "") for number in range(1, 5))
"""How many of each at most: the digit is the number. None is made that nobody keeps; an agreement
of three parties has four keepers."""


def usual_copies(offers: Sequence[PaperOffer]) -> int:
    """How many are made where nobody says otherwise, as far as there is a digit for it."""
    return min(max((offer.copies for offer in offers), default=1), len(COPIES)) or 1


def copies_text(offer: PaperOffer) -> str:
    """What the township wants of this form, and who keeps each copy."""
    kept = f"：{'、'.join(offer.holders)}" if offer.holders else ""
    more = f"；选 3 份再加{'、'.join(offer.spare)}" if offer.spare else ""
    return f"{max(offer.copies, 1)} 份{kept}{more}"


def missing_text(offer: PaperOffer) -> str:
    """What has to be done before this form can be made, or what will be written by hand."""
    return f"缺：{in_words(offer.missing)}" + ("，打出来手写" if offer.ready else "")


def beside_text(beside: Sequence[str]) -> str:
    """What is handed in with the papers of a purpose, or nothing."""
    return f"另外要附：{'、'.join(beside)}" if beside else ""


def pages_text(papers: Sequence[Paper], *, duplex: bool = False) -> str:
    """How much paper it will take; every copy begins on a sheet of its own."""
    pages = sum(paper.pages for paper in papers)
    if not papers:
        return "没有要打的"
    turned = sum(-(-count // 2) for paper in papers for count in paper.leaves)
    return f"{len(papers)} 样，{amount_text(pages, turned, duplex=duplex)}"


def amount_text(pages: int, turned: int, *, duplex: bool) -> str:
    """Pages, and sheets where both sides are printed."""
    if duplex:
        return f"共 {pages} 页，双面 {turned} 张"
    return f"共 {pages} 页" + (f"（双面 {turned} 张）" if turned < pages else "")


def sent_text(papers: int, again: int, printer: str) -> str:
    """That they are on their way, and how many of them the township may have already."""
    told = f"{papers} 样已送到打印机 {printer}，打印记录记好了。"
    if not again:
        return told
    which = "都是补打" if again == papers else f"其中 {again} 样是补打"
    return f"{told}{which}，纸上印着第几次。"


def kept_text(seconds: int | None) -> str:
    """That the machine keeps what it printed, and for how long, or that nobody can tell; nothing
    where it does not."""
    if seconds == NOTHING:
        return ""
    if seconds == UNKNOWN:
        return (
            "这台打印机留不留底，程序看不出来，请管理员看看打印机属性里“保留打印的文档”关了没有。"
        )
    span = "一直留着" if seconds is None else f"留 {_span(seconds)}"
    return f"打过的表，这台电脑的打印系统还会留底（{span}），请管理员把“保留打印过的文件”关掉。"


def _span(seconds: int) -> str:
    for size, word in ((DAY, "天"), (3600, "小时")):
        if seconds >= size:
            return f"{seconds // size} {word}"
    return "几分钟"


def unprintable_text(papers: Sequence[Paper]) -> str:
    """Characters no font has, or nothing."""
    odd = dict.fromkeys(sign for paper in papers for sign in paper.unprintable)
    if not odd:
        return ""
    return f"“{'”“'.join(odd)}”字库里没有，表上留了空格，请打出来以后手写补上。"
