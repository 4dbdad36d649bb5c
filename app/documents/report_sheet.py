"""The report of a span (F24) as a table: what was counted, and what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.documents.columns import Column

if TYPE_CHECKING:
    from app.documents.forms.f24 import F24Content

NAME: Final = "季（月）报"


def columns_of(content: F24Content) -> list[Column]:
    """Two columns: the row's name, and its figure or its words."""
    from app.documents.forms.f24 import figures_of, heads_of

    said = [*figures_of(content.figures), *heads_of(content)]
    return [
        Column("name", "项目", 24, tuple(name for name, _text in said)),
        Column("figure", "数量", 40, tuple(text for _name, text in said)),
    ]
