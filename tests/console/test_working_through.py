"""Cases worked through: proposed, approved, handed on, returned, and read by the village."""

from __future__ import annotations

import pytest

from app.domain.casework import ApplicationStatus
from county_server.decisions import Decide
from tests.consoles import answer, application, propose, published, relief


@pytest.fixture
def case(office, device):
    """An application that townships decide."""
    made = application(device, published(office, "practice"))
    office.push(device)
    return made


@pytest.fixture
def county_s_case(office, device):
    """An application that the county decides."""
    made = application(device, published(office, "tianjin"))
    office.push(device)
    return made


def pulled(office, device) -> dict[str, dict]:
    """Entity → the body that came down last."""
    entries = [one for page in office.pull(device) for one in page.entries]
    return {one.entity: one.body for one in entries}


def test_what_the_handler_proposed_the_head_approves_and_the_village_reads_it(
    bureau, office, device, handler, head, case
):
    proposed = propose(bureau.sign_in(handler), case, note="属实")
    approved = answer(bureau.sign_in(head), case, remark="同意")

    assert proposed.location == "/console/queue?said=proposed"
    assert approved.location == "/console/queue?said=approved"
    down = pulled(office, device)
    assert down["application"]["status"] == "confirmed"
    assert down["application"]["decided_benefit_month_fen"] == 23500
    assert down["application"]["decision_note"] == "属实；同意"
    assert down["household"]["category"] == "dibao"
    assert down["benefit"]["by_county"]
    deeds = [what for _, what in bureau.audit() if what in {"propose", "decide", "approve"}]
    assert deeds == ["propose", "decide", "approve"]


def test_a_refusal_is_proposed_with_a_reason_and_approved(bureau, handler, head, case):
    without = propose(bureau.sign_in(handler), case, answer="refuse")
    propose(bureau.sign_in(handler), case, answer="refuse", note="收入超标准")

    answer(bureau.sign_in(head), case)

    assert (without.status, "K-70" in without.text) == (409, True)
    assert bureau.document("application", case)["status"] == "refused"


def test_an_agreement_names_a_category_and_a_sum_that_can_be_read(bureau, handler, case):
    browser = bureau.sign_in(handler)

    assert "K-70" in propose(browser, case, category="").text
    assert "M-01" in propose(browser, case, amount="很多").text
    assert "K-70" in propose(browser, case, answer="perhaps").text
    typed = propose(browser, case, amount="-5", note="写了一半").text
    assert "写了一半" in typed


def test_it_goes_back_with_a_comment_at_each_field(bureau, office, device, handler, case):
    browser = bureau.sign_in(handler)
    page = browser.get(f"/applications/{case}/return")
    household = bureau.document("application", case)["household_id"]
    account, phone = (f"c:household:{household}:{name}" for name in ("bank_account", "phone"))

    sent = browser.fill(
        page, f"/applications/{case}/return", **{account: "少一位", phone: "打不通"}
    )

    assert sent.location == "/console/queue?said=returned"
    assert "要改：银行卡号" in browser.get(f"/applications/{case}").text
    assert ">李桂芳<" in browser.get("/queue?tab=returned").text
    body = pulled(office, device)["application"]
    assert body["status"] == "returned"
    assert [(one["column"], one["text"]) for one in body["return_comments"]] == [
        ("phone", "打不通"),
        ("bank_account", "少一位"),
    ]


@pytest.mark.parametrize(
    ("place", "code"),
    [("c:household:someone-else:phone", "K-18"), ("c:household:{home}:category", "K-18"),
     ("note", "K-70")],
)  # fmt: skip
def test_a_comment_stands_at_a_field_the_village_can_mend(bureau, handler, case, place, code):
    browser = bureau.sign_in(handler)
    page = browser.get(f"/applications/{case}/return")
    home = bureau.document("application", case)["household_id"]
    text = "" if place == "note" else "改"

    sent = browser.fill(page, f"/applications/{case}/return", **{place.format(home=home): text})

    assert code in sent.text
    assert bureau.document("application", case)["status"] == "sent_for_confirmation"


