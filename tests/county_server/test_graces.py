"""The county's word about a 渐退: entered by the number on the paper, sent down, never twice."""

from __future__ import annotations

import io
from argparse import Namespace

import pytest

from app.domain.casework import ApplicationStatus
from app.domain.grace_states import GraceEvent as E
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from county_server import verbs
from county_server.__main__ import build_parser
from county_server.decisions import Decide
from county_server.graces import CountyGraces, Say
from county_server.ledger import Ledger
from county_server.packs import SHIPPED, read_layers
from tests.cases import value_toml

LAYER = "2026-01-01_practice.toml"
WORD = {"by": "县民政局 李科长", "paper_no": "练民渐〔2026〕3号"}
SHARES = [{"month": "2026-03", "percent": 100, "fen": 23500}]


@pytest.fixture
def device(office):
    """A device that proposed a 渐退 and printed its F20."""
    made = office.device()
    home = made.household()
    fields = {
        "household_id": home,
        "status": "proposed",
        "start_month": "2026-03-01",
        "shares": SHARES,
        "former_fen": 23500,
        "heads": 1,
    }
    made.operation("grace_period", "g-1", fields, subject=home)
    printed = {"form": "F20", "document_no": "N-20", "entity_id": "g-1"}
    made.operation("print_record", "p-1", printed, subject=home)
    office.push(made)
    made.grace_of = home
    return made


@pytest.fixture
def graces(office):
    return CountyGraces(office.database, office.clock)


def told(office, device):
    """What the laptop learns: the newest word about each kind of record."""
    return {e.entity: e.body for page in office.pull(device) for e in page.entries}


def test_an_approval_by_the_papers_number_comes_down_with_its_months(office, device, graces):
    assert graces.say(Say(document_no="N-20", event=E.APPROVE, **WORD)) == "g-1"

    news = told(office, device)
    assert news["grace_period"]["status"] == "approved"
    assert news["grace_period"]["start_month"] == "2026-04-01"
    assert news["grace_period"]["shares"] == [{"month": "2026-04", "percent": 100, "fen": 23500}]
    assert news["grace_period"]["approved_on"] == "2026-03-02"
    assert news["grace_step"]["told_by"] == "县民政局 李科长"
    assert news["grace_step"]["after"] == "approved"


def test_the_county_says_what_each_month_pays_where_that_was_open(office, device, graces):
    graces.say(
        Say(grace_id="g-1", event=E.APPROVE, shares="1个月100%，1个月50%，1个月50%=118", **WORD)
    )

    shares = told(office, device)["grace_period"]["shares"]
    assert shares == [
        {"month": "2026-04", "percent": 100, "fen": 23500},
        {"month": "2026-05", "percent": 50, "fen": None},
        {"month": "2026-06", "percent": 50, "fen": 11800},
    ]


def run_to_its_end(office, device, graces) -> None:
    graces.say(Say(grace_id="g-1", event=E.APPROVE, **WORD))
    for base, old, new in ((2, "approved", "running"), (3, "running", "ended")):
        device.operation(
            "grace_period",
            "g-1",
            {"status": new},
            subject=device.grace_of,
            base=base,
            old={"status": old},
        )
        office.push(device)


def test_an_exit_takes_the_household_off_its_benefit(office, device, graces):
    run_to_its_end(office, device, graces)

    graces.say(Say(grace_id="g-1", event=E.EXIT, **WORD))

    news = told(office, device)
    assert news["grace_period"]["status"] == "exited"
    assert (news["household"]["category"], news["household"]["benefit_month_fen"]) == ("none", None)


def publish_with(office, folder, entry: str) -> None:
    """The practice pack with one more entry."""
    text = (SHIPPED / "practice" / LAYER).read_text("utf-8")
    (folder / LAYER).write_text(text + entry, "utf-8")
    office.packs.publish(read_layers([folder / LAYER]))


def test_nobody_is_let_go_while_the_published_pack_suspends_exits(office, device, graces, tmp_path):
    """As 津民发〔2020〕19号 二(五) did."""
    publish_with(office, tmp_path, value_toml("exit_suspended", "value = true"))
    run_to_its_end(office, device, graces)

    with pytest.raises(Refused, match="暂停退出") as refused:
        graces.say(Say(grace_id="g-1", event=E.EXIT, **WORD))

    assert refused.value.code == "G-11"
    with office.database.read() as connection:
        ledger = Ledger(connection, office.clock.now())
        assert ledger.get("grace_period", "g-1").body["status"] == "ended"
        assert ledger.get("household", device.grace_of).version == 1  # as it came


