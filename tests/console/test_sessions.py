"""What protects a session: its cookie, its end, its forms, the headers of every page."""

from __future__ import annotations

import logging

import pytest

from county_server.console import visiting
from county_server.console.sessions import COOKIE
from tests.consoles import Bureau, application, published, relief

PAGES = ("/queue", "/devices", "/disputes", "/funds", "/trail", "/password")


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_connections(bureau, handler):
    browser = bureau.browser()
    bureau.knock(browser, handler)

    (cookie,) = [one for one in browser.set_cookies if one.startswith(f"{COOKIE}=")]

    words = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert words == {"httponly", "secure", "samesite=strict", "path=/"}


@pytest.mark.parametrize("path", ["/login", *PAGES, "/nothing", "/static/console.css"])
def test_every_answer_is_for_this_reader_only_and_runs_nothing(bureau, handler, path):
    answer = bureau.sign_in(handler).get(path)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    kept = answer.headers["cache-control"]
    assert kept == ("private, max-age=600" if path.endswith("css") else "no-store")
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert " on" + "click" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_anything_before_signing_in(bureau, path):
    assert bureau.browser().get(path).location == "/console/login"


def test_fifteen_minutes_of_silence_end_it(bureau, office, handler):
    browser = bureau.sign_in(handler)
    for _ in range(3):
        office.clock.advance(minutes=14)
        assert browser.get("/queue").status == 200

    office.clock.advance(minutes=16)

    assert browser.get("/queue").location == "/console/login?said=ended"
    office.clock.advance(minutes=-10)
    assert browser.get("/queue").location == "/console/login?said=ended"


def test_a_new_password_ends_every_other_session(bureau, handler):
    here, elsewhere = bureau.sign_in(handler), bureau.sign_in(handler)
    said = {
        "before": handler.password,
        "after": "青石坳 早春 水车 两座",
        "again": "青石坳 早春 水车 两座",
    }

    changed = here.fill(here.get("/password"), "/password", **said)

    assert changed.location.endswith("said=password")
    assert here.get("/queue").status == 200
    assert elsewhere.get("/queue").location == "/console/login?said=ended"


def test_an_address_that_asks_without_end_is_told_when_to_come_back(office, handler, monkeypatch):
    monkeypatch.setattr(visiting, "_PER_ADDRESS", 4)
    browser = Bureau(office).sign_in(handler)

    answers = [browser.get("/queue") for _ in range(5)]

    assert [one.status for one in answers] == [200] * 4 + [429]
    assert answers[-1].headers["retry-after"] == "15"


def test_a_form_of_thousands_of_fields_is_not_taken_apart(bureau, handler):
    browser = bureau.sign_in(handler)
    page = browser.get("/password")
    said = {
        "before": handler.password,
        "after": "青石坳 早春 水车 两座",
        "again": "青石坳 早春 水车 两座",
    }

    answer = browser.fill(page, "/password", **said, **{f"f{n}": "" for n in range(2_000)})

    assert (answer.status, "K-63" in answer.text) == (403, True)


def test_no_session_outlasts_the_day(bureau, office, handler):
    browser = bureau.sign_in(handler)

    for _ in range(42):
        office.clock.advance(minutes=14)
        browser.get("/password")

    assert browser.get("/queue").status == 200
    office.clock.advance(minutes=13)
    assert browser.get("/queue").location == "/console/login?said=ended"


def test_signing_out_ends_it_at_the_county(bureau, handler):
    browser = bureau.sign_in(handler)
    token = browser.cookies[COOKIE]

    browser.fill(browser.get("/queue"), "/logout")

    assert COOKIE not in browser.cookies
    browser.cookies[COOKIE] = token
    assert browser.get("/queue").location.startswith("/console/login")


@pytest.mark.parametrize("csrf", ["", "0" * 64])
def test_a_form_that_was_not_made_for_this_session_does_nothing(
    bureau, office, device, handler, csrf
):
    published(office, "practice")
    case = application(device)
    office.push(device)
    browser = bureau.sign_in(handler)
    whole = browser.get(f"/applications/{case}").hidden | {"answer": "agree", "category": "dibao"}

    forms = ("propose", "answer", "return", "publish", "numbers")
    answers = [
        browser.post(f"/applications/{case}/{form}", **(whole | {"csrf": csrf})) for form in forms
    ]
    answers += [browser.post("/password", csrf=csrf), browser.post("/logout", csrf=csrf)]

    assert {answer.status for answer in answers} == {403}
    assert browser.get("/queue").status == 200
    assert [what for _, what in bureau.audit() if what in {"propose", "decide", "reveal"}] == []


def test_a_form_of_a_colleague_s_session_does_nothing(bureau, handler, head):
    theirs = bureau.sign_in(head).get("/queue").hidden["csrf"]

    assert bureau.sign_in(handler).post("/logout", csrf=theirs).status == 403


def test_a_form_too_large_is_read_no_further(bureau, handler):
    browser = bureau.sign_in(handler)

    answer = browser.post("/logout", csrf="x" * 300_000)

    assert (answer.status, "B-02" in answer.text) == (413, True)


def test_what_a_village_wrote_is_shown_and_never_obeyed(bureau, office, device, handler):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    case = application(device, published(office, "practice"), name=evil)
    other = relief(device, payee_name=evil, event_note=evil)
    office.push(device)
    browser = bureau.sign_in(handler)

    pages = [
        browser.get(path).text
        for path in ("/queue", f"/applications/{case}", f"/applications/{case}/return",
                     f"/relief/{other}")
    ]  # fmt: skip

    assert all("<script>" not in page and "<img" not in page for page in pages)
    assert all("&lt;script&gt;" in page for page in pages)


def test_addresses_and_the_log_name_nobody(bureau, office, device, handler, head, caplog):
    caplog.set_level(logging.DEBUG)
    case = application(device, published(office, "practice"))
    office.push(device)
    browser = bureau.sign_in(handler)
    page = browser.get(f"/applications/{case}")
    browser.fill(page, f"/applications/{case}/propose", answer="refuse", note="")
    sent = browser.fill(page, f"/applications/{case}/propose", answer="refuse", note="李桂芳有车")
    queue = browser.get("/queue").text

    addresses = [part.split('"')[0] for part in (page.text + queue).split('href="')[1:]]
    assert all(one.isascii() for one in [*addresses, sent.location])
    assert "李桂芳" not in caplog.text
    assert "19900004410" not in caplog.text


def test_a_wrong_address_is_a_page_of_the_house(bureau, handler):
    browser = bureau.sign_in(handler)

    for path in ("/nothing", "/queue?tab=all", "/queue?township=abc", "/relief/nothing",
                 "/applications/nothing"):  # fmt: skip
        answer = browser.get(path)
        assert answer.status in {400, 404}
        assert "编号" in answer.text
