"""Whether a roster is of the villages this laptop answers for.

Another county's is refused whole: the wrong file was chosen. Another village's of the same county
is only told, once for each code: the county may have given the laptop that village since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.domain.problem import Refused
from app.domain.roster import RosterHousehold, RosterWarning

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def require_own_county(work: UnitOfWork, found: Sequence[RosterHousehold]) -> None:
    """Raises Refused R-25 when the vault knows its county and a household is of another."""
    county = work.identity.county_code
    strange = [code for each in found if (code := each.household.village_code)[:6] != county]
    strange = [code for code in strange if code]
    if county and strange:
        raise Refused(
            f"花名册里有 {len(strange)} 户的村代码不是本县的，整份都没有导入。",
            do="请看看是不是选错了文件；是代码写错了，就改好再导入。",
            code="R-25",
            field="path",
        )


def of_other_villages(
    work: UnitOfWork, found: Sequence[RosterHousehold]
) -> Iterator[RosterWarning]:
    """One line for each village of the roster that is not on the laptop's certificate."""
    from app.store.enrolment import certificate_of
    from app.sync.joining import villages_of  # cryptography: not before the first paint

    certificate = certificate_of(work.connection)
    if certificate is None:
        return
    known = {"", *villages_of(certificate)}
    for each in found:
        code = each.household.village_code
        if code not in known:
            known.add(code)
            head = each.household.head_member
            yield RosterWarning(
                row=each.first_row,
                name="" if head is None else head.person.name,
                what=f"村代码 {code} 不是这台电脑绑定时管的村",
                do="县里后来把这个村交给了你，就不用管；不是的，请告诉县里",
            )
