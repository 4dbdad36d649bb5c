"""What people signed for an application: authorisation, declaration, 近亲属备案, and the proxy's.

Nothing is printed here; it is recorded that the paper was signed, when, and where it lies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.casework import Application
from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.identity import parse_id_number
from app.domain.ids import ApplicationId, PersonId, new_id
from app.domain.problem import Refused
from app.domain.procedure import Authorization, CheckScope, Proxy, SignedKind
from app.services import application_guards as guards
from app.services.application_file import known_of
from app.services.ground_rules import GroundRules
from app.services.missing import no_household
from app.services.signed_days import births_of, require_after_signing, require_signed_day
from app.services.signers import Signer, held_by
from app.services.stepping import application_in
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

WHOLE_SCOPE: Final = tuple(CheckScope)
"""All of F02: what is signed unless somebody crossed something out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A paper was signed. `signer` is the key of one of the application's signers, or empty: all.

    Without `kind` both papers; without `valid_to` it holds until it is taken back.
    """

    application: ApplicationId
    signed_on: date
    signer: str = ""
    kind: SignedKind | None = None
    valid_to: date | None = None
    paper_ref: str = ""
    scope: tuple[CheckScope, ...] = WHOLE_SCOPE


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareRelatives:
    """What the household says of relatives among the staff."""

    application: ApplicationId
    declared_on: date
    has_relative: bool
    staff_name: str = field(default="", repr=False)
    staff_unit: str = ""
    staff_post: str = ""
    relation: str = ""
    is_signed: bool = True


@dataclass(frozen=True, slots=True)
class ApplicationSignatures:
    """Use cases of signing. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def sign(self, request: Sign) -> int:
        """Record what was signed and does not hold yet, or not so long; how many papers that were.

        Raises Refused F-31, A-30 for a day still to come or an end before the beginning, A-31 for
        somebody who does not sign here, A-32 for an authorisation of nothing, A-44 for a day before
        who signs was born.
        """
        self._check(request)
        with self.begin() as work:
            application = application_in(work, request.application)
            known = known_of(work, self.rules, application)
            who = [one for one in known.signers if request.signer in ("", one.key)]
            if not who:
                raise Refused("这份申请不用这个人签字。", do="请重新选一个人。", code="A-31")
            require_signed_day(
                request.signed_on,
                self.clock.today(),
                [born for one in who for born in births(known.household, one)],
            )
            papers = [
                (signer, kind)
                for signer in who
                for kind in signer.kinds
                if request.kind in (None, kind)
                and _is_wanted(held_by(signer, kind, known.signed, known.on), request)
            ]
            for signer, kind in papers:
                self._write(work, application, signer, kind, request)
            work.commit()
        return len(papers)

    def revoke(self, authorization_id: str, on: date, reason: str) -> None:
        """Take a paper back.

        Raises Refused A-08 without a reason, A-30 for a day to come, A-31 for no such paper, A-33
        when it was taken back before, A-44 for a day before it was signed.
        """
        if not reason.strip():
            raise Refused("收回要写原因。", do="请写一句为什么。", code="A-08", field="note")
        require_signed_day(on, self.clock.today(), (), field="on")
        with self.begin() as work:
            found = work.procedure.authorization(authorization_id)
            if found is None:
                raise Refused("找不到这份签字。", do="请刷新页面。", code="A-31")
            if found.revoked_on is not None:
                raise Refused("这份已经收回过了。", do="要用请重签一份。", code="A-33")
            require_after_signing(on, found.signed_on, field="on")
            work.change(
                kind="authorization.revoked",
                entity="check_authorization",
                entity_id=found.id,
                subject=found.household,
                on=on,
                fields={"revoked_on": on, "revoke_reason": reason.strip()},
            )
            work.commit()

    def declare(self, request: DeclareRelatives) -> None:
        """Record what a household declared of relatives among the staff.

        Raises Refused F-31, A-30, A-34 for a relative without name, post and relation (F22), A-44
        for a day before the applicant was born.
        """
        missing = _missing_of(request)
        if missing is not None:
            raise Refused(
                "有近亲属在经办，要写是谁、做什么、什么关系。",
                do="请写工作人员的姓名、职务和关系。",
                code="A-34",
                field=missing,
            )
        with self.begin() as work:
            application = application_in(work, request.application)
            require_signed_day(
                request.declared_on,
                self.clock.today(),
                births_of(work.households.get(application.household), application.applicant),
                field="declared_on",
            )
            work.change(
                kind="household.relatives_declared",
                entity="staff_relative_filing",
                entity_id=new_id(self.clock.now()),
                subject=application.household,
                new=True,
                on=request.declared_on,
                fields={
                    "household_id": application.household,
                    "has_relative": request.has_relative,
                    "staff_name": request.staff_name.strip(),
                    "staff_unit": request.staff_unit.strip(),
                    "staff_post": request.staff_post.strip(),
                    "relation": request.relation.strip(),
                    "declared_on": request.declared_on,
                    "is_signed": request.is_signed,
                },
            )
            work.commit()

    def set_applicant(self, application_id: ApplicationId, person: PersonId | None) -> None:
        """Let somebody else of the household apply, as when who applied has left it.

        Raises Refused F-31, F-01, A-35 once it is with the county or over, A-43 for nobody of the
        household.
        """
        with self.begin() as work:
            application = application_in(work, application_id)
            guards.require_in_hand(application)
            household = work.households.get(application.household)
            if household is None:
                raise no_household()
            if person not in {one.person.id for one in household.members}:
                raise Refused(
                    "还没选换成谁申请。", do="请选家里的一个人。", code="A-43", field="applicant"
                )
            work.change(
                kind="application.applicant",
                entity="application",
                entity_id=application.id,
                subject=application.household,
                fields={"applicant_person_id": person},
            )
            work.commit()

    def set_proxy(self, application_id: ApplicationId, proxy: Proxy) -> None:
        """Say who files it, as far as it is known; what is missing hinders only handing in.

        Raises Refused F-31, A-30, A-35 once it is with the county or over, A-44 for a paper signed
        before who files it or who applies was born, I-01 … I-05 for a number that is none.
        """
        today = self.clock.today()
        number = _number(proxy, today)
        with self.begin() as work:
            application = application_in(work, application_id)
            guards.require_in_hand(application)
            if proxy.signed_on is not None:
                home = work.households.get(application.household)
                own = [] if number is None else [parse_id_number(number, on=today).birth]
                births = [*births_of(home, application.applicant), *own]
                require_signed_day(proxy.signed_on, today, births)
            work.change(
                kind="application.proxy",
                entity="application",
                entity_id=application.id,
                subject=application.household,
                fields={
                    "filed_by": proxy.filed_by,
                    "proxy_name": proxy.name.strip(),
                    "proxy_id_number": number,
                    "proxy_relation": proxy.relation.strip(),
                    "proxy_phone": proxy.phone.strip(),
                    "proxy_signed_on": proxy.signed_on,
                },
            )
            work.commit()

    def _check(self, request: Sign) -> None:
        """Raises Refused A-30, A-32."""
        if request.valid_to is not None and request.valid_to < request.signed_on:
            raise Refused(
                "到期的日子早于签字的日子。",
                do="请重新填到期日；一直有效就空着。",
                code="A-30",
                field="valid_to",
            )
        if not request.scope:
            raise Refused("授权书一样也没有授权。", do="请至少勾一样。", code="A-32", field="scope")

    def _write(
        self,
        work: UnitOfWork,
        application: Application,
        signer: Signer,
        kind: SignedKind,
        request: Sign,
    ) -> None:
        of_check = kind is SignedKind.AUTHORISATION
        work.change(
            kind="authorization.signed",
            entity="check_authorization",
            entity_id=new_id(self.clock.now()),
            subject=application.household,
            new=True,
            on=request.signed_on,
            fields={
                "household_id": application.household,
                "person_id": signer.person,
                "obligor_id": signer.obligor,
                "signer": signer.name,
                "kind": kind,
                "scope": list(request.scope) if of_check else [],
                "valid_from": request.signed_on,
                "valid_to": request.valid_to if of_check else None,
                "signed_on": request.signed_on,
                "paper_ref": request.paper_ref.strip() or application.document_no,
            },
        )


def births(household: Household, signer: Signer) -> list[date]:
    """When who signs was born, as far as it is known."""
    if signer.obligor is None:
        return births_of(household, signer.person)
    found = [one.birth for one in household.obligors if one.id == signer.obligor]
    return [born for born in found if born is not None]


def _is_wanted(held: Authorization | None, request: Sign) -> bool:
    """Whether the paper is new: none holds, or the one that does ends before this one."""
    if held is None:
        return True
    if held.valid_to is None or held.kind is not SignedKind.AUTHORISATION:
        return False
    return request.valid_to is None or request.valid_to > held.valid_to


def _missing_of(request: DeclareRelatives) -> str | None:
    """The first thing nobody said of the relative that was declared."""
    if not request.has_relative:
        return None
    asked = ("staff_name", "staff_post", "relation")
    return next((name for name in asked if not getattr(request, name).strip()), None)


def _number(proxy: Proxy, today: date) -> str | None:
    """The number of who files it, None where it is not known yet. Raises Refused I-01 … I-05."""
    typed = proxy.id_number.strip()
    if not typed:
        return None
    try:
        return parse_id_number(typed, on=today).text
    except Refused as refused:
        raise Refused(
            refused.what, do=refused.do, code=refused.code, field="id_number"
        ) from refused
