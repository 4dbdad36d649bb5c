"""What the county grants, changes and ends, month by month; nothing is paid twice."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.casework import ApplicationStatus
from app.domain.grace_states import GraceEvent as E
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from county_server.benefit_book import words_of
from county_server.benefit_changes import BenefitChanges, ChangeBenefit, UndoBenefit
from county_server.benefits import grant
from county_server.decisions import Decide
from county_server.graces import CountyGraces, Say
from county_server.ledger import Ledger
from county_server.tables import audit, document
from tests.cases import value_toml
from tests.county_server.test_graces import WORD, publish_with

SAID = {"by": "县民政局 李科长", "paper_no": "练民救〔2026〕9号"}
MAY = date(2026, 5, 1)
YUAN_235, YUAN_300 = Money.parse("235.00"), Money.parse("300.00")


@pytest.fixture
def device(office):
    """A device whose household asked twice: for 边缘 first, for 低保 soon after; and its F21."""
    made = office.device()
    home = made.household()
    for number in ("N-1", "N-2"):
        filed = {"document_no": number, "household_id": home, "status": "submitted"}
        made.operation("application", f"a-{number}", filed, subject=home)
    printed = {"form": "F21", "document_no": "N-21", "household_id": home}
    made.operation("print_record", "p-21", printed, subject=home)
    office.push(made)
    made.home = home
    return made


@pytest.fixture
def changes(office):
    return BenefitChanges(office.database, office.clock)


def decided(office, number, fen, category=Category.DIBAO):
    office.decisions.decide(
        Decide(
            document_no=number, status=ApplicationStatus.CONFIRMED, category=category,
            benefit_month=fen,
        )
    )  # fmt: skip


def word(**said):
    return ChangeBenefit(
        **(
            {"document_no": "N-21", "month_sum": None, "begins": MAY, "reason": "复核"}
            | SAID
            | said
        )
    )


def held(office, entity):
    """The county's records of one kind, by id."""
    with office.database.read() as connection:
        query = select(document.c.entity_id, document.c.body).where(document.c.entity == entity)
        return {row.entity_id: row.body for row in connection.execute(query)}


def benefits(office):
    """The months and sums of every benefit."""
    known = held(office, "benefit").values()
    months = [(one["from_month"], one["to_month"], one["amount_fen"]) for one in known]
    return sorted(months, key=lambda one: (one[0], one[1] or "still"))


def household(office, device):
    """What it is recognised as, and what it is paid a month."""
    body = held(office, "household")[device.home]
    return body["category"], body["benefit_month_fen"]


def refusal(changes, **said):
    with pytest.raises(Refused) as caught:
        changes.say(word(**said))
    return caught.value.code


def test_decided_twice_in_a_month_the_next_is_paid_once_by_the_later_word(office, device):
    decided(office, "N-1", YUAN_235, Category.MARGINAL)
    office.clock.advance(days=10)
    decided(office, "N-2", YUAN_300)

    assert benefits(office) == [("2026-04-01", None, 30_000)]


def test_what_never_began_and_is_followed_by_nothing_is_paid_for_no_month(office, device):
    decided(office, "N-1", YUAN_235)
    decided(office, "N-2", None, Category.RIGID_EXPENDITURE)

    assert benefits(office) == [("2026-04-01", "2026-04-01", 0)]


def test_who_is_paid_is_not_confirmed_anew_without_a_sum(office, device):
    decided(office, "N-1", YUAN_235)

    with pytest.raises(Refused) as caught:
        decided(office, "N-2", None)

    assert caught.value.code == "K-13"
    assert benefits(office) == [("2026-04-01", None, 23_500)]
    assert household(office, device) == ("dibao", 23_500)


def test_another_sum_follows_the_month_before_without_a_gap(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)

    assert changes.say(word(month_sum=YUAN_300)) == device.home

    assert benefits(office) == [
        ("2026-04-01", "2026-04-01", 23_500),
        ("2026-05-01", None, 30_000),
    ]
    assert household(office, device) == ("dibao", 30_000)


def test_an_end_takes_the_household_off_with_the_month_before(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)

    changes.say(word(reason="全家迁走"))

    assert benefits(office) == [("2026-04-01", "2026-04-01", 23_500)]
    assert household(office, device) == ("none", None)
    news = {e.entity: e.body for page in office.pull(device) for e in page.entries}
    assert news["benefit"]["stop_reason"] == "全家迁走（练民救〔2026〕9号，县民政局 李科长）"
    assert news["household"]["category"] == "none"


def test_a_month_that_was_paid_stays_as_it_was_paid(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)

    for begins in (date(2026, 3, 1), date(2026, 4, 1)):
        assert refusal(changes, begins=begins) == "K-97"
        assert refusal(changes, begins=begins, month_sum=YUAN_300) == "K-97"
    assert benefits(office) == [("2026-04-01", None, 23_500)]


