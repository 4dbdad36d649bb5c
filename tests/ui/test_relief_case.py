"""One 先行救助 on its page: the deeds its state allows, each by keyboard, on a real vault."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import ApprovalWay, CheckResult, InstalmentStatus
from app.services.relief_asked import Approval, PayRelief
from app.ui.relief_case.deeds import DeedKind, deeds_of
from app.ui.relief_case.screen import build_case_screen
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import ZHAO, PaperPrinters, Room

TODAY = date(2026, 3, 2)


class CasePage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, **asked: object) -> None:
        self.room = room
        self.printers = PaperPrinters()
        usual = {
            "household": ZHAO,
            "payee_name": "赵大山",
            "event": EventKind.FIRE,
            "amount": Money.yuan(800),
            "way": ReliefWay.CASH,
        }
        kind = asked.pop("by", "pay")
        request = PayRelief(**(usual | asked))
        self.relief = room.do(lambda: getattr(room.desk.relief, kind)(request))
        screen = build_case_screen(room.desk.relief, room.desk.printing, self.printers, room.bench)
        qtbot.addWidget(screen.view)
        self.screen = screen
        room.show(screen, self.relief.id)
        self.hands = Hands(screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> CasePage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def compose(self, text: str) -> CasePage:
        self.hands.compose(text)
        self.room.settle()
        return self

    def deed(self, deed: DeedKind) -> CasePage:
        """Tab to the button of a deed and press it."""
        button = next(one for one in self.view.buttons if one.text() == deed.label)
        for _ in range(40):
            if QApplication.focusWidget() is button:
                break
            self.press("Tab")
        assert QApplication.focusWidget() is button
        return self.press("Space")

    def case(self):
        return self.room.do(lambda: self.room.desk.relief.case(self.relief.id))


@pytest.fixture
def paid(room: Room, qtbot: QtBot) -> CasePage:
    return CasePage(room, qtbot)


def test_the_page_says_what_is_owed_and_by_which_rule(paid: CasePage):
    said = " ".join(texts(paid.view))

    assert "赵大山 · 火灾 · 800 元" in said
    assert "待补手续，还剩 5 个工作日" in said
    assert "等审批，还剩 24 小时" in said
    assert "练习县临时救助办法" in said


def agreed_beside_another(room: Room, qtbot: QtBot) -> CasePage:
    """Agreed to above, while the household was given something that night."""
    page = CasePage(room, qtbot, by="refer", event=EventKind.TRAFFIC, amount=Money.yuan(300))
    relief = room.desk.relief
    above = Approval("镇民政办", ApprovalWay.WRITTEN)
    room.do(lambda: relief.steps.approve(page.relief.id, above))
    fire = {"event": EventKind.FIRE, "amount": Money.yuan(400), "way": ReliefWay.CASH}
    room.do(lambda: relief.pay(PayRelief(household=ZHAO, payee_name="赵大山", **fire)))
    room.show(page.screen, page.relief.id)
    return page


def test_what_was_agreed_to_is_asked_about_beside_another_of_that_night(room: Room, qtbot: QtBot):
    page = agreed_beside_another(room, qtbot).deed(DeedKind.PAY)
    said = " ".join(texts(page.view))
    asked = page.view.fields.apart.hasFocus()
    page.press("Ctrl+Return")
    refused = page.case().relief.status

    page.compose("夜里另被车撞了").press("Ctrl+Return")

    assert asked
    assert "已经给过这一户 400.00 元（火灾" in said
    assert refused is ReliefStatus.APPROVED_FAST
    assert page.case().relief.status is ReliefStatus.PAID
    assert "不是同一件事：夜里另被车撞了" in " ".join(texts(page.view))


@pytest.mark.parametrize("typed", ["夜里另被车撞了", ""])
def test_the_question_comes_up_again_after_a_crash_where_it_was_answered(
    room: Room, qtbot: QtBot, typed: str
):
    page = agreed_beside_another(room, qtbot).deed(DeedKind.PAY)
    page.compose(typed or "夜里").press("Return")
    if not typed:
        page.view.fields.apart.setText("")
        page.view.fields.apart.commit()
        page.room.settle()

    room.show(page.screen, page.relief.id)

    assert page.view.fields.isVisible() is bool(typed)
    assert page.view.fields.apart.text() == typed


def test_in_a_low_window_the_rule_stands_with_the_record(paid: CasePage):
    paid.view.fit(low=True, narrow=False)

    assert "练习县临时救助办法" not in paid.view.debts.text()
    assert "待补手续，依据：" in paid.view.facts.text()
    assert "练习县临时救助办法" in paid.view.facts.text()


def test_only_what_its_state_allows_has_a_button(paid: CasePage):
    assert [button.text() for button in paid.view.buttons] == [
        deed.label for deed in deeds_of(paid.case(), TODAY)
    ]
    assert "办结" not in [button.text() for button in paid.view.buttons]


def test_the_papers_are_made_up_by_keyboard_and_the_case_closed(paid: CasePage):
    paid.deed(DeedKind.MAKE_UP).press("Ctrl+Return")
    nothing = paid.view.problem.detail.text()
    paid.press("2", "3", "5", "Ctrl+Return")
    lacking = paid.view.problem.detail.text()
    paid.compose("两人看过，属实").press("Ctrl+Return")
    made = paid.case()
    unheard = [button.text() for button in paid.view.buttons]
    paid.deed(DeedKind.APPROVE).compose("黄镇长").press("Return", "1", "Ctrl+Return")
    paid.deed(DeedKind.CLOSE)

    assert made.relief.status is ReliefStatus.SUPPLEMENTED
    assert ("M-31" in nothing, "M-30" in lacking) == (True, True)
    assert (DeedKind.CLOSE.label in unheard, DeedKind.APPROVE.label in unheard) == (False, True)
    assert made.supplements[0].text == "两人看过，属实"
    assert made.supplements[0].items == (LATE_PAPERS[0], LATE_PAPERS[1], LATE_PAPERS[3])
    assert paid.case().relief.status is ReliefStatus.CLOSED
    assert "没有要做的" not in " ".join(texts(paid.view.deeds))


def test_what_is_found_wrong_after_the_papers_is_a_deed_of_its_own(paid: CasePage):
    assert DeedKind.REJECT not in deeds_of(paid.case(), TODAY)
    paid.deed(DeedKind.MAKE_UP).press("2", "3", "4", "5")
    paid.compose("属实").press("Ctrl+Return")
    made = deeds_of(paid.case(), TODAY)

    paid.deed(DeedKind.REJECT).compose("房子是别人的").press("Ctrl+Return")

    assert (DeedKind.MAKE_UP in made, DeedKind.REJECT in made) == (False, True)
    assert made[0] is not DeedKind.REJECT
    assert paid.case().relief.status is ReliefStatus.RECOVERING
    assert paid.case().supplements[-1].text == "房子是别人的"


def test_papers_that_are_in_are_no_term_any_more(paid: CasePage):
    paid.deed(DeedKind.MAKE_UP).press("2", "3", "4", "5")
    paid.compose("属实").press("Ctrl+Return")

    words = " ".join(texts(paid.view))
    assert "补过了" in words
    assert "补手续期限" not in words


def test_a_part_has_its_button_when_its_day_has_come(room: Room, qtbot: QtBot):
    page = CasePage(room, qtbot, by="refer", amount=Money.yuan(4000))
    page.deed(DeedKind.APPROVE).compose("县里").press("Return", "4", *"3000", "Ctrl+Return")
    page.deed(DeedKind.PAY_IN_PARTS).compose("1000 1000 1000").press("Ctrl+Return")
    case = page.case()
    second = case.instalments[1].planned_on

    assert DeedKind.PAY_PART not in deeds_of(case, second - timedelta(days=4))
    assert DeedKind.PAY_PART in deeds_of(case, second - timedelta(days=3))


def test_papers_that_do_not_hold_lead_to_recovery_until_all_is_back(paid: CasePage):
    paid.deed(DeedKind.MAKE_UP)
    paid.view.fields.text.setFocus()
    paid.compose("不属实")
    paid.view.fields.result.setFocus()
    paid.press("2", "Ctrl+Return")
    paid.deed(DeedKind.RECOVER).press(*"300", "Return", "Ctrl+Return")
    part = paid.case()
    paid.deed(DeedKind.RECOVER).press(*"500", "Return", "Ctrl+Return")

    assert part.supplements[0].result is CheckResult.RECOVER
    assert (part.relief.status, part.recovered) == (ReliefStatus.RECOVERING, Money.yuan(300))
    assert paid.case().relief.status is ReliefStatus.RECOVERED


def test_a_reversal_needs_a_reason_and_leaves_the_original(paid: CasePage):
    paid.deed(DeedKind.REVERSE).press("Ctrl+Return")
    refused = paid.view.problem.detail.text()
    paid.compose("金额写错了").press("Ctrl+Return")

    case = paid.case()
    assert "M-33" in refused
    assert case.relief.status is ReliefStatus.REVERSED
    assert case.reversal is not None
    assert case.reversal.reversal_reason == "金额写错了"
    assert "金额写错了" in " ".join(texts(paid.view))


def test_who_agreed_is_noted_once(paid: CasePage):
    paid.deed(DeedKind.APPROVE).compose("黄镇长").press("Return", "1", "Ctrl+Return")

    case = paid.case()
    assert (case.relief.decided_by, case.relief.decided_how) == ("黄镇长", "phone")
    assert DeedKind.APPROVE not in deeds_of(case, TODAY)


def test_what_went_up_is_agreed_to_and_then_paid_with_its_receipt(room: Room, qtbot: QtBot):
    page = CasePage(room, qtbot, by="refer", amount=Money.yuan(4000))
    page.deed(DeedKind.APPROVE).compose("县里").press("Return", "4", *"3000", "Ctrl+Return")
    page.deed(DeedKind.PAY)

    relief = page.case().relief
    assert (relief.status, relief.amount) == (ReliefStatus.PAID, Money.yuan(3000))
    assert [printer for _pdf, printer in page.printers.sent] == ["村部的打印机"]


def test_what_was_agreed_to_is_given_month_by_month(room: Room, qtbot: QtBot):
    page = CasePage(room, qtbot, by="refer", amount=Money.yuan(4000))
    assert DeedKind.PAY_IN_PARTS not in deeds_of(page.case(), TODAY)
    page.deed(DeedKind.APPROVE).compose("县里").press("Return", "4", *"3000", "Ctrl+Return")
    page.deed(DeedKind.PAY_IN_PARTS).compose("900、900").press("Ctrl+Return")
    wrong = " ".join(texts(page.view))
    for _ in "900、900":
        page.press("Backspace")
    page.compose("900、1200、900").press("Ctrl+Return")

    case = page.case()
    assert "M-28" in wrong
    assert [part.amount for part in case.instalments] == [Money.yuan(n) for n in (900, 1200, 900)]
    assert (case.relief.amount, case.given) == (Money.yuan(3000), Money.yuan(900))
    assert [printer for _pdf, printer in page.printers.sent] == ["村部的打印机"]


def test_what_was_only_noted_is_given_on_its_form_and_not_month_by_month_here(
    room: Room, qtbot: QtBot
):
    page = CasePage(room, qtbot, by="report")

    assert DeedKind.PAY in deeds_of(page.case(), TODAY)
    assert DeedKind.PAY_IN_PARTS not in deeds_of(page.case(), TODAY)


def test_no_parts_at_all_are_no_parts(room: Room, qtbot: QtBot):
    page = CasePage(room, qtbot, by="refer", amount=Money.yuan(4000))
    page.deed(DeedKind.APPROVE).compose("县里").press("Return", "4", *"3000", "Ctrl+Return")
    page.deed(DeedKind.PAY_IN_PARTS).press("Ctrl+Return")

    assert "M-27" in " ".join(texts(page.view))
    assert page.case().relief.status is ReliefStatus.APPROVED_FAST


def test_staged_relief_is_given_part_by_part(room: Room, qtbot: QtBot):
    parts = (Money.yuan(400), Money.yuan(300), Money.yuan(100))
    page = CasePage(room, qtbot, parts=parts)
    early = [button.text() for button in page.view.buttons]
    room.clock.advance(days=31)
    room.show(page.screen, page.relief.id)
    page.deed(DeedKind.PAY_PART)
    page.deed(DeedKind.DROP_PART)

    states = [part.status for part in page.case().instalments]
    assert DeedKind.PAY_PART.label not in early
    assert states == [
        InstalmentStatus.PAID,
        InstalmentStatus.PAID,
        InstalmentStatus.CANCELLED,
    ]
    assert page.case().given == Money.yuan(700)
    assert len(page.printers.sent) == 1


def test_a_stranger_is_named_later_by_keyboard_and_only_once(room: Room, qtbot: QtBot):
    page = CasePage(
        room, qtbot, household=None, payee_name="不知道姓名", is_unknown=True,
        amount=Money.yuan(300),
    )  # fmt: skip
    page.deed(DeedKind.NAME).press("Ctrl+Return")
    nameless = page.view.problem.detail.text()
    page.compose("陆小川").press("Return").compose("459901197203090020").press("Ctrl+Return")
    numberless = page.view.problem.detail.text()
    page.view.fields.payee_id_number.setText("")
    page.view.fields.payee_id_number.commit()
    page.press("Ctrl+Return")

    assert ("F-10" in nameless, "I-05" in numberless) == (True, True)
    assert page.case().relief.payee_name == "陆小川"
    assert "陆小川 · 火灾" in " ".join(texts(page.view))
    assert DeedKind.NAME not in deeds_of(page.case(), TODAY)


def test_the_number_of_a_receipt_written_by_hand_is_kept_on_the_page(paid: CasePage):
    paid.deed(DeedKind.RECEIPT).press("Ctrl+Return")
    refused = paid.view.problem.detail.text()
    paid.compose("0012345").press("Ctrl+Return")

    assert "M-83" in refused
    assert "手写收条：收据号 0012345" in " ".join(texts(paid.view))


def test_what_was_not_given_has_no_receipt_and_who_is_known_no_name_to_find(
    room: Room, qtbot: QtBot
):
    page = CasePage(room, qtbot, by="report")

    assert not {DeedKind.RECEIPT, DeedKind.NAME} & set(deeds_of(page.case(), TODAY))


def test_a_part_that_was_taken_back_leaves_no_receipt(room: Room, qtbot: QtBot):
    page = CasePage(room, qtbot, parts=(Money.yuan(500), Money.yuan(300)))
    before = deeds_of(page.case(), TODAY)
    first = page.case().instalments[0]
    steps = room.desk.relief.steps
    room.do(lambda: steps.reverse_part(page.relief.id, first.id, "金额写错"))

    after = deeds_of(page.case(), TODAY)

    assert (DeedKind.RECEIPT in before, DeedKind.RECEIPT in after) == (True, False)


def test_following_on_begins_the_form_with_the_same_payee(paid: CasePage):
    paid.deed(DeedKind.FOLLOW)

    assert paid.room.went[-1] == ("relief", f"follow:{paid.relief.id}")


def test_all_three_papers_can_be_printed(paid: CasePage):
    for button in (paid.view.receipt, paid.view.approval, paid.view.late):
        paid.hands.click(button)
        paid.room.settle()

    assert len(paid.printers.sent) == 3


def test_going_back_keeps_what_was_typed(paid: CasePage):
    paid.deed(DeedKind.REVERSE).compose("金额写错了").press("Tab")
    paid.hands.click(paid.view.fields.back)
    paid.room.settle()
    paid.deed(DeedKind.REVERSE)

    assert paid.view.fields.reason.text() == "金额写错了"
    assert paid.case().relief.status is ReliefStatus.PAPERWORK_PENDING


def test_the_papers_are_asked_for_at_once_where_the_page_is_opened_to(paid: CasePage):
    paid.screen.presenter.open(f"make_up:{paid.relief.id}")
    paid.room.settle()
    fields = paid.view.fields
    ticked, told = fields.items.value(), fields.explained.text()
    paid.press("2", "3", "4", "5", "Ctrl+Return")

    assert ticked is None
    assert "没打勾的不算" in told
    assert paid.case().supplements[0].items == LATE_PAPERS
    assert paid.case().relief.status is ReliefStatus.SUPPLEMENTED


def test_the_end_of_the_emergency_is_asked_once(paid: CasePage):
    paid.deed(DeedKind.END_EMERGENCY).press("Ctrl+Return")

    assert paid.case().relief.emergency_over_on is not None
    assert DeedKind.END_EMERGENCY not in deeds_of(paid.case(), TODAY)


def test_a_sum_that_cannot_be_read_is_not_the_one_before_it(paid: CasePage):
    paid.deed(DeedKind.MAKE_UP)
    paid.view.fields.text.setFocus()
    paid.compose("不属实")
    paid.view.fields.result.setFocus()
    paid.press("2", "Ctrl+Return")
    paid.deed(DeedKind.RECOVER).press(*"300", "Return")
    paid.view.fields.amount.setFocus()
    paid.press("Ctrl+A", *"9" * 17, "Ctrl+Return")

    assert paid.case().recovered == Money(0)
    assert "金额太大" in " ".join(texts(paid.view.fields))
