"""What the pages say: the queue by urgency and scope, the test computed again, numbers, lists."""

from __future__ import annotations

import re

import pytest

from app.crypto.envelope import new_signing_pair
from app.domain.ids import new_id
from app.domain.people import IdKind
from app.domain.problem import Refused
from app.sync.protocol.enrolment import Village
from county_server.console.roles import Role
from county_server.tables import conflict, quarantine
from county_server.web import Desk
from tests.consoles import OTHER_TOWNSHIP, answer, application, propose, published, relief
from tests.counties import VILLAGE
from tests.fakes import NOON

FAR = Village("459901002001", "山背村")


def names(page) -> list[str]:
    """Who stands in the queue, in order."""
    return re.findall(r'<th scope="row"><a href="[^"]+"[^>]*>([^<]+)</a>', page.text)


def test_late_ones_come_first_and_each_says_its_age(bureau, office, device, handler):
    published(office, "practice")
    application(device, name="早的")
    relief(device)
    office.push(device)
    office.clock.advance(days=3)

    page = bureau.sign_in(handler).get("/queue")

    assert names(page) == ["韦阿公", "早的"]
    assert page.text.count("已过期") == 1
    assert "2026-03-03 12:00" in page.text
    assert "23 天" in page.text


def test_what_was_given_again_within_a_day_is_marked_and_says_why(bureau, office, device, handler):
    published(office, "practice")
    paid = {"status": "paperwork_pending", "is_staged": True}
    why = {"apart_from_id": new_id(NOON), "apart_reason": "下午起火，夜里另被车撞了"}
    marked = relief(device, **paid, **why)
    plain = relief(device, yuan=300, **paid)
    office.push(device)
    clerk = bureau.sign_in(handler)

    asked = clerk.get("/queue")

    assert len(names(asked)) == 2
    assert asked.text.count("一天内又给") == 1
    assert "下午起火，夜里另被车撞了" in clerk.get(f"/relief/{marked}").text
    assert "下午起火" not in clerk.get(f"/relief/{plain}").text


def test_the_clock_stands_while_material_is_awaited(bureau, office, device, handler):
    published(office, "practice")
    case = application(device)
    home = device.waiting[0].entity_id
    steps = (("need_material", "2026-02-12", 9), ("material_in", "2026-02-27", 10))
    for event, on, number in steps:
        body = {
            "application_id": case, "number": number, "event": event, "happened_on": on,
            "before": "", "after": "",
        }  # fmt: skip
        device.operation("application_step", f"step-{number}", body, subject=home)
    before = bureau.sign_in(handler)
    office.push(device)

    due = re.search(r"期限 (\d+年\d+月\d+日)", before.get(f"/applications/{case}").text)

    assert due is not None
    assert due.group(1) > "2026年3月25日"


def test_a_township_has_its_own_villages_only_and_the_county_may_choose(
    bureau, office, handler, county_handler
):
    published(office, "tianjin")
    here, there = office.device(VILLAGE), office.device(FAR)
    application(here, name="本镇人")
    far = application(there, name="外镇人", number="459901-8-2026-000001-3")
    office.push(here)
    office.push(there)
    clerk, county = bureau.sign_in(handler), bureau.sign_in(county_handler)

    assert names(clerk.get("/queue")) == ["本镇人"]
    assert names(clerk.get(f"/queue?township={OTHER_TOWNSHIP}")) == ["本镇人"]
    assert sorted(names(county.get("/queue"))) == ["外镇人", "本镇人"]
    assert names(county.get(f"/queue?township={OTHER_TOWNSHIP}")) == ["外镇人"]
    refused = clerk.get(f"/applications/{far}")
    assert (refused.status, "外镇人" in refused.text, "K-65" in refused.text) == (403, False, True)
    assert clerk.get(f"/applications/{far}/return").status == 403


def test_everybody_has_their_own_list_and_the_next_comes_by_itself(
    bureau, office, device, handler, head
):
    published(office, "practice")
    first, second = (
        application(device, name="甲", filed_on="2026-02-01"),
        application(device, name="乙", number="2"),
    )
    office.push(device)
    clerk, boss = bureau.sign_in(handler), bureau.sign_in(head)

    assert names(boss.get("/queue")) == []
    on = propose(clerk, first)
    assert on.location == f"/console/applications/{second}?said=proposed"
    assert names(clerk.get("/queue")) == ["乙"]
    assert names(boss.get("/queue")) == ["甲"]
    assert boss.get("/next").location == f"/console/applications/{first}"
    assert boss.get(f"/next?after={first}").location == "/console/queue?said=none_left"
    answer(boss, first)
    assert names(boss.get("/queue?tab=done")) == ["甲"]
    assert names(clerk.get("/queue?tab=waiting")) == ["乙"]


