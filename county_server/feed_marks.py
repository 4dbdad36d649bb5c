"""How many marks of the feed a county keeps (ADR 0028)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, delete, select

from county_server.tables import feed_mark

MOST: Final = 500
"""Transactions of a scope whose marks are kept: a year of two laptops that sync every working day.
A certificate is good for little more."""


def let_go_of_old(connection: Connection, scopes: Iterable[str]) -> None:
    """Forget all but the last marks of each of `scopes`.

    A laptop that stands further back is shown another mark than it knows and reads anew, which
    costs it time and loses nothing; not to compare it would pass over what a county has lost.
    """
    for scope in sorted(scopes):
        first = (
            select(feed_mark.c.position)
            .where(feed_mark.c.scope == scope)
            .order_by(feed_mark.c.position.desc())
            .offset(MOST - 1)
            .limit(1)
        )
        position = connection.execute(first).scalar_one_or_none()
        if position is not None:
            connection.execute(
                delete(feed_mark).where(feed_mark.c.scope == scope, feed_mark.c.position < position)
            )
