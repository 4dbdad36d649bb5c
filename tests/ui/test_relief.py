"""The relief page on a real vault: paid inside the caps, the receipt made, the papers chased."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.services.relief_asked import Allowance
from app.ui.relief.form import Payee, ReliefForm, draft_key, next_field
from app.ui.relief.screen import build_relief_screen
from app.ui.relief.table import amount_hint, capitals, too_much
from app.ui.shell.page import PageScreen
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import LI, WU, ZHAO, PaperPrinters, Room


class ReliefPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.qtbot = qtbot
        self.printers = PaperPrinters()
        self.open(None)

    def open(self, subject: str | None) -> None:
        self.screen = self.build(subject)
        self.hands = Hands(self.screen.view)

    def build(self, subject: str | None) -> PageScreen:
        desk = self.room.desk
        screen = build_relief_screen(
            desk.relief,
            desk.households,
            desk.drafts,
            desk.printing,
            self.printers,
            self.room.bench,
        )
        self.qtbot.addWidget(screen.view)
        self.room.show(screen, subject)
        return screen

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> ReliefPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> ReliefPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def pay(self, initials: str = "zds", amount: str = "800") -> ReliefPage:
        self.type(initials).press("Return").type("1").type(amount).press("Return").type("1")
        return self.press("Ctrl+Return")

    def cases(self):
        return self.room.do(self.room.desk.relief.all)

    def prints(self):
        return self.room.ask(
            lambda work: [
                tuple(row)
                for row in work.connection.exec_driver_sql(
                    "SELECT form, entity_id FROM print_record"
                )
            ]
        )


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> ReliefPage:
    return ReliefPage(room, qtbot)


def test_four_answers_pay_and_the_receipt_goes_to_the_printer(page: ReliefPage):
    page.pay()

    case = page.cases()[0]
    assert (case.payee_name, case.household) == ("赵大山", ZHAO)
    assert (case.event, case.way) == (EventKind.FIRE, ReliefWay.CASH)
    assert (case.amount, case.paperwork_due_on) == (Money.yuan(800), date(2026, 3, 9))
    assert page.prints() == [("SJ", case.id)]
    assert [printer for _pdf, printer in page.printers.sent] == ["村部的打印机"]
    assert case.document_no in " ".join(texts(page.view.paid))
    assert "3月9日前" in page.view.paid.headline.text()


def test_the_amount_stands_in_capitals_while_it_is_typed(page: ReliefPage):
    page.type("zds").press("Return").type("1").type("800")

    assert page.view.capitals.text() == "人民币捌佰元整"


def test_the_cap_and_the_rest_stand_in_the_empty_amount(page: ReliefPage):
    assert page.view.amount.placeholderText().startswith("一次最多 1,050 元，额度还有 5,000 元")


def test_too_much_is_said_while_there_is_time_and_refused_when_asked(page: ReliefPage):
    page.type("zds").press("Return").type("1").type("9000")
    note = page.view.rows._notes[page.view.amount]
    warned = note.isVisible() and note.text.text()
    page.press("Return").type("1").press("Ctrl+Return")

    assert "超过一次能给的" in warned
    assert "F-14" in page.view.problem.detail.text()
    assert page.view.amount.hasFocus()
    assert page.cases() == []
    assert page.view.pay.isEnabled()


def test_a_stranger_is_paid_by_name_alone(page: ReliefPage):
    page.hands.compose("阿依古丽")
    page.room.settle()
    page.press("Return").type("2").type("300").press("Return").type("1").press("Ctrl+Return")

    case = page.cases()[0]
    assert (case.payee_name, case.household, case.payee) == ("阿依古丽", None, None)
    assert page.prints() == [("SJ", case.id)]


def test_the_member_who_was_found_is_the_one_who_is_paid(page: ReliefPage):
    page.pay("ljg", "200")

    case = page.cases()[0]
    assert (case.payee_name, case.household) == ("李建国", LI)


def test_the_same_payment_twice_is_one_payment(page: ReliefPage):
    page.pay().pay()

    assert "F-13" in page.view.problem.detail.text()
    assert "“补一句”里写清楚" in page.view.problem.detail.text()
    assert page.view.note.hasFocus()
    assert len(page.cases()) == 1


def pay_another_kind(page: ReliefPage) -> ReliefPage:
    page.pay()
    return page.type("zds").press("Return").type("2").type("300").press("Return").type("1")


def test_another_kind_that_night_is_asked_about_and_not_paid_however_often_enter_is_pressed(
    page: ReliefPage,
):
    pay_another_kind(page).press("Ctrl+Return")
    said = page.view.problem.detail.text() + page.view.problem.headline.text()
    asked = page.view.rows.apart.hasFocus()
    page.press("Ctrl+Return").press("Return")

    assert asked
    assert page.view.rows.apart.isVisible()
    assert not page.view.others.place.isVisible()
    assert "M-76" in said
    assert "已经给过这一户 800.00 元（火灾" in said
    assert len(page.cases()) == 1


def test_it_is_paid_once_she_says_it_is_another_matter(page: ReliefPage):
    pay_another_kind(page).press("Ctrl+Return")
    page.hands.compose("下午起火，夜里另被车撞了")
    page.press("Ctrl+Return")

    newest = next(one for one in page.cases() if one.event is EventKind.TRAFFIC)
    assert newest.apart_reason == "下午起火，夜里另被车撞了"
    assert ("SJ", newest.id) in page.prints()
    assert not page.view.rows.apart.isVisible()


def test_the_reason_is_not_carried_over_to_another_sum_or_person(page: ReliefPage):
    pay_another_kind(page).press("Ctrl+Return")
    page.hands.compose("夜里另被车撞了")
    page.press("Return")
    page.view.amount.setFocus()
    page.view.amount.selectAll()
    page.type("400").press("Return")

    page.press("Ctrl+Return")

    assert "M-76" in page.view.problem.detail.text()
    assert len(page.cases()) == 1


def test_what_was_asked_and_half_answered_is_there_after_a_crash(page: ReliefPage):
    pay_another_kind(page).press("Ctrl+Return")
    page.hands.compose("夜里另被车撞了")
    page.press("Return")

    page.open(ZHAO)

    assert page.view.rows.apart.isVisible()
    assert page.view.rows.apart.text() == "夜里另被车撞了"


def test_the_same_cause_again_this_year_goes_up_instead(page: ReliefPage):
    page.pay().type("zds").press("Return").type("1").type("300").press("Return").type("1")
    page.view.note.setFocus()
    page.hands.compose("又起火了")
    page.press("Ctrl+Return")
    refused = page.view.problem.detail.text()
    page.press("F9")

    newest = next(one for one in page.cases() if one.status is ReliefStatus.REFERRED_UP)
    assert "M-21" in refused
    assert (newest.status, newest.amount) == (ReliefStatus.REFERRED_UP, Money.yuan(300))
    assert "一年最多 1 次" in newest.referral_reason
    assert ("F17a", newest.id) in page.prints()


def test_goods_are_named(page: ReliefPage):
    page.type("zds").press("Return").type("6").type("200").press("Return").type("3")
    named = page.view.goods.hasFocus()
    page.hands.compose("大米两袋")
    page.press("Ctrl+Return")

    assert named
    assert page.cases()[0].goods == "大米两袋"


def test_without_a_printer_the_receipt_can_be_put_into_a_file(page: ReliefPage, tmp_path: Path):
    page.printers.names = ()
    page.pay()
    before = page.prints()

    page.view.placed.emit(str(tmp_path / "收条.pdf"))
    page.room.settle()

    assert page.view.paid.action.isVisibleTo(page.view) is False
    assert before == []
    assert (tmp_path / "收条.pdf").read_bytes().startswith(b"%PDF")
    assert [form for form, _entity in page.prints()] == ["SJ"]


def test_a_printer_that_fails_leaves_the_payment_and_says_what_to_do(page: ReliefPage):
    from app.domain.problem import Unavailable

    page.printers.problem = Unavailable("打印机没有接这份表。", do="请看看有没有纸。", code="P-50")
    page.pay()

    assert len(page.cases()) == 1
    assert page.prints() == []
    assert "P-50" in page.view.problem.detail.text()
    assert page.view.pay.isEnabled()


def test_the_approval_form_is_there_after_the_payment(page: ReliefPage):
    page.pay()

    page.hands.click(page.view.approval)
    page.room.settle()

    assert sorted(form for form, _entity in page.prints()) == ["F17a", "SJ"]


def test_what_is_owed_is_listed_and_its_record_asks_which_papers_are_there(page: ReliefPage):
    page.pay()
    owed = page.view.table.rows.rows()[0].cells[4].text

    page.hands.click(page.view.supplement)
    page.room.settle()

    assert owed == "待补手续，还剩 5 个工作日"
    assert page.cases()[0].status is ReliefStatus.PAPERWORK_PENDING
    assert page.room.went[-1] == ("relief_case", f"make_up:{page.cases()[0].id}")


def test_a_page_opened_about_a_payment_shows_it_chosen(page: ReliefPage):
    page.pay().pay("wxl", "100")
    first = page.cases()[1]
    page.view.hide()

    page.open(first.id)

    assert page.view.table.current_key() == first.id
    assert page.view.number.text() == f"编号 {first.document_no}"
    assert page.view.supplement.isEnabled()


def test_a_half_filled_form_comes_back_with_the_cursor_in_the_next_field(page: ReliefPage):
    page.type("zds").press("Return").type("1").type("800").press("Return")
    page.view.hide()

    page.open(None)

    assert page.view.payee.text().startswith("赵大山")
    assert page.view.amount.money() == Money.yuan(800)
    assert page.view.way.hasFocus()
    assert page.cases() == []


def test_a_payment_takes_its_draft_with_it(page: ReliefPage):
    page.pay()

    assert page.room.do(lambda: page.room.desk.drafts.get(draft_key(ZHAO))) is None
    assert page.room.do(lambda: page.room.desk.drafts.get(draft_key(None))) is None


def test_a_page_opened_about_a_household_asks_what_happened_first(page: ReliefPage):
    page.view.hide()

    page.open(WU)

    assert page.view.payee.text().startswith("吴秀兰")
    assert page.view.what.hasFocus()


def test_the_form_says_what_it_lacks_in_talk_order():
    form = ReliefForm()
    fields = []
    for name, value in (
        ("payee", Payee(name="赵大山")),
        ("event", EventKind.FLOOD),
        ("amount", Money.yuan(1)),
    ):
        with pytest.raises(Refused) as refused:
            form.request("relief:new")
        fields.append(refused.value.field)
        form = form.answered(name, value)
    with pytest.raises(Refused) as refused:
        form.request("relief:new")

    assert [*fields, refused.value.field] == ["payee", "event", "amount", "way"]


def test_a_draft_keeps_no_id_number():
    payee = Payee(name="赵大山", household=ZHAO, id_number="459901195803090012")
    form = ReliefForm(payee=payee, event=EventKind.FIRE, amount=Money.yuan(5), note="着火")

    assert "459901195803090012" not in str(form.as_draft("event"))
    assert ReliefForm.of_draft(form.as_draft("event"), payee) == form


def test_the_next_field_asks_for_goods_only_where_there_are_some():
    assert next_field(ReliefForm(way=ReliefWay.CASH), "way") == "note"
    assert next_field(ReliefForm(way=ReliefWay.GOODS), "way") == "goods"


def allowed(**changes: object) -> Allowance:
    usual = {
        "left": Money.yuan(500),
        "cap": None,
        "cap_rule": "规定",
        "paperwork_due_on": date(2026, 3, 9),
        "paperwork_rule": "期限",
    }
    return Allowance(**(usual | changes))


def test_what_may_be_paid_is_said_with_and_without_a_cap():
    capped = allowed(cap=Money.yuan(200))
    free = allowed(cap=None)
    from_fund = allowed(cap=None, fund=Money.yuan(50))

    assert too_much(Money.yuan(300), capped).startswith("超过一次能给的 200 元")
    assert too_much(Money.yuan(600), free).startswith("额度只剩 500 元")
    assert too_much(Money.yuan(200), capped) == ""
    assert too_much(Money.yuan(200), from_fund).startswith("备用金只剩 50 元")
    assert too_much(Money.yuan(200), from_fund, from_budget=True) == ""
    assert amount_hint(free).startswith("额度还有 500 元")
    assert capitals(None) == "填了金额，大写写在这里"


def test_the_cap_of_a_house_that_was_thrown_away_goes_with_it_and_comes_back_with_it(
    page: ReliefPage,
):
    for_nobody = page.view.amount.placeholderText()
    page.type("zds").press("Return")
    of_house = page.view.amount.placeholderText()

    page.screen.presenter.throw_away()
    page.room.settle()
    thrown = page.view.amount.placeholderText()
    page.screen.presenter.take_back()
    page.room.settle()

    assert of_house != for_nobody
    assert thrown == for_nobody
    assert page.view.amount.placeholderText() == of_house