def test_the_test_is_computed_again_and_what_differs_is_shown(bureau, office, device, handler):
    pack = published(office, "tianjin")
    honest = application(device, pack)
    lying = application(device, pack, number="2", benefit_month="900.00", income_year="1.00")
    without = application(device, None, number="3")
    office.push(device)
    browser = bureau.sign_in(handler)

    assert "重算过，结果一样" in browser.get(f"/applications/{honest}").text
    differing = browser.get(f"/applications/{lying}").text
    assert "有 2 处不一样" in differing
    assert "900.00 元" in differing
    assert "235.00 元" in differing
    assert "没有送来测算" in browser.get(f"/applications/{without}").text


def test_every_line_of_the_test_stands_there_with_its_basis(bureau, office, device, handler):
    case = application(device, published(office, "tianjin"))
    office.push(device)

    text = bureau.sign_in(handler).get(f"/applications/{case}").text

    assert "2600.00 × 12" in text
    assert "津民发〔2020〕19号" in text
    assert "李长福" in text
    assert "屋顶漏雨" in text
    assert "练民受〔2026〕12号" in text


def test_a_test_of_a_pack_the_county_never_published_is_not_computed(
    bureau, office, device, handler
):
    from tests.cases import practice

    case = application(device, practice())
    office.push(device)

    assert "没有重算" in bureau.sign_in(handler).get(f"/applications/{case}").text


def test_facts_that_cannot_be_read_are_said_and_break_nothing(bureau, office, device, handler):
    pack = published(office, "practice")
    case = application(device, pack, rungs="none", lines=[1, {"item": None}], warnings=None)
    office.push(device)

    assert bureau.sign_in(handler).get(f"/applications/{case}").status == 200


def test_numbers_are_half_hidden_until_asked_for_and_that_is_noted(bureau, office, device, handler):
    case = application(device, published(office, "practice"))
    home = device.waiting[0].entity_id
    number = "459901197905030027"
    certificate, permit = "45990119790503002762", "459902197905030098"
    fields = {
        "name": "李桂芳", "id_kind": IdKind.HUKOU_BOOK.value, "id_number": number,
        "disability_no": certificate, "permit_no": permit,
    }  # fmt: skip
    device.operation("person", "person-9", fields, subject=home)
    place = {"household_id": home, "person_id": "person-9", "position": 9, "relation": "other"}
    device.operation("household_member", "place-9", place, subject=home)
    office.push(device)
    browser = bureau.sign_in(handler)
    page = browser.get(f"/applications/{case}")

    shown = browser.fill(page, f"/applications/{case}/numbers")

    assert not any(one in page.text for one in (number, certificate, permit))
    assert "459901********0027" in page.text
    assert all(one in shown.text for one in (number, certificate, permit))
    assert bureau.audit()[-1] == (handler.credentials.staff_id, "reveal")


def test_what_asks_for_a_second_look_stands_beside_the_form(bureau, office, device, handler):
    case = application(device, published(office, "practice"))
    home = device.waiting[0].entity_id
    filing = {"household_id": home, "has_relative": True, "is_signed": True,
              "declared_on": "2026-02-10"}  # fmt: skip
    device.operation("staff_relative_filing", "filing-1", filing, subject=home)
    office.push(device)

    assert "近亲属" in bureau.sign_in(handler).get(f"/applications/{case}").text


def test_devices_say_how_long_they_were_silent_and_what_went_wrong(bureau, office, device, handler):
    office.device(FAR)
    office.clock.advance(days=9)
    with office.database.write() as connection:
        row = {
            "device_id": device.id, "sha256": "ab" * 32, "reason": "B-21",
            "received_at": "2026-03-05T04:00:00.000Z", "data": b"x",
        }  # fmt: skip
        connection.execute(quarantine.insert(), row)

    browser = bureau.sign_in(handler)
    devices, disputes = browser.get("/devices").text, browser.get("/disputes").text

    assert "9 天" in devices
    assert "1 份" in devices
    assert "山背村" not in devices
    assert "B-21" in disputes
    assert "abababababababab" in disputes