@pytest.mark.parametrize("shares", ["1个月100%", "2个月100%，2个月50%"])
def test_the_county_keeps_to_the_months_the_pack_of_the_proposal_allows(
    office, device, graces, shares
):
    span = {"least_months": 2, "most_months": 3, "basis": "练习规定"}
    fields = {"household_id": device.grace_of, "status": "proposed", "start_month": "2026-03-01"}
    fields |= {"shares": [], "former_fen": 23500, "heads": 1, **span}
    device.operation("grace_period", "g-2", fields, subject=device.grace_of)
    office.push(device)

    with pytest.raises(Refused, match=r"2 到 3 个月（练习规定）") as refused:
        graces.say(Say(grace_id="g-2", event=E.APPROVE, shares=shares, **WORD))
    assert refused.value.code == "G-16"

    graces.say(Say(grace_id="g-2", event=E.APPROVE, shares="1个月100%，1个月50%", **WORD))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grace_id": "nobody"}, "K-21"),
        ({"grace_id": None, "document_no": "N-99"}, "K-21"),
        ({"by": " "}, "K-22"),
        ({"paper_no": ""}, "K-22"),
        ({"event": E.EXIT}, "G-01"),
        ({"shares": "全额"}, "G-14"),
    ],
)
def test_a_word_that_is_not_whole_or_does_not_follow_is_refused(device, graces, changes, code):
    asked = {"grace_id": "g-1", "event": E.APPROVE, **WORD} | changes

    with pytest.raises(Refused) as refused:
        graces.say(Say(**asked))

    assert refused.value.code == code


def test_the_verb_is_typed_as_its_help_says(office, device, monkeypatch):
    args = build_parser().parse_args(
        ["grace", "--data", "x", "--no", "N-20", "--result", "approve", "--by", "县里",
         "--paper", "3号"]
    )  # fmt: skip
    assert isinstance(args, Namespace)
    monkeypatch.setattr(verbs, "open_county", lambda _: (None, office.database, office.clock))
    said = io.StringIO()

    args.run(args, said)

    assert "记批准" in said.getvalue()
    assert told(office, device)["grace_period"]["status"] == "approved"


def decided(office, device, number, benefit):
    """An application of the household, decided by the county."""
    fields = {"document_no": number, "household_id": device.grace_of, "status": "submitted"}
    device.operation("application", f"a-{number}", fields, subject=device.grace_of)
    office.push(device)
    wish = Decide(
        document_no=number,
        status=ApplicationStatus.CONFIRMED,
        category=Category.DIBAO,
        benefit_month=benefit,
    )
    office.decisions.decide(wish)


def benefits(office, device):
    """Every benefit as the laptop learns it last."""
    entries = [e for page in office.pull(device) for e in page.entries if e.entity == "benefit"]
    return sorted({e.entity_id: e.body for e in entries}.values(), key=lambda b: b["amount_fen"])


def test_what_the_county_grants_comes_down_as_its_benefit_from_next_month(office, device):
    decided(office, device, "N-1", Money.parse("235.00"))

    (benefit,) = benefits(office, device)
    assert (benefit["kind"], benefit["amount_fen"], benefit["by_county"]) == ("dibao", 23500, True)
    assert (benefit["from_month"], benefit["to_month"]) == ("2026-04-01", None)


def test_a_new_decision_stops_the_benefit_before_it(office, device):
    decided(office, device, "N-1", Money.parse("235.00"))
    office.clock.advance(days=60)
    decided(office, device, "N-2", Money.parse("300.00"))

    old, new = benefits(office, device)
    assert (old["to_month"], old["stop_reason"]) == ("2026-05-01", "县里重新认定")
    assert (new["from_month"], new["to_month"]) == ("2026-06-01", None)


def test_a_decision_without_a_sum_grants_no_benefit(office, device):
    decided(office, device, "N-1", None)

    assert benefits(office, device) == []
