"""Values as a clerk reads them: money, days, words for codes, numbers half hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from app.domain.clock import CHINA, china_date
from app.domain.households import AssetKind, Category, ExpenseKind, IncomeKind, Per
from app.domain.money import Money
from app.domain.operations import instant_of
from app.domain.people import (
    DisabilityKind,
    Education,
    Hukou,
    IdKind,
    Labour,
    Living,
    Marriage,
    PersonStatus,
    Relation,
    Sex,
    Student,
    mask_id_number,
)
from app.domain.words import Word

NOTHING: Final = "—"
"""What stands where nobody has told anything."""
_SHOWN: Final = 4


def yuan(fen: object) -> str:
    """Whole fen as yuan for reading."""
    return f"{Money(fen).grouped()} 元" if type(fen) is int else NOTHING


def word(kind: type[Word], value: object) -> str:
    """The word for a code; the code itself where this program does not know it."""
    if value in {None, ""}:
        return NOTHING
    known: dict[str, str] = {one.value: one.label for one in kind}
    return known.get(str(value), str(value))


def yes_no(value: object) -> str:
    """Three answers."""
    return NOTHING if value is None else ("是" if value else "否")


def plain(value: object) -> str:
    """Text as it is; lists one after the other."""
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or NOTHING
    return NOTHING if value in {None, ""} else str(value)


def card(value: object) -> str:
    """An account number with its last figures only."""
    text = "" if value is None else str(value)
    return "*" * max(len(text) - _SHOWN, 0) + text[-_SHOWN:] if text else NOTHING


def identity(value: object) -> str:
    """An ID number, half hidden."""
    return mask_id_number(None if value is None else str(value)) or NOTHING


def day(text: object) -> str:
    """A day, or the day in China of an instant."""
    if not text:
        return NOTHING
    written = str(text)
    return str(china_date(instant_of(written))) if "T" in written else written


def month(text: object) -> str:
    """The month of a first day: "2026年5月"."""
    written = plain(text)
    return written if written == NOTHING else f"{written[:4]}年{int(written[5:7])}月"


def moment(text: object) -> str:
    """An instant in China, to the minute."""
    return instant_of(str(text)).astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if text else NOTHING


def days_between(earlier: date | datetime, later: date) -> int:
    """Whole days that have gone by."""
    begun = china_date(earlier) if isinstance(earlier, datetime) else earlier
    return (later - begun).days


Shape = Callable[[Any], str]


def of(kind: type[Word]) -> Shape:
    """The shape of a code of `kind`."""

    def shape(value: Any) -> str:  # noqa: ANN401  # a field of a document
        return word(kind, value)

    return shape


AREA_WORDS: Final = {"urban": "城镇", "rural": "农村"}
SHAPES: Final[dict[str, Shape]] = {
    "category": of(Category),
    "sex": of(Sex),
    "hukou": of(Hukou),
    "labour": of(Labour),
    "student": of(Student),
    "marriage": of(Marriage),
    "education": of(Education),
    "person_status": of(PersonStatus),
    "disability": of(DisabilityKind),
    "relation": of(Relation),
    "living": of(Living),
    "id_kind": of(IdKind),
    "income": of(IncomeKind),
    "expense": of(ExpenseKind),
    "asset": of(AssetKind),
    "per": of(Per),
}
"""Name in `county_server.console.facts` → how the value is read."""