def test_a_dispute_shows_both_sides_but_no_number(bureau, office, device, handler):
    home = device.household()
    office.push(device)
    sides = {"mine": "19911112222", "theirs": "19933334444"}
    with office.database.write() as connection:
        hidden = ((field, sides) for field in ("phone", "disability_no", "permit_no"))
        for field, both in (*hidden, ("door", {"mine": "3号", "theirs": "5号"})):
            row = {
                "op_id": f"op-{field}", "field": field, "device_id": device.id,
                "entity": "household", "entity_id": home, "sides": both,
                "raised_at": "2026-03-02T04:00:00.000Z",
            }  # fmt: skip
            connection.execute(conflict.insert(), row)

    text = bureau.sign_in(handler).get("/disputes").text

    assert "3号" in text
    assert "5号" in text
    assert "门牌" in text
    assert "19911112222" not in text


def test_funds_add_up_and_stay_in_the_township(bureau, office, device, handler, county_handler):
    office.device(FAR, quota="500.00")
    paid = {
        "payment_id": "pay-1", "quota_id": device.quota_id, "paid_at": "2026-03-02T04:00:00.000Z",
    }  # fmt: skip
    relief(device, yuan=1700, status="paperwork_pending", **paid)
    office.push(device)

    township = bureau.sign_in(handler).get("/funds").text
    county = bureau.sign_in(county_handler).get("/funds").text

    assert "1,700.00 元" in township
    assert 'class="tag warn">300.00 元' in township
    assert "山背村" not in township
    assert "2,500.00 元" in county


def test_what_a_laptop_paid_stays_in_the_sum_when_its_village_goes_to_another(
    bureau, office, device, handler
):
    paid = {
        "payment_id": "pay-1", "quota_id": device.quota_id, "paid_at": "2026-03-02T04:00:00.000Z",
    }  # fmt: skip
    relief(device, yuan=1700, status="paperwork_pending", **paid)
    office.push(device)

    office.assignments.hand_over(VILLAGE.code, device.id, office.device().id)

    funds = bureau.sign_in(handler).get("/funds").text
    devices = bureau.sign_in(handler).get("/devices").text
    assert '<td class="num">1</td><td class="num">1,700.00 元</td>' in funds.split("<tfoot>")[1]
    assert "原测试村" in funds
    assert "原测试村" in devices


def test_the_trail_names_who_did_what_to_which_case(
    bureau, office, device, handler, head, reviewer
):
    case = application(device, published(office, "practice"))
    office.push(device)
    propose(bureau.sign_in(handler), case)
    stranger = bureau.hire("far", Role.TOWNSHIP_HEAD, OTHER_TOWNSHIP)

    mine = bureau.sign_in(head).get("/trail").text
    county = bureau.sign_in(reviewer).get("/trail").text
    theirs = bureau.sign_in(stranger).get("/trail").text

    assert "乡镇经办 lan主任" in mine
    assert "提出意见" in mine
    assert "459901-7-2026-000001-3" in mine
    assert "发布政策包" not in mine
    assert "发布政策包" in county
    assert "提出意见" not in theirs


def test_a_long_trail_goes_on_from_the_oldest_shown(bureau, office, reviewer):
    from county_server.registry import note

    with office.database.write() as connection:
        for n in range(120):
            note(connection, office.clock, "county", "assign", f"device {n}")
    browser = bureau.sign_in(reviewer)

    first = browser.get("/trail").text
    older = re.search(r"\?before=(\d+)", first)

    assert older is not None
    assert "device 0<" in browser.get(f"/trail?before={older.group(1)}").text
    assert "device 0<" not in first


def test_a_device_that_comes_and_is_refused_says_for_how_many_days_and_stands_first(
    bureau, office, device, handler
):
    failing = office.device()
    failing.sign = new_signing_pair()
    desk = Desk(office.county, office.database, office.clock)
    for days in (0, 4):
        office.clock.advance(days=days, minutes=1)
        with pytest.raises(Refused):
            desk.feed(failing.feed_request())

    page = bureau.sign_in(handler).get("/devices").text

    rows = re.findall(r"<tr[^>]*><td>.*?</tr>", page, re.DOTALL)
    assert "连着 4 天" in rows[0]
    assert "2 次，编号 B-05" in rows[0]
    assert "次，编号" not in rows[1]
