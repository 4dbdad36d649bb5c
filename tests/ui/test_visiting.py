"""What a visit brings about, on the pages: in place, by keys, with photo and signature."""

from __future__ import annotations

import struct
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.problem import Refused
from app.domain.referral_states import LeadStatus, ReferralStatus
from app.domain.referral_words import LeadSource, ReferralNeed
from app.domain.visit_words import FilePurpose, FireSafety, VisitKind
from app.services.visit_following import NewLead, NewReferral
from app.services.visits import RecordVisit
from app.ui.investigation.screen import build_investigation_screen
from app.ui.referrals.screen import build_referral_screen
from app.ui.shell.page import PageScreen
from app.ui.visit_record.screen import build_record_screen
from app.ui.visits.form import draft_key
from app.ui.visits.photo import LARGEST_FILE, LONGEST_SIDE, photograph
from app.ui.visits.screen import build_visit_screen
from tests.hands import Hands
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_masked,
    assert_named,
    assert_unclipped,
)
from tests.work_pages import WU, ZHAO, Room

TODAY = date(2026, 3, 2)
SIGNED = (((100, 100), (400, 200)),)


class OnPage:
    """A page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, screen: PageScreen, subject: str | None) -> None:
        self.room, self.screen = room, screen
        qtbot.addWidget(screen.view)
        room.show(screen, subject)
        self.hands = Hands(screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> OnPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> OnPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def write(self, words: str) -> OnPage:
        self.hands.compose(words)
        self.room.settle()
        return self

    def click(self, button) -> OnPage:
        self.hands.click(button)
        self.room.settle()
        return self


def visit_screen(room: Room) -> PageScreen:
    desk = room.desk
    return build_visit_screen(
        desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
    )


def record_screen(room: Room) -> PageScreen:
    desk = room.desk
    return build_record_screen(desk.visits, desk.visit_files, desk.households, room.bench)


def referral_screen(room: Room) -> PageScreen:
    return build_referral_screen(room.desk.referrals, room.desk.households.find, room.bench)


def investigation_screen(room: Room) -> PageScreen:
    desk = room.desk
    return build_investigation_screen(desk.investigations, desk.households, desk.drafts, room.bench)


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> OnPage:
    on = OnPage(room, qtbot, visit_screen(room), None)
    return on.type("wxl").press("Return")


@pytest.fixture
def referral(room: Room) -> str:
    new = NewReferral(
        household=WU,
        need=ReferralNeed.MEDICAL,
        to_org="镇卫生院",
        content="腿疼",
        made_on=TODAY,
        consented=True,
    )
    return room.do(lambda: room.desk.referrals.refer(new))


def newest(page: OnPage, household=WU):
    return page.room.ask(lambda work: work.casework.visits_of(household)[0])


# needs that go on in place


def test_a_lead_is_noted_with_the_visit_without_leaving_the_form(page: OnPage):
    page.type("111111").write("隔壁老人断药").press("Return").type("2").press("Ctrl+Return")

    (lead,) = page.room.ask(lambda work: work.visiting.leads_of(WU))
    assert (lead.content, lead.visit) == ("隔壁老人断药", newest(page).id)
    assert page.room.went == []


def test_a_referral_is_made_with_the_visit_by_digits_and_a_place(page: OnPage):
    page.type("132213").press("Return").type("3").write("镇卫生院").press("Return")
    page.press("Return").type("1").press("Ctrl+Return")

    (found,) = page.room.ask(lambda work: work.visiting.referrals_of(WU))
    assert (found.to_org, found.need) == ("镇卫生院", ReferralNeed.MEDICAL)
    assert found.status is ReferralStatus.CONSENTED


def test_a_referral_without_a_place_says_so_at_its_field_and_saves_nothing(page: OnPage):
    before = len(page.room.ask(lambda work: work.casework.visits_of(WU)))

    page.type("132213").press("Return").type("3").press("Ctrl+Return")

    assert "F-65" in page.view.problem.detail.text()
    assert page.view.rows.to_org.hasFocus()
    assert len(page.room.ask(lambda work: work.casework.visits_of(WU))) == before


@pytest.mark.parametrize(("digit", "where"), [("4", "assessment"), ("5", "relief")])
def test_application_and_relief_are_gone_on_with_and_the_visit_waits(page, digit, where):
    page.type("132213").write("腿疼").press("Return").type(digit)

    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    assert page.room.went == [(where, WU)]
    assert (draft["need"], draft["note"]) == ("medical", "腿疼")


def test_nobody_at_home_asks_for_a_day_and_plans_it(page: OnPage):
    page.type("3").press("Return")
    asked = page.view.rows.again.day()
    page.press("+", "Return", "Ctrl+Return")

    (plan,) = page.room.ask(lambda work: work.visiting.plans_of(WU))
    assert asked == TODAY + timedelta(days=3)
    assert plan.planned_on == TODAY + timedelta(days=4)


def test_a_welfare_check_asks_what_f15_asks(page: OnPage):
    shown = page.view.choices["fire_safety"].isVisible()
    page.view.choices["kind"].setFocus()
    page.type("2")
    page.view.choices["fire_safety"].setFocus()
    page.type("2")
    page.view.choices["met"].setFocus()
    page.type("1").press("Ctrl+Return")

    visit = newest(page)
    assert not shown
    assert (visit.kind, visit.fire_safety) == (VisitKind.WELFARE, FireSafety.HAZARD)


def test_an_investigation_is_another_form(page: OnPage):
    page.view.choices["kind"].setFocus()
    page.type("4")

    assert page.room.went == [("investigation", WU)]
    assert page.view.choices["kind"].value() is VisitKind.ROUTINE


def test_own_phrases_come_back_in_the_field_they_were_written_in(
    room: Room, qtbot: QtBot, referral: str
):
    again = OnPage(room, qtbot, visit_screen(room), WU)

    again.type("132213").press("Alt+1").press("Return").type("3").press("Alt+1")

    assert again.view.note.text() == "腿疼，等合作医疗报销"
    assert again.view.rows.to_org.text() == "镇卫生院"


# photos


def with_exif(jpeg: bytes) -> bytes:
    """The picture with an EXIF block that says where it was taken."""
    north = struct.pack(">HHI4s", 1, 2, 2, b"N\0\0\0")
    degrees = struct.pack(">HHII", 2, 5, 3, 56)
    gps = struct.pack(">H", 2) + north + degrees + bytes(4)
    rationals = struct.pack(">6I", 22, 1, 49, 1, 13, 1)
    first = struct.pack(">H", 1) + struct.pack(">HHII", 0x8825, 4, 1, 26) + bytes(4)
    tiff = b"MM\0*" + struct.pack(">I", 8) + first + gps + rationals
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


@pytest.fixture
def photo(look, tmp_path: Path) -> Path:
    """A real picture with a place in it."""
    image = QImage(64, 48, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.darkGreen)
    path = tmp_path / "IMG_1.jpg"
    image.save(str(path))
    path.write_bytes(with_exif(path.read_bytes()))
    return path


def test_the_test_picture_says_where_it_was_taken(photo: Path):
    from PIL import Image

    with Image.open(photo) as image:
        assert dict(image.getexif().get_ifd(0x8825))[2] == (22.0, 49.0, 13.0)


def test_a_photo_is_made_again_without_place_and_time(photo: Path):
    from io import BytesIO

    from PIL import Image

    kept = photograph(str(photo))

    with Image.open(BytesIO(kept)) as image:
        assert (image.size, image.format, dict(image.getexif())) == ((64, 48), "JPEG", {})
    assert b"Exif" not in kept


def test_a_large_picture_becomes_smaller(look, tmp_path: Path):
    path = tmp_path / "big.png"
    QImage(4000, 1000, QImage.Format.Format_Mono).save(str(path))

    kept = QImage.fromData(photograph(str(path)))

    assert (kept.width(), kept.height()) == (LONGEST_SIDE, LONGEST_SIDE // 4)


def huge_file(path: Path) -> None:
    path.write_bytes(b"\xff\xd8" + bytes(LARGEST_FILE))


def bomb(path: Path) -> None:
    """A PNG whose head says 30,000 pixels square."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(30_001))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def damaged(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0 not a picture")


