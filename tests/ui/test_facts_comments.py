"""What the county sent back opens the form it was filled in on, at its field, with what it said."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.procedure import ReturnComment
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.services.applications import FileApplication
from app.ui.applications.places import page_of, read_place, target_of
from app.ui.facts.desk import FactsDesk
from app.ui.facts.screen import build_facts_screen
from app.ui.theme.scale import TypeSize
from app.ui.widgets.labels import Text
from tests.hands import Hands
from tests.screens import texts
from tests.whole_window import CRAMPED, WholeWindow
from tests.work_pages import LI, ZHAO, Room

HEAD = f"{ZHAO}-head"


def comment(entity="household", entity_id=ZHAO, column="bank_account", text="少一位"):
    return ReturnComment(entity=entity, entity_id=entity_id, column=column, text=text)


@pytest.fixture
def returned(room: Room):
    """An application of Zhao's that came back with two comments."""
    desk = room.desk
    filed = room.do(
        lambda: desk.applications.file(FileApplication(household=ZHAO, assessment=None))
    )
    said = [
        comment(),
        comment("person", HEAD, "id_number", "最后一位不对"),
    ]
    told = [
        {"entity": c.entity, "entity_id": c.entity_id, "column": c.column, "text": c.text}
        for c in said
    ]
    table = table_of(ApplicationRow)

    def write(work):
        work.connection.execute(
            table.update()
            .where(table.c.id == filed.id)
            .values(status="returned", return_comments=told)
        )
        work.commit()

    room.ask(write)
    return said


def opened(room: Room, qtbot: QtBot, subject: str):
    """Both halves of the page."""
    desk = room.desk
    facts = FactsDesk(
        desk.households, desk.corrections, desk.duplicates, desk.drafts, desk.application_files
    )
    screen = build_facts_screen(facts, room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen, subject)
    return screen


def shown(room: Room, qtbot: QtBot, subject: str):
    return opened(room, qtbot, subject).view


def test_a_comment_opens_the_form_at_its_field(room: Room, qtbot: QtBot, returned):
    view = shown(room, qtbot, target_of(returned[0], ZHAO))

    assert view.form.fields["bank_account"].hasFocus()
    assert "县里说：少一位" in list(texts(view.form))


@pytest.mark.parametrize("size", list(TypeSize))
def test_what_the_county_said_is_in_sight_with_its_field(size, room, look, qtbot, returned):
    look.wear(size=size)
    window = WholeWindow(room, qtbot)
    window.show(CRAMPED)

    view = window.go("facts", target_of(returned[0], ZHAO)).view

    (said,) = [one for one in view.form.findChildren(Text) if one.text() == "县里说：少一位"]
    field = view.form.fields["bank_account"]
    assert field.hasFocus()
    for one in (field, said):
        assert one.visibleRegion().boundingRect() == one.rect()


def test_from_the_mended_field_enter_leads_back_to_the_application(
    room: Room, qtbot: QtBot, returned
):
    screen = opened(room, qtbot, target_of(returned[0], ZHAO))
    view, hands = screen.view, Hands(screen.view)
    assert view.application.isVisible()

    hands.type("6217001234567890123")
    hands.press("Ctrl+Return")
    room.settle()
    assert view.application.hasFocus()
    hands.press("Return")
    room.settle()

    assert room.went[-1] == ("applications", ZHAO)


def test_nobody_is_sent_to_an_application_the_county_did_not_return(room: Room, qtbot: QtBot):
    view = shown(room, qtbot, LI)

    assert not view.application.isVisible()


def test_a_comment_on_a_person_opens_that_person_s_form(room: Room, qtbot: QtBot, returned):
    view = shown(room, qtbot, target_of(returned[1], ZHAO))

    assert view.form.fields["id_number"].hasFocus()
    said = list(texts(view.form))
    assert "县里说：最后一位不对" in said
    assert "县里说：少一位" not in said


def test_without_a_place_the_form_comes_up_as_ever(room: Room, qtbot: QtBot, returned):
    view = shown(room, qtbot, ZHAO)

    assert view.form.fields["phone"].hasFocus()


@pytest.mark.parametrize(
    ("said", "page"),
    [
        (comment(), "facts"),
        (comment("person", HEAD, "birth"), "facts"),
        (comment("person", HEAD, "labour"), "assessment"),
        (comment("income_item", "i-1", "amount_fen"), "assessment"),
        (comment("household_member", "m-1", "relation"), "household"),
        (comment("spaceship", "s-1", "hull"), "household"),
    ],
)
def test_every_comment_leads_to_a_page(said, page):
    assert page_of(said) == page
    household, _person, _field = read_place(target_of(said, ZHAO))
    assert household == ZHAO


def test_a_day_of_birth_is_asked_under_its_own_name():
    assert read_place(target_of(comment("person", HEAD, "birth"), ZHAO)) == (
        ZHAO,
        HEAD,
        "birth_on",
    )


def test_what_an_application_lacks_is_mended_at_its_field(room: Room, qtbot: QtBot, returned):
    filed = room.do(lambda: room.desk.applications.of(ZHAO)[0])
    lacks = room.do(lambda: room.desk.application_files.get(filed.id).lacks)
    phone = next(one for one in lacks if one.kind == "联系电话")

    view = shown(room, qtbot, phone.target)

    assert phone.page == "facts"
    assert view.form.fields["phone"].hasFocus()
