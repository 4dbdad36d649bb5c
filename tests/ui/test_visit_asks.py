"""Policies explained and satisfaction: asked where the pack wants it, within the key budget."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met, Need
from app.domain.operations import instant_text
from app.domain.visit_words import Explained, Satisfaction
from app.rules.bundle import bundle_of
from app.rules.parameters import VISIT_ASKS
from app.rules.terms import terms_of
from app.services.policies import Policies
from app.services.timeline import timeline_of
from app.services.visits import RecordVisit
from app.store import feed
from app.ui.visits.form import VisitForm
from tests.fakes import NOON
from tests.screens import texts
from tests.ui.test_visit_roads import CTRL_N, Entry
from tests.visit_pages import OnPage, newest, record_screen, visit_screen
from tests.work_pages import WU, Room

ASKED = ("explained", "satisfaction")


def sent(room: Room, pack_id: str) -> None:
    pack = Policies().load(pack_id)
    body = {
        "pack_id": pack.id,
        "pack_version": pack.version,
        "sha256": pack.sha256,
        "bundle": bundle_of(pack).decode(),
        "published_at": instant_text(NOON - timedelta(days=1)),
    }

    def send() -> None:
        with room.desk.visits.begin() as work:
            entry = Entry("upsert", "policy_pack", "p-1", "p-1", 1, body)
            feed.apply_news(work.connection, [entry], room.clock.now())
            work.commit()

    room.do(send)


def opened(room: Room, qtbot: QtBot, pack_id: str) -> OnPage:
    sent(room, pack_id)
    return OnPage(room, qtbot, visit_screen(room), None)


def shown(page: OnPage) -> list[str]:
    return [name for name in ASKED if page.view.choices[name].isVisible()]


@pytest.mark.parametrize(
    ("pack_id", "asked"),
    [("guangdong", ASKED), ("mangshi", ("explained",)), ("dahua", ()), ("tianjin", ())],
)
def test_a_pack_says_what_is_asked(pack_id, asked):
    terms = terms_of(Policies().load(pack_id), NOON.date())

    assert terms.find(VISIT_ASKS).value == asked


def test_what_no_document_wants_is_not_asked(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, visit_screen(room), None)
    before = shown(page)

    assert (before, shown(opened(room, qtbot, "mangshi"))) == ([], ["explained"])


def test_both_are_answered_within_the_keys_of_a_routine_visit(room: Room, qtbot: QtBot):
    page = opened(room, qtbot, "guangdong")

    page.type("wxl").press("Return").type("141111" + "23").press("Ctrl+Return")

    visit = newest(page)
    assert page.hands.count + CTRL_N <= 16
    assert (visit.met, visit.need) == (Met.SELF, Need.NONE)
    assert (visit.explained, visit.satisfaction) == (Explained.LIVING, Satisfaction.DISSATISFIED)


def test_neither_has_to_be_answered(room: Room, qtbot: QtBot):
    page = opened(room, qtbot, "guangdong")

    page.type("wxl").press("Return").type("141111").press("Ctrl+Return")

    assert (newest(page).explained, newest(page).satisfaction) == (None, None)


def test_what_is_the_same_as_last_time_is_not_how_they_feel_today(room: Room, qtbot: QtBot):
    room.do(
        lambda: room.desk.visits.record(
            RecordVisit(
                household=WU, visited_on=room.clock.today(), met=Met.SELF,
                explained=Explained.RELIEF, satisfaction=Satisfaction.SATISFIED,
            )
        )
    )  # fmt: skip
    page = opened(room, qtbot, "guangdong")

    page.type("wxl").press("Return").press("F4")

    form = page.screen.presenter._form
    assert (form.met, form.explained, form.satisfaction) == (Met.SELF, None, None)
    assert page.view.choices["explained"].hasFocus()


def test_nobody_at_home_is_asked_nothing(room: Room, qtbot: QtBot):
    page = opened(room, qtbot, "guangdong")

    page.view.choices["explained"].setFocus()
    page.type("2")
    page.view.answered.emit("met", Met.NOBODY)
    room.settle()

    form = page.screen.presenter._form
    assert shown(page) == []
    assert "explained" not in form.shown


def test_an_answer_kept_as_a_draft_comes_back(room: Room, qtbot: QtBot):
    page = opened(room, qtbot, "guangdong")
    page.type("wxl").press("Return").type("141111" + "61")
    page.view.hide()

    again = OnPage(room, qtbot, visit_screen(room), None)

    form = again.screen.presenter._form
    assert (form.explained, form.satisfaction) == (Explained.SEVERAL, Satisfaction.SATISFIED)
    assert shown(again) == list(ASKED)


def test_what_the_pack_does_not_ask_is_not_recorded_from_an_older_draft():
    form = VisitForm(household=WU, visited_on=NOON.date(), met=Met.SELF, explained=Explained.LIVING)

    assert form.request("k", NOON.date()).explained is None


def test_it_stands_in_the_record_and_in_the_timeline(room: Room, qtbot: QtBot):
    visit = room.do(
        lambda: room.desk.visits.record(
            RecordVisit(
                household=WU, visited_on=room.clock.today(), met=Met.SELF,
                explained=Explained.LIVING, satisfaction=Satisfaction.FAIR,
            )
        )
    )  # fmt: skip
    page = OnPage(room, qtbot, record_screen(room), visit)

    told = page.room.ask(lambda work: timeline_of(work, WU))

    assert "低保特困" in " ".join(texts(page.view))
    assert "讲了政策：低保特困，对救助一般" in next(
        one.detail for one in told if one.kind == "visit"
    )
