"""Signing in: password and one-time code together, each code once, and a wait after wrong tries."""

from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import update

from county_server.console import door
from county_server.console import staff as staff_book
from county_server.console.door import FREE_TRIES
from county_server.console.roles import Role
from county_server.console.tables import staff
from tests.consoles import TOWNSHIP

IN = "/console/queue"


def test_password_and_code_open_the_door(bureau, handler):
    browser = bureau.browser()

    answer = bureau.knock(browser, handler)

    assert answer.location == IN
    assert "没有等您办的" in browser.get("/queue").text


@pytest.mark.parametrize(
    "wrong", [{"password": "not this one"}, {"code": "000000"}, {"code": ""}, {"login": "nobody"}]
)
def test_one_wrong_thing_keeps_it_shut_and_says_not_which(bureau, handler, wrong):
    browser = bureau.browser()

    answer = bureau.knock(browser, handler, **wrong)

    assert (answer.status, "登录名、密码或动态码不对" in answer.text) == (403, True)
    assert browser.get("/queue").location.startswith("/console/login")
    assert bureau.audit()[-1][1] == "sign-in-refused"


def test_a_code_opens_the_door_once(bureau, office, handler):
    code = handler.code(office)
    bureau.knock(bureau.browser(), handler)

    again = bureau.knock(bureau.browser(), handler, code=code)

    assert "K-60" in again.text
    office.clock.advance(seconds=30)
    assert bureau.knock(bureau.browser(), handler).location == IN


def test_a_code_before_one_that_was_used_opens_nothing(bureau, office, handler):
    before = handler.code(office)
    office.clock.advance(seconds=30)
    bureau.knock(bureau.browser(), handler)

    assert "K-60" in bureau.knock(bureau.browser(), handler, code=before).text


@pytest.mark.parametrize(("seconds", "opens"), [(-30, True), (30, True), (-60, False), (60, False)])
def test_a_telephone_may_be_half_a_minute_off(bureau, office, handler, seconds, opens):
    at = office.clock.now().timestamp() + seconds
    code = pyotp.TOTP(handler.credentials.secret).at(int(at))

    answer = bureau.knock(bureau.browser(), handler, code=f"{code[:3]} {code[3:]}")

    assert (answer.location == IN) is opens


@pytest.mark.parametrize("login", ["lan", "nobody"])
def test_after_three_wrong_tries_there_is_a_wait_that_doubles(bureau, office, handler, login):
    browser = bureau.browser()
    for _ in range(FREE_TRIES):
        bureau.knock(browser, handler, login=login, password="wrong")

    at_once = bureau.knock(browser, handler, login=login)
    office.clock.advance(seconds=11)
    bureau.knock(browser, handler, login=login, password="wrong")
    office.clock.advance(seconds=11)
    doubled = bureau.knock(browser, handler, login=login)

    assert "K-61" in at_once.text
    assert "请过" in at_once.text
    assert "K-61" in doubled.text


def test_after_the_wait_the_right_words_open_it_and_the_count_begins_anew(bureau, office, handler):
    for _ in range(FREE_TRIES):
        bureau.knock(bureau.browser(), handler, password="wrong")
    office.clock.advance(seconds=11)

    opened = bureau.knock(bureau.browser(), handler)
    office.clock.advance(minutes=1)
    first = bureau.knock(bureau.browser(), handler, password="wrong")

    assert opened.location == IN
    assert "K-60" in first.text
    assert bureau.knock(bureau.browser(), handler).location == IN


def test_no_wait_is_longer_than_a_quarter_of_an_hour(bureau, office, handler):
    for _ in range(FREE_TRIES + 8):
        assert "K-60" in bureau.knock(bureau.browser(), handler, password="wrong").text
        office.clock.advance(minutes=15, seconds=1)

    assert bureau.knock(bureau.browser(), handler).location == IN


def test_a_name_nobody_has_costs_as_much_as_a_wrong_password(bureau, handler, monkeypatch):
    made = []
    for module in (door, staff_book):
        monkeypatch.setattr(module, "passphrase_key", _counting(module.passphrase_key, made))

    bureau.knock(bureau.browser(), handler, password="wrong")
    known = made.copy()
    bureau.knock(bureau.browser(), handler, login="nobody", password="wrong")

    assert made == known * 2 != []


def _counting(real, made):
    def key(passphrase, salt, cost):
        made.append(cost)
        return real(passphrase, salt, cost)

    return key


def test_one_address_may_not_knock_without_end(bureau, handler):
    browser = bureau.browser(address="10.9.9.9")
    statuses = [
        bureau.knock(browser, handler, login=f"nobody{n}", csrf="not this").status
        for n in range(25)
    ]

    assert statuses[0] == 403
    assert statuses[-1] == 429


def test_a_door_form_of_another_browser_opens_nothing(bureau, office, handler):
    other = bureau.browser().get("/login").hidden["csrf"]

    answer = bureau.knock(bureau.browser(), handler, csrf=other)

    assert "K-63" in answer.text


def test_a_locked_account_is_shut_and_whoever_was_in_is_out(bureau, office, handler):
    browser = bureau.sign_in(handler)

    bureau.book.lock("lan")

    assert browser.get("/queue").location.startswith("/console/login")
    assert "K-60" in bureau.knock(bureau.browser(), handler).text


def test_a_session_that_outlived_the_locking_sees_nothing(bureau, office, handler):
    browser = bureau.sign_in(handler)

    with office.database.write() as connection:
        connection.execute(update(staff).values(is_locked=True))

    assert browser.get("/queue").location.startswith("/console/login")


def test_a_reset_account_has_another_password_and_another_secret(bureau, office, handler):
    browser = bureau.sign_in(handler)

    renewed = bureau.book.reset("lan")

    assert browser.get("/queue").location.startswith("/console/login")
    assert "K-60" in bureau.knock(bureau.browser(), handler).text
    office.clock.advance(minutes=1)
    code = pyotp.TOTP(renewed.secret).at(office.clock.now())
    opened = bureau.knock(bureau.browser(), handler, password=renewed.password, code=code)
    assert opened.location == IN


def test_a_temporary_password_goes_nowhere_but_to_a_new_one(bureau, office):
    made = bureau.book.add("xin", "覃小妹", Role.TOWNSHIP_HANDLER, TOWNSHIP)
    code = pyotp.TOTP(made.secret).at(office.clock.now())
    browser = bureau.browser()
    said = {"login": "xin", "password": made.password, "code": code}
    browser.fill(browser.get("/login"), "/login", **said)

    assert browser.get("/queue").location == "/console/password"
    page = browser.get("/password")
    before = {"before": made.password}
    new, other = "rice field river", "rice field rivers"
    refusals = [
        browser.fill(page, "/password", after="short", again="short", **before),
        browser.fill(page, "/password", after=new, again=other, **before),
        browser.fill(page, "/password", after="a" * 20, again="a" * 20, **before),
        browser.fill(page, "/password", after=made.password, again=made.password, **before),
        browser.fill(page, "/password", before="wrong", after=new, again=new),
    ]
    changed = browser.fill(page, "/password", after=new, again=new, **before)

    assert [answer.status for answer in refusals] == [403] * 5
    assert changed.location == "/console/queue?said=password"
    assert browser.get("/queue").status == 200
