"""Asking about many ids with one statement that is made once."""

from __future__ import annotations

from sqlalchemy import Select, bindparam, func, select


def among(name: str) -> Select[tuple[str]]:
    """The ids in a JSON array bound as `name`, for `column.in_(among("subjects"))`.

    One parameter however many ids there are: the statement is compiled once, and no limit of the
    file on parameters is met.
    """
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)