@pytest.mark.parametrize(
    "said",
    [
        {"by": " "}, {"paper_no": ""}, {"reason": " "}, {"begins": date(2026, 6, 1)},
        {"month_sum": Money(0)}, {"month_sum": YUAN_235},
    ],
)  # fmt: skip
def test_a_word_that_is_not_whole_changes_nothing(office, device, changes, said):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=31)

    assert refusal(changes, **said) == "K-97"
    assert benefits(office) == [("2026-04-01", None, 23_500)]
    assert household(office, device) == ("dibao", 23_500)


def test_nothing_is_changed_where_the_county_pays_nothing(office, device, changes):
    office.clock.advance(days=31)
    assert refusal(changes) == "K-98"
    assert refusal(changes, month_sum=YUAN_300) == "K-98"
    assert refusal(changes, document_no="N-404") == "K-96"


def test_nobody_is_taken_off_while_exits_are_frozen(office, device, changes, tmp_path):
    decided(office, "N-1", YUAN_235)
    publish_with(office, tmp_path, value_toml("exit_suspended", "value = true"))
    office.clock.advance(days=31)

    assert refusal(changes) == "G-11"
    changes.say(word(month_sum=YUAN_300))
    ended = {"ended_on": "2026-03-02", "ended_by": "move_out"}
    device.operation("household", device.home, ended, subject=device.home, base=3)
    office.push(device)
    office.clock.advance(days=30)
    changes.say(word(begins=date(2026, 6, 1), reason="全家迁走"))

    assert household(office, device) == ("none", None)


def undone(office, changes, **said):
    asked = {"document_no": "N-21", "reason": "停错了一户"} | SAID | said
    return changes.undo(UndoBenefit(**asked))


def test_a_stop_on_the_wrong_household_is_taken_back_and_stays_on_record(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)
    changes.say(word(reason="全家迁走"))

    assert undone(office, changes) == device.home

    assert benefits(office) == [("2026-04-01", None, 23_500)]
    assert household(office, device) == ("dibao", 23_500)
    news = {e.entity: e.body for page in office.pull(device) for e in page.entries}
    assert (news["benefit"]["to_month"], news["benefit"]["stop_reason"]) == (None, "")
    with office.database.read() as connection:
        (kept,) = words_of(connection, device.home)
        told = connection.execute(select(audit.c.what).order_by(audit.c.n)).scalars().all()
    assert (kept.reason, kept.undone_why) == (
        "全家迁走", "县里撤回：停错了一户（练民救〔2026〕9号，县民政局 李科长）"
    )  # fmt: skip
    assert list(told)[-2:] == ["benefit", "benefit-undo"]


@pytest.mark.parametrize("until", [40, 65])
def test_a_sum_mistyped_is_taken_back_and_said_anew(office, device, changes, until):
    """Before the month it speaks of, and in that month where it was entered in it."""
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=until)
    changes.say(word(month_sum=YUAN_300))
    office.clock.advance(days=10)

    undone(office, changes, reason="应是265元")
    changes.say(word(month_sum=Money.parse("265.00"), begins=MAY))

    assert benefits(office) == [
        ("2026-04-01", "2026-04-01", 23_500),
        ("2026-05-01", "2026-05-01", 0),
        ("2026-05-01", None, 26_500),
    ]
    assert household(office, device) == ("dibao", 26_500)


def test_what_took_hold_in_an_earlier_month_is_not_taken_back(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)
    changes.say(word())
    office.clock.advance(days=25)

    with pytest.raises(Refused, match="已经生效") as caught:
        undone(office, changes)

    assert caught.value.code == "K-99"
    assert household(office, device) == ("none", None)


def test_nothing_is_taken_back_over_a_newer_word(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)
    changes.say(word())
    decided(office, "N-2", YUAN_300)

    with pytest.raises(Refused, match="后来这一户的待遇又变过") as caught:
        undone(office, changes)

    assert caught.value.code == "K-99"
    assert household(office, device) == ("dibao", 30_000)


def test_what_was_taken_back_is_not_taken_back_again(office, device, changes):
    decided(office, "N-1", YUAN_235)
    office.clock.advance(days=40)
    changes.say(word(month_sum=YUAN_300))
    undone(office, changes)

    for said, code in (({}, "K-99"), ({"reason": " "}, "K-97"), ({"document_no": "N-0"}, "K-96")):
        with pytest.raises(Refused) as caught:
            undone(office, changes, **said)
        assert caught.value.code == code
    assert benefits(office)[0] == ("2026-04-01", None, 23_500)


def on_a_test(device, number, answer):
    """The application stands on a test with this answer."""
    test = device.operation("assessment", f"t-{number}", {"answer": answer}, subject=device.home)
    device.operation(
        "application", f"a-{number}", {"assessment_id": test.entity_id}, subject=device.home, base=1
    )


def rung(of, *members, outcome="meets"):
    return {"rung": of, "outcome": outcome, "members": list(members)}


def whose(office):
    """Whom each benefit is for, the first first."""
    known = sorted(held(office, "benefit").values(), key=lambda one: one["from_month"])
    return [one["person_ids"] for one in known]


