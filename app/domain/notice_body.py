"""What a notice says of one household, and what it must never say.

Masking as found in F07 and the regional texts (domain.md §3.7, 长乐): no ID number, no telephone
of the household, no illness, no name of a minor. Income and property are not on a notice either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from app.domain.households import Category, Household
from app.domain.masking import has_long_number, has_mobile
from app.domain.money import Money
from app.domain.people import Person, Student
from app.domain.problem import Refused

UNNAMED: Final = "（未成年人，不公布姓名）"
ADULT: Final = 18
_PUPILS: Final = frozenset({Student.COMPULSORY, Student.SECONDARY})
_LONG_NUMBER: Final = re.compile(r"[0-9]{6}[0-9*]{8,11}[0-9Xx*]?")
_BETWEEN: Final = re.compile(r"[\s.·•・‧∙⋅\-‐-―－\u200b-\u200f\u2060-\u2064\ufeff]+")
"""What stands between the parts of a name or a number, or does not."""
_LISTED: Final = re.compile(r"[、,，;；/。（）()\s和及]+")
_ILLNESSES: Final = (
    "癌", "肿瘤", "白血病", "尿毒症", "透析", "艾滋", "肝炎", "乙肝", "结核", "精神病", "精神分裂",
    "偏瘫", "瘫痪", "中风", "糖尿病", "高血压", "心脏病", "癫痫", "抑郁", "重病",
    "患病", "生病", "哮喘", "骨折", "住院", "HIV", "hiv",
)  # fmt: skip
"""What no notice says of anybody, whether or not it stands in the record."""
_MOBILE: Final = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def notice_body(
    household: Household,
    applicant: Person,
    *,
    category: Category,
    covered: int | None,
    benefit: Money | None,
    relative: bool | None,
    support: str,
    on: date,
    minors_shown: bool,
) -> dict[str, Any]:
    """The columns of F07 for one household.

    `relative` says whether 近亲属备案 was made, `support` how 特困 are kept. Of the address only
    the group: the door is nobody's business on a board.
    """
    former = household.benefit_month
    return {
        "head": _name(applicant, on, minors_shown=minors_shown),
        "place": household.group_name,
        "people": len(household.members),
        "covered": covered,
        "category": category.value,
        "benefit_fen": None if benefit is None else benefit.fen,
        "former_benefit_fen": None if former is None else former.fen,
        "relative": relative,
        "support": support,
    }


def require_harmless(texts: Iterable[str], household: Household, on: date) -> None:
    """Nothing that is typed beside the columns may tell on somebody.

    Raises Refused A-18 for an ID number, a mobile or the household's own telephone, an illness or
    a minor's name in one of `texts`. An office telephone with an area code is fine.
    """
    for text in texts:
        for what in _told(text, household, on):
            raise Refused(
                f"公示里不能写{what}。",
                do="请把它去掉再贴。",
                code="A-18",
                field="contact",
            )


def _told(text: str, household: Household, on: date) -> Iterator[str]:
    """What `text` gives away, in words that give nothing away."""
    said = _folded(text)
    if _LONG_NUMBER.search(said) or has_long_number(text):
        yield "证件号码"
    phones = [household.phone, *(m.person.phone for m in household.members)]
    if (
        _MOBILE.search(said)
        or has_mobile(text)
        or any(one and re.sub(r"\D", "", one) in said for one in phones)
    ):
        yield "个人电话"
    own = (_folded(part) for m in household.members for part in _parts(m.person.illness))
    if any(one in said for one in (*_ILLNESSES, *own)):
        yield "病情"
    if any(is_minor(m.person, on) and _folded(m.person.name) in said for m in household.members):
        yield "未成年人的姓名"


def _folded(text: str) -> str:
    """`text` without what somebody may write otherwise: width, spaces, dots and dashes."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text))


def _parts(illness: str | None) -> list[str]:
    """Each illness of a list: one of them says enough."""
    return [part for part in _LISTED.split(illness or "") if len(part) > 1]


def _name(person: Person, on: date, *, minors_shown: bool) -> str:
    if minors_shown or not is_minor(person, on):
        return person.name
    return UNNAMED


def is_minor(person: Person, on: date) -> bool:
    """Whether somebody is under eighteen; without a birth date, whether a pupil."""
    birth = person.birth
    if birth is None:
        return person.student in _PUPILS
    return (on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))) < ADULT
