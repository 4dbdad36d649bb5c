"""渐退 at the console: the village proposes, one officer says what to answer, another decides."""

from __future__ import annotations

import re

import pytest

from county_server.console.roles import Role
from tests.consoles import OTHER_TOWNSHIP, answer, grace, propose, published

PAPER = {"paper_no": "练民渐〔2026〕3号", "category": "", "amount": ""}


@pytest.fixture
def case(office, device) -> str:
    """A 渐退 the county has heard of; its townships decide for themselves."""
    published(office, "practice")
    made = grace(device)
    office.push(device)
    return made


def names(page) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+"[^>]*>([^<]+)</a>', page.text)


def told(office, device) -> dict:
    return {e.entity: e.body for page in office.pull(device) for e in page.entries}


def test_it_waits_in_the_queue_until_it_is_answered(bureau, case, handler, head):
    waiting = bureau.sign_in(handler).get("/queue")
    before = bureau.sign_in(head).get("/queue")

    propose(bureau.sign_in(handler), case, "graces", **PAPER)

    assert names(waiting) == ["覃大爷"]
    assert "渐退 1个月100%，1个月50%" in waiting.text
    assert f"/graces/{case}" in waiting.text
    assert names(before) == []
    assert names(bureau.sign_in(head).get("/queue")) == ["覃大爷"]
    assert names(bureau.sign_in(handler).get("/queue")) == []


def test_its_page_says_who_why_and_how_much_each_month(bureau, case, handler):
    page = bureau.sign_in(handler).get(f"/graces/{case}").text

    for text in ("儿子进厂了", "2026-04", "117.50 元", "练民发〔2025〕8号第六条", "同意渐退"):
        assert text in page
    assert "每月发几成 <span" not in page  # the village has said it


def test_the_approval_is_the_county_s_word_and_reaches_the_village(
    bureau, office, device, case, handler, head
):
    propose(bureau.sign_in(handler), case, "graces", **PAPER)
    answered = answer(bureau.sign_in(head), case, kind="graces")

    news = told(office, device)
    assert answered.status == 303
    assert news["grace_period"]["status"] == "approved"
    assert news["grace_period"]["paper_no"] == "练民渐〔2026〕3号"
    assert news["grace_period"]["approved_by"] == "乡镇负责人 wei主任"
    assert news["grace_step"]["event"] == "approve"
    assert ("grace" in [what for _, what in bureau.audit()]) is True
    assert "练民渐〔2026〕3号" in bureau.sign_in(head).get(f"/graces/{case}").text


def test_a_refusal_cancels_it_and_needs_a_reason(bureau, office, device, case, handler, head):
    without = propose(bureau.sign_in(handler), case, "graces", answer="refuse", **PAPER)
    propose(bureau.sign_in(handler), case, "graces", answer="refuse", note="又失业了", **PAPER)
    answer(bureau.sign_in(head), case, kind="graces")

    news = told(office, device)
    assert (without.status, "K-70" in without.text) == (409, True)
    assert news["grace_period"]["status"] == "cancelled"
    assert "又失业了" in news["grace_step"]["note"]


def test_without_the_number_of_a_paper_nothing_is_proposed_and_what_was_typed_stays(
    bureau, case, handler
):
    page = propose(
        bureau.sign_in(handler), case, "graces", **(PAPER | {"paper_no": " ", "note": "可以"})
    )

    assert page.status == 409
    assert "K-70" in page.text
    assert "可以" in page.text


def test_months_the_village_left_open_are_said_here(bureau, office, device, handler, head):
    published(office, "practice")
    open_shares = [{"month": "2026-03", "percent": None, "fen": None}]
    case = grace(device, shares=open_shares)
    office.push(device)
    browser = bureau.sign_in(handler)

    unreadable = propose(browser, case, "graces", shares="半年", **PAPER)
    propose(browser, case, "graces", shares="1个月100%，1个月50%=118", **PAPER)
    answer(bureau.sign_in(head), case, kind="graces")

    assert (unreadable.status, "G-14" in unreadable.text) == (409, True)
    assert told(office, device)["grace_period"]["shares"] == [
        {"month": "2026-04", "percent": 100, "fen": 23500},
        {"month": "2026-05", "percent": 50, "fen": 11800},
    ]


def running(office, device, case: str, home: str) -> None:
    """The village says that the first month has begun."""
    device.operation(
        "grace_period", case, {"status": "running"}, subject=home, base=2,
        old={"status": "approved"},
    )  # fmt: skip
    office.push(device)


def approved(bureau, case, handler, head) -> str:
    """Approved; the household."""
    propose(bureau.sign_in(handler), case, "graces", **PAPER)
    answer(bureau.sign_in(head), case, kind="graces")
    return bureau.document("grace_period", case)["household_id"]


