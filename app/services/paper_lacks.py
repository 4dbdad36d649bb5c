"""What a paper that can be made will leave to be written by hand, named before it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.domain.casework import Application
from app.domain.households import Household
from app.domain.people import IdKind

_Asks = Callable[[Household, Application | None], Iterator[str]]


def _numbers(household: Household, _application: Application | None) -> Iterator[str]:
    for member in household.members:
        if member.person.id_kind is IdKind.RESIDENT and not member.person.id_number:
            yield f"{member.person.name}的身份证号"


def _births(household: Household, _application: Application | None) -> Iterator[str]:
    for member in household.members:
        if member.person.birth is None:
            yield f"{member.person.name}的出生日期"


def _phone(household: Household, _application: Application | None) -> Iterator[str]:
    if not household.phone:
        yield "联系电话"


def _address(household: Household, _application: Application | None) -> Iterator[str]:
    if not household.whole_address.strip():
        yield "家庭住址"


def _account(household: Household, _application: Application | None) -> Iterator[str]:
    if not household.bank_account:
        yield "银行卡号"


def _cause(household: Household, _application: Application | None) -> Iterator[str]:
    if not household.poverty_cause:
        yield "主要致贫原因"


def _test(_household: Household, application: Application | None) -> Iterator[str]:
    if application is not None and application.assessment is None:
        yield "收入财产（还没有测算）"


_ASKED: Final[Mapping[str, tuple[_Asks, ...]]] = {
    "F01": (_numbers, _births, _address, _phone, _account, _cause, _test),
    "F02": (_numbers,),
    "F11": (_numbers, _births, _address, _phone, _test),
    "F13": (_numbers, _address, _phone),
    "F14": (_address,),
    "F16": (_numbers, _address, _phone, _account),
    "F17a": (_address, _phone),
    "F19": (_address, _phone),
    "F25": (_numbers,),
}
"""What each form asks of a household's record that may be unknown there."""


def lacking(form: str, household: Household, application: Application | None) -> tuple[str, ...]:
    """The blanks of `form` in words, each once; `application` is the newest of the household."""
    asked = _ASKED.get(form, ())
    return tuple(dict.fromkeys(what for one in asked for what in one(household, application)))
