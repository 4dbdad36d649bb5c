"""A morning by keyboard on the program as it starts: bootstrap, doors, vault, practice county.

T1–T5 of ux §5.2 within their budgets; the results are looked up in the encrypted file afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap.doors import Doors
from app.bootstrap.machine import SystemClock
from app.domain.casework import ApplicationStatus, ReliefStatus
from app.domain.households import Category, ExpenseKind, IncomeKind
from app.domain.money import Money
from app.domain.people import Labour, PersonStatus
from app.rules.casefile import parse_case
from app.services.desk import Desk, open_desk
from app.services.policies import Policies
from app.services.vaults import Vaults
from app.settings import Settings
from app.store.search import fold, readings
from app.ui.widgets.labels import IconText
from tests.mornings import Morning, NoSteps, begin_morning
from tests.work_pages import LI, ZHAO, li, zhao

PASSPHRASE = "tea hill morning lantern"


@dataclass(frozen=True)
class Home:
    """Where the practice vault lies, and somebody in it with the letters that find them first.

    `before_li` households come before 李桂芳's when her letters are typed, `before_zhao` before
    赵大山's.
    """

    settings: Settings
    household: str
    letters: str
    before_li: int
    before_zhao: int


@contextmanager
def opened(settings: Settings) -> Iterator[Desk]:
    """The vault on this thread, while the window does not have it."""
    clock = SystemClock()
    vault = Vaults(clock).open(settings.practice_vault, PASSPHRASE)
    try:
        yield open_desk(vault, clock, Policies())
    finally:
        vault.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A practice village made through the first-run door; its county has gone home again."""
    settings, clock = Settings(tmp_path_factory.mktemp("home")), SystemClock()
    made = Doors(settings, clock, Vaults(clock), None).practise(PASSPHRASE, NoSteps())
    made.session.county.stop()
    with opened(settings) as desk:
        lines = desk.households.lines()
        desk.households.add_all([li(), zhao()])
        before_li = [one.id for one in desk.households.find("lgf")].index(LI)
        before_zhao = [one.id for one in desk.households.find("zds")].index(ZHAO)
        for line in lines:
            letters = "".join(part[:1] for part in readings(fold(line.head_name))[0])[:3]
            if letters.isascii() and desk.households.find(letters)[0].id == line.id:
                return Home(settings, line.id, letters, before_li, before_zhao)
    raise AssertionError("nobody can be found by three letters")


@pytest.fixture
def morning(home: Home, qapp: QApplication, qtbot: QtBot) -> Iterator[Morning]:
    """The program, started and showing its unlock page; closed at the end, however it went."""
    begun = begin_morning(home.settings, qapp, qtbot)
    yield begun
    begun.leave()


def test_a_morning_by_keys_is_within_its_budgets_and_in_the_file(morning: Morning, home: Home):
    hands, application = morning.hands, morning.application

    morning.type(PASSPHRASE).press("Return")
    morning.qtbot.waitUntil(lambda: application.day is not None, timeout=60_000)
    morning.settle()
    assert application.day.place().page == "today"
    assert hands.count == len(PASSPHRASE) + 1

    start = hands.count
    morning.press("Ctrl+F").type(home.letters).press("Return")
    assert application.day.place().subject == home.household
    assert hands.count - start <= 6

    start = hands.count
    morning.press("Ctrl+N").type(home.letters).press("Return").type("141111")
    morning.press("Ctrl+Return")
    assert hands.count - start <= 16

    start = hands.count
    morning.press("Ctrl+E").type(home.letters).press("Return").type("1").type("500")
    morning.press("Return").type("1").press("Ctrl+Return")
    assert hands.count - start <= 16

    _go_home(morning)
    _check_the_file(home)


def _go_home(morning: Morning) -> None:
    """Back to the first page, and close the window as its cross would."""
    morning.press("Ctrl+1")
    morning.leave()


def _check_the_file(home: Home) -> None:
    """What the keys did is in the encrypted file, once the window has closed it."""
    with opened(home.settings) as desk, desk.visits.begin() as work:
        today = desk.visits.clock.today()
        visits = work.casework.visits_between(today, today)
        paid = work.casework.relief_of(home.household)

    assert [visit.household for visit in visits if visit.household == home.household]
    assert [(each.amount, each.status) for each in paid] == [
        (Money.yuan(500), ReliefStatus.PAPERWORK_PENDING)
    ]


def test_the_practice_county_opens_with_the_day_and_takes_everything_in(
    morning: Morning, home: Home
):
    application = morning.application
    morning.type(PASSPHRASE).press("Return")
    morning.qtbot.waitUntil(lambda: application.day is not None, timeout=60_000)
    morning.settle()

    morning.press("Ctrl+U", "Ctrl+Return")

    _go_home(morning)
    with opened(home.settings) as desk:
        assert desk.syncing.status().waiting == 0
        assert desk.syncing.status().last_success is not None


