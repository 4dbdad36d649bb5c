"""Two at the same moment, on PostgreSQL: one proposal, one decision, one use of a code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from county_server.console.answers import Answer
from county_server.console.cases import APPLICATION, read_case
from county_server.console.door import FREE_TRIES, Door
from county_server.console.opinions import Opinions
from county_server.console.proposals import Propose
from county_server.console.roles import Role
from tests.consoles import Bureau, application, as_staff, published
from tests.counties import Office, found_office

CROWD = 4


@pytest.fixture
def office(postgres_url, tmp_path, clock) -> Iterator[Office]:
    """A county on PostgreSQL."""
    made = found_office(tmp_path / "county", postgres_url, clock)
    yield made
    made.database.close()


def together(*jobs: Callable[[], object]) -> list[str]:
    """Do the jobs at the same moment; what became of each."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> str:
        barrier.wait()
        try:
            job()
        except Refused as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return sorted(pool.map(run, jobs))


def test_one_proposal_one_decision_one_use_of_a_code(office):
    bureau = Bureau(office)
    device = office.device()
    case = application(device, published(office, "practice"))
    office.push(device)
    handler = bureau.hire("lan", Role.TOWNSHIP_HANDLER)
    heads = [bureau.hire(f"wei{n}", Role.TOWNSHIP_HEAD) for n in range(CROWD)]
    opinions = Opinions(office.database, office.clock)
    with office.database.read() as connection:
        seen = read_case(connection, office.clock, APPLICATION, case).basis
    wanted = Propose(
        entity=APPLICATION, entity_id=case, seen=seen, answer=Answer.AGREE,
        category=Category.DIBAO, amount=Money.yuan(235),
    )  # fmt: skip
    maker, made = as_staff(handler, Role.TOWNSHIP_HANDLER), []

    proposed = together(*[lambda: made.append(opinions.propose(maker, wanted))] * CROWD)
    checkers = [as_staff(one, Role.TOWNSHIP_HEAD) for one in heads]
    decided = together(*[lambda who=who: opinions.approve(who, made[0]) for who in checkers])
    door = Door(bureau.book, bureau.sessions, office.database, office.clock)
    code = handler.code(office)
    entered = together(*[lambda: door.enter("lan", handler.password, code)] * CROWD)

    assert proposed == ["K-69"] * (CROWD - 1) + ["done"]
    assert decided == ["K-69"] * (CROWD - 1) + ["done"]
    assert entered.count("done") == 1
    assert [what for _, what in bureau.audit()].count("decide") == 1
    assert [what for _, what in bureau.audit()].count("sign-in") == 1


def test_a_crowd_of_guesses_is_judged_one_by_one(office):
    bureau = Bureau(office)
    bureau.hire("lan", Role.TOWNSHIP_HANDLER)
    door = Door(bureau.book, bureau.sessions, office.database, office.clock)

    tried = together(*[lambda: door.enter("lan", "not this one", "000000")] * (FREE_TRIES + 3))

    assert tried == ["K-60"] * FREE_TRIES + ["K-61"] * 3
