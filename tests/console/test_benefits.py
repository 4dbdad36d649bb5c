"""停发、改发 at the console: one officer says what becomes of a benefit, another decides; a slip is
taken back the same way."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.operations import instant_text
from county_server.console.roles import Role
from county_server.decisions import Decide
from tests.consoles import OTHER_TOWNSHIP, answer, application, propose, published
from tests.fakes import NOON

PAPER = {"paper_no": "练民停〔2026〕3号", "category": "", "amount": "", "begins": "2026-05"}


@pytest.fixture
def home(office, device) -> str:
    """A household that has been paid 235 yuan since April; today is in April, too."""
    pack = published(office, "practice")
    case = application(device, pack)
    office.push(device)
    office.decisions.decide(
        Decide(
            application_id=case, status=ApplicationStatus.CONFIRMED, category=Category.DIBAO,
            benefit_month=Money.parse("235.00"),
        )
    )  # fmt: skip
    office.clock.advance(days=(date(2026, 4, 10) - office.clock.today()).days)
    return household_of(office, device, case)


def household_of(office, device, case: str) -> str:
    news = {e.entity_id: e.body for page in office.pull(device) for e in page.entries}
    return news[case]["household_id"]


def names(page) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+"[^>]*>([^<]+)</a>', page.text)


def told(office, device) -> dict:
    return {e.entity: e.body for page in office.pull(device) for e in page.entries}


def ask(bureau, handler, home, **said):
    return propose(bureau.sign_in(handler), home, "benefits", **(PAPER | said))


def stopped(bureau, handler, head, home) -> None:
    ask(bureau, handler, home, answer="stop", note="全家迁走")
    answer(bureau.sign_in(head), home, kind="benefits")


def test_a_stop_takes_two_people_and_reaches_the_village(
    bureau, office, device, home, handler, head
):
    other = bureau.sign_in(head)

    said = ask(bureau, handler, home, answer="stop", note="全家迁走")
    before = bureau.document("household", home)["category"]
    queue = other.get("/queue")
    done = answer(other, home, kind="benefits")

    assert (said.status, before) == (303, "dibao")
    assert names(queue) == ["李桂芳"]
    assert "待遇：停发" in queue.text
    assert f"/benefits/{home}" in queue.text
    assert done.status == 303
    news = told(office, device)
    assert (news["household"]["category"], news["benefit"]["to_month"]) == ("none", "2026-04-01")
    assert news["benefit"]["stop_reason"] == "全家迁走（练民停〔2026〕3号，乡镇负责人 wei主任）"
    assert [what for _, what in bureau.audit()][-2:] == ["benefit", "approve"]
    assert names(other.get("/queue")) == []


def test_another_sum_begins_with_its_month(bureau, office, device, home, handler, head):
    ask(bureau, handler, home, answer="change", amount="300.00", note="多了一口人")
    answer(bureau.sign_in(head), home, kind="benefits")

    news = told(office, device)
    assert news["household"]["benefit_month_fen"] == 30_000
    assert (news["benefit"]["from_month"], news["benefit"]["amount_fen"]) == ("2026-05-01", 30_000)


def test_a_slip_is_taken_back_by_two_people_and_what_was_said_stays(
    bureau, office, device, home, handler, head
):
    stopped(bureau, handler, head, home)
    page = bureau.sign_in(handler).get(f"/benefits/{home}")

    ask(bureau, handler, home, answer="undo", note="停错了一户")
    still = bureau.document("household", home)["category"]
    answer(bureau.sign_in(head), home, kind="benefits")

    assert "撤回上一次：从2026年5月起停发" in page.text
    assert 'value="change"' not in page.text
    assert still == "none"
    assert bureau.document("household", home)["category"] == "dibao"
    after = bureau.sign_in(handler).get(f"/benefits/{home}").text
    assert "从2026年5月起停发（已撤回）" in after
    assert "停错了一户" in after
    assert 'value="undo"' not in after
    trail = bureau.sign_in(head).get("/trail").text
    assert "撤回停发、改发" in trail
    assert f'/benefits/{home}">待遇</a>' in trail
    assert "没有可以撤回的" not in bureau.sign_in(head).get(f"/benefits/{home}").text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"answer": "stop", "note": " "}, "K-70"),
        ({"answer": "stop", "note": "迁走", "paper_no": " "}, "K-70"),
        ({"answer": "stop", "note": "迁走", "begins": "五月"}, "K-70"),
        ({"answer": "stop", "note": "迁走", "begins": "2026-13"}, "K-70"),
        ({"answer": "stop", "note": "迁走", "begins": "2026-09"}, "K-97"),
        ({"answer": "stop", "note": "迁走", "begins": "2026-04"}, "K-97"),
        ({"answer": "change", "note": "多了一口人"}, "K-70"),
        ({"answer": "change", "note": "多了一口人", "amount": "235"}, "K-97"),
        ({"answer": "undo", "note": "停错了"}, "K-99"),
        ({"answer": "agree", "note": "同意"}, "K-70"),
        ({"answer": "cancel", "note": "不要了"}, "K-70"),
    ],
)
def test_what_is_not_whole_is_said_to_who_types_it_and_stays_typed(
    bureau, home, handler, said, code
):
    page = ask(bureau, handler, home, **said)

    assert (page.status, code in page.text) == (409, True)
    assert said["note"].strip() in page.text
    assert names(bureau.sign_in(handler).get("/queue?tab=waiting")) == []


@pytest.mark.parametrize("said", ["reinstate", "cancel", "stop", "undo"])
def test_an_answer_that_belongs_to_another_kind_of_case_is_none(
    bureau, office, device, handler, said
):
    case = application(device, published(office, "practice"))
    office.push(device)

    page = propose(bureau.sign_in(handler), case, answer=said, note="不要了")

    assert (page.status, "K-70" in page.text) == (409, True)


def test_one_person_is_never_both_here_either(bureau, home, handler, head):
    ask(bureau, handler, home, answer="stop", note="全家迁走")
    opinion = bureau.sign_in(head).get(f"/benefits/{home}").hidden["opinion"]
    browser = bureau.sign_in(handler)

    refused = browser.fill(
        browser.get("/queue"), f"/benefits/{home}/answer", opinion=opinion, deed="approve"
    )

    assert "K-66" in refused.text
    assert bureau.document("household", home)["category"] == "dibao"


def test_a_benefit_that_moved_meanwhile_has_to_be_looked_at_again(
    bureau, office, device, home, handler, head
):
    ask(bureau, handler, home, answer="stop", note="全家迁走")
    own = {
        "household_id": home, "kind": "elderly", "person_ids": [], "amount_fen": 8_000,
        "from_month": "2026-04-01", "to_month": None, "ends_on": None, "ends_by": None,
        "stop_reason": "", "by_county": False, "recorded_at": instant_text(NOON),
    }  # fmt: skip
    device.operation("benefit", new_id(NOON), own, subject=home)
    office.push(device)

    refused = answer(bureau.sign_in(head), home, kind="benefits")

    assert "K-68" in refused.text
    assert bureau.document("household", home)["category"] == "dibao"


def test_where_the_county_confirms_the_township_only_hands_it_on(
    bureau, office, home, handler, head, reviewer
):
    published(office, "tianjin")
    ask(bureau, handler, home, answer="stop", note="全家迁走")

    early = answer(bureau.sign_in(head), home, kind="benefits")
    answer(bureau.sign_in(head), home, "endorse", kind="benefits")
    answer(bureau.sign_in(reviewer), home, kind="benefits")

    assert "K-67" in early.text
    assert bureau.document("household", home)["category"] == "none"


def test_the_list_names_who_is_paid_and_what_calls_for_a_look(
    bureau, office, device, home, handler
):
    browser = bureau.sign_in(handler)
    quiet = browser.get("/benefits")
    ended = {"ended_on": "2026-04-08", "ended_by": "move_out"}
    device.operation("household", home, ended, subject=home, base=2)
    office.push(device)

    gone = browser.get("/benefits")

    assert names(quiet) == ["李桂芳"]
    assert "235.00 元" in quiet.text
    assert "这户没有人了" not in quiet.text
    assert "这户没有人了" in gone.text


def test_a_review_that_found_something_else_calls_for_a_look(bureau, office, device, home, handler):
    test = new_id(NOON)
    found = {"household_id": home, "suggested": None, "made_at": instant_text(NOON)}
    device.operation("assessment", test, found, subject=home)
    review = {
        "household_id": home, "case_class": "a", "reviewed_on": "2026-04-09", "result": "tested",
        "assessment_id": test, "note": "儿子上班了", "handler": "覃大山",
        "recorded_at": instant_text(NOON),
    }  # fmt: skip
    device.operation("periodic_review", new_id(NOON), review, subject=home)
    office.push(device)
    browser = bureau.sign_in(handler)

    assert "复核算出来都不符合" in browser.get("/benefits").text
    page = browser.get(f"/benefits/{home}").text
    assert "定期复核：有变化，重新测算了，算出来都不符合" in page
    assert "儿子上班了" in page


def test_a_household_is_found_by_the_name_of_anybody_in_it(bureau, home, handler, head):
    stopped(bureau, handler, head, home)
    browser = bureau.sign_in(handler)
    page = browser.get("/benefits")

    found = browser.fill(page, "/benefits", name="李小雨")
    nobody = browser.fill(page, "/benefits", name="赵")

    assert names(page) == []  # on no list any more
    assert names(found) == ["李桂芳"]
    assert "没有找到“赵”" in nobody.text


def test_of_a_household_the_county_gives_nothing_there_is_nothing_to_say(
    bureau, office, device, handler
):
    home = device.household()
    office.push(device)

    page = bureau.sign_in(handler).get(f"/benefits/{home}")
    refused = ask(bureau, handler, home, answer="stop", note="迁走")

    assert "县里没有在给这一户发待遇，也没有可以撤回的" in page.text
    assert "提出意见" not in page.text
    assert (refused.status, "K-98" in refused.text) == (409, True)


def test_what_waits_does_not_wait_for_another_township(bureau, home, handler, head):
    ask(bureau, handler, home, answer="stop", note="全家迁走")
    stranger = bureau.hire("nong", Role.TOWNSHIP_HEAD, OTHER_TOWNSHIP)

    assert names(bureau.sign_in(head).get("/queue")) == ["李桂芳"]
    assert names(bureau.sign_in(stranger).get("/queue")) == []
    assert names(bureau.sign_in(stranger).get("/queue?tab=waiting")) == []


def test_another_township_sees_nothing_of_it(bureau, home):
    stranger = bureau.hire("nong", Role.TOWNSHIP_HANDLER, OTHER_TOWNSHIP)
    browser = bureau.sign_in(stranger)

    page = browser.get("/benefits")

    assert names(page) == []
    assert names(browser.fill(page, "/benefits", name="李")) == []
    assert browser.get(f"/benefits/{home}").status == 403
    assert browser.get("/benefits/nobody").status == 404
