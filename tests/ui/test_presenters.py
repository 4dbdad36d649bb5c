"""Presenters of the window room, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.households import Category
from app.domain.problem import Problem, Refused, Unavailable
from app.ui.home.presenter import HomePresenter
from app.ui.household.presenter import HouseholdPresenter
from app.ui.households.presenter import HouseholdsPresenter, Sieve, Unseen
from app.ui.nouns import Noun
from tests import people
from tests.presenting import quiet_search


class AtOnce:
    """A runner that answers before it returns, or later when told."""

    def __init__(self, *, later: bool = False) -> None:
        self.later = later
        self.held: list = []

    def run(self, job, *, done, failed) -> None:
        if self.later:
            self.held.append((job, done, failed))
        else:
            _answer(job, done, failed)

    def answer(self) -> None:
        held, self.held = self.held, []
        for job, done, failed in held:
            _answer(job, done, failed)


def _answer(job, done, failed) -> None:
    try:
        answer = job()
    except Problem as problem:
        failed(problem)
    else:
        done(answer)


class Screen:
    """Remembers the last thing it was told to show, by name."""

    def __init__(self) -> None:
        self.shown: dict[str, tuple] = {}
        self.order: list[str] = []

    def __getattr__(self, name: str):
        def show(*args, **named):
            self.shown[name] = (*args, *named.values())
            self.order.append(name)

        return show


@pytest.fixture
def went() -> list[tuple[str, str | None]]:
    return []


def going(went):
    return lambda key, subject: went.append((key, subject))


def test_home_loads_the_day_when_it_is_opened(went):
    screen = Screen()

    HomePresenter(
        screen, AtOnce(), quiet_search(AtOnce()), today=people.today, go=going(went)
    ).open(None)

    assert screen.shown["show_today"] == (people.today(),)


def test_home_says_why_it_cannot_be_loaded(went):
    screen = Screen()
    problem = Unavailable("读不出来。", do="请再试。", code="D-09")

    def fail():
        raise problem

    HomePresenter(screen, AtOnce(), quiet_search(AtOnce()), today=fail, go=going(went)).open(None)

    assert screen.shown["show_problem"] == (problem,)


def test_home_stays_as_it_is_when_only_a_draft_was_kept(went):
    screen = Screen()
    presenter = HomePresenter(
        screen, AtOnce(), quiet_search(AtOnce()), today=people.today, go=going(went)
    )

    presenter.refresh(frozenset({Noun.DRAFT}))
    before = list(screen.order)
    presenter.refresh(frozenset({Noun.VISIT}))

    assert (before, screen.order) == ([], ["show_today", "show_search"])


def test_enter_goes_where_the_row_says(went):
    item = people.today().items[0]

    HomePresenter(
        Screen(), AtOnce(), quiet_search(AtOnce()), today=people.today, go=going(went)
    ).start(item)

    assert went == [("relief", item.entity_id)]


def list_presenter(screen, runner, went, lines=people.lines) -> HouseholdsPresenter:
    return HouseholdsPresenter(
        screen,
        runner,
        lines=lines,
        find=people.find,
        today=lambda: people.TODAY,
        go=going(went),
    )


def names(screen: Screen) -> list[str]:
    return [line.head_name for line in screen.shown["show_lines"][0]]


def test_the_list_goes_along_the_road(went):
    screen = Screen()

    list_presenter(screen, AtOnce(), went).open(None)

    places = [line.place for line in screen.shown["show_lines"][0]]
    assert places[:5] == ["一组3号", "一组18号", "二组7号", "二组9号", "二组21号"]


def test_the_list_shows_all_and_its_groups_in_chinese_order(went):
    screen = Screen()

    list_presenter(screen, AtOnce(), went).open(None)

    assert len(names(screen)) == 10
    assert screen.shown["show_groups"] == (["一组", "二组", "三组", "四组", "五组"],)


@pytest.mark.parametrize(
    ("sieve", "expected"),
    [
        (Sieve(category=Category.TEKUN), ["陈阿四"]),
        (Sieve(group="三组"), ["侬艳梅", "赵大山"]),
        (Sieve(text="lgf"), ["李桂芳"]),
        (Sieve(text="组", category=Category.WATCHLIST), ["韦㛃"]),
    ],
)
def test_the_list_is_sieved(sieve, expected, went):
    screen = Screen()
    presenter = list_presenter(screen, AtOnce(), went)
    presenter.open(None)

    presenter.sift(sieve)

    assert names(screen) == expected


@pytest.mark.parametrize(
    ("unseen", "left"),
    [
        (Unseen.ANY, 10),
        (Unseen.THIS_MONTH, 9),
        (Unseen.TWO_MONTHS, 3),
        (Unseen.THREE_MONTHS, 1),
        (Unseen.NEVER, 1),
    ],
)
def test_the_list_shows_where_nobody_was_for_so_long(unseen, left, went):
    screen = Screen()
    presenter = list_presenter(screen, AtOnce(), went)
    presenter.open(None)

    presenter.sift(Sieve(unseen=unseen))

    assert len(names(screen)) == left
    assert "阿依古丽·买买提" in names(screen)


def test_the_list_shows_who_lacks_something_also_while_searching(went):
    screen = Screen()
    lines = [replace(line, lacks=line.category is Category.DIBAO) for line in people.lines()]
    presenter = list_presenter(screen, AtOnce(), went, lines=lambda: lines)
    presenter.open(None)

    presenter.sift(Sieve(lacking=True))
    everywhere = names(screen)
    presenter.sift(Sieve(lacking=True, text="二组"))

    assert everywhere == ["李桂芳", "吴秀兰", "覃兰英"]
    assert names(screen) == ["吴秀兰", "覃兰英"]


def test_a_late_answer_does_not_overwrite_a_newer_one(went):
    screen = Screen()
    runner = AtOnce()
    presenter = list_presenter(screen, runner, went)
    presenter.open(None)
    runner.later = True

    presenter.sift(Sieve(text="lgf"))
    presenter.sift(Sieve())
    runner.answer()

    assert len(names(screen)) == 10


def test_enter_before_the_answer_opens_the_first_found(went):
    runner = AtOnce()
    presenter = list_presenter(Screen(), runner, went)
    presenter.open(None)
    runner.later = True

    presenter.sift(Sieve(text="zds"))
    presenter.open_first()
    before = list(went)
    runner.answer()

    assert before == []
    assert went == [("household", "h-1")]


class Households:
    """The household service for one household; notes whose numbers were shown."""

    def __init__(self) -> None:
        self.revealed: list[str] = []
        self.problem: Problem | None = None

    def open(self, household_id):
        return people.opened(household_id)

    def changed(self, household_id):
        return people.changes()

    def note_reveal(self, household_id, person_id):
        if self.problem is not None:
            raise self.problem
        self.revealed.append(person_id)

    def note_card_shown(self, household_id):
        self.revealed.append(household_id)


def household_presenter(screen, services, went, runner=None) -> HouseholdPresenter:
    return HouseholdPresenter(
        screen,
        runner or AtOnce(),
        households=services,
        today=lambda: people.TODAY,
        go=going(went),
    )


def test_a_household_is_shown_with_what_it_lacks(went):
    screen = Screen()

    household_presenter(screen, Households(), went).open("h-0")

    opened, today = screen.shown["show_household"]
    assert opened.household.id == "h-0"
    assert opened.missing == ["李小雨的身份证号"]
    assert today == people.TODAY


def test_a_line_of_what_happened_leads_to_where_more_stands(went):
    presenter = household_presenter(Screen(), Households(), went)
    presenter.open("h-0")

    presenter.follow(0)
    presenter.follow(3)

    assert went == [("past", "h-0")]


def test_the_list_turns_over_to_who_changed_what_and_back(went):
    screen = Screen()
    presenter = household_presenter(screen, Households(), went)
    presenter.open("h-0")

    presenter.turn_over()
    presenter.refresh(frozenset({Noun.HOUSEHOLD}))
    presenter.turn_over()

    assert screen.order == [
        "show_history", "show_household", "show_changes", "show_household", "show_changes",
        "show_history",
    ]  # fmt: skip


def test_without_a_household_nothing_is_shown(went):
    screen = Screen()

    household_presenter(screen, Households(), went).open(None)

    assert screen.order == ["show_nothing"]


def test_the_last_household_is_loaded_again_after_a_save(went):
    screen = Screen()
    presenter = household_presenter(screen, Households(), went)
    presenter.open("h-0")

    presenter.refresh(frozenset({Noun.VISIT}))

    assert screen.order == ["show_history", "show_household", "show_household"]


def test_a_household_opened_meanwhile_wins(went):
    screen = Screen()
    runner = AtOnce(later=True)
    presenter = household_presenter(screen, Households(), went, runner)

    presenter.open("h-0")
    presenter.open("h-1")
    runner.answer()

    assert screen.order == ["show_history", "show_history", "show_household"]
    assert screen.shown["show_household"][0].household.id == "h-1"


def test_the_verbs_lead_on_with_the_household(went):
    presenter = household_presenter(Screen(), Households(), went)
    presenter.open("h-0")

    presenter.do("printing")

    assert went == [("printing", "h-0")]


def test_every_number_shown_is_logged(went):
    services, screen = Households(), Screen()
    presenter = household_presenter(screen, services, went)
    presenter.open("h-0")

    presenter.reveal(True)

    assert services.revealed == ["p-1", "p-2", "h-0"]  # the last is the bank card
    assert screen.shown["show_numbers"] == (True,)


def test_a_look_that_cannot_be_logged_is_taken_back(went):
    services, screen = Households(), Screen()
    services.problem = Refused("记不下来。", do="请再试。", code="D-08")
    presenter = household_presenter(screen, services, went)
    presenter.open("h-0")

    presenter.reveal(True)

    assert screen.shown["show_numbers"] == (False,)
    assert "show_problem" in screen.order
