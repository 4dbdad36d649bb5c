"""Two hundred damaged workbooks: rows or one sentence, never anything else (security TT14).

The few that need the whole road go through the child; the many run the child's code in here,
where an exception is what would end the child (see test_roster_reading for what follows then).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest

from app.domain.problem import Refused
from app.services.roster_archive import check_archive
from app.services.roster_child import UnacceptableError
from app.services.roster_child import read_rows as read_in_child
from app.services.rosters import read_roster
from tests.roster_files import TODAY, id_number, person, repacked, workbook

GOOD = workbook([person(), person(户编号="2", 证件号码=id_number(serial=3), 备注="2" * 40)])
_SPOTS = re.compile(rb'[0-9]+|"[^"]*"|<[^>]*>')
_POISON = (
    *(b"", b"0", b"-1", b"99999999999999999999", b"1e999", b"NaN", b"\xff", b"</sheetData>"),
    *(b'"XFD1048576"', b'"A0"', b'"zz"', b'"1048577"', b"<f>1</f>", b"&x;", b"=1"),
    b"<row r='1000000000'>",
)


def _raw(dice: random.Random) -> bytes:
    """A few bytes overwritten, cut out or doubled anywhere."""
    data = bytearray(GOOD)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data))
        match dice.randrange(3):
            case 0:
                data[at] = dice.randrange(256)
            case 1:
                del data[at : at + dice.randint(1, 40)]
            case _:
                data[at:at] = data[at : at + dice.randint(1, 40)]
    return bytes(data)


def _inner(dice: random.Random) -> bytes:
    """A number, a value or a tag of one part replaced, the archive itself intact."""

    def _change(parts: dict[str, bytes]) -> dict[str, bytes]:
        name = dice.choice([n for n in parts if n.startswith(("xl/", "[", "_rels"))])
        content = parts[name]
        for _ in range(dice.randint(1, 3)):
            spots = list(_SPOTS.finditer(content))
            if spots:
                spot = dice.choice(spots)
                content = content[: spot.start()] + dice.choice(_POISON) + content[spot.end() :]
        if dice.random() < 0.1:
            return {n: c for n, c in parts.items() if n != name}
        return parts | {name: content}

    return repacked(GOOD, _change)


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # a failing seed must fail again


def _outcome(look: Callable[[], object]) -> str:
    """The code it was refused with, or "read"."""
    try:
        look()
    except Refused as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_file_is_read_or_refused_in_one_sentence(seed, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(_raw(_dice(seed)) if seed % 3 == 0 else _inner(_dice(seed)))

    outcome = _outcome(lambda: read_roster(path, on=TODAY))

    assert re.fullmatch(r"R-\d\d|read", outcome)


def test_damaged_archives_get_no_further_than_a_refusal():
    outcomes = {_outcome(lambda n=n: check_archive(_raw(_dice(n)))) for n in range(400)}

    assert outcomes <= {"read", "R-03", "R-04", "R-05", "R-06", "R-07", "R-08"}
    assert outcomes >= {"read", "R-06"}


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damaged_workbooks_end_in_rows_a_refusal_or_the_end_of_the_child():
    read = refused = ended = 0
    for seed in range(180):
        try:
            rows = read_in_child(_inner(_dice(1000 + seed)))
        except UnacceptableError:
            refused += 1
        except Exception:  # whatever openpyxl raises ends the child
            ended += 1
        else:
            read += 1
            assert json.loads(json.dumps(rows))

    assert read + refused + ended == 180
    assert min(read, refused, ended) >= 2
