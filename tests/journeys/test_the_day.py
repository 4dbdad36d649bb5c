"""The whole day as `python -m app demo` does it (on PostgreSQL: torture/test_day_on_postgresql.py).

The verb runs in a process of its own, as a person would start it; everything it leaves behind is
then looked at from outside: papers, exports, pictures, the county's count, and the locked vault.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import apsw
import openpyxl
import pypdfium2
import pytest

from app.bootstrap.machine import SystemClock
from app.crypto.labels import Label
from app.domain.casework import ApplicationStatus
from app.domain.today import WorkKind
from app.practice.day import PASSPHRASE
from app.practice.village import practice_village
from app.services.desk import Desk, open_desk
from app.services.policies import Policies
from app.services.vaults import Vaults
from app.store import journal, projection
from app.ui.applications.table import Stage, statuses_of
from app.ui.assessment.blocks import Step
from app.ui.pages import pages_of
from tests.fakes import StoppedClock
from tests.one_at_a_time import alone

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    f"{form}.pdf"
    for form in (
        "F01", "F01B", "F02", "F02B", "F03", "F03B", "F04", "F05", "F06", "F07", "F07A3", "F08L",
        "F08LA3", "F09", "F13", "F14", "F15", "F15B", "F16", "F17a", "F17aB", "F17b", "F19", "F20",
        "F23", "F24", "F27", "F28", "SJ",
    )
}  # fmt: skip
START = 4
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
A_DAY_AT_MOST = 600

# whoever walks the day, and whoever waits for it, must not be ended before the day is: on a busy
# machine that took the whole process along
pytestmark = pytest.mark.timeout(2 * A_DAY_AT_MOST)


def run_day(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The verb, started as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "app", "demo", str(folder), *options],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=A_DAY_AT_MOST,
    )


class Day(NamedTuple):
    """What one run of the verb left and said."""

    out: Path
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def day(folder_of_the_run: Path) -> Day:
    """One day on the county's own SQLite, walked once however many processes test it."""
    out, told = folder_of_the_run / "journey", folder_of_the_run / "journey.json"
    with alone(told):
        if not told.exists():
            done = run_day(out)
            told.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), "utf-8")
    return Day(out, *json.loads(told.read_text("utf-8")))


@pytest.fixture
def out(day: Day) -> Path:
    """What the day left, once it went well. Only to be read: other processes read it too."""
    assert day.returncode == 0, day.stderr
    return day.out


@pytest.fixture
def vault(out: Path, tmp_path: Path) -> Path:
    """A copy of the day's vault, to be opened."""
    return shutil.copytree(out / "vault", tmp_path / "vault")


def test_every_step_says_what_came_of_it(day):
    assert day.returncode == 0, day.stderr
    for said in ("核对码一致", "整份退回", "320 户", "手头在办的", "月结 1 次", "今日工作",
                 "走访 2 户", "初步看", "捌佰元整", "线断了 2 次", "县里同意", "2026.2",
                 "U盘", "三种格式", "画面"):  # fmt: skip
        assert said in day.stdout


def test_the_papers_are_real_pdfs_with_their_numbers(out):
    for name in PAPERS:
        document = pypdfium2.PdfDocument((out / "papers" / name).read_bytes())
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()

        assert ("459901-01-" in text) is not name.endswith("B.pdf")  # a blank form takes no number
        assert "练习" in text

    assert {path.name for path in (out / "papers").iterdir()} == PAPERS


def test_the_exports_hold_masked_numbers_as_text(out):
    sheet = openpyxl.load_workbook(out / "exports" / "visits.xlsx").active
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]

    assert any("********" in str(value) for value in cells)
    assert not any(len(str(value)) == 18 and str(value)[:17].isdigit() for value in cells)
    assert "********" in (out / "exports" / "visits.csv").read_text("utf-8-sig")
    assert (out / "exports" / "visits.pdf").read_bytes().startswith(b"%PDF")


def test_the_refused_roster_came_back_with_its_three_rows(out):
    sheet = openpyxl.load_workbook(out / "roster-errors.xlsx").active
    heads = next(row for row in sheet.iter_rows(values_only=True) if "哪里不对" in row)
    where = heads.index("哪里不对")
    said = [row[where] for row in sheet.iter_rows(values_only=True) if row[where]]

    assert len(said[said.index("哪里不对") + 1 :]) == 3


