"""The print centre's words. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.printing import Paper, PaperOffer

_COUNTS = ("一份", "两份", "三份", "四份")


def copies_options(offers: Sequence[PaperOffer]) -> list[tuple[int, str]]:
    """How many of each may be made, as digits choose it."""
    most = max((offer.copies for offer in offers), default=1)
    return [(count, text) for count, text in enumerate(_COUNTS[: max(most, 1)], 1)]


def copies_text(offer: PaperOffer) -> str:
    """What the township wants of this form."""
    return f"按规定 {offer.copies} 份" if offer.copies > 1 else "1 份"


def missing_text(offer: PaperOffer) -> str:
    """What has to be done before this form can be made."""
    return f"缺：{'、'.join(offer.missing)}"


def pages_text(papers: Sequence[Paper]) -> str:
    """How much paper it will take."""
    pages = sum(paper.pages for paper in papers)
    if not papers:
        return "没有要打的"
    turned = sum(-(-paper.pages // 2) for paper in papers)
    return f"{len(papers)} 样，共 {pages} 页" + (f"（双面 {turned} 张）" if turned < pages else "")


def unprintable_text(papers: Sequence[Paper]) -> str:
    """Characters no font has, or nothing."""
    odd = dict.fromkeys(sign for paper in papers for sign in paper.unprintable)
    if not odd:
        return ""
    return f"“{'”“'.join(odd)}”字库里没有，表上留了空格，请打出来以后手写补上。"
