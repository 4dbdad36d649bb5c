"""Who money may still go to, after what has happened to people and households."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.clock import china_date
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import ApprovalWay, CheckResult
from app.domain.today import WorkKind
from app.services.relief_asked import Approval, MakeUp
from tests.relief import asked, refusal
from tests.storefile import household_of

SAME = {"event": EventKind.FIRE, "amount": Money.yuan(210)}


@pytest.fixture
def homes(work):
    """Two households: of two people, and of two others."""
    made = (household_of("覃兰英", "覃小雨"), household_of("赵大山", "陈阿秀", door="3号"))
    work.households.add_all(list(made))
    return made


def dies(work, home, left_over, on=None):
    (dead,) = {one.person.id for one in home.members} - {left_over}
    change = FamilyChange(
        household=home.id,
        kind=FamilyDeed.DEATH,
        on=on or work.clock.today(),
        people=(dead,),
        head=left_over,
    )
    work.families.do(change)


def second(home):
    return home.members[1].person.id


def test_nothing_more_is_paid_to_the_dead(work, homes):
    home, _ = homes
    agreed = work.relief.refer(asked(home, amount=Money.yuan(2500)))
    work.relief.steps.approve(agreed.id, Approval("黄镇长", ApprovalWay.PHONE), Money.yuan(400))
    dies(work, home, second(home))

    assert refusal(work.relief.pay_known, agreed.id).code == "M-67"
    assert refusal(work.relief.pay, asked(home, event=EventKind.NO_FOOD)).code == "M-67"
    assert work.relief.pay(asked(home, payee=second(home), event=EventKind.NO_FOOD)).paid_at


def test_nothing_is_noted_or_sent_up_for_the_dead(work, homes):
    home, _ = homes
    noted = work.relief.report(asked(home))
    dies(work, home, second(home))
    flood = asked(home, event=EventKind.FLOOD)

    assert refusal(work.relief.report, flood).code == "M-67"
    assert refusal(work.relief.refer, flood, "太大").code == "M-67"
    assert refusal(work.relief.steps.refer_known, noted.id, "太大").code == "M-67"
    assert [one.id for one in work.relief.all()] == [noted.id]


def test_a_part_is_not_paid_to_the_dead(work, homes):
    home, _ = homes
    paid = work.relief.pay(asked(home, amount=Money.yuan(500), parts=(Money.yuan(250),) * 2))
    dies(work, home, second(home))
    part = work.relief.case(paid.id).instalments[1]
    work.clock.advance(days=40)

    assert refusal(work.relief.pay_part, paid.id, part.id).code == "M-67"
    assert said_of(work, WorkKind.INSTALMENT) == (
        "第 2 次，250 元，领款人去世了",
        "记下一次不给了，要帮就另记一笔",
    )


def said_of(work, kind):
    """Why, and what to do, of the one row of a kind; the kept list is as if made anew."""
    assert work.worklist.check() == []
    (row,) = [one for one in work.worklist.today().items if one.kind is kind]
    return row.why, row.action


def test_what_was_agreed_for_somebody_who_died_is_not_to_be_handed_over(work, homes):
    home, _ = homes
    agreed = work.relief.refer(asked(home, amount=Money.yuan(2500)))
    work.relief.steps.approve(agreed.id, Approval("黄镇长", ApprovalWay.PHONE), Money.yuan(400))
    dies(work, home, second(home))

    why, action = said_of(work, WorkKind.RELIEF_TO_PAY)

    assert (why.endswith("领款人去世了"), action) == (True, "换家里别的人领，另记一笔")


def test_a_death_before_the_payment_that_is_told_later_is_asked_about_until_the_end(work, homes):
    home, _ = homes
    day = work.clock.today()
    paid = work.relief.pay(asked(home, approval=Approval("黄镇长", ApprovalWay.PHONE)))
    told = f"{day.month}月{day.day}日火灾先给了 300 元，领款人 2月20日就去世了"
    dies(work, home, second(home), on=date(2026, 2, 20))

    owed = [str(debt) for debt in work.relief.debts(paid.id)]
    first = said_of(work, WorkKind.RELIEF_PAPERWORK)
    work.relief.steps.make_up(paid.id, MakeUp(text="钱是她女儿领的", items=LATE_PAPERS))
    last = said_of(work, WorkKind.RELIEF_TO_CLOSE)
    work.relief.steps.close(paid.id)

    assert "领款人 2月20日就去世了，钱是后来给的，要问清谁领的" in owed
    assert first == (told, "问清谁领的，补齐手续")
    assert last == (told, "问清谁领的，再办结")
    assert work.relief.debts(paid.id) == ()


def test_a_death_on_the_day_of_the_payment_or_after_it_asks_nobody_who_took_it(work, homes):
    home, _ = homes
    paid = work.relief.pay(asked(home))
    dies(work, home, second(home))

    assert [debt.what for debt in work.relief.debts(paid.id)] == ["待补手续", "等审批"]
    assert said_of(work, WorkKind.RELIEF_PAPERWORK)[1] == "补齐手续"


def test_only_a_part_that_was_given_counts_as_given_after_a_death(work, homes):
    home, _ = homes
    paid = work.relief.pay(asked(home, amount=Money.yuan(500), parts=(Money.yuan(250),) * 2))
    work.clock.advance(days=40)
    part = work.relief.case(paid.id).instalments[1]
    work.relief.pay_part(paid.id, part.id)
    dies(work, home, second(home), on=paid_day(paid) + timedelta(days=20))
    asks = [debt.what for debt in work.relief.debts(paid.id)]

    work.relief.steps.reverse_part(paid.id, part.id, "人已经不在了")

    assert any(what.startswith("领款人") for what in asks)
    assert not any(debt.what.startswith("领款人") for debt in work.relief.debts(paid.id))


def paid_day(paid):
    return china_date(paid.found_at)


def test_the_row_of_a_payee_who_moved_on_hears_of_the_death(work, homes):
    home, other = homes
    payee = home.members[0].person.id
    work.relief.pay(asked(home, amount=Money.yuan(500), parts=(Money.yuan(250),) * 2))
    move = FamilyChange(
        household=home.id, kind=FamilyDeed.MOVE, on=work.clock.today(), people=(payee,),
        head=second(home), other=other.id,
    )  # fmt: skip
    work.families.do(move)
    death = FamilyChange(
        household=other.id, kind=FamilyDeed.DEATH, on=work.clock.today(), people=(payee,),
    )  # fmt: skip
    work.families.do(death)
    work.clock.advance(days=40)

    assert said_of(work, WorkKind.INSTALMENT)[0].endswith("领款人去世了")


def test_nothing_is_paid_to_a_household_that_is_no_more(work, homes):
    home, other = homes
    merge(work, home, other)

    assert refusal(work.relief.pay, asked(home, event=EventKind.NO_FOOD)).code == "M-68"


def merge(work, home, other):
    work.families.do(
        FamilyChange(
            household=home.id,
            kind=FamilyDeed.MERGE,
            on=work.clock.today(),
            people=(),
            other=other.id,
        )
    )


def test_the_same_fire_is_remembered_after_a_merger(work, homes):
    home, other = homes
    work.relief.pay(asked(home, amount=Money.yuan(200)))
    merge(work, home, other)

    again = asked(other, payee=home.members[0].person.id, **SAME)

    assert refusal(work.relief.pay, again).code == "M-21"


def test_the_same_fire_is_remembered_when_the_payee_leaves_the_house(work, homes):
    home, _ = homes
    leaver = home.members[0].person.id
    work.relief.pay(asked(home, amount=Money.yuan(200)))
    work.families.do(
        FamilyChange(
            household=home.id,
            kind=FamilyDeed.SPLIT,
            on=work.clock.today(),
            people=(leaver,),
            head=second(home),
            leads=leaver,
            group_name="一组",
            door="9号",
        )
    )
    with work.begin() as unit:
        ((_, new_home, *_),) = unit.relief.residents(person=leaver)

    again = asked(household=new_home, payee=leaver, **SAME)

    assert refusal(work.relief.pay, again).code == "M-21"


def splits(work, home, leaver):
    """The leaver has a household of their own from now; its id."""
    work.families.do(
        FamilyChange(
            household=home.id,
            kind=FamilyDeed.SPLIT,
            on=work.clock.today(),
            people=(leaver,),
            head=({one.person.id for one in home.members} - {leaver}).pop(),
            leads=leaver,
            group_name="一组",
            door="9号",
        )
    )
    with work.begin() as unit:
        ((_, new_home, *_),) = unit.relief.residents(person=leaver)
    return new_home


def test_the_same_fire_is_remembered_by_those_who_moved_out_of_the_house(work, homes):
    home, _ = homes
    leaver = second(home)
    work.relief.pay(asked(home, amount=Money.yuan(200)))
    work.clock.advance(hours=1)
    new_home = splits(work, home, leaver)

    again = asked(household=new_home, payee=leaver, **SAME)

    assert refusal(work.relief.pay, again).code == "M-21"


def test_a_fire_after_they_moved_out_is_not_theirs(work, homes):
    home, _ = homes
    leaver = second(home)
    new_home = splits(work, home, leaver)
    work.clock.advance(days=2)
    work.relief.pay(asked(home, amount=Money.yuan(200)))

    assert work.relief.pay(asked(household=new_home, payee=leaver, **SAME)).paid_at


def test_the_same_fire_is_remembered_by_those_they_moved_in_with(work, homes):
    home, other = homes
    work.relief.pay(asked(home, amount=Money.yuan(200)))
    merge(work, home, other)

    again = asked(other, payee=other.members[0].person.id, **SAME)

    assert refusal(work.relief.pay, again).code == "M-21"


def test_what_was_agreed_is_paid_as_it_was_agreed(work, homes):
    home, _ = homes
    noted = work.relief.report(asked(home, amount=Money.yuan(500)))
    work.relief.steps.verify(noted.id)
    work.relief.steps.approve(noted.id, Approval("黄镇长", ApprovalWay.PHONE), Money.yuan(100))

    refused = refusal(work.relief.pay, asked(home, amount=Money.yuan(900), known=noted.id))

    assert (refused.code, "100.00" in refused.what) == ("M-24", True)
    assert work.relief.pay_known(noted.id).amount == Money.yuan(100)


def test_what_was_taken_back_whole_is_not_to_be_got_back(work, homes):
    home, _ = homes
    paid = work.relief.pay(asked(home, amount=Money.yuan(600), parts=(Money.yuan(300),) * 2))
    first = work.relief.case(paid.id).instalments[0]
    work.relief.steps.reverse_part(paid.id, first.id, "打错")
    wrong = MakeUp(text="不符", result=CheckResult.RECOVER)

    assert refusal(work.relief.steps.make_up, paid.id, wrong).code == "M-69"
    assert work.relief.get(paid.id).status == paid.status
    in_order = MakeUp(items=LATE_PAPERS)
    assert work.relief.steps.make_up(paid.id, in_order).status is ReliefStatus.SUPPLEMENTED


def test_no_further_part_is_owed_while_money_is_got_back(work, homes):
    home, _ = homes
    paid = work.relief.pay(asked(home, amount=Money.yuan(600), parts=(Money.yuan(300),) * 2))
    work.relief.steps.make_up(paid.id, MakeUp(text="不符", result=CheckResult.RECOVER))
    work.clock.advance(days=60)

    assert not any("还没给" in str(debt) for debt in work.relief.debts(paid.id))


def test_parts_are_not_forgotten_on_the_way_up(work, homes):
    home, _ = homes
    thrice = asked(home, amount=Money.yuan(900), parts=(Money.yuan(300),) * 3)

    assert refusal(work.relief.refer, thrice, "数大").code == "M-70"
    assert refusal(work.relief.report, thrice).code == "M-70"
    assert work.relief.all() == []
