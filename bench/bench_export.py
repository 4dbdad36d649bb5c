"""A year's visits to .xlsx, masked, every cell a text, beside XlsxWriter alone on the same cells.

Bar: at most 1.5 times as long (medians, sides in turn), and at most 50 MB more memory at its
highest, looked at in a child of its own for each side. The locked workbook is shown, too.
`python bench/bench_export.py [visits]`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:
    from app.documents.visit_log import VisitLogRow

MOST_TIME = 1.5
MOST_MEMORY = 50.0
AT = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
VISITS = 20_000


def _rows(count: int) -> list[VisitLogRow]:
    """Visits of three hundred households, each with a number and a story of its own."""
    from app.documents.visit_log import VisitLogRow
    from app.domain.casework import (
        Channel,
        Health,
        Housing,
        IncomeChange,
        Met,
        Need,
        Supplies,
    )
    from app.domain.households import Category
    from app.domain.identity import make_id_number

    first = date(2026, 1, 1)
    numbers = [
        make_id_number("459901", date(1950, 1, 1) + timedelta(days=31 * n), n % 999 or 1)
        for n in range(300)
    ]
    return [
        VisitLogRow(
            visited_on=first + timedelta(days=n * 364 // count),
            head=f"覃兰{chr(0x4E00 + n % 300)}",
            id_number=numbers[n % 300],
            category=Category.DIBAO,
            place=f"{n % 9 + 1}组",
            phone=f"1990000{n % 10_000:04}",
            met=Met.SELF,
            channel=list(Channel)[n % 3],
            health=list(Health)[n % 5],
            supplies=list(Supplies)[n % 2],
            housing=list(Housing)[n % 2],
            income_change=list(IncomeChange)[n % 2],
            need=list(Need)[n % 5],
            note=f"灶房漏雨，第{n}次去看，老人身体还好，说下周去镇里看病，回来再看一次",
            visitor="王秀英",
        )
        for n in range(count)
    ]


def _cells(rows: list[VisitLogRow]) -> list[tuple[str, ...]]:
    from app.documents.columns import lines_of
    from app.documents.visit_log import LogOptions, columns_of

    columns = columns_of(rows, LogOptions())
    return [tuple(column.head for column in columns), *lines_of(columns)]


def _ours(rows: list[VisitLogRow]) -> bytes:
    """Masked, laid into columns and written."""
    from app.documents.visit_log import LogOptions
    from app.documents.visit_log_files import to_xlsx

    return to_xlsx(rows, LogOptions(), AT)


def _locked(rows: list[VisitLogRow]) -> bytes:
    from app.crypto.workbook_lock import locked

    return locked(_ours(rows)).data


def _peer(cells: list[tuple[str, ...]]) -> bytes:
    """The cells as they are, in the writer's memory: a temporary file would hold names in clear."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet()
        for at, line in enumerate(cells):
            for place, said in enumerate(line):
                sheet.write_string(at, place, said, text)
    return out.getvalue()


def _highest() -> float:
    """The most memory this process has held since it began, in MB.

    `getrusage` would count what the parent held when it made this child.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def _added(side: str, count: int) -> float:
    """MB a side adds at its highest, in a fresh child."""
    done = subprocess.run(
        [sys.executable, __file__, str(count), side], check=True, capture_output=True, text=True
    )
    return float(json.loads(done.stdout))


def _child(side: str, count: int) -> None:
    rows = _rows(count)
    cells = _cells(rows) if side == "peer" else []
    before = _highest()
    made = _peer(cells) if side == "peer" else _ours(rows)
    assert made
    print(json.dumps(_highest() - before))


def main(count: int = VISITS) -> int:
    """Print both sides and their ratio; 1 when a bar is missed."""
    import statistics

    from bench.figures import in_turn, seconds, show

    rows = _rows(count)
    cells = _cells(rows)
    figures = in_turn(
        {
            "ours, locked with a password": lambda: seconds(lambda: _locked(rows)),
            "ours": lambda: seconds(lambda: _ours(rows)),
            "XlsxWriter alone, the same cells": lambda: seconds(lambda: _peer(cells)),
        }
    )
    show(f"{count} visits, {len(cells[0])} columns", figures)
    ratio = statistics.median(figures["ours"]) / statistics.median(
        figures["XlsxWriter alone, the same cells"]
    )
    added = {side: _added(side, count) for side in ("ours", "peer")}
    print(f"memory added  ours {added['ours']:.0f} MB  XlsxWriter {added['peer']:.0f} MB")
    good = ratio <= MOST_TIME and added["ours"] <= MOST_MEMORY
    print(
        f"ratio {ratio:.2f}  bar {MOST_TIME}   memory bar {MOST_MEMORY:.0f} MB   "
        f"{'ok' if good else 'MISSED'}"
    )
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _child(sys.argv[2], int(sys.argv[1]))
        sys.exit(0)
    sys.exit(main(*map(int, sys.argv[1:])))