@pytest.mark.parametrize(
    ("has_begun", "said", "status", "words"),
    [
        (False, "cancel", "cancelled", "取消渐退"),
        (True, "cancel", "cancelled", "取消渐退"),
        (True, "reinstate", "reinstated", "恢复保障"),
    ],
)
def test_one_under_way_is_given_up_by_two_people_when_things_change(
    bureau, office, device, case, handler, head, has_begun, said, status, words
):
    home = approved(bureau, case, handler, head)
    if has_begun:
        running(office, device, case, home)
    browser, other = bureau.sign_in(handler), bureau.sign_in(head)
    typed = PAPER | {"paper_no": "练民渐〔2026〕8号"}

    quiet = browser.get("/queue")
    page = browser.get(f"/graces/{case}")
    without = propose(browser, case, "graces", answer=said, **typed)
    propose(browser, case, "graces", answer=said, note="儿子又失业了", **typed)
    queue, before = other.get("/queue"), bureau.document("grace_period", case)["status"]
    done = other.get("/queue?tab=done")
    asked = other.get(f"/graces/{case}")
    answer(other, case, kind="graces")

    assert names(quiet) == []  # the village asks nothing
    assert f'value="{said}"' in page.text
    assert 'value="agree"' not in page.text
    assert (without.status, f"{words}要写理由" in without.text) == (409, True)
    assert (names(queue), before) == (["覃大爷"], "running" if has_begun else "approved")
    assert names(done) == []
    assert f"审批：{words}" in asked.text
    news = told(office, device)
    assert (news["grace_period"]["status"], news["grace_step"]["event"]) == (status, said)
    assert news["grace_step"]["paper_no"] == "练民渐〔2026〕8号"
    assert "儿子又失业了" in news["grace_step"]["note"]
    assert names(other.get("/queue")) == []
    assert names(other.get("/queue?tab=done")) == ["覃大爷"]


def test_one_under_way_is_found_from_the_household_s_page(bureau, case, handler, head):
    home = approved(bureau, case, handler, head)

    page = bureau.sign_in(handler).get(f"/benefits/{home}")

    assert f'/graces/{case}">1个月100%，1个月50%</a>' in page.text
    assert "批了，还没开始" in page.text


def test_what_has_not_begun_is_not_reinstated_and_what_is_over_is_not_touched(
    bureau, case, handler, head
):
    approved(bureau, case, handler, head)
    browser = bureau.sign_in(handler)

    page = browser.get(f"/graces/{case}")
    early = propose(browser, case, "graces", answer="reinstate", note="又失业了", **PAPER)
    propose(browser, case, "graces", answer="cancel", note="批错了", **PAPER)
    answer(bureau.sign_in(head), case, kind="graces")
    late = browser.get(f"/graces/{case}")

    assert 'value="reinstate"' not in page.text
    assert (early.status, "G-01" in early.text) == (409, True)
    assert "提出意见" not in late.text


def test_once_its_months_are_over_it_waits_again_for_the_leaving(
    bureau, office, device, handler, head
):
    published(office, "practice")
    case = grace(device, status="proposed")
    office.push(device)
    propose(bureau.sign_in(handler), case, "graces", **PAPER)
    answer(bureau.sign_in(head), case, kind="graces")
    home = bureau.document("grace_period", case)["household_id"]
    for base, old, new in ((2, "approved", "running"), (3, "running", "ended")):
        device.operation(
            "grace_period", case, {"status": new}, subject=home, base=base, old={"status": old}
        )
    office.push(device)

    page = bureau.sign_in(handler).get(f"/graces/{case}")
    propose(bureau.sign_in(handler), case, "graces", **(PAPER | {"paper_no": "练民渐〔2026〕9号"}))
    answer(bureau.sign_in(head), case, kind="graces")

    assert "同意退出" in page.text
    assert bureau.document("grace_period", case)["status"] == "exited"
    assert bureau.document("household", home)["category"] == "none"


def test_one_person_is_never_both(bureau, case, handler, head):
    browser = bureau.sign_in(handler)
    propose(browser, case, "graces", **PAPER)
    opinion = bureau.sign_in(head).get(f"/graces/{case}").hidden["opinion"]

    refused = browser.fill(
        browser.get("/queue"), f"/graces/{case}/answer", opinion=opinion, deed="approve"
    )

    assert "K-66" in refused.text
    assert bureau.document("grace_period", case)["status"] == "proposed"


def test_what_the_village_changed_meanwhile_has_to_be_looked_at_again(
    bureau, office, device, case, handler, head
):
    propose(bureau.sign_in(handler), case, "graces", **PAPER)
    home = bureau.document("grace_period", case)["household_id"]
    device.operation(
        "grace_period", case, {"shares": [{"month": "2026-03", "percent": 80, "fen": 18800}]},
        subject=home, base=1,
    )  # fmt: skip
    office.push(device)

    refused = answer(bureau.sign_in(head), case, kind="graces")

    assert "K-68" in refused.text
    assert bureau.document("grace_period", case)["status"] == "proposed"


def test_where_the_county_confirms_the_township_only_hands_it_on(
    bureau, office, device, handler, head, reviewer
):
    published(office, "tianjin")
    case = grace(device)
    office.push(device)
    propose(bureau.sign_in(handler), case, "graces", **PAPER)

    early = answer(bureau.sign_in(head), case, kind="graces")
    answer(bureau.sign_in(head), case, "endorse", kind="graces")
    answer(bureau.sign_in(reviewer), case, kind="graces")

    assert "K-67" in early.text
    assert bureau.document("grace_period", case)["approved_by"] == "县审核人 qin主任"


def test_another_township_sees_nothing_of_it(bureau, office, case):
    stranger = bureau.hire("nong", Role.TOWNSHIP_HANDLER, OTHER_TOWNSHIP)

    browser = bureau.sign_in(stranger)

    assert names(browser.get("/queue")) == []
    assert browser.get(f"/graces/{case}").status == 403
    assert browser.get("/graces/nobody").status == 404
