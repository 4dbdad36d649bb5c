"""Two connections to one file pay out of one fund at the same moment: it is never overdrawn."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path

from sqlalchemy import insert

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import DeviceRow, ServerDocumentRow
from app.models.registry import METADATA
from app.services.fund import ReserveFunds
from app.services.ground_rules import GroundRules
from app.services.relief import ReliefCases
from app.services.relief_asked import PayRelief
from app.store import projection
from app.store.engine import open_engine
from app.store.sqlcipher import create
from tests.fakes import NOON, StoppedClock
from tests.policies import PracticePolicies
from tests.storefile import beginner, device_row


def a_file(directory: Path, clock: StoppedClock) -> tuple[Path, bytes]:
    """A file with a quota of 5,000 yuan and 1,000 in the fund."""
    path, key = directory / "xieli.db", secrets.token_bytes(32)
    create(path, key)
    engine = open_engine(path, key)
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(insert(table_of(DeviceRow)), device_row())
        body = {
            "amount_fen": 500_000,
            "not_after": "2026-06-01",
            "signed": "…",
            "issued_at": instant_text(NOON),
        }
        document = {"entity": "quota_token", "entity_id": "q-1", "subject": "q-1", "version": 1}
        connection.execute(insert(table_of(ServerDocumentRow)), document | {"body": body})
        projection.rebuild(connection, "quota_token", "q-1")
    ReserveFunds(beginner(engine, clock), clock).put_in(Money.yuan(1000), clock.today())
    engine.dispose()
    return path, key


def test_two_hands_in_one_purse_never_take_more_than_is_in_it(tmp_path: Path, clock: StoppedClock):
    path, key = a_file(tmp_path, clock)
    start = threading.Barrier(2)
    paid: list[str] = []
    refused: list[str] = []

    def pay(name: str) -> None:
        engine = open_engine(path, key)
        rules = GroundRules(PracticePolicies(), clock)
        relief = ReliefCases(beginner(engine, clock), clock, rules)
        request = PayRelief(
            household=None,
            payee_name=name,
            event=EventKind.FIRE,
            amount=Money.yuan(700),
            way=ReliefWay.CASH,
        )
        start.wait()
        try:
            relief.pay(request)
            paid.append(name)
        except Refused as problem:
            refused.append(problem.code)
        engine.dispose()

    hands = [threading.Thread(target=pay, args=(name,)) for name in ("覃兰英", "黄有财")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    engine = open_engine(path, key)
    state = ReserveFunds(beginner(engine, clock), clock).state()
    assert (len(paid), refused) == (1, ["M-22"])
    assert state.balance == Money.yuan(300)
    engine.dispose()


def test_the_same_relief_typed_on_two_connections_is_paid_once(tmp_path: Path, clock: StoppedClock):
    path, key = a_file(tmp_path, clock)
    start = threading.Barrier(2)
    answers: list[str] = []

    def pay() -> None:
        engine = open_engine(path, key)
        rules = GroundRules(PracticePolicies(), clock)
        relief = ReliefCases(beginner(engine, clock), clock, rules)
        request = PayRelief(
            household=None,
            payee_name="覃兰英",
            event=EventKind.FIRE,
            amount=Money.yuan(300),
            way=ReliefWay.CASH,
        )
        start.wait()
        try:
            relief.pay(request)
            answers.append("paid")
        except Refused as problem:
            answers.append(problem.code)
        engine.dispose()

    hands = [threading.Thread(target=pay) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert sorted(answers) == ["F-13", "paid"]
