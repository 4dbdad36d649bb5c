"""The register of today's list: every source, what it reads, and whom it is about.

A new kind of work is a module `due_<what>.py` with a source and one entry here.
"""

from __future__ import annotations

from typing import Final

from app.domain.households import Category
from app.services.due import Kept, each
from app.services.due_alarms import (
    children_alone,
    dependent_due,
    first_jobs_ending,
    growing_up,
    placing_due,
)
from app.services.due_caring import CARE_READS, care_due, cases_due, complaints_due, watch_due
from app.services.due_differences import differences_due
from app.services.due_family import READS as FAMILY_READS
from app.services.due_family import family_due
from app.services.due_fund import READS as FUND_READS
from app.services.due_fund import fund_due
from app.services.due_left_out import LEFT_OUT_READS, left_out_due
from app.services.due_notice import READS as NOTICE_READS
from app.services.due_notice import notice_due
from app.services.due_procedure import READS as PROCEDURE_READS
from app.services.due_procedure import procedure_due
from app.services.due_referrals import LEAD_READS, leads_due, referrals_due
from app.services.due_relief import READS as RELIEF_READS
from app.services.due_relief import relief_due
from app.services.due_reports import reports_due
from app.services.due_returned import READS as RETURNED_READS
from app.services.due_returned import returned_due
from app.services.due_reviews import reviews_due
from app.services.due_self_care import SELF_CARE_READS, self_care_due
from app.services.due_standing import (
    REVIEW_READS,
    benefits_due,
    certificates_due,
    graces_due,
    reviews_due_by_clock,
    rigid_due,
    told_due,
)
from app.services.due_visits import visits_due

ON_NO_LIST: Final = f"household:{Category.NONE.value}"
TEKUN_HOUSEHOLDS: Final = f"household:{Category.TEKUN.value}"

SOURCES: Final[tuple[Kept, ...]] = (
    Kept("visits", visits_due, ("visit", "visit_plan", "application")),
    Kept("relief", each(relief_due), RELIEF_READS, about="emergency_relief"),
    Kept("procedure", each(procedure_due), PROCEDURE_READS, about="application"),
    Kept("notices", each(notice_due), NOTICE_READS, about="application"),
    Kept("leads", each(leads_due), LEAD_READS, about="lead"),
    Kept("referrals", each(referrals_due), ("referral",), about="referral"),
    Kept("differences", each(differences_due), ("conflict",), about="conflict"),
    Kept("returned", returned_due, RETURNED_READS),
    Kept("family", each(family_due), FAMILY_READS, about="family_event"),
    Kept("graces", each(graces_due), ("grace_period", "assessment"), about="grace_period"),
    Kept("by_clock", reviews_due_by_clock, REVIEW_READS),
    Kept("benefits", each(benefits_due), ("benefit", "household_member"), about="benefit"),
    Kept("told", each(told_due), ("benefit", "print_record", "grace_period"), about="benefit"),
    Kept(
        "certificates",
        each(certificates_due),
        ("certificate", "household_member"),
        about="certificate",
    ),
    Kept("care", each(care_due), CARE_READS, about="care_agreement"),
    Kept("watch", each(watch_due), ("watch_entry",), about="watch_entry"),
    Kept("cases", each(cases_due), ("case_plan",), about="case_plan"),
    Kept("complaints", each(complaints_due), ("complaint",), about="complaint"),
    Kept("reports", reports_due, ("village_report",)),
    Kept("fund", each(fund_due), FUND_READS, about="reserve_fund"),
    Kept("growing_up", growing_up, ("assessment",), about=TEKUN_HOUSEHOLDS),
    Kept("left_out", left_out_due, LEFT_OUT_READS, about=ON_NO_LIST),
    Kept("children_alone", children_alone, ("referral", "household_member")),
    Kept("first_jobs", first_jobs_ending, ("assessment",)),
    Kept("placing", placing_due, ("visit", "referral"), about=TEKUN_HOUSEHOLDS),
    Kept("dependent", dependent_due, ("referral",), about=TEKUN_HOUSEHOLDS),
    Kept("self_care", self_care_due, SELF_CARE_READS, about=TEKUN_HOUSEHOLDS),
    Kept("rigid", each(rigid_due), ("application",), about="application"),
    Kept("reviews", reviews_due, ("reassessed", "reassessment", "assessment"), about="reassessed"),
)
"""Named uniquely; the name stands beside each row it made."""
