"""One line of what has happened to a household, whatever room of the house it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the record: the day, what it was, how it went.

    `kind` names the room (visit, relief, application, assessment, print, family, …) and chooses
    the sign the line has; `page` with `target` is where more stands, empty where there is nowhere.
    """

    on: date
    kind: str
    title: str
    detail: str = field(repr=False)
    entity_id: str
    page: str = ""
    target: str = ""
