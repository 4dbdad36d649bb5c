"""The presenters of the work pages without a window: order, unlocking, late answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

import pytest

from app.domain.casework import Health, Met
from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId
from app.domain.money import Money
from app.domain.problem import Refused, Unavailable
from app.services.paper_offers import Choice, PaperOffer
from app.services.relief_asked import Allowance
from app.services.visits import MonthProgress
from app.ui.nouns import Noun
from app.ui.printing.presenter import PrintPresenter
from app.ui.printing.press import Press
from app.ui.relief.desk import Found, Standing
from app.ui.relief.form import Payee
from app.ui.relief.presenter import ReliefPresenter
from app.ui.syncing.presenter import SyncPresenter
from app.ui.visits.desk import Behind, Opening
from app.ui.visits.form import VisitForm
from app.ui.visits.presenter import VisitPresenter
from tests import people
from tests.presenting import HeldRunner, NotedScreen, nothing

TODAY = date(2026, 3, 2)
HERE = HouseholdId("h-0")
FULL_DISK = Unavailable("磁盘满了。", do="请腾出地方。", code="D-01")
LINE = HouseholdLine(
    id=HERE, head_name="李桂芳", place="一组3号", category=people.household().category, members=3
)


@dataclass
class VisitJobs:
    """The visit desk: remembers what was kept and recorded."""

    draft: dict | None = None
    kept: list[dict] = field(default_factory=list)
    recorded: list = field(default_factory=list)

    def opening(self, subject, today):
        behind = None if subject is None else self.behind(subject)
        return Opening(MonthProgress(0, 2), {}, behind, self.draft)

    def behind(self, household):
        return Behind(people.household(household), None, self.draft)

    def keep(self, fields):
        self.kept.append(fields)

    def record(self, request, _signature):
        self.recorded.append(request)
        return "v-1", MonthProgress(1, 2)

    def drop(self, household):
        self.kept.append({"dropped": household})


class VisitTable:
    """A visit presenter between a screen and a desk."""

    def __init__(self, draft: dict | None = None) -> None:
        self.screen = NotedScreen(is_untouched=True)
        self.store = HeldRunner()
        self.jobs = VisitJobs(draft)
        self.news: list[frozenset[Noun]] = []
        self.presenter = VisitPresenter(
            self.screen,
            self.store,
            HeldRunner(),
            self.jobs,
            photograph=nothing,
            today=lambda: TODAY,
            announce=self.news.append,
            mark_saved=nothing,
            go=nothing,
        )


def test_a_form_that_was_locked_is_unlocked_when_saving_failed():
    table = VisitTable()
    table.presenter.pick(LINE)
    table.presenter.answer("met", Met.SELF)
    table.store.answer_all()

    table.presenter.finish()
    locked = table.screen.names()[-1]
    table.store.fail(FULL_DISK)

    assert locked == "lock"
    assert table.screen.names()[-2:] == ["unlock", "show_problem"]
    assert table.news == []


def test_a_saved_visit_is_announced_once_and_the_form_is_blank_again():
    table = VisitTable()
    table.presenter.pick(LINE)
    table.presenter.answer("met", Met.SELF)
    table.presenter.finish()
    table.store.answer_all()

    assert [request.met for request in table.jobs.recorded] == [Met.SELF]
    assert table.news == [frozenset({Noun.VISIT})]
    assert table.screen.last("put")[0].is_blank


def test_what_is_typed_while_the_page_loads_is_not_written_over():
    kept = VisitForm(household=HERE, visited_on=TODAY, met=Met.FAMILY).as_draft("met")
    table = VisitTable(kept)
    table.presenter.open(None)
    table.presenter.answer("met", Met.PHONE)

    table.store.answer()

    assert table.presenter._form.met is Met.PHONE


def test_answers_given_before_the_old_draft_was_read_stand_on_top_of_it():
    kept = VisitForm(household=HERE, visited_on=TODAY, met=Met.FAMILY, health=Health.ILL)
    table = VisitTable(kept.as_draft("health"))
    table.presenter.pick(LINE)
    table.presenter.answer("met", Met.PHONE)

    table.store.answer_all()

    assert table.presenter._form.met is Met.PHONE
    assert table.presenter._form.health is Health.ILL
    assert table.jobs.kept[-1]["health"] == Health.ILL


def test_a_household_that_was_left_again_does_not_come_back_late():
    table = VisitTable()
    table.presenter.pick(LINE)
    table.presenter.pick(
        HouseholdLine(id=HouseholdId("h-1"), head_name="赵大山", place="", category="", members=1)
    )

    table.store.answer()

    assert "show_behind" not in table.screen.names()


def test_the_same_as_last_time_says_when_there_is_no_last_time():
    table = VisitTable()
    table.presenter.pick(LINE)
    table.store.answer_all()

    table.presenter.same_as_last()

    assert "还没有上一次" in table.screen.last("say")[0]


ALLOWED = Allowance(
    left=Money.yuan(500),
    cap=Money.yuan(200),
    cap_rule="规定",
    paperwork_due_on=TODAY,
    paperwork_rule="期限",
)


@dataclass
class ReliefJobs:
    """The relief desk; `pay` raises what it is told to."""

    problem: Refused | None = None
    paid: list = field(default_factory=list)

    def standing(self, household=None):
        return Standing(ALLOWED, tuple(self.paid), {})

    def found(self, household, name):
        return Found(LINE, Payee(name="李桂芳", household=household), ALLOWED)

    def keep(self, fields):
        return None

    def pay(self, request):
        if self.problem is not None:
            raise self.problem
        raise AssertionError("not in this test")


def test_a_refused_payment_unlocks_the_form_and_prints_nothing():
    screen, store, work = NotedScreen(is_untouched=True), HeldRunner(), HeldRunner()
    jobs = ReliefJobs(Refused("额度不够。", do="请少给一些。", code="F-15", field="amount"))
    presenter = ReliefPresenter(
        screen,
        store,
        jobs,
        Press(SimpleNamespace(), store, work, SimpleNamespace()),
        announce=nothing,
        mark_saved=nothing,
        go=nothing,
    )
    presenter.pick(LINE)
    for name, value in (("event", "fire"), ("amount", Money.yuan(900)), ("way", "cash")):
        presenter.answer(name, value)

    presenter.pay()
    store.answer_all()

    assert screen.names()[-2:] == ["unlock", "show_problem"]
    assert work.held == []


def test_a_payment_cannot_be_asked_for_before_it_is_complete():
    screen, store = NotedScreen(is_untouched=True), HeldRunner()
    presenter = ReliefPresenter(
        screen,
        store,
        ReliefJobs(),
        Press(SimpleNamespace(), store, store, SimpleNamespace()),
        announce=nothing,
        mark_saved=nothing,
        go=nothing,
    )

    presenter.pay()

    assert screen.last("show_problem")[0].field == "payee"
    assert "lock" not in screen.names()
    assert store.held == []


@dataclass
class SyncJobs:
    """The sync desk: a sync tells two steps and fails."""

    problem: Unavailable

    def status(self):
        return SimpleNamespace(items=(), conflicts=(), waiting=0)

    def sync(self, steps):
        steps.at(1, 2, "正在上传")
        raise self.problem


@pytest.mark.parametrize(("code", "said"), [("S-10", "show_calmly"), ("D-01", "show_problem")])
def test_no_network_is_calm_and_a_full_disk_is_not(code: str, said: str):
    screen, store, work = NotedScreen(), HeldRunner(), HeldRunner()
    jobs = SyncJobs(Unavailable("没成。", do="请再试。", code=code))
    presenter = SyncPresenter(screen, store, work, jobs, announce=nothing, go=nothing)

    presenter.sync()
    presenter.sync()
    work.answer_all()

    assert screen.names() == ["begin_progress", "show_progress", "end_progress", said]
    assert len(store.held) == 1


@pytest.mark.parametrize(
    ("entity", "page", "subject"),
    [
        ("emergency_relief", "relief_case", "record-1"),
        ("visit", "visit_record", "record-1"),
        ("application", "applications", "record-1"),
        ("income_item", "household", "home-1"),
    ],
)
def test_what_was_returned_is_mended_where_its_record_is(entity: str, page: str, subject: str):
    went: list[tuple[str, str | None]] = []
    store = HeldRunner()
    item = SimpleNamespace(n=7, entity=entity, entity_id="record-1", household_id="home-1")
    jobs = SimpleNamespace(status=lambda: SimpleNamespace(items=(item,), conflicts=(), waiting=1))
    presenter = SyncPresenter(
        NotedScreen(), store, HeldRunner(), jobs, announce=nothing,
        go=lambda *where: went.append(where),
    )  # fmt: skip
    presenter.open(None)
    store.answer_all()

    presenter.mend(7)

    assert went == [(page, subject)]


def test_stopping_asks_the_running_sync_and_no_other():
    screen, store, work = NotedScreen(), HeldRunner(), HeldRunner()
    jobs = SyncJobs(Unavailable("停下。", do="请再试。", code="S-13"))
    presenter = SyncPresenter(screen, store, work, jobs, announce=nothing, go=nothing)

    presenter.stop()
    before = work.stopped
    presenter.sync()
    presenter.stop()

    assert (before, work.stopped) == (False, True)


@dataclass
class PaperJobs:
    """Printing without forms: what is prepared is drawn elsewhere."""

    def offers(self, household):
        return [PaperOffer("F15", "走访记录表", True, (), 1, "v-1")]

    def choice(self, subject):
        return Choice(subject, None)

    def attached(self, household):
        return {}

    def wrong_files(self):
        return ()


class AnyHousehold:
    """Opens whatever it is asked for."""

    def open(self, household):
        return people.household(household)


def test_offers_of_a_household_left_meanwhile_are_dropped():
    screen, store, work = NotedScreen(), HeldRunner(), HeldRunner()
    presenter = PrintPresenter(
        screen,
        store,
        work,
        Press(PaperJobs(), store, work, SimpleNamespace(printers=list)),
        households=AnyHousehold(),
        announce=nothing,
    )
    presenter.open("h-1")
    presenter.open("h-2")

    store.answer()

    assert "show_offers" not in screen.names()
