"""What stands in front of the vault: the calls the unlock page and the first run make. No Qt.

`app.bootstrap` builds an object with these methods. All of them run on the work runner, because
deriving a key takes a second; none may need what is only imported after the first window is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.words import Word
from app.ui.runner import Steps

if TYPE_CHECKING:
    from app.domain.roster import RosterReport


class Remedy(Word):
    """What can be done at the door about a vault that does not open."""

    REPAIR = "repair", "修复钥匙文件"
    RESTORE = "restore", "用最近一次备份恢复"
    ACCEPT = "accept", "就用现在这一份"


@dataclass(frozen=True, slots=True)
class Ticket:
    """The county's enrolment file, read: whom it names and the county's fingerprint to compare."""

    path: Path
    county: str
    village: str
    officer: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the county that waits for its answer: when it was made, and what is read aloud
    (eight groups of five digits)."""

    at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """A vault just made or recovered: open, with its recovery code to be written down.

    `session` is bootstrap's; the window only hands it back. `recovery_code`: 8 groups of 5 digits
    separated by spaces; empty for the practice village, where nothing can be lost.
    """

    session: object
    recovery_code: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A roster file, taken in (`households` > 0) or refused and the reasons."""

    households: int
    people: int
    errors: tuple[str, ...] = ()
    """"第 12 行 身份证号：校验码不对" — one line for each cell to mend."""
    code: str = ""
    """The number to tell the county, when it was refused."""
    sheet: Path | None = None
    """Where the error sheet lies, when it was refused and the sheet could be put beside it."""
    report: RosterReport | None = field(default=None, repr=False)
    """What was read, when it was refused: an error sheet elsewhere is made from it."""
    doubles: tuple[str, ...] = field(default=(), repr=False)
    """Who may be on record twice, row by row with what to do, when it was taken in."""


class UnlockDoors(Protocol):
    """Opening a vault that is there."""

    def unlock(self, passphrase: str) -> object:
        """The open session. Raises Refused (wrong, too early) or Unavailable (damaged)."""
        ...

    def wait_seconds(self) -> int:
        """How long the next try has to wait after wrong ones; 0 for not at all."""
        ...

    def foresee(self, remedy: Remedy) -> str:
        """What `remedy` would do, in one sentence. Raises Refused when it cannot be done."""
        ...

    def mend(self, remedy: Remedy, passphrase: str) -> object:
        """Do it and give the session. Raises as `unlock`."""
        ...

    def recover(self, code: str, passphrase: str) -> Made:
        """Open with the recovery sheet and set a new passphrase. Raises Refused."""
        ...

    def asked_of_county(self) -> Asked | None:
        """The request that waits for the county's answer, if any."""
        ...

    def ask_county(self, folder: Path, passphrase: str) -> Asked:
        """Write a request to the stick `folder`; `passphrase` will open the vault. Raises Refused
        when the county holds no key of it, or without a stick."""
        ...

    def write_request(self, folder: Path) -> Asked:
        """Put the request that waits on a stick once more. Raises Refused."""
        ...

    def take_answer(self, answer: Path, passphrase: str) -> Made:
        """Open with the county's answer and the passphrase chosen with the request. Raises
        Refused."""
        ...

    def check_passphrase(self, passphrase: str) -> None:
        """Raises Refused, saying what is weak about it."""
        ...

    def print_recovery(self, code: str) -> None:
        """Print the recovery sheet. Raises Unavailable without a printer."""
        ...


class AccessDoors(Protocol):
    """Who may open the vault, changed while it is open."""

    def change_passphrase(self, current: str, new: str) -> None:
        """Raises Refused: the present one is wrong, the new one weak or the same."""
        ...

    def draw_sheet(self, passphrase: str) -> str:
        """A new recovery code, not in force yet. Raises Refused when the passphrase is wrong."""
        ...

    def put_sheet(self) -> None:
        """The code drawn last is written down: from now on it opens, the one before does not."""
        ...

    def print_recovery(self, code: str) -> None:
        """Print the recovery sheet. Raises Unavailable without a printer."""
        ...


class FirstRunDoors(Protocol):
    """Making a vault."""

    def read_ticket(self, path: Path) -> Ticket:
        """Read the county's file. Raises Refused when it is none, or has run out."""
        ...

    def fetch_ticket(self, url: str, code: str) -> Ticket:
        """The county's file of a code that was told, from its address. Raises Refused where the
        two lead to none, Unavailable without a network."""
        ...

    def check_passphrase(self, passphrase: str) -> None:
        """Raises Refused, saying what is weak about it."""
        ...

    def create(self, ticket: Ticket, passphrase: str) -> Made:
        """Make the coordinator's vault. Raises Unavailable when the disk cannot."""
        ...

    def practise(self, passphrase: str, steps: Steps) -> Made:
        """Make the practice village, in a vault of its own."""
        ...

    def print_recovery(self, code: str) -> None:
        """Print the recovery sheet. Raises Unavailable without a printer."""
        ...

    def import_roster(self, session: object, path: Path, steps: Steps) -> Imported:
        """Take a roster file in, all of it or nothing."""
        ...