def test_a_means_test_of_three_people_by_keys_becomes_an_application_and_its_working_sheet(
    morning: Morning, home: Home, tmp_path: Path
):
    morning.type(PASSPHRASE).press("Return")
    morning.qtbot.waitUntil(lambda: morning.is_open, timeout=60_000)
    morning.settle()

    start = morning.hands.count
    morning.press("Ctrl+M").type("lgf").press(*["Down"] * home.before_li, "Return")
    _tell_all(morning)
    morning.press("Ctrl+Return")
    keys = morning.hands.count - start
    view = morning.application.day.halves("assessment").view
    read_out = [line.text.text() for line in view.card.read_out.findChildren(IconText)]
    morning.press("F8", "Ctrl+P", "Ctrl+P")
    text = _printed(morning, tmp_path / "papers.pdf")

    assert keys <= 80
    assert "收入：2 项" in read_out
    _go_home(morning)
    number = _check_the_test(home)
    assert number in text
    assert "家庭收入财产核算表" in text
    for said in ("李桂芳", "李建国", "27,960.00", "26,400.00", "776.67"):
        assert said in text


def test_a_means_test_of_a_couple_and_their_son_who_lives_elsewhere_is_within_the_budget(
    morning: Morning, home: Home
):
    morning.type(PASSPHRASE).press("Return")
    morning.qtbot.waitUntil(lambda: morning.is_open, timeout=60_000)
    morning.settle()

    start = morning.hands.count
    morning.press("Ctrl+M").type("zds").press(*["Down"] * home.before_zhao, "Return")
    _tell_the_couple(morning)
    _tell_their_son(morning)
    morning.press("Ctrl+Return")
    keys = morning.hands.count - start

    assert keys <= 80
    _go_home(morning)
    with opened(home.settings) as desk, desk.visits.begin() as work:
        (kept,) = work.casework.assessments_of(ZHAO)
    (son,) = parse_case(kept.facts.encode()).household.obligors
    assert (son.relation, son.status) == ("son", PersonStatus.NORMAL)
    assert (son.monthly_income, son.maintenance_month) == (Money.yuan(3000), Money.yuan(300))
    assert (son.disabled, son.receives, son.within_property_limits) == (False, (), True)


def _tell_the_couple(morning: Morning) -> None:
    """Neither can work; he has a pension and a hospital bill; a house, no savings, no car."""
    morning.type("1131111").press("Return").type("1131111").press("Return")
    morning.type("5130").press("Return", "Return").type("1").press("Return")
    morning.type("9").press("Return").type("9").press("Return")
    morning.type("14800").press("Return").type("1").press("Return").type("9").press("Return")
    morning.type("0").press("Return", "Return").type("0").press("Return").type("1")
    morning.press("Return").type("11").press("Return")


def _tell_their_son(morning: Morning) -> None:
    """He earns 3,000 a month, gives 300, and nothing excuses him: each of it is asked."""
    morning.type("1").press("Return")  # nobody knows his birthday
    morning.type("3000").press("Return").type("300").press("Return").type("11111")
    morning.press("Return")


def _tell_all(morning: Morning) -> None:
    """李桂芳, her son who earns 2,200 a month, her granddaughter at school; a hospital bill."""
    morning.type("1131111").press("Return").type("11111").press("Return")
    morning.type("112111").press("Return")
    morning.press("Return")  # her pension is on record
    morning.type("12200").press("Return", "Return").type("11").press("Return")
    morning.type("9").press("Return").type("9").press("Return")
    morning.type("14800").press("Return").type("1").press("Return")
    morning.type("9").press("Return").type("9").press("Return")
    morning.type("0").press("Return", "Return").type("0").press("Return").type("1")
    morning.press("Return").type("11").press("Return").type("8").press("Return")


def _printed(morning: Morning, place: Path) -> str:
    """What the papers say; without a printer they become a file."""
    view = morning.application.day.halves("printing").view
    morning.choose(view.placed, str(place))
    document = pypdfium2.PdfDocument(place.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def _check_the_test(home: Home) -> str:
    """What was told, what came of it and under which pack; the number of its application."""
    with opened(home.settings) as desk:
        with desk.visits.begin() as work:
            (kept,) = work.casework.assessments_of(LI)
            (filed,) = work.casework.applications_of(LI)
            prints = {(one.form, one.entity_id) for one in work.casework.household_prints(LI)}
            family = work.households.get(LI)
        pack, again = desk.assessments.in_force().pack, desk.assessments.recompute(kept.id)

    told = parse_case(kept.facts.encode()).household
    assert [one.labour for one in told.members][:2] == [Labour.NONE, Labour.ABLE]
    assert {(one.kind, one.amount) for one in told.incomes} == {
        (IncomeKind.RESIDENT_PENSION_BASIC, Money.yuan(130)),
        (IncomeKind.WAGE, Money.yuan(2200)),
    }
    assert [(one.kind, one.amount) for one in told.expenses] == [
        (ExpenseKind.MEDICAL, Money.yuan(4800))
    ]
    assert (told.obligors, len(family.incomes)) == ((), 2)
    assert json.loads(kept.answer)["income_year"] == "27960.00"
    assert kept.suggested is Category.MARGINAL
    assert (kept.pack_id, kept.pack_version, kept.pack_sha256) == (
        pack.id,
        pack.version,
        pack.sha256,
    )
    assert again.is_same
    assert (filed.assessment, filed.status) == (kept.id, ApplicationStatus.DRAFT)
    assert Category.MARGINAL in filed.requested
    assert {form for form, _of in prints} >= {"F01", "F02", "F03", "F05"}
    return filed.document_no
