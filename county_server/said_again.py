"""A record that was put back before its author came: what others say again is nothing new to him.

A county put back from a backup hears what it lost from everybody who holds it (ADR 0028). A laptop
that only read a record says it as it stood; its author then says the same step by step, as he did
the first time. Those steps lead to what the county holds already, or on from there: they are no
second opinion and no way back. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.sync.protocol.verdict import LOST_KIND
from county_server.ledger import Document, Mark
from county_server.merge import Change

_AGAIN = 3
"""Where a mark says that its field was said again."""


def was_said_again(document: Document, kind: str, changes: Sequence[Change], by: str) -> bool:
    """Whether one of the two said `changes` of the record only because the county lost it."""
    if kind == LOST_KIND:
        return True
    return any(_is_again(document.marks.get(change.field), by) for change in changes)


def not_told(
    document: Document, changes: Sequence[Change], later: Sequence[Change]
) -> list[Change]:
    """`changes` without those the county knows; `later` is what the same batch says after them.

    One that goes on from the county's value was made by somebody who knew it.
    """
    news = []
    for change in changes:
        theirs = document.body.get(change.field)
        leads_there = any(one.field == change.field and one.new == theirs for one in later)
        if change.field in document.body and (change.new == theirs or leads_there):
            continue
        if change.old == theirs and len(document.marks.get(change.field, ())) > _AGAIN:
            news.append(msgspec.structs.replace(change, base_version=document.version))
        else:
            news.append(change)
    return news


def told(kind: str, reason: str) -> str:
    """Why something was returned, to somebody who did nothing where it was only said again."""
    if kind != LOST_KIND:
        return reason
    return (
        "县里的资料退回到了以前的备份，这条县里没有了，这台电脑里还在，不用重记。"
        f"县里没能照原样收回：{reason}请告诉县里，带上纸质的单据去核对。"
    )


def _is_again(mark: Mark | None, by: str) -> bool:
    """Whether somebody else said a field again."""
    return mark is not None and len(mark) > _AGAIN and mark[1] != by