def text(path: Path) -> None:
    path.write_text("不是照片", encoding="utf-8")


def gif(path: Path) -> None:
    path.write_bytes(
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00"
        b"\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )


def nothing(path: Path) -> None:
    del path


@pytest.mark.qt_log_ignore("JPEG datastream contains no image")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (huge_file, "F-61"),
        (bomb, "F-61"),
        (damaged, "F-60"),
        (text, "F-60"),
        (gif, "F-60"),
        (nothing, "F-60"),
    ],
)
def test_what_is_no_fit_picture_is_refused_in_one_sentence(look, tmp_path: Path, make, code):
    path = tmp_path / "x.jpg"
    make(path)

    with pytest.raises(Refused) as caught:
        photograph(str(path))

    assert caught.value.code == code
    assert "\n" not in caught.value.what


def test_a_photo_put_in_is_kept_with_the_draft_and_then_with_the_visit(page: OnPage, photo: Path):
    page.type("1")
    page.view.rows.photos.path.put(str(photo))
    page.click(page.view.rows.photos.add)
    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    page.press("Ctrl+Return")

    files = page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room)))
    assert len(draft["files"]) == 1
    assert [one.kept.purpose for one in files] == [FilePurpose.PHOTO]
    whole = b"".join(
        path.read_bytes() for path in page.room.vault.files.directory.rglob("*") if path.is_file()
    )
    jpeg = page.room.do(lambda: page.room.desk.visit_files.read(files[0].kept))
    assert jpeg[:200] not in whole
    assert jpeg[-200:] not in whole


