"""docs/county.md and docs/console.md typed from the first example to the last, at one county.

Each example is done as it stands there; what it can only leave open (a folder, a laptop's id, a
day that would be over) is filled in.
"""

from __future__ import annotations

import hashlib
import shlex
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app.crypto.envelope import parse_document
from app.domain.ids import new_id
from app.domain.workdays import month_start
from app.sync.protocol import stick
from app.sync.protocol.coding import convert
from app.sync.protocol.enrolment import Ticket, Village
from app.sync.protocol.recovery import REQUEST_SUFFIX
from county_server.__main__ import main
from county_server.clock import MachineClock
from county_server.county import load_county
from county_server.database import Database, sqlite_url
from county_server.setaside import SetAside
from tests.counties import Office
from tests.county_server.test_administration import COUNTY, NEXT_YEAR
from tests.county_server.test_handbook import CONSOLE, TYPED
from tests.county_server.test_recovery import LockedLaptop, told_key
from tests.devices import Device
from tests.fakes import NOON
from tests.roster_files import id_number, person, workbook

ROOT = Path(__file__).parents[2]
GREEN = Village("459901101201", "青石村")
SAND = Village("459901101202", "白沙村")
AGREED, RETURNED = "459901-01-2026-000001-X", "459901-01-2026-000002-X"
REFUSED = "459901-01-2026-000003-2"
PASSPHRASES = {
    "兰桂英": "青石坳 早春 水车 两座",
    "秦立": "白沙渡 晚稻 三亩 斗笠",
    "韦成": "莲塘 铁匠 风箱 一只 旧的",
}