def test_a_return_makes_a_waiting_proposal_void(bureau, handler, head, case):
    propose(bureau.sign_in(handler), case)
    browser = bureau.sign_in(head)
    page = browser.get(f"/applications/{case}/return")

    browser.fill(page, f"/applications/{case}/return", note="户口本没有交")

    assert "已作废" in browser.get(f"/applications/{case}").text
    assert bureau.document("application", case)["decision_note"] == "户口本没有交"


def test_what_the_village_sent_meanwhile_asks_for_a_new_proposal(
    bureau, office, device, handler, head, case
):
    propose(bureau.sign_in(handler), case)
    home = bureau.document("application", case)["household_id"]
    fields = {"household_id": home, "kind": "deposit", "amount_fen": 9_000_000}
    device.operation("asset_item", "asset-1", fields, subject=home)
    office.push(device)

    refused = answer(bureau.sign_in(head), case)

    assert "K-68" in refused.text
    assert bureau.document("application", case)["status"] == "sent_for_confirmation"
    assert answer(bureau.sign_in(head), case, "reject", remark="又改过").status == 303


def test_a_page_read_before_the_village_sent_more_proposes_nothing(
    bureau, office, device, handler, case
):
    browser = bureau.sign_in(handler)
    page = browser.get(f"/applications/{case}")
    home = bureau.document("application", case)["household_id"]
    device.operation("household", home, {"phone": "19900000000"}, base=1)
    office.push(device)

    late = browser.fill(
        page, f"/applications/{case}/propose", answer="agree", category="dibao", amount="1"
    )

    assert "K-68" in late.text


def test_the_township_hands_on_what_is_the_county_s_and_the_county_decides(
    bureau, handler, head, reviewer, county_s_case
):
    propose(bureau.sign_in(handler), county_s_case)
    at_township = bureau.sign_in(head)
    refused = answer(at_township, county_s_case)
    endorsed = answer(at_township, county_s_case, "endorse", remark="乡镇审核属实")

    approved = answer(bureau.sign_in(reviewer), county_s_case)

    assert "K-67" in refused.text
    assert endorsed.location.endswith("said=endorsed")
    assert approved.location.endswith("said=approved")
    assert bureau.document("application", county_s_case)["status"] == "confirmed"


def test_a_page_read_before_the_village_sent_more_sends_nothing_back(
    bureau, office, device, handler, case
):
    browser, path = bureau.sign_in(handler), f"/applications/{case}/return"
    page = browser.get(path)
    home = bureau.document("application", case)["household_id"]
    fields = {"household_id": home, "kind": "deposit", "amount_fen": 9_000_000}
    device.operation("asset_item", "asset-1", fields, subject=home)
    office.push(device)

    refused = browser.fill(page, path, note="户口本没有交")

    assert "K-68" in refused.text
    assert bureau.document("application", case)["status"] == "sent_for_confirmation"


def test_what_stands_before_the_county_the_township_does_not_send_back_any_more(
    bureau, handler, head, reviewer, county_s_case
):
    at_township, path = bureau.sign_in(handler), f"/applications/{county_s_case}/return"
    propose(at_township, county_s_case)
    page = at_township.get(path)
    answer(bureau.sign_in(head), county_s_case, "endorse")

    refused = at_township.fill(page, path, note="户口本没有交")
    offered = path in at_township.get(f"/applications/{county_s_case}").text
    approved = answer(bureau.sign_in(reviewer), county_s_case)

    assert "K-67" in refused.text
    assert not offered
    assert approved.location.endswith("said=approved")


def test_a_county_handler_may_say_anew_what_the_township_handed_on(
    bureau, handler, head, county_handler, reviewer, county_s_case
):
    propose(bureau.sign_in(handler), county_s_case, amount="235.00")
    answer(bureau.sign_in(head), county_s_case, "endorse")

    propose(bureau.sign_in(county_handler), county_s_case, amount="200.00")
    answer(bureau.sign_in(reviewer), county_s_case)

    body = bureau.document("application", county_s_case)
    assert body["decided_benefit_month_fen"] == 20000
    assert "县里已另提" in bureau.sign_in(head).get(f"/applications/{county_s_case}").text


def test_relief_within_the_cap_is_the_township_s(bureau, office, device, handler, head):
    published(office, "practice")
    case = relief(device)
    office.push(device)

    propose(bureau.sign_in(handler), case, "relief", amount="600.00", category="")
    answer(bureau.sign_in(head), case, kind="relief")

    down = pulled(office, device)
    body = down["emergency_relief"]
    assert (body["status"], body["amount_fen"]) == ("approved_fast", 60000)
    assert body["decided_by"] == "乡镇负责人 wei主任"
    assert (down["relief_step"]["event"], down["relief_step"]["status"]) == (
        "approve",
        "approved_fast",
    )