@pytest.mark.parametrize(
    ("category", "rungs", "people"),
    [
        (Category.SINGLE_PERSON, [rung("dibao", "p", outcome="fails"), rung("single_person", "p")],
         ["p"]),
        (Category.TEKUN, [rung("tekun", "p", "q")], ["p", "q"]),
        (Category.TEKUN, [rung("tekun", "p", outcome="unknown")], []),
        (Category.DIBAO, [rung("dibao", "p")], []),
        (Category.TEKUN, None, []),
        (Category.TEKUN, [3, rung("tekun")], []),
    ],
)  # fmt: skip
def test_what_is_granted_to_people_says_to_whom(office, device, changes, category, rungs, people):
    on_a_test(device, "N-1", {"rungs": rungs})
    office.push(device)

    decided(office, "N-1", YUAN_235, category)
    office.clock.advance(days=40)
    changes.say(word(month_sum=YUAN_300))

    assert whose(office) == [people, people]


@pytest.fixture
def graces(office):
    return CountyGraces(office.database, office.clock)


def run_out(office, device, graces):
    """A 渐退 of one month, to its end."""
    fields = {
        "household_id": device.home, "status": "proposed", "start_month": "2026-04-01",
        "shares": [{"month": "2026-04", "percent": 100, "fen": 23_500}], "former_fen": 23_500,
        "heads": 1,
    }  # fmt: skip
    device.operation("grace_period", "g-1", fields, subject=device.home)
    office.push(device)
    graces.say(Say(grace_id="g-1", event=E.APPROVE, **WORD))
    for base, old, new in ((2, "approved", "running"), (3, "running", "ended")):
        moved = {"status": new}
        device.operation(
            "grace_period", "g-1", moved, subject=device.home, base=base, old={"status": old}
        )
        office.push(device)


def test_an_exit_entered_late_ends_with_the_last_month_of_its_shares(office, device, graces):
    decided(office, "N-1", YUAN_235)
    run_out(office, device, graces)
    office.clock.advance(days=400)

    graces.say(Say(grace_id="g-1", event=E.EXIT, **WORD))

    assert benefits(office) == [("2026-04-01", "2026-04-01", 23_500)]


def told_by_the_village(office, device, base=4):
    """The township confirms there: its exit comes up from the laptop."""
    device.operation(
        "grace_period", "g-1", {"status": "exited"}, subject=device.home, base=base,
        old={"status": "ended"},
    )  # fmt: skip
    return office.push(device)


def test_an_exit_the_village_tells_of_ends_what_is_paid(office, device, graces):
    decided(office, "N-1", YUAN_235)
    run_out(office, device, graces)
    office.clock.advance(days=400)

    told_by_the_village(office, device)

    assert held(office, "grace_period")["g-1"]["status"] == "exited"
    assert household(office, device) == ("none", None)
    assert benefits(office) == [("2026-04-01", "2026-04-01", 23_500)]


def test_an_exit_told_late_ends_nothing_that_was_granted_since(office, device, graces):
    decided(office, "N-1", YUAN_235)
    run_out(office, device, graces)
    office.clock.advance(days=70)
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        home = ledger.get("household", device.home)
        grant(ledger, home, Category.DIBAO, 30_000, date(2026, 6, 1))
        ledger.flush()

    told_by_the_village(office, device)

    assert household(office, device)[0] == "dibao"
    assert benefits(office)[-1] == ("2026-06-01", None, 30_000)


def test_an_old_grace_takes_nobody_off_what_was_granted_anew(office, device, graces):
    decided(office, "N-1", YUAN_235)
    run_out(office, device, graces)
    decided(office, "N-2", YUAN_300)

    with pytest.raises(Refused) as caught:
        graces.say(Say(grace_id="g-1", event=E.EXIT, **WORD))

    assert caught.value.code == "G-01"
    assert household(office, device) == ("dibao", 30_000)
    assert held(office, "grace_period")["g-1"]["status"] == "cancelled"
    notes = [one["note"] for one in held(office, "grace_step").values()]
    assert "县里重新认定" in notes


@pytest.mark.parametrize(
    ("says", "first"),
    [("month_of_application", "2026-02-01"), ("month_after_confirmation", "2026-04-01")],
)
def test_it_is_paid_from_the_month_the_published_pack_says(office, device, tmp_path, says, first):
    publish_with(office, tmp_path, value_toml("benefit_start", f'value = "{says}"'))
    filed = {
        "document_no": "N-3", "household_id": device.home, "status": "submitted",
        "filed_on": "2026-02-27",
    }  # fmt: skip
    device.operation("application", "a-N-3", filed, subject=device.home)
    office.push(device)

    decided(office, "N-3", YUAN_300)

    assert benefits(office) == [(first, None, 30_000)]


def test_where_the_month_of_the_application_counts_and_is_not_known_it_is_the_next(
    office, device, tmp_path
):
    publish_with(office, tmp_path, value_toml("benefit_start", 'value = "month_of_application"'))

    decided(office, "N-1", YUAN_300)

    assert benefits(office) == [("2026-04-01", None, 30_000)]