def pictures(out: Path) -> set[str]:
    """What was pictured, without the numbers."""
    return {path.stem.partition("-")[2] for path in (out / "screens").glob("*.png")}


def registered() -> set[str]:
    """The key of every page the program has; the settings are the window's own."""
    return {page.key for page in pages_of(Anything(), Anything())} | {"settings"}


def test_there_is_a_picture_of_every_page_in_each_size_and_both_themes(out):
    """A page that is added to the register and not pictured fails here."""
    light = ("", "-1093x543")
    dark = ("-dark", "-dark-1093x543")

    wanted = {f"{key}{worn}" for key in registered() for worn in (*light, *dark)}

    assert wanted - pictures(out) == set()


def test_there_is_a_picture_of_every_step_of_the_doors_and_of_the_means_test(out):
    steps = {f"assessment-{number}-{step.value}" for number, step in enumerate(Step, 1)}
    first_run = {
        "first-run-1-try", "first-run-2-who", "first-run-2-compare", "first-run-3-passphrase",
        "first-run-3-sheet", "first-run-3-copied", "first-run-4-roster", "first-run-4-refused",
        "first-run-4-in",
    }  # fmt: skip

    assert steps | first_run | {"unlock", "unlock-recover"} <= pictures(out)


def test_there_is_a_picture_of_what_a_page_says_when_something_happens(out):
    assert {
        "find", "assessment-choose", "assessment-clause", "assessment-clause-1093x543",
        "assessment-what-if", "assessment-what-if-1093x543-dark", "assessment-kept",
        "past-differences", "relief-household", "relief-unknown-person", "roster-refused",
        "syncing-under-way", "syncing-offline", "syncing-empty-stick", "syncing-on-stick",
        "applications-asked", "applications-reviewed", "applications-posted",
        "applications-returned", "applications-agreed", "standing-leaving",
    } <= pictures(out)  # fmt: skip


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """What the pictures were taken of, as its pages ask for it."""
    clock = SystemClock()
    opened = Vaults(clock).open(vault, PASSPHRASE, accept_older=True)
    yield open_desk(opened, clock, Policies())
    opened.close()


def test_no_page_was_pictured_empty(desk: Desk):
    """Each page's own question, which a village where nothing happens would leave without rows."""
    today = desk.worklist.today()
    month = desk.rounds.month(SystemClock().today().replace(day=1))
    rows = {
        "today": today.items,
        "recent": today.recent,
        "households": desk.households.lines(),
        "applications": desk.application_files.lines(statuses_of(Stage.OPEN)),
        "decided": desk.application_files.lines(statuses_of(Stage.OVER)),
        "relief": desk.relief.listed(),
        "fund": desk.fund.state().lines,
        "closed months": desk.fund.state().months,
        "referrals": desk.referrals.lines(),
        "standing": desk.standing_book.lines().lines,
        "month": [line for day in month.days for line in day.lines],
    }

    assert [page for page, found in rows.items() if not found] == []
    assert len(today.items) >= 20
    assert {item.kind for item in today.items} >= {
        WorkKind.VISIT,
        WorkKind.RELIEF_PAPERWORK,
        WorkKind.RETURNED,
        WorkKind.DECIDED,
        WorkKind.NOTICE_END,
    }


def test_the_county_answered_what_had_been_sent_up(desk: Desk):
    """One is agreed to, and one came back with a comment at a field of the household."""
    lines = desk.application_files.lines(tuple(ApplicationStatus))
    found = {one.status: one for one in lines}
    returned = desk.application_files.get(found[ApplicationStatus.RETURNED].id)
    (comment,) = returned.application.comments

    assert (comment.entity, comment.column) == ("household", "bank_account")
    assert comment.entity_id == returned.household.id
    assert set(found) == {
        ApplicationStatus.DRAFT,
        ApplicationStatus.SUPPLEMENT_REQUESTED,
        ApplicationStatus.INVESTIGATING,
        ApplicationStatus.IN_REVIEW,
        ApplicationStatus.NOTICE_POSTED,
        ApplicationStatus.RETURNED,
        ApplicationStatus.CONFIRMED,
    }


