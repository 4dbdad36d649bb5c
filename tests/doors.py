"""Doors for tests of the window: a vault that opens to one passphrase and keeps no secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.problem import Problem, Refused, Unavailable
from app.ui.doors import Asked, Imported, Made, Remedy, Ticket
from app.ui.preferences import Preferences
from app.ui.resident import Resident
from app.ui.shell.nav import Who
from app.ui.shell.page import Bench, Page, PageScreen
from app.ui.shell.place import Place
from app.ui.shell.status import Status
from app.ui.start import DayParts, Start
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.page import PageFrame
from tests import people
from tests.fakes import NOON, StoppedClock

PASSPHRASE = "correct horse battery staple"
TOLD_CODE = "ABCD-EFGH-JKMN-PQRS"
CODE = "10001 20002 30003 40004 50005 60006 70007 80008"
FINGERPRINT = "74210 00935 55186 66200 10001 20002 30003 40004"
SESSION = "the open vault"


@dataclass
class OneHand:
    """A machine with a 仿宋, unless it is said to have none; remembers what was chosen."""

    own: bool | None = True

    def is_own(self) -> bool | None:
        return self.own

    def choose(self, *, own: bool) -> None:
        self.own = own


@dataclass
class OneVault:
    """Answers as the vault would; counts and remembers what it was asked."""

    wait: int = 0
    tries: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    practised: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    sheets: int = 0
    mended: list[Remedy] = field(default_factory=list)
    imports: list[Imported] = field(default_factory=list)
    asked: Asked | None = None
    written: list[Path] = field(default_factory=list)

    def unlock(self, passphrase: str) -> object:
        self.tries.append(passphrase)
        if passphrase != PASSPHRASE:
            raise Refused("口令不对。", do="请再输一次。", code="V-01")
        return SESSION

    def wait_seconds(self) -> int:
        return self.wait

    def foresee(self, remedy: Remedy) -> str:
        return f"会{remedy.label}。"

    def mend(self, remedy: Remedy, passphrase: str) -> object:
        self.mended.append(remedy)
        return self.unlock(passphrase)

    def recover(self, code: str, passphrase: str) -> Made:
        if code != CODE:
            raise Refused("恢复纸上的数字对不上。", do="请对着纸再填一次。", code="V-02")
        return Made(SESSION, CODE)

    def asked_of_county(self) -> Asked | None:
        return self.asked

    def ask_county(self, folder: Path, passphrase: str) -> Asked:
        self.tries.append(passphrase)
        self.asked = Asked(NOON, FINGERPRINT)
        return self.asked

    def write_request(self, folder: Path) -> Asked:
        if self.asked is None:
            raise Refused("没有在等的申请。", do="请重新写一份。", code="V-34")
        self.written.append(folder)
        return self.asked

    def take_answer(self, answer: Path, passphrase: str) -> Made:
        if passphrase != PASSPHRASE:
            raise Refused("这不是写申请时定的新口令。", do="请再试一次。", code="V-35")
        return Made(SESSION, CODE)

    def check_passphrase(self, passphrase: str) -> None:
        if len(passphrase) < 12:
            raise Refused("口令太短。", do="请至少用 12 个字符。", code="V-03")

    def print_recovery(self, code: str) -> None:
        self.printed.append(code)
        raise Unavailable("没有打印机。", do="请用手抄。", code="P-01")

    def change_passphrase(self, current: str, new: str) -> None:
        self.unlock(current)
        self.check_passphrase(new)
        self.changed.append(new)

    def draw_sheet(self, passphrase: str) -> str:
        self.unlock(passphrase)
        return CODE

    def put_sheet(self) -> None:
        self.sheets += 1

    def read_ticket(self, path: Path) -> Ticket:
        if not path.exists():
            raise Refused("这不是绑定文件。", do="请换一个。", code="B-01")
        return Ticket(path, "示例县", "青石村", "王秀英", "7421 0093 5518 6620")

    def fetch_ticket(self, url: str, code: str) -> Ticket:
        if code != TOLD_CODE:
            raise Refused("照这个网址和绑定码没取到绑定资料。", do="请再输一遍。", code="S-09")
        return Ticket(Path(url), "示例县", "青石村", "王秀英", "7421 0093 5518 6620")

    def create(self, ticket: Ticket, passphrase: str) -> Made:
        self.created.append(ticket.village)
        return Made(SESSION, CODE)

    def practise(self, passphrase: str, steps) -> Made:
        steps.at(1, 2, "造人家")
        self.practised.append(passphrase)
        return Made(SESSION, "")

    def import_roster(self, session: object, path: Path, steps) -> Imported:
        return self.imports.pop(0)


class Visited:
    """A page that only remembers what it was opened with."""

    def __init__(self) -> None:
        self.subjects: list[str | None] = []
        self.news: list[frozenset] = []

    def open(self, subject: str | None) -> None:
        self.subjects.append(subject)

    def refresh(self, nouns: frozenset) -> None:
        self.news.append(nouns)


def note_page() -> PageScreen:
    """A page with two fields and no behaviour."""
    view = PageFrame("试页")
    view.first_field = LineEdit(name="甲")
    view.second_field = LineEdit(name="乙")
    view.body.addWidget(view.first_field)
    view.body.addWidget(view.second_field)
    return PageScreen(view, Visited(), first=view.first_field)


NAMES = (
    ("today", "今日工作", "今日", "home"),
    ("households", "家庭", "家庭", "users"),
    ("visits", "走访", "走访", "walk"),
    ("assessment", "申请测算", "测算", "file-text"),
    ("relief", "先行救助", "急救", "urgent"),
    ("ledger", "台账统计", "台账", "table"),
    ("printing", "打印", "打印", "printer"),
    ("syncing", "同步", "同步", "cloud-upload"),
    ("settings", "设置", "设置", "settings"),
)


def note_pages(_bench: Bench | None = None) -> tuple[Page, ...]:
    """The usual pages, each a `note_page`; the visit page answers Ctrl+P itself."""
    return (
        *(
            Page(key, title, short, icon, note_page, claims=("Ctrl+P",) if key == "visits" else ())
            for key, title, short, icon in NAMES
        ),
        Page("household", "一户", "家庭", "users", note_page, under="households"),
    )


@dataclass
class DailyCheck:
    """A check of `pieces` pieces that finds `trouble`; remembers what was asked of it."""

    pieces: int = 0
    trouble: Problem | None = None
    asked: list[str] = field(default_factory=list)

    def begin(self) -> DailyCheck | None:
        self.asked.append("begin")
        return self if self.pieces else None

    def step(self) -> bool:
        self.asked.append("step")
        self.pieces -= 1
        return self.pieces > 0

    def finish(self, done: DailyCheck) -> Problem | None:
        assert done is self
        self.asked.append("finish")
        return self.trouble


@dataclass
class Kept:
    """What the application stored, and in which order it left."""

    place: Place | None = None
    preferences: list[Preferences] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    status: Status = field(default_factory=lambda: Status(waiting=3))
    check: DailyCheck = field(default_factory=DailyCheck)
    backup: Callable[[], None] | None = None
    hand: OneHand = field(default_factory=OneHand)

    def keep_place(self, place: Place) -> None:
        self.place = place
        self.order.append("place")

    def before_leaving(self) -> None:
        self.order.append("closed")
        if self.backup is not None:
            self.backup()

    def relock(self, restore: bool) -> None:  # as the window calls it
        self.order.append("restore" if restore else "relock")


def start_of(
    vault: OneVault,
    kept: Kept,
    *,
    resident: Resident | None = Resident("青石村", "王秀英"),  # noqa: B008
    locked: bool = False,
    restore: bool = False,
    seconds: Callable[[], float] = lambda: 0.0,
) -> Start:
    """What bootstrap would hand over."""

    def open_day(session: object, _work: object, _store: object) -> DayParts:
        assert session == SESSION
        return DayParts(
            clock=StoppedClock(),
            who=Who("青石村", "王秀英"),
            find=people.find,
            pages=lambda bench: tuple(p for p in note_pages() if p.key != "settings"),
            access=vault,
            hand=kept.hand,
            status=lambda: kept.status,
            check=kept.check,
            place=lambda: kept.place,
            keep_place=kept.keep_place,
            before_leaving=kept.before_leaving,
        )

    return Start(
        idle_seconds=seconds,
        preferences=Preferences(),
        keep_preferences=kept.preferences.append,
        resident=resident,
        locked=locked,
        unlock_doors=lambda: vault,
        first_run_doors=lambda: vault,
        open_day=open_day,
        warm_up=lambda: None,
        relock=kept.relock,
        restore=restore,
    )