def newest_id(room: Room):
    with room.desk.visits.begin() as work:
        return work.casework.visits_of(WU)[0].id


def test_a_refused_photo_changes_nothing_in_the_form(page: OnPage, tmp_path: Path):
    page.type("14")
    text(tmp_path / "x.jpg")
    page.view.rows.photos.path.put(str(tmp_path / "x.jpg"))

    page.click(page.view.rows.photos.add)

    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    assert "F-60" in page.view.problem.detail.text()
    assert (draft["files"], draft["health"]) == ([], "impaired")


def test_a_photo_can_be_taken_out_before_it_is_saved(page: OnPage, photo: Path):
    page.type("1")
    page.view.rows.photos.path.put(str(photo))
    page.click(page.view.rows.photos.add)

    page.view.rows.photos.dropped.emit(0)
    page.room.settle()
    page.press("Ctrl+Return")

    assert page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room))) == []


def test_a_photo_of_a_draft_is_not_swept_away(page: OnPage, photo: Path):
    import os

    page.type("1")
    page.view.rows.photos.path.put(str(photo))
    page.click(page.view.rows.photos.add)
    vault = page.room.vault
    old = (page.room.clock.now() - timedelta(days=2)).timestamp()
    for path in vault.files.blobs.glob("??/*"):
        os.utime(path, (old, old))

    swept = page.room.do(vault.sweep_blobs)

    assert (swept, len(vault.blobs.ids())) == (0, 1)


# signing


def sign(pad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(60, 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))


def test_what_is_signed_is_in_the_draft_at_once_and_with_the_visit_after(page: OnPage):
    page.type("1")
    page.click(page.view.rows.signature.open)
    sign(page.view.rows.signature.pad)
    page.room.settle()
    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    page.press("Ctrl+Return")

    files = page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room)))
    assert len(draft["signature"]) == 1
    assert [one.kept.purpose for one in files] == [FilePurpose.SIGNATURE]


def test_a_signature_can_be_cleared(page: OnPage):
    page.type("1")
    page.click(page.view.rows.signature.open)
    sign(page.view.rows.signature.pad)
    page.room.settle()

    page.click(page.view.rows.signature.clear)
    page.press("Ctrl+Return")

    assert page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room))) == []


# a completed visit


@pytest.fixture
def seen(room: Room) -> str:
    """A visit with a signature and a photo."""
    files = room.desk.visit_files

    def make() -> str:
        image = files.keep_photo(b"\xff\xd8\xff\xe0 a picture \xff\xd9")
        kept = (image, files.keep_signature(SIGNED))
        return room.desk.visits.record(
            RecordVisit(household=ZHAO, visited_on=TODAY, met=Met.SELF, note="都好", files=kept)
        )

    return room.do(make)


def test_an_addendum_is_written_and_the_visit_stays(room: Room, qtbot: QtBot, seen: str):
    page = OnPage(room, qtbot, record_screen(room), seen)
    page.write("药费单子找到了").press("Ctrl+Return")

    assert "药费单子找到了" in page.view.addenda.text()
    assert page.view.addendum.text() == ""
    assert room.do(lambda: room.desk.visits.get(seen)).note == "都好"


def test_an_empty_addendum_is_refused(room: Room, qtbot: QtBot, seen: str):
    page = OnPage(room, qtbot, record_screen(room), seen)
    page.press("Ctrl+Return")

    assert "F-64" in page.view.problem.detail.text()


def test_a_photo_taken_away_can_be_brought_back(room: Room, qtbot: QtBot, seen: str):
    page = OnPage(room, qtbot, record_screen(room), seen)
    photo, _signature = room.do(lambda: room.desk.visit_files.files(seen))
    page.view.dropped.emit(photo.id)
    room.settle()
    gone = len(room.do(lambda: room.desk.visit_files.files(seen)))

    page.click(page.view.said.action)

    assert gone == 1
    assert len(room.do(lambda: room.desk.visit_files.files(seen))) == 2
    assert page.view.signature.strokes() == SIGNED


def test_the_last_visit_is_one_press_away_from_the_form(page: OnPage):
    page.view.last_requested.emit()

    assert page.room.went == [("visit_record", newest(page).id)]


# leads and referrals


def test_a_referral_is_moved_by_keys(room: Room, qtbot: QtBot, referral: str):
    page = OnPage(room, qtbot, referral_screen(room), referral)
    page.press("Return").write("托王医生带去").press("Tab", "Tab", "Return")

    found = room.ask(lambda work: work.visiting.referrals_of(WU)[0])
    steps = room.ask(lambda work: work.visiting.referral_steps(found.id))
    assert found.status is ReferralStatus.SENT
    assert steps[-1].note == "托王医生带去"


