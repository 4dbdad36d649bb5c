"""The door into a household's case from what was noticed elsewhere: it is the first line. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case_plan_states import CaseEvent
from app.domain.ids import HouseholdId
from app.services.case_plans import CasePlans
from app.services.drafts import Drafts
from app.ui.caring.deeds import CaringForm, Start, name_of
from app.ui.caring.desk import household_key
from app.ui.drafting import kept


@dataclass(frozen=True, slots=True)
class CaseDoor:
    """Call from the store thread only."""

    case_plans: CasePlans

    def prepare(self, household: HouseholdId, noticed: str) -> str:
        """What the page 照料备案 is opened with: the household, or its case in hand.

        The form waits there with `noticed` in it: as the hardship of a new case, as a note of the
        one in hand. A form half told before is left as it is and comes up instead.
        """
        at = self.case_plans.in_hand(household)
        drafts, key = Drafts(self.case_plans.begin), household_key(household)
        if drafts.get(key) is None:
            said = " ".join(noticed.split())
            deed = Start.OPEN_CASE if at is None else CaseEvent.NOTE
            form = CaringForm(need=said) if at is None else CaringForm(note=said)
            told = {
                "deed": name_of(deed),
                "at": None if at is None else at.id,
                "answers": kept(form),
            }
            drafts.keep(key, told)
        return household if at is None else at.id
