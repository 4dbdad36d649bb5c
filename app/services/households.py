"""Households: finding them, opening them, and everything that has happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.registry import FORMS
from app.domain.clock import Clock, china_date
from app.domain.households import Household, HouseholdLine
from app.domain.ids import HouseholdId, PersonId, new_id
from app.domain.problem import Refused
from app.domain.roster import RosterHousehold
from app.services.household_records import write_household
from app.services.missing import no_household
from app.services.work import Begin

FOUND_AT_ONCE = 30
"""So many answers fit the list under the search box; more letters narrow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of a household's history."""

    on: date
    kind: str
    """visit · relief · application · assessment · print"""
    title: str
    detail: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class Households:
    """Use cases around one household. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def find(self, text: str, limit: int = FOUND_AT_ONCE) -> list[HouseholdLine]:
        """Whom `text` finds: part of a name, pinyin, initials, a number's tail, a door."""
        with self.begin() as work:
            return work.households.find(text, limit)

    def lines(self) -> list[HouseholdLine]:
        """Every household, by group and door."""
        with self.begin() as work:
            return work.households.lines()

    def get(self, household_id: HouseholdId) -> Household:
        """One household with everything in it. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.households.get(household_id)
        if found is None:
            raise no_household()
        return found

    def open(self, household_id: HouseholdId) -> Household:
        """`get`, remembered among the households opened lately."""
        household = self.get(household_id)
        with self.begin() as work:
            work.local.note_opened(household_id)
            work.commit()
        return household

    def note_reveal(self, household_id: HouseholdId, person_id: PersonId) -> None:
        """Log that a masked ID number was shown (security R10)."""
        with self.begin() as work:
            work.note(
                kind="person.number_shown", subject=household_id, facts={"person_id": person_id}
            )
            work.commit()

    def add_all(self, households: Sequence[Household], *, kind: str = "roster.imported") -> int:
        """Store households that are new here, all of them or none. Returns how many.

        Raises Refused when one of their ID numbers already belongs to somebody.
        """
        numbers = [
            member.person.id_number
            for household in households
            for member in household.members
            if member.person.id_number is not None
        ]
        with self.begin() as work:
            if work.people.holders_of(numbers):
                raise Refused(
                    "名册里有人已经在本机的户档案里了。",
                    do="请先核对是不是重复导入。",
                    code="R-30",
                )
            for household in households:
                write_household(work, household, kind=kind)
            work.commit()
        return len(households)

    def add_roster(self, found: Sequence[RosterHousehold]) -> int:
        """Store the households of a roster that was read. See `add_all`."""
        return self.add_all([each.household for each in found])

    def history(self, household_id: HouseholdId) -> list[Happening]:
        """Everything recorded about a household, the newest first."""
        with self.begin() as work:
            visits = work.casework.visits_of(household_id)
            relief = work.casework.relief_of(household_id)
            applications = work.casework.applications_of(household_id)
            assessments = work.casework.assessments_of(household_id)
            prints = work.casework.household_prints(household_id)
        happenings = [
            *(
                _happening("visit", v.visited_on, "走访", v.note or v.met.label, v.id)
                for v in visits
            ),
            *(
                _happening(
                    "relief",
                    china_date(r.paid_at),
                    "先行救助",
                    f"{r.event.label} {r.amount.grouped()} 元，{r.status.label}",
                    r.id,
                )
                for r in relief
            ),
            *(
                _happening("application", a.filed_on, "申请", a.status.label, a.id)
                for a in applications
            ),
            *(
                _happening(
                    "assessment",
                    a.on,
                    "测算",
                    f"初步看：{a.suggested.label}" if a.suggested else "还看不出来",
                    a.id,
                )
                for a in assessments
            ),
            *(
                _happening(
                    "print",
                    china_date(p.printed_at),
                    "打印",
                    f"{_form_title(p.form)} {p.document_no}",
                    p.id,
                )
                for p in prints
            ),
        ]
        return sorted(happenings, key=lambda h: (h.on, h.entity_id), reverse=True)

    def fresh_id(self) -> HouseholdId:
        """An id for a household about to be entered by hand."""
        return HouseholdId(new_id(self.clock.now()))


def _form_title(code: str) -> str:
    """What a form is called; its code when it is one of a later program."""
    form = FORMS.get(code)
    return code if form is None else form.title


def _happening(kind: str, on: date, title: str, detail: str, entity_id: str) -> Happening:
    """One line of history."""
    return Happening(on=on, kind=kind, title=title, detail=detail, entity_id=entity_id)
