"""One visit saved (row, sealed operation, chain, anchor), beside one bare commit with FULL sync.

Bar: ≤ 3 × the floor; keystroke → stored ≤ 50 ms at the 95th percentile.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from dataclasses import replace
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import in_turn, p95, seconds, show  # noqa: E402

from app.bootstrap.machine import SystemClock  # noqa: E402
from app.domain.casework import Health, Met, Need, Supplies  # noqa: E402
from app.practice.village import practice_village  # noqa: E402
from app.services.desk import begin_in  # noqa: E402
from app.services.drafts import Drafts  # noqa: E402
from app.services.ground_rules import GroundRules  # noqa: E402
from app.services.households import Households  # noqa: E402
from app.services.policies import Policies  # noqa: E402
from app.services.vaults import CreateVault, Vaults  # noqa: E402
from app.services.visits import RecordVisit, Visits  # noqa: E402

SAVES = 60
FIELDS = {"met": "self", "health": "good", "note": "老人身体好，米够吃到月底，女儿周末回来。"}


def main() -> None:
    """Save visits, house after house, into a vault with the practice village, and rows beside."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        vault, _ = Vaults(clock).create(
            CreateVault(
                directory=Path(folder) / "vault",
                passphrase="青石坳 测试 口令 够长",
                officer="练习员",
                village="练习村",
            )
        )
        rules = GroundRules(Policies(), clock)
        begin = begin_in(vault, clock, rules)
        village = practice_village()
        Households(begin, clock).add_all(village.households)
        rules = GroundRules(Policies(), clock)
        visits, drafts = Visits(begin, clock, rules), Drafts(begin)
        round_of_the_village = cycle(household.id for household in village.households)
        request = RecordVisit(
            household=village.households[0].id,
            visited_on=clock.today(),
            met=Met.SELF,
            health=Health.GOOD,
            supplies=Supplies.ENOUGH,
            need=Need.NONE,
            note=FIELDS["note"],
        )
        raw = vault.engine.raw_connection()
        raw.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, note TEXT)")
        raw.close()

        def floor() -> None:
            with vault.engine.begin() as connection:
                connection.exec_driver_sql("INSERT INTO floor (note) VALUES (?)", (FIELDS["note"],))

        singles = {"visit": [], "draft": []}

        def each(name: str, job: object) -> float:
            times = [seconds(job) for _ in range(SAVES)]
            if name in singles:
                singles[name].extend(times)
            return statistics.median(times)

        figures = in_turn(
            {
                "visit saved": lambda: each(
                    "visit",
                    lambda: visits.record(replace(request, household=next(round_of_the_village))),
                ),
                "field kept (draft)": lambda: each(
                    "draft", lambda: drafts.keep("visit:bench", FIELDS)
                ),
                "bare commit, FULL sync (floor)": lambda: each("floor", floor),
            }
        )
        show("save (bar: ≤ 3 × the floor)", figures, unit="ms", scale=1000)
        for name, times in singles.items():
            print(f"  {name}: p95 {p95(times) * 1000:.2f} ms of {len(times)} (bar: ≤ 50 ms)")
        vault.close()


if __name__ == "__main__":
    main()