class Administrator:
    """Types the examples in their order; before a verb's first, the village does its part."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "459901"
        self.url = sqlite_url(home / "county.db")
        self.filled: dict[str, str] = {}
        self.done: set[str] = set()
        self.devices: dict[str, Device] = {}

    def type(self, line: str) -> int:
        words = shlex.split(line)[3:]
        if words[0] not in self.done:
            self.done.add(words[0])
            getattr(self, "before_" + words[0].replace("-", "_"), self._nothing)()
        typed = [self._fill(words, at) for at in range(len(words))]
        if words[0] == "serve":
            return serve([*typed, "--port-file", str(self.home / "port")], self.home / "port")
        if words[0] == "recover-key":
            for name in (typed[at + 1] for at, word in enumerate(typed) if word == "--officer"):
                typed += ["--passphrase-file", str(self.home / name)]
        return main(typed)

    def _fill(self, words: list[str], at: int) -> str:
        word, option = words[at], words[at - 1]
        places = {"DIR": str(self.folder), "/srv/xieli/459901": str(self.folder)}
        today = MachineClock().today()
        days = {
            "2026-12-10": str(today + timedelta(days=30)),
            "2026-05": f"{month_start(today, 1):%Y-%m}",
        }
        if option == "--database":
            return self.url
        if option == "--port":
            return "0"
        if word == "DEVICE":
            return self.devices[{"--from": "first", "--to": "second"}.get(option, words[0])].id
        if word.endswith("….sar-key"):
            return str(self.home / f"request{REQUEST_SUFFIX}")
        if word.startswith("/media/usb"):
            return word.replace("/media/usb", str(self.home / "usb"), 1)
        return (places | days | self.filled).get(word, word)

    def _nothing(self) -> None:
        """Most verbs need nothing of a village."""

    def before_init(self) -> None:
        (self.home / "459901.toml").write_text(COUNTY, encoding="utf-8")
        (self.home / "2027.toml").write_text(NEXT_YEAR, encoding="utf-8")
        for name, words in PASSPHRASES.items():
            (self.home / name).write_text(words, encoding="utf-8")

    def before_assign(self) -> None:
        """The laptop of the ticket that was written, and those the other examples speak of."""
        county = load_county(self.folder)
        self.office = Office(county, Database(self.url, county.root.private), MachineClock())
        ticket = convert(parse_document((self.home / "王秀英.ticket").read_bytes()).body, Ticket)
        first = Device(ticket)
        first.accept(self.office.enrolment.answer(first.enrolment_request()))
        self.devices |= dict.fromkeys(("first", "assign", "grant", "renew"), first)
        for name in ("second", "revoke", "release"):
            self.devices[name] = self.office.device(SAND)

    def before_release(self) -> None:
        """Two histories of one place: a rolled-back vault."""
        device = self.devices["release"]
        device.household()
        self.office.push(device)
        device.seq, device.last_batch, device.sent_n, device.n = 0, "0" * 64, 0, 0
        device.sent_head = device.head = bytes(32)
        device.household()
        data = device.batch()
        with pytest.raises(Exception, match="B-21"):
            self.office.intake.receive(data)
        self.filled["SHA256"] = hashlib.sha256(data).hexdigest()

    def before_audit(self) -> None:
        with self.office.database.read() as connection:
            n, digest = connection.exec_driver_sql("SELECT n, hash FROM audit_head").one()
        self.filled["812:9f…"] = f"{n}:{digest}"

    def before_decide(self) -> None:
        """What the villages have sent meanwhile."""
        device = self.devices["second"]
        for number in (AGREED, REFUSED, RETURNED):
            home = device.household()
            filed = {"document_no": number, "household_id": home, "status": "submitted"}
            device.operation("application", new_id(NOON), filed, subject=home)
            self.filled.setdefault("GRANTED", home)
        proposed = {
            "household_id": home, "status": "proposed", "start_month": "2026-03-01",
            "shares": [{"month": "2026-03", "percent": 100, "fen": 23500}], "former_fen": 23500,
            "heads": 1,
        }  # fmt: skip
        device.operation("grace_period", "g-1", proposed, subject=home)
        printed = {"form": "F20", "document_no": "N-20", "entity_id": "g-1"}
        device.operation("print_record", "p-1", printed, subject=home)
        assert {one.outcome for one in self.office.push(device).verdicts} == {"applied"}
        for device in (self.devices["first"], self.devices["second"]):
            self.filled["RELIEF"] = self._pay(device, home)

    def before_benefit(self) -> None:
        """The village printed two F21 of the household that was granted."""
        device = self.devices["second"]
        home = self.filled["GRANTED"]
        for number in ("459901-01-2026-000005-2", "459901-01-2026-000006-9"):
            printed = {"form": "F21", "document_no": number, "household_id": home}
            device.operation("print_record", new_id(NOON), printed, subject=home)
        assert {one.outcome for one in self.office.push(device).verdicts} == {"applied"}

    def _pay(self, device: Device, home: str) -> str:
        """The same payment, whoever tells of it; the id of the record."""
        fields = {
            "household_id": home, "payment_id": "same", "amount_fen": 80_000,
            "quota_id": device.quota_id, "paid_at": "2026-03-02T04:00:00.000Z",
            "status": "paperwork_pending",
        }  # fmt: skip
        told = device.operation("emergency_relief", new_id(NOON), fields, subject=home)
        self.office.push(device)
        return told.entity_id

    def before_compare(self) -> None:
        hit = f"姓名,身份证号,村代码,情况\n何有田,{id_number()},{GREEN.code},名下有车\n"
        (self.home / "比对名单.csv").write_text(hit, encoding="utf-8")

    def before_import_roster(self) -> None:
        (self.home / "花名册.xlsx").write_bytes(workbook([person()]))

    def before_take_usb(self) -> None:
        device = self.devices["second"]
        device.household()
        out = self.home / "usb" / stick.TO_COUNTY
        out.mkdir(parents=True)
        data = device.batch()
        (out / stick.batch_name(device.id, device.epoch, device.seq)).write_bytes(data)

    def ask_to_open(self) -> None:
        """A coordinator forgot everything: the request on the stick."""
        laptop = LockedLaptop(*told_key(self.office))
        (self.home / f"request{REQUEST_SUFFIX}").write_bytes(laptop.request())
        self.filled["12345 67890 …"] = laptop.spoken


def serve(typed: list[str], port_file: Path) -> int:
    """Start it as a process, wait until it listens, end it as systemd does."""
    with subprocess.Popen([sys.executable, "-m", "county_server", *typed], cwd=ROOT) as process:
        while not port_file.exists():
            assert process.poll() is None
            threading.Event().wait(0.02)
        process.terminate()
        status = process.wait(20)
    port_file.unlink()
    return status


def test_every_example_does_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    administrator = Administrator(tmp_path)

    for line in TYPED:
        if "recover-key show" in line:
            administrator.ask_to_open()
        assert administrator.type(line) == 0, (line, capsys.readouterr().err)

    office, devices = administrator.office, administrator.devices
    states = {one["id"]: one["state"] for one in office.status()["devices"]}
    assert states[devices["revoke"].id] == "revoked"
    assert states[devices["release"].id] == "active"
    assert (tmp_path / "证据.sab").read_bytes()
    assert (
        SetAside(office.database, office.clock).aside()[0].sha256 == administrator.filled["SHA256"]
    )
    taken = {e.scope for page in office.pull(devices["second"]) for e in page.entries}
    assert GREEN.code in taken
    assert (tmp_path / "usb" / "答复").exists()
    assert list((tmp_path / "usb" / stick.FROM_COUNTY).iterdir())
    office.database.close()


def test_the_examples_of_the_console_s_page_do_what_they_say(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    administrator = Administrator(tmp_path)

    for line in (TYPED[0], *CONSOLE):
        assert administrator.type(line) == 0, (line, capsys.readouterr().err)

    assert len(CONSOLE) == 5
