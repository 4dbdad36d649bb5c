"""Putting facts of a household right: where it is, how to reach it, who is who. Each an operation.

What the county decides (类别, 每月金额) is not put right here, nor who heads or leaves a household.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import Member, Relation
from app.domain.problem import Refused
from app.services.family_checks import check_certificate, check_number, check_phone
from app.services.missing import no_household
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

OF_HOUSEHOLD: Final = frozenset(
    {"group_name", "door", "address", "phone", "knock_note", "bank_name", "bank_account"}
)
"""Columns of a household that can be put right."""
OF_PERSON: Final = frozenset(
    {
        "name", "id_number", "birth_on", "sex", "ethnicity", "phone", "marriage", "education",
        "hukou_address", "permit_no", "resident_since", "employer", "disability_no",
    }
)  # fmt: skip
"""Columns of a person that can be put right."""
OF_PLACE: Final = frozenset({"relation", "living"})
"""Columns of a person's place in the household that can be put right."""
_LEAST_ACCOUNT: Final = 8
_OLDEST: Final = 120
"""Years nobody has lived in one place for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is put right; `person` None for the household itself. Fields left out stay."""

    household: HouseholdId
    person: PersonId | None = None
    fields: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HouseholdCorrections:
    """Use case of a correction. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def correct(self, asked: Correction, draft_key: str | None = None) -> int:
        """Put facts right in one transaction, which ends the draft, too; how many records changed.

        Raises Refused F-01, H-10, H-25 … H-28, H-30, H-31, I-01 … I-05, R-37; KeyError for a field
        that is no fact.
        """
        with self.begin() as work:
            home = work.households.get(asked.household)
            if home is None:
                raise no_household()
            if home.ended_on is not None:
                raise _refused("这一户已经没有人了，资料不再改。", "请到人去的那一户里改。", "H-10")
            if asked.person is None:
                changed = self._household(work, home, asked.fields)
            else:
                changed = self._person(work, home, asked.person, asked.fields)
            if draft_key is not None:
                work.local.drop_draft(draft_key)
            work.commit()
        return changed

    def _household(self, work: UnitOfWork, home: Household, fields: Mapping[str, object]) -> int:
        _check_known(fields, OF_HOUSEHOLD)
        check_phone(fields.get("phone"))
        account = str(fields.get("bank_account") or "")
        if account and (not account.isdecimal() or len(account) < _LEAST_ACCOUNT):
            raise _refused(
                "银行卡号只能是数字，至少 8 位。", "请对着卡再看一遍。", "H-26", "bank_account"
            )
        operation = work.change(
            kind="household.corrected",
            entity="household",
            entity_id=home.id,
            subject=home.id,
            fields=fields,
        )
        return int(operation is not None)

    def _person(
        self, work: UnitOfWork, home: Household, person: PersonId, fields: Mapping[str, object]
    ) -> int:
        _check_known(fields, OF_PERSON | OF_PLACE)
        member = next((one for one in home.members if one.person.id == person), None)
        if member is None:
            raise _refused("这个人不在这一户。", "请到这个人现在的户里改。", "H-25", "person")
        self._check_person(work, member, fields)
        done = (
            work.change(
                kind="person.corrected",
                entity="person",
                entity_id=person,
                subject=home.id,
                fields={name: value for name, value in fields.items() if name in OF_PERSON},
            ),
            work.change(
                kind="member.corrected",
                entity="household_member",
                entity_id=member.id,
                subject=home.id,
                fields={name: value for name, value in fields.items() if name in OF_PLACE},
            ),
        )
        return sum(one is not None for one in done)

    def _check_person(self, work: UnitOfWork, member: Member, fields: Mapping[str, object]) -> None:
        if "name" in fields and not str(fields["name"]).strip():
            raise _refused("名字不能空着。", "没起名就写“未取名”。", "H-27", "name")
        check_phone(fields.get("phone"))
        check_certificate(fields, "permit_no")
        check_certificate(fields, "disability_no")
        self._check_since(fields.get("resident_since"))
        heads = member.relation is Relation.HEAD
        if "relation" in fields and (fields["relation"] is Relation.HEAD) is not heads:
            raise _refused("换户主要另外记。", "请到“家里变动”里换户主。", "H-18", "relation")
        number = fields.get("id_number")
        if not isinstance(number, str):
            return
        check_number(number, self.clock.today())
        holder = work.families.holder(number)
        if holder is not None and holder != member.person.id:
            raise _refused(
                "这个身份证号已经是另一个人的。", "请对着身份证再看一遍。", "H-28", "id_number"
            )

    def _check_since(self, year: object) -> None:
        """Raises Refused H-31 for what is no year somebody can have come in."""
        if year is None:
            return
        now = self.clock.today().year
        if not isinstance(year, int) or not now - _OLDEST <= year <= now:
            raise _refused(
                "写的不像一个年份。", "请写四位数字，比如 2019。", "H-31", "resident_since"
            )


def _check_known(fields: Mapping[str, object], known: frozenset[str]) -> None:
    """Raises KeyError for what is no fact of this record: a slip of the program."""
    strangers = set(fields) - known
    if strangers:
        raise KeyError(*sorted(strangers))


def _refused(what: str, do: str, code: str, field_name: str | None = None) -> Refused:
    return Refused(what, do=do, code=code, field=field_name)