def test_no_two_pictures_are_the_same(out):
    """A walk that stopped somewhere would picture the same page again and again.

    Only the means test opens on its first step, which has a picture of its own.
    """
    taken = [
        path.read_bytes()
        for path in (out / "screens").glob("*.png")
        if not path.stem.endswith("-assessment-1-people")
    ]

    assert len(set(taken)) == len(taken)


class Anything:
    """Stands for the desk and the window: the register only hands their parts on."""

    def __getattr__(self, name: str) -> Anything:
        return self


def needles() -> dict[bytes, str]:
    """Everybody's name, number and telephone as each encoding would leave them on the disk."""
    people = [member.person for home in practice_village().households for member in home.members]
    words = {
        word
        for person in people
        for word in (person.name, person.id_number, person.phone)
        if word is not None
    }
    return {word.encode(encoding): word for word in words for encoding in ENCODINGS}


def found_in(contents: Iterable[bytes], wanted: Iterable[bytes]) -> set[bytes]:
    """Which of `wanted` stand somewhere: every place is looked at, by its first four bytes."""
    by_start: dict[int, list[bytes]] = {}
    for needle in wanted:
        by_start.setdefault(int.from_bytes(needle[:START], sys.byteorder), []).append(needle)
    found: set[bytes] = set()
    for content in contents:
        for offset in range(START):
            end = offset + (len(content) - offset) // START * START
            for place, window in enumerate(memoryview(content)[offset:end].cast("I")):
                if window in by_start:
                    at = offset + place * START
                    found.update(n for n in by_start[window] if content.startswith(n, at))
    return found


def by_chance(expected: float) -> int:
    """More hits than this come about by chance less than once in a thousand million runs."""
    still, one, hits = 1.0, math.exp(-expected), 0
    while still - one > 1e-9:
        still -= one
        hits += 1
        one *= expected / hits
    return hits


def test_the_canary_sings_when_a_roster_lies_open():
    names = {needle for needle in needles() if len(needle) == START}
    roster = b"".join(sorted(names)) + b"\0"

    assert found_in([b"\1" + roster], names) == names
    assert by_chance(4.0) < 25 < len(names)


def test_nobody_of_the_roster_is_in_any_file_of_the_vault(out):
    """All 933 people, every encoding, needles of four bytes and more.

    Encrypted bytes are as good as dice: a needle of k bytes turns up in N bytes N/256^k times. In
    30 MB one of six bytes does so 1e-7 times, all of them together less than once in a thousand
    runs, so that a single one is an alarm. A two-character name has four bytes in UTF-16 and
    GB 18030 and turns up 0.006 times; some hundred of those make a handful, so there the alarm is
    a number that dice do not throw in a thousand million runs. An open roster would be all of them.
    """
    contents = [path.read_bytes() for path in (out / "vault").rglob("*") if path.is_file()]
    size = sum(map(len, contents))
    wanted = needles()
    short = {needle for needle in wanted if len(needle) == START}
    found = found_in(contents, wanted)

    assert size > 10_000_000
    assert {wanted[needle] for needle in found - short} == set()
    assert len(found & short) <= by_chance(len(short) * size / 256**START)


def test_sqlite_does_not_open_the_vault(vault):
    connection = sqlite3.connect(vault / "xieli.db")

    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()


def test_an_independent_reader_opens_it_with_the_raw_key_and_finds_it_whole(vault):
    opened = Vaults(StoppedClock()).open(vault, PASSPHRASE, accept_older=True)
    key = opened.subkey(Label.DATABASE)
    opened.close()
    reader = apsw.Connection(str(vault / "xieli.db"))
    for setting in ("cipher='sqlcipher'", "legacy=4", f'key="raw:{key.hex()}"'):
        reader.execute(f"PRAGMA {setting}")

    assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert reader.execute("SELECT count(*) FROM household").fetchone() == (320,)
    reader.close()


def test_log_and_tables_agree_at_the_end_of_the_day(vault):
    opened = Vaults(StoppedClock()).open(vault, PASSPHRASE, accept_older=True)
    with opened.engine.begin() as connection:
        head = journal.verify_chain(connection)
        wrong = projection.differences(connection)
    opened.close()

    assert head.n > 2000
    assert wrong == []


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("不要动", encoding="utf-8")

    done = run_day(tmp_path)

    assert done.returncode == 2
    assert "E-10" in done.stderr
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "不要动"
