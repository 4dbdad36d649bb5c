"""Applications of the practice village: one in every state a coordinator has to know.

Their steps are the usual way of one application, so many days apart; each stops where its state is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.casework import Application
from app.domain.households import Category
from app.domain.ids import ApplicationId
from app.domain.procedure import EvidenceMode, MaterialState, NoticePlace
from app.practice.backdating import EarlierClock, Story, until
from app.practice.homes import Home, Homes
from app.practice.office import (
    AGREED,
    CHAIR,
    CLERK,
    EXPECTED,
    INVESTIGATORS,
    MEETING,
    OFFICE,
    POSTED_BY,
    RECORDER,
    WITNESSES,
    paper,
)
from app.practice.village import PracticeHousehold
from app.services.application_materials import SettleMaterial
from app.services.application_publicity import HoldReview, PostNotice
from app.services.application_signatures import DeclareRelatives, Sign
from app.services.application_steps import TakeStep
from app.services.investigations import RecordInvestigation

if TYPE_CHECKING:
    from app.services.desk import Desk

E = ApplicationEvent


class Way(StrEnum):
    """How far an application of the practice village has come."""

    DRAFT = "draft"
    MATERIALS_MISSING = "materials_missing"
    TO_INVESTIGATE = "to_investigate"
    IN_REVIEW = "in_review"
    ON_THE_BOARD = "on_the_board"
    NOTICE_OVER = "notice_over"
    TO_BE_RETURNED = "to_be_returned"
    TO_BE_CONFIRMED = "to_be_confirmed"


SINCE: Final[Mapping[Way, int]] = {
    Way.DRAFT: 2,
    Way.MATERIALS_MISSING: 4,
    Way.TO_INVESTIGATE: 1,
    Way.IN_REVIEW: 1,
    Way.ON_THE_BOARD: 3,
    Way.NOTICE_OVER: 9,
    Way.TO_BE_RETURNED: 3,
    Way.TO_BE_CONFIRMED: 5,
}
"""Days since the last step."""
_MISSING: Final = ("近三个月的工资单或银行流水", "赡养人的收入情况说明")
_TO_BRING: Final = timedelta(days=10)
_LEFT_OPEN: Final = 2
"""Pieces of the checklist a draft still lacks."""
_SEEN: Final = {
    "people": "平时三口人在家，大儿子在外面打零工",
    "housing": "砖瓦房两间，自家的",
    "farming": "一亩多田，两亩茶，三只鸡",
    "neighbours": "问了隔壁两家，都说家里紧",
    "reasons": "药钱多，挣得少",
}
_ASKING: Final = frozenset({Category.DIBAO, Category.MARGINAL})


@dataclass(slots=True)
class Filing:
    """One application on its way. `application` is there once it has been drafted."""

    desk: Desk
    clock: EarlierClock
    home: Home
    way: Way
    number: int
    """Counts the papers of the township."""
    application: Application | None = field(default=None, repr=False)

    @property
    def id(self) -> ApplicationId:
        """The application. Raises LookupError before it is drafted."""
        if self.application is None:
            raise LookupError("it has not been drafted yet")
        return self.application.id

    def story(self, on: date) -> Story:
        """How it came to stand as it does on `on`."""
        begun = [(0, self._draft), (1, self._submit)]
        heard = [*begun, (3, self._accept), (8, self._check)]
        seen = [*heard, (10, self._investigate)]
        posted = [*seen, (14, self._post)]
        sent = [*posted, (22, self._send)]
        deeds = {
            Way.DRAFT: begun[:1],
            Way.MATERIALS_MISSING: [*begun, (3, self._ask_for_material)],
            Way.TO_INVESTIGATE: heard,
            Way.IN_REVIEW: [*seen, (12, self._meet)],
            Way.ON_THE_BOARD: posted,
            Way.NOTICE_OVER: posted,
        }
        return until(on - timedelta(days=SINCE[self.way]), deeds.get(self.way, sent))

    def _draft(self) -> None:
        kept = self.desk.assessments.save(self.home.id, self.home.facts)
        self.application = self.desk.applications.from_assessment(kept).application
        materials = self.desk.application_files.get(self.id).materials
        settled = materials[:-_LEFT_OPEN] if self.way is Way.DRAFT else materials
        for piece in settled:
            self.desk.application_materials.settle(
                SettleMaterial(
                    application=self.id,
                    code=piece.code,
                    person=piece.person,
                    name=piece.name,
                    state=MaterialState.RECEIVED,
                    day=self.clock.today(),
                    mode=EvidenceMode.COPY,
                )
            )

    def _submit(self) -> None:
        today = self.clock.today()
        signatures = self.desk.application_signatures
        signatures.declare(
            DeclareRelatives(application=self.id, declared_on=today, has_relative=False)
        )
        signatures.sign(Sign(application=self.id, signed_on=today))
        self.desk.applications.submit(self.id)

    def _ask_for_material(self) -> None:
        self._take(
            E.NEED_MATERIAL, what="补", materials=_MISSING, due_on=self.clock.today() + _TO_BRING
        )

    def _accept(self) -> None:
        self._take(E.ACCEPT, what="受")

    def _check(self) -> None:
        self._take(E.CHECK_REPORT, what="核", note="没有查到车辆和公司")

    def _investigate(self) -> None:
        seen = self.desk.investigations.record(
            RecordInvestigation(
                household=self.home.id,
                application=self.id,
                investigated_on=self.clock.today(),
                investigators=INVESTIGATORS,
                respondent=self.home.head.person.name,
                answers=_SEEN,
                fits=True,
                conclusion="和他说的一样",
            )
        )
        self.desk.application_steps.take(
            TakeStep(
                application=self.id,
                event=E.INVESTIGATED,
                happened_on=self.clock.today(),
                investigators=INVESTIGATORS,
                investigation=seen,
            )
        )

    def _meet(self) -> None:
        self._take(E.NEED_REVIEW)
        against = 1
        self.desk.application_publicity.review(
            HoldReview(
                application=self.id,
                held_on=self.clock.today(),
                place="村部会议室",
                chair=CHAIR,
                recorder=RECORDER,
                expected=EXPECTED,
                attendance=MEETING,
                agree=AGREED,
                against=against,
                abstain=len(MEETING) - AGREED - against,
                opinion="家里困难属实",
            )
        )

    def _post(self) -> None:
        self.desk.application_publicity.post(
            PostNotice(
                application=self.id,
                posted_on=self.clock.today(),
                places=(NoticePlace.VILLAGE_BOARD,),
                posted_by=POSTED_BY,
                witnesses=WITNESSES,
                contact=OFFICE,
            )
        )

    def _send(self) -> None:
        self._take(E.NOTICE_CLEAN)

    def _take(
        self,
        event: ApplicationEvent,
        *,
        what: str = "",
        note: str = "",
        materials: tuple[str, ...] = (),
        due_on: date | None = None,
    ) -> None:
        """A plain step today; one of the township's with its paper."""
        told = bool(what)
        today = self.clock.today()
        self.desk.application_steps.take(
            TakeStep(
                application=self.id,
                event=event,
                happened_on=today,
                told_by=CLERK if told else "",
                paper_no=paper(what, today.year, self.number) if told else "",
                note=note,
                materials=materials,
                due_on=due_on,
            )
        )


def filings_of(desk: Desk, clock: EarlierClock, homes: Homes) -> Iterator[Filing]:
    """One application for each way, of a household nobody supports yet."""

    def asks(home: Home) -> bool:
        return desk.assessments.preview(home.facts).suggested in _ASKING

    for number, way in enumerate(Way, 1):
        yield Filing(desk, clock, homes.take(_is_unsupported, asks), way, number)


def _is_unsupported(made: PracticeHousehold) -> bool:
    return made.household.category is Category.NONE and len(made.household.members) > 1