def test_the_list_and_the_one_at_hand_do_not_chase_each_other(
    room: Room, qtbot: QtBot, referral: str
):
    new = NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=ZHAO)
    lead = room.do(lambda: room.desk.referrals.note_lead(new))
    page = OnPage(room, qtbot, referral_screen(room), referral)
    shown_first = page.view.cases.current_key()

    page.press("Up")

    assert shown_first == referral
    assert page.view.cases.current_key() == lead
    assert "断药" in page.view.what.text()


def test_a_step_without_its_reason_is_refused_at_the_note(room: Room, qtbot: QtBot, referral: str):
    page = OnPage(room, qtbot, referral_screen(room), referral)
    page.view.moved.emit("withdraw", "")
    room.settle()

    assert "F-66" in page.view.problem.detail.text()
    assert page.view.note.hasFocus()


def test_the_day_of_the_answer_is_kept(room: Room, qtbot: QtBot, referral: str):
    page = OnPage(room, qtbot, referral_screen(room), referral)
    page.view.asked_until.emit(TODAY + timedelta(days=7))
    room.settle()

    found = room.ask(lambda work: work.visiting.referrals_of(WU)[0])
    assert found.due_on == TODAY + timedelta(days=7)


def test_a_lead_about_a_stranger_is_noted_by_keys(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, referral_screen(room), None)
    page.press("Insert").write("桥洞下的人").press("Tab").type("3").write("病着，没人管")
    page.press("Ctrl+Return")

    (lead,) = room.ask(lambda work: work.visiting.leads())
    assert (lead.who, lead.content) == ("桥洞下的人", "病着，没人管")
    assert (lead.source, lead.status) == (LeadSource.HOTLINE, LeadStatus.OPEN)


def test_a_lead_without_words_is_refused(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, referral_screen(room), None)
    page.press("Insert", "Ctrl+Return")

    assert "F-77" in page.view.problem.detail.text()
    assert room.ask(lambda work: work.visiting.leads()) == []


# 入户调查


def test_an_investigation_is_filled_in_by_keys(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, investigation_screen(room), WU)
    for name in ("王秀英", "韦志强", "吴秀兰"):
        page.write(name).press("Return")
    page.view.fits.setFocus()
    page.type("1").press("Ctrl+Return")

    (found,) = room.ask(lambda work: work.visiting.investigations_of(WU))
    assert (found.investigators, found.respondent) == (("王秀英", "韦志强"), "吴秀兰")
    assert room.went == [("household", WU)]


def test_one_name_twice_is_refused_and_what_was_typed_comes_back(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, investigation_screen(room), WU)
    for name in ("王秀英", "王秀英"):
        page.write(name).press("Return")
    page.press("Ctrl+Return")
    said = page.view.problem.detail.text()
    page.view.hide()

    again = OnPage(room, qtbot, investigation_screen(room), WU)

    assert "F-73" in said
    assert (again.view.first.text(), again.view.second.text()) == ("王秀英", "王秀英")


@pytest.mark.parametrize("build", [record_screen, referral_screen, investigation_screen])
@pytest.mark.parametrize(("width", "height"), [(982, 511), (1198, 665)])
def test_the_pages_keep_what_every_screen_has_to(
    room: Room, qtbot: QtBot, seen: str, referral: str, build, width: int, height: int
):
    subject = {record_screen: seen, referral_screen: referral, investigation_screen: WU}[build]
    page = OnPage(room, qtbot, build(room), subject)
    page.view.resize(width, height)
    room.settle()

    assert_named(page.view)
    assert_chinese(page.view)
    assert_unclipped(page.view)
    assert_masked(page.view)
    assert_inside(page.view)
    assert_freed(lambda: build(room))


@pytest.mark.parametrize("digits", ["111111", "3", "132213"])
def test_the_visit_page_keeps_it_in_every_state_and_the_field_at_hand_in_sight(
    page: OnPage, digits: str
):
    page.view.resize(982, 511)
    page.room.settle()
    page.type(digits)
    if digits != "3":
        page.press("Return").type("3")
        page.click(page.view.rows.signature.open)
        page.view.rows.to_org.setFocus()
        page.press("Shift+Tab", "Tab")
    page.room.settle()

    field = page.view.note if digits == "3" else page.view.rows.to_org
    area = page.view.card.area
    top = field.mapTo(area.viewport(), QPoint()).y()
    assert field.hasFocus()
    assert 0 <= top <= area.viewport().height() - field.height()
    assert_named(page.view)
    assert_unclipped(page.view)
    assert_inside(page.view)
