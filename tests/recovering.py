"""A laptop nobody can open any more, and the county that can let her in again."""

from __future__ import annotations

from pathlib import Path

from app.crypto.kdf import FLOOR
from app.services.county_recovery import CountyRecovery
from app.services.vaults import Vaults
from app.store.entering import open_vault
from app.store.journal import read_operations
from app.store.outbox import waiting_operations
from app.sync.protocol.stick import TO_COUNTY
from county_server.recovery import Recovery
from tests.counties import DirectRoad, copied_office
from tests.fakes import StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.vaults import PASSPHRASE, make_vault

OFFICERS = {"兰桂英": "青石坳 早春 水车 两座", "秦立": "白沙渡 晚稻 三亩 斗笠"}


NEW = "tea hill morning lantern"


class Lost:
    """A laptop whose passphrase and sheet are gone, with work the county has not seen."""

    def __init__(self, directory: Path, office, clock: StoppedClock, usb: Path) -> None:
        self.directory, self.office, self.clock, self.usb = directory, office, clock, usb
        self.recovery = CountyRecovery(clock, FLOOR)
        self.usb.mkdir(exist_ok=True)

    def ask(self) -> str:
        """Write a request; what is read aloud."""
        return self.recovery.ask(self.directory, NEW, self.usb).fingerprint

    @property
    def request(self) -> Path:
        (path,) = (self.usb / TO_COUNTY).glob("*.sar-key")
        return path

    def answered(self, spoken: str) -> Path:
        """What two officers release for it."""
        county = Recovery(self.office.county, self.office.database, self.clock, cost=FLOOR)
        path = self.usb / "答复"
        path.write_bytes(county.release(self.request.read_bytes(), spoken, OFFICERS))
        return path

    def take(self, answer: Path, passphrase: str = NEW) -> tuple[Laptop, tuple[str, ...]]:
        vault, groups = self.recovery.take(self.directory, answer, passphrase)
        return Laptop(vault, self.clock), groups

    def waiting_operations(self) -> int:
        """How many records the county has not seen."""
        vault = open_vault(self.directory, PASSPHRASE, clock=self.clock)
        with vault.engine.connect() as connection:
            waiting = waiting_operations(connection)
        vault.close()
        return waiting

    def opens_to(self, passphrase: str) -> bool:
        vault = Vaults(self.clock).open(self.directory, passphrase)
        sound = vault.check(deep=True).is_sound
        vault.close()
        return sound


def joined_in(founded: Path, folder: Path) -> Path:
    """A county with the recovery key, and a vault that has learned of it and holds unsent work."""
    clock = StoppedClock()
    office = copied_office(founded, folder, clock)
    Recovery(office.county, office.database, clock, cost=FLOOR).create(OFFICERS)
    made = make_vault(folder / "vault", clock)
    (folder / "sheet").write_text(made.recovery)
    laptop = open_laptop(made, clock)
    laptop.join(office, folder)
    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))
    laptop.add_household("覃桂英")
    laptop.vault.close()
    office.database.close()
    return folder


def kinds_of(laptop: Laptop) -> list[str]:
    """Every operation of the log by its kind, oldest first."""
    with laptop.vault.engine.connect() as connection:
        return [one.kind for one in read_operations(connection)]
