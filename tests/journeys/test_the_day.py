"""The whole day as `python -m app demo` does it, on SQLite and on PostgreSQL.

The verb runs in a process of its own, as a person would start it; everything it leaves behind is
then looked at from outside: papers, exports, pictures, the county's count, and the locked vault.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import apsw
import openpyxl
import pypdfium2
import pytest

from app.crypto.labels import Label
from app.practice.day import PASSPHRASE
from app.practice.village import practice_village
from app.services.vaults import Vaults
from app.store import journal, projection
from tests.fakes import StoppedClock

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"F01.pdf", "F15.pdf", "F17a.pdf", "SJ.pdf"}
CANARIES = 200


def run_day(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The verb, started as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "app", "demo", str(folder), *options],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """One day on the county's own SQLite."""
    folder = tmp_path_factory.mktemp("journey") / "out"
    return folder, run_day(folder)


@pytest.fixture
def out(day: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """What the day left, once it went well."""
    folder, done = day
    assert done.returncode == 0, done.stderr
    return folder


def test_every_step_says_what_came_of_it(day):
    _, done = day

    assert done.returncode == 0, done.stderr
    for said in ("核对码一致", "整份退回", "320 户", "今日工作", "走访 2 户", "初步看", "捌佰元整",
                 "线断了 2 次", "县里同意", "2026.2", "U盘", "三种格式", "画面"):  # fmt: skip
        assert said in done.stdout


def test_the_papers_are_real_pdfs_with_their_numbers(out):
    for name in PAPERS:
        document = pypdfium2.PdfDocument((out / "papers" / name).read_bytes())
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()

        assert "459901-01-" in text
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


def test_there_is_a_picture_of_every_page(out):
    names = {path.name.partition("-")[2] for path in (out / "screens").glob("*.png")}

    assert {
        "unlock.png", "first-run.png", "today.png", "households.png", "household.png",
        "visits.png", "assessment.png", "relief.png", "printing.png", "syncing.png", "ledger.png",
    } <= names  # fmt: skip


def test_no_name_of_the_roster_is_in_any_file_of_the_vault(out):
    files = [path for path in (out / "vault").rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in files]
    people = [m.person for h in practice_village().households for m in h.members][:CANARIES]

    assert files
    for person in people:
        for canary in (person.name, person.id_number or person.name):
            for encoding in ("utf-8", "utf-16-le", "gb18030"):
                needle = canary.encode(encoding)
                assert not any(len(needle) > 5 and needle in content for content in contents)


def test_sqlite_does_not_open_the_vault(out):
    connection = sqlite3.connect(out / "vault" / "xieli.db")

    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()


def test_an_independent_reader_opens_it_with_the_raw_key_and_finds_it_whole(out):
    vault = Vaults(StoppedClock()).open(out / "vault", PASSPHRASE, accept_older=True)
    key = vault.subkey(Label.DATABASE)
    vault.close()
    reader = apsw.Connection(str(out / "vault" / "xieli.db"))
    for setting in ("cipher='sqlcipher'", "legacy=4", f'key="raw:{key.hex()}"'):
        reader.execute(f"PRAGMA {setting}")

    assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert reader.execute("SELECT count(*) FROM household").fetchone() == (320,)
    reader.close()


def test_log_and_tables_agree_at_the_end_of_the_day(out):
    vault = Vaults(StoppedClock()).open(out / "vault", PASSPHRASE, accept_older=True)
    with vault.engine.begin() as connection:
        head = journal.verify_chain(connection)
        wrong = projection.differences(connection)
    vault.close()

    assert head.n > 2000
    assert wrong == []


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("不要动", encoding="utf-8")

    done = run_day(tmp_path)

    assert done.returncode == 2
    assert "E-10" in done.stderr
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "不要动"


def test_the_day_goes_the_same_way_on_postgresql(tmp_path, postgres_url):
    done = run_day(tmp_path / "out", "--database", postgres_url, "--no-pictures")

    assert done.returncode == 0, done.stderr
    assert "线断了 2 次" in done.stdout
    assert "县里同意" in done.stdout
