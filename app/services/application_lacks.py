"""What an application still lacks before it goes up: a list, each with the place to mend it.

Nothing here hinders recording. What `blocks` only hinders handing in, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.casework import Application, AssessmentRecord
from app.domain.households import Household
from app.domain.people import IdKind
from app.domain.procedure import Authorization, Material, MaterialState, RelativeFiling
from app.services.signers import Signer, held_by, newest_of


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing missing; `what` may name a person.

    `page` and `target` are where it is mended — a field as "household@entity:id:column" —
    `section` the part of the page of applications.
    """

    what: str = field(repr=False)
    kind: str
    page: str
    section: str = ""
    target: str = ""
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up to say what is missing."""

    application: Application
    household: Household
    tested: AssessmentRecord | None
    signers: tuple[Signer, ...]
    signed: Sequence[Authorization]
    materials: Sequence[Material]
    relative: RelativeFiling | None
    asks_for_relatives: bool
    on: date
    is_other_now: bool
    """Whether the household is another than the test was told, so that the answer is another."""


def lacks_of(known: Known) -> tuple[Lack, ...]:
    """Everything missing, what blocks first."""
    facts = facts_lacking(known.application, known.household, known.tested)
    found = [*facts, *_tested_anew(known), *_signatures(known), *_around(known)]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def counted_words(lacks: Sequence[Lack]) -> str:
    """How many of each kind, without a name: "2 份核对授权书、申请人的身份证号"."""
    kinds = dict.fromkeys(one.kind for one in lacks)
    said = []
    for kind in kinds:
        many = sum(one.kind == kind for one in lacks)
        said.append(kind if many == 1 else f"{kind}（{many} 份）")
    return "、".join(said)


def facts_lacking(
    application: Application, household: Household, tested: AssessmentRecord | None
) -> Iterator[Lack]:
    """What nobody has written down yet about the household and who applies."""
    if all(one.person.id != application.applicant for one in household.members):
        yield Lack("申请人不在这户了，换一个人", "申请人", "applications", "applicant", blocks=True)
    for member in household.members:
        person = member.person
        is_applicant = person.id == application.applicant
        if person.id_kind is IdKind.RESIDENT and not person.id_number:
            yield Lack(
                f"{person.name}的身份证号",
                "申请人的身份证号" if is_applicant else "家里人的身份证号",
                "facts",
                target=f"{household.id}@person:{person.id}:id_number",
                blocks=is_applicant,
            )
    if not household.whole_address.strip():
        yield Lack(
            "家庭住址", "家庭住址", "facts", target=_place(household, "address"), blocks=True
        )
    if not household.phone:
        yield Lack("联系电话", "联系电话", "facts", target=_place(household, "phone"))
    if not household.bank_account:
        yield Lack("银行卡号", "银行卡号", "facts", target=_place(household, "bank_account"))
    if not application.proxy.is_whole:
        yield Lack(
            "代办人的姓名、身份证号、关系、电话和委托书日期",
            "代办委托书",
            "applications",
            "proxy",
            blocks=True,
        )
    if tested is None:
        yield Lack("还没有测算", "测算", "assessment", target=household.id)


def _tested_anew(known: Known) -> Iterator[Lack]:
    if known.is_other_now:
        yield Lack(
            "测算以后家里的情况改过，要重新测算",
            "重新测算",
            "assessment",
            target=known.household.id,
        )


def _place(household: Household, column: str) -> str:
    """Where a field of the household is filled in, as a comment of the county names its place."""
    return f"{household.id}@household:{household.id}:{column}"


def _signatures(known: Known) -> Iterator[Lack]:
    for signer in known.signers:
        for kind in signer.kinds:
            if held_by(signer, kind, known.signed, known.on) is not None:
                continue
            ended = newest_of(signer, kind, known.signed) is not None
            word = "过期或收回了，要重签" if ended else "没签"
            yield Lack(
                f"{signer.name}的《{kind.label}》{word}",
                kind.label,
                "applications",
                "signatures",
                signer.key,
                blocks=True,
            )


def _around(known: Known) -> Iterator[Lack]:
    if known.asks_for_relatives and known.relative is None:
        yield Lack("还没问有没有近亲属在经办", "近亲属备案", "applications", "relatives")
    elif known.relative is not None and not known.relative.is_signed:
        yield Lack("近亲属备案还没签字", "近亲属备案签字", "applications", "relatives")
    for one in known.materials:
        if one.state is MaterialState.NEEDED:
            yield Lack(one.name, "材料", "applications", "materials", one.id)
