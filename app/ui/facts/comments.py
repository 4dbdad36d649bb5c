"""What the county wants mended, at the fields of the facts page it is said of. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.households import Household
from app.domain.procedure import ReturnComment
from app.ui.applications.places import field_key
from app.ui.facts.asking import FactQuestions


def commented(
    asked: FactQuestions | None, home: Household, comments: Sequence[ReturnComment]
) -> FactQuestions | None:
    """The form with each comment below its field."""
    if asked is None:
        return None
    said = {field_key(one.column): one.text for one in comments if _is_of(one, asked, home)}
    fields = tuple(
        replace(field, below=f"县里说：{said[field.key]}") if field.key in said else field
        for field in asked.fields
    )
    return replace(asked, fields=fields)


def _is_of(comment: ReturnComment, asked: FactQuestions, home: Household) -> bool:
    """Whether a comment is about the record that is asked about."""
    if asked.person is None:
        return comment.entity == "household"
    member = next((one for one in home.members if one.person.id == asked.person), None)
    known: set[tuple[str, str]] = {("person", asked.person)}
    if member is not None:
        known.add(("household_member", member.id))
    return (comment.entity, comment.entity_id) in known
