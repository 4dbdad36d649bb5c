"""An application driven through its steps, for the tests of the procedure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import Application, ApplicationStatus
from app.domain.households import Category, Household
from app.domain.people import IdKind
from app.domain.problem import Refused
from app.domain.procedure import Attendant, NoticePlace, ObjectionOutcome, ReviewRole
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.services.application_publicity import (
    AnswerObjection,
    HoldReview,
    PostNotice,
    RaiseObjection,
)
from app.services.application_signatures import Sign
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from tests.storefile import household_of

TOLD = {"told_by": "镇民政办 韦主任", "paper_no": "练民受〔2026〕12号"}
TWO = ("覃大山", "韦小妹")
BOARD = {
    "places": (NoticePlace.VILLAGE_BOARD,),
    "posted_by": ("覃大山",),
    "witnesses": ("韦小妹", "侬阿公"),
}


def refused(call: Any, *arguments: Any, **named: Any) -> Refused:
    """The refusal of a call."""
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return caught.value


def villagers(count: int, recused: int = 0) -> tuple[Attendant, ...]:
    """People at a review."""
    return tuple(
        Attendant(name=f"代表{at}", role=ReviewRole.VILLAGER, recused=at < recused)
        for at in range(count)
    )


@dataclass
class Filing:
    """One application of an invented household and whatever is done with it."""

    work: SimpleNamespace
    village_code: str = ""
    category: Category | None = None
    household: Household = field(init=False)
    id: Any = field(init=False)

    def __post_init__(self) -> None:
        self.household = household_of(
            "覃兰英", "覃小雨", id_kind=IdKind.HUKOU_BOOK, birth=date(1970, 1, 1)
        )
        if self.village_code:
            self.household = replace(self.household, village_code=self.village_code)
        if self.category is not None:
            self.household = replace(self.household, category=self.category)
        self.work.households.add_all([self.household])
        request = FileApplication(household=self.household.id, assessment=None)
        self.id = self.work.applications.file(request).id

    @property
    def today(self) -> date:
        return self.work.clock.today()

    @property
    def now(self) -> Application:
        return self.work.applications.get(self.id)

    @property
    def status(self) -> ApplicationStatus:
        return self.now.status

    @property
    def whole(self) -> Any:
        return self.work.files.get(self.id)

    def take(self, event: E, **said: Any) -> Filing:
        said = {"happened_on": self.today} | said
        self.work.steps.take(TakeStep(application=self.id, event=event, **said))
        return self

    def sign(self, **said: Any) -> Filing:
        request = {"application": self.id, "signed_on": self.today} | said
        self.work.signatures.sign(Sign(**request))
        return self

    def submitted(self) -> Filing:
        return self.sign().take(E.SUBMIT)

    def accepted(self) -> Filing:
        return self.submitted().take(E.ACCEPT, **TOLD)

    def checked(self) -> Filing:
        return self.accepted().take(E.CHECK_REPORT, **TOLD)

    def assessed(self) -> Filing:
        return self.checked().take(E.INVESTIGATED, investigators=TWO)

    def post(self, **said: Any) -> Filing:
        request = {"application": self.id, "posted_on": self.today} | BOARD | said
        self.work.publicity.post(PostNotice(**request))
        return self

    def posted(self) -> Filing:
        return self.assessed().post()

    def sent(self) -> Filing:
        self.posted()
        self.work.clock.advance(days=8)
        return self.take(E.NOTICE_CLEAN)

    def review(self, **said: Any) -> Any:
        request = {
            "application": self.id,
            "held_on": self.today,
            "place": "村部",
            "chair": "覃大山",
            "recorder": "韦小妹",
            "expected": 12,
            "attendance": villagers(10),
            "agree": 8,
            "against": 1,
            "abstain": 1,
        } | said
        return self.work.publicity.review(HoldReview(**request))

    def objected(self) -> Filing:
        self.work.publicity.object(
            RaiseObjection(application=self.id, raised_on=self.today, content="他家刚买了车")
        )
        return self

    def answered(self, outcome: ObjectionOutcome = ObjectionOutcome.DISMISSED) -> Filing:
        self.work.publicity.answer(
            AnswerObjection(
                application=self.id,
                handled_on=self.today,
                outcome=outcome,
                reply="车是亲戚的，已当面答复。",
                investigators=TWO,
            )
        )
        return self

    def county_says(self, status: ApplicationStatus, **fields: Any) -> Filing:
        """As the feed would bring it."""
        table = table_of(ApplicationRow)
        with self.work.begin() as unit:
            unit.connection.execute(
                update(table).where(table.c.id == self.id).values(status=status.value, **fields)
            )
            unit.commit()
        return self

    def recognised(self, category: Category) -> Filing:
        """The household stands in it, as the county's grant sets it."""
        with self.work.begin() as unit:
            unit.change(
                kind="household.corrected",
                entity="household",
                entity_id=self.household.id,
                subject=self.household.id,
                fields={"category": category},
            )
            unit.commit()
        return self

    def refusal(self, event: E, **said: Any) -> Refused:
        return refused(self.take, event, **said)

    def events(self) -> set[E]:
        return {one.event for one in self.whole.actions}