def test_relief_above_the_cap_is_the_county_s_whatever_was_asked_for(
    bureau, office, device, handler, head, reviewer
):
    published(office, "practice")
    case = relief(device, yuan=800)
    office.push(device)
    propose(bureau.sign_in(handler), case, "relief", amount="90000.00", category="")

    refused = answer(bureau.sign_in(head), case, kind="relief")
    answer(bureau.sign_in(head), case, "endorse", kind="relief")
    answer(bureau.sign_in(reviewer), case, kind="relief")

    assert "K-67" in refused.text
    assert bureau.document("emergency_relief", case)["amount_fen"] == 9_000_000


def test_without_a_pack_everything_is_the_county_s(bureau, office, device, handler, head):
    case = relief(device, yuan=1)
    office.push(device)
    propose(bureau.sign_in(handler), case, "relief", amount="1.00", category="")

    assert "K-67" in answer(bureau.sign_in(head), case, kind="relief").text


def test_what_is_still_being_looked_into_can_only_be_refused(bureau, office, device, handler):
    case = relief(device, status="reported")
    office.push(device)
    browser = bureau.sign_in(handler)

    agreed = propose(browser, case, "relief", amount="800.00", category="")
    refused = propose(browser, case, "relief", answer="refuse", note="不属实")

    assert "M-24" in agreed.text
    assert refused.location.endswith("said=proposed")


def test_what_has_not_come_up_yet_is_not_proposed_on(bureau, office, device, handler):
    case = application(device, status="notice_posted")
    office.push(device)

    assert "K-19" in propose(bureau.sign_in(handler), case).text


def test_what_was_agreed_to_is_made_public(bureau, handler, head, case):
    propose(bureau.sign_in(handler), case)
    browser = bureau.sign_in(head)
    early = browser.fill(browser.get(f"/applications/{case}"), f"/applications/{case}/publish")
    answer(browser, case)

    later = browser.fill(browser.get(f"/applications/{case}"), f"/applications/{case}/publish")

    assert "K-19" in early.text
    assert later.location.endswith("said=published")
    assert bureau.document("application", case)["status"] == "published"


def test_a_refused_household_is_kept_in_view(bureau, office, device, handler, head, case):
    browser = bureau.sign_in(head)
    early = browser.fill(browser.get(f"/applications/{case}"), f"/applications/{case}/register")
    propose(bureau.sign_in(handler), case, answer="refuse", note="收入超了一点")
    answer(browser, case)
    page = browser.get(f"/applications/{case}")

    later = browser.fill(page, f"/applications/{case}/register")

    assert "K-19" in early.text
    assert "转备案关注" in page.text
    assert later.location.endswith("said=registered")
    held = bureau.document("application", case)
    assert (held["status"], held["decision_note"]) == ("watchlisted", "收入超了一点")
    assert held["decided_on"] == "2026-03-02"
    down = {e.entity: e.body for page in office.pull(device) for e in page.entries}
    assert down["application"]["status"] == "watchlisted"
    assert "转备案关注" not in browser.get(f"/applications/{case}").text


def test_who_was_granted_something_is_on_a_list_already(bureau, handler, head, case):
    propose(bureau.sign_in(handler), case)
    browser = bureau.sign_in(head)
    answer(browser, case)
    page = browser.get(f"/applications/{case}")

    refused = browser.fill(page, f"/applications/{case}/register")

    assert "转备案关注" not in page.text
    assert (refused.status, "K-19" in refused.text) == (409, True)
    assert bureau.document("application", case)["status"] == "confirmed"


def test_a_decision_made_by_the_administrator_ends_the_case_here_too(
    bureau, office, handler, head, case
):
    propose(bureau.sign_in(handler), case)
    office.decisions.decide(
        Decide(application_id=case, status=ApplicationStatus.REFUSED, note="核对不符")
    )

    late = answer(bureau.sign_in(head), case)

    assert "K-68" in late.text
    assert bureau.document("application", case)["status"] == "refused"
